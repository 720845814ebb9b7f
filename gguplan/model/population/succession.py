"""What was said of the municipalities of one year, carried to those of a later year, to the cent.

An amount goes where the municipality went: as a whole into the one that it is, or became part of, later. The amount of
one that was divided is divided over those that hold it now, in proportion to its persons in each (what CBS says was
transferred, or the estimate of `gguplan.model.population.history`), by largest remainder. So nothing is lost or made:
what the later municipalities have together is what the earlier ones had. A boundary correction, after which both go
on, moves no amount.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from msgspec import Struct

from gguplan.fund.membership import positions_in_the_country
from gguplan.fund.municipal_changes import MunicipalChange
from gguplan.fund.municipalities import Population
from gguplan.model.population.history import persons_by_successor
from gguplan.money import Integers, split


class Succession(Struct, frozen=True, eq=False, dict=True):
    """The municipalities of `earlier` in those of `later`.

    `persons` are the inhabitants of each earlier municipality, on its own reference date, in what each later one
    holds; shape (earlier municipalities, later municipalities). A body without inhabitants counts for one: it is what
    it was.
    """

    earlier: Population
    later: Population
    persons: Integers

    @cached_property
    def inhabitants(self) -> Integers:
        """The persons of the earlier date in each later municipality, shape (later municipalities,)."""
        return self.carried(self.earlier.inhabitants)

    @cached_property
    def over_mergers(self) -> bool:
        """Whether somebody's persons are in a later municipality of another code."""
        before, after = self.earlier.municipalities, self.later.municipalities
        rows, columns = np.nonzero(self.persons)
        pairs = zip(rows.tolist(), columns.tolist(), strict=True)
        return any(before[row].gm_code != after[column].gm_code for row, column in pairs)

    def carried(self, amounts: Integers) -> Integers:
        """Amounts of the earlier municipalities, summed over the later ones; both sum to the same."""
        if self.is_unchanged:
            return amounts.copy()
        together = np.zeros(len(self.later.municipalities), dtype=np.int64)
        np.add.at(together, self._heir[self._is_whole], amounts[self._is_whole])
        for position in np.flatnonzero(~self._is_whole).tolist():
            together += self._divided(position, int(amounts[position]))
        return together

    def from_whom(self, position: int) -> list[int]:
        """The positions of the earlier municipalities that the later one at `position` came from, in order of code."""
        return np.flatnonzero(self.persons[:, position]).tolist()

    def part_of(self, earlier: int, later: int, amount: int) -> int:
        """What of the amount of an earlier municipality goes to a later one, both by position."""
        if self._is_whole[earlier]:
            return amount if self._heir[earlier] == later else 0
        return int(self._divided(earlier, amount)[later])

    def goes_on_alone(self, position: int) -> int | None:
        """The position of the one earlier municipality that is, as a whole, the later one; None when it is not so."""
        return self._alone[position]

    @cached_property
    def _alone(self) -> list[int | None]:
        """What `goes_on_alone` says of each later municipality."""
        came_from = self.persons != 0
        first, count = np.argmax(came_from, axis=0), np.count_nonzero(came_from, axis=0)
        alone = (count == 1) & self._is_whole[first]
        return [earlier if goes_on else None for earlier, goes_on in zip(first.tolist(), alone.tolist(), strict=True)]

    @cached_property
    def _heir(self) -> Integers:
        heir: Integers = np.argmax(self.persons, axis=1)
        return heir

    @cached_property
    def _is_whole(self) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        return np.asarray(np.count_nonzero(self.persons, axis=1) == 1)

    @cached_property
    def is_unchanged(self) -> bool:
        """Whether each municipality goes on as itself, in the same place."""
        places = np.arange(len(self.later.municipalities))
        return bool(self._is_whole.all()) and np.array_equal(self._heir, places)

    def _divided(self, position: int, amount: int) -> Integers:
        if not self.persons[position].any():
            # Nothing of it is in the later population: a fund that it is no member of any more.
            return np.zeros(len(self.later.municipalities), dtype=np.int64)
        parts: Integers = split(amount, self.persons[position], self.later.codes)[0]
        return parts


def succession_of(populations: Sequence[Population], changes: Sequence[MunicipalChange]) -> Succession:
    """The municipalities of the first population in those of the last, through every year between.

    Raises ChangesMissing when the changes do not say what one became.
    """
    earlier, *_between, later = populations
    if earlier.index.keys() == later.index.keys():
        return Succession(earlier, later, np.diag(earlier.inhabitants + earlier.is_body))
    return Succession(earlier, later, persons_by_successor(populations, changes))


def among_bodies(whole: Succession, earlier: Population, later: Population) -> Succession:
    """A succession of municipalities, with the bodies that stand behind them on either day: each is what it was."""
    persons = np.zeros((len(earlier.municipalities), len(later.municipalities)), dtype=np.int64)
    persons[: len(earlier.without_bodies), : len(later.without_bodies)] = whole.persons
    for body in earlier.bodies:
        if body.gm_code in later.index:
            persons[earlier.index[body.gm_code], later.index[body.gm_code]] = 1
    return Succession(earlier, later, persons)


def of_members(whole: Succession, earlier: Population, later: Population) -> Succession:
    """A succession of all municipalities, for those of two funds among them only."""
    rows, columns = positions_in_the_country(earlier), positions_in_the_country(later)
    return Succession(earlier, later, whole.persons[np.ix_(rows, columns)])


def members_and_heirs(whole: Succession, earlier: Population) -> set[str]:
    """The codes of the later municipalities in which the members of an earlier fund live on."""
    persons = whole.persons[positions_in_the_country(earlier)].any(axis=0)
    return {whole.later.municipalities[position].gm_code for position in np.flatnonzero(persons).tolist()}
