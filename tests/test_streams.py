"""What the program says, and with which number it ends, where a stream is closed, full, or has no reader any more, and
where Ctrl-C is pressed. Each in a process of its own: nothing else has such streams."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from gguplan.commands import loaded
from gguplan.commands.cli import app
from gguplan.commands.options import command
from tests.hostile import ROOT

_ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}


def _shell(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """A line of a shell in which ``gguplan`` is this program."""
    program = f'gguplan() {{ "{sys.executable}" -m gguplan "$@"; }}\n'
    return subprocess.run(
        ["bash", "-c", program + line], cwd=folder, env=_ENVIRONMENT, capture_output=True, text=True, timeout=300
    )


@pytest.mark.parametrize("where", ["/dev/full", "&-"])
def test_a_result_that_cannot_be_shown_is_told_with_the_files_that_are_written(where: str, tmp_path: Path) -> None:
    outcome = _shell(f"gguplan scenario new mine.toml >{where}", tmp_path)
    assert outcome.returncode == 2
    assert outcome.stderr.startswith("standard output\n  The result cannot be shown: ")
    assert "These files are written, and whole: mine.toml" in outcome.stderr
    assert "Traceback" not in outcome.stderr
    assert (tmp_path / "mine.toml").is_file()


@pytest.mark.parametrize("words", ["scenario schema", "--help", "--version", "nonsense --json", "run nonsense --json"])
def test_a_closed_stream_is_no_traceback(words: str, tmp_path: Path) -> None:
    outcome = _shell(f"gguplan {words} >&-", tmp_path)
    assert outcome.returncode == 2
    assert outcome.stderr.endswith("\n1 mistake found.\n") and "Traceback" not in outcome.stderr


@pytest.mark.parametrize("where", ["2>&-", "2>/dev/full", "<&- >&- 2>&-"])
def test_wrong_input_ends_in_2_also_where_nobody_can_read_why(where: str, tmp_path: Path) -> None:
    outcome = _shell(f"gguplan run nonsense {where}", tmp_path)
    assert (outcome.returncode, outcome.stdout, outcome.stderr) == (2, "", "")


@pytest.mark.parametrize(
    "words, number", [("run", 0), ("scenario schema", 0), ("--help", 0), ("run nonsense --json", 2)]
)
def test_a_reader_who_goes_away_changes_no_exit_code(words: str, number: int, tmp_path: Path) -> None:
    """1 means that a check found something; the library of tables would end the process with it."""
    outcome = _shell(f"gguplan {words} | true; exit ${{PIPESTATUS[0]}}", tmp_path)
    assert outcome.returncode == number
    assert "Traceback" not in outcome.stderr


_VARIED = "--vary programmes.luisterend-oor.gross=100000:4000000:1000 --vary programmes.woz.gross=1,2,3,4 --workers 2"


_BEGUN = "import gguplan.__main__ as program; print('begun', flush=True); program.main()"


@pytest.mark.parametrize("words", ["run", f"sweep hulplijn-wordt-duurder {_VARIED}"])
@pytest.mark.parametrize("seconds", [0.05, 0.6, 1.3])
def test_an_interruption_is_one_sentence_at_any_moment(words: str, seconds: float, tmp_path: Path) -> None:
    """As in a terminal: every process of the group hears it, those that load their modules too. It begins when Python
    has begun, which takes as long as the machine is busy, and has nothing of the program yet."""
    process = subprocess.Popen(
        [sys.executable, "-c", _BEGUN, *words.split()],
        cwd=tmp_path,
        env=_ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # What runs in the background, as a suite may, is deaf to Ctrl-C, and its children are too.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert process.stdout is not None and process.stdout.readline() == "begun\n"
    time.sleep(seconds)
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=300)
    assert process.returncode in (0, 130, -signal.SIGINT)
    assert errors == "" or errors.startswith("Interrupted")
    if re.search(r"\b0 of", errors):
        assert "kept" not in errors


def test_an_interruption_while_a_command_is_loaded_is_told_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library of the command line would end with 130 and no word."""

    def interrupted(name: str) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr(loaded, "_loaded", interrupted)
    outcome = CliRunner().invoke(app, ["run"])
    assert (outcome.exit_code, outcome.stdout, outcome.stderr) == (130, "", "Interrupted.\n")


