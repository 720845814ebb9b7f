"""Blocks of variants, worked out here, by processes over the cores, or by the workers of a Dask cluster.

What comes out does not depend on which: a block is the same whoever works it out, and each knows its number.
"""

from __future__ import annotations

import pickle
import signal
from collections.abc import Generator, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError
from contextlib import ExitStack
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from gguplan.inputs.findings import Finding, InputError, Place
from gguplan.language import _
from gguplan.model.sweep.kernel import Kernel, Task
from gguplan.model.sweep.memory import Memory
from gguplan.model.sweep.outcomes import Outcomes
from gguplan.money import Integers

_TRIES: Final = 3
_SECONDS_TO_ANSWER: Final = 5
_SECONDS_IDLE: Final = 20
"""A process that nobody gives work ends by itself: the one that started it may have been killed."""

_WORTH_A_PROCESS: Final = 3_000
"""Variants over a few hundred municipalities, without forecasts, that take about as long as starting a process."""

_kernels: Final[Memory[Kernel]] = Memory(2)

Done = tuple[int, Outcomes]
"""The number of a block, and what came out of it."""


@dataclass(frozen=True)
class Workers:
    """Who works: so many processes (None: as many as there are cores and work for), or the cluster at an address."""

    processes: int | None = None
    cluster: str | None = None


def cost(task: Task) -> float:
    """What one variant costs, in variants over a few hundred municipalities without forecasts: a rough estimate."""
    return max(1.0, len(task.base.population.municipalities) / 2_000) + task.draws / 400


def block_size(task: Task) -> int:
    """How many variants one block has: a second of work or so, whoever does it."""
    return max(1, round(500 / cost(task)))


def blocks_of(task: Task, variants: Integers) -> dict[int, Integers]:
    """The variants in blocks, by number from 0."""
    size = block_size(task)
    return {start // size: variants[start : start + size] for start in range(0, len(variants), size)}


def work_out(task: Task, blocks: Mapping[int, Integers], workers: Workers) -> Generator[Done, None, None]:
    """Every block in whichever order it is done.

    A process that ends before its time loses nothing: its blocks are done again. Raises InputError for a cluster that
    does not answer, or when processes end again and again.
    """
    waiting = dict(blocks)
    packed = pickle.dumps(task)
    processes = _processes(task, waiting, workers)
    if processes == 1 and workers.cluster is None:
        for number, variants in waiting.items():
            yield work_out_block(packed, number, variants.tolist())
        return
    with ExitStack() as stack:
        settings: dict[str, Any] = {
            "backend": "loky",
            "n_jobs": processes,
            "inner_max_num_threads": 1,
            "idle_worker_timeout": _SECONDS_IDLE,
            "initializer": _leave_interruptions_to_the_parent,
        }
        if workers.cluster is not None:
            settings = {"backend": "dask", "client": stack.enter_context(_client(workers.cluster))}
        for _try in range(_TRIES):
            try:
                for number, outcomes in _in_parallel(packed, dict(waiting), settings):
                    del waiting[number]
                    yield number, outcomes
                return
            except _lost():
                continue
    raise InputError(
        [
            Finding(
                Place("--cluster" if workers.cluster else "--workers"),
                _("The processes that work the variants out end before their time, again and again."),
                _("They may need more memory than there is: try fewer, with --workers."),
            )
        ]
    )


def work_out_block(packed: bytes, number: int, variants: Sequence[Sequence[int]]) -> Done:
    """One block, by a kernel that this process keeps for the next; on one thread, so that all machines sum alike."""
    from threadpoolctl import threadpool_limits

    kernel = _kernels.get(sha256(packed).digest(), lambda: Kernel(pickle.loads(packed)))
    with threadpool_limits(1, user_api="blas"):
        return number, kernel.work_out(variants)


def _processes(task: Task, blocks: Mapping[int, Integers], workers: Workers) -> int:
    from joblib import cpu_count

    if workers.processes is not None:
        return max(1, min(workers.processes, len(blocks)))
    work = cost(task) * sum(map(len, blocks.values()))
    return int(max(1, min(cpu_count(), len(blocks), work // _WORTH_A_PROCESS)))


def _in_parallel(packed: bytes, blocks: Mapping[int, Integers], settings: Mapping[str, Any]) -> Iterator[Done]:
    from joblib import Parallel, delayed, parallel_config

    with parallel_config(**settings):
        # As lists: arrays joblib would send to one worker beforehand, and they would be lost with it.
        jobs = (delayed(work_out_block)(packed, number, variants.tolist()) for number, variants in blocks.items())
        yield from Parallel(return_as="generator_unordered", batch_size=1)(jobs)


def _leave_interruptions_to_the_parent() -> None:
    """In a terminal Ctrl-C reaches every process; the parent tells what to do, and ends the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _lost() -> tuple[type[BaseException], ...]:
    """What is raised when a worker is lost."""
    from joblib.externals.loky.process_executor import BrokenProcessPool

    try:
        from distributed import KilledWorker
    except ImportError:
        return (BrokenProcessPool,)
    # What a lost worker was doing Dask gives to another; what was sent to it beforehand is cancelled.
    return (BrokenProcessPool, KilledWorker, CancelledError)


def _client(address: str) -> Any:
    """A connection to the scheduler of a cluster that has workers."""
    place = Place(f"--cluster {''.join(one if one.isprintable() else '�' for one in address[:200])}")
    try:
        import logging

        from distributed import Client
    except ImportError:
        raise InputError(
            [
                Finding(
                    place,
                    _("To work over a cluster gguplan needs Dask, which is not installed."),
                    _("Install it with: pip install 'gguplan[cluster]'"),
                )
            ]
        ) from None
    for name in ("distributed", "distributed.comm", "distributed.client"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    client: Any = None
    connect: Any = Client
    try:
        client = connect(address, timeout=_SECONDS_TO_ANSWER)
        client.wait_for_workers(1, timeout=_SECONDS_TO_ANSWER)
    except (OSError, TimeoutError, ValueError) as problem:
        if client is not None:
            client.close()
            what = _("This cluster has no workers.")
        else:
            what = _("No Dask scheduler answers at this address.")
        raise InputError(
            [Finding(place, what, _("Write the address that the scheduler prints, such as tcp://127.0.0.1:8786."))]
        ) from problem
    return client
