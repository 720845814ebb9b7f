"""Every command that writes, killed 200 times while it writes: ``python -m fuzz.kills`` in the root of the clone.

A command works out what it writes in seconds and writes it in milliseconds. So it is stopped just before it writes for
the first time, and from there every kill is a fork that goes on: half are killed at one of the moments at which a file
is made, renamed or taken away, half after a random time. What is left is looked at each time; now and then the command
is begun anew in a process of its own, and must end as if nothing had happened.
"""

from __future__ import annotations

import argparse
import mmap
import os
import random
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from contextlib import redirect_stderr, redirect_stdout, suppress
from pathlib import Path
from typing import Any, Final

from tests.hostile import ROOT, WRITES, writes

_FUND: Final = (
    'title = "Regio"\nsource = "invented for a test"\nyear = 2020\nreference_date = 2019-01-01\n'
    'members = ["Delft", "GM0637"]\n[programmes.a]\ntitle = "A"\nvat = "none"\nunderspend = "general"\n'
    'gross = "1000000.00"\n[horizon]\nlast = 2022\nopening = "0.00"\n'
)
_GIVEN: Final = {
    "fund.toml": _FUND,
    "wijziging.toml": 'title = "1"\nextends = "fund.toml"\namendment = 1\nsource = "s"\n[programmes.a]\n'
    'gross = "1100000.00"\n',
    "aantallen.csv": "gm_code,name,province,population\n"
    + "".join(f"GM{code:04},N{code},Utrecht,{code}000\n" for code in (1, 2)),
}  # fmt: skip
_VARY: Final = ("--vary", "programmes.a.gross=100000.00:900000.00:40", "--workers", "1")

WRITERS: Final = {
    "run, a folder": ("run", "uitnamen-2017", "--out", "uit"),
    "run, a workbook": ("run", "fund.toml", "--out", "uit.xlsx"),
    "run, a map": ("run", "fund.toml", "--map", "uit.svg"),
    "compare": ("compare", "fund.toml", "wijziging.toml", "--out", "uit"),
    "compare, a workbook": ("compare", "fund.toml", "wijziging.toml", "--out", "uit.xlsx"),
    "estimate": ("estimate", "Delft", "--scenario", "fund.toml", "--years", "2020-2022", "--out", "uit"),
    "forecast": ("forecast", "--out", "uit"),
    "horizon": ("horizon", "fund.toml", "--draws", "500", "--out", "uit"),
    "ledger": ("ledger", "--out", "uit.xlsx"),
    "seek": ("seek", "fund.toml", "--vary", "programmes.a.gross=100000.00:3000000.00", "--until",
             "bill Delft <= 500000", "--out", "uit"),
    "proposal": ("proposal", "fund.toml", "--date", "2026-05-20", "--out", "uit.docx"),
    "council paper": ("proposal", "fund.toml", "--for", "zienswijze", "-m", "Delft", "--date", "2026-05-20", "--out",
                      "uit.md"),
    "page": ("page", "fund.toml", "--out", "uit.html"),
    "sweep": ("sweep", "fund.toml", *_VARY, "--out", "uit.csv"),
    "sweep, Parquet": ("sweep", "fund.toml", *_VARY, "--out", "uit.parquet"),
    "scenario new": ("scenario", "new", "nieuw.toml"),
    "population add": ("population", "add", "aantallen.csv", "--year", "2031", "--source", "invented"),
}  # fmt: skip

Files = dict[str, bytes]


def files_in(folder: Path) -> Files:
    """The files under their final names: what stands beside them has a name that begins with a point."""
    files = {str(file.relative_to(folder)): file for file in sorted(folder.rglob("*")) if file.is_file()}
    return {
        name: file.read_bytes()
        for name, file in files.items()
        if not any(part.startswith(".") for part in Path(name).parts)
    }


def give(folder: Path) -> None:
    """Make a folder, or empty it, and put what the commands read into it."""
    folder.mkdir(exist_ok=True)
    for left in folder.iterdir():
        shutil.rmtree(left) if left.is_dir() else left.unlink()
    for name, text in _GIVEN.items():
        (folder / name).write_text(text, encoding="utf-8")


def finish(command: tuple[str, ...], folder: Path) -> None:
    """Run a command to its end in a process of its own; fail if that is not a good one."""
    outcome = subprocess.run(
        [sys.executable, "-m", "gguplan", *command],
        cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}, capture_output=True,
    )  # fmt: skip
    assert outcome.returncode in (0, 1), outcome.stderr.decode()


