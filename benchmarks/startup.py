"""How long a command takes from a cold start, against an interpreter that only imports what it stands on.

Run it with ``python -m benchmarks.startup``; ``--imports`` also prints which packages the time goes to.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from benchmarks.measure import Candidate, conditions, console, interleave, ratio, show

NOTHING, TYPER, PANDAS = "nothing", "import typer, rich", "import pandas"
PEERS = {NOTHING: "pass", TYPER: TYPER, PANDAS: PANDAS}


@dataclass(frozen=True)
class Command:
    """A command, the peer it is held against, and how many times as long it may take; None: no limit."""

    arguments: tuple[str, ...]
    peer: str
    limit: float | None

    @property
    def name(self) -> str:
        """The command as one types it."""
        return " ".join(("gguplan", *self.arguments))


COMMANDS = (
    Command(("--help",), TYPER, 2.0),
    Command(("estimate", "Utrecht"), PANDAS, 1.5),
    Command(("run", "uitnamen-2017"), PANDAS, None),
    # A fund of some members, which is no slower than that of the country.
    Command(("run", "mrdh-2024"), PANDAS, None),
    Command(("explain", "Utrecht"), PANDAS, None),
)


def program() -> str:
    """The program ``gguplan`` that belongs to this interpreter."""
    command = shutil.which("gguplan", path=str(Path(sys.executable).parent))
    if command is None:
        raise SystemExit("gguplan is not installed beside this interpreter: pip install '.[benchmarks]'")
    return command


def start(arguments: list[str], folder: str) -> None:
    """Run a process to its end in an empty folder; stop when it fails."""
    subprocess.run(arguments, cwd=folder, check=True, stdout=subprocess.DEVNULL)


def compare(rounds: int, folder: str) -> None:
    """Print every command as a multiple of its peer."""
    gguplan = program()
    processes = {name: [sys.executable, "-c", code] for name, code in PEERS.items()}
    processes |= {command.name: [gguplan, *command.arguments] for command in COMMANDS}
    candidates = [Candidate(name, partial(start, words, folder)) for name, words in processes.items()]
    timings = interleave(candidates, rounds)
    rows = []
    for name in PEERS:
        timing = timings[name]
        rows.append([f"python: {name}", f"{timing.median * 1000:.0f}", f"{timing.minimum * 1000:.0f}"])
    for command in COMMANDS:
        timing = timings[command.name]
        by_median, by_minimum = ratio(timing, timings[command.peer])
        verdict = "" if command.limit is None else "within" if by_median <= command.limit else "over"
        rows.append(
            [
                command.name,
                f"{timing.median * 1000:.0f}",
                f"{timing.minimum * 1000:.0f}",
                command.peer,
                f"{by_median:.2f}",
                f"{by_minimum:.2f}",
                "" if command.limit is None else f"{command.limit:.1f}",
                verdict,
            ]
        )
    columns = ["process", "median", "minimum", "peer", "÷ peer, median", "÷ peer, minimum", "limit", ""]
    show(f"Cold processes, milliseconds ({rounds} rounds)", columns, rows)


def show_imports(command: Command, folder: str, most: int = 15) -> None:
    """Print the packages whose modules take longest to import, each module without what it imports itself."""
    words = [sys.executable, "-X", "importtime", program(), *command.arguments]
    report = subprocess.run(words, cwd=folder, check=True, capture_output=True, text=True).stderr
    spent: Counter[str] = Counter()
    modules: Counter[str] = Counter()
    for microseconds, module in re.findall(r"^import time:\s+(\d+) \|\s+\d+ \| +(\S+)$", report, re.M):
        package = module.partition(".")[0]
        spent[package] += int(microseconds)
        modules[package] += 1
    total = sum(spent.values())
    rows = [
        [package, str(modules[package]), f"{taken / 1000:.1f}", f"{taken / total:.0%}"]
        for package, taken in spent.most_common(most)
    ]
    rows.append(["all", str(modules.total()), f"{total / 1000:.1f}", "100%"])
    show(f"Imports of {command.name}", ["package", "modules", "milliseconds", "share"], rows)


def main(
    rounds: Annotated[int, typer.Option(min=1, help="How often each process is started.")] = 21,
    imports: Annotated[bool, typer.Option("--imports", help="Print what the imports cost too.")] = False,
) -> None:
    """Start each command and its peer in turn, and print how many times as long the command takes."""
    console().print(conditions(["numpy", "pandas", "typer", "rich", "pydantic"]) + "\n")
    with tempfile.TemporaryDirectory() as folder:
        compare(rounds, folder)
        if imports:
            for command in COMMANDS:
                show_imports(command, folder)


if __name__ == "__main__":
    typer.run(main)
