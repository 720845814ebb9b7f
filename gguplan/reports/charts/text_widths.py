"""How wide text is in a picture: in Arial, and in Liberation Sans, which is as wide letter for letter."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

_FIRST: Final = ord(" ")

_REGULAR: Final = (
    "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 278 "
    "584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 "
    "667 667 611 278 278 278 469 556 333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 "
    "278 556 500 722 500 500 500 334 260 334 584"
)
_BOLD: Final = (
    "278 333 474 556 556 889 722 238 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 333 333 "
    "584 584 584 611 975 722 722 722 722 667 611 778 722 278 556 722 611 833 722 778 667 778 722 667 611 722 667 944 "
    "667 667 611 333 278 333 584 556 333 556 611 556 611 556 333 611 611 278 278 556 278 889 611 611 611 611 389 556 "
    "333 611 556 778 556 556 500 389 280 389 584"
)
"""Thousandths of the size of the letters, from the space to the tilde, as both fonts have them."""

_OTHERS: Final = {"€": 556, "\N{MINUS SIGN}": 584, "–": 556, "…": 1000, "·": 278, "±": 549}
_UNKNOWN: Final = 1000
"""Of a sign that is not known here: as wide as the letters are high, so that nothing lies over it."""


def text_width(text: str, size: float = 11, bold: bool = False) -> float:
    """How wide text is in units, in letters of this size; of an unknown sign at most."""
    return sum(_width(sign, bold) for sign in text) * size / 1000


@lru_cache(maxsize=4096)
def _width(sign: str, bold: bool) -> int:
    plain = unicodedata.normalize("NFKD", sign)[0] if sign not in _OTHERS else sign
    place = ord(plain) - _FIRST
    widths = _widths(bold)
    return widths[place] if 0 <= place < len(widths) else _OTHERS.get(plain, _UNKNOWN)


@lru_cache(maxsize=2)
def _widths(bold: bool) -> tuple[int, ...]:
    return tuple(map(int, (_BOLD if bold else _REGULAR).split()))
