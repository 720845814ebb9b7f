"""What commands write with --out: a workbook for a name in .xlsx, else CSV for machines or for a Dutch Excel."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner, Result

from gguplan.commands.cli import app
from gguplan.inputs.scenario.reading import read_scenario
from gguplan.reports.tables.csv import csv_of
from gguplan.reports.workbook.comparison_book import comparison_workbook
from gguplan.reports.workbook.table_book import TableSheet, table_workbook
from gguplan.runs.results import comparison_of
from tests.open_office import SOFFICE
from tests.test_recalculation import differences
from tests.workbooks import cells, recalculated

COMMANDS = {
    "compare": ("compare", "uitnamen-2017", "grote-steden-verlaten-de-hulplijn"),
    "horizon": ("horizon", "fonds-ggu-2020-2024", "--draws", "100"),
    "forecast": ("forecast", "--draws", "100"),
    "sweep": ("sweep", "hulplijn-wordt-duurder", "--vary", "programmes.luisterend-oor.net=3000000.00,3100000.00"),
    "run": ("run", "uitnamen-2016"),
    "ledger": ("ledger",),
    "estimate": ("estimate", "Zwolle", "--years", "2020-2022"),
}


def gguplan(*words: str) -> Result:
    return CliRunner().invoke(app, words)


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_name_in_xlsx_is_a_workbook_at_every_command(command: str) -> None:
    outcome = gguplan(*COMMANDS[command], "--out", "uit.xlsx")
    assert outcome.exit_code == 0, outcome.output
    book = openpyxl.load_workbook("uit.xlsx")
    assert len(book.sheetnames) > 1
    for sheet in book:
        assert sheet.max_row > 1
        for row in sheet.iter_rows(values_only=True):
            assert not any(isinstance(cell, str) and cell.startswith("#") for cell in row)
    assert gguplan("verify", "uit.xlsx.run.json").stdout.startswith("Identical")
    again = gguplan(*COMMANDS[command], "--out", "uit.xlsx")
    assert (again.exit_code, "--force" in again.stderr) == (2, True)


@pytest.mark.parametrize("command", ["compare", "horizon", "forecast", "run", "estimate", "ledger"])
@pytest.mark.parametrize("name", ["uit.csv", "uit.ods", "uit.docx"])
def test_a_name_of_another_kind_of_file_is_refused(command: str, name: str) -> None:
    outcome = gguplan(*COMMANDS[command], "--out", name)
    assert outcome.exit_code == 2
    assert f"gguplan {command} does not write files that end in {Path(name).suffix}." in outcome.stderr
    assert not Path(name).exists()


def rows_of(file: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(file.read_bytes().decode("utf-8-sig")), delimiter=";"))


@pytest.mark.parametrize("words", [("--csv", "excel", "--lang", "nl"), ("--lang", "nl")])
def test_csv_for_a_dutch_excel_has_semicolons_decimal_commas_and_dutch_headings(words: Sequence[str]) -> None:
    assert gguplan("run", "uitnamen-2016", "--out", "uit", *words).exit_code == 0
    content = Path("uit/municipalities.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in content
    head, first, *_rest = rows_of(Path("uit/municipalities.csv"))
    assert head[:4] == ["CBS-code", "gemeente", "provincie", "inwoners"]
    assert "te betalen" in head
    assert all(amount.partition(",")[2].isdigit() for amount in first[5:8])
    assert gguplan("verify", "uit").stdout.startswith("Ident")


def test_csv_for_machines_is_the_same_in_every_language() -> None:
    assert gguplan("run", "uitnamen-2016", "--out", "a", "--lang", "en").exit_code == 0
    assert gguplan("run", "uitnamen-2016", "--out", "b", "--lang", "nl", "--csv", "plain").exit_code == 0
    assert Path("a/municipalities.csv").read_bytes() == Path("b/municipalities.csv").read_bytes()


def test_a_sweep_tells_it_too() -> None:
    for words in ((), ("--out", "uit.xlsx")):
        outcome = gguplan(*COMMANDS["sweep"], "--csv", "excel", *words)
        assert (outcome.exit_code, "--csv says how tables are written" in outcome.stderr) == (2, True)


def test_csv_that_is_asked_where_no_table_is_written_is_told() -> None:
    for words in ((), ("--out", "uit.xlsx")):
        outcome = gguplan("compare", "uitnamen-2016", "uitnamen-2016", "--csv", "excel", *words)
        assert (outcome.exit_code, "--csv says how tables are written" in outcome.stderr) == (2, True)


def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe_in_both_forms() -> None:
    table = {"name": ["=1+1", "@x", "plain"], "to_pay_cents": [-5, 123_456, None], "share": [0.5, "0.25", ""]}
    assert csv_of(table) == b"name,to_pay_euros,share\n'=1+1,-0.05,0.5\n'@x,1234.56,0.25\nplain,,\n"
    assert csv_of(table, "excel").decode("utf-8-sig") == (
        "municipality;to pay;share\r\n'=1+1;-0,05;0,5\r\n'@x;1234,56;0,25\r\nplain;;\r\n"
    )


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")
def test_libreoffice_works_the_effects_out_to_the_same_cents(tmp_path: Path) -> None:
    baseline, scenario = (read_scenario(name) for name in COMMANDS["compare"][1:])
    workbook = comparison_workbook([comparison_of(baseline, scenario)])
    [again] = recalculated(tmp_path, workbook)
    assert differences(cells(workbook), again) == {}


def test_a_page_is_no_workbook() -> None:
    outcome = gguplan("page", "uitnamen-2016", "--out", "uit.xlsx")
    assert (outcome.exit_code, "Let the name end in .html" in outcome.stderr) == (2, True)
    assert not list(Path().iterdir())


def test_a_share_and_its_standard_error_are_no_euros_in_a_workbook() -> None:
    table = {
        "factor": ["a"],
        "share_of_variance": ["0.353907"],
        "standard_error": ["0.016584"],
        "realisation_ratio": ["0.9500"],
        "lever.realisation.a.level": ["0.9500"],
        "average_euros_per_inhabitant": ["2.8847"],
        "settlement": ["refund"],
    }
    content = table_workbook("Shares", [], [], [TableSheet("Shares", "", table)], date(2020, 1, 1))
    row = list(openpyxl.load_workbook(io.BytesIO(content))["Shares"].iter_rows())[3]
    assert ["%" in cell.number_format for cell in row] == [False, True, True, True, False, False, False]
    assert ["€" in cell.number_format for cell in row] == [False, False, False, False, False, True, False]
    assert row[-1].alignment.indent == 1
