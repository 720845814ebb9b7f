"""Which variants a sweep has: every combination of a grid, a Latin hypercube, or a Sobol sequence."""

from __future__ import annotations

import numpy as np

from gguplan.fund.sweep_plan import Factor, SweepPlan
from gguplan.model.randomness import stream
from gguplan.model.realisation.history_arrays import Floats
from gguplan.money import Integers


def variants(plan: SweepPlan, seed: int) -> Integers:
    """The values of every factor in every variant, in the units of the factor; shape (variants, factors).

    A grid counts as an odometer does: the last factor changes fastest. A Latin hypercube (McKay, Beckman and Conover
    1979) draws each factor from a stream of its own name, so a factor more changes none of the others; a Sobol
    sequence (scrambled: Owen 1998) is drawn for all factors together.
    """
    if plan.sample == "grid":
        levels = np.indices([factor.levels for factor in plan.factors]).reshape(len(plan.factors), -1)
        tables = [np.array([factor.at_level(level) for level in range(factor.levels)]) for factor in plan.factors]
        return np.stack([table[place] for table, place in zip(tables, levels, strict=True)], axis=1).astype(np.int64)
    from scipy.stats import qmc

    if plan.sample == "sobol":
        engine = qmc.Sobol(len(plan.factors), seed=stream(seed, "Sobol sequence of the sweep"))
        shares = engine.random(plan.size)
    else:
        columns = [
            qmc.LatinHypercube(1, seed=stream(seed, f"Latin hypercube over {factor.name}")).random(plan.size)
            for factor in plan.factors
        ]
        shares = np.hstack(columns)
    return np.stack([at_shares(factor, share) for factor, share in zip(plan.factors, shares.T, strict=True)], axis=1)


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
