"""The file of ``gguplan page``."""

from __future__ import annotations

from typing import Literal

from gguplan.inputs.strict import Strict
from gguplan.model.carried_bills import CarriedBills, over_the_latest
from gguplan.reports.page.rendering import render
from gguplan.runs.record import FileName
from gguplan.runs.request import Asked
from gguplan.runs.results import result_of


class Arguments(Strict):
    """What the page is called, and its language."""

    file: FileName
    language: Literal["en", "nl"]


def work_out(asked: Asked) -> list[CarriedBills]:
    """The scenarios over the same municipalities, the first of them first."""
    return over_the_latest([result_of(scenario) for scenario in asked.scenarios])


def files(results: list[CarriedBills], asked: Asked) -> dict[str, bytes]:
    """The page."""
    return {asked.arguments.file: render(results, asked.arguments.language)}
