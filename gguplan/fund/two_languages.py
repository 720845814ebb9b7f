"""A text that is kept in both languages."""

from __future__ import annotations

from msgspec import Struct


class TwoLanguages(Struct, frozen=True):
    """A text that a data file holds in English and in Dutch."""

    english: str
    dutch: str
