"""The library that draws: only begun where it can be."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack
from functools import cache
from types import ModuleType
from typing import Final

from gguplan.findings import Finding, InputError, Place
from gguplan.language import _

_FILES_OF_THE_RENDERER: Final = 24
"""Files that it has open at once, with room to spare: it ends in a panic with fewer than fifteen."""


def fail_without_docstrings() -> None:
    """Raise InputError where Python leaves docstrings out: the library of charts makes its functions from them."""
    if sys.flags.optimize > 1:
        what = _("Without docstrings no picture can be drawn.")
        remedy = _("Start Python without -OO, and with PYTHONOPTIMIZE at 1 at most.")
        raise InputError([Finding(Place("PYTHONOPTIMIZE"), what, remedy)])


@cache
def renderer() -> ModuleType:
    """vl-convert. Raises InputError where the system lets this process open too few files for it."""
    try:
        with ExitStack() as opened:
            for _number in range(_FILES_OF_THE_RENDERER):
                opened.callback(os.close, os.open(os.devnull, os.O_RDONLY))
    except OSError as problem:
        what = _("There is no room to draw a picture: {problem}.", problem=problem.strerror)
        remedy = _("Let a process open more files, with ulimit -n 256, or leave the picture out.")
        raise InputError([Finding(Place("ulimit -n"), what, remedy)]) from None
    import vl_convert

    return vl_convert
