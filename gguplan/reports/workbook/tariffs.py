"""Stepped tariffs and fixed amounts, which can be changed, on the sheet with the programmes."""

from __future__ import annotations

from gguplan.inputs.scenario.allocation_keys import FixedPlusInhabitants, Stepped
from gguplan.language import _
from gguplan.money import RATE_UNITS
from gguplan.reports.workbook.book import Book
from gguplan.reports.workbook.layout import Block


def write_tariffs(book: Book, row: int) -> int:
    """Write the tables from `row`, where there are any; returns the row below them."""
    steps = [block for block in book.layout.blocks if isinstance(block.one.programme.allocation, Stepped)]
    fixed = [block for block in book.layout.blocks if isinstance(block.one.programme.allocation, FixedPlusInhabitants)]
    if not steps and not fixed:
        return row
    sheet = book.sheet("programmes")
    sheet.text(row, 0, _("Tariffs and fixed amounts"), "section")
    headings = [_("Programme"), _("what it is"), "", _("above so many inhabitants"), _("up to"), _("euros")]
    sheet.headings(row + 1, [*headings, _("in a sum")], 2)
    for block in steps:
        _write_steps(book, block)
    for block in fixed:
        _write_fixed(book, block)
    return row + 3 + len(fixed) + sum(_size(block) for block in steps)


def tariff_formula(book: Book, block: Block, inhabitants: str) -> str:
    """The formula of a municipality's tariff, from the cell with its inhabitants."""
    key = block.one.programme.allocation
    assert isinstance(key, Stepped)
    first = _first_row(book, block) + 1
    last, sheet = first + len(key.brackets) - 1, book.layout.sheet("programmes")
    lower, steps = f"{sheet}!$D${first}:$D${last}", f"{sheet}!$G${first}:$G${last}"
    if key.applies_to == "all":
        return f"={inhabitants}*INDEX({steps},MATCH(MAX({inhabitants}-1,0),{lower},1))"
    return f"=SUMPRODUCT(({inhabitants}>{lower})*({inhabitants}-{lower})*{steps})"


def fixed_cell(book: Book, block: Block) -> str:
    """The cell with the fixed amount of a programme, in euros."""
    return book.layout.cell("programmes", _first_row(book, block), 5)


def _size(block: Block) -> int:
    key = block.one.programme.allocation
    return len(key.brackets) if isinstance(key, Stepped) else int(isinstance(key, FixedPlusInhabitants))


def _first_row(book: Book, block: Block) -> int:
    """The first row of a programme: those with steps come first."""
    rows = [other for other in book.layout.blocks if _size(other)]
    rows.sort(key=lambda other: isinstance(other.one.programme.allocation, FixedPlusInhabitants))
    before = rows[: rows.index(block)]
    return book.layout.table_row(3, -2) + 2 + sum(map(_size, before))


def _write_steps(book: Book, block: Block) -> None:
    sheet, key = book.sheet("programmes"), block.one.programme.allocation
    assert isinstance(key, Stepped)
    words = (
        _("rate of its class for all inhabitants")
        if key.applies_to == "all"
        else _("rate for the inhabitants in a class")
    )
    lower, below, look = 0, 0, "input" if block.live else "line"
    first = _first_row(book, block)
    for index, bracket in enumerate(key.brackets):
        row = first + index
        line = row + 1
        sheet.text(row, 0, block.one.programme.title)
        sheet.text(row, 1, words)
        sheet.text(row, 2, "")
        if index == 0:
            sheet.number(row, 3, 0)
        else:
            sheet.formula(row, 3, f"=E{row}", lower)
        if bracket.up_to is None:
            sheet.text(row, 4, "")
        else:
            sheet.number(row, 4, bracket.up_to, "count", look)
            lower = bracket.up_to
        sheet.number(row, 5, bracket.rate / RATE_UNITS, "rate", look)
        units = RATE_UNITS // block.unit
        step = f"ROUND(F{line}*{units},0)"
        if key.applies_to == "part" and index:
            step += f"-ROUND(F{row}*{units},0)"
        value = bracket.rate // block.unit - (below if key.applies_to == "part" else 0)
        sheet.formula(row, 6, f"={step}", value, "cents")
        below = bracket.rate // block.unit


def _write_fixed(book: Book, block: Block) -> None:
    sheet, row, key = book.sheet("programmes"), _first_row(book, block), block.one.programme.allocation
    assert isinstance(key, FixedPlusInhabitants)
    sheet.text(row, 0, block.one.programme.title)
    sheet.text(row, 1, _("fixed amount for each municipality"))
    for column in (2, 3, 4):
        sheet.text(row, column, "")
    sheet.euros(row, 5, key.fixed, "input" if block.live else "line")
    sheet.formula(row, 6, f"=ROUND(100*F{row + 1},0)", key.fixed, "cents")
