"""The settlements in words: in a few of them, as an exercise of who leaves, and in a sentence."""

from __future__ import annotations

from typing import assert_never

from gguplan.fund.settlements import Absorb, Redistribute, RefundOfPart, RefundOfRate, Settlement, Shrink
from gguplan.language import _
from gguplan.wording.amounts import format_euros, format_rate


def settlement_in_words(settlement: Settlement) -> str:
    """What it does, in a few words."""
    match settlement:
        case RefundOfRate(rate):
            return _("refund of {rate} per inhabitant", rate=format_rate(rate))
        case RefundOfPart():
            return _("refund of what was paid")
        case Shrink():
            return _("not invoiced; the programme shrinks")
        case Redistribute():
            return _("not invoiced; the others pay the whole budget")
        case Absorb():
            return _("not invoiced; the balance pays")
        case _:
            assert_never(settlement)


def settlement_in_a_word(settlement: Settlement) -> str:
    """What it does, where what comes back is said apart from it."""
    match settlement:
        case RefundOfRate() | RefundOfPart():
            return _("refund")
        case Shrink() | Redistribute() | Absorb():
            return settlement_in_words(settlement)
        case _:
            assert_never(settlement)


def settlement_if_they_leave(settlement: Settlement) -> str:
    """What it would do for municipalities that leave, as the head of a line."""
    match settlement:
        case RefundOfRate(rate):
            return _("they get back {rate} per inhabitant", rate=format_rate(rate))
        case RefundOfPart():
            return _("they get back what they paid")
        case Shrink():
            return _("they do not pay; the programmes shrink")
        case Redistribute():
            return _("they do not pay; the others pay the whole budget")
        case Absorb():
            return _("they do not pay; the balance pays")
        case _:
            assert_never(settlement)


def settlement_in_a_sentence(settlement: Settlement, cents: int) -> str:
    """What it does to the money, with the cents that an opt-out takes off, in a sentence that follows who they are."""
    amount = format_euros(cents)
    match settlement:
        case RefundOfRate(rate):
            return _(
                "{rate} per inhabitant comes back, together {amount}; the programme can spend that much less.",
                rate=format_rate(rate),
                amount=amount,
            )
        case RefundOfPart():
            return _("What is paid comes back, {amount}; the programme can spend that much less.", amount=amount)
        case Shrink():
            return _(
                "{amount} is not invoiced; the programme shrinks by it, and the others pay what they would.",
                amount=amount,
            )
        case Redistribute():
            return _("For that no invoice is sent; the others pay the whole budget.")
        case Absorb():
            return _(
                "{amount} is not invoiced; the balance of the fund pays it, and the programme keeps its budget.",
                amount=amount,
            )
        case _:
            assert_never(settlement)
