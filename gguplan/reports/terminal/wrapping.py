"""Lines that are longer than the window break between words, and what is to be copied stays whole."""

from __future__ import annotations

import re
import textwrap
from typing import Final

_WHOLE: Final = re.compile(r" *\d* \| |.*: gguplan \w")
"""The line of a file with the mark under it, and a command to copy."""


def between_words(text: str, width: int) -> str:
    """The text in lines of at most `width` characters, each as far from the margin as the line it comes from."""
    return "\n".join(_in_lines(line, width) for line in text.split("\n"))


def _in_lines(line: str, width: int) -> str:
    if len(line) <= width or _WHOLE.match(line):
        return line
    margin = " " * (len(line) - len(line.lstrip(" •")))
    return textwrap.fill(line, width, subsequent_indent=margin, break_long_words=False, break_on_hyphens=False)
