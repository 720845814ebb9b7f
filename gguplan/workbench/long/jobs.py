"""The processes that work at long answers: begun, followed, stopped, and ended with the server."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from threading import Lock, Thread
from time import monotonic
from typing import Final

from msgspec import Struct, field

from gguplan.findings import Finding, InputError, Place
from gguplan.language import _, written_in
from gguplan.workbench.long.task import Done, Progress, Refused, Task
from gguplan.workbench.long.work import work

MOST_AT_WORK: Final = 2
"""How many work at the same time; what is asked meanwhile waits for its turn."""
MOST_WAITING: Final = 6
"""How many wait for their turn."""
LEFT_AFTER: Final = 75.0
"""After so many seconds in which no page asks how a job stands, it gives its place to another: a page asks every third
of a second, and where a browser leaves it in the background once a minute."""
_MOST_KEPT: Final = 12
"""How many that have ended are kept, with what came of them."""


class Job(Struct, eq=False):
    """A task that waits, is at work, or what came of it; `outcome` is None until it has ended, `process` while it
    waits, `progress` until it is told."""

    task: Task
    process: BaseProcess | None = None
    progress: Progress | None = None
    outcome: Done | Refused | None = None
    identifier: str = field(default_factory=lambda: secrets.token_urlsafe(12))
    asked_at: float = field(default_factory=monotonic)


class Jobs:
    """All jobs of a server, by identifier."""

    def __init__(self) -> None:
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._lock = Lock()
        self._ended = False

    def begin(self, task: Task) -> Job:
        """Begin a task, or let it wait for its turn. Raises InputError when too many wait already."""
        self._stop_what_was_left()
        with self._lock:
            waiting = [job for job in self._jobs.values() if job.outcome is None and job.process is None]
            if len(waiting) >= MOST_WAITING or self._ended:
                what = _("{count} long answers wait for their turn already.", count=len(waiting))
                raise InputError([Finding(Place(_("long answers")), what, _("Wait for one, or stop one."))])
            job = Job(task)
            self._jobs[job.identifier] = job
            for identifier in [name for name, kept in self._jobs.items() if kept.outcome is not None][:-_MOST_KEPT]:
                del self._jobs[identifier]
        self._go_on()
        return job

    def _stop_what_was_left(self) -> None:
        for job in self.all():
            if job.outcome is None and monotonic() - job.asked_at > LEFT_AFTER:
                self.stop(job.identifier)

    def _go_on(self) -> None:
        """Begin with what waits, first come first, while there is a place."""
        with self._lock:
            under_way = [job for job in self._jobs.values() if job.outcome is None]
            at_work = sum(job.process is not None for job in under_way)
            waiting = (job for job in under_way if job.process is None)
            for job in islice(waiting, MOST_AT_WORK - at_work):
                context = get_context("spawn")
                reader, writer = context.Pipe(duplex=False)
                job.process = context.Process(target=work, args=(job.task, writer), daemon=True)
                job.process.start()
                writer.close()
                Thread(target=self._follow, args=(job, job.process, reader), daemon=True).start()

    def get(self, identifier: str) -> Job | None:
        """The job of an identifier; None where it is gone or never was."""
        job = self._jobs.get(identifier)
        if job is not None:
            job.asked_at = monotonic()
            if job.outcome is None and job.process is None:
                # What nobody waits for any more has a place that this can take.
                self._stop_what_was_left()
        return job

    def all(self) -> list[Job]:
        """Every job that was not stopped."""
        with self._lock:
            return list(self._jobs.values())

    def stop(self, identifier: str) -> None:
        """End a job that is at work; of one that has ended, forget what came of it."""
        with self._lock:
            job = self._jobs.pop(identifier, None)
        if job is not None:
            _end(job)
            self._go_on()

    def end(self) -> None:
        """End all that is at work."""
        with self._lock:
            self._ended = True
            jobs, self._jobs = list(self._jobs.values()), OrderedDict()
        for job in jobs:
            _end(job)

    def _follow(self, job: Job, process: BaseProcess, reader: Connection) -> None:
        while job.outcome is None:
            try:
                message = reader.recv()
            except (EOFError, OSError):
                # A thread begins without the language of who asked.
                with written_in(job.task.language):
                    why = _("It ended before its time: there may be too little memory.")
                job.outcome = job.outcome or Refused((why,))
                break
            if isinstance(message, Progress):
                job.progress = message
            else:
                job.outcome = message
        reader.close()
        self._go_on()
        process.join()


def _end(job: Job) -> None:
    if job.process is not None and job.process.is_alive():
        job.process.kill()
    job.outcome = job.outcome or Refused(())
