"""Hostile input: whatever somebody gives to be read, it works or it is a finding with its place and what to do; nothing
hangs, fills the memory, or writes outside its folder. The long runs of the same are in ``fuzz/``."""

from __future__ import annotations

import io
import json
import os
import random
import resource
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import openpyxl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from gguplan.commands.cli import app
from gguplan.findings import MOST_FINDINGS, InputError
from gguplan.inputs.scenario.reading import read_scenario
from gguplan.inputs.scenario.schema import Scenario
from gguplan.inputs.scenario.schema_walk import tables
from gguplan.inputs.scenario.settings import MOST_SETTINGS
from gguplan.inputs.tables.reading import read_table
from gguplan.runs.results import result_of
from tests.hostile import ROOT, Target, Watch, check_findings, mutation, read_hostile, within
from tests.hostile_targets import TARGETS

_SECONDS = 20.0
_MEMORY = 4_000_000_000
_INPUTS = 6
_WATCH = Watch()
_HEAD = 'title = "A"\nyear = 2017\nreference_date = 2017-01-01\nsource = "s"\n'


def gguplan(*arguments: str) -> Result:
    return CliRunner().invoke(app, [*arguments, "--lang", "en"])


def _what(error: InputError) -> str:
    check_findings(error)
    return error.findings[-1].what


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _programmes(count: int) -> str:
    return "".join(f'[programmes.p{n}]\ntitle = "A"\ngross = "1000.00"\nvat = "none"\n' for n in range(count))


# --- raw mutations -----------------------------------------------------------------------------------


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_mutated_files_work_or_are_findings(target: Target, folder: Path) -> None:
    chance = random.Random(f"suite {target.name}")
    for number in range(_INPUTS * (4 if target.share > 10 else 1)):
        content = mutation(target, chance)
        empty = folder / str(number)
        empty.mkdir()
        _WATCH.folder, _WATCH.outside = os.path.realpath(empty), []
        try:
            read_hostile(target, content, empty, _SECONDS)
        finally:
            _WATCH.folder = None
        assert _WATCH.outside == []


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_what_the_mutations_start_from_is_read(target: Target, folder: Path) -> None:
    """Without this a target that refuses everything would seem to withstand everything."""
    empty = folder / "right"
    empty.mkdir()
    assert read_hostile(target, target.seeds()[0], empty, _SECONDS)


@pytest.mark.parametrize(
    "target", [target for target in TARGETS if target.name.startswith("own-")], ids=lambda target: target.name
)
@pytest.mark.parametrize(
    "cell", [b'"' + b"x" * 200_000 + b'"', b'"' + b"x\n" * 200_000, b"\0"], ids=["long", "open", "0"]
)
def test_a_cell_without_end_in_data_of_ones_own_is_a_finding(target: Target, cell: bytes, folder: Path) -> None:
    header = target.seeds()[0].splitlines()[0]
    right = read_hostile(target, header + b"\n" + cell + b"\n", folder, _SECONDS)
    assert not right


# --- structured: TOML that is TOML, and no scenario ----------------------------------------------------

