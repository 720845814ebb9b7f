"""Stepped tariffs and fixed amounts, which can be changed, on the sheet with the programmes."""

from __future__ import annotations

from typing import Literal, assert_never

from gguplan.fund.allocation_keys import (
    FixedAmounts,
    FixedPlusInhabitants,
    FixedShares,
    InhabitantsOn,
    PerColumn,
    PerInhabitant,
    Products,
    RatePerInhabitant,
    StepAmounts,
    Stepped,
)
from gguplan.language import _
from gguplan.model.allocation import fixed_part_of
from gguplan.money import RATE_UNITS
from gguplan.reports.workbook.book import Book
from gguplan.reports.workbook.layout import Block


def write_tariffs(book: Book, row: int) -> int:
    """Write the tables from `row`, where there are any; returns the row below them."""
    blocks = _with_a_table(book)
    if not blocks:
        return row
    sheet = book.sheet("programmes")
    sheet.text(row, 0, _("Tariffs and fixed amounts"), "section")
    headings = [_("Programme"), _("what it is"), "", _("above so many inhabitants"), _("up to"), _("euros")]
    sheet.headings(row + 1, [*headings, _("in a sum")], 2)
    for block in blocks:
        _write_table(book, block)
    return row + 3 + sum(map(_size, blocks))


def tariff_formula(book: Book, block: Block, applies_to: Literal["part", "all"], inhabitants: str) -> str:
    """The formula of a municipality's tariff, from the cell with its inhabitants."""
    first = _first_row(book, block) + 1
    last, sheet = first + _size(block) - 1, book.layout.sheet("programmes")
    lower, steps = f"{sheet}!$D${first}:$D${last}", f"{sheet}!$G${first}:$G${last}"
    if applies_to == "all":
        return f"={inhabitants}*INDEX({steps},MATCH(MAX({inhabitants}-1,0),{lower},1))"
    return f"=SUMPRODUCT(({inhabitants}>{lower})*({inhabitants}-{lower})*{steps})"


def rate_formula(book: Book, block: Block, inhabitants: str) -> str:
    """The formula of what a municipality pays by a rate, in whole cents, from the cell with its inhabitants."""
    return f"=ROUND({inhabitants}*{book.layout.cell('programmes', _first_row(book, block), 6)}/100,0)"


def products_formula(book: Book, block: Block, units: str, key: Products) -> str:
    """The formula of what a municipality pays for its units, in whole cents, from the cell with those of all years."""
    whole = f"ROUND({units}*{key.parts},0)"
    price = book.layout.cell("programmes", _first_row(book, block), 6)
    return f"=ROUND({whole}*{price}/{100 * key.parts * key.years},0)"


def step_formula(book: Book, block: Block, inhabitants: str) -> str:
    """The formula of the amount of a municipality's size class, in cents, from the cell with its inhabitants."""
    first = _first_row(book, block) + 1
    last, sheet = first + _size(block) - 1, book.layout.sheet("programmes")
    lower, amounts = f"{sheet}!$D${first}:$D${last}", f"{sheet}!$G${first}:$G${last}"
    return f"=INDEX({amounts},MATCH(MAX({inhabitants}-1,0),{lower},1))"


def fixed_cell(book: Book, block: Block) -> str:
    """The cell with the fixed amount of a programme, in euros."""
    return book.layout.cell("programmes", _first_row(book, block), 5)


def _size(block: Block) -> int:
    """The rows of a programme here; 0 where nothing of its key can be changed."""
    key = block.portion.key
    match key:
        case Stepped(brackets):
            return len(brackets)
        case StepAmounts(steps):
            return len(steps)
        case FixedPlusInhabitants() | RatePerInhabitant() | Products():
            return 1
        case PerInhabitant() | InhabitantsOn() | PerColumn() | FixedShares() | FixedAmounts():
            return 0
        case _:
            assert_never(key)


def _with_a_table(book: Book) -> list[Block]:
    """The programmes that have rows here: those with steps come first."""
    blocks = [portion for portion in book.layout.portions if _size(portion)]
    return sorted(blocks, key=lambda block: fixed_part_of(block.portion.key) is not None)


