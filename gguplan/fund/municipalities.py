"""The municipalities on 1 January of a year, with their inhabitants."""

from __future__ import annotations

from functools import cached_property
from typing import Final, Literal, get_args

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from gguplan.fund.two_languages import TwoLanguages
from gguplan.money import Integers

Mask = NDArray[np.bool_]

CountedStatus = Literal["final", "provisional", "worked_back"]
"""Final: CBS changes it no more. Provisional: CBS may. Worked back: from a later year and published growth."""

Status = CountedStatus | Literal["projected"]
"""Projected: not counted but computed ahead; no file has it."""


STATUSES: Final[tuple[Status, ...]] = (*get_args(CountedStatus), "projected")
"""From the surest to the least sure."""


class CountedIn(Struct, frozen=True):
    """The folder and the file that a count was read from: ``population_data/2017.csv``.

    `stated` is where the counts of a table of one's own come from, in its own words; None for those that come along,
    which CBS counted.
    """

    file: str
    stated: TwoLanguages | None = None


class ProjectedFrom(Struct, frozen=True):
    """The last year that was counted: what comes after it is computed from it."""

    last_year: int


PopulationSource = CountedIn | ProjectedFrom


class Municipality(Struct, frozen=True):
    """One municipality on 1 January of a year; `gm_code` as ``GM0344``, inhabitants in persons."""

    gm_code: str
    name: str
    province: str
    inhabitants: int

    @property
    def number(self) -> int:
        """The code as a number: 344 for GM0344."""
        return int(self.gm_code[2:])

    @property
    def is_body(self) -> bool:
        """Whether it is no municipality but a body without inhabitants (`gguplan.fund.bodies`)."""
        return False

    @property
    def pays_every_programme(self) -> bool:
        """Whether it pays the programmes that name no members of their own."""
        return True


class Population(Struct, frozen=True, dict=True):
    """All municipalities of a fund on 1 January of one year, in order of code; arrays of shape (municipalities,).

    Other bodies that pay stand behind them. `country` has all municipalities of that day, and these bodies, where the
    fund has members only; None where everybody is one.
    """

    year: int
    status: Status
    source: PopulationSource
    municipalities: tuple[Municipality, ...]
    country: Population | None = None

    def __hash__(self) -> int:
        # Without the municipalities, of which hashing takes a hundred times as long.
        return hash((self.year, self.status, self.source, len(self.municipalities)))

    @cached_property
    def inhabitants(self) -> Integers:
        """Persons."""
        return np.array([municipality.inhabitants for municipality in self.municipalities], dtype=np.int64)

    @cached_property
    def codes(self) -> Integers:
        """The CBS codes as numbers (344 for GM0344): they settle ties."""
        return np.array([municipality.number for municipality in self.municipalities], dtype=np.int64)

    @cached_property
    def provinces(self) -> NDArray[np.str_]:
        """The names of their provinces."""
        return np.array([municipality.province for municipality in self.municipalities])

    @cached_property
    def index(self) -> dict[str, int]:
        """The position of each code in the arrays."""
        return {municipality.gm_code: position for position, municipality in enumerate(self.municipalities)}

    @property
    def everybody(self) -> Population:
        """All municipalities of that day, members of the fund or not, and the bodies that pay."""
        return self.country or self

    @cached_property
    def bodies(self) -> tuple[Municipality, ...]:
        """Who pays and is no municipality, in the order of the arrays."""
        return tuple(municipality for municipality in self.municipalities if municipality.is_body)

    @property
    def without_bodies(self) -> tuple[Municipality, ...]:
        """The municipalities alone."""
        return self.municipalities[: len(self.municipalities) - len(self.bodies)]

    @cached_property
    def is_body(self) -> Mask:
        """Who is no municipality, shape (municipalities,)."""
        return np.array([municipality.is_body for municipality in self.municipalities], dtype=np.bool_)

    @cached_property
    def pays_every_programme(self) -> Mask:
        """Who pays a programme without members of its own, shape (municipalities,)."""
        return np.array([municipality.pays_every_programme for municipality in self.municipalities], dtype=np.bool_)

    @cached_property
    def total(self) -> int:
        """Persons in all municipalities together."""
        return int(self.inhabitants.sum())
