"""What a screen shows while a command works for longer than a moment: that it does, and for how long.

It goes to stderr, and only where that is a screen. It is gone before anything else is written.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

_AFTER: Final = 2.0
_EVERY: Final = 0.5
_CLEARED: Final = "\r\x1b[K"

_clocks: Final[list[_Clock]] = []


class _Clock(threading.Thread):
    """Writes how many seconds have passed, until it is stopped; `text` has their place."""

    def __init__(self, text: str) -> None:
        super().__init__(daemon=True)
        self._text, self._began = text, time.monotonic()
        self._stopped, self._shown = threading.Event(), False

    def run(self) -> None:
        """Write after a moment, and then time and again."""
        pause = _AFTER
        while not self._stopped.wait(pause):
            pause, seconds = _EVERY, int(time.monotonic() - self._began)
            self._shown = True
            _write(f"\r{self._text.format(seconds=seconds)}")

    def stop(self) -> None:
        """Write no more, and take away what was written."""
        self._stopped.set()
        self.join()
        if self._shown:
            _write(_CLEARED)


def _write(text: str) -> None:
    with suppress(OSError, ValueError):
        sys.stderr.write(text)
        sys.stderr.flush()


@contextmanager
def waiting() -> Iterator[None]:
    """Show on a screen that work goes on, until there is something else to show."""
    if not sys.stderr.isatty() or _clocks:
        yield
        return
    from gguplan.language import _

    clock = _Clock(_("Working: {seconds} s", seconds="{seconds}"))
    _clocks.append(clock)
    clock.start()
    try:
        yield
    finally:
        nothing_more()


def nothing_more() -> None:
    """From here on something else is written."""
    while _clocks:
        _clocks.pop().stop()
