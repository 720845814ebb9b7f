"""Realisation ratios of several years in one draw: a programme that spends little in one year tends to in the next.

A programme has one level and one volatility in all years ahead, and neither is known: `gguplan forecast` mixes over
them (the cells of the grid in `gguplan.model.realisation.fit`). Here each draw takes one cell for all years, as likely
as the programme's own years make it, and from that cell a deviation for each year. Deviations go together in two ways:
a part ρ of one year's is carried into the next, as in the history, and levels drift, and what drifted before the first
year ahead is in all of them (`ALIKE`). The place of level and deviation in the forecast of the year is the programme's
own score; the year that all programmes share comes on top of it:

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

from gguplan.model.randomness import stream
from gguplan.model.realisation.fit import Parameters
from gguplan.model.realisation.fitted_model import Positions
from gguplan.model.realisation.mixture import POINTS, chances, values_in_cells
from gguplan.model.years_ahead.account import Floats

ALIKE: Final = 0.15
"""The part of the deviations of years ahead that all of them have in common, besides what one carries into the next."""

_LEAST: Final = 1e-9
_NORMAL: Final[Floats] = np.linspace(-6, 6, 4_097)


@dataclass(frozen=True)
class Levels:
    """What the level and the volatility of programmes can be in one year: the pooled `parameters`, and the `positions`
    of the programmes, of which the weights say how likely each cell is."""

    parameters: Parameters
    positions: Positions

    @cached_property
    def student(self) -> Floats:
        """What standard normal deviations at `_NORMAL` are as the deviations of the model, Student's t."""
        heavy: Floats = np.asarray(stdtrit(self.parameters.freedom, ndtr(_NORMAL)), dtype=np.float64)
        return heavy

    @cached_property
    def below(self) -> Floats:
        """The chances of each programme at `POINTS`, shape (programmes, points)."""
        return chances(self.parameters, self.positions.weights, self.positions.ahead)

    def scores(self, row: int, place: Floats, normal: Floats) -> Floats:
        """Normal scores of one programme, shape (draws,): the cell at `place` from 0 to 1, the same in all years, and a
        deviation in it, given as standard normal."""
        heaped = np.cumsum(self.positions.weights[row])
        cell = np.minimum(np.searchsorted(heaped, place * heaped[-1]), len(heaped) - 1)
        deviation = np.interp(normal, _NORMAL, self.student)
        values = values_in_cells(self.parameters, self.positions.ahead, row, cell, deviation)
        chance = np.interp(values, POINTS, self.below[row])
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
    chain, variance = np.zeros(draws), 0.0
    for into, year, level, row in zip(scores, years, levels, rows, strict=True):
        if level is None or row < 0:
            # What is known of this year is in the forecasts of later ones; the chain of deviations begins anew.
            chain, variance = np.zeros(draws), 0.0
            continue
        carried = level.parameters.carried
        chain = carried * chain + stream(seed, f"realisation of {name} in {year}").standard_normal(draws)
        variance = carried**2 * variance + 1
        normal = together + np.sqrt((1 - ALIKE) / variance) * chain
        into[:] = level.scores(row, place, normal)
    return scores
