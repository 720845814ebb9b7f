"""One municipality's bill in one year: the budget of that year over inhabitants that are counted or projected."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from msgspec import Struct, field

from gguplan.fund.hand_overs import HandOver
from gguplan.fund.municipalities import Municipality, Population
from gguplan.fund.years_ahead import BudgetGrowth
from gguplan.model.allocation import grows_with_inhabitants
from gguplan.model.bill import Bill
from gguplan.model.billed_municipality import BilledMunicipality, bill_for
from gguplan.model.numbers_of_draws import SEED
from gguplan.model.population.drawn_populations import drawn_populations
from gguplan.model.population.projection import Projection
from gguplan.model.result import RunResult
from gguplan.model.years_ahead.drawn_bills import DRAWS, drawn_bills
from gguplan.money import Integers


class InInterval(Struct, frozen=True):
    """What the interval of a bill holds: drawn inhabitants, a budget that grows with them, an indexation that is not
    known yet, a shortfall that is raised."""

    inhabitants: bool = False
    growing_budget: bool = False
    indexation: bool = False
    shortfall: bool = False


class BilledHandOver(Struct, frozen=True):
    """A service that somebody else has in a year: the cents, VAT included, that all would have paid together for it
    before opt-outs, and what the municipality no longer pays and no longer receives of that."""

    name: str
    title: str
    hand_over: HandOver
    budget: int
    no_longer_paid: int
    no_longer_received: int

    @property
    def on_balance(self) -> int:
        """What is no longer paid less what is no longer received: below 0 for who paid less than its part."""
        return self.no_longer_paid - self.no_longer_received


class YearAhead(Struct, frozen=True):
    """The bill of one year; `low` and `high` are the cents between which it lies with 80 % certainty, equal to what
    is to pay where nothing is drawn; `interval` says what they hold. `result` is that of the whole fund in that year,
    None where there is nothing to pay. `billed` is who is billed, `projection` is behind inhabitants that are not
    counted yet, and `growth` says how a budget of the years ahead follows from the one that is stated. `handed_over` is
    what is no longer paid and no longer received for services that somebody else has."""

    year: int
    population: Population
    bill: Bill
    low: int
    high: int
    result: RunResult | None
    billed: BilledMunicipality
    interval: InInterval = InInterval()
    projection: Projection | None = None
    growth: Mapping[str, BudgetGrowth] = field(default_factory=dict)
    handed_over: tuple[BilledHandOver, ...] = ()

    @property
    def came_from(self) -> tuple[Municipality, ...]:
        """Those that were billed for a municipality that was not there yet; empty where it is billed itself."""
        return self.billed.came_from


def year_ahead(
    result: RunResult,
    billed: BilledMunicipality,
    projection: Projection | None,
    seed: int = SEED,
    is_drawn: bool = True,
) -> YearAhead:
    """The bill of one municipality in the year of a result, with its interval where the inhabitants are projected and
    it `is_drawn`."""
    bill, population = bill_for(result, billed), result.population
    low = high = bill.to_pay
    interval = InInterval()
    if projection is not None and is_drawn:
        drawn = drawn_bills(result, billed, drawn_populations(projection, population, DRAWS, seed))
        low, high = ends_of(drawn.own)
        growing = any(grows_with_inhabitants(programme.programme) for programme in result.by_programme)
        interval = InInterval(inhabitants=True, growing_budget=growing)
    return YearAhead(result.fund_year.year, population, bill, low, high, result, billed, interval, projection)


def ends_of(drawn: Integers) -> tuple[int, int]:
    """Between which cents eight of ten draws lie."""
    low, high = ends_of_each(drawn).tolist()
    return low, high


def ends_of_each(drawn: Integers) -> Integers:
    """Between which cents eight of ten draws lie of what is drawn in columns; shape (2, ...)."""
    ends: Integers = np.rint(np.quantile(drawn, [0.1, 0.9], axis=0)).astype(np.int64)
    return ends
