"""Many names in a line or in a sentence: the first, and how many more there are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from gguplan.language import _, listed_with_and, plural

_MOST: Final = 12
_FEW: Final = 3


def shortlist(names: Sequence[str]) -> str:
    """The first of many names, and how many more there are."""
    if len(names) <= _MOST:
        return ", ".join(names)
    first = names[: _MOST - 2]
    return _("{names} and {count} more", names=", ".join(first), count=len(names) - len(first))


def some_names(names: Sequence[str], most: int = 4) -> str:
    """All names as in a sentence; where they are more than `most` the first, and how many more there are."""
    if len(names) <= most:
        return listed_with_and(names)
    first = names[: most - 1]
    return _("{names} and {count} more", names=", ".join(first), count=len(names) - len(first))


def municipalities_or_count(names: Sequence[str]) -> str:
    """A few municipalities by their names, more of them by how many they are: among equals none stands for the rest."""
    if len(names) <= _FEW:
        return listed_with_and(names)
    return plural("{count} municipality", "{count} municipalities", len(names))
