"""The workbook: whole, the same bytes for the same run, and never a formula out of somebody's text."""

from __future__ import annotations

import html
import math
import os
import re
import zipfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from typer.testing import CliRunner

import gguplan
from gguplan.commands.cli import app
from gguplan.fund.municipalities import CountedIn, Municipality, Population
from gguplan.inputs.ledger.ledger_files import load_ledger
from gguplan.inputs.ledger.realised_years import realised_years
from gguplan.inputs.population.boundaries import boundaries_of
from gguplan.inputs.population.years import load_population
from gguplan.inputs.scenario.reading import read_scenario
from gguplan.language import set_language, written_in
from gguplan.model.bill import bill_of
from gguplan.model.spending import spending_of
from gguplan.money import split_with_steps
from gguplan.reports.charts.drawing import png_of
from gguplan.reports.charts.maps import rate_map
from gguplan.reports.charts.underspend import left_over_in_words, programmes_in_words
from gguplan.reports.workbook.exact import LARGEST, digits_for
from gguplan.reports.workbook.pictures import PIXELS_PER_INCH
from gguplan.runs.outputs import recipe
from gguplan.runs.request import Request
from gguplan.runs.results import result_of
from tests.full_disk import files_of_at_most
from tests.workbooks import cells, parts, pictures, without_forecast, written

EVERY_KEY = Path(__file__).parent / "data" / "workbook" / "every-key.toml"
HOSTILE = (
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "{=1+1}", '=HYPERLINK("http://x.invalid")', "http://x.invalid",
    "internal:A1", "_x0041_", "<b>&amp;</b>", "&P&N", "*", "~?", "'s-Hertogenbosch",
)  # fmt: skip


@pytest.fixture(scope="module")
def fund() -> bytes:
    """The fund of 2017 as a workbook in English."""
    set_language("en")
    return written(gguplan.run("uitnamen-2017"))


@pytest.fixture(scope="module")
def book(fund: bytes) -> openpyxl.Workbook:
    """The same as openpyxl reads it."""
    return openpyxl.load_workbook(BytesIO(fund))


@pytest.fixture(scope="module")
def dutch() -> bytes:
    """The fund of 2018, in which all pay alike, as a workbook in Dutch."""
    with written_in("nl"):
        return written(gguplan.run("fonds-ggu-2018"))


# --- what is in it -------------------------------------------------------------------------------


def test_every_sheet_is_there_in_the_language_asked_for(book: openpyxl.Workbook, dutch: bytes) -> None:
    assert book.sheetnames == [
        "Cover", "One municipality", "Inputs", "Programmes", "Municipalities", "Opt-outs", "Forecast", "Division",
    ]  # fmt: skip
    assert openpyxl.load_workbook(BytesIO(dutch), read_only=True).sheetnames == [
        "Voorblad", "Eén gemeente", "Invoer", "Onderdelen", "Gemeenten", "Raming", "Verdeling",
    ]  # fmt: skip


def test_every_formula_carries_its_computed_value(fund: bytes) -> None:
    formulas = 0
    for name, xml in parts(fund).items():
        if name.startswith("xl/worksheets/"):
            matches = re.findall(r"<f>[^<]*</f>(<v>[^<]+</v>)?", xml)
            assert all(matches), name
            formulas += len(matches)
    assert formulas > 388 * 21


def test_the_bill_is_that_of_the_municipality_that_is_asked_for() -> None:
    result = gguplan.run("uitnamen-2017")
    shown = cells(without_forecast(result, "GM0193"))
    bill = bill_of(result, "GM0193")
    sheet = "One municipality"
    assert shown[sheet, 3, 2] == "Zwolle (GM0193)"
    amounts = [round(100 * shown[sheet, 17 + row, 4]) for row in range(len(bill.lines))]  # type: ignore[operator]
    assert amounts == [line.to_pay for line in bill.lines]
    assert round(100 * shown[sheet, 5, 2]) == bill.to_pay == 55_186_392  # type: ignore[operator]


def test_every_amount_of_the_fund_is_that_of_the_result(fund: bytes) -> None:
    result = gguplan.run("uitnamen-2017")
    shown = cells(fund)
    codes = {shown["Municipalities", row, 2]: row for row in range(6, 6 + 388)}
    for code, position in result.population.index.items():
        cents = [round(100 * shown["Municipalities", codes[code], column]) for column in (5, 6, 7)]  # type: ignore[operator]
        expected = (result.contributions[position], result.refunds[position], result.to_pay[position])
        assert cents == [int(cents) for cents in expected]


