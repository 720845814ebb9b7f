"""The files of ``gguplan estimate --years``."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field

from gguplan.model.years_ahead.bill_in_a_year import YearAhead
from gguplan.reports.tables.csv import csv_of
from gguplan.reports.tables.years_ahead import years_table
from gguplan.runs.bills_by_year import bills_by_year
from gguplan.runs.request import Request
from gguplan.runs.written_files import TableArguments

HAS_WORDS: Final = True


class Arguments(TableArguments):
    """Whose bills, and of which years."""

    municipality: Annotated[str, Field(min_length=1, max_length=100)]
    years: Annotated[tuple[Annotated[int, Field(ge=1900, le=2200)], ...], Field(strict=False, min_length=1)]


def work_out(request: Request) -> list[YearAhead]:
    """One bill a year. Raises InputError for years that cannot be shown."""
    (scenario,) = request.scenarios
    arguments: Arguments = request.arguments
    return bills_by_year(scenario, arguments.years, arguments.municipality)


def files(result: list[YearAhead], request: Request) -> dict[str, bytes]:
    """The bills, as CSV or in a workbook."""
    arguments: Arguments = request.arguments
    if arguments.workbook is not None:
        from gguplan.reports.workbook.bills_book import bills_workbook

        (scenario,) = request.scenarios
        return {arguments.workbook: bills_workbook(scenario.scenario.title, result)}
    return {"years.csv": csv_of(years_table(result), arguments.csv)}
