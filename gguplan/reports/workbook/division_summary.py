"""What each programme's division rests on, in whole cents: all weights, whole multiples, the cents left over."""

from __future__ import annotations

from typing import Final

from gguplan.language import _
from gguplan.reports.workbook.adjustment_columns import follow_in_formulas
from gguplan.reports.workbook.book import Book
from gguplan.reports.workbook.exact import LARGEST
from gguplan.reports.workbook.layout import Block
from gguplan.reports.workbook.money_flow import paid_otherwise
from gguplan.wording.allocation_keys import key_in_words

TO_DIVIDE: Final = 3
WEIGHTS: Final = 4
MULTIPLES: Final = 5
REST: Final = 6
WHOLE: Final = 7
LEFT_OVER: Final = 8
LAST_IN_QUEUE: Final = 9


def write_division_summary(book: Book) -> None:
    """Write the table under the money in and out."""
    sheet, layout = book.sheet("programmes"), book.layout
    first = layout.table_row(2, 0)
    sheet.text(first - 2, 0, _("How it is divided, in whole cents"), "section")
    headings = [_("Programme"), _("divided by"), _("check"), _("to divide"), _("all weights"), _("times whole")]
    headings += [_("rest to divide"), _("whole cents together"), _("cents left over"), _("last place with a cent")]
    sheet.headings(first - 1, headings, 2)
    for block in layout.blocks:
        row = layout.table_row(2, block.number)
        sheet.wrapped(row, (48, 26), (block.billed.programme.title, key_in_words(block.billed.programme.allocation)))
        if block.live:
            _write_division(book, block, row)
        else:
            why = _("values of the model: too large for exact formulas")
            if not block.billed.participation.allocation.is_divided:
                why = _("not divided: nobody is invoiced")
            elif not follow_in_formulas(block.billed.programme.adjustments):
                why = _("values of the model: held against an old division")
            sheet.across(row, 2, LAST_IN_QUEUE, why, "line")


def summary_cell(book: Book, block: Block, column: int) -> str:
    """A cell of a programme's division as a formula writes it."""
    return book.layout.cell("programmes", book.layout.table_row(2, block.number), column)


def weights_column(book: Book, block: Block) -> str:
    """The weights of all municipalities, as a formula writes them."""
    return book.layout.column("division", block.columns.get("weight", 2))


def _write_division(book: Book, block: Block, row: int) -> None:
    sheet, layout, split = book.sheet("programmes"), book.layout, block.split
    line, budget_line = row + 1, layout.table_row(0, block.number) + 1
    others = paid_otherwise(book, block, "100*")
    divide = f"=ROUND(100*F{budget_line}{others},0)"
    if "fixed" in block.columns:
        divide += f"-SUM({layout.column('division', block.columns['fixed'])})"
    weights = weights_column(book, block)
    together = sum(split.weights.tolist())
    whole = layout.column("division", block.columns["whole"])
    queue = layout.column("division", block.columns["queue"])
    undone = next(noun for noun in ("part", "settled", "contribution") if noun in block.columns)
    parts = layout.column("division", block.columns[undone])
    sheet.formula(row, TO_DIVIDE, divide, split.total, "cents")
    sheet.formula(row, WEIGHTS, f"=SUM({weights})", together, "count")
    sheet.formula(row, MULTIPLES, f"=INT(D{line}/E{line})", split.total // together, "count")
    sheet.formula(row, REST, f"=D{line}-E{line}*F{line}", split.total % together, "cents")
    sheet.formula(row, WHOLE, f"=SUM({whole})", int(split.whole.sum()), "cents")
    sheet.formula(row, LEFT_OVER, f"=D{line}-H{line}", split.left_over, "cents")
    places = sorted(queue_of(block), reverse=True)
    last = places[split.left_over - 1] if split.left_over else places[0] + 1
    sheet.formula(row, LAST_IN_QUEUE, f"=IF(I{line}>0,LARGE({queue},I{line}),MAX({queue})+1)", last, "count")
    small = f"E{line}*MAX({weights})<={LARGEST}" if block.digits and block.digits.count == 1 else f"E{line}<={LARGEST}"
    sums = (
        f"ROUND(SUM({parts})-(100*F{budget_line}{others}),0)=0"
        if not block.opt_outs and not block.lapse
        else (f"H{line}+I{line}=D{line}")
    )
    sheet.formula(row, 2, f"=IF(AND({sums},{small},D{line}>=0),1,0)", 1, "right")


def queue_of(block: Block) -> list[int]:
    """The place in the queue of each municipality: its remainder, and after it who goes first in a tie."""
    size, first = len(block.split.weights), in_a_tie(block.split.weights.tolist())
    return [remainder * size + before for remainder, before in zip(block.split.remainder.tolist(), first, strict=True)]


def in_a_tie(weights: list[int]) -> list[int]:
    """How many others each goes before in a tie: the larger weight first, then the lower CBS code.

    The municipalities of a population stand in order of code.
    """
    order = sorted(range(len(weights)), key=lambda place: (weights[place], -place))
    before = [0] * len(weights)
    for index, place in enumerate(order):
        before[place] = index
    return before
