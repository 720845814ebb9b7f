"""Who takes part in a programme, and what those outside it do to the money.

Whatever the settlement, in cents: contributions + income from others − refunds + drawn from the balance = what the
programme can spend, VAT included. The rule ``refund`` is how the 24-hour helpline worked: verantwoording-2016
section 2.4 and verantwoording-2017 section 2.3. Outside for some days of the year is the same sum for those
days: each settlement takes effect on its own days, and a day outside counts once. What a municipality is billed is the
price of the days for which it is weighed, all but those of ``redistribute``; so ``shrink``, ``absorb`` and a refund of
its part take off their days ÷ the days for which it is weighed. Who is outside all year by these four, in any
mixture, pays nothing on balance. A refund at a rate is of the year: rate × days ÷ days of the year.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Literal, assert_never

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from gguplan.fund.allocation_keys import AllocationKey, paid_by_each, stated_amounts_of
from gguplan.fund.municipalities import Population
from gguplan.fund.opt_outs import Absence, OptOut
from gguplan.fund.problems import AboveTheTariff, CannotBeMade, RefundsAboveBudget
from gguplan.fund.settlements import Absorb, Redistribute, RefundOfPart, RefundOfRate, Settlement, Shrink
from gguplan.fund.thresholds import Lapse, Threshold, ThresholdOutcome, goes_to_the_balance, is_handed_over, is_levied
from gguplan.model.adjustments.adjusted import Adjusted
from gguplan.model.allocation import Allocation, Mask, allocate, nothing_divided, price_of
from gguplan.money import RATE_UNITS, Integers

Effect = Literal["paid_back", "not_invoiced", "paid_by_the_balance", "paid_by_the_others"]
"""What becomes of the money of those outside."""


class Participation(Struct, frozen=True, dict=True):
    """What each municipality pays and gets back for one programme; arrays in cents, shape (municipalities,).

    `allocation` is the division behind the contributions; `weighed` are the days for which each municipality weighs in
    it, also as the pieces `taking_part` of a year of `pieces`. `effects` are what each opt-out takes off, in the order
    of the opt-outs (when the programme is not levied: what it would have taken off). `drawn` comes from the balance of
    the fund; it is negative when the fund keeps the money of a programme that lapsed. `handed_over` is what a lapsed
    programme's money comes to when somebody else takes it over; `income` is what comes in from others, of a programme
    that is carried out. `adjusted` is what is done to the amounts after the
    division and the opt-outs, in that order; contributions and drawn have it in them.
    """

    allocation: Allocation
    weighed: Integers
    taking_part: Integers
    pieces: int
    days_outside: Integers
    contributions: Integers
    refunds: Integers
    effects: tuple[Integers, ...]
    drawn: int
    lapsed: Lapse | None = None
    handed_over: int = 0
    income: int = 0
    adjusted: tuple[Adjusted, ...] = ()

    @property
    def outside(self) -> Mask:
        """True for who is outside for at least a day."""
        return self.days_outside > 0

    @property
    def settled(self) -> Integers:
        """Cents that each contributes before anything is adjusted, shape (municipalities,)."""
        before = self.contributions.copy()
        for adjusted in self.adjusted:
            before -= adjusted.change
        return before

    @cached_property
    def available(self) -> int:
        """Cents, VAT included, that the programme can spend."""
        paid = int(self.contributions.sum()) + self.income - int(self.refunds.sum())
        return paid + self.drawn - self.handed_over


def settle(
    gross: int,
    key: AllocationKey,
    population: Population,
    opt_outs: Sequence[OptOut],
    days: int,
    lapsed: Lapse | None = None,
    income: int = 0,
    reserve: int = 0,
    payers: Mask | None = None,
    divided: Allocation | None = None,
) -> Participation:
    """Divide `gross` cents less the `income` from others and what the balance pays (`reserve`) over the municipalities,
    of which some are outside for days of a year of `days`; of a programme with members of its own over its `payers`.
    Where that is `divided` already it is not divided again; not for a programme that is handed over.

    No municipality stands outside twice on one day: the reader of a scenario refuses that. `lapsed` says what happens
    to the money when too few take part; then only the sums that this needs are made. Raises CannotBeMade when such a
    sum cannot be made: nobody left to pay, more to refund than there is, or a tariff of which the others would pay more
    than their own.
    """
    _fail_if_above_the_tariff(key, opt_outs)
    if is_handed_over(lapsed):
        return _handed_over(gross - income - reserve, key, population, opt_outs, days, payers)
    size = len(population.municipalities)
    weighed = days_weighed(opt_outs, size, days, payers)
    taking_part, pieces = pieces_of_year(weighed, days)
    try:
        allocation = divided or allocate(gross - income - reserve, key, population, taking_part, pieces)
    except CannotBeMade:
        if is_levied(lapsed):
            raise
        # Nobody is invoiced, so nothing has to be divided.
        allocation = nothing_divided(key, size)
    parts = allocation.parts
    contributions, refunds, drawn = parts.copy(), np.zeros(size, dtype=np.int64), reserve
    counted = np.zeros(size, dtype=np.int64)
    effects: list[Integers] = []
    for opt_out in opt_outs:
        amounts = _taken_off(opt_out, parts, counted, weighed, days)
        if is_of_the_part(opt_out.settlement):
            counted = counted + opt_out.absence.days
        effect = effect_of(opt_out.settlement)
        match effect:
            case "paid_back":
                refunds += amounts
            case "not_invoiced":
                contributions -= amounts
            case "paid_by_the_balance":
                contributions -= amounts
                drawn += int(amounts.sum())
            case "paid_by_the_others":
                pass
            case _:
                assert_never(effect)
        effects.append(amounts)
    if not is_levied(lapsed):
        contributions, refunds, drawn = np.zeros_like(parts), np.zeros_like(parts), 0
    elif int(refunds.sum()) > int(contributions.sum()) + drawn:
        raise CannotBeMade(RefundsAboveBudget(int(refunds.sum()), gross - income))
    elif goes_to_the_balance(lapsed):
        drawn = int(refunds.sum()) - int(contributions.sum())
    return Participation(
        allocation,
        weighed,
        taking_part,
        pieces,
        days_outside(opt_outs, size),
        contributions,
        refunds,
        tuple(effects),
        drawn,
        lapsed,
        income=income if lapsed is None else 0,
    )


def _fail_if_above_the_tariff(key: AllocationKey, opt_outs: Sequence[OptOut]) -> None:
    """Raise CannotBeMade when others pay for those outside a tariff, or outside amounts that are agreed on: these are
    what each pays, whoever takes part."""
    paid = paid_by_each(key)
    if paid is None or (price_of(key) is None and stated_amounts_of(key) is None):
        return
    for opt_out in opt_outs:
        if effect_of(opt_out.settlement) == "paid_by_the_others" and opt_out.absence.days.any():
            raise CannotBeMade(AboveTheTariff(opt_out.name, paid))


def _handed_over(
    gross: int,
    key: AllocationKey,
    population: Population,
    opt_outs: Sequence[OptOut],
    days: int,
    payers: Mask | None,
) -> Participation:
    """A lapsed programme that somebody else takes over: everybody pays, opt-outs too, and nothing is taken off."""
    everybody = settle(gross, key, population, (), days, payers=payers)
    return replace(
        everybody,
        days_outside=days_outside(opt_outs, len(population.municipalities)),
        effects=tuple(np.zeros_like(everybody.contributions) for _opt_out in opt_outs),
        lapsed="handed_over",
        handed_over=everybody.available,
    )


def effect_of(settlement: Settlement) -> Effect:
    """What a settlement does to the money of those outside."""
    match settlement:
        case RefundOfRate() | RefundOfPart():
            return "paid_back"
        case Shrink():
            return "not_invoiced"
        case Absorb():
            return "paid_by_the_balance"
        case Redistribute():
            return "paid_by_the_others"
        case _:
            assert_never(settlement)


def is_of_the_part(settlement: Settlement) -> bool:
    """Whether what is taken off is of the municipality's own part, so that its days count up with those of others."""
    match settlement:
        case RefundOfPart() | Shrink() | Absorb():
            return True
        case RefundOfRate() | Redistribute():
            return False
        case _:
            assert_never(settlement)


