"""Every limit that gguplan has is stated in ``docs/limits.md``, holds, and says so when it is passed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from gguplan import findings
from gguplan.commands.cli import app
from gguplan.fund import sweep_plan
from gguplan.inputs import data_file, toml_document
from gguplan.inputs.ledger import importing as ledger_importing
from gguplan.inputs.scenario import extended, fields, opt_outs, sweep_table, years_ahead_tables
from gguplan.inputs.scenario import settings as settings_module
from gguplan.inputs.tables import reading as tables
from gguplan.inputs.tables import workbook as workbooks
from gguplan.model.participation import overview
from gguplan.reports.proposal.word import package
from gguplan.runs import record as run_record
from gguplan.runs.outputs import forecast as forecast_recipe
from tests.hostile import ROOT

_HEAD = 'title = "A"\nyear = 2017\nreference_date = 2017-01-01\nsource = "s"\n'
_RUN = ("run", "limit.toml")


def _programmes(count: int, more: str = "") -> str:
    return "".join(f'[programmes.p{n}]\ntitle = "A"\ngross = "1000.00"\nvat = "none"\n{more}' for n in range(count))


def _named(count: int) -> str:
    return ", ".join(f'"p{n}"' for n in range(count))


@dataclass(frozen=True)
class Limit:
    """A row of the table: its first cell, what the code has, and a command that passes it with the file it reads."""

    row: str
    value: int
    command: tuple[str, ...]
    write: Callable[[Path], object] = lambda folder: None


def _text(name: str, content: Callable[[], str]) -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_text(content(), encoding="utf-8")


def _scenario(content: Callable[[], str]) -> Callable[[Path], object]:
    return _text("limit.toml", lambda: _HEAD + content())


def _chain(folder: Path) -> None:
    for number in range(extended.MOST_EXTENDED + 1):
        below = f'extends = "limit{number + 1}.toml"\n'
        (folder / f"limit{number or ''}.toml").write_text(below + _HEAD, encoding="utf-8")


def _large(name: str, size: int) -> Callable[[Path], object]:
    def write(folder: Path) -> None:
        with (folder / name).open("wb") as file:
            file.truncate(size + 1)

    return write


_LEDGER = ("forecast", "--ledger", "limit.csv")
_LEDGER_PROGRAMMES = ledger_importing.LARGEST_NUMBER_OF_PROGRAMMES
_ROWS = "programme,year,budget,realised\n"

LIMITS = (
    Limit("Bytes of a scenario", toml_document.LARGEST_FILE, _RUN, _large("limit.toml", toml_document.LARGEST_FILE)),
    Limit(
        "Tables, lists and parts of a key in each other",
        toml_document._DEEPEST,
        _RUN,
        _scenario(lambda: "a." * toml_document._DEEPEST + "a = 1\n"),
    ),
    Limit("Scenarios that extend each other", extended.MOST_EXTENDED, _RUN, _chain),
    Limit(
        "Programmes of a scenario",
        fields.LARGEST_NUMBER_OF_PROGRAMMES,
        _RUN,
        _scenario(lambda: _programmes(fields.LARGEST_NUMBER_OF_PROGRAMMES + 1)),
    ),
    Limit("Characters of a text", 2_000, _RUN, _scenario(lambda: f'description = "{"x" * 2_001}"\n' + _programmes(1))),
    Limit(
        "Names in one list of municipalities",
        10_000,
        _RUN,
        _scenario(lambda: _programmes(1) + f"[opt_outs.p0]\nmunicipalities = [{_named(10_001)}]\n"),
    ),
    Limit(
        "Groups of municipalities",
        1_000,
        _RUN,
        _scenario(lambda: _programmes(1) + "".join(f"[groups.g{n}]\nmore_than = 1\n" for n in range(1_001))),
    ),
    Limit(
        "Opt-outs, each counted for every programme",
        opt_outs.MOST_OPT_OUTS,
        _RUN,
        _scenario(
            lambda: (
                f"programme_groups.alle = [{_named(101)}]\n"
                + _programmes(101)
                + "".join(
                    f'[opt_outs.o{n}]\nprogrammes = ["alle"]\nmunicipalities = []\nsettlement = "shrink"\n'
                    for n in range(100)
                )
            )
        ),
    ),
    Limit(
        "Size classes of a tariff or a cascade",
        100,
        _RUN,
        _scenario(lambda: _programmes(1, f"allocation.key = 'stepped'\nallocation.applies_to = 'all'\n"
                                         f"allocation.brackets = [{'{ rate = 1 }, ' * 101}]\n")),
    ),
    Limit(
        "Mistakes that are told at once",
        findings.MOST_FINDINGS,
        _RUN,
        _text("limit.toml", lambda: "".join(f"k{n} = 1\n" for n in range(findings.MOST_FINDINGS + 1)) + _HEAD),
    ),
    Limit(
        "Times --set",
        settings_module.MOST_SETTINGS,
        ("run", "uitnamen-2017", *(["--set", "title=A"] * (settings_module.MOST_SETTINGS + 1))),
    ),
    Limit("Bytes of a table", data_file.LARGEST_FILE, _LEDGER, _large("limit.csv", data_file.LARGEST_FILE)),
    Limit(
        "Rows of a table",
        tables.MOST_ROWS,
        _LEDGER,
        _text("limit.csv", lambda: _ROWS + "a,1,1,1\n" * tables.MOST_ROWS),
    ),
    Limit(
        "Programmes of a ledger of one's own",
        _LEDGER_PROGRAMMES,
        _LEDGER,
        _text(
            "limit.csv",
            lambda: _ROWS + "".join(f"p{n},2016,1,1\n" for n in range(_LEDGER_PROGRAMMES + 1)),
        ),
    ),
    Limit(
        "Draws of a forecast, of all programmes together",
        forecast_recipe.MOST_DRAWS,
        ("forecast", "limit.toml", "--draws", "1000000"),
        _scenario(lambda: _programmes(201)),
    ),
    Limit(
        "Draws of cascades, of all programmes together",
        overview.MOST_DRAWS,
        ("participation", "limit.toml", "--draws", "100000"),
        _scenario(lambda: _programmes(3) + "".join(f'[cascades.p{n}]\nlimits = {{ Utrecht = "0.20" }}\n'
                                                   "size_classes = [{ limit = \"0.20\" }]\n" for n in range(3))),
    ),
    Limit(
        "Variants of a sweep",
        sweep_plan.LARGEST_SWEEP,
        ("sweep", "uitnamen-2017", "--vary", "programmes.dkd.net=1.00:9.00:400",
         "--vary", "programmes.luisterend-oor.rate=0.20:0.35:400"),
    ),
    Limit(
        "Steps of one key in a sweep",
        sweep_table.MOST_CHOICES,
        ("sweep", "uitnamen-2017", "--vary", f"programmes.dkd.net=1.00:9.00:{sweep_table.MOST_CHOICES + 1}"),
    ),
    Limit("Years in one answer", years_ahead_tables.MOST_YEARS, ("estimate", "Utrecht", "--years", "2017-2047")),
    Limit(
        "Bytes of a template",
        package.LARGEST_FILE,
        ("proposal", "uitnamen-2017", "--out", "uit.docx", "--template", "limit.docx"),
        _large("limit.docx", package.LARGEST_FILE),
    ),
    Limit("Bytes of a record", run_record.LARGEST_RECORD, ("verify", "limit.run.json"),
          _large("limit.run.json", run_record.LARGEST_RECORD)),
)  # fmt: skip

ELSEWHERE = {
    "Columns of a table": tables.MOST_COLUMNS,
    "Cells of a table": tables.MOST_CELLS,
    "Bytes of a workbook when unpacked": workbooks.LARGEST_UNPACKED,
    "Bytes of memory for a workbook": workbooks.MOST_MEMORY,
    "Seconds for a workbook": workbooks.MOST_SECONDS,
    "Bytes of a template when unpacked": package.LARGEST_UNPACKED,
}
"""Those of which `test_hostile_input.py` passes the limit, or the tests of what they belong to."""


def _table() -> dict[str, tuple[int, str]]:
    """The rows of the table in the documentation: the limit, and what is said beyond it."""
    text = (ROOT / "docs" / "limits.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([^|]+?) \| ([0-9,]+) \| ([^|]*?) \|$", text, flags=re.MULTILINE)
    return {row: (int(limit.replace(",", "")), refusal) for row, limit, refusal in rows}


def test_the_table_has_every_limit_as_it_is() -> None:
    stated = {row: limit for row, (limit, _told) in _table().items()}
    assert stated == {limit.row: limit.value for limit in LIMITS} | ELSEWHERE


@pytest.mark.parametrize("limit", LIMITS, ids=lambda limit: limit.row)
def test_beyond_a_limit_is_a_message_that_says_so(
    limit: Limit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    limit.write(tmp_path)
    before = {file.name for file in tmp_path.iterdir()}
    outcome = CliRunner().invoke(app, [*limit.command, "--lang", "en"])
    assert (outcome.exit_code, outcome.stdout) == (2, ""), outcome.exception
    assert _table()[limit.row][1] in outcome.stderr
    assert {file.name for file in tmp_path.iterdir()} == before
