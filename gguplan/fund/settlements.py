"""The settlements: what an opt-out does to the money."""

from __future__ import annotations

from typing import ClassVar, Literal, assert_never

from msgspec import Struct

SettlementWord = Literal["refund", "shrink", "redistribute", "absorb"]
"""How files and tables write a settlement."""


class RefundOfRate(Struct, frozen=True):
    """Everyone pays, and those outside get a rate back: ten-thousandths of a euro per inhabitant for a whole year.

    This is how the 24-hour helpline worked: verantwoording-2016 section 2.4 and verantwoording-2017 section 2.3.
    `year` is that of the 1 January whose inhabitants count, when it is not that of the fund.
    """

    word: ClassVar[SettlementWord] = "refund"
    rate: int
    year: int | None = None


class RefundOfPart(Struct, frozen=True):
    """Everyone pays, and those outside get back what they paid."""

    word: ClassVar[SettlementWord] = "refund"


class Shrink(Struct, frozen=True):
    """Those outside do not pay, the others pay what they would, and the programme shrinks."""

    word: ClassVar[SettlementWord] = "shrink"


class Redistribute(Struct, frozen=True):
    """Those outside do not pay, and the others pay the whole budget."""

    word: ClassVar[SettlementWord] = "redistribute"


class Absorb(Struct, frozen=True):
    """Those outside do not pay, and the balance of the fund pays what is missing."""

    word: ClassVar[SettlementWord] = "absorb"


Settlement = RefundOfRate | RefundOfPart | Shrink | Redistribute | Absorb


def settlement_named(word: SettlementWord, rate: int | None = None, year: int | None = None) -> Settlement:
    """The settlement that a file names; `rate` and `year` are those of a refund."""
    match word:
        case "refund":
            return RefundOfPart() if rate is None else RefundOfRate(rate, year)
        case "shrink":
            return Shrink()
        case "redistribute":
            return Redistribute()
        case "absorb":
            return Absorb()
        case _:
            assert_never(word)
