"""Every file that a command writes with --out is known to `verify`, which says where it differs once it is changed."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.main import get_command
from typer.testing import CliRunner, Result

from gguplan.commands.cli import app
from gguplan.model.verification import LineDiffers, SavedAnew
from gguplan.reports.terminal.verification import print_verification
from gguplan.runs.differences import difference_of
from gguplan.runs.verification import verify
from tests.documentation.commands import every_command, parameters_of

SCENARIO = """
title = "Voorstel"
year = 2017
reference_date = 2017-01-01
source = "invented for a test"

[programmes.hulplijn]
title = "Hulplijn"
gross = "1000000.00"
vat = "none"
"""

_TABLES = ("uit", "uit.xlsx")
_VARY = ("--vary", "programmes.hulplijn.gross=1000000:1100000:3")
WRITERS: dict[str, tuple[list[str], tuple[str, ...]]] = {
    "run": (["run", "basis.toml"], _TABLES),
    "compare": (["compare", "uitnamen-2017", "hulplijn-voor-dertig-cent"], _TABLES),
    "estimate": (["estimate", "Zwolle", "--scenario", "basis.toml", "--years", "2017-2018"], _TABLES),
    "forecast": (["forecast", "--draws", "100"], _TABLES),
    "horizon": (["horizon", "isd-beheer", "--draws", "100"], _TABLES),
    "ledger": (["ledger", "2017"], _TABLES),
    "seek": (
        ["seek", "basis.toml", "--vary", "programmes.hulplijn.gross=1000000:1100000", "--until", "bill Zwolle >= 7500"],
        _TABLES,
    ),
    "sweep": (["sweep", "basis.toml", *_VARY], (*_TABLES, "uit.csv", "uit.parquet")),
    "page": (["page", "basis.toml"], ("uit", "uit.html")),
    "proposal": (["proposal", "basis.toml"], ("uit.docx", "uit.html", "uit.md")),
}
"""The commands with --out, each with a request and what it can write, but for PDF: its office is not everywhere."""

_NO_RESULT = {
    "--map": "a picture, which the same command draws again",
    "--chart": "a picture, which the same command draws again",
    "--to": "inhabitants, which are data",
    "--new-template": "a template to change",
    "--folder": "where the workbench saves scenarios",
    "scenario new file": "a scenario to change",
}
_READ = {"--ledger", "--running", "--template", "population add file", "verify run"}


def _path_parameters() -> set[str]:
    """The options of all commands that name a file or a folder, and the arguments with their command."""
    return {
        max(parameter.names, key=len) if parameter.is_option else f"{words} {parameter.names[0]}"
        for words, command_there in every_command().items()
        for parameter in parameters_of(command_there)
        if parameter.kind is Path
    }


def test_what_names_a_file_is_read_or_has_a_record_or_is_no_result() -> None:
    """A new option that writes is one of these, or this test says so."""
    assert _path_parameters() == {"--out", *_NO_RESULT, *_READ}


def test_every_command_that_has_out_is_here() -> None:
    program: Any = get_command(app)
    with_out = {
        name for name, made in program.commands.items() if any("--out" in parameter.opts for parameter in made.params)
    }
    assert with_out == set(WRITERS)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "basis.toml").write_text(SCENARIO, encoding="utf-8")
    return tmp_path


def command(*words: str) -> Result:
    return CliRunner().invoke(app, words)


def _another_digit(content: bytes) -> bytes:
    """With another last digit."""
    place = max(content.rfind(digit) for digit in b"0123456789")
    return content[:place] + (b"1" if content[place : place + 1] != b"1" else b"2") + content[place + 1 :]


def _another_cell(content: bytes) -> bytes:
    """A workbook with another number in the last cell that has one, in the first sheet with numbers."""
    sheets: list[str] = []

    def change(name: str, part: bytes) -> bytes:
        numbers = list(re.finditer(rb"<c r=\"\w+\"(?: s=\"\d+\")?><v>(\d+)</v>", part))
        if sheets or not name.startswith("xl/worksheets/sheet") or not numbers:
            return part
        sheets.append(name)
        return part[: numbers[-1].start(1)] + b"123454321" + part[numbers[-1].end(1) :]

    return _repacked(content, change)


def _repacked(content: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as packed, zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as anew:
        for name in packed.namelist():
            anew.writestr(name, change(name, packed.read(name)))
    return made.getvalue()


def _changed(file: Path) -> str:
    """Change a file where its figures are; gives what `verify` calls the difference."""
    content = file.read_bytes()
    match file.suffix:
        case ".xlsx":
            file.write_bytes(_another_cell(content))
            return "cell"
        case ".csv" | ".html" | ".md":
            file.write_bytes(_another_digit(content))
            return "value" if file.suffix == ".csv" else "line"
        case _:
            file.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
            return "byte"


@pytest.mark.parametrize("name, out", [(name, out) for name, (_, outs) in WRITERS.items() for out in outs])
def test_what_a_command_wrote_is_known_and_a_change_is_told_at_its_place(folder: Path, name: str, out: str) -> None:
    words, _ = WRITERS[name]
    written = command(*words, "--out", out)
    assert written.exit_code == 0, written.output
    as_written = command("verify", out)
    assert (as_written.exit_code, as_written.stdout.partition(":")[0]) == (0, "Identical"), as_written.output
    files = [file for file in (folder / out).iterdir() if file.name != "run.json"] if out == "uit" else [folder / out]
    kinds = {file.name: _changed(file) for file in files if re.search(rb"\d", file.read_bytes().partition(b"\n")[2])}
    assert kinds
    again = command("verify", out, "--json")
    assert again.exit_code == 1
    outputs = {output["name"]: output for output in json.loads(again.stdout)["outputs"]}
    assert {name: outputs[name]["difference"]["kind"] for name in kinds} == kinds
    assert all(outputs[name]["on_disk"] == "changed" and outputs[name]["comes_out"] for name in kinds)


def test_a_changed_figure_is_told_with_its_row_and_its_column(folder: Path) -> None:
    command("run", "basis.toml", "--out", "uit")
    file = folder / "uit" / "municipalities.csv"
    text = file.read_text(encoding="utf-8")
    line = next(number for number, row in enumerate(text.splitlines(), start=1) if row.startswith("GM0193,"))
    file.write_text(text.replace("GM0193,Zwolle,", "GM0193,Zwolle!,"), encoding="utf-8")
    sentences = command("verify", "uit", "--lang", "en").stdout
    assert f"  Line {line} (GM0193), column name: “Zwolle!” stands there, “Zwolle” comes out.\n" in sentences
    file.write_text(text + "GM9999,=1+1\n", encoding="utf-8")
    sentences = command("verify", "uit", "--lang", "en").stdout
    assert f"  Line {text.count(chr(10)) + 1}: “GM9999,=1+1” stands there, nothing comes out.\n" in sentences


def test_a_changed_cell_of_a_workbook_is_told_and_one_that_was_only_saved_anew_too(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command("run", "basis.toml", "--lang", "en", "--out", "uit.xlsx")
    file = folder / "uit.xlsx"
    content = file.read_bytes()
    file.write_bytes(_another_cell(content))
    assert re.search(
        r"\n  Sheet [^,]+, cell [A-Z]+\d+: “123454321” stands there, “\d+” comes out\.\n",
        command("verify", "uit.xlsx").stdout,
    )
    file.write_bytes(_repacked(content, lambda _name, part: part))
    verification = verify(file)
    assert [output.difference for output in verification.outputs] == [SavedAnew()]
    print_verification(verification)
    assert "Every cell has the value that comes out: another program saved it." in capsys.readouterr().out


@pytest.mark.parametrize("name", ["uit.xlsx", "uit.docx", "uit.html"])
@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\x00" * 100, b"\xff" * 100])
def test_a_file_that_became_anything_is_told(folder: Path, name: str, content: bytes) -> None:
    words, _ = WRITERS["run" if name == "uit.xlsx" else "proposal" if name == "uit.docx" else "page"]
    command(*words, "--out", name)
    (folder / name).write_bytes(content)
    outcome = command("verify", name, "--json")
    assert outcome.exit_code == 1
    assert json.loads(outcome.stdout)["outputs"][0]["difference"]["kind"] in ("byte", "line")


@given(parts=st.lists(st.binary(max_size=20)), on_disk=st.binary(max_size=60))
def test_the_line_is_that_of_the_first_byte_that_differs_however_it_is_written(
    parts: list[bytes], on_disk: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    made = b"".join(parts)

    def in_parts(file: Any) -> None:
        for part in parts:
            file.write(part)

    file = tmp_path_factory.getbasetemp() / "differs.md"
    file.write_bytes(on_disk)
    difference = difference_of(file, in_parts)
    assert (difference is None) == (made == on_disk)
    if difference is not None:
        assert isinstance(difference, LineDiffers)
        pairs = enumerate(zip(made, on_disk, strict=False))
        same = next((place for place, (a, b) in pairs if a != b), min(len(made), len(on_disk)))
        assert difference.line == made[:same].count(b"\n") + 1
