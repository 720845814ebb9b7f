"""A horizon worked out: the budgets of every year, the forecasts, and then the accounts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gguplan.fund.fund_year import FundYear
from gguplan.fund.programme import Programme
from gguplan.fund.realisation import RealisedYear
from gguplan.fund.years_ahead import YearsAhead
from gguplan.model.numbers_of_draws import DRAWS, SEED
from gguplan.model.years_ahead.accounts import AllAccounts
from gguplan.model.years_ahead.budgets import budgets_of
from gguplan.model.years_ahead.indexation import IndexPath
from gguplan.model.years_ahead.realisation_by_year import forecast_years, known_amounts
from gguplan.model.years_ahead.remarks import remarks_on
from gguplan.model.years_ahead.result import Horizon
from gguplan.model.years_ahead.year_of_horizon import YearOfHorizon


def horizon_of(
    base: FundYear,
    ahead: YearsAhead,
    programmes: Mapping[str, Programme],
    by_year: Sequence[YearOfHorizon],
    index: IndexPath,
    rows: Sequence[RealisedYear],
    draws: int = DRAWS,
    seed: int = SEED,
) -> Horizon:
    """The accounts of `programmes` through the years `ahead` of a year of the fund.

    `by_year` has who pays what in each of them, `index` by how much budgets rise; `rows` are what forecasts learn from.
    """
    budgets = budgets_of(programmes, ahead, by_year)
    amounts, known = known_amounts(budgets.names, ahead.years, ahead, base.ledger)
    realisation = forecast_years(
        programmes,
        ahead.years,
        budgets.spending,
        amounts,
        known,
        rows,
        ahead,
        base.realisation,
        index.rises(),
    )
    remarks = remarks_on(base, ahead, programmes, by_year, base.ledger)
    years = tuple(by_year)
    return AllAccounts(base, programmes, ahead, years, budgets, realisation, remarks, draws, seed).horizon()
