"""Blocks of variants worked out here, by processes over the cores, or by the workers of a cluster.

What comes out does not depend on which: a block is the same whoever works it out, and each knows its number.
"""

from __future__ import annotations

import pickle
import signal
import threading
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any, Final

from msgspec import Struct

from gguplan.findings import Finding, InputError, Place
from gguplan.language import _
from gguplan.money import Integers
from gguplan.runs.sweep.blocks import Done, cost, work_out_block
from gguplan.runs.sweep.cluster import (
    OtherFoundationsError,
    block_for_a_worker,
    connected,
    lost,
    other_program,
    refuse_others,
)
from gguplan.runs.sweep.variants import Task

_TRIES: Final = 3
_SECONDS_IDLE: Final = 20
"""A process that nobody gives work ends by itself: the one that started it may have been killed."""

_WORTH_A_PROCESS: Final = 3_000
"""Variants over a few hundred municipalities, without forecasts, that take about as long as starting a process."""


class Workers(Struct, frozen=True):
    """Who works: so many processes (None: as many as there are cores and work for), or the cluster at an address."""

    processes: int | None = None
    cluster: str | None = None


def work_out(task: Task, blocks: Mapping[int, Integers], workers: Workers) -> Generator[Done, None, None]:
    """Every block in whichever order it is done.

    A process that ends before its time loses nothing: its blocks are done again. Raises InputError for a cluster that
    does not answer, or when processes end again and again.
    """
    waiting = dict.fromkeys(blocks)
    packed = pickle.dumps(task)
    processes = _processes(task, blocks, workers)
    if processes == 1 and workers.cluster is None:
        for number in waiting:
            yield work_out_block(packed, number, blocks[number].tolist())
        return
    work: Callable[[bytes, int, list[list[int]]], Done] = work_out_block
    with ExitStack() as stack:
        settings: dict[str, Any] = {
            "backend": "loky",
            "n_jobs": processes,
            "inner_max_num_threads": 1,
            "idle_worker_timeout": _SECONDS_IDLE,
            "initializer": _leave_interruptions_to_the_parent,
        }
        if workers.cluster is not None:
            client = stack.enter_context(connected(workers.cluster))
            refuse_others(client, workers.cluster)
            settings, work = {"backend": "dask", "client": client}, block_for_a_worker()
        for _try in range(_TRIES):
            try:
                for number, outcomes in _in_parallel(work, packed, blocks, tuple(waiting), settings):
                    del waiting[number]
                    yield number, outcomes
                return
            except lost():
                continue
            except OtherFoundationsError as problem:
                raise other_program(_("it joined later")) from problem
    raise InputError(
        [
            Finding(
                Place("--cluster" if workers.cluster else "--workers"),
                _("The processes that work the variants out end before their time, again and again."),
                _("They may need more memory than there is: try fewer, with --workers."),
            )
        ]
    )


def _processes(task: Task, blocks: Mapping[int, Integers], workers: Workers) -> int:
    from joblib import cpu_count

    if workers.processes is not None:
        return max(1, min(workers.processes, len(blocks)))
    work = cost(task) * sum(map(len, blocks.values()))
    return int(max(1, min(cpu_count(), len(blocks), work // _WORTH_A_PROCESS)))


def _in_parallel(
    work: Callable[[bytes, int, list[list[int]]], Done],
    packed: bytes,
    blocks: Mapping[int, Integers],
    numbers: Sequence[int],
    settings: Mapping[str, Any],
) -> Iterator[Done]:
    from joblib import Parallel, delayed, parallel_config

    with parallel_config(**settings):
        # As lists: arrays joblib would send to one worker beforehand, and they would be lost with it.
        jobs = (delayed(work)(packed, number, blocks[number].tolist()) for number in numbers)
        with _not_interrupted():
            outcomes = Parallel(return_as="generator_unordered", batch_size=1)(jobs)
        yield from outcomes


@contextmanager
def _not_interrupted() -> Iterator[None]:
    """Processes that begin here ignore Ctrl-C from their first line on, and the library that starts them is not left
    half-way. Only the main thread can say so."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _leave_interruptions_to_the_parent() -> None:
    """In a terminal Ctrl-C reaches every process; the parent tells what to do, and ends the others. For processes
    that replace one that was lost, or that begin where no signal is inherited (`_not_interrupted`)."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
