"""A command reads each scenario file once, so that all that it says is of one text."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from gguplan.commands.cli import app
from gguplan.inputs.scenario.read_once import read_each_time, read_once
from gguplan.inputs.scenario.reading import read_scenario


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each TOML file is opened."""
    times: Counter[str] = Counter()
    usual = Path.open

    def counted(path: Path, *arguments: Any, **options: Any) -> Any:
        if path.suffix == ".toml":
            times[path.name] += 1
        return usual(path, *arguments, **options)

    monkeypatch.setattr(Path, "open", counted)
    return times


@pytest.mark.parametrize(
    "words",
    [
        ["estimate", "Zwolle"],
        ["estimate", "Zwolle", "--year", "2027", "--rate", "3.45"],
        ["explain", "Zwolle", "--year", "2027", "--total", "61000000"],
        ["explain", "Zwolle", "--years", "2026-2027"],
        ["run", "fonds-ggu-2020", "--year", "2026"],
        ["run", "hulplijn-voor-dertig-cent"],
        ["compare", "uitnamen-2017", "hulplijn-voor-dertig-cent", "grote-steden-verlaten-de-hulplijn"],
        ["scenario", "check", "uitnamen-2017", "hulplijn-voor-dertig-cent"],
    ],
)
def test_each_file_is_read_once(words: list[str], opened: Counter[str]) -> None:
    assert CliRunner().invoke(app, words).exit_code == 0
    assert opened and set(opened.values()) == {1}


def test_a_file_that_changes_meanwhile_is_what_it_was_and_is_read_anew_afterwards(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"

    def write(title: str) -> None:
        file.write_text(f'title = "{title}"\nextends = "uitnamen-2017"\n', encoding="utf-8")

    write("Eerst")
    with read_once():
        assert read_scenario(file).scenario.title == "Eerst"
        write("Later")
        assert read_scenario(file).scenario.title == "Eerst"
        assert read_scenario(file, ["year=2018"]).scenario.title == "Eerst"
        with read_each_time():
            assert read_scenario(file).scenario.title == "Later"
    assert read_scenario(file).scenario.title == "Later"