def test_a_stream_that_takes_few_characters_gets_the_same_json_and_the_same_table(tmp_path: Path) -> None:
    words = "gguplan estimate Súdwest-Fryslân --years 2026-2027"
    table = _shell(f"{words} --out - >table.csv; PYTHONIOENCODING=ascii {words} --out - | cmp - table.csv", tmp_path)
    assert (table.returncode, table.stdout) == (0, "")
    as_json = [_shell(f"PYTHONIOENCODING={name} {words} --json", tmp_path).stdout for name in ("ascii", "utf-8")]
    assert as_json[0].isascii() and not as_json[1].isascii()
    assert json.loads(as_json[0]) == json.loads(as_json[1])


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Europe", "$PWD/zone"])
def test_the_zone_of_the_clock_changes_nothing(zone: str, tmp_path: Path) -> None:
    """Europe is a folder of zones, and a file may hold none: the library that writes amounts reads it."""
    (tmp_path / "zone").write_text("no zone\n", encoding="utf-8")
    words = "gguplan estimate Utrecht --years 2026-2028"
    outcome = _shell(f"{words} >usual; TZ={zone} {words} | cmp - usual", tmp_path)
    assert (outcome.returncode, outcome.stdout) == (0, ""), outcome.stderr


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with a name here")
def test_a_pipe_is_no_scenario_and_is_told_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    os.mkfifo("pipe.toml")
    outcome = CliRunner().invoke(app, ["run", "pipe.toml"])
    assert outcome.exit_code == 2
    assert "'pipe.toml' is a pipe or a device, and no file." in outcome.stderr
    assert "standard input, of which the name as a scenario is -." in outcome.stderr
    Path("own.toml").write_text('title = "T"\nextends = "pipe.toml"\n', encoding="utf-8")
    extending = CliRunner().invoke(app, ["run", "own.toml"])
    assert "'pipe.toml' is a pipe or a device, and no file." in extending.stderr
    assert "standard input" not in extending.stderr


_SCENARIO = 'title = "T"\nextends = "uitnamen-2017"\n'


def test_a_scenario_comes_in_on_standard_input() -> None:
    beside = CliRunner().invoke(app, ["run", "-", "--json"], input=_SCENARIO)
    base = CliRunner().invoke(app, ["run", "uitnamen-2017", "--json"])
    assert json.loads(beside.stdout)["municipalities"] == json.loads(base.stdout)["municipalities"]
    assert CliRunner().invoke(app, ["scenario", "check", "-"], input=_SCENARIO).exit_code == 0
    wrong = CliRunner().invoke(app, ["scenario", "check", "-"], input=f"{_SCENARIO}yaer = 2017\n")
    assert wrong.stderr.startswith("standard input:3\n")


def test_a_new_scenario_goes_to_standard_output_and_is_right(tmp_path: Path) -> None:
    outcome = _shell("gguplan scenario new - --extends uitnamen-2017 | gguplan scenario check -", tmp_path)
    assert (outcome.returncode, outcome.stdout, outcome.stderr) == (0, "- is right.\n", "")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "words, file",
    [
        (["estimate", "Utrecht", "--years", "2027-2028"], "years.csv"),
        (["forecast", "--draws", "100"], "forecast.csv"),
        (
            ["compare", "uitnamen-2017", "grote-steden-verlaten-de-hulplijn"],
            "effects-1-grote-steden-verlaten-de-hulplijn.csv",
        ),
    ],
)
def test_the_one_table_of_a_command_goes_to_standard_output(
    words: list[str], file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shown = CliRunner().invoke(app, [*words, "--out", "-"])
    assert shown.exit_code == 0 and list(tmp_path.iterdir()) == []
    CliRunner().invoke(app, [*words, "--out", "out"])
    assert shown.stdout == (tmp_path / "out" / file).read_text(encoding="utf-8")


@pytest.mark.parametrize("words", [["scenario", "schema"], ["explain", "Zwolle"], ["verify", "uit"]])
def test_a_command_without_out_is_told_that_it_has_none(words: list[str]) -> None:
    outcome = CliRunner().invoke(app, [*words, "--out", "-", "--lang", "en"])
    assert outcome.exit_code == 2
    assert outcome.stderr.startswith(f"gguplan {words[0]}") and "There is no option --out." in outcome.stderr


@pytest.mark.parametrize(
    "words, place",
    [
        (["run", "--out", "-"], "--out -"),
        (["run", "--out=-"], "--out -"),
        (["run", "--map", "-"], "--map -"),
        (["page", "uitnamen-2017", "-o", "-"], "-o -"),
        (["forecast", "--ledger", "-"], "--ledger -"),
        (["forecast", "--json", "--out", "-"], "--json --out -"),
        (["compare", *["uitnamen-2017"] * 3, "--out", "-"], "--out -"),
    ],
)
def test_what_no_stream_can_be_is_refused(
    words: list[str], place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    outcome = CliRunner().invoke(app, words)
    assert (outcome.exit_code, outcome.stderr.splitlines()[0]) == (2, place)
    assert list(tmp_path.iterdir()) == []


def test_a_run_fits_in_little_memory(tmp_path: Path) -> None:
    """Threads for matrices, one for each core, would reserve memory, and try for ever to get it."""
    outcome = _shell("ulimit -v 300000; gguplan run uitnamen-2017", tmp_path)
    assert outcome.returncode == 0, outcome.stderr


@pytest.mark.parametrize(
    ("message", "code", "sentence"),
    [
        ("picture.so: failed to map segment from shared object", 2, "This takes more memory than there is."),
        ("No module named 'picture'", 1, ""),
    ],
)
def test_a_library_that_does_not_fit_in_memory_is_told_and_one_that_is_not_there_is_a_fault(
    message: str, code: int, sentence: str
) -> None:
    def loads_a_library() -> None:
        raise ImportError(message)

    program = typer.Typer()
    program.command()(command(loads_a_library))
    outcome = CliRunner().invoke(program, [])
    assert (outcome.exit_code, sentence in outcome.stderr) == (code, True)
