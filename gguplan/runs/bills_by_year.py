"""The bills of one municipality in some years: over the inhabitants of each year, counted or projected."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from gguplan.fund.municipalities import Municipality, Population
from gguplan.inputs.ledger.ledger_files import load_ledger
from gguplan.inputs.ledger.realised_years import realised_years
from gguplan.inputs.scenario.reading import ScenarioInputs, read_scenario
from gguplan.model.horizon.bills import bills, fail_if_outside
from gguplan.model.years_ahead import YearAhead, populations_of, year_ahead
from gguplan.runs.results import result_of
from gguplan.runs.years_ahead import years_ahead_of

Find = Callable[[Population], Municipality]
"""Finds the municipality among those of a year; raises when it is not there."""


def bills_by_year(
    scenario: str | Path, settings: Sequence[str], base: ScenarioInputs, years: Sequence[int], find: Find
) -> list[YearAhead]:
    """One bill a year: of the scenario's own years ahead where it has them, else its budget over the inhabitants of
    each year. Raises InputError for years that cannot be shown."""
    if base.scenario.horizon is not None:
        return _of_years_ahead(base, years, find)
    lag = base.scenario.year - base.scenario.reference_date.year
    counted = populations_of([year - lag for year in years])
    found = []
    for year in years:
        population, projection = counted[year - lag]
        kept = [setting for setting in settings if setting.partition("=")[0].strip() not in ("year", "reference_date")]
        own = [*kept, f"year={year}", f"reference_date={year - lag}-01-01"]
        inputs = read_scenario(scenario, own, population)
        found.append(year_ahead(result_of(inputs), find(population).gm_code, projection))
    return found


def _of_years_ahead(base: ScenarioInputs, years: Sequence[int], find: Find) -> list[YearAhead]:
    fail_if_outside(base, years)
    horizon = years_ahead_of(base, realised_years(load_ledger()))
    codes = [find(fund_year.population).gm_code for fund_year in horizon.by_year]
    return [bill for bill in bills(horizon, codes) if bill.year in years]