def test_cells_have_names_that_formulas_can_use(book: openpyxl.Workbook) -> None:
    names = {name: defined_name.attr_text for name, defined_name in book.defined_names.items()}
    assert names["To_pay"] == "'One municipality'!$B$5"
    assert names["Municipality_list"] == "Municipalities!$I$6:$I$393"
    assert names["Budget_of_luisterend_oor"] == "Inputs!$D$17"
    assert {"Inhabitants", "Inhabitants_total", "CBS_codes", "Municipality_chosen", "Row_chosen", "Available"} <= set(
        names
    )
    (choice,) = book["One municipality"].data_validations.dataValidation
    assert (choice.type, choice.formula1, str(choice.sqref)) == ("list", "Municipality_list", "B3")


def test_headers_stay_in_sight_and_pages_are_set_up(book: openpyxl.Workbook) -> None:
    frozen = {sheet.title: sheet.freeze_panes for sheet in book}
    assert frozen == {
        "Cover": None, "One municipality": "B4", "Inputs": "B6", "Programmes": "B1", "Municipalities": "B6",
        "Opt-outs": "B5", "Forecast": "B5", "Division": "C6",
    }  # fmt: skip
    for sheet in book:
        is_upright = sheet.title == "Beside the baseline"
        assert sheet.page_setup.orientation == ("portrait" if is_upright else "landscape")
        assert sheet.page_setup.paperSize == 9
        assert sheet.print_area
        assert sheet.oddFooter is not None and "Page &P of &N" in str(sheet.oddFooter.right.text)
        fitted = sheet.sheet_properties.pageSetUpPr
        assert sheet.title == "Division" or (fitted is not None and fitted.fitToPage)
    assert book["Municipalities"].print_title_rows == "$4:$5"
    assert book["Municipalities"].auto_filter.ref == "A5:H393"
    assert book["Division"].print_area == "'Division'!$A$1:$H$3", "all of it is dozens of pages"
    assert book["Division"].print_title_cols == "$A:$B"


def _described(fund: bytes, kind: str) -> set[str]:
    """What the pictures (pic) or the charts (graphicFrame) of a workbook say to who does not see them."""
    return {
        html.unescape(words)
        for name, xml in parts(fund).items()
        if name.startswith("xl/drawings/drawing")
        for words in re.findall(rf'<xdr:{kind}[ >].*? descr="([^"]*)"', xml)
    }


def test_the_map_is_a_picture_with_its_words(fund: bytes) -> None:
    result = gguplan.run("uitnamen-2017")
    drawn = rate_map(result, boundaries_of(result.population))
    assert set(pictures(fund).values()) == {png_of(drawn, PIXELS_PER_INCH)}
    assert _described(fund, "pic") == {drawn.alt}


def test_the_charts_of_the_forecast_are_of_its_cells_and_their_lines_go_to_both_ends(fund: bytes) -> None:
    shown = cells(fund)
    charts = [xml for name, xml in sorted(parts(fund).items()) if name.startswith("xl/charts/chart")]
    spent, left = (xml for xml in charts if "errBars" in xml)
    for chart, expected, rows in ((spent, "F", (5, 26)), (left, "E", (30, 33))):
        (first, last), sheet = rows, "Forecast"
        named, length = re.findall(r"<c:f>([^<]*)</c:f>", chart), f"{first}:${{}}${last}"
        assert named == [
            f"{sheet}!$L${length.format('L')}",
            f"{sheet}!$K${length.format('K')}",
            f"{sheet}!$A${length.format('A')}",
            f"{sheet}!${expected}${length.format(expected)}",
        ]
        for row in range(first, last + 1):
            budget, middle, low, high, down, up = (shown[sheet, row, column] for column in (4, 5, 7, 8, 11, 12))
            unit = float(str(budget)) if chart is spent else 1.0
            middle, low, high, down, up = (float(str(number)) for number in (middle, low, high, down, up))
            assert down == pytest.approx((middle - low) / unit)
            assert up == pytest.approx((high - middle) / unit)
            assert up >= 0 and down >= 0
    assert shown["Forecast", 26, 1] == "Total" and shown["Forecast", 33, 1] == "All together"


def test_the_charts_of_the_forecast_say_what_they_show_to_who_does_not_see_them(fund: bytes) -> None:
    spending = spending_of(gguplan.run("uitnamen-2017"), realised_years(load_ledger()))
    assert spending is not None
    assert {programmes_in_words(spending), left_over_in_words(spending)} <= _described(fund, "graphicFrame")
    assert "All programmes together: 90 % of" in programmes_in_words(spending)
    assert left_over_in_words(spending).startswith("What is expected to be left over; the line holds it")


