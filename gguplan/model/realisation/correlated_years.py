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
from typing import Final

import numpy as np

from gguplan.model.randomness import stream
from gguplan.model.realisation.history_arrays import Floats
from gguplan.model.realisation.levels import Levels

ALIKE: Final = 0.15
"""The part of the deviations of years ahead that all of them have in common, besides what one carries into the next."""


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
