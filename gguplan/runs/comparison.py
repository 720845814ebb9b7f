"""Results over the municipalities of the latest reference date among them."""

from __future__ import annotations

from collections.abc import Sequence

from gguplan.fund.bodies import bodies_of, with_bodies
from gguplan.fund.membership import members_of
from gguplan.fund.municipalities import Population
from gguplan.model.carried_bills import CarriedBills
from gguplan.model.population.succession import members_and_heirs
from gguplan.model.result import RunResult
from gguplan.runs.municipal_history import succession


def over_the_latest(results: Sequence[RunResult]) -> list[CarriedBills]:
    """Results, each over the municipalities of the latest reference date among them; the first such goes before.

    Of funds with members these are the members of any of them, or what they became.

    Raises InputError where the changes between the dates are not known.
    """
    latest = latest_among(results)
    return [over(result, latest) for result in results]


def over(result: RunResult, later: Population) -> CarriedBills:
    """A result over the municipalities of a later reference date. Raises InputError as `over_the_latest` does."""
    return CarriedBills(result, succession(result.population, later))


def latest_among(results: Sequence[RunResult]) -> Population:
    """The municipalities of the latest reference date of some results, as `over_the_latest` has them."""
    latest = max((result.population for result in results), key=lambda population: population.year)
    if any(result.population.country is not None or result.population.bodies for result in results):
        latest = _all_members(results, latest)
    return latest


def _all_members(results: Sequence[RunResult], latest: Population) -> Population:
    """The members of all results, among all municipalities of the latest date."""
    bodies = {body.gm_code: body for result in results for body in bodies_of(result.population)}
    country = with_bodies(latest.everybody, bodies.values())
    codes: set[str] = set()
    for result in results:
        codes |= members_and_heirs(succession(result.population.everybody, country), result.population)
    return latest if codes == latest.index.keys() else members_of(country, codes)
