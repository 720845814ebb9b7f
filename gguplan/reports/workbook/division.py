"""The sheet with the division: for every programme the whole cents, remainder, queue and part of everybody."""

from __future__ import annotations

from typing import Final

from gguplan.language import _
from gguplan.reports.workbook import municipalities
from gguplan.reports.workbook.book import Book
from gguplan.reports.workbook.division_columns import columns_of, precedence_formula
from gguplan.reports.workbook.division_summary import in_a_tie
from gguplan.reports.workbook.layout import FIRST, Block
from gguplan.wording.bodies import code_heading, payer_heading

INHABITANTS: Final = 2
_PRECEDENCE: Final = 3


def write_division(book: Book) -> None:
    """Write the sheet: a row a municipality, and a block of columns a programme, in whole cents."""
    sheet, layout = book.sheet("division"), book.layout
    sheet.title(_("Division, in whole cents"))
    sheet.height(1, 4)
    sheet.across(
        1,
        0,
        7,
        _(
            "Whole cents = rest × weight ÷ all weights, without the remainder, and as many times the weight as all "
            "weights go into the amount. The cents left over go to the front of the queue: the largest remainder, then "
            "the larger weight, then the lower CBS code. Queue = remainder × number of municipalities + precedence."
        ),
    )
    sheet.widths(28, 10, 12, 11)
    population = book.result.population
    headings = [payer_heading(population), code_heading(population), _("inhabitants"), _("precedence")]
    sheet.headings(FIRST - 1, headings, 2)
    first = in_a_tie(population.inhabitants.tolist())
    people = layout.column("division", INHABITANTS)
    for position, row in layout.row_of.items():
        line, municipality = row + 1, population.municipalities[position]
        sheet_name = layout.sheet("municipalities")
        sheet.formula(row, 0, f"={sheet_name}!A{line}", municipality.name, "")
        sheet.formula(row, 1, f"={sheet_name}!B{line}", municipality.gm_code, "")
        sheet.formula(
            row, INHABITANTS, f"={sheet_name}!{'ABCD'[municipalities.INHABITANTS]}{line}", municipality.inhabitants
        )
        sheet.formula(row, _PRECEDENCE, precedence_formula(book, f"$C{line}", people, position, line), first[position])
    for block in layout.blocks:
        _write_block(book, block)
    sheet.page.freeze_panes(FIRST, 2)
    # All of it is dozens of pages, so on paper it is one with what it is and how to print more.
    sheet.across(2, 0, 7, _("Only this is printed. To print the division, clear the print area of this sheet."))
    sheet.page.repeat_columns(0, 1)
    sheet.page.set_landscape()
    sheet.page.set_print_scale(60)
    sheet.page.print_area(0, 0, 2, 7)


def _write_block(book: Book, block: Block) -> None:
    """Write the columns of one programme."""
    sheet = book.sheet("division")
    first, last = min(block.columns.values()), max(block.columns.values())
    sheet.across(FIRST - 2, first, last, block.billed.programme.title, "block")
    for column in columns_of(book, block):
        place = block.columns[column.noun]
        sheet.page.set_column(place, place, column.width)
        sheet.text(FIRST - 1, place, column.heading, "number_heading")
        values, look = column.values, column.look
        for position, row in book.layout.row_of.items():
            if column.formula is None:
                sheet.number(row, place, values[position], column.number, look)
            else:
                sheet.formula(row, place, column.formula(position, row + 1), values[position], column.number, look)
