"""What the manual says of a key, in a few words and in full, and of each word that may stand there."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from gguplan.workbench.levers.lever import Option

_ENDS: Final = re.compile(r"[:;,(]|\.(?=\s|$)")

_SHORTEST: Final = 8
"""A beginning with fewer characters says too little."""


@lru_cache(maxsize=2_000)
def in_brief(full: str) -> str:
    """What comes first in it: up to the first sign that parts sentences, without the marks of code; nothing where it
    begins with what a word means."""
    if re.match(r"`[^`]+`(?:[:,]| \()", full):
        return ""
    ends = (end.start() for end in _ENDS.finditer(full) if end.start() >= _SHORTEST)
    return full[: next(ends, len(full))].replace("`", "").strip()


@lru_cache(maxsize=500)
def options_of(words: tuple[str, ...], full: str) -> tuple[Option, ...]:
    """Each word with what the manual says of it: ``word: meaning.`` or ``word (meaning)``."""
    return tuple(Option(word, _meaning(word, full)) for word in words)


def _meaning(word: str, full: str) -> str:
    explained = re.search(rf"`{re.escape(word)}`(?::\s*(?P<after>[^`]+?)[.;]|\s*\((?P<within>[^)]+)\))", full)
    if not explained:
        return ""
    return (explained["after"] or explained["within"] or "").replace("`", "").strip()
