"""Who takes part in a programme, and what those outside it do to the money.

Whatever the settlement, in cents: contributions − refunds + drawn from the balance = what the programme
can spend, VAT included. The rule ``refund`` is how the 24-hour helpline worked: verantwoording-2016
section 2.4 and verantwoording-2017 section 2.3. Outside for some days of the year is the same sum for that
part of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from gguplan.inputs.population.years import Population
from gguplan.inputs.scenario.allocation_keys import AllocationKey
from gguplan.inputs.scenario.outside import Outside
from gguplan.inputs.scenario.participation import Lapse, Threshold
from gguplan.language import _
from gguplan.model.allocation import Allocation, Mask, allocate
from gguplan.money import RATE_UNITS, Integers
from gguplan.wording.amounts import format_euros


@dataclass(frozen=True)
class Participation:
    """What each municipality pays and gets back for one programme; arrays in cents, shape (municipalities,).

    `allocation` is the division behind the contributions and `taking_part` the pieces of the year by which it was
    weighed. `effects` are what each opt-out takes off, in the order of the opt-outs. `drawn` comes from the
    balance of the fund; it is negative when the fund keeps the money of a programme that lapsed. `handed_over` is
    what a lapsed programme's money comes to when somebody else takes it over.
    """

    allocation: Allocation
    taking_part: Integers
    days_outside: Integers
    contributions: Integers
    refunds: Integers
    effects: tuple[Integers, ...]
    drawn: int
    lapsed: Lapse | None = None
    handed_over: int = 0

    @property
    def outside(self) -> Mask:
        """True for who is outside for at least a day."""
        return self.days_outside > 0

    @property
    def available(self) -> int:
        """Cents, VAT included, that the programme can spend."""
        return int(self.contributions.sum()) - int(self.refunds.sum()) + self.drawn - self.handed_over


@dataclass(frozen=True)
class ThresholdOutcome:
    """How many take part the whole year, and how many must."""

    municipalities: int
    inhabitants: int
    municipalities_needed: int
    inhabitants_needed: int

    @property
    def met(self) -> bool:
        """True when the programme goes on."""
        return self.municipalities >= self.municipalities_needed and self.inhabitants >= self.inhabitants_needed


def settle(
    gross: int,
    key: AllocationKey,
    population: Population,
    column: Integers | None,
    outside: Sequence[Outside],
    days: int,
) -> Participation:
    """Divide `gross` cents over the municipalities, of which some stand `outside` for days of a year of `days`.

    Raises ValueError when the sum cannot be made: nobody left to pay, or more to refund than there is.
    """
    size = len(population.municipalities)
    taking_part = pieces_inside(outside, size, days)
    allocation = allocate(gross, key, population, column, taking_part)
    parts = allocation.parts
    contributions, refunds, drawn = parts.copy(), np.zeros(size, dtype=np.int64), 0
    counted = np.zeros(size, dtype=np.int64)
    effects: list[Integers] = []
    for one in outside:
        settlement = one.opt_out.settlement
        if settlement == "redistribute":
            effects.append(np.zeros(size, dtype=np.int64))
            continue
        if one.opt_out.rate is not None:
            effects.append(_refund(one.opt_out.rate, one, days))
        else:
            # Rounded over all days so far, so that several periods together never pass the part itself.
            effects.append(part_of_year(parts, counted + one.days, days) - part_of_year(parts, counted, days))
            counted = counted + one.days
        if settlement == "refund":
            refunds += effects[-1]
        else:
            contributions -= effects[-1]
            drawn += int(effects[-1].sum()) if settlement == "absorb" else 0
    if int(refunds.sum()) > int(contributions.sum()) + drawn:
        raise ValueError(
            _(
                "the refunds together, {refunds}, are more than the budget, {budget}",
                refunds=format_euros(int(refunds.sum())),
                budget=format_euros(gross),
            )
        )
    days_outside = np.sum([one.days for one in outside], axis=0, dtype=np.int64) + np.zeros(size, dtype=np.int64)
    return Participation(allocation, taking_part, days_outside, contributions, refunds, tuple(effects), drawn)


def pieces_inside(outside: Sequence[Outside], size: int, days: int) -> Integers:
    """The part of the year by which each of `size` municipalities weighs, as a number of equal pieces of it."""
    days_inside = np.full(size, days, dtype=np.int64)
    for one in outside:
        if one.opt_out.settlement == "redistribute":
            days_inside -= one.days
    # Whole years and none are 1 and 0, so that a sum over inhabitants stays one over inhabitants.
    pieces: Integers = days_inside // max(1, int(np.gcd.reduce(days_inside)))
    return pieces


def part_of_year(amounts: Integers, days_counted: Integers, days: int) -> Integers:
    """Amounts for some days of a year of `days`, in whole cents, half a cent upwards."""
    return (2 * amounts * days_counted + days) // (2 * days)


def _refund(rate: int, one: Outside, days: int) -> Integers:
    """rate × inhabitants for the days outside, in cents, half a cent upwards."""
    units = RATE_UNITS // 100 * days
    return (2 * rate * one.inhabitants * one.days + units) // (2 * units)


def check_threshold(threshold: Threshold, population: Population, participation: Participation) -> ThresholdOutcome:
    """Count who takes part the whole year, and hold it against what is needed."""
    whole_year = ~participation.outside
    needed = threshold.municipalities or 0
    everybody = len(population.municipalities)
    percent = threshold.inhabitants_percent or 0
    return ThresholdOutcome(
        int(whole_year.sum()),
        int(population.inhabitants[whole_year].sum()),
        everybody if needed == "all" else needed,
        -(-population.total * percent // 100),
    )


def lapse(participation: Participation, everybody: Participation, otherwise: Lapse) -> Participation:
    """A programme that too few take part in: it spends nothing, and its money goes where `otherwise` says.

    `everybody` is the programme without opt-outs: that is what is paid when somebody else takes it over.
    """
    nothing = np.zeros_like(participation.contributions)
    if otherwise == "not_levied":
        return replace(participation, contributions=nothing, refunds=nothing, drawn=0, lapsed=otherwise)
    if otherwise == "to_balance":
        return replace(participation, drawn=participation.drawn - participation.available, lapsed=otherwise)
    whole = replace(everybody, days_outside=participation.days_outside, effects=participation.effects)
    return replace(whole, handed_over=everybody.available, lapsed=otherwise)
