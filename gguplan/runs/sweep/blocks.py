"""Blocks of variants: a second of work or so, the same whoever works it out."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from hashlib import sha256
from typing import Final

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


def blocks_of(task: Task, variants: Integers) -> dict[int, Integers]:
    """The variants in blocks, by number from 0."""
    size = block_size(task)
    return {start // size: variants[start : start + size] for start in range(0, len(variants), size)}


def work_out_block(packed: bytes, number: int, variants: Sequence[Sequence[int]]) -> Done:
    """One block, on one thread, so that all machines sum alike; this process keeps what it worked out for the next."""
    from threadpoolctl import threadpool_limits

    working = _kept.get(sha256(packed).digest(), lambda: Variants(pickle.loads(packed)))
    with threadpool_limits(1, user_api="blas"):
        return number, working.work_out(variants)