def test_a_picture_covers_no_cell_and_is_no_larger_than_its_page(book: openpyxl.Workbook, fund: bytes) -> None:
    xml = parts(fund)
    drawings = [
        text
        for name, text in sorted(xml.items())
        if name.startswith("xl/drawings/drawing") and ("<xdr:pic>" in text or "80 % certainty" in text)
    ]
    for (number, name), drawing in zip([(1, "Cover"), (7, "Forecast")], drawings, strict=True):
        rows, columns_covered = (
            [int(at) for at in re.findall(rf"<xdr:{axis}>([0-9]+)<", drawing)] for axis in ("row", "col")
        )
        first, last, left, right = min(rows), max(rows), min(columns_covered), max(columns_covered)
        covered = book[name].iter_rows(first + 1, last + 1, left + 1, right + 1, values_only=True)
        assert {value for row in covered for value in row} == {None}
        columns = re.findall(
            r'<col min="([0-9]+)" max="([0-9]+)" width="([0-9.]+)"', xml[f"xl/worksheets/sheet{number}.xml"]
        )
        across = sum((int(end) - int(start) + 1) * float(width) for start, end, width in columns)
        # What fits on a page as wide as the sheet: within its margins it is 27.1 by 17.1 centimetres.
        assert (last - first) * 20 <= 7 * across * 17.1 / 27.1
        assert [page_break.id for page_break in book[name].row_breaks.brk] == [first - (name == "Cover")]


def test_where_all_pay_alike_there_is_no_map(dutch: bytes) -> None:
    names = [f"name {place}" for place in range(3)]
    assert pictures(_small(names)) == {}
    assert pictures(dutch) == {}


def test_amounts_are_written_the_dutch_way(dutch: bytes) -> None:
    book = openpyxl.load_workbook(BytesIO(dutch))
    assert book["Gemeenten"]["E6"].number_format == '[$-413]"€ "#,##0.00;[$-413]-"€ "#,##0.00'
    assert book["Gemeenten"]["D6"].number_format == "[$-413]#,##0"
    assert book["Gemeenten"]["G6"].value == "=ROUND(E6-F6,2)"


@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize(("year", "status"), [(2014, "worked back from a later year"), (2026, "final")])
def test_the_cover_says_what_each_input_is_worth(year: int, status: str) -> None:
    shown = cells(written(gguplan.run("fonds-ggu-2018", {"reference_date": f"{year}-01-01"})))
    cover = {value: row for (sheet, row, column), value in shown.items() if (sheet, column) == ("Cover", 1)}
    assert shown["Cover", cover["inhabitants"], 3] == status
    assert shown["Cover", cover["forecast"], 3] == "projected"
    assert shown["Cover", cover["inhabitants"], 4] == f"counted by CBS; file population_data/{year}.csv"
    assert shown["Cover", cover["version of gguplan"], 2]
    assert shown["Cover", cover["draws of the forecast"], 2] == "20,000 draws, seed 1"
    assert shown["Cover", cover["changed on the command line"], 2] == f"reference_date={year}-01-01"


@pytest.mark.usefixtures("undrawn")
def test_the_cover_says_projected_of_inhabitants_that_are_not_counted() -> None:
    projected = replace(load_population(2018), status="projected")
    shown = cells(written(result_of(read_scenario("fonds-ggu-2018", (), projected))))
    assert "projected" in [
        shown.get(("Cover", row, 3)) for row in range(1, 40) if shown.get(("Cover", row, 1)) == "inhabitants"
    ]


# --- exact in floating point ---------------------------------------------------------------------


def _evaluated(formula: str, **cells_there: float) -> float:
    """What a spreadsheet, which counts in doubles, makes of a formula of our own."""
    known = {"INT": lambda x: float(math.floor(x)), "MOD": lambda x, y: x - y * math.floor(x / y)}
    return float(eval(formula.removeprefix("="), {"__builtins__": {}, **known}, cells_there))


