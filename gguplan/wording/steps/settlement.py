"""The lines of a sum for who is outside, joins or leaves, in sentences."""

from __future__ import annotations

from typing import assert_never

from gguplan.fund.steps.settlement import (
    InhabitantsOfYear,
    JoinsOrLeaves,
    Lapsed,
    NotInvoiced,
    OutsideForDays,
    RefundOfPartLine,
    RefundOfRateLine,
    SettlementLine,
)
from gguplan.language import _
from gguplan.wording.amounts import format_euros, format_number, format_rate
from gguplan.wording.thresholds import threshold_in_words


def settlement_line_in_words(line: SettlementLine) -> str:
    """What a line of a sum says, as one line of text."""
    match line:
        case OutsideForDays(days, days_in_year):
            return _("outside this programme on {days} of {year} days", days=days, year=days_in_year)
        case RefundOfRateLine(rate, inhabitants, days, days_in_year, refund):
            return _(
                "outside this programme: gets back {rate} × {inhabitants} inhabitants{part} = {refund}",
                rate=format_rate(rate),
                inhabitants=format_number(inhabitants),
                part=_of_days(days, days_in_year),
                refund=format_euros(refund),
            )
        case RefundOfPartLine():
            return _refund_of_part(line)
        case NotInvoiced():
            return _not_invoiced(line)
        case JoinsOrLeaves(joins, leaves):
            if joins is None:
                return _("leaves on {day}", day=leaves)
            if leaves is None:
                return _("joins on {day}", day=joins)
            return _("joins on {joins}, leaves on {leaves}", joins=joins, leaves=leaves)
        case InhabitantsOfYear(year):
            return _("inhabitants on 1 January {year}", year=year)
        case Lapsed(outcome, lapse, cents):
            return f"{threshold_in_words(outcome, lapse)} → {format_euros(cents)}"
        case _:
            assert_never(line)


def _refund_of_part(line: RefundOfPartLine) -> str:
    days = _taken_off(line)
    refund = format_euros(line.refund)
    if not days:
        return _("outside this programme: gets back what it paid, {refund}", refund=refund)
    return _(
        "outside this programme: gets back {paid}{part} = {refund}",
        paid=format_euros(line.part),
        part=days,
        refund=refund,
    )


def _not_invoiced(line: NotInvoiced) -> str:
    days = _taken_off(line)
    if not days:
        return _("outside this programme: not invoiced")
    return _(
        "outside this programme: {paid}{part} = {amount} is not invoiced",
        paid=format_euros(line.part),
        part=days,
        amount=format_euros(line.amount),
    )


def _taken_off(line: RefundOfPartLine | NotInvoiced) -> str:
    """How an amount follows from the part; nothing when it is the whole of it."""
    days = _of_days(line.days, line.days_weighed)
    return days if line.before is None else f"{days} − {format_euros(line.before.cents)}"


def _of_days(days: int, whole: int) -> str:
    """The days of those that an amount is for; nothing when they are all."""
    return "" if days == whole else f" × {days} ÷ {whole}"
