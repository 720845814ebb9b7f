"""Results over the municipalities of the latest reference date among them."""

from __future__ import annotations

from collections.abc import Sequence

from gguplan.model.carried_bills import CarriedBills
from gguplan.model.result import RunResult
from gguplan.runs.municipal_history import succession


def over_the_latest(results: Sequence[RunResult]) -> list[CarriedBills]:
    """Results, each over the municipalities of the latest reference date among them; the first such goes before.

    Raises InputError where the changes between the dates are not known.
    """
    latest = max((result.population for result in results), key=lambda population: population.year)
    return [CarriedBills(result, succession(result.population, latest)) for result in results]
