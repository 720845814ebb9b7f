"""The sheet with the years ahead, as values of the model: what all pay together in each of them."""

from __future__ import annotations

from gguplan.language import _
from gguplan.reports.tables.horizon import contribution_table
from gguplan.reports.workbook.book import Book
from gguplan.reports.workbook.table_book import TableSheet, write_table
from gguplan.wording.population import status_in_words


def write_years(book: Book) -> None:
    """Write the sheet."""
    horizon = book.beside.horizon
    assert horizon is not None
    table = contribution_table(horizon)
    table["population_status"] = [status_in_words(status) for status in table["population_status"]]
    note = _(
        "What all municipalities pay together in each year, with VAT. These are values of the model: they do not "
        "follow what is changed in this workbook."
    )
    page = book.sheet("years")
    write_table(page, TableSheet(book.layout.sheets["years"], note, table))
    page.page.print_area(0, 0, 2 + len(horizon.years), len(table) - 1)
