"""A run as a workbook, whole, in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gguplan.findings import Finding, InputError, Place
from gguplan.fund.boundaries import Boundaries
from gguplan.language import _
from gguplan.model.result import RunResult
from gguplan.reports.workbook.baseline import write_baseline
from gguplan.reports.workbook.bill import write_bill
from gguplan.reports.workbook.book import Beside, Book
from gguplan.reports.workbook.cover import write_cover
from gguplan.reports.workbook.division import write_division
from gguplan.reports.workbook.forecast import write_forecast
from gguplan.reports.workbook.inputs import write_inputs
from gguplan.reports.workbook.municipalities import write_municipalities
from gguplan.reports.workbook.opt_outs import write_opt_outs
from gguplan.reports.workbook.programmes import write_programmes
from gguplan.reports.workbook.years import write_years

if TYPE_CHECKING:
    from gguplan.model.spending import Spending

COLUMNS_OF_A_SHEET: Final = 16_384
"""What a spreadsheet has at most; cells beyond are not written."""


def workbook_of(
    result: RunResult,
    spending: Spending | None,
    boundaries: Boundaries,
    gm_code: str | None = None,
    beside: Beside | None = None,
) -> bytes:
    """The workbook in the current language; the same run gives the same bytes.

    It opens with the bill of the municipality with code `gm_code`, or else of the one that pays most; `beside` is what
    the scenario extends, and its years ahead. Raises InputError where the division is wider than a sheet.
    """
    chosen = int(result.to_pay.argmax()) if gm_code is None else result.population.index[gm_code]
    book = Book(result, spending, boundaries, chosen, beside or Beside())
    _fail_if_too_wide(book.layout.last_of_division + 1)
    writers = {
        "cover": write_cover,
        "bill": write_bill,
        "inputs": write_inputs,
        "programmes": write_programmes,
        "municipalities": write_municipalities,
        "baseline": write_baseline,
        "years": write_years,
        "opt_outs": write_opt_outs,
        "forecast": write_forecast,
        "division": write_division,
    }
    for noun in book.layout.sheets:
        writers[noun](book)
    return book.as_bytes()


def _fail_if_too_wide(columns: int) -> None:
    if columns > COLUMNS_OF_A_SHEET:
        what = _("The division takes {columns} columns; a sheet has {most}.", columns=columns, most=COLUMNS_OF_A_SHEET)
        remedy = _("Name a folder with --out for tables as CSV, or leave programmes out.")
        raise InputError([Finding(Place("--out"), what, remedy)])
