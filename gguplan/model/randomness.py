"""Draws that repeat: one stream for each named uncertainty.

The seed of a stream comes from the seed of the run and its name, so a scenario and its baseline share the draws of
what they have in common, and a new uncertainty changes none of the others.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np

from gguplan.money import Integers


def quantiles_of(drawn: Integers, chances: Sequence[float], axis: int = 0) -> Integers:
    """Quantiles of drawn amounts along an axis, which becomes the first, half a cent up. Of n draws the k-th from 0 is
    the quantile at (k + ½) ÷ n (Hazen), which is where `realisation.draws` takes them."""
    quantiles: Integers = np.floor(np.quantile(drawn, chances, axis=axis, method="hazen") + 0.5).astype(np.int64)
    return quantiles


def quantiles_of_what_is_left(drawn: Integers, chances: Sequence[float], axis: int = 0) -> Integers:
    """Quantiles of balances and of what is left over: to the cent what is left at the quantiles of what is spent."""
    return -quantiles_of(-drawn, [1 - chance for chance in chances], axis)


def mean_of(drawn: Integers, axis: int = 0) -> Integers:
    """Means of drawn amounts along an axis in whole cents; exactly the amount where all draws have the same."""
    first = np.take(drawn, [0], axis=axis)
    rest: Integers = np.rint((drawn - first).mean(axis=axis)).astype(np.int64)
    mean: Integers = np.take(first, 0, axis=axis) + rest
    return mean


def stream(seed: int, name: str) -> np.random.Generator:
    """The random numbers of one named uncertainty in a run with `seed` (from 0)."""
    digest = hashlib.sha256(name.encode()).digest()
    words = np.frombuffer(digest, dtype="<u4").tolist()
    return np.random.default_rng(np.random.SeedSequence([seed, *words]))
