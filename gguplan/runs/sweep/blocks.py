"""Blocks of variants: a second of work or so, the same whoever works it out."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Final

from gguplan.model.sweep.design import Design
from gguplan.model.sweep.memory import Memory
from gguplan.model.sweep.outcomes import Outcomes
from gguplan.money import Integers
from gguplan.runs.sweep.variants import Task, Variants

_kept: Final[Memory[Variants]] = Memory(2)

Done = tuple[int, Outcomes]
"""The number of a block, and what came out of it."""


def cost(task: Task) -> float:
    """What one variant costs, in variants over a few hundred municipalities without forecasts: a rough estimate."""
    ahead = 100 if task.followed.ahead or task.followed.cascades else 0
    return max(1.0, len(task.base.population.municipalities) / 2_000) + task.followed.draws / 400 + ahead


def block_size(task: Task) -> int:
    """How many variants one block has: a second of work or so, whoever does it."""
    return max(1, round(500 / cost(task)))


class Blocks(Mapping[int, Integers]):
    """The variants in blocks of a size, by number from 0, each made when it is asked for; all of them, or those with
    some `numbers`."""

    def __init__(self, design: Design, size: int, numbers: Sequence[int] | None = None) -> None:
        self._design = design
        self._size = size
        self._numbers = range(-(-len(design) // size)) if numbers is None else numbers

    def __getitem__(self, number: int) -> Integers:
        return self._design.rows(number * self._size, (number + 1) * self._size)

    def __iter__(self) -> Iterator[int]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)

    def only(self, numbers: Iterable[int]) -> Blocks:
        """The blocks with these numbers."""
        return Blocks(self._design, self._size, tuple(numbers))


def blocks_of(task: Task, design: Design) -> Blocks:
    """The variants in blocks, by number from 0."""
    return Blocks(design, block_size(task))


def in_order(blocks: Iterable[Done]) -> Iterator[Outcomes]:
    """What comes out of all blocks, by number from 0, as they are done in whichever order."""
    early: dict[int, Outcomes] = {}
    awaited = 0
    for number, outcomes in blocks:
        early[number] = outcomes
        while awaited in early:
            yield early.pop(awaited)
            awaited += 1


def work_out_block(packed: bytes, number: int, variants: Sequence[Sequence[int]]) -> Done:
    """One block, on one thread, so that all machines sum alike; this process keeps what it worked out for the next."""
    from threadpoolctl import threadpool_limits

    working = _kept.get(sha256(packed).digest(), lambda: Variants(pickle.loads(packed)))
    with threadpool_limits(1, user_api="blas"):
        return number, working.work_out(variants)
