"""The inhabitants of some years: counted, or projected from the counts that are there."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from gguplan.findings import Finding, InputError, Place
from gguplan.fund.municipalities import Population, ProjectedFrom
from gguplan.fund.projection import CannotProject
from gguplan.inputs.population.years import load_population, years
from gguplan.language import _
from gguplan.model.population.projection import Projection, project
from gguplan.runs.municipal_history import municipal_history
from gguplan.wording.projection import problem_in_words


def populations_of(
    wanted: Sequence[int], place: Place | None = None
) -> dict[int, tuple[Population, Projection | None]]:
    """The inhabitants on 1 January of each year: counted, or projected with the projection behind them.

    Raises InputError, at `place`, for a year that is before the first count or too far ahead of the last.
    """
    last = max(years())
    ahead = [year for year in wanted if year > last]
    populations: dict[int, tuple[Population, Projection | None]] = {
        year: (load_population(year, place), None) for year in wanted if year <= last
    }
    if ahead:
        projection = _project(ahead, place or Place(f"--years {ahead[0]}-{ahead[-1]}"))
        for row, year in enumerate(projection.years):
            municipalities = tuple(
                replace(municipality, inhabitants=count)
                for municipality, count in zip(
                    projection.municipalities, projection.inhabitants[row].tolist(), strict=True
                )
            )
            populations[year] = (Population(year, "projected", ProjectedFrom(last), municipalities), projection)
    return populations


def _project(ahead: list[int], place: Place) -> Projection:
    try:
        return project(municipal_history(), ahead)
    except CannotProject as error:
        what = problem_in_words(error.problem)
        raise InputError([Finding(place, what, _("Ask for fewer years ahead."))]) from None
