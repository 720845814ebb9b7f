"""The files of ``gguplan compare``."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from gguplan.model.comparison import Comparison
from gguplan.reports.tables.amendments import amendments_table
from gguplan.reports.tables.comparison import comparison_table
from gguplan.reports.tables.csv import csv_of
from gguplan.runs.amendments import amendments_of
from gguplan.runs.request import Request
from gguplan.runs.results import comparison_of
from gguplan.runs.written_files import TableArguments

HAS_WORDS: Final = False


class Arguments(TableArguments):
    """Nothing besides the baseline (the first) and the scenarios shapes the tables, but their form."""


def work_out(request: Request) -> list[Comparison]:
    """Each scenario beside the baseline."""
    baseline, *scenarios = request.scenarios
    return [comparison_of(baseline, scenario) for scenario in scenarios]


def files(result: list[Comparison], request: Request) -> dict[str, bytes]:
    """A table of effects for each scenario, as CSV, or all in a workbook."""
    amendments = amendments_of(request.scenarios)
    if request.arguments.workbook is not None:
        from gguplan.reports.workbook.comparison_book import comparison_workbook

        return {request.arguments.workbook: comparison_workbook(result, amendments)}
    changes = (
        {} if amendments is None else {"amendments.csv": csv_of(amendments_table(amendments), request.arguments.csv)}
    )
    return changes | {
        f"effects-{number}-{Path(scenario.name).stem}.csv": csv_of(comparison_table(comparison), request.arguments.csv)
        for number, (comparison, scenario) in enumerate(zip(result, request.scenarios[1:], strict=True), start=1)
    }
