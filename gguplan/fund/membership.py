"""The members of a fund: some of the municipalities, among which everything is divided."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import numpy as np

from gguplan.fund.municipalities import Population
from gguplan.money import Integers


def members_of(country: Population, gm_codes: Iterable[str]) -> Population:
    """The municipalities with these codes, as the population of a fund; the country itself where these are all."""
    codes = frozenset(gm_codes)
    everybody = all(municipality.gm_code in codes for municipality in country.municipalities)
    return country if everybody else _members_of(country, codes)


@lru_cache(maxsize=64)
def _members_of(country: Population, gm_codes: frozenset[str]) -> Population:
    # Remembered, so that its arrays and the index of its names are made once.
    members = tuple(municipality for municipality in country.municipalities if municipality.gm_code in gm_codes)
    return Population(country.year, country.status, country.source, members, country)


def positions_in_the_country(population: Population) -> Integers:
    """The position of each municipality of a fund among all of that day, shape (municipalities,)."""
    index = population.everybody.index
    return np.array([index[municipality.gm_code] for municipality in population.municipalities], dtype=np.int64)
