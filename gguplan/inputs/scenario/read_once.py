"""Each scenario read once in a command: who asks for it again gets what was read, also where its file changed since."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final, TypeVar

Read = TypeVar("Read")

_read: Final[ContextVar[dict[tuple[str, ...], Any] | None]] = ContextVar("read", default=None)


@contextmanager
def read_once() -> Iterator[None]:
    """What is read in here is read once."""
    before = _read.set({})
    try:
        yield
    finally:
        _read.reset(before)


@contextmanager
def read_each_time() -> Iterator[None]:
    """Every reading in here looks at the file: this goes on for longer than a command."""
    before = _read.set(None)
    try:
        yield
    finally:
        _read.reset(before)


def kept_or_read(key: tuple[str, ...], read: Callable[[], Read]) -> Read:
    """What was read under a key, else what is read now; a mistake is no reading."""
    kept = _read.get()
    if kept is None:
        return read()
    if key not in kept:
        kept[key] = read()
    scenario: Read = kept[key]
    return scenario
