"""``gguplan forecast``: what will be spent, what will not, and how well that could be known before."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gguplan.commands.options import Force, Json, Lang, Seed, Settings, command, print_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gguplan.inputs.ledger.history import HistoryRow
    from gguplan.model.realisation.backtest import Backtest


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
    out: Annotated[Path | None, typer.Option(help="Write the forecast as a CSV file into this folder.")] = None,
    settings: Settings = None,
    force: Force = False,
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """Forecast what will be spent, and what becomes of the rest."""
    from gguplan.inputs.findings import Findings, Place
    from gguplan.inputs.ledger.history import history_of
    from gguplan.inputs.ledger.importing import read_running_year, read_user_history
    from gguplan.inputs.ledger.readings import load_ledger
    from gguplan.inputs.scenario.reading import read_scenario
    from gguplan.inputs.suggestions import did_you_mean
    from gguplan.language import _
    from gguplan.model.result import run
    from gguplan.model.spending import foresee, latest, planned
    from gguplan.reports.forecast_text import forecast_as_dict, forecast_table, print_forecast

    own = read_user_history(ledger) if ledger is not None else None
    rows = own.rows if own is not None else history_of(load_ledger())
    so_far = read_running_year(running) if running is not None else {}
    if scenario is not None:
        inputs = read_scenario(scenario, settings or ())
        programmes, year, stated = planned(run(inputs)), inputs.scenario.year, inputs.scenario.realisation
        heading = _("What will be spent in {year}: {title}", year=year, title=inputs.scenario.title)
    else:
        rules = {} if own is not None else {one.programme: one.underspend for one in load_ledger().programmes.values()}
        programmes = latest(rows, {name: "" if rule == "not_stated" else rule for name, rule in rules.items()})
        year, stated = max((one.year for one in rows), default=0) + 1, {}
        heading = _("What would be spent in {year} of the budgets of {last}", year=year, last=year - 1)
    names = [one.name for one in programmes]
    findings = Findings()
    if not programmes:
        findings.add(
            Place(str(scenario or ledger)),
            _("There is nothing to forecast."),
            _("Give at least one programme with a budget above 0."),
        )
    for name in (one for one in so_far if one not in names):
        findings.add(
            Place(str(running)),
            _("There is no programme {name!r}.", name=name),
            did_you_mean(name, names) + _("Programmes: {names}.", names=", ".join(names[:40]) or _("none")),
        )
    findings.raise_if_any()
    spending = foresee(programmes, rows, year, stated, so_far, draws, seed)
    if out is not None:
        from gguplan.reports.files import csv_of, write_files

        write_files(out, {"forecast.csv": csv_of(forecast_table(spending))}, force)
    tests = _backtests(rows) if backtest else ()
    if as_json:
        from gguplan.reports.backtest_text import backtest_as_dict

        print_json({**forecast_as_dict(spending), "backtests": [backtest_as_dict(one) for one in tests]})
        return
    if own is not None:
        for note in own.notes:
            print(note)
    print_forecast(spending, heading)
    for one in tests:
        from gguplan.reports.backtest_text import print_backtest

        print()
        print_backtest(one)


def _backtests(rows: Sequence[HistoryRow]) -> tuple[Backtest, ...]:
    """Both designs on the whole history."""
    from gguplan.model.realisation.backtest import leave_one_year_out, rolling_origin
    from gguplan.model.spending import history_before

    history = history_before(rows, 10_000)
    return leave_one_year_out(history), rolling_origin(history)