@settings(max_examples=150)
@given(
    total=st.integers(0, 10**11),
    weights=st.lists(st.integers(0, 1_000_000), min_size=2, max_size=400).filter(any),
    times=st.sampled_from([1, 7, 365, 366]),
)
def test_the_division_stays_exact_in_doubles_up_to_a_thousand_million_euros(
    total: int, weights: list[int], times: int
) -> None:
    split = split_with_steps(total, np.array(weights) * times)
    digits = digits_for(split)
    if digits is None:
        assert sum(weights) > 18_000_000
        return
    together = sum(weights) * times
    known = {"multiples": float(total // together), "rest": float(total % together), "weights": float(together)}
    names = [f"r{place}" for place in range(digits.count)]
    for unit in range(min(len(weights), 30)):
        inputs = known | {"weight": float(weights[unit] * times)}
        for name, dividend in zip(names, digits.dividends("rest", "weight", names), strict=True):
            assert _evaluated(dividend, **inputs) <= LARGEST
            inputs[name] = _evaluated(f"MOD({dividend},weights)", **inputs)
        assert inputs[names[-1]] == split.remainder[unit]
        assert (
            _evaluated(digits.whole_cents("multiples", "rest", "weight", "weights", names), **inputs)
            == split.whole[unit]
        )


def test_a_thousand_million_euros_over_eighteen_million_inhabitants_is_worked_out_in_formulas() -> None:
    weights = np.full(342, 18_000_000 // 342)
    weights[0] = 1_000_000
    assert digits_for(split_with_steps(10**11, weights)) is not None
    assert digits_for(split_with_steps(10**11, weights * 366)) is not None


def test_what_is_too_large_for_a_spreadsheet_stands_there_as_a_value_and_says_so() -> None:
    shown = cells(without_forecast(gguplan.run(EVERY_KEY)))
    hidden = [place for place, value in shown.items() if str(value).startswith("value")]
    assert {sheet for sheet, _row, _column in hidden} == {"One municipality", "Programmes"}
    xml = parts(without_forecast(gguplan.run("fonds-ggu-2018", {"programmes.fonds-ggu.gross": "99999999999.99"})))
    assert xml["xl/worksheets/sheet6.xml"].count("<f>") == 4 * len(load_population(2017).municipalities)


# --- hostile text --------------------------------------------------------------------------------


def _small(texts: Sequence[str]) -> bytes:
    """A workbook with a municipality and a programme of each name, and the first wherever else somebody writes."""
    some = [Municipality(f"GM{code:04}", text, text, 1_000 * code) for code, text in enumerate(texts, start=1)]
    inputs, texts_of_fund = (
        read_scenario("uitnamen-2017"),
        {"title": texts[0], "description": texts[0], "source": texts[0]},
    )
    programmes = {
        f"p{number}": replace(inputs.programmes["woz"], name=f"p{number}", title=text, source=text)
        for number, text in enumerate(texts)
    }
    scenario = inputs.scenario.model_copy(update=texts_of_fund | {"expected": None})
    world = Population(2017, "final", CountedIn("invented/2017.csv"), tuple(some))
    return written(result_of(replace(inputs, scenario=scenario, population=world, programmes=programmes, opt_outs={})))


def _formulas(workbook: bytes) -> list[tuple[str, object]]:
    book = openpyxl.load_workbook(BytesIO(workbook))
    return [(cell.coordinate, cell.value) for sheet in book for row in sheet for cell in row if cell.data_type == "f"]


@pytest.mark.usefixtures("undrawn")
def test_names_and_titles_are_text_whatever_they_look_like() -> None:
    workbook = _small(HOSTILE)
    shown, xml = cells(workbook), parts(workbook)
    assert shown["Cover", 1, 1] == HOSTILE[0]
    assert [shown["Programmes", 6 + place, 1] for place in range(len(HOSTILE))] == list(HOSTILE)
    assert {shown["Municipalities", 6 + place, 1] for place in range(len(HOSTILE))} == set(HOSTILE)
    assert _formulas(workbook) == _formulas(_small([f"name {place}" for place in range(len(HOSTILE))]))
    assert not [name for name in xml if "external" in name.lower()]
    assert not [name for name, value in xml.items() if name.endswith(".rels") and "x.invalid" in value]


@pytest.mark.usefixtures("undrawn")
def test_a_title_gives_no_orders_to_the_printer() -> None:
    footer = openpyxl.load_workbook(BytesIO(_small(["2017 &P&N"])))["Cover"].oddFooter
    assert footer is not None
    assert str(footer.left.text).strip() == "2017 &&P&&N"


# --- the file ------------------------------------------------------------------------------------


def test_the_same_run_gives_the_same_bytes(fund: bytes) -> None:
    assert written(gguplan.run("uitnamen-2017")) == fund
    with zipfile.ZipFile(BytesIO(fund)) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", core) == ["2017-01-01T00:00:00Z"] * 2


def _run(*words: str) -> str:
    outcome = CliRunner().invoke(app, ["run", "fonds-ggu-2018", *words])
    assert outcome.exit_code == 0, outcome.stderr
    return outcome.stdout


@pytest.mark.usefixtures("undrawn")
def test_the_workbook_is_dutch_unless_another_language_is_asked_for(tmp_path: Path) -> None:
    assert "What municipalities pay" in _run("--out", str(tmp_path / "standaard.xlsx"))
    _run("--out", str(tmp_path / "engels.XLSX"), "--lang", "en", "-m", "Zwolle")
    standard, english = (cells((tmp_path / name).read_bytes()) for name in ("standaard.xlsx", "engels.XLSX"))
    assert ("Voorblad", 1, 1) in standard
    assert english["One municipality", 3, 2] == "Zwolle (GM0193)"


@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize(
    "words",
    [
        ("run", "fonds-ggu-2018"),
        ("compare", "fonds-ggu-2018", "fonds-ggu-2019"),
        ("horizon", "fonds-ggu-2020-2024"),
        ("sweep", "uitnamen-2017", "--vary=programmes.ibd.gross=1900000,2000000"),
        ("ledger",),
    ],
)
def test_in_another_language_than_the_terminal_it_is_the_same_and_nothing_is_worked_out_again(
    words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made_by = recipe(words[0])
    assert made_by is not None
    work_out, times = made_by.work_out, list[str]()

    def counted(request: Request) -> object:
        times.append(request.command)
        return work_out(request)

    monkeypatch.setattr(made_by, "work_out", counted)
    for name, language in (("dutch.xlsx", "nl_NL.UTF-8"), ("english.xlsx", "en_GB.UTF-8")):
        outcome = CliRunner().invoke(app, [*words, "--out", str(tmp_path / name)], env={"LANG": language})
        assert outcome.exit_code == 0, outcome.stderr
    assert len(times) <= 2, "once for each workbook"
    assert (tmp_path / "dutch.xlsx").read_bytes() == (tmp_path / "english.xlsx").read_bytes()


@pytest.mark.usefixtures("undrawn")
def test_what_is_there_is_not_overwritten_without_force(tmp_path: Path) -> None:
    out = tmp_path / "x.xlsx"
    out.write_text("mine")
    words = ["run", "fonds-ggu-2018", "--out", str(out)]
    refused = CliRunner().invoke(app, words)
    assert (refused.exit_code, out.read_text(), refused.stdout) == (2, "mine", "")
    # The workbook is in Dutch, but who makes it reads English.
    assert "This file is there already." in refused.stderr
    assert CliRunner().invoke(app, [*words, "--force"]).exit_code == 0
    assert out.read_bytes().startswith(b"PK")


@pytest.mark.usefixtures("undrawn")
def test_a_disk_that_is_full_leaves_nothing(tmp_path: Path) -> None:
    """Files of 64 kB only: the workbook is larger."""
    with files_of_at_most(1 << 16):
        outcome = CliRunner().invoke(app, ["run", "fonds-ggu-2018", "--lang", "en", "--out", str(tmp_path / "x.xlsx")])
    assert (outcome.exit_code, outcome.stdout) == (2, "")
    assert outcome.stderr.splitlines()[0].endswith("x.xlsx")
    assert "Nothing can be written here: File too large.\n  Files have a largest size here" in outcome.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_in_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    outcome = CliRunner().invoke(app, ["run", "fonds-ggu-2018", "--lang", "en", "--out", str(tmp_path / "x.xlsx")])
    tmp_path.chmod(0o700)
    assert (outcome.exit_code, outcome.stdout) == (2, "")
    assert "Nothing can be written here: Permission denied." in outcome.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize("moment", ["write", "rename"])
def test_an_interruption_leaves_nothing_half_written(
    moment: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_arguments: object) -> None:
        raise KeyboardInterrupt

    if moment == "write":
        monkeypatch.setattr("gguplan.atomic_files.os.fdopen", interrupted)
    else:
        monkeypatch.setattr(Path, "replace", interrupted)
    outcome = CliRunner().invoke(app, ["run", "fonds-ggu-2018", "--out", str(tmp_path / "x.xlsx")])
    assert outcome.exit_code != 0
    assert not list(tmp_path.iterdir())


def test_a_division_that_is_wider_than_a_sheet_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    made = result_of(read_scenario("fonds-ggu-2018"))
    monkeypatch.setattr("gguplan.reports.workbook.writing.COLUMNS_OF_A_SHEET", 7)
    with pytest.raises(gguplan.InputError, match="The division takes 8 columns; a sheet has 7"):
        without_forecast(made)
