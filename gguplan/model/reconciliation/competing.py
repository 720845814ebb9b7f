"""Competing readings: which rate times which inhabitants gives a printed figure, and how closely.

Many readings are tried, so that one comes close proves little; how many were tried is part of the answer.
"""

from __future__ import annotations

from fractions import Fraction

from msgspec import Struct

from gguplan.fund.relations import Competing, Count, Rate, amount_of
from gguplan.fund.two_languages import TwoLanguages
from gguplan.money import times_fraction


class Attempt(Struct, frozen=True):
    """One reading: a rate, a count of inhabitants, and the cents that they give together."""

    rate: TwoLanguages
    count: Count
    computed: int
    target: int

    @property
    def difference(self) -> int:
        """Computed less printed, in cents."""
        return self.computed - self.target

    @property
    def percent(self) -> float:
        """The difference in per cent of what is printed."""
        return 100 * self.difference / self.target


class Tried(Struct, frozen=True):
    """Every reading that was tried for one figure (`target`, cents), the closest first."""

    figure: Competing
    target: int
    attempts: tuple[Attempt, ...]

    def within(self, percent: float) -> int:
        """How many readings come within so many per cent."""
        return sum(abs(attempt.percent) <= percent for attempt in self.attempts)


def try_all(figure: Competing) -> Tried:
    """Every rate with every count. Equally close readings stay in the order of the file."""
    target = amount_of(figure.target)
    attempts = [
        Attempt(rate.title, count, _product(rate, count), target) for rate in figure.rates for count in figure.counts
    ]
    return Tried(figure, target, tuple(sorted(attempts, key=lambda attempt: abs(attempt.difference))))


def _product(rate: Rate, count: Count) -> int:
    """An amount per inhabitant times inhabitants, in cents, rounded once, at the end."""
    amount = amount_of(rate.amount)
    if rate.over == "inhabitant":
        return amount * count.inhabitants
    if rate.over == "all":
        share = Fraction(count.inhabitants, count.everybody)
    else:
        outside = count.inhabitants if rate.outside is None else rate.outside[count.year]
        share = Fraction(count.inhabitants, count.everybody - outside)
    return times_fraction(amount, *share.as_integer_ratio())
