"""Draws that repeat: one stream for each named uncertainty.

The seed of a stream comes from the seed of the run and its name, so a scenario and its baseline share the draws of
what they have in common, and a new uncertainty changes none of the others.
"""

from __future__ import annotations

import hashlib

import numpy as np


def stream(seed: int, name: str) -> np.random.Generator:
    """The random numbers of one named uncertainty in a run with `seed` (from 0)."""
    digest = hashlib.sha256(name.encode()).digest()
    words = np.frombuffer(digest, dtype="<u4").tolist()
    return np.random.default_rng(np.random.SeedSequence([seed, *words]))
