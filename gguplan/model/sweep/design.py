"""Which variants a sweep has: every combination of a grid, a Latin hypercube, or a Sobol sequence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import prod
from typing import Final

import numpy as np

from gguplan.fund.sweep_plan import Factor, SweepPlan
from gguplan.model.randomness import stream
from gguplan.model.realisation.history_arrays import Floats
from gguplan.money import Integers

_ROWS_AT_ONCE: Final = 50_000


class Grid:
    """Every combination of the levels of the factors, of which only the variants that are asked for are made: an
    odometer, of which the last factor changes fastest."""

    def __init__(self, factors: Sequence[Factor]) -> None:
        self._levels = [factor.levels for factor in factors]
        self._values = [
            np.array([factor.at_level(level) for level in range(factor.levels)], dtype=np.int64) for factor in factors
        ]

    def __len__(self) -> int:
        """How many variants there are."""
        return prod(self._levels)

    def rows(self, start: int = 0, stop: int | None = None) -> Integers:
        """The values of each factor, in its units, in some of the variants; shape (variants, factors)."""
        levels = np.unravel_index(np.arange(*slice(start, stop).indices(len(self))), self._levels)
        return np.stack([values[level] for values, level in zip(self._values, levels, strict=True)], axis=1)


class Drawn:
    """The variants of a designed sample, which are drawn together."""

    def __init__(self, variants: Integers) -> None:
        self._variants = variants

    def __len__(self) -> int:
        """How many variants there are."""
        return len(self._variants)

    def rows(self, start: int = 0, stop: int | None = None) -> Integers:
        """The values of each factor, in its units, in some of the variants; shape (variants, factors)."""
        return self._variants[start:stop]


Design = Grid | Drawn
"""The values of every factor in every variant."""


def in_parts(design: Design) -> Iterator[Integers]:
    """All variants in their order, some at a time."""
    for start in range(0, len(design), _ROWS_AT_ONCE):
        yield design.rows(start, start + _ROWS_AT_ONCE)


def design_of(plan: SweepPlan, seed: int) -> Design:
    """The variants of a plan.

    A Latin hypercube (McKay, Beckman and Conover 1979) draws each factor from a stream of its own name, so a factor
    more changes none of the others; a Sobol sequence (scrambled: Owen 1998) is drawn for all factors together.
    """
    if plan.sample == "grid":
        return Grid(plan.factors)
    from scipy.stats import qmc

    if plan.sample == "sobol":
        engine = qmc.Sobol(len(plan.factors), seed=stream(seed, "Sobol sequence of the sweep"))
        shares = engine.random(plan.size)
    else:
        of_factors = [
            qmc.LatinHypercube(1, seed=stream(seed, f"Latin hypercube over {factor.name}")).random(plan.size)
            for factor in plan.factors
        ]
        shares = np.hstack(of_factors)
    columns = [at_shares(factor, share) for factor, share in zip(plan.factors, shares.T, strict=True)]
    return Drawn(np.stack(columns, axis=1))


def at_shares(factor: Factor, shares: Floats) -> Integers:
    """The values of a factor below which lie these shares (0 to 1) of its distribution, in whole units."""
    if factor.choices:
        return _whole(shares, 0, len(factor.choices) - 1)
    if factor.most_likely is None:
        return _whole(shares, factor.low, factor.high)
    low, high, middle = factor.low, factor.high, factor.most_likely
    width, left = high - low, middle - low
    rising = low + np.sqrt(shares * width * left)
    falling = high - np.sqrt((1 - shares) * width * (high - middle))
    return np.rint(np.where(shares * width < left, rising, falling)).astype(np.int64)


def _whole(shares: Floats, low: int, high: int) -> Integers:
    """Every whole number from `low` to `high` is as likely as another."""
    steps = np.floor(shares * (high - low + 1)).astype(np.int64)
    return np.minimum(low + steps, high)
