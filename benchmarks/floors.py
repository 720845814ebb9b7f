"""The least that an exact division has to do, and the amounts that are divided."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]

YEAR = 2024
CELLS_IN_A_BLOCK = 1 << 17


def floor(totals: Integers, weights: Integers) -> object:
    """The least that an exact division has to do: the same matrix of products, divided with remainder."""
    return np.divmod(totals[:, None] * weights, int(weights.sum()))


def floor_in_blocks(totals: Integers, weights: Integers) -> None:
    """The same in blocks of rows that stay in the cache, as `split` works; keeps nothing."""
    rows = max(1, CELLS_IN_A_BLOCK // len(weights))
    for start in range(0, len(totals), rows):
        floor(totals[start : start + rows], weights)


def random_totals(count: int) -> Integers:
    """Amounts from 100 thousand to 100 million euros, in cents; the same ones at every run."""
    return np.random.default_rng(YEAR).integers(10**7, 10**10, count)
