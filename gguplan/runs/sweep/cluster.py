"""The scheduler of a Dask cluster, and what is raised when a worker is lost."""

from __future__ import annotations

from concurrent.futures import CancelledError
from typing import Any, Final

from gguplan.findings import Finding, InputError, Place
from gguplan.language import _
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


def lost() -> tuple[type[BaseException], ...]:
    """What is raised when a worker is lost."""
    from joblib.externals.loky.process_executor import BrokenProcessPool

    try:
        from distributed import KilledWorker
    except ImportError:
        return (BrokenProcessPool,)
    # What a lost worker was doing Dask gives to another; what was sent to it beforehand is cancelled.
    return (BrokenProcessPool, KilledWorker, CancelledError)
