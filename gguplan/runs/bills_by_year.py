"""The bills of one municipality in some years: over the inhabitants of each year, counted or projected."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from gguplan.findings import Finding, InputError, Place
from gguplan.fund.municipalities import Municipality, Population
from gguplan.inputs.ledger.ledger_files import load_ledger
from gguplan.inputs.ledger.realised_years import realised_years
from gguplan.inputs.scenario.reading import ScenarioInputs, read_again
from gguplan.language import _
from gguplan.model.years_ahead.bill_in_a_year import YearAhead, year_ahead
from gguplan.model.years_ahead.bills import bills
from gguplan.runs.populations import populations_of
from gguplan.runs.results import result_of
from gguplan.runs.years_ahead import years_ahead_of

Find = Callable[[Population], Municipality]
"""Finds the municipality among those of a year; raises when it is not there."""


def bills_by_year(base: ScenarioInputs, years: Sequence[int], find: Find) -> list[YearAhead]:
    """One bill a year: of the scenario's own years ahead where it has them, else its budget over the inhabitants of
    each year. Raises InputError for years that cannot be shown."""
    if base.fund_year.years_ahead is not None:
        return _of_years_ahead(base, years, find)
    lag = base.scenario.year - base.scenario.reference_date.year
    counted = populations_of([year - lag for year in years])
    bills = []
    for year in years:
        population, projection = counted[year - lag]
        inputs = read_again(base, (f"year={year}", f"reference_date={year - lag}-01-01"), population)
        bills.append(year_ahead(result_of(inputs), find(population).gm_code, projection))
    return bills


def _of_years_ahead(base: ScenarioInputs, years: Sequence[int], find: Find) -> list[YearAhead]:
    _fail_if_outside(base, years)
    horizon = years_ahead_of(base, realised_years(load_ledger()))
    codes = [find(fund_year.population).gm_code for fund_year in horizon.by_year]
    return [bill for bill in bills(horizon, codes) if bill.year in years]


def _fail_if_outside(inputs: ScenarioInputs, years_wanted: Sequence[int]) -> None:
    """Raise InputError when a year that is asked for is not one of the horizon of a scenario."""
    ahead = inputs.fund_year.years_ahead
    assert ahead is not None
    if not ahead.first <= years_wanted[0] <= years_wanted[-1] <= ahead.last:
        years = f"{years_wanted[0]}-{years_wanted[-1]}" if len(years_wanted) > 1 else str(years_wanted[0])
        what = _("The years ahead of this scenario are {first} to {last}.", first=ahead.first, last=ahead.last)
        remedy = _("Ask for years within them, or make them longer: --set horizon.last={year}.", year=years_wanted[-1])
        raise InputError([Finding(Place(f"--years {years}"), what, remedy)])
