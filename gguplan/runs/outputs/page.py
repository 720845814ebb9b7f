"""The file of ``gguplan page``."""

from __future__ import annotations

from typing import Final, Literal

from msgspec import Struct

from gguplan.inputs.ledger.ledger_files import load_ledger
from gguplan.inputs.ledger.realised_years import realised_years
from gguplan.inputs.population.boundaries import boundaries_of
from gguplan.inputs.population.names_to_search import names_to_search
from gguplan.inputs.scenario.reading import ScenarioInputs
from gguplan.inputs.strict_model import StrictModel
from gguplan.model.carried_bills import CarriedBills
from gguplan.model.years_ahead.result import Horizon
from gguplan.reports.page.rendering import render
from gguplan.runs.comparison import over_the_latest
from gguplan.runs.record import FileName
from gguplan.runs.request import Request
from gguplan.runs.results import result_of
from gguplan.runs.years_ahead import years_ahead_of

HAS_WORDS: Final = True


class Arguments(StrictModel):
    """What the page is called, and its language."""

    file: FileName
    language: Literal["en", "nl"]


class PageResults(Struct, frozen=True):
    """The scenarios over the same municipalities, the first of them first, each with its years ahead or None."""

    bills: list[CarriedBills]
    horizons: list[Horizon | None]


def work_out(request: Request) -> PageResults:
    """The bills and the years ahead of every scenario."""
    bills = over_the_latest([result_of(scenario) for scenario in request.scenarios])
    return PageResults(bills, [_years_ahead(scenario) for scenario in request.scenarios])


def _years_ahead(scenario: ScenarioInputs) -> Horizon | None:
    return None if scenario.fund_year.years_ahead is None else years_ahead_of(scenario, realised_years(load_ledger()))


def files(worked_out: PageResults, request: Request) -> dict[str, bytes]:
    """The page."""
    results = worked_out.bills
    population = results[0].later
    boundaries, names = boundaries_of(population), names_to_search(population)
    return {request.arguments.file: render(results, boundaries, names, request.arguments.language, worked_out.horizons)}
