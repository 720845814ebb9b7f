"""A budget with VAT that no report prints, derived from the print without VAT.

The budgets of both years were voted as round amounts with VAT (2.000, 611, 11.300 thousand in verantwoording-2016), and
the report on 2017 prints what is left of them ÷ 1,21, in whole euros. Multiplying a print back gives € 2.000.000,53.
The roundest amount that gives the print is what was voted.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

_THOUSAND_EUROS: Final = 100_000


class DerivedBudget(Struct, frozen=True):
    """A budget with VAT, in cents, of one programme in one year: derived, and printed nowhere."""

    programme: str
    year: int
    gross: int


class Derivation(Struct, frozen=True):
    """The roundest amount with VAT that gives a print without VAT.

    `multiple` is the largest power of ten, in cents, that has a multiple which does so, and `gross` that multiple;
    `others` are the other multiples of a thousand euros that do so too, and are less round.
    """

    gross: int
    multiple: int
    others: tuple[int, ...]


def derivation(net: int, rounding: int, percent: int) -> Derivation | None:
    """Derive the budget with VAT from a print without it: `net` cents, printed to within `rounding` cents.

    A gross amount gives the print when gross × 100 ÷ (100 + percent) is rounded half up to it. None when two amounts
    are equally round, or when nothing may be meant.
    """
    factor = 100 + percent
    first, end = -(-(net - rounding) * factor // 100), -(-(net + rounding) * factor // 100)
    if first <= 0:
        return None
    multiple = 1
    while _multiples(first, end, 10 * multiple):
        multiple *= 10
    roundest = _multiples(first, end, multiple)
    if len(roundest) != 1:
        return None
    gross = roundest[0]
    others = [amount for amount in _multiples(first, end, _THOUSAND_EUROS) if amount != gross]
    return Derivation(gross, multiple, tuple(others))


def _multiples(first: int, end: int, of: int) -> range:
    """The multiples of `of` from `first` up to but without `end`."""
    return range(-(-first // of) * of, end, of)
