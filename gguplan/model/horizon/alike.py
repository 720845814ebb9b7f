"""Realisation ratios of several years in one draw: a programme that spends little in one year tends to in the next.

A programme has one level and one volatility in all years ahead, and neither is known: `gguplan forecast` mixes over
them (the cells of the grid in `gguplan.model.realisation.fit`). Here each draw takes one cell for all years, as likely
as the programme's own years make it, and from that cell a deviation for each year. Deviations of several years go
together too, by `ALIKE`: levels drift, and what drifted before the first year ahead is in all of them. The place of
level and deviation in the forecast of the year is the programme's own score; the year that all programmes share comes
on top of it:

    score(i, t) = λ × year(t) + √(1 − λ²) × own(i, t)
    year(t)     = √(1 ÷ (1 + n)) × all years + √(n ÷ (1 + n)) × rest(t)

because the level that all have was learnt from only n years. So every year keeps exactly the distribution that
`gguplan forecast` gives it, and only sums over years change; docs/horizon.md has the measurements.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from scipy.special import ndtr, ndtri, stdtrit

from gguplan.model.horizon.account import Floats
from gguplan.model.randomness import stream
from gguplan.model.realisation.fit import LEVEL, POINTS, VOLATILITY, Parameters

ALIKE: Final = 0.35
"""The correlation between the deviations of two years ahead of one programme: measured on the Dutch state budget."""

_LEAST: Final = 1e-9
_NORMAL: Final[Floats] = np.linspace(-6, 6, 4_097)


@dataclass(frozen=True)
class Levels:
    """What the level and the volatility of programmes can be in one year: the pooled `parameters`, and how likely each
    cell is of each programme, shape (programmes, cells). `below` are the chances of each cell at `POINTS`."""

    parameters: Parameters
    weights: Floats
    below: Floats

    @cached_property
    def student(self) -> Floats:
        """What standard normal deviations at `_NORMAL` are as the deviations of the model, Student's t."""
        heavy: Floats = np.asarray(stdtrit(self.parameters.freedom, ndtr(_NORMAL)), dtype=np.float64)
        return heavy

    def scores(self, row: int, place: Floats, deviation: Floats) -> Floats:
        """Normal scores of one programme, shape (draws,): the cell at `place` from 0 to 1, the same in all years, and a
        deviation in it."""
        sigma = np.exp(np.exp(self.parameters.log_spread) * VOLATILITY)
        middle = np.exp(self.parameters.log_pooling) * LEVEL * sigma
        heaped = np.cumsum(self.weights[row])
        cell = np.minimum(np.searchsorted(heaped, place * heaped[-1]), len(heaped) - 1)
        chance = np.interp(middle[cell] + sigma[cell] * deviation, POINTS, self.weights[row] @ self.below)
        scores: Floats = ndtri(np.clip(chance, _LEAST, 1 - _LEAST))
        return scores


def shared_scores(years: Sequence[int], learnt: Sequence[int], draws: int, seed: int) -> Floats:
    """The scores of the years that all programmes share, shape (years, draws).

    `learnt` are the years of history behind the forecast of each year.
    """
    together = stream(seed, "realisation of all years").standard_normal(draws)
    scores = np.empty((len(years), draws))
    for row, year, count in zip(scores, years, learnt, strict=True):
        part = 1 / (1 + count)
        row[:] = stream(seed, f"realisation of the year {year}").standard_normal(draws)
        row *= np.sqrt(1 - part)
        row += np.sqrt(part) * together
    return scores


def own_scores(
    name: str, years: Sequence[int], levels: Sequence[Levels | None], rows: Sequence[int], draws: int, seed: int
) -> Floats:
    """The scores of one programme's own, shape (years, draws); 0 in a year without levels.

    `rows` are the places of the programme in the levels of each year.
    """
    place = stream(seed, f"realisation of {name} in all years").random(draws)
    together = np.sqrt(ALIKE) * stream(seed, f"deviation of {name} in all years").standard_normal(draws)
    scores = np.zeros((len(years), draws))
    for into, year, level, row in zip(scores, years, levels, rows, strict=True):
        if level is not None and row >= 0:
            own = stream(seed, f"realisation of {name} in {year}").standard_normal(draws)
            normal = together + np.sqrt(1 - ALIKE) * own
            into[:] = level.scores(row, place, np.interp(normal, _NORMAL, level.student))
    return scores