class Killer:
    """Stops a command before it writes into `folder` for the first time, and kills its forks from there."""

    def __init__(self, command: tuple[str, ...], folder: Path, expected: Files, kills: int, seed: str) -> None:
        self.command, self.folder, self.expected, self.kills = command, folder, expected, kills
        self.chance = random.Random(seed)
        self.before: Files = {}
        self.left: Counter[str] = Counter()
        self.state = "waits"
        self.last = 0
        self.counted = mmap.mmap(-1, 8)
        sys.addaudithook(self._hear)

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self.state == "kills" or event not in WRITES or (event == "open" and not writes(arguments)):
            return
        paths = [os.path.realpath(os.fsdecode(path)) for path in arguments[:1] if isinstance(path, (str, os.PathLike))]
        if not any(path.startswith(str(self.folder)) for path in paths):
            return
        if self.state == "waits":
            self.state = "kills"
            try:
                if not self._kill_often():
                    self._tell()
                    os._exit(0)
            except BaseException:
                traceback.print_exc(file=sys.__stderr__)
                os._exit(1)
        (count,) = struct.unpack("q", self.counted[:])
        self.counted[:] = struct.pack("q", count + 1)
        if count + 1 == self.last:
            os.kill(os.getpid(), signal.SIGKILL)

    def _kill_often(self) -> bool:
        """In the process that stopped: every fork returns True and goes on; at last this returns False."""
        self.before = files_in(self.folder)
        began = time.monotonic()
        child = self._fork(last=0)
        if not child:
            return True
        os.waitpid(child, 0)
        takes, (events,) = time.monotonic() - began, struct.unpack("q", self.counted[:])
        assert files_in(self.folder) == self.expected, "a fork that is not killed ends otherwise"
        for number in range(self.kills):
            give(self.folder)
            by_event = number % 2 == 0
            child = self._fork(last=self.chance.randrange(1, events + 1) if by_event else 0)
            if not child:
                return True
            if not by_event:
                time.sleep(self.chance.uniform(0, 1.1) * takes)
                os.killpg(child, signal.SIGKILL)
            os.waitpid(child, 0)
            self._look(again=number % 100 < 2)
        return False

    def _fork(self, last: int) -> int:
        self.counted[:] = struct.pack("q", 0)
        child = os.fork()
        if child:
            # The child does the same: who comes second has nothing to do.
            with suppress(OSError):
                os.setpgid(child, child)
        else:
            os.setpgid(0, 0)
            self.state, self.last = "counts", last
        return child

    def _look(self, again: bool) -> None:
        left = files_in(self.folder)
        for name, content in left.items():
            assert ".unfinished" in name or content in (self.before.get(name), self.expected.get(name)), name
        gone = self.before.keys() - left.keys()
        assert not gone, gone
        new = {name for name, content in left.items() if content != self.before.get(name)}
        all_new = {name for name, content in self.expected.items() if content != self.before.get(name)}
        self.left["nothing" if not new & all_new else "everything" if new >= all_new else "some"] += 1
        if again:
            finish((*self.command, *(["--force"] if new & all_new else [])), self.folder)
            assert files_in(self.folder) == self.expected, "the next run ends otherwise"
            self.left["begun anew"] += 1

    def _tell(self) -> None:
        kinds = ("nothing", "everything", "some", "begun anew")
        os.write(1, ("".join(f"{self.left[kind]:>12}" for kind in kinds) + "\n").encode())


def kill(name: str, kills: int, seed: int) -> None:
    """Kill one command often, in a process of its own that has loaded nothing of it before."""
    command = WRITERS[name]
    with tempfile.TemporaryDirectory() as root:
        folder = Path(os.path.realpath(root)) / "folder"
        give(folder)
        finish(command, folder)
        expected = files_in(folder)
        give(folder)
        os.chdir(folder)
        killer = Killer(command, folder, expected, kills, f"{seed} {name}")
        from gguplan.commands.cli import app

        with Path(os.devnull).open("w") as sink, redirect_stdout(sink), redirect_stderr(sink):
            try:
                app(list(command), standalone_mode=False)
            finally:
                # A fork that went on ends here too.
                os._exit(0 if killer.state == "counts" else 2)


def main() -> None:
    """Kill each command and print a table of what it left; ends at the first that is not as it should be."""
    options = argparse.ArgumentParser(description="Commands that write, killed while they do.")
    options.add_argument("--kills", type=int, default=200)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--command", action="append", choices=list(WRITERS))
    arguments = options.parse_args()
    os.environ["OMP_NUM_THREADS"] = "1"
    print(f"{'command':<22}{'kills':>6}{'nothing':>12}{'everything':>12}{'some':>12}{'begun anew':>12}", flush=True)
    for name in arguments.command or WRITERS:
        print(f"{name:<22}{arguments.kills:>6}", end="", flush=True)
        child = os.fork()
        if not child:
            kill(name, arguments.kills, arguments.seed)
        _pid, status = os.waitpid(child, 0)
        if status:
            raise SystemExit(f"{name}: ended with {status}")


if __name__ == "__main__":
    main()
