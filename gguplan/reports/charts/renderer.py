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


_ADDRESSES_OF_THE_RENDERER: Final = 72 * 2**30
"""Bytes of addresses that it reserves, though it uses few of them: with less the whole process ends."""


@cache
def renderer() -> ModuleType:
    """vl-convert. Raises InputError where the system lets this process open too few files for it, or reserve too few
    addresses."""
    _fail_without_addresses()
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


def _fail_without_addresses() -> None:
    try:
        import resource
    except ImportError:
        # A system that has no such limit.
        return
    limit, _most = resource.getrlimit(resource.RLIMIT_AS)
    if limit != resource.RLIM_INFINITY and limit < _ADDRESSES_OF_THE_RENDERER:
        what = _("There is no room to draw a picture: this process may reserve {size} GB of memory.", size=limit >> 30)
        remedy = _("Let it reserve more, with ulimit -v unlimited, or leave the picture out.")
        raise InputError([Finding(Place("ulimit -v"), what, remedy)])
