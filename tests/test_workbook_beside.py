"""What stands beside a run in its workbook: the baseline, the years ahead; what can be changed, and what is printed."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from typer.testing import CliRunner

import gguplan
from gguplan.commands.cli import app
from gguplan.model.years_ahead.result import Horizon
from gguplan.runs.results import comparison_of
from tests.workbooks import Cells, cells

LEAVING = "grote-steden-verlaten-de-hulplijn"


def workbook_of(folder: Path, scenario: str) -> bytes:
    file = folder / f"{scenario}.xlsx"
    outcome = CliRunner().invoke(app, ["run", scenario, "--out", str(file), "--lang", "en"])
    assert outcome.exit_code == 0, outcome.output
    return file.read_bytes()


@pytest.fixture(scope="module")
def leaving(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return workbook_of(tmp_path_factory.mktemp("leaving"), LEAVING)


@pytest.fixture(scope="module")
def ahead(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return workbook_of(tmp_path_factory.mktemp("ahead"), "fonds-ggu-2020-2024")


def euros(shown: Cells, sheet: str, row: int, column: int) -> int:
    value = shown[sheet, row, column]
    assert isinstance(value, float | int)
    return round(100 * value)


def test_the_baseline_stands_beside_what_is_paid_now(leaving: bytes) -> None:
    shown, sheet = cells(leaving), "Beside the baseline"
    comparison = comparison_of(gguplan.load_scenario("uitnamen-2017"), gguplan.load_scenario(LEAVING))
    rows = {shown[sheet, row, 2]: row for row in range(6, 6 + 388)}
    for code, position in comparison.population.index.items():
        amounts = [euros(shown, sheet, rows[code], column) for column in (3, 4, 5)]
        expected = [comparison.baseline.to_pay[position], comparison.scenario.to_pay[position]]
        assert amounts == [*map(int, expected), int(comparison.effects[position])]
    assert [euros(shown, sheet, 4, column) for column in (3, 4, 5)] == [7439982550, 7508417000, 68434450]


def test_what_is_paid_now_follows_the_municipalities(leaving: bytes) -> None:
    book = openpyxl.load_workbook(BytesIO(leaving))
    sheet = book["Beside the baseline"]
    assert sheet["D6"].value == "=Municipalities!G6"
    assert sheet["E6"].value == "=ROUND(D6-C6,2)"
    assert [sheet.cell(row, 1).value for row in (6, 393)] == [
        book["Municipalities"].cell(row, 1).value for row in (6, 393)
    ]


def test_the_years_ahead_are_those_of_horizon(ahead: bytes) -> None:
    shown, horizon = cells(ahead), gguplan.horizon("fonds-ggu-2020-2024")
    assert isinstance(horizon, Horizon)
    assert [shown["Years ahead", 4 + row, 1] for row in range(len(horizon.years))] == list(horizon.years)
    amounts = {value for (sheet, _row, _column), value in shown.items() if sheet == "Years ahead"}
    assert {round(int(cents) / 100, 2) for cents in horizon.to_pay} <= amounts


def test_nothing_stands_beside_a_fund_without_a_baseline_and_years_ahead(tmp_path: Path) -> None:
    names = openpyxl.load_workbook(BytesIO(workbook_of(tmp_path, "fonds-ggu-2020")), read_only=True).sheetnames
    assert names == ["Cover", "One municipality", "Inputs", "Programmes", "Municipalities", "Forecast", "Division"]


def test_formulas_are_protected_and_what_can_be_changed_is_open(leaving: bytes) -> None:
    book = openpyxl.load_workbook(BytesIO(leaving))
    locked = open_ = 0
    for sheet in book:
        assert isinstance(sheet, Worksheet)
        assert sheet.protection.sheet and not sheet.protection.password
        for row in sheet.iter_rows(max_row=60):
            for cell in row:
                if cell.value is None:
                    continue
                formula = isinstance(cell.value, str) and cell.data_type == "f"
                yellow = cell.fill.fgColor.rgb == "FFFFF6CC"
                assert cell.protection.locked != yellow, (sheet.title, cell.coordinate)
                locked += formula and not yellow
                open_ += yellow
    assert locked > 1_000 and open_ > 60
    # A filter can be used all the same.
    assert not book["Municipalities"].protection.autoFilter
    assert book["Municipalities"].auto_filter.ref == "A5:H393"


def test_no_label_becomes_a_formula_for_who_clicks_into_it(leaving: bytes, ahead: bytes) -> None:
    for workbook in (leaving, ahead):
        texts = [value for value in cells(workbook).values() if isinstance(value, str)]
        assert [text for text in texts if text[0] in "=+-@−"] == []


def test_the_same_workbook_is_made_again_by_verify(tmp_path: Path) -> None:
    file = tmp_path / "bijdragen.xlsx"
    assert CliRunner().invoke(app, ["run", LEAVING, "--out", str(file)]).exit_code == 0
    assert CliRunner().invoke(app, ["verify", str(file)]).exit_code == 0
