"""The population data seen as a whole: all years, one year, or one municipality through the years."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Final

from gguplan.fund.municipalities import Municipality, Population
from gguplan.fund.population_overview import Count, Group, MunicipalityHistory, YearOverview, YearTotal
from gguplan.inputs.population.municipal_changes import changes
from gguplan.inputs.population.municipalities import UnknownMunicipality, find, look_up
from gguplan.inputs.population.years import load_population, years

SIZE_CLASSES: Final = (5_000, 10_000, 20_000, 50_000, 100_000, 150_000, 250_000)
"""Where the classes of CBS's "gemeentegrootte" begin, in inhabitants; the first class lies below."""


def year_totals() -> tuple[YearTotal, ...]:
    """Every year that is there, in order."""
    return tuple(_total(load_population(year)) for year in years())


def year_overview(year: int) -> YearOverview:
    """One year. Raises InputError when it is not there."""
    population = load_population(year)
    by_size = sorted(
        population.municipalities, key=lambda municipality: (-municipality.inhabitants, municipality.gm_code)
    )
    provinces = sorted({municipality.province for municipality in population.municipalities})
    bounds = (None, *SIZE_CLASSES, None)
    return YearOverview(
        _total(population),
        tuple(_group(population, name, _in_province(name)) for name in provinces),
        tuple(
            group
            for at_least, below in pairwise(bounds)
            if (group := _size(population, at_least, below)).municipalities
        ),
        tuple(by_size[:5]),
        tuple(reversed(by_size[-5:])),
    )


def municipality_history(text: str) -> MunicipalityHistory:
    """A municipality of any year, the latest first. Raises UnknownMunicipality as `look_up` does."""
    populations = [load_population(year) for year in years()]
    municipality_found = next(
        (candidate for latest in reversed(populations) if (candidate := find(text, latest))), None
    )
    if municipality_found is None:
        municipality_found = look_up(text, populations[-1])
    counts = [
        Count(population.year, municipality.name, municipality.inhabitants, population.status)
        for population in populations
        if municipality_found.gm_code in population.index
        for municipality in [population.municipalities[population.index[municipality_found.gm_code]]]
    ]
    own = [change for change in changes() if municipality_found.gm_code in (change.old_code, change.new_code)]
    return MunicipalityHistory(
        municipality_found.gm_code, municipality_found.name, municipality_found.province, tuple(counts), tuple(own)
    )


def is_no_municipality(text: str) -> bool:
    """Whether no year knows this text."""
    try:
        municipality_history(text)
    except UnknownMunicipality:
        return True
    return False


def _total(population: Population) -> YearTotal:
    known = years()[population.year]
    return YearTotal(
        population.year,
        len(population.municipalities),
        population.total,
        known.national_total,
        known.status,
        known.note,
        known.note_nl,
    )


def _in_province(name: str) -> Callable[[Municipality], bool]:
    return lambda municipality: municipality.province == name


def _size(population: Population, at_least: int | None, below: int | None) -> Group:
    def within(municipality: Municipality) -> bool:
        return (at_least or 0) <= municipality.inhabitants and (below is None or municipality.inhabitants < below)

    group = _group(population, "", within)
    return Group("", group.municipalities, group.inhabitants, at_least, below)


def _group(population: Population, name: str, belongs: Callable[[Municipality], bool]) -> Group:
    members = [municipality.inhabitants for municipality in population.municipalities if belongs(municipality)]
    return Group(name, len(members), sum(members))
