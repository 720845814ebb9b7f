"""``gguplan forecast``: what will be spent, what will not, and how well that could be known before."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gguplan.commands.answers import print_answer
from gguplan.commands.options import (
    Chart,
    Csv,
    Force,
    Json,
    Lang,
    Seed,
    Settings,
    UnmetFindings,
    YearAhead,
    command,
    tell_unused,
    typed_language,
)
from gguplan.commands.streams import tell
from gguplan.model.numbers_of_draws import DRAWS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gguplan.fund.realisation import RealisedYear
    from gguplan.model.realisation.backtest.scores_of import Backtest


def _fail_without_a_scenario(year: int) -> None:
    """Raises InputError: the year after the history is the only one without a scenario."""
    from gguplan.findings import Finding, InputError, Place
    from gguplan.language import _

    what = _("Without a scenario the forecast is of the year after its history.")
    raise InputError([Finding(Place(f"--year {year}"), what, _("Name a scenario, or leave --year out."))])


@command
def forecast(
    scenario: Annotated[
        str | None, typer.Argument(help="A scenario; without it the year after the ledger, with its last budgets.")
    ] = None,
    ledger: Annotated[
        list[Path] | None,
        typer.Option(
            help="History of another fund: a table with programme, year, budget, realised; or one file with each."
        ),
    ] = None,
    running: Annotated[
        Path | None, typer.Option(help="How far this year is: a table with programme, realised, expected share.")
    ] = None,
    sheet: Annotated[str | None, typer.Option(help="The sheet of the workbook that holds the table.")] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(metavar="ROLE=HEAD", help='Which column is what: budget="Begroting na wijziging"; repeatable.'),
    ] = None,
    decimal: Annotated[
        str | None, typer.Option(metavar="MARK", help="What stands before the cents: comma or point.")
    ] = None,
    unit: Annotated[
        str | None, typer.Option(help="What amounts are in: euro, thousand or million; else as the table says.")
    ] = None,
    municipality: Annotated[
        str | None, typer.Option(help="Of whom the rows are, in a table of several municipalities.")
    ] = None,
    backtest: Annotated[bool, typer.Option("--backtest", help="Show how past years would have been forecast.")] = False,
    draws: Annotated[int, typer.Option(min=100, max=1_000_000, help="Draws for the sums.")] = DRAWS,
    seed: Seed = 1,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="Write the forecast into this .xlsx file, or as a CSV file into this folder."),
    ] = None,
    csv: Csv = None,
    chart: Chart = None,
    year: YearAhead = None,
    settings: Settings = None,
    force: Force = False,
    as_json: Json = False,
    lang: Lang = None,
) -> UnmetFindings:
    """Forecast what will be spent, and what becomes of the rest."""
    from gguplan.inputs.scenario.unused import unused
    from gguplan.reports.tables.forecast import forecast_as_dict
    from gguplan.reports.terminal.forecast import print_forecast
    from gguplan.runs.findings import unmet_findings
    from gguplan.runs.outputs import forecast as recipe
    from gguplan.runs.request import request_of
    from gguplan.runs.written_files import STANDARD_OUTPUT, table_arguments, write_out
    from gguplan.runs.year_shown import scenario_of_year

    if chart is not None:
        from gguplan.runs.chart_files import check_chart_files, write_charts

        check_chart_files([("--chart", chart)], force)
    if scenario is not None:
        fail_if_it_is_a_table(scenario)
    if scenario is None and year is not None:
        _fail_without_a_scenario(year)
    given = [] if scenario is None else [scenario_of_year(scenario, settings or (), year)]
    layout = stated_layout(sheet, column, decimal, unit, municipality)
    brought = {f"ledger {number}" if number else "ledger": file for number, file in enumerate(ledger or ())}
    brought |= {} if running is None else {"running": running}
    if layout and not brought:
        fail_without_a_table(layout)
    form = table_arguments("forecast", out, csv, typed_language(lang), force)
    request = request_of("forecast", given, recipe.Arguments(draws=draws, seed=seed, **layout, **form), brought)
    outcome = recipe.work_out(request)
    spending = outcome.spending
    if out is not None:
        write_out(out, outcome, request, typed_language(lang), force)
    if chart is not None:
        from gguplan.reports.charts.underspend import spending_chart

        write_charts({chart: spending_chart(spending, outcome.heading)}, force)
    tests = _backtests(outcome.history) if backtest else ()
    unused_keys = [sentence for inputs in given for sentence in unused(inputs, "forecast")]
    if as_json:
        from gguplan.reports.tables.volume_deviation import deviation_as_dict
        from gguplan.reports.tables.volume_outlook import outlook_as_dict
        from gguplan.reports.terminal.backtest import backtest_as_dict

        backtests = [backtest_as_dict(*pair) for pair in tests]
        print_answer(
            "forecast",
            {
                **forecast_as_dict(spending),
                "volumes_and_prices": [outlook_as_dict(row) for row in outcome.outlooks.rows],
                "volume_deviations": [deviation_as_dict(row) for row in outcome.deviations],
                "backtests": backtests,
                "notes": [*outcome.notes, *unused_keys],
            },
        )
        return unmet_findings(given, outcome.results)
    for note in outcome.notes:
        tell(note)
    if out == STANDARD_OUTPUT:
        tell_unused(unused_keys)
        return unmet_findings(given, outcome.results)
    population = outcome.results[0].population if outcome.results else None
    print_forecast(spending, outcome.heading, outcome.outlooks, outcome.deviations, population)
    for pair in tests:
        from gguplan.reports.terminal.backtest import print_backtest

        print()
        print_backtest(*pair)
    tell_unused(unused_keys)
    return unmet_findings(given, outcome.results)


def stated_layout(
    sheet: str | None, column: list[str] | None, decimal: str | None, unit: str | None, municipality: str | None
) -> dict[str, Any]:
    """What is said of a table, as far as anything is. Raises InputError with everything that cannot be said so."""
    from gguplan.findings import Findings, Place
    from gguplan.inputs.ledger.importing import ROLES_TO_NAME
    from gguplan.inputs.tables.units import unit_of
    from gguplan.language import _

    findings = Findings()
    layout: dict[str, Any] = {"sheet": sheet, "municipality": municipality, "columns": {}}
    for text in column or ():
        role, equals, head = text.partition("=")
        if not equals or role.strip() not in ROLES_TO_NAME or not head.strip():
            findings.add(
                Place(f"--column {text[:60]}"),
                _("This does not say which column is what."),
                _(
                    'Write it as --column budget="Begroting na wijziging"; there are: {names}.',
                    names=", ".join(ROLES_TO_NAME),
                ),
            )
        layout["columns"][role.strip()] = head.strip()
    if decimal is not None:
        marks = {"comma": ",", "komma": ",", ",": ",", "point": ".", "punt": ".", ".": "."}
        layout["decimal"] = marks.get(decimal.strip().lower())
        if layout["decimal"] is None:
            what, remedy = _("This is no decimal mark."), _("Write comma or point.")
            findings.add(Place(f"--decimal {decimal[:20]}"), what, remedy)
    if unit is not None:
        layout["unit"] = unit_of(unit)
        if layout["unit"] is None:
            findings.add(
                Place(f"--unit {unit[:20]}"),
                _("{unit!r} is not a unit for this amount.", unit=unit[:40]),
                _("Write euro, thousand or million."),
            )
    findings.raise_if_any()
    return {name: value for name, value in layout.items() if value}


def fail_without_a_table(layout: dict[str, Any]) -> None:
    """Raises InputError for what is said of a table where none is given."""
    from gguplan.findings import Finding, InputError, Place
    from gguplan.language import _

    option = {"columns": "column"}.get(next(iter(layout)), next(iter(layout)))
    raise InputError(
        [
            Finding(
                Place(f"--{option}"),
                _("This says how a table is read, and no table is given."),
                _("Give it with --ledger or --running, or leave the option out."),
            )
        ]
    )


def fail_if_it_is_a_table(scenario: str) -> None:
    """Raises InputError for a table of budgets in the place of a scenario, and says where it belongs."""
    from gguplan.findings import Finding, InputError, Place
    from gguplan.language import _

    if Path(scenario).suffix.lower() not in (".csv", ".tsv", ".xlsx", ".xls", ".ods"):
        return
    raise InputError(
        [
            Finding(
                Place(scenario),
                _("This is a table, not a scenario."),
                _(
                    "Give budgets and realised amounts of past years with --ledger {file}, and how far this year "
                    "is with --running {file}.",
                    file=scenario,
                ),
            )
        ]
    )


def _backtests(rows: Sequence[RealisedYear]) -> tuple[tuple[Backtest, Backtest], ...]:
    """Both designs on the whole history, each with the model and with one that takes prices for unchanged."""
    from gguplan.model.realisation.backtest.scores_of import leave_one_year_out, rolling_origin
    from gguplan.model.realisation.history_rows import history_before, prices_of

    history, prices = history_before(rows, 10_000), prices_of(rows)
    return (
        (leave_one_year_out(history, prices=prices), leave_one_year_out(history)),
        (rolling_origin(history, prices=prices), rolling_origin(history)),
    )
