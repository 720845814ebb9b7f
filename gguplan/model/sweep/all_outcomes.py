"""What came out of all variants of a sweep, of which no more is held than what is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from gguplan.model.sweep.outcomes import Outcomes, together
from gguplan.money import Integers


class AllOutcomes:
    """The outcomes of `size` variants in their order, in parts that are fetched anew each time."""

    def __init__(self, columns: tuple[str, ...], size: int, parts: Callable[[], Iterable[Outcomes]]) -> None:
        self.columns = columns
        self._size = size
        self._parts = parts

    def __len__(self) -> int:
        """How many variants there are."""
        return self._size

    def parts(self, size: int | None = None) -> Iterator[Outcomes]:
        """All of them in parts as they are kept, or of `size` variants each but for the last."""
        if size is None:
            yield from self._parts()
            return
        waiting: list[Outcomes] = []
        for part in self._parts():
            waiting.append(part)
            while sum(map(len, waiting)) >= size:
                whole = together(waiting)
                yield whole.part(0, size)
                waiting = [whole.part(size, len(whole))]
        if sum(map(len, waiting)):
            yield together(waiting)

    def column(self, name: str) -> Integers:
        """One column, shape (variants,)."""
        column = np.empty(self._size, dtype=np.int64)
        start = 0
        for part in self._parts():
            column[start : start + len(part)] = part.column(name)
            start += len(part)
        return column

    @cached_property
    def made(self) -> NDArray[np.bool_]:
        """True for the variants whose sum can be made, shape (variants,)."""
        return np.concatenate([part.made for part in self._parts()])

    def problems(self, most: int) -> list[tuple[int, tuple[str, str]]]:
        """The first variants whose sum cannot be made, counted from 1, and why, in English and in Dutch."""
        problems: list[tuple[int, tuple[str, str]]] = []
        first = 1
        if self.made.all():
            return problems
        for part in self._parts():
            problems += [(first + place, part.problems[place]) for place in np.flatnonzero(~part.made).tolist()]
            if len(problems) >= most:
                break
            first += len(part)
        return problems[:most]


def in_memory(parts: Sequence[Outcomes]) -> AllOutcomes:
    """The outcomes of parts that are held, in their order; there is at least one."""
    return AllOutcomes(parts[0].columns, sum(map(len, parts)), lambda: parts)
