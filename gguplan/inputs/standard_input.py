"""A scenario that comes in on standard input."""

from __future__ import annotations

import sys
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

STANDARD_INPUT: Final = Path("-")
"""What stands for it, as a scenario; a file of that name is ``./-``."""


def read_standard_input(most: int) -> bytes:
    """What stands on standard input, `most` bytes of it at most; the same each time that it is asked."""
    return _read(sys.stdin, most)


@lru_cache(maxsize=1)
def _read(stream: Any, most: int) -> bytes:
    content: bytes = stream.buffer.read(most)
    return content
