"""What one municipality pays in each year of a horizon: its part of the budgets of that year, and of what is raised.

The interval holds what is not known yet of the indexation, of a contribution that is raised for a shortfall, and of
the municipality's share of the inhabitants, together.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from gguplan.model.bill import Bill, BillLine, bill_of
from gguplan.model.randomness import stream
from gguplan.model.years_ahead.account import Floats
from gguplan.model.years_ahead.bill_in_a_year import YearAhead, share_interval
from gguplan.model.years_ahead.result import Horizon
from gguplan.model.years_ahead.year_of_horizon import YearOfHorizon
from gguplan.money import Integers, split, times_fraction


def bills(horizon: Horizon, gm_codes: Sequence[str]) -> list[YearAhead]:
    """The bills of the years of a horizon; `gm_codes` is the municipality's code in each of them."""
    return [
        _bill_of_year(horizon, place, fund_year, code)
        for place, (fund_year, code) in enumerate(zip(horizon.by_year, gm_codes, strict=True))
    ]


def _bill_of_year(horizon: Horizon, place: int, fund_year: YearOfHorizon, gm_code: str) -> YearAhead:
    position = fund_year.population.index[gm_code]
    planned = (
        Bill(fund_year.population.municipalities[position], ())
        if fund_year.result is None
        else bill_of(fund_year.result, gm_code)
    )
    bill = Bill(planned.municipality, (*planned.lines, *_raised(horizon, place, fund_year, position)))
    drawn = _drawn(horizon, place, fund_year, planned, bill)
    if fund_year.projection is None:
        low, high = _ends(drawn)
    elif (drawn == drawn[0]).all():
        low, high = share_interval(bill.to_pay, fund_year.projection, fund_year.population.year, gm_code)
    else:
        low, high = _ends(drawn * _shares(horizon, fund_year, gm_code))
    return YearAhead(fund_year.year, fund_year.population, bill, low, high, fund_year.result)


def _raised(horizon: Horizon, place: int, fund_year: YearOfHorizon, position: int) -> list[BillLine]:
    """What is paid on top for programmes that had a shortfall the year before, pro rata to what each is paid."""
    lines = []
    for account in horizon.programmes:
        billed = fund_year.by_programme.get(account.name)
        net = int(account.raised[place])
        if net <= 0:
            continue
        weights: Integers = fund_year.population.inhabitants
        if billed is not None and billed.contributed > 0:
            weights = billed.participation.contributions
        percent = account.vat_percent
        part = int(split(account.with_vat(net), weights, fund_year.population.codes)[0, position])
        vat = times_fraction(part, percent, 100 + percent)
        lines.append(BillLine(account.name, account.title, part, 0, vat, raised=True))
    return lines


def _drawn(horizon: Horizon, place: int, fund_year: YearOfHorizon, planned: Bill, bill: Bill) -> Floats:
    """What the bill comes to in each draw, in cents, over the inhabitants that are expected; shape (draws,)."""
    own = np.zeros(horizon.draws)
    whole = np.zeros(horizon.draws)
    here = fund_year.population.index[bill.municipality.gm_code]
    for line in planned.lines:
        billed = fund_year.by_programme[line.programme]
        factor = fund_year.drawn[line.programme]
        of_rates, all_of_rates = int(billed.refunds_of_rates[here]), int(billed.refunds_of_rates.sum())
        own += (line.contribution - line.refund + of_rates) * factor - of_rates
        whole += (billed.contributed - billed.refunded + all_of_rates) * factor - all_of_rates
    raised = np.maximum(horizon.to_pay_drawn[:, place] - np.rint(whole), 0)
    # What is raised by less than a euro in all is rounding.
    if raised.max(initial=0.0) > 100:
        people = fund_year.population.inhabitants
        own += raised * (planned.to_pay / whole.mean() if whole.mean() > 0 else people[here] / people.sum())
    return own


def _shares(horizon: Horizon, fund_year: YearOfHorizon, gm_code: str) -> Floats:
    """What the municipality's share is in each draw ÷ what is expected, shape (draws,)."""
    from scipy.special import stdtrit

    projection = fund_year.projection
    assert projection is not None
    year, column = projection.years.index(fund_year.population.year), projection.index[gm_code]
    chances = stream(horizon.seed, f"population share of {gm_code}").random(horizon.draws)
    ratio: Floats = np.exp(stdtrit(projection.errors.degrees, chances) * projection.spreads[year, column])
    return ratio


def _ends(drawn: Floats) -> tuple[int, int]:
    low, high = np.quantile(drawn, [0.1, 0.9]).tolist()
    return round(low), round(high)
