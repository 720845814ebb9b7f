"""The municipalities of one year through the years before it: what lives in them now, counted then.

A municipality that took in others is the sum of them. One that was divided counts with each receiver for the part
that went there: by the persons that CBS says were transferred, where ``mergers.csv`` states them; otherwise by what
the receivers grew more than they ordinarily do, which is an approximation. Persons are never lost or made: every
year sums to the count of that year.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import Final

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from gguplan.fund.municipal_changes import ChangesMissing, MunicipalChange
from gguplan.fund.municipalities import Municipality, Population, Status
from gguplan.money import Integers, split

Grades = NDArray[np.int8]

OWN: Final = 0
"""Its own count: nothing was added or taken away since, to the person (a rename changes nothing)."""
SUMMED: Final = 1
"""The sum of whole municipalities that were counted then."""
DIVIDED: Final = 2
"""With or without a part of a municipality, in the proportion that CBS says moved on a later day."""
ESTIMATED: Final = 3
"""With a part of a municipality, in a proportion that no source states."""

_STATED: Final = re.compile(r"(?<![0-9.,])([0-9]+) inhabitants")
_YEARS_OF_ORDINARY_GROWTH: Final = 3


class History(Struct, frozen=True, dict=True):
    """The inhabitants of the municipalities of one year in that year and before it.

    `years` follow each other without a gap, and `statuses` say what each count is worth; both of shape (years,).
    `inhabitants` are persons and `grades` say what each of them is (`OWN`, `SUMMED`, `DIVIDED` or `ESTIMATED`); both
    of shape (years, municipalities), the municipalities in order of code.
    """

    years: tuple[int, ...]
    statuses: tuple[Status, ...]
    municipalities: tuple[Municipality, ...]
    inhabitants: Integers
    grades: Grades

    @cached_property
    def totals(self) -> Integers:
        """Persons in all municipalities together, shape (years,)."""
        together: Integers = self.inhabitants.sum(axis=1)
        return together

    @cached_property
    def shares(self) -> NDArray[np.float64]:
        """Each municipality as a part of all inhabitants, shape (years, municipalities); a year sums to 1."""
        return self.inhabitants / self.totals[:, None]

    @cached_property
    def codes(self) -> Integers:
        """The CBS codes as numbers (344 for GM0344), shape (municipalities,)."""
        return np.array([int(municipality.gm_code[2:]) for municipality in self.municipalities], dtype=np.int64)

    @cached_property
    def index(self) -> dict[str, int]:
        """The place of each code in the arrays."""
        return {municipality.gm_code: place for place, municipality in enumerate(self.municipalities)}

    def until(self, year: int) -> History:
        """The same municipalities, known up to and with `year` only. Raises ValueError before the first year."""
        count = year - self.years[0] + 1
        if not 0 < count <= len(self.years):
            raise ValueError(f"{year} is not one of the years of this history")
        return self._rows(slice(0, count))

    def since(self, year: int) -> History:
        """The same municipalities from `year` on."""
        return self._rows(slice(max(0, year - self.years[0]), len(self.years)))

    def of(self, chosen: NDArray[np.bool_]) -> History:
        """Some of the municipalities only; `chosen` of shape (municipalities,)."""
        some = tuple(
            municipality for municipality, is_chosen in zip(self.municipalities, chosen, strict=True) if is_chosen
        )
        return replace(
            self, municipalities=some, inhabitants=self.inhabitants[:, chosen], grades=self.grades[:, chosen]
        )

    def _rows(self, rows: slice) -> History:
        return History(
            self.years[rows],
            self.statuses[rows],
            self.municipalities,
            self.inhabitants[rows],
            self.grades[rows],
        )


def history_of(populations: Sequence[Population], all_changes: Sequence[MunicipalChange]) -> History:
    """The municipalities of the last population through all of them; years without a gap, changes in any order.

    Raises ChangesMissing when they do not say what a municipality became or came from.
    """
    carried = _carried_to_the_last(populations, all_changes)
    return History(
        tuple(population.year for population in populations),
        tuple(population.status for population in populations),
        populations[-1].municipalities,
        carried.persons,
        carried.grades,
    )


def _carried_to_the_last(populations: Sequence[Population], all_changes: Sequence[MunicipalChange]) -> _Carried:
    """The counts carried to the municipalities of the last population, which are the columns of its arrays."""
    target = populations[-1]
    first_days = [date(population.year, 1, 1) for population in populations]
    between = sorted(
        (change for change in all_changes if first_days[0] < change.effective_date <= first_days[-1]),
        key=lambda change: change.effective_date,
    )
    carried = _Carried(populations, between)
    for day, some in groupby(between, key=lambda change: change.effective_date):
        carried.change(sum(first < day for first in first_days), list(some))
    places = [carried.place[municipality.gm_code] for municipality in target.municipalities]
    _fail_if_persons_go_missing(carried, places, target.year)
    carried.persons, carried.grades = carried.persons[:, places], carried.grades[:, places]
    carried.origins = carried.origins[:, places]
    return carried


def persons_by_successor(populations: Sequence[Population], all_changes: Sequence[MunicipalChange]) -> Integers:
    """Of each municipality of the first population, how many of its persons live in what each of the last holds.

    Shape (municipalities of the first, municipalities of the last); each row sums to the count of the first. A
    municipality that went over as a whole, or goes on, has all of them in one place: a boundary correction ends
    neither of the two, so it moves nobody here. Years without a gap. Raises ChangesMissing as `history_of` does.
    """
    ends = [change for change in all_changes if change.ends_the_old]
    return _carried_to_the_last(populations, ends).origins


class _Carried:
    """The counts of every year, carried through the changes; arrays of shape (years, codes), codes of any year.

    `origins` are the persons of each municipality of the first year, shape (municipalities of the first, codes).
    """

    def __init__(self, populations: Sequence[Population], between: Sequence[MunicipalChange]) -> None:
        codes = {code for population in populations for code in population.index}
        codes |= {code for change in between for code in (change.old_code, change.new_code)}
        self.codes: tuple[str, ...] = tuple(sorted(codes))
        self.place = {code: place for place, code in enumerate(self.codes)}
        self.persons: Integers = np.zeros((len(populations), len(codes)), dtype=np.int64)
        for row, population in enumerate(populations):
            self.persons[row, [self.place[code] for code in population.index]] = population.inhabitants
        self.grades: Grades = np.zeros(self.persons.shape, dtype=np.int8)
        first = populations[0]
        self.origins: Integers = np.zeros((len(first.municipalities), len(codes)), dtype=np.int64)
        self.origins[range(len(first.municipalities)), [self.place[code] for code in first.index]] = first.inhabitants

    def change(self, before: int, some: list[MunicipalChange]) -> None:
        """Bring the first `before` years through the changes of one day: whole municipalities, then parts of them."""
        for municipal_change in some:
            if municipal_change.kind in ("merge", "rename"):
                old, new = self.place[municipal_change.old_code], self.place[municipal_change.new_code]
                self._add(before, new, self.persons[:before, old].copy(), self.grades[:before, old].copy(), SUMMED)
                self.persons[:before, old] = 0
                self.origins[:, new] += self.origins[:, old]
                self.origins[:, old] = 0
        for kind in ("split", "boundary"):
            by_old: dict[str, list[MunicipalChange]] = {}
            for municipal_change in some:
                if municipal_change.kind == kind:
                    by_old.setdefault(municipal_change.old_code, []).append(municipal_change)
            for old_code, parts in by_old.items():
                self._divide(before, self.place[old_code], parts, stays=kind == "boundary")

    def _add(self, before: int, new: int, coming: Integers, grade: Grades, at_least: int) -> None:
        """Add persons of the first years to a municipality; into an empty one they come as what they are."""
        was = self.persons[:before, new]
        lowest = np.where((was > 0) & (coming > 0) | (at_least > SUMMED), at_least, OWN)
        together = np.maximum(np.maximum(self.grades[:before, new], grade), lowest)
        self.grades[:before, new] = np.where(coming > 0, together, self.grades[:before, new])
        self.persons[:before, new] = was + coming

    def _divide(self, before: int, old: int, parts: list[MunicipalChange], stays: bool) -> None:
        """Divide a municipality in the first years over its receivers; with `stays` the rest of it goes on."""
        stated = [_STATED.search(part.note) for part in parts]
        receivers = [self.place[part.new_code] for part in parts]
        moved = np.array([int(match[1]) if match else 0 for match in stated], dtype=np.int64)
        known = np.array([match is not None for match in stated])
        now = self.persons[before - 1, old]
        if stays:
            if not known.any():
                return
            receivers, moved = [*receivers, old], np.append(moved, max(0, now - moved.sum()))
            grade = DIVIDED
        elif known.all():
            grade = DIVIDED
        else:
            moved[~known] = self._estimated(
                before, [r for r, k in zip(receivers, known, strict=True) if not k], now - moved.sum()
            )
            grade = ESTIMATED
        if not moved.any():
            return
        codes = [int(self.codes[receiver][2:]) for receiver in receivers]
        shared = split(self.persons[:before, old], moved, codes)
        inherited = self.grades[:before, old].copy()
        self.persons[:before, old] = 0
        divided = np.flatnonzero(self.origins[:, old])
        moving = split(self.origins[divided, old], moved, codes)
        self.origins[divided, old] = 0
        for column, receiver in enumerate(receivers):
            self.origins[divided, receiver] += moving[:, column]
        for column, receiver in enumerate(receivers):
            self._add(before, receiver, shared[:, column], inherited, grade)

    def _estimated(self, before: int, receivers: list[int], together: int) -> Integers:
        """How many of `together` persons went to each receiver, none of which is stated.

        A receiver's jump is what it has in the first year after, less its count in the last year before and its
        ordinary growth (its mean growth relative to the country over at most three years before, and the country's
        growth in that year). The jumps miss `together` by some persons; these are divided in proportion to the
        squared sizes of the receivers, since ordinary growth is the more uncertain, in persons, the larger it is
        (generalised least squares with the sum given).
        """
        series = self.persons[: before + 1, receivers].astype(float)
        country = self.persons[: before + 1].sum(axis=1)
        shares = series[:before] / country[:before, None]
        span = min(_YEARS_OF_ORDINARY_GROWTH, before - 1)
        existing = shares[-1] > 0
        excess = np.zeros(len(receivers))
        if span:
            excess[existing] = np.log(shares[-1, existing] / shares[-1 - span, existing]) / span
        expected = series[before - 1] * np.exp(excess) * country[before] / country[before - 1]
        jump = series[before] - expected
        spread = expected**2 + 1.0
        parts = np.maximum(jump + (together - jump.sum()) * spread / spread.sum(), 0)
        weights = np.rint(1000 * parts).astype(np.int64)
        parts_in_persons: Integers = split(max(0, together), weights if weights.any() else np.ones_like(weights))[0]
        return parts_in_persons


def _fail_if_persons_go_missing(carried: _Carried, places: list[int], year: int) -> None:
    """Every municipality of an earlier year ends in one of the last year, and each of these comes from somewhere."""
    here = np.zeros(len(carried.codes), dtype=np.bool_)
    here[places] = True
    lost = (carried.persons[:, ~here] > 0).any(axis=0)
    empty = (carried.persons[:, here] == 0).any(axis=0)
    odd = [*np.array(carried.codes)[~here][lost].tolist(), *np.array(carried.codes)[here][empty].tolist()]
    if odd:
        raise ChangesMissing(year, tuple(sorted(odd)))
