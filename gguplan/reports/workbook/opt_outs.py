"""The sheet with the opt-outs: who stands outside which programme on how many days, and what that takes off."""

from __future__ import annotations

from typing import Final, assert_never

from gguplan.fund.settlements import Absorb, Redistribute, RefundOfPart, RefundOfRate, Settlement, Shrink
from gguplan.fund.thresholds import goes_to_the_balance
from gguplan.language import _
from gguplan.model.participation.settlement import is_of_the_part
from gguplan.model.result import ProgrammeResult
from gguplan.money import RATE_UNITS
from gguplan.reports.workbook import municipalities
from gguplan.reports.workbook.book import Book
from gguplan.reports.workbook.exact import fits
from gguplan.reports.workbook.layout import FIRST_OPT_OUT, Block, OptOutRow
from gguplan.reports.workbook.sheet import lines_of
from gguplan.reports.workbook.thresholds import met_cell, write_thresholds
from gguplan.wording.bodies import code_heading, payer_heading
from gguplan.wording.settlements import settlement_in_words
from gguplan.wording.sources import stated_source

DAYS: Final = 5
REFUND: Final = 8
NOT_INVOICED: Final = 9
_WIDTHS: Final = (48, 40)


def write_opt_outs(book: Book) -> None:
    """Write the sheet: a row for each municipality outside a programme, thresholds, and the sources."""
    sheet = book.sheet("opt_outs")
    sheet.title(
        _("Opt-outs"),
        _(
            "Who stands outside a programme, and what that does to the money. The yellow cells can be changed. "
            "The year has {days} days.",
            days=book.result.fund_year.days,
        ),
        NOT_INVOICED + 1,
    )
    money = book.layout.money_width
    sheet.widths(*_WIDTHS, 28, 10, 13, 13, 15, money, money, money)
    population = book.result.population
    headings = [_("Programme"), _("what it does"), payer_heading(population), code_heading(population)]
    headings += [_("inhabitants counted")]
    headings += [_("days outside"), _("rate of the refund"), _("its part"), _("refund"), _("not invoiced")]
    sheet.headings(FIRST_OPT_OUT - 1, headings, 4)
    for block in book.layout.blocks:
        for row in block.opt_outs:
            _write_row(book, block, row)
    if not book.layout.opt_out_rows:
        sheet.across(FIRST_OPT_OUT, 0, NOT_INVOICED, _("Nobody stands outside a programme."), "line")
    last = _write_sources(book, write_thresholds(book))
    sheet.page.freeze_panes(FIRST_OPT_OUT, 1)
    sheet.page.print_area(0, 0, last, NOT_INVOICED)
    sheet.on_paper(headings=(FIRST_OPT_OUT - 1, FIRST_OPT_OUT - 1))


def effect_cell(book: Book, row: OptOutRow) -> str:
    """The cell with what an opt-out takes off, in euros."""
    return book.layout.cell("opt_outs", row.row, NOT_INVOICED if row.takes_off else REFUND)


def _write_row(book: Book, block: Block, row: OptOutRow) -> None:
    sheet, layout, billed, settlement = book.sheet("opt_outs"), book.layout, block.billed, row.opt_out.settlement
    who = book.result.population.municipalities[row.position]
    sheet.wrapped(row.row, _WIDTHS, (billed.programme.title, settlement_in_words(settlement)))
    sheet.text(row.row, 2, who.name)
    sheet.text(row.row, 3, who.gm_code)
    refund = _refund_of_rate(settlement)
    if refund is None or refund.year in (None, book.result.population.year):
        people = layout.cell("municipalities", layout.row_of[row.position], municipalities.INHABITANTS)
        sheet.formula(row.row, 4, f"={people}", row.inhabitants)
    else:
        sheet.number(row.row, 4, row.inhabitants, "count", "input" if block.live else "line")
    effect = _effect(book, block, row)
    changes = bool(effect)
    sheet.number(row.row, DAYS, row.days, "count", "input" if changes else "line")
    if refund is None:
        sheet.text(row.row, 6, "")
    elif row.row == row.first_of_opt_out:
        sheet.number(row.row, 6, refund.rate / RATE_UNITS, "rate", "input" if changes else "line")
    else:
        sheet.formula(row.row, 6, f"=G{row.first_of_opt_out + 1}", refund.rate / RATE_UNITS, "rate")
    part = int(billed.participation.allocation.parts[row.position])
    if block.live:
        cell = layout.cell("division", layout.row_of[row.position], block.columns["part"])
        sheet.sum_in_euros(row.row, 7, f"={cell}/100", part)
    else:
        sheet.euros(row.row, 7, part)
    column, empty = (NOT_INVOICED, REFUND) if row.takes_off else (REFUND, NOT_INVOICED)
    sheet.text(row.row, empty, "")
    if row.others_pay:
        sheet.text(row.row, column, "")
    elif effect:
        sheet.sum_in_euros(row.row, column, f"={effect}", row.cents)
    else:
        sheet.euros(row.row, column, row.cents)


