"""What each programme is budgeted at in each year of a horizon: steps, one-off amounts and indexation.

The budget of a year is the latest step up to it, in the prices of its own year, times the index since then, to the
cent, and what is budgeted once on top of it. Of fixed + volume × price the volume may grow as well. A scenario's own
budget is the step of its own year; a year in
`horizon.ledger` is a step at what was published, and no budget where none was.
"""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

from msgspec import Struct
from msgspec.structs import replace

from gguplan.fund.allocation_keys import RatePerInhabitant
from gguplan.fund.fund_year import FundYear
from gguplan.fund.municipalities import Population
from gguplan.fund.problems import BudgetOutOfReach, CannotBeMade
from gguplan.fund.programme import (
    GrossBudget,
    NetBudget,
    Programme,
    RateBudget,
    StatedBudget,
    TariffBudget,
    VolumeBudget,
)
from gguplan.fund.years_ahead import PERCENT_UNITS, BudgetGrowth, ProgrammeAhead, YearsAhead
from gguplan.model.allocation import budget_of, price_of
from gguplan.model.volumes import in_a_later_year, volume_budget_of, volume_cents
from gguplan.model.years_ahead.account import Floats
from gguplan.model.years_ahead.indexation import IndexPath
from gguplan.money import LARGEST_AMOUNT


class Planned(Struct, frozen=True):
    """The budget of one programme in one year: `programme` as a scenario of that year would say it, and in each draw
    `drawn` times as much, shape (draws,). `growth` is how it follows; None where it is stated as it is, or a volume at
    a price."""

    programme: Programme
    drawn: Floats
    growth: BudgetGrowth | None = None


class _Step(Struct, frozen=True):
    """A budget from `year` on, in the prices of `price_year`; without an amount that of the scenario itself."""

    year: int
    price_year: int
    budget: GrossBudget | NetBudget | None = None
    ends: bool = False


def planned_budget(
    programme: Programme,
    year: int,
    base: FundYear,
    ahead: YearsAhead,
    index: IndexPath,
    population: Population,
) -> Planned | None:
    """The budget of a programme in a year, or None when it has none. Raises CannotBeMade when it is out of reach.

    `base` is the year of the fund whose budgets these are in the years `ahead`;
    `population` the inhabitants of that year, for a budget that is a rate or a tariff.
    """
    name = programme.name
    own = ahead.of(name)
    if name in base.left_out:
        return None
    step = _step(name, year, own, ahead, base)
    once = own.one_off.get(year, 0)
    if step is None or step.ends or not own.has_budget_in(year):
        if not once:
            return None
        return Planned(replace(programme, budget=_so_much(programme.budget, once)), index.drawn_factor(year, year))
    since = step.price_year if own.indexed else year
    rise = index.factor(since, year)
    if step.budget is None and rise == 1 and not once and (year == base.year or not own.volume_growth):
        return Planned(programme, index.drawn_factor(since, year))
    if step.budget is None and (priced := volume_budget_of(programme)) is not None:
        growth = (1 + Fraction(own.volume_growth, 100 * PERCENT_UNITS)) ** (year - base.year)
        of_year = in_a_later_year(priced, growth, rise, once)
        return _drawn(replace(programme, budget=of_year), volume_cents(of_year), once, index.drawn_factor(since, year))
    percents, indexation = index.percents_of(since, year), ahead.indexation
    stated = step.budget or _stated_in_cents(programme, population)
    if step.budget is None and not once and (rate := _tariff_of(programme)) is not None:
        # A tariff stays one: its rate rises, and each goes on paying that times its own inhabitants.
        risen = _times(rate, rise)
        indexed = replace(programme, allocation=RatePerInhabitant(risen))
        whole = budget_of(indexed, population).gross
        planned = _drawn(indexed, whole, once, index.drawn_factor(since, year))
        follows = BudgetGrowth(stated.cents, since, percents, once, whole, rates=(rate, risen))
    else:
        whole = _times(stated.cents, rise) + once
        indexed = replace(programme, budget=_so_much(stated, whole))
        planned = _drawn(indexed, whole, once, index.drawn_factor(since, year))
        follows = BudgetGrowth(stated.cents, since, percents, once, whole)
    if indexation is not None and percents:
        parts = indexation.parts_of(later for later, _percent in percents)
        follows = replace(follows, parts=parts, source=indexation.source)
    return replace(planned, growth=follows)


def _drawn(programme: Programme, whole: int, once: int, factor: Floats) -> Planned:
    """A budget of `whole` cents, of which `once` does not move with the indexation. Raises CannotBeMade when it is out
    of reach."""
    if not 0 < whole <= LARGEST_AMOUNT:
        raise CannotBeMade(BudgetOutOfReach(whole))
    return Planned(programme, 1 + ((whole - once) / whole) * (factor - 1))


def _step(name: str, year: int, own: ProgrammeAhead, ahead: YearsAhead, base: FundYear) -> _Step | None:
    """The latest step up to a year."""
    steps = [_Step(base.year, base.year)]
    for published in ahead.ledger:
        if published > base.year:
            ledger = base.ledger
            quantity = ledger.budget_quantity(name, published)
            amount = ledger.amount(name, published, quantity)
            budget = NetBudget(amount or 0) if quantity == "net" else GrossBudget(amount or 0)
            steps.append(_Step(published, published, budget) if amount else _Step(published, published, ends=True))
    steps += [_Step(stated_year, stated_year, GrossBudget(amount)) for stated_year, amount in own.gross.items()]
    steps += [_Step(stated_year, stated_year, NetBudget(amount)) for stated_year, amount in own.net.items()]
    # Of one year the last: what the scenario states goes before what is published.
    upto = (step for step in reversed(steps) if step.year <= year)
    return max(upto, key=lambda step: step.year, default=None)


def _stated_in_cents(programme: Programme, population: Population) -> GrossBudget | NetBudget:
    """The budget of a programme as an amount: what it states, or what its rate or its tariffs come to."""
    stated = programme.budget
    match stated:
        case GrossBudget() | NetBudget():
            return stated
        case VolumeBudget():
            return NetBudget(volume_cents(stated))
        case RateBudget() | TariffBudget():
            return GrossBudget(budget_of(programme, population).gross)
        case _:
            assert_never(stated)


def _tariff_of(programme: Programme) -> int | None:
    """The rate of which the budget of a programme follows, in ten-thousandths of a euro; None without one."""
    stated = programme.budget
    match stated:
        case TariffBudget():
            return price_of(programme.allocation)
        case GrossBudget() | NetBudget() | RateBudget() | VolumeBudget():
            return None
        case _:
            assert_never(stated)


def _so_much(stated: StatedBudget, cents: int) -> GrossBudget | NetBudget:
    """Another amount, without VAT where the budget is stated without."""
    match stated:
        case NetBudget() | VolumeBudget():
            return NetBudget(cents)
        case GrossBudget() | RateBudget() | TariffBudget():
            return GrossBudget(cents)
        case _:
            assert_never(stated)


def _times(amount: int, factor: Fraction) -> int:
    """An amount in cents, or a rate in ten-thousandths of a euro, times a factor: whole, half of one up."""
    return int(amount * factor + Fraction(1, 2))
