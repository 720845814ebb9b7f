"""How municipalities became others: mergers, divisions, new codes and boundary corrections."""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

ChangeKind = Literal["merge", "split", "rename", "boundary"]
"""Merge: the whole goes into another. Split: a part does, one row for each receiver. Rename: the same
territory under a new code. Boundary: some inhabitants move and both municipalities go on."""


class MunicipalChange(Struct, frozen=True):
    """One municipality, or a part of it, that became (part of) another on `effective_date`.

    `note_nl` is empty where the note is the same in Dutch.
    """

    effective_date: date
    old_code: str
    old_name: str
    new_code: str
    new_name: str
    kind: ChangeKind
    note: str
    note_nl: str = ""

    @property
    def ends_the_old(self) -> bool:
        """Whether the old municipality is no more; only a boundary correction leaves it."""
        return self.kind != "boundary"


class ChangesMissing(ValueError):  # noqa: N818 - reads as a sentence where it is raised
    """The changes do not say what became of the municipalities with these `codes` up to 1 January `year`, or what they
    came from."""

    def __init__(self, year: int, codes: tuple[str, ...]) -> None:
        super().__init__(year, codes)
        self.year, self.codes = year, codes
