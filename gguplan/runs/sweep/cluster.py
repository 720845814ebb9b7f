"""The scheduler of a Dask cluster, and what is raised when a worker is lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError
from functools import cache, partial
from typing import Any, Final

from gguplan.findings import Finding, InputError, Place
from gguplan.language import _
from gguplan.runs.fingerprints import data_files, versions
from gguplan.runs.sweep.blocks import Done, work_out_block
from gguplan.visible_text import on_one_line

_SECONDS_TO_ANSWER: Final = 5


def connected(address: str) -> Any:
    """A connection to the scheduler of a cluster that has workers."""
    place = Place(f"--cluster {on_one_line(address)}")
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


_THAT_MATTER: Final = ("Python", "gguplan", "gguplan code", "numpy", "scipy")


def foundations() -> dict[str, str]:
    """What sums rest on here: the versions of the programs, and the hash of every data file."""
    own = versions()
    return {name: own[name] for name in _THAT_MATTER if name in own} | data_files()


class OtherFoundationsError(Exception):
    """A worker that joined the cluster later has other programs or data than the computer that asks."""


@cache
def _foundations_once() -> str:
    return repr(sorted(foundations().items()))


def work_out_there(expected: str, packed: bytes, number: int, variants: Sequence[Sequence[int]]) -> Done:
    """A block on a worker, if its sums rest on what is `expected`; else raises OtherFoundationsError."""
    if _foundations_once() != expected:
        raise OtherFoundationsError
    return work_out_block(packed, number, variants)


def block_for_a_worker() -> Callable[[bytes, int, Sequence[Sequence[int]]], Done]:
    """What a worker is given to do: the block, and what its sums must rest on."""
    return partial(work_out_there, repr(sorted(foundations().items())))


def others_on(client: Any) -> dict[str, dict[str, str]]:
    """By the address of each worker of a cluster what its sums rest on, if that differs from what they rest on here.

    Raises InputError when a worker has no gguplan, or one that cannot say this.
    """
    try:
        by_worker = client.run(foundations)
    except Exception as problem:  # Whatever a worker raises comes through as it is.
        raise other_program(type(problem).__name__) from problem
    here = foundations()
    return {address: rests_on for address, rests_on in by_worker.items() if rests_on != here}


def refuse_others(client: Any, address: str) -> None:
    """Raise InputError when a worker of the cluster at an address has other programs or data than this computer: it
    would work out something else."""
    differing = others_on(client)
    if not differing:
        return
    here = foundations()
    findings = []
    for worker, rests_on in sorted(differing.items()):
        names = sorted(name for name in here.keys() | rests_on.keys() if here.get(name) != rests_on.get(name))
        findings.append(
            Finding(
                Place(f"--cluster {on_one_line(address)}"),
                _("The worker {worker} has other programs or data: {names}.", worker=worker, names=_shortened(names)),
                _("Give it the versions and the data files of this computer, or stop it."),
            )
        )
    raise InputError(findings[:_MOST_WORKERS_TOLD])


_MOST_WORKERS_TOLD: Final = 10
_MOST_NAMES: Final = 5


def _shortened(names: Sequence[str]) -> str:
    return ", ".join([*names[:_MOST_NAMES], *(["…"] if len(names) > _MOST_NAMES else [])])


def other_program(name: str) -> InputError:
    """That a worker cannot do what this computer asks, and what to do."""
    return InputError(
        [
            Finding(
                Place("--cluster"),
                _("A worker of this cluster has no gguplan, or another version ({name}).", name=name),
                _("Install the version of this computer on every worker."),
            )
        ]
    )


def lost() -> tuple[type[BaseException], ...]:
    """What is raised when a worker is lost."""
    from joblib.externals.loky.process_executor import BrokenProcessPool

    try:
        from distributed import KilledWorker
    except ImportError:
        return (BrokenProcessPool,)
    # What a lost worker was doing Dask gives to another; what was sent to it beforehand is cancelled.
    return (BrokenProcessPool, KilledWorker, CancelledError)
