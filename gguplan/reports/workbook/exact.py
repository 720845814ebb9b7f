"""Formulas that stay exact in a spreadsheet, which counts in floating point.

A budget times inhabitants passes what a spreadsheet holds exactly (2^53). Three things keep every number small. Whole
multiples of all weights together are taken out of the total first; what remains of the total, times a weight, is
divided with its remainder; and where even that product is large, the weight is taken digit by digit, as in long
division by hand. `LARGEST` lies below 2^47: above it LibreOffice rounds a quotient that lies just below a whole number
upwards, and Excel shows fifteen digits.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from gguplan.money import Split

LARGEST: Final = 10**14
"""The largest whole number that a formula of the workbook may come to."""

ROOM: Final = 4
"""So much larger may a number become when somebody changes what is filled in."""

_MOST_DIGITS: Final = 6


class Digits(Struct, frozen=True):
    """How a weight is taken apart: `count` digits in base `base`; one digit is the weight itself."""

    base: int
    count: int

    def of(self, weight: str) -> list[str]:
        """The formulas of the digits of the weight in a cell, the highest first."""
        if self.count == 1:
            return [weight]
        places = [self.base**place for place in range(self.count - 1, 0, -1)]
        highest, *lower = [f"INT({weight}/{place})" for place in places]
        return [highest, *(f"MOD({other_queue},{self.base})" for other_queue in lower), f"MOD({weight},{self.base})"]

    def dividends(self, rest: str, weight: str, remainders: list[str]) -> list[str]:
        """What is divided at each digit: the remainder so far times the base, and `rest` × the digit."""
        before = ["", *(f"{remainder}*{self.base}+" for remainder in remainders[:-1])]
        return [f"{carried}{rest}*{digit}" for carried, digit in zip(before, self.of(weight), strict=True)]

    def whole_cents(self, multiples: str, rest: str, weight: str, weights: str, remainders: list[str]) -> str:
        """The formula of the whole cents, from the remainders at each digit."""
        dividends = self.dividends(rest, weight, remainders)
        terms = [
            f"({dividend}-{remainder})/{weights}" + (f"*{self.base**place}" if place else "")
            for dividend, remainder, place in zip(dividends, remainders, range(self.count - 1, -1, -1), strict=True)
        ]
        return f"={multiples}*{weight}+" + "+".join(terms)

    def remainders_of(self, split: Split) -> list[list[int]]:
        """The values of the remainders at each digit, a list of units for each digit; the last are the split's."""
        weights = split.weights.tolist()
        together = sum(weights)
        rest, remainders = split.total % together, []
        carried = [0] * len(weights)
        for place in range(self.count - 1, 0, -1):
            digits = [weight // self.base**place for weight in weights]
            if place < self.count - 1:
                digits = [digit % self.base for digit in digits]
            carried = [
                (before * self.base + rest * digit) % together for before, digit in zip(carried, digits, strict=True)
            ]
            remainders.append(carried)
        return [*remainders, split.remainder.tolist()]


def digits_for(split: Split, times: int = 1) -> Digits | None:
    """How to take the weights of a split apart so that every number stays exact; None when that takes too much, or
    nothing is divided.

    The weights may become so many `times` as large.
    """
    together, largest = times * sum(split.weights.tolist()), times * int(split.weights.max())
    if not together:
        return None
    if split.total * 42 * ROOM > LARGEST or together * len(split.weights) * ROOM > LARGEST:
        return None
    if together * largest * ROOM <= LARGEST:
        return Digits(1, 1)
    base = 1
    while 2 * together * base * 10 * ROOM <= LARGEST:
        base *= 10
    for count in range(2, _MOST_DIGITS + 1):
        if base > 1 and together * (largest // base ** (count - 1) + 1) * ROOM <= LARGEST:
            return Digits(base, count)
    return None


def fits(largest: int) -> bool:
    """True when a number this large, and some times larger, stays exact."""
    return largest * ROOM <= LARGEST
