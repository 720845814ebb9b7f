"""A text that is kept in both languages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TwoLanguages:
    """A text that a data file holds in English and in Dutch."""

    english: str
    dutch: str
