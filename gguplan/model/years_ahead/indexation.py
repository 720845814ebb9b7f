"""By how much budgets have risen since the year they were made for: expected, and in each draw.

A percentage that is not known lies between two with the certainty stated; 1 + percentage is then lognormal. Years are
alike by half: where prices rise faster than was thought in one year they tend to in the next (`ALIKE`, a stated
value, because the years of a horizon have no history to measure it from).
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

import numpy as np
from msgspec import Struct

from gguplan.fund.years_ahead import PERCENT_UNITS, Indexation
from gguplan.model.randomness import stream
from gguplan.model.realisation.stated_interval import StatedInterval
from gguplan.model.years_ahead.account import Floats

ALIKE: Final = 0.5
"""The correlation between the indexation of two years that are not known yet."""

_WHOLE: Final = 100 * PERCENT_UNITS


class IndexPath(Struct, frozen=True):
    """The index of the years from `base` on. `percents` are ten-thousandths of a per cent of the years after `base`,
    expected. `drawn` is what the index of each year is in a draw ÷ what it is expected to be, shape (draws, years from
    `base`): 1 where all is known."""

    base: int
    percents: tuple[int, ...]
    drawn: Floats

    def factor(self, since: int, year: int) -> Fraction:
        """By how much an amount of `since` has risen in `year`, exactly."""
        rise = Fraction(1)
        for percent in self.percents[max(0, since - self.base) : year - self.base]:
            rise *= Fraction(_WHOLE + percent, _WHOLE)
        return rise

    def percents_of(self, since: int, year: int) -> tuple[tuple[int, int], ...]:
        """The years after `since` up to `year`, each with its ten-thousandths of a per cent, as expected."""
        first = max(since, self.base)
        return tuple((later, self.percents[later - self.base - 1]) for later in range(first + 1, year + 1))

    def drawn_factor(self, since: int, year: int) -> Floats:
        """What `factor` is in each draw ÷ what it is expected to be, shape (draws,)."""
        ratio: Floats = self.drawn[:, year - self.base] / self.drawn[:, max(0, since - self.base)]
        return ratio

    def rises(self) -> dict[int, float]:
        """By how much prices rise in each year after the base, as expected: 0.034 is 3.4 %."""
        return {self.base + after: percent / _WHOLE for after, percent in enumerate(self.percents, start=1)}

    @property
    def certain(self) -> bool:
        """True where every percentage is known."""
        return bool((self.drawn == 1).all())


def index_path(indexation: Indexation | None, base: int, last: int, draws: int, seed: int) -> IndexPath:
    """The index from `base` to `last`; without an indexation nothing rises."""
    percents: list[int] = []
    drawn = np.ones((draws, last - base + 1))
    between = indexation.between if indexation is not None else None
    common = stream(seed, "indexation").standard_normal(draws) if between else np.zeros(draws)
    for place, year in enumerate(range(base + 1, last + 1), start=1):
        drawn[:, place] = drawn[:, place - 1]
        if indexation is None:
            percents.append(0)
        elif year in indexation.by_year:
            percents.append(indexation.by_year[year])
        elif between is None:
            percents.append(indexation.percent or 0)
        else:
            low, high = (1 + bound / _WHOLE for bound in between)
            stated = StatedInterval(low, high, indexation.sure / 100)
            percents.append(round((stated.mean() - 1) * _WHOLE))
            own = stream(seed, f"indexation of {year}").standard_normal(draws)
            score = np.sqrt(ALIKE) * common + np.sqrt(1 - ALIKE) * own
            drawn[:, place] *= stated.at(score)
    # What is expected is the mean of the draws.
    return IndexPath(base, tuple(percents), drawn / drawn.mean(axis=0))
