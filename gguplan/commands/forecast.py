"""``gguplan forecast``: what will be spent, what will not, and how well that could be known before."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gguplan.commands.options import (
    Chart,
    Force,
    Json,
    Lang,
    Seed,
    Settings,
    UnmetFindings,
    command,
    print_json,
    tell_unused,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gguplan.fund.realisation import RealisedYear
    from gguplan.model.realisation.backtest.scores_of import Backtest


@command
def forecast(
    scenario: Annotated[
        str | None, typer.Argument(help="A scenario; without it the year after the ledger, with its last budgets.")
    ] = None,
    ledger: Annotated[
        Path | None, typer.Option(help="History of another fund: a table with programme, year, budget, realised.")
    ] = None,
    running: Annotated[
        Path | None, typer.Option(help="How far this year is: a table with programme, realised, expected share.")
    ] = None,
    backtest: Annotated[bool, typer.Option("--backtest", help="Show how past years would have been forecast.")] = False,
    draws: Annotated[int, typer.Option(min=100, max=1_000_000, help="Draws for the sums.")] = 20_000,
    seed: Seed = 1,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Write the forecast as a CSV file into this folder.")
    ] = None,
    chart: Chart = None,
    settings: Settings = None,
    force: Force = False,
    as_json: Json = False,
    lang: Lang = None,
) -> UnmetFindings:
    """Forecast what will be spent, and what becomes of the rest."""
    from gguplan.inputs.scenario.reading import read_scenario
    from gguplan.inputs.scenario.unused import unused
    from gguplan.reports.terminal.forecast import forecast_as_dict, print_forecast
    from gguplan.runs.findings import unmet_findings
    from gguplan.runs.outputs import forecast as recipe
    from gguplan.runs.request import asked as what_is_asked

    if chart is not None:
        from gguplan.runs.chart_files import check_chart_files, write_charts

        check_chart_files([("--chart", chart)], force)
    if scenario is not None:
        fail_if_it_is_a_table(scenario)
    given = [] if scenario is None else [read_scenario(scenario, settings or ())]
    brought = {use: file for use, file in (("ledger", ledger), ("running", running)) if file is not None}
    inquiry = what_is_asked("forecast", given, recipe.Arguments(draws=draws, seed=seed), brought)
    found = recipe.work_out(inquiry)
    spending = found.spending
    if out is not None:
        from gguplan.runs.recorded_files import write_folder

        write_folder(out, recipe.files(found, inquiry), inquiry, force)
    if chart is not None:
        from gguplan.reports.charts.spending import spending_chart

        write_charts({chart: spending_chart(spending, found.heading)}, force)
    tests = _backtests(found.history) if backtest else ()
    told = [sentence for inputs in given for sentence in unused(inputs, "forecast")]
    if as_json:
        from gguplan.reports.terminal.backtest import backtest_as_dict

        backtests = [backtest_as_dict(*pair) for pair in tests]
        print_json({**forecast_as_dict(spending), "backtests": backtests, "notes": told})
        return unmet_findings(found.results)
    for note in found.notes:
        print(note)
    print_forecast(spending, found.heading)
    for pair in tests:
        from gguplan.reports.terminal.backtest import print_backtest

        print()
        print_backtest(*pair)
    tell_unused(told)
    return unmet_findings(found.results)


def fail_if_it_is_a_table(scenario: str) -> None:
    """Raises InputError for a table of budgets in the place of a scenario, and says where it belongs."""
    from gguplan.inputs.findings import Finding, InputError, Place
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
    from gguplan.model.spending import history_before, prices_of

    history, prices = history_before(rows, 10_000), prices_of(rows)
    return (
        (leave_one_year_out(history, prices=prices), leave_one_year_out(history)),
        (rolling_origin(history, prices=prices), rolling_origin(history)),
    )