def _taken_off(opt_out: OptOut, parts: Integers, counted: Integers, weighed: Integers, days: int) -> Integers:
    """What an opt-out takes off, in cents, where `counted` are the days that were taken off the part before it."""
    settlement, absence = opt_out.settlement, opt_out.absence
    match settlement:
        case RefundOfRate(rate):
            return _refund(rate, absence, days)
        case RefundOfPart() | Shrink() | Absorb():
            # Rounded over all days so far, so that several periods together are never more than the part itself.
            until = part_of_days(parts, counted + absence.days, weighed)
            return until - part_of_days(parts, counted, weighed)
        case Redistribute():
            return np.zeros_like(parts)
        case _:
            assert_never(settlement)


def days_outside(opt_outs: Sequence[OptOut], size: int) -> Integers:
    """The days on which each of `size` municipalities is outside, under whichever settlement."""
    days = np.zeros(size, dtype=np.int64)
    for opt_out in opt_outs:
        days += opt_out.absence.days
    return days


def days_weighed(opt_outs: Sequence[OptOut], size: int, days: int, payers: Mask | None = None) -> Integers:
    """The days for which each of `size` municipalities weighs in the division: all but those that the others pay, and
    none of who is not among the `payers`."""
    redistributed = [opt_out for opt_out in opt_outs if effect_of(opt_out.settlement) == "paid_by_the_others"]
    weighed = days - days_outside(redistributed, size)
    return weighed if payers is None else weighed * payers


