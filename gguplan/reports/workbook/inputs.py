"""The sheet with the inputs: every budget, its VAT and what all rise by, in one place from which the whole follows."""

from __future__ import annotations

from typing import Final, assert_never

from gguplan.fund.programme import GrossBudget, NetBudget, RateBudget, TariffBudget, VolumeBudget
from gguplan.language import _
from gguplan.model.volumes import volume_budget_of
from gguplan.money import LARGEST_PRICE, RATE_UNITS
from gguplan.reports.workbook.book import Book
from gguplan.reports.workbook.layout import FIRST_PROGRAMME, Block
from gguplan.wording.amounts import format_number

RISE: Final = FIRST_PROGRAMME - 3
"""The row of the one cell by which every budget rises."""
STATED: Final = 3
VAT_PERCENT: Final = 4
PRICE: Final = 5
FIXED: Final = 6

_LARGEST_BUDGET: Final = 20_000_000_000
"""Euros: above it the VAT passes what formulas work out exactly (`exact.LARGEST`)."""
_HIGHEST_RATE: Final = 1_000
_HIGHEST_RISE: Final = 1_000
"""Per cent."""
_HIGHEST_VAT: Final = 100
"""Per cent."""
_MOST_UNITS: Final = 1_000_000_000
_HIGHEST_PRICE: Final = LARGEST_PRICE // RATE_UNITS


def write_inputs(book: Book) -> None:
    """Write the sheet: a row for each programme, in the same rows as its budget on the sheet with the programmes."""
    sheet, layout = book.sheet("inputs"), book.layout
    columns = FIXED if by_volume(book) else VAT_PERCENT
    sheet.title(
        _("Inputs"),
        _(
            "The yellow cells can be changed: every programme, every municipality and the bill follow, to the cent. "
            "Inhabitants are changed on the sheet with the municipalities, tariffs on that with the programmes."
        ),
        columns + 1,
    )
    sheet.widths(48, 26, 12, layout.money_width, 8, *[layout.money_width] * (columns - VAT_PERCENT))
    _write_rise(book)
    headings = [_("Programme"), _("name"), _("stated as"), _("stated"), _("VAT"), _("price of a unit"), _("fixed")]
    sheet.headings(FIRST_PROGRAMME - 1, headings[: columns + 1], 3)
    for block in layout.blocks:
        _write_programme(book, block)
    last = layout.end_of_programmes - 1
    sheet.page.freeze_panes(FIRST_PROGRAMME, 1)
    sheet.page.print_area(0, 0, last, columns)
    sheet.on_paper(headings=(FIRST_PROGRAMME - 1, FIRST_PROGRAMME - 1))


def input_cell(book: Book, block: Block, column: int) -> str:
    """An input of a programme as a formula writes it."""
    return book.layout.cell("inputs", FIRST_PROGRAMME + block.number, column)


def risen(book: Book, cell: str, units: int) -> str:
    """A cell in whole `units` of itself, raised by the percentage of all: rounded half up, exact at 0 per cent."""
    hundredths = f"ROUND(100*(100+{book.layout.cell('inputs', RISE, STATED)}),0)"
    return f"INT((2*ROUND({units}*{cell},0)*{hundredths}+10000)/20000)"


def by_volume(book: Book) -> bool:
    """Whether the budget of some programme follows from a volume, so that a price and a fixed part stand beside it."""
    return any(volume_budget_of(billed.programme) is not None for billed in book.result.by_programme)


def _write_rise(book: Book) -> None:
    """The cell with the percentage by which every stated budget rises, to two decimals: 0 as it comes."""
    sheet = book.sheet("inputs")
    if not any(block.live and _rises(block) for block in book.layout.blocks):
        return
    words = _("Every budget that is stated below rises by, in per cent")
    sheet.across(RISE, 0, STATED - 1, words, "indented")
    sheet.number(RISE, STATED, 0, "decimal", "input")
    book.name(_("Rise_of_every_budget"), f"={book.layout.cell('inputs', RISE, STATED)}")
    _allow(book, (RISE, STATED), _("rise in per cent"), _HIGHEST_RISE)


def _rises(block: Block) -> bool:
    """Whether the budget is stated in a cell, so that a percentage can be put on it; a tariff has its own cells."""
    match block.billed.programme.budget:
        case NetBudget() | GrossBudget() | RateBudget() | VolumeBudget():
            return True
        case TariffBudget():
            return False
        case _:
            assert_never(block.billed.programme.budget)


def _write_programme(book: Book, block: Block) -> None:
    sheet, billed = book.sheet("inputs"), block.billed
    row, look = FIRST_PROGRAMME + block.number, "input" if block.live else "line"
    sheet.wrapped(row, (48, 26), (billed.programme.title, billed.name))
    sheet.number(row, VAT_PERCENT, billed.programme.vat_percent, "percent", look)
    stated, most = billed.programme.budget, 0
    match stated:
        case NetBudget(cents):
            words, most = _("net"), _LARGEST_BUDGET
            sheet.euros(row, STATED, cents, look)
        case GrossBudget(cents):
            words, most = _("gross"), _LARGEST_BUDGET
            sheet.euros(row, STATED, cents, look)
        case RateBudget(rate):
            words, most = _("rate"), _HIGHEST_RATE
            sheet.number(row, STATED, rate / RATE_UNITS, "rate", look)
        case VolumeBudget(fixed, volume, price):
            words, most = _("volume"), min(_MOST_UNITS, _LARGEST_BUDGET * RATE_UNITS // price)
            sheet.number(row, STATED, volume, "count", look)
            sheet.number(row, PRICE, price / RATE_UNITS, "rate", look)
            sheet.euros(row, FIXED, fixed, look)
        case TariffBudget():
            words = _("tariffs")
            sheet.text(row, STATED, _("on the sheet with the programmes"))
        case _:
            assert_never(stated)
    sheet.text(row, 2, words)
    if not block.live:
        return
    _allow(book, (row, VAT_PERCENT), _("VAT"), _HIGHEST_VAT, whole=True)
    if most:
        book.name(
            _("Budget_of_{programme}", programme=billed.name.replace("-", "_")), f"={input_cell(book, block, STATED)}"
        )
        _allow(book, (row, STATED), words, most)
    if volume_budget_of(billed.programme) is not None:
        _allow(book, (row, PRICE), _("price of a unit"), _HIGHEST_PRICE)
        _allow(book, (row, FIXED), _("fixed"), _LARGEST_BUDGET)


def _allow(book: Book, cell: tuple[int, int], words: str, most: int, whole: bool = False) -> None:
    """Let only a number from 0 to `most` be typed into a cell."""
    book.sheet("inputs").page.data_validation(
        *cell,
        *cell,
        {
            "validate": "integer" if whole else "decimal",
            "criteria": "between",
            "minimum": 0,
            "maximum": most,
            "error_title": words,
            "error_message": _("Write a number from 0 to {most}.", most=format_number(most)),
        },
    )
