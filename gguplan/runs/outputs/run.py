"""The files of ``gguplan run``: the tables, or one workbook."""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Final

from msgspec import Struct
from pydantic import Field

from gguplan.findings import InputError
from gguplan.fund.ledger import PublishedTotal
from gguplan.inputs.ledger.ledger_files import load_ledger
from gguplan.inputs.ledger.realised_years import realised_years
from gguplan.inputs.scenario.reading import ScenarioInputs
from gguplan.model.numbers_of_draws import DRAWS, SEED
from gguplan.model.result import RunResult
from gguplan.reports.tables.csv import csv_of
from gguplan.runs.outputs.payer_code import PayerCode
from gguplan.runs.published import published_of
from gguplan.runs.request import Request
from gguplan.runs.results import comparison_of
from gguplan.runs.results import result_of as work_out_one
from gguplan.runs.written_files import TableArguments

if TYPE_CHECKING:
    from gguplan.model.spending import Spending
    from gguplan.reports.workbook.book import Beside

HAS_WORDS: Final = False


class Arguments(TableArguments):
    """What shapes the files besides the scenario."""

    municipality: PayerCode | None = None
    """The CBS code of the municipality whose bill the workbook opens with."""
    draws: Annotated[int, Field(ge=100, le=1_000_000)] = DRAWS
    seed: Annotated[int, Field(ge=0, le=2**63 - 1)] = SEED
    """How often is drawn for what will be spent, and from which seed."""


class Worked(Struct, frozen=True, dict=True):
    """A scenario worked out, and, once it is asked for, what will be spent of it and what stands beside it: what it
    extends, where that was named too, and its years ahead."""

    result: RunResult
    scenario: ScenarioInputs
    baseline: ScenarioInputs | None = None
    draws: int = DRAWS
    seed: int = SEED

    @cached_property
    def spending(self) -> Spending | None:
        """The forecast of what is spent; None when nothing can be."""
        from gguplan.model.spending import spending_of

        return spending_of(self.result, realised_years(load_ledger()), self.draws, self.seed)

    @cached_property
    def beside(self) -> Beside:
        """The baseline over the same municipalities, and the years ahead."""
        from gguplan.reports.workbook.book import Beside

        comparison, horizon = None, None
        if self.baseline is not None:
            comparison = comparison_of(self.baseline, self.scenario)
            if comparison.population.year != self.result.population.year:
                comparison = None
        if self.scenario.fund_year.years_ahead is not None:
            from gguplan.runs.years_ahead import years_ahead_of

            # What is wrong with the years ahead is told by the commands that are about them.
            with suppress(InputError):
                horizon = years_ahead_of(self.scenario, realised_years(load_ledger()), seed=self.seed)
        return Beside(comparison, horizon)

    @cached_property
    def published(self) -> PublishedTotal | None:
        """What the reports say was budgeted and realised of its programmes, where they are those of a year of the
        ledger; else None."""
        return published_of(self.result)


def work_out(request: Request) -> Worked:
    """The scenario worked out; a second one is what it is held beside in a workbook."""
    scenario, *baselines = request.scenarios
    baseline = baselines[0] if baselines else None
    return Worked(work_out_one(scenario), scenario, baseline, request.arguments.draws, request.arguments.seed)


def files(worked: Worked, request: Request) -> dict[str, bytes]:
    """The tables as CSV, or the workbook in the current language. Raises ValueError for an unknown municipality."""
    arguments: Arguments = request.arguments
    if arguments.workbook is None:
        return {f"{name}.csv": csv_of(table, arguments.csv) for name, table in worked.result.tables.items()}
    from gguplan.inputs.population.boundaries import boundaries_of
    from gguplan.reports.workbook.writing import workbook_of

    if arguments.municipality not in (None, *worked.result.population.index):
        raise ValueError(arguments.municipality)
    boundaries = boundaries_of(worked.result.population)
    return {
        arguments.workbook: workbook_of(
            worked.result, worked.spending, boundaries, arguments.municipality, worked.beside
        )
    }