def pieces_of_year(weighed: Integers, days: int) -> tuple[Integers, int]:
    """Days of a year of `days`, and the whole year, as numbers of equal pieces of it, as few as can be.

    Whole years and none are 1 and 0, so that a sum over inhabitants stays one over inhabitants.
    """
    largest = int(np.gcd(np.gcd.reduce(weighed), days))
    return weighed // largest, days // largest


def part_of_days(amounts: Integers, counted: Integers, weighed: Integers) -> Integers:
    """What some days take off amounts that are for the days `weighed`, in whole cents, half a cent upwards."""
    # Who is weighed for no day has an amount of 0.
    taken_off: Integers = (2 * amounts * counted + weighed) // (2 * np.maximum(weighed, 1))
    return taken_off


def _refund(rate: int, absence: Absence, days: int) -> Integers:
    """rate × inhabitants for the days outside, in cents, half a cent upwards."""
    units = RATE_UNITS // 100 * days
    return (2 * rate * absence.inhabitants * absence.days + units) // (2 * units)


def check_threshold(
    threshold: Threshold, population: Population, outside: Mask, payers: Mask | None = None
) -> ThresholdOutcome:
    """Count who takes part the whole year, and hold it against what is needed; `outside`: who does not. Of a programme
    with members of its own its `payers` alone are counted. What is needed is said of municipalities and inhabitants:
    other bodies are not counted."""
    payers = (np.ones_like(outside) if payers is None else payers) & ~population.is_body
    whole_year = ~outside & payers
    needed = threshold.municipalities or 0
    everybody = int(payers.sum())
    percent = threshold.inhabitants_percent or 0
    return ThresholdOutcome(
        int(whole_year.sum()),
        int(population.inhabitants[whole_year].sum()),
        everybody if needed == "all" else needed,
        -(-int(population.inhabitants[payers].sum()) * percent // 100),
        threshold.hand_over,
    )
