"""A budget and its amendments, worked out in every year that all of them have."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np

from gguplan.fund.bodies import bodies_of, with_bodies
from gguplan.fund.membership import members_of
from gguplan.fund.municipalities import Population
from gguplan.inputs.ledger.ledger_files import load_ledger
from gguplan.inputs.ledger.realised_years import realised_years
from gguplan.inputs.scenario.reading import ScenarioInputs
from gguplan.language import _
from gguplan.model.amendments import AmendedYear, Amendment, Amendments
from gguplan.money import Integers
from gguplan.runs.results import result_of
from gguplan.runs.years_ahead import years_ahead_of

_DRAWS: Final = 2
"""Bills by the budgets of each year are the same in every draw."""


def are_amendments(scenarios: Sequence[ScenarioInputs]) -> bool:
    """Whether these are a budget, or an amendment, and the amendments that follow on it, in their order."""
    numbers = [inputs.scenario.amendment or 0 for inputs in scenarios]
    follow_up = all(later == earlier + 1 for earlier, later in pairwise(numbers))
    return follow_up and len({inputs.scenario.year for inputs in scenarios}) == 1


def not_in_order(scenarios: Sequence[ScenarioInputs]) -> list[str]:
    """That a budget and its amendments are named in another order than theirs, so that what each changes is not shown;
    empty where they are not."""
    in_order = sorted(scenarios, key=lambda inputs: inputs.scenario.amendment or 0)
    if are_amendments(scenarios) or not are_amendments(in_order):
        return []
    names = " ".join(inputs.name for inputs in in_order)
    return [_("What each amendment changes is shown where they are named in their order: {names}.", names=names)]


def amendments_of(scenarios: Sequence[ScenarioInputs]) -> Amendments | None:
    """What each of a budget and its amendments comes to, in its year and in the years ahead that all have; None for
    scenarios that are no such things. Raises InputError for a sum that cannot be made."""
    if not are_amendments(scenarios):
        return None
    by_stage = [_by_year(inputs) for inputs in scenarios]
    years = sorted(set.intersection(*map(set, by_stage)))
    stages = tuple(
        Amendment(inputs.scenario.amendment or 0, inputs.scenario.title, inputs.scenario.source) for inputs in scenarios
    )
    return Amendments(stages, tuple(_year(year, [by_year[year] for by_year in by_stage]) for year in years))


def _by_year(inputs: ScenarioInputs) -> dict[int, tuple[Population, Integers]]:
    """Who pays what in each year."""
    if inputs.fund_year.years_ahead is None:
        result = result_of(inputs)
        return {inputs.scenario.year: (result.population, result.to_pay)}
    horizon = years_ahead_of(inputs, realised_years(load_ledger()), _DRAWS)
    return {
        year.year: (
            year.population,
            np.zeros(len(year.population.municipalities), dtype=np.int64)
            if year.result is None
            else year.result.to_pay,
        )
        for year in horizon.by_year
    }


def _year(year: int, stages: Sequence[tuple[Population, Integers]]) -> AmendedYear:
    """One year over all municipalities that pay by any of the stages; who does not pay by one pays 0."""
    everybody = max((population.everybody for population, _paid in stages), key=lambda country: len(country.codes))
    bodies = {body.gm_code: body for population, _paid in stages for body in bodies_of(population)}
    everybody = with_bodies(everybody, bodies.values())
    widest = members_of(everybody, {paying for population, _paid in stages for paying in population.index})
    rows = []
    for population, paid in stages:
        row = np.zeros(len(widest.municipalities), dtype=np.int64)
        row[[widest.index[municipality.gm_code] for municipality in population.municipalities]] = paid
        rows.append(row)
    return AmendedYear(year, widest, np.stack(rows))
