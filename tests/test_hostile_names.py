"""A folder ``population_data`` of one's own of which the names are hostile: they come out as the text that they are."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import docx
import openpyxl
import pytest
from typer.testing import CliRunner, Result

from gguplan.commands.cli import app
from gguplan.inputs.population.years import forget

NAMES: Final = (
    "=cmd|'/c calc'!A1", "<script>alert(1)</script>", "+1+1", "@SUM(A1)", "-2+3", "A&B \"q\" 'x'", "[bold]x[/bold]",
    "{{ 7*7 }}", "{name}", "%s%n", "</td><td>0", "]]>", "L" * 300, "Ωβ 中文 é",
)  # fmt: skip
SCENARIO: Final = """
title = "Namen"
year = 2032
reference_date = 2031-01-01
source = "s"
[programmes.p]
title = "Onderdeel"
gross = "1000000.00"
vat = "none"
[opt_outs.p]
municipalities = ["GM9001"]
settlement = "redistribute"
source = "s"
"""


def code(number: int) -> str:
    return f"GM{9000 + number}"


def gguplan(*words: str) -> Result:
    outcome = CliRunner().invoke(app, [*words, "--lang", "en"])
    assert outcome.exit_code == 0, outcome.stderr
    return outcome


def write_population(names: tuple[str, ...]) -> None:
    own = Path("population_data")
    (own / "map").mkdir(parents=True, exist_ok=True)
    table = io.StringIO()
    rows = csv.writer(table)
    rows.writerow(["gm_code", "name", "province", "population"])
    rows.writerows([code(place), name, "<b>Utrecht</b>", 1000 * (place + 1)] for place, name in enumerate(names))
    (own / "2031.csv").write_text(table.getvalue(), encoding="utf-8", newline="")
    years = "year,municipalities,national_total,status,note\n"
    (own / "years.csv").write_text(f"{years}2031,{len(names)},,final,<i>=note()</i>\n", encoding="utf-8")
    areas = [
        {
            "type": "Feature",
            "properties": {"gm_code": code(place), "name": name},
            "geometry": {"type": "Polygon", "coordinates": [[[x, 52], [x + 0.2, 52], [x + 0.2, 52.2], [x, 52]]]},
        }
        for place, name in enumerate(names)
        for x in [4 + place / 4]
    ]
    (own / "map" / "2031.geojson").write_text(json.dumps({"features": areas}), encoding="utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("own"))
        write_population(NAMES)
        forget()
        Path("s.toml").write_text(SCENARIO, encoding="utf-8")
        Path("all.toml").write_text(
            'extends = "s.toml"\ntitle = "T"\n[opt_outs.p]\nmunicipalities = ["GM9002"]\nsource = "s"\n'
        )
        yield Path.cwd()
    forget()


def test_tables_hold_each_name_and_nothing_that_a_spreadsheet_works_out(folder: Path) -> None:
    gguplan("run", "s.toml", "--out", "tables")
    with Path("tables/municipalities.csv").open(encoding="utf-8-sig", newline="") as source:
        cells = {row["gm_code"]: row["name"] for row in csv.DictReader(source)}
    assert [cells[code(place)].removeprefix("'") for place in range(len(NAMES))] == list(NAMES)
    assert not [name for name in cells.values() if name[0] in "=+-@"]


def test_workbook_holds_each_name_as_text(folder: Path) -> None:
    gguplan("run", "s.toml", "--out", "book.xlsx")
    book = openpyxl.load_workbook("book.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value in NAMES]
    assert {cell.value for cell in cells} == set(NAMES)
    assert {cell.data_type for cell in cells} == {"s"}
    formulas = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert formulas and not [formula for formula in formulas if "cmd|" in formula or "note()" in formula]


def test_page_has_no_element_or_script_from_a_name(folder: Path) -> None:
    gguplan("page", "s.toml", "all.toml", "--out", "page.html")
    page = Path("page.html").read_text(encoding="utf-8")
    for raw in ("<script>alert", "</td><td>0", "<b>Utrecht", "<i>=note"):
        assert raw not in page
    assert "&lt;script&gt;alert(1)" in page and "\\u003cscript\\u003ealert(1)" in page


def test_map_is_a_picture_of_which_each_name_is_text(folder: Path) -> None:
    gguplan("run", "s.toml", "--map", "map.svg", *(word for place in (0, 1, 5) for word in ("-m", code(place))))
    picture = ElementTree.parse("map.svg")
    tags = {element.tag.rpartition("}")[2] for element in picture.iter()}
    assert "script" not in tags and "b" not in tags
    texts = " ".join(filter(None, (element.text for element in picture.iter())))
    for name in (NAMES[0], NAMES[1], NAMES[5]):
        assert name in texts


@pytest.mark.parametrize("words", [("s.toml",), ("s.toml", "--baseline", "all.toml")], ids=["alone", "compared"])
def test_word_document_opens_and_has_names_as_text(folder: Path, words: tuple[str, ...]) -> None:
    gguplan("proposal", *words, "--out", "paper.docx", "--force")
    paper = docx.Document("paper.docx")
    texts = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    texts += [paragraph.text for paragraph in paper.paragraphs]
    assert any(NAMES[1] in text for text in texts)


@pytest.mark.parametrize("place", range(len(NAMES)))
def test_terminal_and_json_show_a_bill_by_its_name(folder: Path, place: int) -> None:
    name = NAMES[place]
    shown = gguplan("estimate", code(place), "-s", "s.toml").stdout
    assert name in shown and "\x1b" not in shown
    assert json.loads(gguplan("estimate", code(place), "-s", "s.toml", "--json").stdout)["municipality"]["name"] == name
    assert name in gguplan("explain", code(place), "-s", "s.toml").stdout.replace("\n", "")


@pytest.mark.parametrize("name", ["Alm\nere", "Alm\tere"])
def test_a_name_of_more_lines_is_refused_at_its_row(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else it would be read as another name, without a word."""
    monkeypatch.chdir(tmp_path)
    write_population(("A", name, "C"))
    forget()
    outcome = CliRunner().invoke(app, ["population", "check", "--lang", "en"])
    forget()
    assert outcome.exit_code == 2
    assert outcome.stderr.startswith(f"population_data/2031.csv:{3 + name.count(chr(10))}\n")
    assert "A name stands on one line, without a tab." in outcome.stderr