_ODD_TEXTS = st.sampled_from(
    ["", "\x00", "\x1b[2J", "\u202eabc", "a\u2066b", "=1+1", "@x", "../../etc/passwd", "/dev/zero", "~", "x" * 3000,
     "é" * 500, "İ", "nan", "-0.00", "1e9", "9" * 30, "0.25", "1000.00", "21%", "none", "refund", "Utrecht", "GM0344",
     "uitnamen-2017", "all", "<script>", "{name}", "%s"]
)  # fmt: skip
_values = st.one_of(
    st.booleans(), st.integers(-(2**70), 2**70), st.floats(), st.dates(), st.times(), st.datetimes(), _ODD_TEXTS,
    st.text(max_size=8), st.sampled_from([[], {}, [[]], [{}], ["Utrecht"], [["Utrecht"]], {"key": "stepped"}]),
)  # fmt: skip
_deep = st.recursive(
    _values,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_ODD_TEXTS | st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
_tables = st.sampled_from(sorted(tables())).flatmap(
    lambda group: st.tuples(
        st.just(group),
        st.dictionaries(
            st.sampled_from(["a", "b", "G4"]) | _ODD_TEXTS,
            st.dictionaries(st.sampled_from(sorted(tables()[group].model_fields)), _deep, max_size=5) | _deep,
            max_size=3,
        ),
    )
)
_scenarios = st.tuples(
    st.dictionaries(st.sampled_from(sorted(set(Scenario.model_fields) - set(tables()))), _deep, max_size=3),
    st.lists(_tables, max_size=3),
)


def _toml(value: Any) -> str:
    """A value as TOML writes it on one line."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(key)} = {_toml(item)}" for key, item in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    if isinstance(value, (bool, str)):
        return json.dumps(value).replace("\x7f", "\\u007f")
    if isinstance(value, float):
        return repr(value)
    return str(value) if isinstance(value, int) else value.isoformat()


@settings(max_examples=60, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(_scenarios)
@example(({"sweep": {"vary": {"a.b": [1]}}}, []))
@example(({}, [("cascades", {"a": {"limits": {"\u202e": "0.25"}, "source": "s"}})]))
def test_odd_values_under_every_key_work_or_are_findings(
    tmp_path_factory: pytest.TempPathFactory, stated: tuple[dict[str, Any], list[tuple[str, Any]]]
) -> None:
    top, tables = stated
    data = {"title": "A", "year": 2017, "reference_date": None, "source": "s", **top, **dict(tables)}
    lines = [f"{json.dumps(key)} = {_toml(value)}" for key, value in data.items() if value is not None]
    lines += [] if "reference_date" in top else ["reference_date = 2017-01-01"]
    if "programmes" not in data:
        lines.append(_programmes(1))
    file = tmp_path_factory.getbasetemp() / "odd.toml"
    file.write_text("\n".join(lines), encoding="utf-8", errors="replace")
    try:
        with within(_SECONDS):
            result_of(read_scenario(file)).tables  # noqa: B018 - they are made when asked for
    except InputError as error:
        check_findings(error)


# --- shapes that once took for ever --------------------------------------------------------------------

_LONG = {
    "a key of many parts": ".".join("a" * 400_000) + " = 1\n",
    "a header of many parts": "[" + ".".join("a" * 400_000) + "]\n",
    "a key of many parts behind a text": 'x = ["""a"""", {' + ".".join("k" * 400_000) + ' = 1}, "y"]\n',
    "a list on one line": "a = [" + "1," * 100_000 + "]\n",
    "a long number": "a = 1." + "1" * 900_000 + "\n",
    "many quotes": '"' * 900_000,
    "nested lists": "a = " + "[" * 400_000,
    "very many unknown keys": "".join(f"k{n} = 1\n" for n in range(20_000)),
    "one name ten thousand times": "without = [" + '"q",' * 10_000 + "]\n" + _HEAD + _programmes(1),
}


@pytest.mark.parametrize("shape", _LONG)
def test_long_shapes_are_refused_in_no_time(shape: str, folder: Path) -> None:
    (folder / "long.toml").write_text(_LONG[shape], encoding="utf-8")
    with within(_SECONDS), pytest.raises(InputError) as wrong:
        read_scenario(folder / "long.toml")
    check_findings(wrong.value)


def test_a_point_in_a_text_or_a_comment_parts_no_key(folder: Path) -> None:
    dots = ".".join("abcdefghijklmnopqrstuvwxyz")
    text = f'# {dots}\n{_HEAD}description = """{dots}\n{dots}"""\n' + _programmes(1).replace('"A"', f"'{dots}'")
    (folder / "dots.toml").write_text(text, encoding="utf-8")
    assert read_scenario(folder / "dots.toml").programmes["p0"].title == dots


def test_after_a_thousand_mistakes_the_reading_stops(folder: Path) -> None:
    opt_out = '[opt_outs.p0]\nmunicipalities = ["all", "all", "all", "all"]\nsettlement = "shrink"\n'
    text = _HEAD + _programmes(1) + opt_out + "[groups.all]\nmore_than = 1\n"
    (folder / "many.toml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as wrong:
        read_scenario(folder / "many.toml")
    assert len(wrong.value.findings) == MOST_FINDINGS + 1
    assert _what(wrong.value) == "There are more mistakes than the 1000 above."


def test_more_settings_than_anybody_writes_are_refused() -> None:
    with pytest.raises(InputError) as wrong:
        read_scenario("uitnamen-2017", ["title=A"] * (MOST_SETTINGS + 1))
    assert _what(wrong.value) == "There are more than 1000 settings."


# --- workbooks ---------------------------------------------------------------------------------------


def _workbook(sheet: bytes | None = None, path: str = "xl/worksheets/sheet1.xml") -> bytes:
    """A workbook of which the sheet is replaced, or lies elsewhere."""
    book, made, out = openpyxl.Workbook(), io.BytesIO(), io.BytesIO()
    assert book.active is not None
    book.active.append(["programme", "year"])
    book.save(made)
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for name in old.namelist():
            content = old.read(name).replace(b"/xl/worksheets/sheet1.xml", f"/{path}".encode())
            if name == "xl/worksheets/sheet1.xml":
                name, content = path, sheet or content
            new.writestr(name, content)
    return out.getvalue()


_SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
_CORNER = (
    _SHEET
    + b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    + b"</sheetData></worksheet>"
)
_WORKBOOKS: Final[dict[str, tuple[Callable[[], bytes], str]]] = {
    "a far corner": (lambda: _workbook(_CORNER), "reaches further than"),
    "a far corner out of sight": (lambda: _workbook(_CORNER, "xl/elsewhere/sheet1.xml"), "more memory or time"),
    "cells that are not closed": (lambda: _workbook(_SHEET + b"<c " * 2_000_000), "cannot be read"),
    "a cell with many places": (lambda: _workbook(_SHEET + b"<c " + b' r="A1"' * 300_000 + b"/>"), "cannot be read"),
    "very large unpacked": (lambda: _workbook(_SHEET + b" " * 401_000_000), "larger than 400 MB when unpacked"),
    "cut off": (lambda: _workbook()[:-60], "cannot be read"),
    "cut off at the start": (lambda: _workbook()[:200], "cannot be read"),
}


@pytest.mark.parametrize("kind", _WORKBOOKS)
def test_workbooks_that_would_take_everything_are_refused(kind: str, folder: Path) -> None:
    made, what = _WORKBOOKS[kind]
    content = made()
    (folder / "table.xlsx").write_bytes(content)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with within(_SECONDS), pytest.raises(InputError) as wrong:
        read_table(folder / "table.xlsx")
    assert what in _what(wrong.value)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 500_000


# --- what is no file, and names that are none -----------------------------------------------------------

_READS = [
    ("forecast", "--ledger", "ODD"),
    ("forecast", "--running", "ODD"),
    ("population", "add", "ODD", "--year", "2025", "--source", "x"),
    ("run", "ODD"),
    ("scenario", "check", "ODD"),
    ("proposal", "uitnamen-2017", "--out", "uit.docx", "--template", "ODD"),
    ("verify", "ODD"),
]


@pytest.mark.parametrize("odd", ["pipe", "/dev/zero", "folder", "loop", "x" * 300, "\udcff", ""])
@pytest.mark.parametrize("command", _READS, ids=" ".join)
def test_what_is_no_file_is_a_finding(odd: str, command: tuple[str, ...], folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    (folder / "folder").mkdir()
    (folder / "loop").symlink_to("loop")
    with within(_SECONDS):
        outcome = gguplan(*(odd if word == "ODD" else word for word in command))
    assert (outcome.exit_code, outcome.stdout) == (2, ""), outcome.exception
    assert "mistake found." in outcome.stderr


@pytest.mark.parametrize("odd", ["pipe", "/dev/null", "folder"])
def test_nothing_is_put_in_the_place_of_what_is_no_file(odd: str, folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    (folder / "folder").mkdir()
    outcome = gguplan("scenario", "new", odd, "--force")
    assert outcome.exit_code == 2 and "no file" in outcome.stderr
    assert not (folder / odd).is_file()


def test_a_link_is_replaced_and_what_it_names_stays(folder: Path) -> None:
    (folder / "precious.txt").write_text("precious")
    (folder / "out").mkdir()
    (folder / "out" / "programmes.csv").symlink_to(folder / "precious.txt")
    assert gguplan("run", "uitnamen-2017", "--out", "out", "--force").exit_code == 0
    assert (folder / "precious.txt").read_text() == "precious"


def test_a_scenario_reads_no_file_outside_its_folder(folder: Path) -> None:
    (folder / "secret.toml").write_text(_HEAD, encoding="utf-8")
    (folder / "inner").mkdir()
    (folder / "inner" / "link.toml").symlink_to(folder / "secret.toml")
    for named in ("../secret.toml", "link.toml", str(folder / "secret.toml")):
        (folder / "inner" / "a.toml").write_text(f'extends = "{named}"\n{_HEAD}', encoding="utf-8")
        with pytest.raises(InputError, match="lies outside the folder"):
            read_scenario(folder / "inner" / "a.toml")


# --- the program, in a process of its own ----------------------------------------------------------------


def _program(
    *arguments: str, environment: dict[str, str] | None = None, **more: Any
) -> subprocess.CompletedProcess[bytes]:
    def limits() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))

    return subprocess.run(
        [sys.executable, "-m", "gguplan", *arguments],
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT), **(environment or {})},
        preexec_fn=limits,
        timeout=300,
        check=False,
        **{"stdout": subprocess.PIPE, **more},
    )


def test_a_full_disk_behind_stdout_is_a_finding(folder: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        outcome = _program("scenario", "schema", stdout=full)
    assert outcome.returncode == 2
    assert b"No space left on device" in outcome.stderr and b"Traceback" not in outcome.stderr


@pytest.mark.parametrize("arguments", [("estimate", "\udcff\udcfe", "--json"), ("estimate", "Utrecht", "--lang", "nl")])
def test_names_that_are_no_text_and_a_screen_without_a_euro_end_nothing(
    arguments: tuple[str, ...], folder: Path
) -> None:
    outcome = _program(*arguments, environment={"PYTHONIOENCODING": "ascii"})
    assert outcome.returncode == (2 if "--json" in arguments else 0)
    assert b"Traceback" not in outcome.stderr
    if "--json" in arguments:
        assert json.loads(outcome.stdout)["findings"]
