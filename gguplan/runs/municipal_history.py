"""The municipalities of one year in other years: the counts and changes that are there, read for the sums."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import assert_never

from gguplan.findings import Finding, InputError, Place
from gguplan.fund.bodies import bodies_of, with_bodies
from gguplan.fund.municipal_changes import ChangesMissing
from gguplan.fund.municipalities import CountedIn, Population, ProjectedFrom
from gguplan.inputs.population.municipal_changes import changes
from gguplan.inputs.population.years import load_population, years
from gguplan.language import _
from gguplan.model.population.history import History, history_of
from gguplan.model.population.succession import Succession, among_bodies, of_members, succession_of
from gguplan.money import Integers
from gguplan.wording.shortlist import shortlist


def municipal_history(year: int | None = None) -> History:
    """The municipalities of `year` (the last that is there, when None) in every year before it without a gap.

    Raises InputError when the year is not there, a file is wrong, or ``mergers.csv`` does not say what a municipality
    became or came from.
    """
    counted = years()
    last = max(counted) if year is None else year
    load_population(last)
    first = last
    while first - 1 in counted:
        first -= 1
    populations = [load_population(counted) for counted in range(first, last + 1)]
    with _missing_changes_in_their_file():
        return history_of(populations, changes())


def succession(earlier: Population, later: Population) -> Succession:
    """The municipalities of one population in those of a later one, or of the same municipalities.

    Of a fund with members only theirs: what a member became and is no member later has no place in it.

    Raises InputError when the years between are not there, or ``mergers.csv`` does not say what one became.
    """
    if earlier.index.keys() == later.index.keys():
        return _of_the_same(earlier, later)
    if earlier.country is not None or later.country is not None:
        return of_members(succession(earlier.everybody, later.everybody), earlier, later)
    if earlier.bodies or later.bodies:
        municipalities = succession(with_bodies(earlier, ()), with_bodies(later, ()))
        return among_bodies(municipalities, earlier, later)
    between = [load_population(year) for year in range(earlier.year + 1, later.year)]
    with _missing_changes_in_their_file():
        return succession_of([earlier, *between, later], changes())


@lru_cache(maxsize=16)
def _of_the_same(earlier: Population, later: Population) -> Succession:
    """As `succession`, of the same municipalities: a table of all of them by all, so it is kept."""
    return succession_of([earlier, later], ())


def carried_ahead(earlier: Population, later: Population, values: Integers) -> Integers:
    """What the municipalities of one population have, carried to those of a later one, counted or projected.

    Raises InputError as `succession` does.
    """
    if earlier.index.keys() == later.index.keys():
        return values
    source = later.source
    match source:
        case CountedIn():
            within = later
        case ProjectedFrom(last_year):
            within = with_bodies(load_population(last_year), bodies_of(later.everybody))
        case _:
            assert_never(source)
    of_code = succession(earlier, within).carried(values)
    return of_code[[within.index[code] for code in later.index]]


@contextmanager
def _missing_changes_in_their_file() -> Iterator[None]:
    try:
        yield
    except ChangesMissing as missing:
        raise InputError(
            [
                Finding(
                    Place("mergers.csv"),
                    _(
                        "The changes do not say what became of these municipalities up to 1 January {year}, "
                        "or what they came from: {codes}.",
                        year=missing.year,
                        codes=shortlist(missing.codes),
                    ),
                    _("Add the missing rows; see what is missing with: gguplan population check"),
                )
            ]
        ) from None
