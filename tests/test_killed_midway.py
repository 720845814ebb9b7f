"""A command that is killed, or for which the disk is full, leaves whole files or none, and the next goes well.

Two hundred kills of each command are in ``fuzz/``."""

from __future__ import annotations

import errno
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from typer.testing import CliRunner

from gguplan.atomic_files import put_files
from gguplan.commands.cli import app
from gguplan.runs import output_files
from tests.full_disk import files_of_at_most
from tests.hostile import ROOT
from tests.kills import Kills, kill_once, undisturbed


@pytest.mark.parametrize("name", ["run, a folder"])
def test_a_killed_command_leaves_whole_files_or_none(name: str, tmp_path: Path) -> None:
    expected = undisturbed(name, tmp_path / "undisturbed")
    kills, chance = Kills(), random.Random(1)
    for number in range(2):
        kill_once(expected, tmp_path / str(number), chance, kills)
    assert kills.kills == 2


_ENDLESS = """
import sys
from pathlib import Path
from typing import NoReturn
from gguplan.atomic_files import put_files
folder = Path(sys.argv[1])
number = 0
print("ready", flush=True)
while True:
    number += 1
    put_files({folder / f"{number}" / name: b"whole" * 100_000 for name in ("one", "two", "three")})
    put_files({folder / "again": b"%d" % number * 200_000})
"""


def test_a_process_that_only_writes_is_killed_at_any_moment(tmp_path: Path) -> None:
    """Where a command writes for milliseconds of its seconds, this one does nothing else."""
    chance = random.Random(2)
    for number in range(10):
        folder = tmp_path / str(number)
        process = subprocess.Popen(
            [sys.executable, "-c", _ENDLESS, str(folder)],
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        assert process.stdout is not None and process.stdout.readline() == b"ready\n"
        time.sleep(chance.uniform(0.005, 0.06))
        process.kill()
        process.communicate()
        for made in (file for file in folder.iterdir() if file.is_dir() and not file.name.startswith(".")):
            assert {file.name: file.stat().st_size for file in made.iterdir()} == dict.fromkeys(
                ("one", "two", "three"), 500_000
            )
        if (again := folder / "again").is_file():
            text = again.read_bytes()
            assert len(text) % 200_000 == 0 and text == text[: len(text) // 200_000] * 200_000


def test_what_a_killed_run_left_is_taken_away_by_a_later_one(tmp_path: Path) -> None:
    old, new = tmp_path / ".gguplan-old", tmp_path / ".gguplan-new"
    old.mkdir()
    (old / "half").write_bytes(b"x")
    new.write_bytes(b"of a run that is busy")
    an_hour_ago = time.time() - 3_700
    os.utime(old, (an_hour_ago, an_hour_ago))
    put_files({tmp_path / "file": b"1", tmp_path / "folder" / "file": b"2"})
    assert sorted(file.name for file in tmp_path.iterdir()) == [".gguplan-new", "file", "folder"]


# --- no room ---------------------------------------------------------------------------------------------

_WRITES = [
    ("run", "uitnamen-2017", "--out", "ROOM/uit"),
    ("run", "uitnamen-2017", "--out", "ROOM/uit.xlsx"),
    ("forecast", "uitnamen-2017", "--out", "ROOM/uit"),
    ("scenario", "new", "ROOM/a.toml"),
    (
        "population",
        "add",
        str(ROOT / "population_data" / "2024.csv"),
        "--year",
        "2027",
        "--source",
        "x",
        "--to",
        "ROOM/p",
    ),
]


def _refused(command: tuple[str, ...], room: Path) -> None:
    outcome = CliRunner().invoke(app, [*(word.replace("ROOM", str(room)) for word in command), "--lang", "en"])
    assert (outcome.exit_code, type(outcome.exception)) == (2, SystemExit), outcome.exception
    assert "1 mistake found." in outcome.stderr
    assert list(room.iterdir()) == []


@pytest.fixture
def working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("command", _WRITES[:1] + _WRITES[-1:], ids=lambda command: command[0])
def test_a_file_that_may_not_become_so_large_leaves_nothing(command: tuple[str, ...], working_folder: Path) -> None:
    room = working_folder / "room"
    room.mkdir()
    with files_of_at_most(2_000):
        _refused(command, room)


@pytest.mark.parametrize("language, sentence", [("en", "Nothing can be written here"), ("nl", "Hier kan niets worden")])
def test_what_the_system_refuses_of_a_workbook_is_told_in_the_language_of_who_asks(
    language: str, sentence: str, working_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The workbook itself is in Dutch unless another language is typed."""

    def full(*_: object) -> NoReturn:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setenv("LC_ALL", f"{language}.UTF-8")
    monkeypatch.setattr(output_files, "put_files", full)
    outcome = CliRunner().invoke(app, ["run", "uitnamen-2017", "--out", "boek.xlsx"])
    assert outcome.exit_code == 2
    assert sentence in outcome.stderr
    assert list(working_folder.iterdir()) == []


@pytest.fixture
def full_disk(working_folder: Path) -> Iterator[Path]:
    """A file system of 8 kilobytes."""
    room = Path(tempfile.mkdtemp(dir=working_folder))
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8k", "tmpfs", str(room)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("a file system can be mounted by root only")
    yield room
    subprocess.run(["umount", str(room)], check=True)


@pytest.mark.parametrize("command", [_WRITES[0], _WRITES[4]], ids=lambda command: command[0])
def test_a_full_disk_is_a_finding_and_leaves_nothing(command: tuple[str, ...], full_disk: Path) -> None:
    _refused(command, full_disk)
