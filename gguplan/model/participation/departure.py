"""What would happen if some municipalities left every programme: the same sums, under each of the four settlements.

A variant of a run, computed as any other: those who leave are outside the whole year, the opt-outs of the others stay.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from typing import Final, get_args

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from gguplan.fund.opt_outs import Absence, OptOut
from gguplan.fund.problems import CannotBeMade
from gguplan.fund.settlements import Settlement, SettlementWord, settlement_named
from gguplan.model.allocation import Mask
from gguplan.model.bill import euros_per_inhabitant
from gguplan.model.participation.of_a_programme import participation_of
from gguplan.model.participation.settlement import Participation, check_threshold
from gguplan.model.result import ProgrammeResult, RunResult
from gguplan.money import Integers

SETTLEMENTS: Final[tuple[Settlement, ...]] = tuple(map(settlement_named, get_args(SettlementWord)))


class Departure(Struct, frozen=True, dict=True):
    """Who leaves, and what that does under one settlement; amounts in cents.

    `stayers_before` and `stayers_after` are what the others pay together, refunds taken off; `available` and `drawn`
    are what all programmes can spend and what the balance of the fund pays; `below_threshold` names the programmes
    in which too few would be left (what happens then is not counted in). Of what the others pay `of_bodies`, before and
    after, is of bodies without inhabitants.
    """

    settlement: Settlement
    leaving: Mask
    inhabitants: Integers
    stayers_before: int
    stayers_after: int
    available_before: int
    available: int
    drawn_before: int
    drawn: int
    below_threshold: tuple[str, ...]
    of_bodies: tuple[int, int] = (0, 0)

    @cached_property
    def staying_inhabitants(self) -> int:
        """Persons in the municipalities that stay."""
        return int(self.inhabitants[~self.leaving].sum())

    @property
    def stayers_effect(self) -> int:
        """Cents that the others pay more."""
        return self.stayers_after - self.stayers_before

    @property
    def rate_after(self) -> Decimal:
        """Euros per inhabitant that the municipalities pay that stay."""
        return euros_per_inhabitant(self.stayers_after - self.of_bodies[1], self.staying_inhabitants)

    @property
    def rate_effect(self) -> Decimal:
        """Euros per inhabitant that they pay more."""
        before, after = self.of_bodies
        return euros_per_inhabitant(self.stayers_effect - (after - before), self.staying_inhabitants)

    @property
    def available_effect(self) -> int:
        """Cents that the programmes can spend more (negative: less)."""
        return self.available - self.available_before

    @property
    def drawn_effect(self) -> int:
        """Cents that the balance pays more."""
        return self.drawn - self.drawn_before


def largest_municipalities(result: RunResult, count: int = 4) -> Mask:
    """The `count` municipalities with most inhabitants, and always one left that stays; then the lower code."""
    order = np.lexsort((result.population.codes, -result.population.inhabitants))
    mask = np.zeros(len(order), dtype=np.bool_)
    mask[order[: min(count, len(result.population.without_bodies) - 1)]] = True
    return mask


def if_they_leave(result: RunResult, leaving: Mask) -> tuple[Departure, ...]:
    """The run once more without `leaving`, for each settlement under which the sum can be made."""
    departures = []
    for settlement in SETTLEMENTS:
        try:
            departures.append(_under(settlement, result, leaving))
        except CannotBeMade:  # nobody is left to pay for some programme
            continue
    return tuple(departures)


def _under(settlement: Settlement, result: RunResult, leaving: Mask) -> Departure:
    paid = np.zeros(len(leaving), dtype=np.int64)
    available = drawn = 0
    below = []
    for programme in result.by_programme:
        after = (
            programme.participation
            if programme.participation.lapsed
            else _settled(settlement, result, programme, leaving)
        )
        paid += after.contributions - after.refunds
        available += after.available
        drawn += after.drawn
        threshold = result.fund_year.thresholds.get(programme.name)
        payers = programme.programme.pays(result.population)
        if (
            threshold
            and not programme.participation.lapsed
            and not check_threshold(threshold, result.population, after.outside, payers).met
        ):
            below.append(programme.programme.title)
    totals = result.totals
    return Departure(
        settlement,
        leaving,
        result.population.inhabitants,
        int(result.to_pay[~leaving].sum()),
        int(paid[~leaving].sum()),
        totals["available_cents"],
        available,
        totals["drawn_cents"],
        drawn,
        tuple(below),
        (result.paid_by_bodies, int(paid[result.population.is_body].sum())),
    )


def _settled(settlement: Settlement, result: RunResult, programme: ProgrammeResult, leaving: Mask) -> Participation:
    """A programme with those who leave outside the whole year, in place of any opt-out that they had."""
    fund_year = result.fund_year
    staying = [
        replace(opt_out, absence=replace(opt_out.absence, days=np.where(leaving, 0, opt_out.absence.days)))
        for opt_out in programme.opt_outs
    ]
    absence = Absence(leaving * np.int64(fund_year.days), result.population.inhabitants)
    gone = OptOut("departure", absence, settlement, fund_year.title)
    return participation_of(programme.programme, programme.budget, result.population, [*staying, gone], fund_year.year)
