"""Scenarios over the municipalities of the latest reference date among them, and one beside another."""

from __future__ import annotations

from collections.abc import Sequence

from gguplan.inputs.scenario.reading import ScenarioInputs
from gguplan.model.carried_bills import CarriedBills
from gguplan.model.comparison import Comparison
from gguplan.model.result import RunResult, run
from gguplan.runs.municipal_history import succession


def over_the_latest(results: Sequence[RunResult]) -> list[CarriedBills]:
    """Results, each over the municipalities of the latest reference date among them; the first such goes before.

    Raises InputError where the changes between the dates are not known.
    """
    latest = max((result.population for result in results), key=lambda population: population.year)
    return [CarriedBills(result, succession(result.population, latest)) for result in results]


def compare(baseline: ScenarioInputs, scenario: ScenarioInputs) -> Comparison:
    """Work both out, each over its own municipalities, and hold them beside each other over the later ones. Raises
    InputError where a sum cannot be made, or the changes between the two dates are not known."""
    return Comparison(*over_the_latest([run(baseline), run(scenario)]))
