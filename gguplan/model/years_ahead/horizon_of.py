"""A horizon worked out: the budgets of every year, the forecasts, and then the accounts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from gguplan.fund.ledger import Ledger
from gguplan.fund.municipalities import Population
from gguplan.fund.programme import Programme
from gguplan.fund.realisation import RealisedYear
from gguplan.inputs.scenario.horizon import Horizon as StatedHorizon
from gguplan.inputs.scenario.programmes import programmes_with_account
from gguplan.inputs.scenario.reading import ScenarioInputs
from gguplan.model.population.projection import Projection
from gguplan.model.years_ahead.accounts import AllAccounts
from gguplan.model.years_ahead.budget_of_a_year import first_year
from gguplan.model.years_ahead.budgets import budgets_of
from gguplan.model.years_ahead.fund_year import FundYear, fund_year
from gguplan.model.years_ahead.indexation import IndexPath, index_path
from gguplan.model.years_ahead.realisation_by_year import foresee_years, known_amounts
from gguplan.model.years_ahead.remarks import remarks_on
from gguplan.model.years_ahead.result import Horizon

DRAWS: Final = 10_000


def horizon_of(
    inputs: ScenarioInputs,
    stated: StatedHorizon,
    counted: Mapping[int, tuple[Population, Projection | None]],
    rows: Sequence[RealisedYear],
    draws: int = DRAWS,
    seed: int = 1,
) -> Horizon:
    """Work the years ahead of a scenario out, as `stated`; `rows` are what forecasts learn from.

    `counted` has the inhabitants on the reference date of every year, and the projection behind those that are not
    counted yet. Raises InputError when an opt-out is not to be found.
    """
    years = range(first_year(inputs.scenario, stated), stated.last + 1)
    ledger = inputs.ledger
    index = index_path(stated.indexation, inputs.scenario.year, stated.last, draws, seed)
    programmes = programmes_with_account(inputs.scenario, inputs.population, inputs.layers)
    by_year = _fund_years(inputs, programmes, stated, ledger, index, years, counted)
    budgets = budgets_of(programmes, stated, by_year)
    amounts, known = known_amounts(budgets.names, years, stated, ledger)
    realisation = foresee_years(
        programmes,
        years,
        budgets.spending,
        amounts,
        known,
        rows,
        stated,
        inputs.scenario.realisation,
        index.rises(),
    )
    remarks = remarks_on(inputs, stated, programmes, by_year, ledger)
    return AllAccounts(inputs, programmes, stated, by_year, budgets, realisation, remarks, draws, seed).horizon()


def _fund_years(
    inputs: ScenarioInputs,
    programmes: dict[str, Programme],
    stated: StatedHorizon,
    ledger: Ledger,
    index: IndexPath,
    years: Sequence[int],
    counted: Mapping[int, tuple[Population, Projection | None]],
) -> tuple[FundYear, ...]:
    lag = inputs.scenario.year - inputs.scenario.reference_date.year
    return tuple(fund_year(inputs, programmes, stated, ledger, index, year, *counted[year - lag]) for year in years)
