"""The files of ``gguplan forecast``."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from msgspec import Struct
from pydantic import Field

from gguplan.findings import Findings, Place
from gguplan.fund.realisation import RealisedYear
from gguplan.inputs.ledger.importing import StatedLayout, read_running_year, read_user_history
from gguplan.inputs.ledger.ledger_files import load_ledger
from gguplan.inputs.ledger.realised_years import realised_years
from gguplan.language import _
from gguplan.model.realisation.planned_programmes import latest, planned, year_after
from gguplan.model.result import RunResult
from gguplan.model.spending import Spending, forecast_of
from gguplan.model.volume_deviation import VolumeDeviation
from gguplan.model.volume_outlook import VolumeOutlooks, volume_outlooks
from gguplan.reports.beside_a_forecast import rounding_unit
from gguplan.reports.tables.csv import csv_of
from gguplan.reports.tables.forecast import forecast_table
from gguplan.reports.terminal.run import deviations_of, spent_without_a_budget
from gguplan.reports.terminal.volume_deviation import deviation_in_words
from gguplan.reports.terminal.volume_outlook import outlooks_in_words
from gguplan.runs.request import Request
from gguplan.runs.results import result_of
from gguplan.runs.written_files import TableArguments
from gguplan.wording.amounts import format_number
from gguplan.wording.suggestions import did_you_mean

MOST_DRAWS: Final = 200_000_000
"""Draws of all programmes together."""

HAS_WORDS: Final = True


class Arguments(TableArguments):
    """How often is drawn, from which seed, and what is said of the tables that are brought."""

    draws: Annotated[int, Field(ge=100, le=1_000_000)]
    seed: Annotated[int, Field(ge=0, le=2**63 - 1)]
    sheet: str | None = None
    columns: dict[str, str] = Field(default_factory=dict)
    decimal: Literal[".", ","] | None = None
    unit: Literal[1, 1_000, 1_000_000] | None = None
    municipality: str | None = None

    @property
    def layout(self) -> StatedLayout:
        """What is said of the tables."""
        return StatedLayout(self.sheet, self.columns, self.decimal, self.unit, self.municipality)


class ForecastOutcome(Struct, frozen=True):
    """A forecast, what it is headed with, the history that it rests on, how that was read, the run that it is of, where
    it is of a scenario, and what is expected, or known, of volumes and prices."""

    spending: Spending
    heading: str
    history: tuple[RealisedYear, ...]
    notes: tuple[str, ...]
    results: tuple[RunResult, ...]
    outlooks: VolumeOutlooks
    deviations: tuple[VolumeDeviation, ...]


def work_out(request: Request) -> ForecastOutcome:
    """The forecast of a scenario, or of the year after the history. Raises InputError when there is nothing to
    forecast, or for a running year of programmes that are not there."""
    ledgers = [file for use, file in request.brought.items() if use.startswith("ledger")]
    running = request.brought.get("running")
    own = read_user_history(ledgers, request.arguments.layout) if ledgers else None
    rows = own.rows if own is not None else realised_years(load_ledger())
    # What is said of a table is said of the history, where there is one.
    so_far = {} if running is None else read_running_year(running, None if ledgers else request.arguments.layout)
    results: tuple[RunResult, ...] = ()
    notes = own.notes if own is not None else ()
    if request.scenarios:
        (inputs,) = request.scenarios
        result = result_of(inputs)
        results, notes = (result,), (*notes, *spent_without_a_budget(result))
        programmes, year, stated = planned(result), inputs.scenario.year, inputs.fund_year.realisation
        heading = _("What will be spent in {year}, without VAT: {title}", year=year, title=inputs.scenario.title)
    else:
        rules = (
            {}
            if own is not None
            else {programme.programme: programme.underspend_rule for programme in load_ledger().programmes.values()}
        )
        programmes, year, stated = latest(rows, rules), year_after(rows), {}
        last = max((row.year for row in rows), default=0)
        heading = (
            _("What would be spent in {year} of the budgets of {last}", year=year, last=last)
            if year > last
            else _("What will be spent in {year} of its budgets, of which nothing is realised yet", year=year)
        )
    names = [programme.name for programme in programmes]
    findings = Findings()
    if not programmes:
        findings.add(
            Place(request.scenarios[0].name if request.scenarios else str(ledgers[0] if ledgers else "")),
            _("There is nothing to forecast."),
            _("Give at least one programme with a budget above 0."),
        )
    for name in [programme for programme in so_far if programme not in names]:
        findings.add(
            Place(str(running)),
            _("There is no programme {name!r}.", name=name),
            did_you_mean(name, names) + _("Programmes: {names}.", names=", ".join(names[:40]) or _("none")),
        )
    for programme in (
        programme for programme in programmes if programme.name in so_far and programme.realised is not None
    ):
        findings.add(
            Place(str(running)),
            _("What is realised of {name!r} in {year} is known already.", name=programme.name, year=year),
            _("Take its row out, or take the realised amount of {year} out of the years ahead.", year=year),
        )
    draws = request.arguments.draws
    if len(names) * draws > MOST_DRAWS:
        findings.add(
            Place(f"--draws {draws}"),
            _(
                "{draws} draws for each of {count} programmes are more than {most} together.",
                draws=format_number(draws),
                count=format_number(len(names)),
                most=format_number(MOST_DRAWS),
            ),
            _("Ask for at most {draws} draws.", draws=format_number(MOST_DRAWS // len(names))),
        )
    findings.raise_if_any()
    draws, seed = request.arguments.draws, request.arguments.seed
    spending = forecast_of(programmes, rows, year, stated, so_far, draws, seed)
    # What the two reports print of volumes says nothing of another fund.
    indicators = () if own is not None else load_ledger().indicators
    outlooks = volume_outlooks(spending, rows, indicators, stated)
    deviations = tuple(row for result in results for row in deviations_of(result))
    return ForecastOutcome(spending, heading, tuple(rows), notes, results, outlooks, deviations)


def files(result: ForecastOutcome, request: Request) -> dict[str, bytes]:
    """The forecast of every programme, as CSV or in a workbook."""
    if request.arguments.workbook is not None:
        from gguplan.reports.workbook.forecast_book import forecast_workbook

        of_volumes = outlooks_in_words(result.outlooks, rounding_unit(result.spending))
        notes = (*result.notes, *map(deviation_in_words, result.deviations), *of_volumes)
        return {request.arguments.workbook: forecast_workbook(result.spending, result.heading, notes)}
    return {"forecast.csv": csv_of(forecast_table(result.spending), request.arguments.csv)}
