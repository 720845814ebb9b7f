"""The library that draws: only begun where it can be."""

from __future__ import annotations

import os
from contextlib import ExitStack
from functools import cache
from types import ModuleType
from typing import Final

from gguplan.findings import Finding, InputError, Place
from gguplan.language import _

_FILES_OF_THE_RENDERER: Final = 24
"""Files that it has open at once, with room to spare: it ends in a panic with fewer than fifteen."""


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
