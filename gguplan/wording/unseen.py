"""Characters that may not stand in a text that is shown: they steer a screen, or the order of reading."""

from __future__ import annotations

import unicodedata
from typing import Final

_BIDIRECTIONAL: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def unseen(character: str) -> bool:
    """Whether a character steers a screen or the order of reading, instead of being seen on it."""
    steers = unicodedata.category(character) == "Cc" and character not in "\n\t"
    return steers or character in _BIDIRECTIONAL
