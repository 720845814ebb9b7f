"""Text that is shown: the one rule for what may stand in it, wherever it goes."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_STEERING: Final = ("Cc", "Cf", "Cs", "Zl", "Zp")
"""Of Unicode: controls, formats (the order of reading, no width, a soft hyphen), bytes that were no text, ends of lines
and of paragraphs."""
_IGNORABLE: Final = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2065\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0000-\U000e0fff]"
)
"""Letters and marks of Unicode that it draws as nothing (Default_Ignorable_Code_Point), and the blank of Braille."""


def unseen(character: str) -> bool:
    """Whether a character steers a screen or the order of reading, or has no width, instead of being seen."""
    if character in "\n\t":
        return False
    return unicodedata.category(character) in _STEERING or _IGNORABLE.match(character) is not None


def has_unseen(text: str) -> bool:
    """Whether a character of a text is `unseen`."""
    return not (text.isascii() and text.isprintable()) and any(map(unseen, set(text)))


def visible(text: str) -> str:
    """A text as it may be shown, as long as it was: with a mark for each character that is not seen."""
    if text.isascii() and text.isprintable():
        return text
    return "".join("\N{REPLACEMENT CHARACTER}" if unseen(character) else character for character in text)


def visible_name(name: str) -> str:
    """The name of a file as it may be shown: it may have ends of lines in it, which would begin a line of their own."""
    return visible(name.replace("\n", "\0").replace("\t", "\0"))


def on_one_line(text: str, longest: int = 200) -> str:
    """The beginning of a text as it may be shown in a sentence."""
    return visible(" ".join(text[:longest].splitlines()))
