"""By how much prices rose from year to year: what makes budgets of several years comparable.

A budget that rises as prices do is the same budget. Without this a forecast takes indexation for a raise, and expects
that part of it will not be spent.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from msgspec import Struct

from gguplan.model.realisation.history_arrays import Floats
from gguplan.money import Integers


class PriceRises(Struct, frozen=True):
    """The rise of prices over the year before, of each year that is known, as (year, part): 0.034 is 3.4 %.

    A year that is not known has the rise of the last known year before it, or of the first one after it; without any
    known year prices do not rise.
    """

    by_year: tuple[tuple[int, float], ...] = ()

    def of(self, year: int) -> float:
        """The rise in a year over the year before it."""
        before = [rise for known, rise in self.by_year if known <= year]
        return before[-1] if before else next((rise for _year, rise in self.by_year), 0.0)

    def log_levels(self, years: Integers, since: int) -> Floats:
        """The log of the price level of `years` against that of `since`, of the same shape."""
        return np.array([self._log_rise(since, year) for year in years.tolist()], dtype=np.float64)

    def until(self, year: int) -> PriceRises:
        """What is known of prices at the end of `year`."""
        return PriceRises(tuple(pair for pair in self.by_year if pair[0] <= year))

    def followed_by(self, later: Mapping[int, float]) -> PriceRises:
        """The same with other rises for the years in `later`."""
        return PriceRises(tuple(sorted({**dict(self.by_year), **later}.items())))

    def _log_rise(self, since: int, until: int) -> float:
        if until < since:
            return -self._log_rise(until, since)
        return float(sum(np.log1p(self.of(year)) for year in range(since + 1, until + 1)))


UNCHANGED = PriceRises()
"""Prices that do not rise."""
