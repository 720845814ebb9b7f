"""The files of ``gguplan ledger``."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field

from gguplan.inputs.ledger.ledger_files import load_ledger
from gguplan.model.published import PublishedLine, published_lines
from gguplan.model.unit_costs import published_indicators
from gguplan.reports.tables.csv import csv_of
from gguplan.reports.tables.indicators import indicators_table
from gguplan.reports.tables.ledger import published_table
from gguplan.runs.request import Request
from gguplan.runs.written_files import TableArguments

HAS_WORDS: Final = False


class Arguments(TableArguments):
    """Which years and programmes; all where none is named."""

    years: Annotated[tuple[Annotated[int, Field(ge=1900, le=2200)], ...], Field(strict=False, min_length=1)]
    programmes: Annotated[tuple[Annotated[str, Field(max_length=100)], ...], Field(strict=False)] = ()


def work_out(request: Request) -> tuple[PublishedLine, ...]:
    """The lines that are asked for."""
    arguments: Arguments = request.arguments
    return published_lines(load_ledger(), arguments.years, arguments.programmes)


def files(result: tuple[PublishedLine, ...], request: Request) -> dict[str, bytes]:
    """The lines, and the volumes and prices beside them, as CSV or in a workbook."""
    arguments: Arguments = request.arguments
    indicators = published_indicators(load_ledger(), arguments.years, arguments.programmes)
    if arguments.workbook is not None:
        from gguplan.reports.workbook.ledger_book import ledger_workbook

        return {arguments.workbook: ledger_workbook(result, indicators, list(load_ledger().documents.values()))}
    return {
        "ledger.csv": csv_of(published_table(result), arguments.csv),
        "indicators.csv": csv_of(indicators_table(indicators), arguments.csv),
    }
