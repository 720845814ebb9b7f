"""What stays of the name of a municipality, however it is written."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

LONGEST_NAME: Final = 100
"""A longer text is no name, and is not compared with any."""

_APOSTROPHES: Final = str.maketrans(dict.fromkeys("’‘`´ʼʹ′‛＇", "'"))
_HYPHENS: Final = re.compile(r"[\s‐‑‒–—−_,()\[\]/-]+")
_LEADING_APOSTROPHE: Final = re.compile(r"(?<!\w)'(?=\w)")

OtherName = tuple[str, str, int, list[int]]
"""The name; ``also``, ``was``, ``divided`` or ``later``; the year in which it went or came (0 for ``also``); the places
of the municipalities that it leads to."""


def name_key(text: str) -> str:
    """What stays of a name when everything that may differ is taken away: ``sudwest fryslan``.

    CBS's additions "(gemeente)" and the word in front of a name, "gemeente Utrecht", may be there or not.
    """
    return _key(text) if len(text) <= LONGEST_NAME else ""


@lru_cache(maxsize=4096)
def _key(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES))
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter)).casefold()
    plain = _LEADING_APOSTROPHE.sub("", plain.replace(".", ""))
    return _HYPHENS.sub(" ", plain).strip().removeprefix("gemeente ").removesuffix(" gemeente")
