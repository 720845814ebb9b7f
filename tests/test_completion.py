"""What a shell fills in, and what the help of a command calls its arguments."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from gguplan.commands.cli import app
from gguplan.inputs.completions import (
    municipalities_beginning_with,
    programmes_beginning_with,
    scenarios_beginning_with,
)
from tests.documentation.commands import every_command
from tests.hostile import ROOT


@pytest.mark.parametrize(
    "typed, filled_in",
    [
        ("es", ["estimate"]),
        ("run --m", ["--map", "--municipality"]),
        ("estimate Zwo", ["Zwolle"]),
        ("compare uitnamen-2017 hulplijn-voor", ["hulplijn-voor-dertig-cent"]),
        ("explain Utrecht --scenario fonds-ggu-2020 --programme fon", ["fonds-ggu"]),
        ("ledger --programme Kind", ["kindertelefoon"]),
        ("estimate zwo", ["Zwolle"]),
        ("run Grote-", ["grote-steden-verlaten-de-hulplijn"]),
    ],
)
def test_a_shell_fills_in(typed: str, filled_in: list[str]) -> None:
    assert _filled_in_by_bash(typed.split()) == filled_in


@pytest.mark.parametrize(
    "typed, filled_in",
    [
        ("Den", [r"Den\ Bosch", r"Den\ Haag", r"Den\ Helder"]),
        (r"Den\ Ha", [r"Den\ Haag"]),
        ('"Den Ha', ["Den Haag"]),
        ("s-Her", [r"\'s-Hertogenbosch"]),
        ("'s-Her", ["s-Hertogenbosch"]),
    ],
)
def test_bash_gets_names_as_they_may_stand_on_the_command_line(typed: str, filled_in: list[str]) -> None:
    """It puts there what it gets: a space would end the name, and an apostrophe begin what is never ended."""
    assert _filled_in_by_bash(["run", "-m", typed]) == filled_in


def _filled_in_by_bash(words: list[str]) -> list[str]:
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "COMP_WORDS": "\n".join(["gguplan", *words]),
        "COMP_CWORD": str(len(words)),
        "_GGUPLAN_COMPLETE": "complete_bash",
    }
    program = "import sys; sys.argv = ['gguplan']; from gguplan.__main__ import main; main()"
    outcome = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True)
    assert outcome.stderr == ""
    return sorted(outcome.stdout.splitlines())


def test_scenarios_are_those_that_come_along_and_files_that_are_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "own").mkdir()
    for name in ("hulp.toml", "hulp.csv", "own/mine.toml"):
        (tmp_path / name).write_text("")
    assert "hulp.toml" in scenarios_beginning_with("hul") and "hulp.csv" not in scenarios_beginning_with("hul")
    assert "hulplijn-wordt-duurder" in scenarios_beginning_with("hul")
    assert scenarios_beginning_with("ow") == ["own/"]
    assert scenarios_beginning_with("own/") == ["own/mine.toml"]
    assert scenarios_beginning_with(str(tmp_path / "hu")) == [str(tmp_path / "hulp.toml")]
    assert scenarios_beginning_with("nowhere/") == []


def test_municipalities_have_their_other_names_too() -> None:
    assert "Den Haag" in municipalities_beginning_with("den")


def test_programmes_are_those_of_the_ledger_and_of_the_scenario(tmp_path: Path) -> None:
    file = tmp_path / "s.toml"
    file.write_text("[programmes.kinderboeken]\n")
    assert programmes_beginning_with("kinder") == ["kindertelefoon"]
    assert programmes_beginning_with("kinder", str(file)) == ["kinderboeken", "kindertelefoon"]
    file.write_text("no TOML")
    assert programmes_beginning_with("kinder", str(file)) == ["kindertelefoon"]


def test_completion_loads_nothing_that_a_sum_needs() -> None:
    """So it answers within half a second, also where a machine is slow."""
    program = (
        "import sys, gguplan.commands.cli, gguplan.inputs.completions as names;"
        "names.municipalities_beginning_with('U'), names.programmes_beginning_with('k', 'uitnamen-2017');"
        "sys.exit(bool({'numpy', 'pandas', 'pydantic', 'babel'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", program], env={**os.environ, "PYTHONPATH": str(ROOT)}).returncode == 0


@pytest.mark.parametrize("name", every_command())
def test_help_calls_an_argument_by_what_it_is_and_not_by_a_type_of_python(name: str) -> None:
    outcome = CliRunner().invoke(app, [*name.split(), "-h"])
    assert outcome.exit_code == 0
    assert not re.search(r"<?\b(str|int|float|list\[\w+\]|path|int range|INTEGER|INTEGER RANGE)\b>", outcome.stdout)
    assert not re.search(r"\b(INTEGER|Path)\b", outcome.stdout)
    assert outcome.stdout == CliRunner().invoke(app, [*name.split(), "--help"]).stdout


@pytest.mark.parametrize(
    "words",
    [
        ["--help", "--lang", "nl"], ["--lang=nl", "-h"], ["estimate", "--help", "--lang", "nl"],
        ["scenario", "--lang", "nl", "--help"], ["scenario", "new", "-h", "--lang=nl"],
    ],
)  # fmt: skip
def test_help_is_in_the_language_that_is_typed(words: list[str]) -> None:
    dutch = CliRunner().invoke(app, words)
    assert dutch.exit_code == 0 and dutch.stdout.startswith("Gebruik: ") and "Laat deze uitleg zien" in dutch.stdout
    rest = [word for word in words if "nl" not in word and word != "--lang"]
    english = CliRunner().invoke(app, [*rest[:-1], "--help"]).stdout
    assert english.startswith("Usage: ") and "Show this message and exit." in english


@pytest.mark.parametrize("name", every_command())
def test_help_is_in_the_language_of_the_locale(name: str) -> None:
    dutch = CliRunner().invoke(app, [*name.split(), "--help"], env={"LANG": "nl_NL.UTF-8", "LC_ALL": ""}).stdout
    lines = dutch.splitlines()
    assert lines[0].startswith("Gebruik: ") and "Opties:" in lines
    assert not re.search(r"\[(OPTIONS|required|default)|^(Usage|Options|Arguments|Commands):", dutch, re.M)
    assert CliRunner().invoke(app, [*name.split(), "--help"], env={"LANG": "en_GB.UTF-8"}).stdout.startswith("Usage: ")


def test_a_shell_shows_help_in_the_language_of_the_locale() -> None:
    environment = {
        **os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "nl_NL.UTF-8", "_TYPER_COMPLETE_ARGS": "gguplan est",
        "_GGUPLAN_COMPLETE": "complete_zsh",
    }  # fmt: skip
    program = "import sys; sys.argv = ['gguplan']; from gguplan.__main__ import main; main()"
    outcome = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True)
    assert "Laat de rekening van één gemeente zien" in outcome.stdout, outcome.stderr
