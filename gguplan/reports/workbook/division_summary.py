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
OF_PROGRAMME: Final = 10
SHARE: Final = 11
REMAINDER: Final = 12


def write_division_summary(book: Book) -> None:
    """Write the table under the money in and out."""
    sheet, layout = book.sheet("programmes"), book.layout
    first = layout.table_row(2, 0)
    sheet.text(first - 2, 0, _("How it is divided, in whole cents"), "section")
    headings = [_("Programme"), _("divided by"), _("check"), _("to divide"), _("all weights"), _("times whole")]
    headings += [_("rest to divide"), _("whole cents together"), _("cents left over"), _("last place with a cent")]
    if any(block.share for block in layout.portions):
        headings += [_("of the programme"), _("share in the mix"), _("remainder")]
    sheet.headings(first - 1, headings, 2)
    for block in layout.portions:
        row = layout.table_row(2, block.row)
        sheet.wrapped(row, (48, 26), (block.billed.programme.title, key_in_words(block.portion.key)))
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
    return book.layout.cell("programmes", book.layout.table_row(2, block.row), column)


def weights_column(book: Book, block: Block) -> str:
    """The weights of all municipalities, as a formula writes them."""
    return book.layout.column("division", block.columns.get("weight", 2))


def _write_division(book: Book, block: Block, row: int) -> None:
    sheet, layout, split = book.sheet("programmes"), book.layout, block.split
    line, budget_line = row + 1, layout.table_row(0, block.number) + 1
    others = paid_otherwise(book, block, "100*")
    divide = f"=ROUND(100*F{budget_line}{others},0)"
    if block.share:
        _write_portion(book, block, row, divide)
        divide = _portion_formula(book, block, line)
    if "fixed" in block.columns:
        divide += f"-SUM({layout.column('division', block.columns['fixed'])})"
    weights = weights_column(book, block)
    together = sum(split.weights.tolist())
    whole = layout.column("division", block.columns["whole"])
    queue = layout.column("division", block.columns["queue"])
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
    sums = f"H{line}+I{line}=D{line}"
    if not block.opt_outs and not block.lapse and not block.share:
        undone = next(noun for noun in ("part", "settled", "contribution") if noun in block.columns)
        parts = layout.column("division", block.columns[undone])
        sums = f"ROUND(SUM({parts})-(100*F{budget_line}{others}),0)=0"
    sheet.formula(row, 2, f"=IF(AND({sums},{small},D{line}>=0),1,0)", 1, "right")


def _write_portion(book: Book, block: Block, row: int, divide: str) -> None:
    """What a portion of a mix is a share of: what there is to divide, the share, and what the division leaves."""
    sheet, line, shares = book.sheet("programmes"), row + 1, _of_mix(book, block, SHARE)
    portions = book.layout.blocks[block.number].portions
    together = sum(portion.portion.total for portion in portions)
    whole = sum(portion.share for portion in portions)
    sheet.formula(row, OF_PROGRAMME, divide, together, "cents")
    sheet.number(row, SHARE, block.share, "count", "input")
    sheet.formula(row, REMAINDER, f"=MOD(K{line}*L{line},SUM({shares}))", together * block.share % whole, "count")


def _portion_formula(book: Book, block: Block, line: int) -> str:
    """The cents of a portion of a mix, by largest remainder: a tie goes to the larger share, then to the first."""
    shares, remainders = _of_mix(book, block, SHARE), _of_mix(book, block, REMAINDER)
    # What all remainders leave is a whole number of cents.
    left_over = f"SUM({remainders})/SUM({shares})"
    tie = f"({shares}>L{line})+({shares}=L{line})*(ROW({shares})<ROW(L{line}))"
    before = f"SUMPRODUCT(({remainders}>M{line})+({remainders}=M{line})*({tie}))"
    return f"=(K{line}*L{line}-M{line})/SUM({shares})+IF({before}<{left_over},1,0)"


def _of_mix(book: Book, block: Block, column: int) -> str:
    """The cells of all portions of a mix in a column of the table."""
    from xlsxwriter.utility import xl_range_abs

    first, *_others, last = (book.layout.table_row(2, part.row) for part in book.layout.blocks[block.number].portions)
    return str(xl_range_abs(first, column, last, column))


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
