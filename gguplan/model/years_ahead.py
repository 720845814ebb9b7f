"""One municipality's bill in years to come: the budget of a scenario over inhabitants that are counted or projected.

What changes from year to year is the municipality's share. The budget stays that of the scenario: no later budget is
published.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from gguplan.fund.municipalities import Population, ProjectedFrom
from gguplan.inputs.findings import Finding, InputError, Place
from gguplan.inputs.population.years import load_population, years
from gguplan.language import _
from gguplan.model.bill import Bill, bill_of
from gguplan.model.population.history import municipal_history
from gguplan.model.population.projection import Projection, project
from gguplan.model.result import RunResult

MOST_YEARS: Final = 30


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


def read_years(text: str) -> list[int]:
    """The years of ``2026-2029`` or ``2026``. Raises InputError for anything else."""
    found = re.fullmatch(r"([0-9]{4})(?:-([0-9]{4}))?", text.strip())
    first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, -1)
    if not first <= last < first + MOST_YEARS:
        raise InputError(
            [
                Finding(
                    Place(f"--years {text[:40]}"),
                    _("These are not years."),
                    _("Write the first and the last, such as 2026-2029; {count} at most.", count=MOST_YEARS),
                )
            ]
        )
    return list(range(first, last + 1))


def populations_of(asked: Sequence[int], place: Place | None = None) -> dict[int, tuple[Population, Projection | None]]:
    """The inhabitants on 1 January of each year: counted, or projected with the projection behind them.

    Raises InputError, at `place`, for a year that is before the first count or too far ahead of the last.
    """
    there = years()
    last = max(there)
    ahead = [year for year in asked if year > last]
    found: dict[int, tuple[Population, Projection | None]] = {
        year: (load_population(year, place), None) for year in asked if year <= last
    }
    if ahead:
        projection = _project(ahead, place)
        for row, year in enumerate(projection.years):
            municipalities = tuple(
                replace(one, inhabitants=count)
                for one, count in zip(projection.municipalities, projection.inhabitants[row].tolist(), strict=True)
            )
            found[year] = (Population(year, "projected", ProjectedFrom(last), municipalities), projection)
    return found


def _project(ahead: list[int], place: Place | None) -> Projection:
    try:
        return project(municipal_history(), ahead)
    except ValueError as problem:
        if isinstance(problem, InputError):
            raise
        place = place or Place(f"--years {ahead[0]}-{ahead[-1]}")
        raise InputError([Finding(place, str(problem), _("Ask for fewer years ahead."))]) from None


def year_ahead(result: RunResult, gm_code: str, projection: Projection | None) -> YearAhead:
    """The bill of one municipality in the year of a result, with its interval where the inhabitants are projected."""
    bill, population = bill_of(result, gm_code), result.population
    low = high = bill.to_pay
    if projection is not None:
        low, high = share_interval(bill.to_pay, projection, population.year, gm_code)
    return YearAhead(result.inputs.scenario.year, population, bill, low, high, result)


def share_interval(cents: int, projection: Projection, year: int, gm_code: str) -> tuple[int, int]:
    """Between which cents an amount lies with 80 % certainty, as far as the municipality's share in `year` is
    uncertain."""
    row, place = projection.years.index(year), projection.index[gm_code]
    shares = projection.share_quantiles((0.1, 0.9))[:, row, place] / projection.shares[row, place]
    low, high = sorted(round(cents * share) for share in shares.tolist())
    return low, high
