"""Every mistake that a person can make, in a folder of `errors`: the broken files, the command that runs on
them, and the message that it must give, in each language that has an ``expected.<language>.txt``."""

from __future__ import annotations

import json
import shlex
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest
from typer.testing import CliRunner, Result

from gguplan.commands.cli import app
from gguplan.inputs.toml_document import LARGEST_FILE

_ERRORS: Final = Path(__file__).parent / "errors"
_BESIDE_THE_INPUT: Final = ("command", "expected.*.txt")


@dataclass(frozen=True)
class Case:
    """One broken input, and what gguplan must say of it in one language; in English also to a machine."""

    folder: Path
    language: str

    @property
    def for_machines(self) -> bool:
        return self.language == "en"

    @property
    def expected(self) -> str:
        return (self.folder / f"expected.{self.language}.txt").read_text(encoding="utf-8")

    @property
    def command(self) -> list[str]:
        program, *arguments = shlex.split((self.folder / "command").read_text(encoding="utf-8"))
        assert program == "gguplan"
        return [*arguments, "--lang", self.language, *(["--json"] if self.for_machines else [])]

    def __str__(self) -> str:
        return f"{self.folder.name}.{self.language}"


def _every_case() -> list[Case]:
    return [Case(file.parent, file.name.split(".")[1]) for file in sorted(_ERRORS.glob("*/expected.*.txt"))]


@pytest.fixture
def working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "folder"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def gguplan(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)


def _contents(folder: Path) -> dict[Path, bytes | None]:
    return {path: path.read_bytes() if path.is_file() else None for path in folder.rglob("*")}


@pytest.mark.parametrize("case", _every_case(), ids=str)
def test_mistake_is_told_with_its_place_and_what_to_do_and_nothing_is_written(case: Case, working_folder: Path) -> None:
    ignored = shutil.ignore_patterns(*_BESIDE_THE_INPUT)
    shutil.copytree(case.folder, working_folder, ignore=ignored, dirs_exist_ok=True)
    before = _contents(working_folder)

    outcome = gguplan(*case.command)
    assert (outcome.exit_code, outcome.stderr) == (2, case.expected)
    if case.for_machines:
        findings = json.loads(outcome.stdout)["findings"]
        assert len(findings) == case.expected.count("\n\n")
        assert all(finding["what"] and finding["remedy"] for finding in findings)
    else:
        assert outcome.stdout == ""

    assert _contents(working_folder) == before


def test_every_folder_of_errors_has_a_command_and_an_english_message() -> None:
    folders = [folder for folder in _ERRORS.iterdir() if folder.is_dir()]
    assert folders
    for folder in folders:
        assert (folder / "command").is_file(), folder.name
        assert (folder / "expected.en.txt").is_file(), folder.name


def test_no_message_names_a_path_of_the_machine_or_shows_the_inside_of_the_program() -> None:
    for case in _every_case():
        for inside in (str(Path.cwd()), str(Path.home()), "/tmp", "Traceback", "pydantic", "Errno", "None"):
            assert inside not in case.expected, (case.folder.name, inside)


def test_no_line_of_a_message_is_endless() -> None:
    for case in _every_case():
        assert max(map(len, case.expected.splitlines())) <= 500, case.folder.name


def test_file_of_more_than_a_megabyte_is_not_read(working_folder: Path) -> None:
    (working_folder / "broken.toml").write_text("# " + "x" * LARGEST_FILE, encoding="utf-8")
    outcome = gguplan("run", "broken.toml", "--lang", "en")
    assert outcome.exit_code == 2
    assert outcome.stderr == (
        "broken.toml\n"
        "  This file is larger than a megabyte.\n"
        "  A scenario is a short text: check that this is the right file.\n"
        "\n"
        "1 mistake found.\n"
    )
