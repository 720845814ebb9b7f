"""Take times that can be compared: the candidates in turn, several rounds, median and minimum."""

from __future__ import annotations

import os
import platform
import resource
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from rich import box
from rich.console import Console
from rich.table import Table


@dataclass(frozen=True)
class Candidate:
    """Something to time. `scale` times its seconds is what the whole task would take it."""

    name: str
    task: Callable[[], object]
    scale: float = 1.0


@dataclass(frozen=True)
class Timing:
    """Seconds for the whole task, one figure a round."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """Seconds in the middle round."""
        return statistics.median(self.seconds)

    @property
    def minimum(self) -> float:
        """Seconds in the best round: what the machine's other work disturbed least."""
        return min(self.seconds)


def of_the_processor() -> float:
    """Seconds that the processor has worked for this process and those that it started and that ended: what other work
    takes of the clock is not in it."""
    used = (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def interleave(
    candidates: Sequence[Candidate], rounds: int, clock: Callable[[], float] = time.perf_counter
) -> dict[str, Timing]:
    """Time every candidate once a round, after one round that does not count.

    Each round starts one candidate later, so that none always runs after the same one, and whatever
    else the machine does falls on all of them alike.
    """
    seconds: dict[str, list[float]] = {candidate.name: [] for candidate in candidates}
    for candidate in candidates:
        candidate.task()
    for turn in range(rounds):
        start = turn % len(candidates)
        for candidate in (*candidates[start:], *candidates[:start]):
            began = clock()
            candidate.task()
            seconds[candidate.name].append((clock() - began) * candidate.scale)
    return {name: Timing(tuple(taken)) for name, taken in seconds.items()}


def ratio(timing: Timing, peer: Timing) -> tuple[float, float]:
    """How many times as long as its peer: by the medians, and by the minima."""
    return timing.median / peer.median, timing.minimum / peer.minimum


def conditions(packages: Iterable[str]) -> str:
    """The versions and the number of cores that a measurement holds for."""
    parts = [f"Python {platform.python_version()}"]
    for package in packages:
        try:
            parts.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            parts.append(f"{package} absent")
    return ", ".join([*parts, f"{os.cpu_count()} cores"])


def show(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table: the first column is words, the others are figures."""
    table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD)
    for position, column in enumerate(columns):
        table.add_column(column, justify="right" if position else "left", no_wrap=not position, overflow="fold")
    for row in rows:
        table.add_row(*row)
    console().print(table)


def console() -> Console:
    """The terminal; in a pipe as wide as the tables are."""
    wide = Console()
    return wide if wide.is_terminal else Console(width=130)
