"""The file of ``gguplan page``."""

from __future__ import annotations

from typing import Literal

from gguplan.inputs.population.boundaries import boundaries_of
from gguplan.inputs.population.names_to_search import names_to_search
from gguplan.inputs.strict_model import StrictModel
from gguplan.model.carried_bills import CarriedBills
from gguplan.reports.page.rendering import render
from gguplan.runs.comparison import over_the_latest
from gguplan.runs.record import FileName
from gguplan.runs.request import Request
from gguplan.runs.results import result_of


class Arguments(StrictModel):
    """What the page is called, and its language."""

    file: FileName
    language: Literal["en", "nl"]


def work_out(request: Request) -> list[CarriedBills]:
    """The scenarios over the same municipalities, the first of them first."""
    return over_the_latest([result_of(scenario) for scenario in request.scenarios])


def files(results: list[CarriedBills], request: Request) -> dict[str, bytes]:
    """The page."""
    population = results[0].later
    boundaries, names = boundaries_of(population), names_to_search(population)
    return {request.arguments.file: render(results, boundaries, names, request.arguments.language)}
