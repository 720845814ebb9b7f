"""What one municipality pays in each year of a horizon: its part of the budgets of that year, and of what is raised.

The interval holds what is not known yet of the indexation, of a contribution that is raised for a shortfall, and of
the inhabitants, together: each draw is divided as the fund is (`drawn_bills`).
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence

import numpy as np
from msgspec import Struct

from gguplan.fund.municipalities import Population
from gguplan.model.allocation import grows_with_inhabitants
from gguplan.model.bill import Bill, BillLine
from gguplan.model.billed_municipality import BilledMunicipality, bill_for
from gguplan.model.population.drawn_populations import drawn_populations
from gguplan.model.years_ahead.account import Account
from gguplan.model.years_ahead.bill_in_a_year import BilledHandOver, InInterval, YearAhead, ends_of, ends_of_each
from gguplan.model.years_ahead.drawn_bills import DRAWS, drawn_bills
from gguplan.model.years_ahead.result import Horizon
from gguplan.model.years_ahead.year_of_horizon import YearOfHorizon, paid_in_draws
from gguplan.money import Integers, split, times_fraction


def bills(horizon: Horizon, gm_codes: Sequence[str]) -> list[YearAhead]:
    """The bills of the years of a horizon; `gm_codes` is the municipality's code in each of them."""
    by_year = {
        fund_year.year: BilledMunicipality(fund_year.population.index[code])
        for fund_year, code in zip(horizon.by_year, gm_codes, strict=True)
    }
    return bills_for(horizon, by_year)


def bills_for(
    horizon: Horizon, billed: Mapping[int, BilledMunicipality], drawn: Container[int] | None = None
) -> list[YearAhead]:
    """The bills of a municipality in the years of a horizon in which it, or what it came from, is billed, with their
    intervals in the years of `drawn`, or in all."""
    return [
        _bill_of_year(
            horizon, place, fund_year, billed[fund_year.year], is_drawn=drawn is None or fund_year.year in drawn
        )
        for place, fund_year in enumerate(horizon.by_year)
        if fund_year.year in billed
    ]


def _bill_of_year(
    horizon: Horizon, place: int, fund_year: YearOfHorizon, billed: BilledMunicipality, is_drawn: bool
) -> YearAhead:
    planned = (
        Bill(billed.shown(fund_year.population), ()) if fund_year.result is None else bill_for(fund_year.result, billed)
    )
    bill = Bill(planned.municipality, (*planned.lines, *_raised(horizon, place, fund_year, billed)))
    low, high, interval = bill.to_pay, bill.to_pay, InInterval()
    if is_drawn:
        low, high, interval = _interval(horizon, place, fund_year, billed, bill)
    return YearAhead(
        fund_year.year,
        fund_year.population,
        bill,
        low,
        high,
        fund_year.result,
        billed,
        interval,
        fund_year.projection,
        fund_year.growth,
        tuple(
            BilledHandOver(
                gone.name,
                gone.title,
                gone.hand_over,
                gone.budget,
                billed.of(gone.contributions) - billed.of(gone.refunds),
                billed.of(gone.no_longer_received),
            )
            for gone in fund_year.handed_over
        ),
    )


class BillsOfAll(Struct, frozen=True):
    """What each municipality of a year pays in it, and between which cents that lies; shape (municipalities,)."""

    to_pay: Integers
    low: Integers
    high: Integers


def bills_of_all(horizon: Horizon, place: int) -> BillsOfAll | None:
    """The bills of all in the year at a `place` of a horizon, as `bills` has them of one; None where nobody pays."""
    fund_year = horizon.by_year[place]
    if fund_year.result is None:
        return None
    to_pay = fund_year.result.to_pay
    for _account, part in _raised_of_all(horizon, place, fund_year):
        to_pay = to_pay + part
    drawn, _held = _drawn(horizon, place, fund_year, None)
    if drawn is None:
        return BillsOfAll(to_pay, to_pay, to_pay)
    low, high = ends_of_each(drawn)
    return BillsOfAll(to_pay, low, high)


