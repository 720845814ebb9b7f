"""Text that is shown: the one rule for what may stand in it, wherever it goes."""

from __future__ import annotations

import unicodedata
from typing import Final

_STEERING: Final = ("Cc", "Cf", "Zl", "Zp")
"""Of Unicode: controls, formats (the order of reading, no width, a soft hyphen), ends of lines and of paragraphs."""


def unseen(character: str) -> bool:
    """Whether a character steers a screen or the order of reading, or has no width, instead of being seen."""
    return character not in "\n\t" and unicodedata.category(character) in _STEERING


def visible(text: str) -> str:
    """A text as it may be shown, as long as it was: with a mark for each character that is not seen."""
    if text.isascii() and text.isprintable():
        return text
    return "".join("\N{REPLACEMENT CHARACTER}" if unseen(character) else character for character in text)


def on_one_line(text: str, longest: int = 200) -> str:
    """The beginning of a text as it may be shown in a sentence."""
    return visible(" ".join(text[:longest].splitlines()))
