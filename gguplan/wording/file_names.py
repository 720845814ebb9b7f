"""Names of files as they may stand in what is written: without a folder, and without what is not seen."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from gguplan.visible_text import unseen

LONGEST_NAME: Final = 255
"""Bytes of the longest name that file systems take."""

_NOT_IN_A_NAME: Final = "/\\:\n\t"


def plain_name(name: str) -> str:
    """The name, when it names a file in a folder and nothing outside it; else ValueError."""
    if (
        name in ("", ".", "..")
        or too_long(name)
        or any(character in _NOT_IN_A_NAME or unseen(character) for character in name)
    ):
        raise ValueError("not the name of a file")
    return name


def public_name(path: str | Path) -> str:
    """The name of a file without its folder, with a _ for what a record does not take in a name."""
    return (
        "".join("_" if character in _NOT_IN_A_NAME or unseen(character) else character for character in Path(path).name)
        or "_"
    )


def too_long(name: str) -> bool:
    """Whether no file can have a name because of its length."""
    return len(os.fsencode(name)) > LONGEST_NAME
