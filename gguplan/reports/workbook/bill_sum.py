"""The sum behind every line of the bill, down to the cent that is left over."""

from __future__ import annotations

from gguplan.language import _
from gguplan.reports.workbook.book import Book
from gguplan.reports.workbook.division_summary import LAST_IN_QUEUE, TO_DIVIDE, WEIGHTS, queue_of, summary_cell
from gguplan.reports.workbook.layout import Block
from gguplan.reports.workbook.sheet import lines_of
from gguplan.wording.allocation_keys import key_in_words

_LAST_COLUMN = 9
_BY_INHABITANTS = {"weight": 2, "precedence": 3}
"""Where the weights stand of a programme that is divided by inhabitants."""


def write_sum(book: Book, row: int) -> int:
    """Write the sum from `row`, and the rules under it; returns the last row."""
    sheet = book.sheet("bill")
    sheet.text(row, 0, _("The sum behind it"), "section")
    headings = [_("Programme"), _("to divide"), _("weight"), _("all weights"), _("fixed amount"), _("whole cents")]
    sheet.headings(row + 1, [*headings, _("remainder"), _("place in the queue"), _("left-over cent"), _("part")])
    for portion in book.layout.portions:
        _write_line(book, portion, row + 2 + portion.row)
    end = row + 2 + len(book.layout.portions)
    for index, rule in enumerate(_rules(book)):
        sheet.across(end + 1 + index, 0, _LAST_COLUMN, rule)
        sheet.height(end + 1 + index, lines_of(rule, 185))
    return end + 1 + index


def in_division(book: Book, block: Block, noun: str) -> str:
    """What the chosen municipality has in a column of the division, as a formula writes it."""
    column = block.columns[noun] if noun in block.columns else _BY_INHABITANTS[noun]
    return f"INDEX({book.layout.column('division', column)},{_('Row_chosen')})"


def _write_line(book: Book, block: Block, row: int) -> None:
    sheet, place, line = book.sheet("bill"), book.chosen, row + 1
    sheet.wrapped(row, (48,), (_title(block),))
    if not block.live:
        text = _(
            "value of the model; see: gguplan explain {code} --programme {name}", code="GM…", name=block.billed.name
        )
        sheet.across(row, 1, _LAST_COLUMN, text, "line")
        return
    split, fixed = block.split, int(block.portion.fixed[place])
    queue = queue_of(block)
    rank = 1 + sum(remainder > queue[place] for remainder in queue)
    cent = int(rank <= split.left_over)
    everyone = book.layout.column("division", block.columns["queue"])
    mine = in_division(book, block, "queue")
    sheet.sum_in_euros(row, 1, f"={summary_cell(book, block, TO_DIVIDE)}/100", split.total)
    sheet.formula(row, 2, f"={in_division(book, block, 'weight')}", int(split.weights[place]))
    sheet.formula(row, 3, f"={summary_cell(book, block, WEIGHTS)}", sum(split.weights.tolist()))
    amount = f"={in_division(book, block, 'fixed')}/100" if "fixed" in block.columns else "=0"
    sheet.sum_in_euros(row, 4, amount, fixed)
    sheet.formula(row, 5, f"={in_division(book, block, 'whole')}", int(split.whole[place]), "cents")
    sheet.formula(row, 6, f"={in_division(book, block, 'remainder')}", int(split.remainder[place]))
    sheet.formula(row, 7, f"=RANK({mine},{everyone},0)", rank)
    last = summary_cell(book, block, LAST_IN_QUEUE)
    sheet.formula(row, 8, f"=IF({mine}>={last},1,0)", cent, "yes")
    part = fixed + int(split.whole[place]) + cent
    sheet.sum_in_euros(row, 9, f"=E{line}+(F{line}+I{line})/100", part, "euros", "result")


def _title(block: Block) -> str:
    """What a line is the sum of: a programme, or what one key of a mix divides of it."""
    title = block.billed.programme.title
    return _("{title}: {key}", title=title, key=key_in_words(block.portion.key)) if block.share else title


def _rules(book: Book) -> list[str]:
    """How to redo it by hand."""
    return [
        _(
            "By hand: the amount to divide, in cents, × the weight ÷ all weights. The whole number is in “whole "
            "cents”; what the division leaves is the remainder."
        ),
        _(
            "The cents that all whole numbers together leave over go, one each, to the front of the queue: the largest "
            "remainder first; then the larger weight; then the lower CBS code."
        ),
        _(
            "The weight is the number of inhabitants, unless the programme has another key (see the sheet "
            "{programmes}). Part = fixed amount + whole cents + left-over cent; opt-outs are taken off after that.",
            programmes=book.layout.sheets["programmes"],
        ),
    ]
