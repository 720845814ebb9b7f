"""Populations drawn from a projection: whole persons of every municipality, as a count would have them."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from gguplan.fund.membership import positions_in_the_country
from gguplan.fund.municipalities import Population
from gguplan.model.population.projection import Projection, draw, whole_persons
from gguplan.money import Integers


class DrawnPopulation(Population, frozen=True, eq=False, kw_only=True, dict=True):
    """The municipalities of a projected population with other `persons`, shape (municipalities,)."""

    persons: Integers
    expected: Population

    @cached_property
    def inhabitants(self) -> Integers:
        """Persons."""
        return self.persons

    @cached_property
    def codes(self) -> Integers:
        """The CBS codes as numbers: those of the population that is expected."""
        return self.expected.codes

    @cached_property
    def index(self) -> dict[str, int]:
        """The position of each code in the arrays."""
        return self.expected.index


def drawn_populations(projection: Projection, expected: Population, draws: int, seed: int) -> list[DrawnPopulation]:
    """So many populations of the year of `expected`, which is the middle of the projection, or the members of a fund
    among it."""
    row = projection.years.index(expected.year)
    everybody, no_persons = expected.everybody, np.zeros(len(expected.everybody.bodies), dtype=np.int64)
    members = positions_in_the_country(expected)
    fewest = np.where(expected.is_body, 0, 1)
    codes = everybody.codes[: len(everybody.without_bodies)]
    populations: list[DrawnPopulation] = []
    for block in draw(projection, draws, seed):
        totals = np.rint(block.totals[:, row]).astype(np.int64)
        for persons in whole_persons(totals, block.shares[:, row], codes):
            populations.append(
                DrawnPopulation(
                    expected.year,
                    expected.status,
                    expected.source,
                    expected.municipalities,
                    expected.country,
                    persons=np.maximum(np.append(persons, no_persons)[members], fewest),
                    expected=expected,
                )
            )
    return populations
