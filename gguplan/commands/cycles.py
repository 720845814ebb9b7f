"""How often Python searches for objects that only hold each other.

A search looks at everything that a program has loaded, which is a tenth of the time of a command that loads much and
works little; Python makes a last one when a program ends, with nothing left to make room for. What goes on for long
makes such objects again and again, some with a large array in them.
"""

from __future__ import annotations

import gc
from typing import Final

_SELDOM: Final = 1_000_000
"""New objects between two searches: more than a command makes that works something out once."""

_AS_USUAL: Final = gc.get_threshold()


def search_seldom() -> None:
    """For a command that soon ends."""
    gc.set_threshold(_SELDOM)


def search_as_usual() -> None:
    """For what goes on for long. What is loaded stays, and is not looked at again: Python searches the older objects
    only when a quarter has been added to them, and beside all that is loaded that would take long."""
    gc.freeze()
    gc.set_threshold(*_AS_USUAL)


def search_no_more() -> None:
    """For a program that ends: the system takes all of its memory at once."""
    gc.freeze()
