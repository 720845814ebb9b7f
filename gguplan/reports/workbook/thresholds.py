"""How many must take part for a programme to go on: worked out from the inhabitants, on the sheet of the opt-outs."""

from __future__ import annotations

from gguplan.fund.thresholds import Threshold
from gguplan.language import _
from gguplan.model.result import ProgrammeResult
from gguplan.reports.workbook.book import Book
from gguplan.reports.workbook.layout import FIRST_OPT_OUT, Block
from gguplan.wording.thresholds import end_in_words

_MET = 8


def met_cell(book: Book, block: Block) -> str:
    """The cell that is 1 when the programme goes on and 0 when it lapses; empty where it does not lapse this year."""
    if block.lapse is None or not block.live:
        return ""
    return book.layout.cell("opt_outs", _row(book, block), _MET)


def write_thresholds(book: Book) -> int:
    """Write the table under the opt-outs, where there are thresholds; returns the row below it."""
    sheet, first = book.sheet("opt_outs"), _start(book)
    with_threshold = [
        (block, block.billed, _stated(book, block)) for block in book.layout.blocks if block.billed.threshold
    ]
    if not with_threshold:
        return first
    sheet.text(first, 0, _("How many must take part the whole year"), "section")
    headings = [_("Programme"), _("should too few take part"), _("threshold"), "", _("municipalities"), _("needed")]
    sheet.headings(first + 1, [*headings, _("inhabitants"), _("needed"), _("goes on")], 3)
    for block, programme, threshold in with_threshold:
        _write_one(book, block, programme, threshold)
    return first + 3 + len(with_threshold)


def _start(book: Book) -> int:
    return FIRST_OPT_OUT + max(1, book.layout.opt_out_rows) + 2


def _row(book: Book, block: Block) -> int:
    before = [
        earlier
        for earlier in book.layout.blocks
        if earlier.billed.threshold is not None and earlier.number < block.number
    ]
    return _start(book) + 2 + len(before)


def _stated(book: Book, block: Block) -> Threshold:
    return book.result.fund_year.thresholds[block.billed.name]


def _write_one(book: Book, block: Block, programme: ProgrammeResult, threshold: Threshold) -> None:
    sheet, layout, row, outcome = book.sheet("opt_outs"), book.layout, _row(book, block), programme.threshold
    assert outcome is not None
    line, percent = row + 1, threshold.inhabitants_percent or 0
    conditions = [_("{percent} % of the inhabitants", percent=percent)] if percent else []
    if threshold.municipalities is not None:
        conditions.insert(0, _("all municipalities") if threshold.municipalities == "all" else _("municipalities"))
    texts = (programme.programme.title, end_in_words(threshold), ", ".join(conditions))
    sheet.wrapped(row, (48, 40, 28), texts)
    sheet.text(row, 3, "")
    whole_year = layout.column("division", block.columns["whole_year"])
    people = layout.column("division", 2)
    taking_part = f"SUM({whole_year})"
    if book.result.population.bodies:
        taking_part = f"SUMPRODUCT({whole_year},--({people}>0))"
    sheet.formula(row, 4, f"={taking_part}", outcome.municipalities)
    sheet.number(row, 5, outcome.municipalities_needed)
    sheet.formula(row, 6, f"=SUMPRODUCT({whole_year},{people})", outcome.inhabitants)
    sheet.formula(row, 7, f"=-INT(-({layout.sum_of_payers(block, 2)}*{percent})/100)", outcome.inhabitants_needed)
    sheet.formula(row, _MET, f"=IF(AND(E{line}>=F{line},G{line}>=H{line}),1,0)", int(outcome.met), "yes")
