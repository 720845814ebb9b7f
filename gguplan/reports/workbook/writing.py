"""A run as a workbook, whole, in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gguplan.fund.boundaries import Boundaries
from gguplan.model.result import RunResult
from gguplan.reports.workbook.bill import write_bill
from gguplan.reports.workbook.book import Book
from gguplan.reports.workbook.cover import write_cover
from gguplan.reports.workbook.division import write_division
from gguplan.reports.workbook.forecast import write_forecast
from gguplan.reports.workbook.municipalities import write_municipalities
from gguplan.reports.workbook.opt_outs import write_opt_outs
from gguplan.reports.workbook.programmes import write_programmes

if TYPE_CHECKING:
    from gguplan.model.spending import Spending


def workbook_of(
    result: RunResult, spending: Spending | None, boundaries: Boundaries, gm_code: str | None = None
) -> bytes:
    """The workbook in the current language; the same run gives the same bytes.

    It opens with the bill of the municipality with code `gm_code`, or else of the one that pays most.
    """
    chosen = int(result.to_pay.argmax()) if gm_code is None else result.population.index[gm_code]
    book = Book(result, spending, boundaries, chosen)
    for write in (
        write_cover,
        write_bill,
        write_programmes,
        write_municipalities,
        write_opt_outs,
        write_forecast,
        write_division,
    ):
        write(book)
    return book.as_bytes()