def test_without_a_map_of_these_municipalities_none_is_drawn(folder: Path) -> None:
    file = Path("population_data/map/2031.geojson")
    file.rename("kept")
    try:
        outcome = CliRunner().invoke(app, ["run", "s.toml", "--map", "none.svg", "--lang", "en"])
        gguplan("proposal", "s.toml", "--baseline", "all.toml", "--out", "without.docx")
    finally:
        Path("kept").rename(file)
    assert outcome.exit_code == 2 and not Path("none.svg").exists()
    assert "Of the municipalities on 1 January 2031 none stands on a map." in outcome.stderr


@pytest.mark.parametrize("unseen", ["\x1b[31mred", "a\u200bb", "naam\u202eneerd", "a\x00b", "\u2028"])
def test_a_character_that_cannot_be_seen_is_refused_at_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, unseen: str
) -> None:
    monkeypatch.chdir(tmp_path)
    write_population(("Utrecht", unseen))
    Path("s.toml").write_text(SCENARIO, encoding="utf-8")
    forget()
    outcome = CliRunner().invoke(app, ["run", "s.toml", "--lang", "en"])
    forget()
    assert outcome.exit_code == 2
    assert outcome.stderr.startswith("population_data/2031.csv:3\n")
    assert "A character stands in this line that cannot be seen." in outcome.stderr and unseen not in outcome.stderr
