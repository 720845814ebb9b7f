"""The first of many names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from gguplan.language import _

_MOST: Final = 12


def shortlist(names: Sequence[str]) -> str:
    """The first of many names, and how many more there are."""
    if len(names) <= _MOST:
        return ", ".join(names)
    first = names[: _MOST - 2]
    return _("{names} and {count} more", names=", ".join(first), count=len(names) - len(first))
