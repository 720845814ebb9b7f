"""One municipality's bill in years to come: the budget of a scenario over inhabitants that are counted or projected.

What changes from year to year is the municipality's share. The budget stays that of the scenario: no later budget is
published.
"""

from __future__ import annotations

from dataclasses import dataclass

from gguplan.fund.municipalities import Population
from gguplan.model.bill import Bill, bill_of
from gguplan.model.population.projection import Projection
from gguplan.model.result import RunResult


@dataclass(frozen=True)
class YearAhead:
    """The bill of one year; `low` and `high` are the cents between which it lies with 80 % certainty, equal to what
    is to pay where the inhabitants are counted. `result` is that of the whole fund in that year, None where there is
    nothing to pay."""

    year: int
    population: Population
    bill: Bill
    low: int
    high: int
    result: RunResult | None


def year_ahead(result: RunResult, gm_code: str, projection: Projection | None) -> YearAhead:
    """The bill of one municipality in the year of a result, with its interval where the inhabitants are projected."""
    bill, population = bill_of(result, gm_code), result.population
    low = high = bill.to_pay
    if projection is not None:
        low, high = share_interval(bill.to_pay, projection, population.year, gm_code)
    return YearAhead(result.fund_year.year, population, bill, low, high, result)


def share_interval(cents: int, projection: Projection, year: int, gm_code: str) -> tuple[int, int]:
    """Between which cents an amount lies with 80 % certainty, as far as the municipality's share in `year` is
    uncertain."""
    row, place = projection.years.index(year), projection.index[gm_code]
    shares = projection.share_quantiles((0.1, 0.9))[:, row, place] / projection.shares[row, place]
    low, high = sorted(round(cents * share) for share in shares.tolist())
    return low, high
