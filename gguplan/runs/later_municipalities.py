"""Municipalities that are not there in the year of a scenario, but in a later count."""

from __future__ import annotations

from gguplan.fund.municipalities import Population
from gguplan.inputs.population import municipalities
from gguplan.inputs.population.municipalities import UnknownMunicipality
from gguplan.inputs.population.years import load_population
from gguplan.inputs.population.years import years as counted_years
from gguplan.inputs.scenario.reading import ScenarioInputs


def is_only_later(base: ScenarioInputs, name: str) -> bool:
    """Whether there is no municipality of this name among those of a scenario, but in a later count: then its bill is
    that of those that it came from."""
    country = base.population.country or base.population
    if base.fund_year.years_ahead is not None:
        return False
    try:
        return municipalities.find(name, country) is None and first_count_with(name, country.year) is not None
    except UnknownMunicipality:
        # It could be more than one: who looks it up says so.
        return False


def first_count_with(name: str, after: int) -> Population | None:
    """The first count after a year that has a municipality of this name."""
    populations = (load_population(year) for year in counted_years() if year > after)
    return next((population for population in populations if municipalities.find(name, population)), None)
