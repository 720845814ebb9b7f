"""Which factor drives an outcome: the share of its variance that each explains by itself, with its error.

The first-order share of a factor is Var(E[outcome | factor]) ÷ Var(outcome) (Sobol 1993). It is estimated from the
variants themselves: they are parted into bins by the factor, of equal numbers, or one a choice, and the variance
between the bins is held beside that within them, as in an analysis of variance.

- Latin hypercube: what chance alone would put between the bins is taken off, so that a factor that does nothing has a
  share around 0, also below it.
- Sobol sequence: its points fill every bin evenly, so chance puts next to nothing there and nothing is taken off.
- Full grid: the bins are the levels, and the share is exact for that grid.

The error is the standard deviation over bootstrap samples of the variants (Efron 1979): that of a random sample. A
Sobol sequence is closer than that; docs/sweep.md has how much. Within a bin the outcome may still rise with the
factor; that takes about 1 ÷ bins² of a straight line away from its share.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from gguplan.inputs.scenario.sweep import Sample
from gguplan.inputs.sweep.factors import Factor
from gguplan.model.randomness import stream
from gguplan.model.realisation.history_arrays import Floats
from gguplan.money import Integers

MOST_BINS: Final = 32
LEAST_IN_A_BIN: Final = 4
BOOTSTRAPS: Final = 400
_CELLS_IN_A_BLOCK: Final = 1 << 22


@dataclass(frozen=True)
class Share:
    """The share of the variance that one factor explains by itself, and its standard error (0 where it is exact)."""

    factor: Factor
    share: float
    error: float


def shares(
    factors: Sequence[Factor], variants: Integers, outcome: Integers, sample: Sample, seed: int = 1
) -> tuple[Share, ...]:
    """The share of each factor, the largest first; empty when the outcome does not vary, or too little is known.

    `variants` has shape (variants, factors) and `outcome` (variants,); both are all of the sample, or of the full grid.
    """
    exact = sample == "grid"
    if (len(outcome) < 2 * LEAST_IN_A_BIN and not exact) or not np.ptp(outcome):
        return ()
    centred = outcome - outcome.mean()
    by_chance = sample == "latin_hypercube"
    found = []
    for column, factor in enumerate(factors):
        bins = bins_of(variants[:, column], few=exact or bool(factor.choices))
        share = float(_shares(bins, centred, np.ones((1, len(outcome))), by_chance)[0])
        error = 0.0 if exact else _error(bins, centred, seed, factor.name)
        found.append(Share(factor, share, error))
    return tuple(sorted(found, key=lambda one: -one.share))


def bins_of(values: Integers, few: bool) -> Integers:
    """The bin of each variant: one for each value where there are `few`, else of equal numbers by rank."""
    if few:
        return np.unique(values, return_inverse=True)[1].astype(np.int64)
    # A power of two, as the intervals that a Sobol sequence fills evenly.
    count = min(MOST_BINS, 1 << ((len(values).bit_length() - 1) // 2))
    rank = np.empty(len(values), dtype=np.int64)
    rank[np.argsort(values, kind="stable")] = np.arange(len(values))
    return rank * count // len(values)


def _shares(bins: Integers, outcome: Floats, weights: Floats, by_chance: bool) -> Floats:
    """The share under every row of `weights` (how often each variant counts), shape (rows,); `by_chance` takes off
    what chance puts between the bins."""
    member = np.zeros((len(outcome), int(bins.max()) + 1))
    member[np.arange(len(outcome)), bins] = 1
    count, total = weights @ member, weights @ (member * outcome[:, None])
    size, whole = count.sum(axis=1), total.sum(axis=1)
    squares = weights @ outcome**2 - whole**2 / size
    between = np.divide(total**2, count, out=np.zeros_like(total), where=count > 0).sum(axis=1) - whole**2 / size
    if by_chance:
        freedom = (count > 0).sum(axis=1) - 1
        within = (squares - between) / np.maximum(size - freedom - 1, 1)
        between = between - freedom * within
    found: Floats = np.divide(between, squares, out=np.zeros_like(between), where=squares > 0)
    return found


def _error(bins: Integers, outcome: Floats, seed: int, name: str) -> float:
    generator = stream(seed, f"bootstrap of the share of {name}")
    size, rows = len(outcome), max(1, _CELLS_IN_A_BLOCK // len(outcome))
    found = []
    for start in range(0, BOOTSTRAPS, rows):
        chosen = generator.integers(0, size, (min(rows, BOOTSTRAPS - start), size))
        weights = np.stack([np.bincount(row, minlength=size) for row in chosen]).astype(np.float64)
        found.append(_shares(bins, outcome, weights, by_chance=True))
    return float(np.concatenate(found).std(ddof=1))
