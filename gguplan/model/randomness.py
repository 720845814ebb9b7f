"""Draws that repeat: one stream for each named uncertainty.

The seed of a stream comes from the seed of the run and its name, so a scenario and its baseline share the draws of
what they have in common, and a new uncertainty changes none of the others.
"""

from __future__ import annotations

import hashlib
from typing import Final

import numpy as np

DRAWS: Final = 20_000
"""How often what will be spent is drawn where nobody says it, by every command: so a run, its workbook, a forecast and
a proposal of one scenario have the same interval."""

SEED: Final = 1
"""The seed where none is asked for."""


def stream(seed: int, name: str) -> np.random.Generator:
    """The random numbers of one named uncertainty in a run with `seed` (from 0)."""
    digest = hashlib.sha256(name.encode()).digest()
    words = np.frombuffer(digest, dtype="<u4").tolist()
    return np.random.default_rng(np.random.SeedSequence([seed, *words]))
