"""A forecast: for each programme the whole distribution of its realisation ratio, as nodes that lines connect.

A distribution is kept as points (ratio, chance of at most that ratio), straight between them; where two points have
the same ratio the chance jumps, which is how exactly 0 and exactly 1 are kept. Everything here is exact for that
form: quantiles, mean and the score of `scores`. Outside its nodes a ratio has no chance: the nodes reach
out to the one in a million or so, and the tail beyond is put on the last.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from gguplan.model.realisation.history_arrays import Floats
from gguplan.model.realisation.levels import Levels
from gguplan.money import Integers

_OF_A_PROGRAMME: Final = ("budgets", "ratio", "chance", "zero", "exact", "own_years")
"""The arrays of a forecast that have a row for each programme."""


class Forecast(Struct, frozen=True):
    """The distributions of the ratios of programmes in one year.

    `ratio` and `chance` have shape (programmes, nodes) and do not fall along a row; `zero` and `one` are the chances
    of exactly 0 and exactly 1 that they contain, shape (programmes,); `budgets` are net, in cents. `loading` is the
    correlation of a programme with the year that all share: two programmes correlate loading². `own_years` counts
    the years of history of each programme itself, `learnt` those of all. `levels` is what draws of the year share with
    those of other years.
    """

    names: tuple[str, ...]
    kinds: tuple[str, ...]
    year: int
    budgets: Integers
    ratio: Floats
    chance: Floats
    zero: Floats
    exact: Floats
    loading: float
    own_years: Integers
    levels: Levels
    learnt: int

    def mean(self) -> Floats:
        """The expected ratios, shape (programmes,)."""
        return node_mean(self.ratio, self.chance)

    def quantile(self, chances: Sequence[float] | Floats) -> Floats:
        """The ratios below which the chances lie, shape (programmes, chances)."""
        return node_quantiles(self.ratio, self.chance, np.asarray(chances, dtype=np.float64))

    def interval(self, sure: float) -> tuple[Floats, Floats]:
        """The central interval that holds the ratio with chance `sure`, two arrays of shape (programmes,)."""
        both = self.quantile([(1 - sure) / 2, (1 + sure) / 2])
        return both[:, 0], both[:, 1]

    def expected(self) -> int:
        """The expected sum of what is realised, in cents."""
        return round(float((self.mean() * self.budgets).sum()))

    def of(self, rows: Integers) -> Forecast:
        """The same forecast for some of its programmes, given as indices."""
        return replace(
            self,
            names=tuple(self.names[row] for row in rows.tolist()),
            kinds=tuple(self.kinds[row] for row in rows.tolist()),
            levels=self.levels.of(rows),
            **{name: getattr(self, name)[rows] for name in _OF_A_PROGRAMME},
        )

    def with_row(self, name: str, ratio: Floats, chance: Floats) -> Forecast:
        """The same with another distribution for one programme, given as nodes: what a planner states instead."""
        row = self.names.index(name)
        wide = max(len(ratio), self.ratio.shape[1])
        ratios, chances = _widened(self.ratio, wide), _widened(self.chance, wide)
        ratios[row], chances[row] = _widened(ratio[None, :], wide)[0], _widened(chance[None, :], wide)[0]
        zero, exact = self.zero.copy(), self.exact.copy()
        zero[row], exact[row] = 0.0, 0.0
        return replace(self, ratio=ratios, chance=chances, zero=zero, exact=exact)


def compose(ratio: Floats, chance: Floats, zero: Floats, exact: Floats, holds: Floats) -> tuple[Floats, Floats]:
    """Nodes of a mixture: exactly 0, exactly 1, and for the rest a distribution that a ceiling may cut off.

    `ratio` and `chance` of shape (programmes, nodes) are the rest; of what it has above 1, the part `holds` (shape
    (programmes,), 0 without a ceiling) comes to lie at exactly 1. Returns nodes of shape (programmes, nodes + 4).
    """
    rest = (1 - zero - exact)[:, None]
    kept = np.where(ratio > 1, 1 - (1 - holds)[:, None] * (1 - chance), chance)
    at_zero, at_one = node_chances(ratio, chance, np.zeros(len(zero))), node_chances(ratio, chance, np.ones(len(exact)))
    after_one = 1 - (1 - holds) * (1 - at_one)
    below = rest * kept + zero[:, None] * (ratio >= 0) + exact[:, None] * (ratio >= 1)
    extra = np.stack(
        [
            rest[:, 0] * at_zero,
            rest[:, 0] * at_zero + zero,
            rest[:, 0] * at_one + zero,
            rest[:, 0] * after_one + zero + exact,
        ],
        axis=1,
    )
    places = np.repeat(np.array([[0.0, 0.0, 1.0, 1.0]]), len(zero), axis=0)
    # Both rise together, so sorting each by itself keeps the pairs; a node that lies on an atom joins its jump.
    return np.sort(np.hstack([ratio, places]), axis=1), np.sort(np.hstack([below, extra]), axis=1)


def node_mean(ratio: Floats, chance: Floats) -> Floats:
    """Means of distributions given as nodes, shape (programmes,)."""
    inside = (np.diff(chance, axis=1) * (ratio[:, 1:] + ratio[:, :-1])).sum(axis=1) / 2
    mean: Floats = inside + ratio[:, 0] * chance[:, 0] + ratio[:, -1] * (1 - chance[:, -1])
    return mean


def node_quantiles(ratio: Floats, chance: Floats, chances: Floats) -> Floats:
    """Quantiles of distributions given as nodes, shape (programmes, chances)."""
    last = ratio.shape[1] - 1
    quantiles = np.empty((len(ratio), len(chances)))
    for column, wanted in enumerate(chances.tolist()):
        after = np.clip((chance < wanted).sum(axis=1), 0, last)
        before = np.maximum(after - 1, 0)
        quantiles[:, column] = _between(chance, ratio, before, after, wanted)
    return quantiles


def node_chances(ratio: Floats, chance: Floats, ratios: Floats) -> Floats:
    """The chances of at most these ratios, one per programme, shape (programmes,); a jump counts whole."""
    last = ratio.shape[1] - 1
    after = (ratio <= ratios[:, None]).sum(axis=1)
    inside = _between(ratio, chance, np.maximum(after - 1, 0), np.minimum(after, last), ratios)
    below: Floats = np.where(after == 0, 0.0, np.where(after > last, 1.0, inside))
    return below


def _between(x: Floats, y: Floats, before: Integers, after: Integers, wanted: Floats | float) -> Floats:
    rows = np.arange(len(x))
    start, width = x[rows, before], x[rows, after] - x[rows, before]
    share = np.clip(np.divide(wanted - start, width, out=np.ones(len(x)), where=width > 0), 0, 1)
    values: Floats = y[rows, before] + share * (y[rows, after] - y[rows, before])
    return values


def _widened(nodes: Floats, wide: int) -> Floats:
    return np.hstack([nodes, np.repeat(nodes[:, -1:], wide - nodes.shape[1], axis=1)])
