"""Raw mutations of real files, read by everything that reads files of somebody else.

``python -m fuzz.mutations --inputs 100000`` in the root of the clone. What fails is kept in ``fuzz/found/``, with what
it raised; ``--again FILE`` reads one of those again. Each target runs in a process of its own, with limits of time and
memory; an input that ends the process is found too.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import resource
import shutil
import tempfile
import time
import traceback
import zlib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from tests.hostile import Target, Watch, mutation, read_hostile
from tests.hostile_targets import TARGETS

SECONDS: Final = 20.0
MEMORY: Final = 4_000_000_000
_FOUND: Final = Path(__file__).parent / "found"


@dataclass
class Outcome:
    """What became of the inputs of one target; seconds and kilobytes are the worst of one input."""

    target: str
    inputs: int = 0
    right: int = 0
    seconds: float = 0.0
    worst: float = 0.0
    memory: int = 0
    failures: Counter[str] = field(default_factory=Counter)


def drive(name: str, inputs: int, seed: int, report: Any) -> None:
    """Read `inputs` mutations in this process, which gets the limits; sends its outcome now and then."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    target = next(candidate for candidate in TARGETS if candidate.name == name)
    watch, outcome = Watch(), Outcome(name)
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as root:
        last = Path(root) / "last"
        report.send(("started", str(last)))
        for number in range(inputs):
            content = mutation(target, random.Random(f"{seed} {name} {number}"))
            last.write_bytes(content)
            read_input(target, content, Path(root) / "folder", watch, outcome)
            outcome.seconds = time.monotonic() - began
            outcome.memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            report.send(("so far", outcome))
    report.send(("ready", outcome))


def read_input(target: Target, content: bytes, folder: Path, watch: Watch, outcome: Outcome) -> None:
    """Read one input; a failure is counted by what it raised, and the first of a kind is kept."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    began = time.monotonic()
    outcome.inputs += 1
    watch.folder, watch.outside = os.path.realpath(folder), []
    try:
        outcome.right += read_hostile(target, content, folder, SECONDS)
        failure = ""
    except BaseException as problem:
        place = traceback.extract_tb(problem.__traceback__)[-1]
        failure = f"{type(problem).__name__} in {Path(place.filename).name}:{place.name}"
        trace = traceback.format_exc()
    finally:
        watch.folder = None
    outcome.worst = max(outcome.worst, time.monotonic() - began)
    if watch.outside:
        failure, trace = "writes outside its folder", "\n".join(watch.outside)
    if failure:
        outcome.failures[failure] += 1
        if outcome.failures[failure] <= 3:
            keep(target.name, content, f"{failure}\n{trace}")


def keep(target: str, content: bytes, trace: str) -> None:
    """Keep an input and what it did."""
    _FOUND.mkdir(exist_ok=True)
    stem = f"{target}-{zlib.crc32(content):08x}"
    (_FOUND / stem).write_bytes(content)
    (_FOUND / f"{stem}.txt").write_text(trace, encoding="utf-8", errors="backslashreplace")


def run(name: str, inputs: int, seed: int) -> Outcome:
    """Drive one target in a process of its own."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.Process(target=drive, args=(name, inputs, seed, theirs))
    process.start()
    theirs.close()
    outcome, last, ready = Outcome(name), Path(), False
    while not ready:
        if not ours.poll(4 * SECONDS):
            process.kill()
        try:
            kind, message = ours.recv()
        except EOFError:
            break
        if kind == "started":
            last = Path(message)
        else:
            outcome, ready = message, kind == "ready"
    process.join()
    if not ready:
        outcome.failures[f"the process ended with {process.exitcode}"] += 1
        keep(name, last.read_bytes() if last.is_file() else b"", f"the process ended with {process.exitcode}")
        shutil.rmtree(last.parent, ignore_errors=True)
    return outcome


def main() -> None:
    """Share the inputs over the targets and print a table of what became of them."""
    options = argparse.ArgumentParser(description="Raw mutations of everything that is read.")
    options.add_argument("--inputs", type=int, default=2_000, help="How many in all.")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--target", action="append", choices=[target.name for target in TARGETS])
    options.add_argument("--again", type=Path, help="Read this file of fuzz/found once more.")
    arguments = options.parse_args()
    if arguments.again:
        name = next(target.name for target in TARGETS if arguments.again.name.startswith(f"{target.name}-"))
        target = next(candidate for candidate in TARGETS if candidate.name == name)
        with tempfile.TemporaryDirectory() as folder:
            print(
                "works" if read_hostile(target, arguments.again.read_bytes(), Path(folder), SECONDS) else "InputError"
            )
        return
    shares = {
        target.name: target.share for target in TARGETS if not arguments.target or target.name in arguments.target
    }
    print(f"{'target':<14}{'inputs':>9}{'that work':>11}{'seconds':>9}{'worst s':>9}{'peak MB':>9}  failures")
    for name in shares:
        outcome = run(name, arguments.inputs * shares[name] // sum(shares.values()), arguments.seed)
        failures = "; ".join(f"{count} × {what}" for what, count in outcome.failures.most_common()) or "none"
        print(
            f"{name:<14}{outcome.inputs:>9,}{outcome.right:>11,}{outcome.seconds:>9.0f}{outcome.worst:>9.2f}"
            f"{outcome.memory // 1000:>9}  {failures}",
            flush=True,
        )


if __name__ == "__main__":
    main()
