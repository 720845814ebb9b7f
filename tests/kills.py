"""Commands that write, killed at random moments: what they may leave, for the suite and for ``fuzz/kills.py``."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.hostile import ROOT

COMMANDS: Final = {
    "run, a folder": ("run", "uitnamen-2017", "--out", "uit"),
    "run, a workbook": ("run", "uitnamen-2017", "--out", "uit.xlsx"),
    "sweep": ("sweep", "uitnamen-2017", "--vary", "programmes.luisterend-oor.rate=0.20:0.35:40", "--vary",
              "programmes.dkd.net=100000.00:900000.00:40", "--workers", "1", "--out", "uit.csv"),
    "proposal": ("proposal", "half-fonds-ggu", "--date", "2026-05-20", "--out", "uit.docx"),
}  # fmt: skip


@dataclass
class Undisturbed:
    """What a command writes when nothing happens: its files by name, and how long that takes."""

    command: tuple[str, ...]
    files: dict[str, bytes]
    seconds: float


@dataclass
class Kills:
    """What became of a command that was killed often."""

    kills: int = 0
    nothing: int = 0
    whole: int = 0
    some: int = 0
    """Some of the files and not the others, each of them whole."""
    resumed: int = 0
    """How often blocks of a sweep were kept."""
    moments: list[float] = field(default_factory=list)


def start(command: tuple[str, ...], folder: Path) -> subprocess.Popen[bytes]:
    """Start a command of gguplan in a folder."""
    return subprocess.Popen(
        [sys.executable, "-m", "gguplan", *command],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def finish(command: tuple[str, ...], folder: Path) -> None:
    """Run a command to its end; fail if that is not a good one."""
    process = start(command, folder)
    _out, errors = process.communicate(timeout=300)
    assert process.returncode in (0, 1), errors.decode()


def undisturbed(name: str, folder: Path) -> Undisturbed:
    """What a command writes in an empty folder."""
    folder.mkdir()
    began = time.monotonic()
    finish(COMMANDS[name], folder)
    return Undisturbed(COMMANDS[name], _visible(folder), time.monotonic() - began)


def kill_once(expected: Undisturbed, folder: Path, chance: random.Random, kills: Kills, interval: int = 1) -> None:
    """Kill the command at a random moment, look at what it left, and let it run to its end.

    Fails for a file under its final name that is not whole, for anything left but what a next run takes away or goes
    on with, for a next run that is blocked while nothing is there, and for one that ends otherwise. Where nothing
    was left at all, only each `interval`-th time is followed by a next run.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    process = start(expected.command, folder)
    moment = chance.uniform(0.3, 1.02) * expected.seconds
    time.sleep(moment)
    # Workers of a sweep are in the group of the command.
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    left = {name: content for name, content in _visible(folder).items() if ".unfinished/" not in name}
    for name, content in left.items():
        assert content == expected.files.get(name), f"{name} is there, and is not what it should be"
    kills.kills += 1
    kills.moments.append(moment)
    kills.nothing += not left
    kills.whole += left.keys() == expected.files.keys()
    kills.some += 0 < len(left) < len(expected.files)
    kept = any(file.name.startswith("block-") for file in folder.rglob("*.npz"))
    kills.resumed += kept
    if not left and not kept and kills.kills % interval:
        return  # Nothing is there: a next run is the first once more.
    finish((*expected.command, *(["--force"] if left else [])), folder)
    assert _visible(folder) == expected.files, "the next run ends otherwise"


def _visible(folder: Path) -> dict[str, bytes]:
    """The files under their final names: what stands beside them has a name that begins with a point."""
    files = {file.relative_to(folder): file for file in sorted(folder.rglob("*")) if file.is_file()}
    return {
        str(path): file.read_bytes()
        for path, file in files.items()
        if not any(part.startswith(".") for part in path.parts)
    }
