"""What a screen shows while a command works for longer than a moment."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hostile import ROOT

PROGRAM = (
    "import sys; from gguplan.commands import waiting; waiting._AFTER = waiting._EVERY = 0.01;"
    "sys.argv = ['gguplan', *sys.argv[1:]]; from gguplan.__main__ import main; main()"
)


def on_a_screen(words: list[str], folder: Path) -> tuple[str, str]:
    """What a command writes to standard output, and to a screen as its stderr."""
    screen, stderr = pty.openpty()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "nl_NL.UTF-8"}
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *words], stdout=subprocess.PIPE, stderr=stderr, cwd=folder, env=environment
    )
    os.close(stderr)
    output, _none = process.communicate()
    shown = b""
    try:
        while part := os.read(screen, 10_000):
            shown += part
    except OSError:  # The other end of the screen is closed.
        pass
    os.close(screen)
    return output.decode(), shown.decode()


@pytest.mark.parametrize("words", [["estimate", "Utrecht"], ["estimate", "Nergenshuizen"]])
def test_a_screen_shows_that_work_goes_on_until_there_is_an_answer(words: list[str], tmp_path: Path) -> None:
    output, shown = on_a_screen(words, tmp_path)
    clock, cleared, rest = shown.rpartition("\r\x1b[K")
    assert clock.startswith("\rBezig: 0 s") and cleared and "Bezig" not in rest
    assert "Bezig" not in output and ("Utrecht" in output or "Nergenshuizen" in rest)


def test_a_pipe_shows_nothing(tmp_path: Path) -> None:
    outcome = subprocess.run(
        [sys.executable, "-c", PROGRAM, "estimate", "Utrecht"],
        capture_output=True, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert outcome.stderr == b"" and outcome.stdout