def _interval(
    horizon: Horizon, place: int, fund_year: YearOfHorizon, billed: BilledMunicipality, bill: Bill
) -> tuple[int, int, InInterval]:
    """Between which cents a bill lies, over the first draws of the horizon, and what is in that."""
    drawn, held = _drawn(horizon, place, fund_year, billed)
    low, high = (bill.to_pay, bill.to_pay) if drawn is None else ends_of(drawn)
    return low, high, held


def _drawn(
    horizon: Horizon, place: int, fund_year: YearOfHorizon, billed: BilledMunicipality | None
) -> tuple[Integers | None, InInterval]:
    """The cents of a bill, or of those of all where `billed` is None, in the first draws of the horizon, None where
    nothing is drawn; and what is in that."""
    count = min(DRAWS, horizon.draws)
    raised = _raised_in_all(horizon, place, fund_year)[:count]
    # What is raised by less than a euro in all is rounding.
    is_raised = bool(np.ptp(raised) > 100)
    indexed = any((factor != factor[0]).any() for factor in fund_year.drawn.values())
    if fund_year.result is None or not (fund_year.projection is not None or indexed or is_raised):
        return None, InInterval()
    populations: Sequence[Population] = [fund_year.population] * count
    if fund_year.projection is not None:
        populations = drawn_populations(fund_year.projection, fund_year.population, count, horizon.seed)
    drawn = drawn_bills(fund_year.result, billed, populations, fund_year.drawn)
    own = drawn.own.astype(np.float64)
    if raised.max() > 100:
        people = np.array(
            [
                (population.inhabitants if billed is None else billed.of(population.inhabitants)) / population.total
                for population in populations
            ]
        )
        # A column for each municipality, or one bill: the draws come last.
        parts = np.divide(drawn.own.T, drawn.together, out=people.T, where=drawn.together > 0)
        own += (raised * parts).T
    growing = any(grows_with_inhabitants(programme.programme) for programme in fund_year.result.by_programme)
    projected = fund_year.projection is not None
    return np.rint(own).astype(np.int64), InInterval(projected, projected and growing, indexed, is_raised)


def _raised(horizon: Horizon, place: int, fund_year: YearOfHorizon, billed_for: BilledMunicipality) -> list[BillLine]:
    """What is paid on top for programmes that had a shortfall the year before, pro rata to what each is paid."""
    lines = []
    for account, parts in _raised_of_all(horizon, place, fund_year):
        part, percent = billed_for.of(parts), account.vat_percent
        vat = times_fraction(part, percent, 100 + percent)
        lines.append(BillLine(account.name, account.title, part, 0, vat, raised=True))
    return lines


def _raised_of_all(horizon: Horizon, place: int, fund_year: YearOfHorizon) -> Iterator[tuple[Account, Integers]]:
    """Each programme that had a shortfall the year before, and what each municipality pays on top for it."""
    for account in horizon.programmes:
        billed = fund_year.by_programme.get(account.name)
        net = int(account.raised[place])
        if net <= 0:
            continue
        weights: Integers = fund_year.population.inhabitants
        if billed is not None and billed.contributed > 0:
            # What rounding gives back to who pays least is no part: nothing of a shortfall falls to it.
            weights = np.maximum(billed.participation.contributions, 0)
        yield account, split(account.with_vat(net), weights, fund_year.population.codes)[0]


def _raised_in_all(horizon: Horizon, place: int, fund_year: YearOfHorizon) -> Integers:
    """What all municipalities pay on top of the budgets in each draw, in cents; shape (draws,)."""
    whole = np.zeros(horizon.draws, dtype=np.int64)
    for name, billed in fund_year.by_programme.items():
        whole += paid_in_draws(billed, fund_year.drawn[name])
    raised: Integers = np.maximum(horizon.to_pay_drawn[:, place] - whole, 0)
    return raised
