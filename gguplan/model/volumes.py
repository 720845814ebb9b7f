"""A budget of fixed + volume × price: what it comes to, and what it is in a later year."""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

from gguplan.fund.programme import GrossBudget, NetBudget, Programme, RateBudget, TariffBudget, VolumeBudget
from gguplan.money import RATE_UNITS, times_fraction


def cost_of_volume(volume: int, price: int) -> int:
    """Cents that `volume` units cost at `price` ten-thousandths of a euro, half a cent away from zero."""
    return times_fraction(volume * price, 100, RATE_UNITS)


def volume_budget_of(programme: Programme) -> VolumeBudget | None:
    """The budget of a programme where it is fixed + volume × price, else None."""
    stated = programme.budget
    match stated:
        case VolumeBudget():
            return stated
        case GrossBudget() | NetBudget() | RateBudget() | TariffBudget():
            return None
        case _:
            assert_never(stated)


def volume_cents(budget: VolumeBudget) -> int:
    """The budget in cents without VAT: fixed + volume × price."""
    return budget.fixed + cost_of_volume(budget.volume, budget.price)


def in_a_later_year(budget: VolumeBudget, growth: Fraction, rise: Fraction, once: int) -> VolumeBudget:
    """The budget of another year: the volume times `growth`, price and fixed part times `rise`, and `once` cents more
    in the fixed part. A whole number of units, and whole ten-thousandths of a euro; halves go up."""
    half = Fraction(1, 2)
    return VolumeBudget(
        int(budget.fixed * rise + half) + once, int(budget.volume * growth + half), int(budget.price * rise + half)
    )
