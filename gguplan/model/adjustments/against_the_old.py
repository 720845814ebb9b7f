"""A new division held against the old one: a growth path, a cap on rise and fall, compensation of who loses."""

from __future__ import annotations

from typing import assert_never

import numpy as np

from gguplan.fund.adjustments import (
    WHOLE,
    AmountOfEuros,
    Cap,
    Compensation,
    Limit,
    PercentOfOld,
    PhaseIn,
    RateOfInhabitants,
)
from gguplan.fund.municipalities import Population
from gguplan.fund.problems import CannotBeMade, CapCannotBeMet, NobodyCompensates
from gguplan.model.adjustments.adjusted import Adjusted
from gguplan.model.adjustments.proportional import NoRoom, between_bounds
from gguplan.money import Integers, split


def phased_in(phase_in: PhaseIn, paid: Integers, old: Integers, year: int, codes: Integers) -> Adjusted:
    """A part of the new amounts and the rest of the old ones, together what all pay; the cents that are left over go to
    the largest remainders, then to the larger amount, then to the lower code. Both divide one amount."""
    part = phase_in.part_in(year)
    exact = (WHOLE - part) * old + part * paid
    mixed = exact // WHOLE
    queue = np.lexsort((codes, -exact, -(exact % WHOLE)))
    mixed[queue[: int(paid.sum() - mixed.sum())]] += 1
    return Adjusted(phase_in, paid, mixed - paid, old=old)


def capped(cap: Cap, paid: Integers, old: Integers, population: Population) -> Adjusted:
    """Nobody above or below the bounds; what that takes off or adds is paid by the others pro rata to their own
    amounts, between their own bounds, or by the balance. Raises CannotBeMade when the bounds leave no room for the
    total."""
    low, high = bounds_of(cap, paid, old, population)
    match cap.payer:
        case "fund":
            after = np.clip(paid, low, high)
            return Adjusted(cap, paid, after - paid, int(paid.sum() - after.sum()), old=old)
        case "others":
            try:
                shared = between_bounds(int(paid.sum()), paid, low, high, population.codes)
            except NoRoom as problem:
                raise CannotBeMade(CapCannotBeMet(problem.short)) from None
            return Adjusted(cap, paid, shared.amounts - paid, old=old, shared=shared)
        case _:
            assert_never(cap.payer)


def bounds_of(cap: Cap, paid: Integers, old: Integers, population: Population) -> tuple[Integers, Integers]:
    """What each pays at least and at most, in cents; shape (municipalities,)."""
    low, high = np.zeros_like(paid), np.full_like(paid, int(paid.sum()))
    if cap.fall is not None:
        low = np.maximum(old - limit_of(cap.fall, old, population), 0)
    if cap.rise is not None:
        high = old + limit_of(cap.rise, old, population)
    return low, np.maximum(low, high)


def limit_of(limit: Limit, old: Integers, population: Population) -> Integers:
    """How far each may lie from the old division, in whole cents, rounded down; shape (municipalities,)."""
    match limit:
        case PercentOfOld(percent):
            return old * percent // WHOLE
        case AmountOfEuros(cents):
            return np.full_like(old, cents)
        case RateOfInhabitants(rate):
            units = population.inhabitants.astype(np.int64) * rate
            return units // 100
        case _:
            assert_never(limit)


def compensated(compensation: Compensation, paid: Integers, old: Integers, codes: Integers) -> Adjusted:
    """Who pays more than by the old division gets a part of the difference back, half a cent upwards; those who do not
    pay that pro rata to their own amounts, or the balance does. Raises CannotBeMade when nobody is left to pay it."""
    loss = np.maximum(paid - old, 0)
    back = (2 * loss * compensation.percent + WHOLE) // (2 * WHOLE)
    total = int(back.sum())
    match compensation.payer:
        case "fund":
            return Adjusted(compensation, paid, -back, total, old=old)
        case "others":
            payers = np.where(loss > 0, 0, paid)
            if not total:
                return Adjusted(compensation, paid, -back, old=old)
            if not payers.any():
                raise CannotBeMade(NobodyCompensates(total))
            return Adjusted(compensation, paid, split(total, payers, codes)[0] - back, old=old)
        case _:
            assert_never(compensation.payer)