def _effect(book: Book, block: Block, row: OptOutRow) -> str:
    """The formula, without =, of what an opt-out takes off in euros; empty where it stays the model's value."""
    settlement, year = row.opt_out.settlement, book.result.fund_year.days
    if not block.live:
        return ""
    match settlement:
        case RefundOfRate(rate):
            cents = _rate_formula(row, rate, year)
        case RefundOfPart() | Shrink() | Absorb():
            cents = _part_formula(block, row, year)
        case Redistribute():
            cents = ""
        case _:
            assert_never(settlement)
    if not cents:
        return ""
    euros = f"({cents})/100"
    met = met_cell(book, block)
    return f"IF({met}=1,{euros},0)" if met and not goes_to_the_balance(block.lapse) else euros


def _rate_formula(row: OptOutRow, rate: int, year: int) -> str:
    """A rate × inhabitants for the days outside, in cents; empty where a spreadsheet does not hold it exactly."""
    if not fits(2 * rate * row.inhabitants * year):
        return ""
    units, line = RATE_UNITS // 100, row.row + 1
    numerator = f"2*ROUND({RATE_UNITS}*G{line},0)*E{line}*F{line}+{units * year}"
    return f"INT(({numerator})/{2 * units * year})"


def _part_formula(block: Block, row: OptOutRow, year: int) -> str:
    """The days outside of the municipality's part, in cents; empty where a spreadsheet does not hold it exactly."""
    if not fits(2 * int(block.billed.participation.allocation.parts[row.position]) * year):
        return ""
    line = row.row + 1
    part = f"ROUND(100*H{line},0)"
    # The part is for the days for which is weighed; those that are redistributed cannot be filled in.
    weighed = year - sum(before.days for before in _redistributed(block, row))
    earlier = [f"F{opt_out.row + 1}" for opt_out in block.opt_outs if _counts_before(opt_out, row)]
    before = "+".join(earlier)
    until = "+".join([*earlier, f"F{line}"])
    cents = f"INT((2*{part}*({until})+{weighed})/{2 * weighed})"
    return f"{cents}-INT((2*{part}*({before})+{weighed})/{2 * weighed})" if before else cents


def _refund_of_rate(settlement: Settlement) -> RefundOfRate | None:
    """The refund at a rate that a settlement is; None where it takes off a part, or nothing."""
    match settlement:
        case RefundOfRate():
            return settlement
        case RefundOfPart() | Shrink() | Absorb() | Redistribute():
            return None
        case _:
            assert_never(settlement)


def _redistributed(block: Block, row: OptOutRow) -> list[OptOutRow]:
    """The periods outside of the same municipality for which it is not weighed."""
    return [opt_out for opt_out in block.opt_outs if opt_out.position == row.position and opt_out.others_pay]


def _counts_before(earlier: OptOutRow, row: OptOutRow) -> bool:
    """True for an earlier period outside of the same municipality, of which the part is taken off as well."""
    same = earlier.position == row.position and earlier.which < row.which
    return same and is_of_the_part(earlier.opt_out.settlement)


def _write_sources(book: Book, row: int) -> int:
    """Where it stands who is outside and how many must take part, and the last row of the sheet."""
    sheet = book.sheet("opt_outs")
    stated: list[tuple[ProgrammeResult, str]] = []
    for block in book.layout.blocks:
        stated += [(block.billed, stated_source(opt_out.source)) for opt_out in block.billed.opt_outs]
        threshold = book.result.fund_year.thresholds.get(block.billed.name)
        stated += [(block.billed, stated_source(threshold.source))] if threshold else []
    if not stated:
        return row
    sheet.text(row, 0, _("Where this stands"), "section")
    for index, (billed, source) in enumerate(stated):
        line = row + 1 + index
        sheet.text(line, 0, billed.programme.title, "wrapped")
        sheet.across(line, 1, NOT_INVOICED, source, "wrapped")
        sheet.height(line, max(lines_of(source, 160), lines_of(billed.programme.title, _WIDTHS[0])))
    return row + len(stated)