def _first_row(book: Book, block: Block) -> int:
    blocks = _with_a_table(book)
    return book.layout.table_row(3, -2) + 2 + sum(map(_size, blocks[: blocks.index(block)]))


def _write_table(book: Book, block: Block) -> None:
    key = block.portion.key
    match key:
        case Stepped():
            _write_steps(book, block, key)
        case FixedPlusInhabitants(fixed):
            _write_fixed(book, block, fixed)
        case RatePerInhabitant(rate):
            _write_rate(book, block, rate, _("rate for each inhabitant, in whole cents"))
        case Products(price=price):
            _write_rate(book, block, price, _("price of a unit, in whole cents for each"))
        case StepAmounts():
            _write_step_amounts(book, block, key)
        case PerInhabitant() | InhabitantsOn() | PerColumn() | FixedShares() | FixedAmounts():
            pass
        case _:
            assert_never(key)


def _write_steps(book: Book, block: Block, key: Stepped) -> None:
    sheet = book.sheet("programmes")
    words = (
        _("rate of its class for all inhabitants")
        if key.applies_to == "all"
        else _("rate for the inhabitants in a class")
    )
    below, look, first = 0, "input" if block.live else "line", _first_row(book, block)
    _write_classes(book, block, words, [bracket.up_to for bracket in key.brackets])
    for index, bracket in enumerate(key.brackets):
        row = first + index
        line = row + 1
        sheet.number(row, 5, bracket.rate / RATE_UNITS, "rate", look)
        units = RATE_UNITS // block.unit
        step = f"ROUND(F{line}*{units},0)"
        if key.applies_to == "part" and index:
            step += f"-ROUND(F{row}*{units},0)"
        value = bracket.rate // block.unit - (below if key.applies_to == "part" else 0)
        sheet.formula(row, 6, f"={step}", value, "cents")
        below = bracket.rate // block.unit


def _write_classes(book: Book, block: Block, words: str, up_to: list[int | None]) -> None:
    """What the size classes are: above and up to so many inhabitants."""
    sheet, first = book.sheet("programmes"), _first_row(book, block)
    for row, limit in enumerate(up_to, start=first):
        sheet.text(row, 0, block.billed.programme.title)
        sheet.text(row, 1, words)
        sheet.text(row, 2, "")
        if row == first:
            sheet.number(row, 3, 0)
        else:
            sheet.formula(row, 3, f"=E{row}", up_to[row - first - 1] or 0)
        if limit is None:
            sheet.text(row, 4, "")
        else:
            sheet.number(row, 4, limit, "count", "input" if block.live else "line")


def _write_step_amounts(book: Book, block: Block, key: StepAmounts) -> None:
    sheet, first = book.sheet("programmes"), _first_row(book, block)
    _write_classes(book, block, _("amount for each municipality in a class"), [step.up_to for step in key.steps])
    for row, step in enumerate(key.steps, start=first):
        sheet.euros(row, 5, step.cents, "input" if block.live else "line")
        sheet.formula(row, 6, f"=ROUND(100*F{row + 1},0)", step.cents, "cents")


def _write_fixed(book: Book, block: Block, fixed: int) -> None:
    sheet, row = book.sheet("programmes"), _first_row(book, block)
    sheet.text(row, 0, block.billed.programme.title)
    sheet.text(row, 1, _("fixed amount for each municipality"))
    for column in (2, 3, 4):
        sheet.text(row, column, "")
    sheet.euros(row, 5, fixed, "input" if block.live else "line")
    sheet.formula(row, 6, f"=ROUND(100*F{row + 1},0)", fixed, "cents")


def _write_rate(book: Book, block: Block, rate: int, words: str) -> None:
    sheet, row = book.sheet("programmes"), _first_row(book, block)
    sheet.text(row, 0, block.billed.programme.title)
    sheet.text(row, 1, words)
    for column in (2, 3, 4):
        sheet.text(row, column, "")
    sheet.number(row, 5, rate / RATE_UNITS, "rate", "input" if block.live else "line")
    sheet.formula(row, 6, f"=ROUND(F{row + 1}*{RATE_UNITS},0)", rate, "cents")
