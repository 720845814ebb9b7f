"""Weights that the user brings, in the layouts in which they are published: the same as for inhabitants."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

from gguplan.findings import InputError
from gguplan.fund.allocation_keys import InColumn
from gguplan.fund.municipalities import CountedIn, Municipality, Population
from gguplan.inputs.scenario.laying import read_layers
from gguplan.inputs.scenario.weights_file import read_weights

PEOPLE = Population(
    2025,
    "final",
    CountedIn("2025.csv"),
    tuple(
        Municipality(code, name, "Flevoland", count)
        for code, name, count in (
            ("GM0034", "Almere", 229_574),
            ("GM0184", "Urk", 22_300),
            ("GM0344", "Utrecht", 376_435),
        )
    ),
)
SCENARIO = """
title = "Proef"
year = 2025
reference_date = 2025-01-01
source = "Proef"
[programmes.loket]
title = "Loket"
gross = "600.00"
vat = "none"
allocation = { key = "column", file = "FILE", column = "COLUMN" }
"""


def weights(folder: Path, text: str, column: str = "Woningen") -> tuple[list[int], str]:
    (folder / "woningen.csv").write_text(text, encoding="utf-8")
    return weights_in(folder, "woningen.csv", column)


def weights_in(folder: Path, file: str, column: str = "Woningen") -> tuple[list[int], str]:
    scenario = folder / "proef.toml"
    scenario.write_text(SCENARIO.replace("FILE", file).replace("COLUMN", column), encoding="utf-8")
    notes: list[str] = []
    path = ("programmes", "loket", "allocation")
    read = read_weights(InColumn(file, column), path, PEOPLE, read_layers(str(scenario)), notes=notes)
    return read.tolist(), " ".join(notes)


def refused(folder: Path, text: str, column: str = "Woningen") -> str:
    with pytest.raises(InputError) as caught:
        weights(folder, text, column)
    return str(caught.value)


DWELLINGS = [95_000, 6_900, 170_000]


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("Regio's;Perioden;Woningen\nNederland;2025;8300000\nAlmere;2025;95000\nUtrecht (gemeente);2025;170000\n"
         "Urk;2025;6900\nTer Aar;2025;\nBron: CBS;;\n", "Woningen"),
        ("gm_code;2024;2025\nGM0034;1;95000\nGM0184;2;6900\nGM0344;3;170000\n", "2025"),
        ("Regio;Perioden;Woningen\nAlmere;2024;94000\nAlmere;2025;95000\nUrk;2024;6800\nUrk;2025;6900\n"
         "Utrecht;2024;168000\nUtrecht;2025;170000\n", "Woningen"),
        ("Onderwerp;Huishoudens\nStand;1 januari\nRegio;Woningen\nAlmere;95000\nUrk;6900\nUtrecht;170000\n",
         "Woningen"),
        ("Regio;Woningen\n;aantal\nAlmere;95.000\nUrk;6.900\nUtrecht;170.000\n", "Woningen"),
        ("code,naam,Woningen\n34,Almere,95000\n184,Urk,6900\n344,Utrecht,170000\n", "Woningen"),
    ],
    ids=["statline", "years as heads", "two years", "titles", "units and marks", "bare codes"],
)  # fmt: skip
def test_weights_are_read_from_what_is_published(tmp_path: Path, text: str, column: str) -> None:
    assert weights(tmp_path, text, column)[0] == DWELLINGS


def test_what_was_left_out_is_noted(tmp_path: Path) -> None:
    text = (
        "Regio;Perioden;Woningen\nNederland;2024;9\nAlmere;2024;1\nUrk;2024;2\nUtrecht;2024;3\nTer Aar;2024;\nBron;;\n"
    )
    read, notes = weights(tmp_path, text)
    assert read == [1, 2, 3]
    assert notes == (
        "Weights of loket (woningen.csv): The figures are of 2024. Skipped 1 row that is not a municipality (total). "
        "Skipped 1 row with only text, such as a footnote. Skipped 1 municipality of another year, without a figure: "
        "Ter Aar."
    )


def test_weights_with_decimals_keep_their_ratios_exactly(tmp_path: Path) -> None:
    """As the measures of the gemeentefonds have them."""
    read, notes = weights(
        tmp_path, "CBS;Naam;Woningen\n34;Almere;24480,01571\n184;Urk;1282,610298\n344;Utrecht;46206,588\n"
    )
    assert [Fraction(weight, 1_000_000) for weight in read] == [
        Fraction("24480.01571"),
        Fraction("1282.610298"),
        Fraction("46206.588"),
    ]
    assert "Multiplied by 1,000,000, so that all are whole numbers." in notes


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Regio;Woningen;Huur;Woningen\nAlmere;1;1;1\nUrk;2;1;2\nUtrecht;3;1;3\n", "stands twice in woningen.csv"),
        ("Regio;Woningen\nAlmere;12.125\nUrk;950\nUtrecht;46206.5\n", "can be read in two ways"),
        ("Regio;Woningen\nAlmere;1\nUrk;2\nUtrecht;veel\n", "'veel' is not a weight"),
        ("Regio;Woningen\nAlmere;1\nUrk;2\nZijpe;3\nUtrecht;3\n", "Zijpe"),
        ("Regio;Perioden;Woningen\nAlmere;2020;1\nUrk;2021;2\nUtrecht;2020;3\n", "Keep the rows of one"),
        ("Geslacht;Regio;Woningen\nMannen;Almere;1\nMannen;Urk;2\nMannen;Utrecht;3\n", "a part of the people"),
    ],
)
def test_weights_that_are_in_doubt_are_refused(tmp_path: Path, text: str, message: str) -> None:
    assert message in refused(tmp_path, text)


def test_dwellings_at_the_end_of_a_year_are_those_of_the_next_first_of_january(tmp_path: Path) -> None:
    rows = "Almere;2024;93\nAlmere;2025;95\nUrk;2024;6\nUrk;2025;7\nUtrecht;2024;168\nUtrecht;2025;170\n"
    text = "Regio's;Perioden;Eindstand voorraad\n" + rows
    figures, notes = weights(tmp_path, text, "Eindstand voorraad")
    assert figures == [93, 6, 168]
    assert "The end of 2024 is 1 January 2025." in notes
    titled = "Stand ultimo jaar;;\nRegio;Perioden;Woningen\n" + rows
    assert weights(tmp_path, titled)[0] == [93, 6, 168]


def test_a_table_on_a_hidden_sheet_alone_is_told(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book["Sheet"].append(["no table"])
    hidden = book.create_sheet("Oud")
    hidden.append(["Regio", "Woningen"])
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "woningen.xlsx")
    with pytest.raises(InputError, match="Only a hidden sheet holds such a table: Oud"):
        weights_in(tmp_path, "woningen.xlsx")


def test_a_hidden_sheet_and_hidden_rows_are_not_read_and_a_note_says_so(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    old, new = book["Sheet"], book.create_sheet("Nieuw")
    for sheet, factor in ((old, 9), (new, 1)):
        for row in (["Regio", "Woningen"], ["Almere", 95_000 * factor], ["Urk", 6_900], ["Utrecht", 170_000]):
            sheet.append(row)
    old.sheet_state = "hidden"
    new.append(["Urk", 1])
    new.row_dimensions[5].hidden = True
    book.save(tmp_path / "woningen.xlsx")
    notes = "Weights of loket (woningen.xlsx): Sheets left aside: Sheet. Hidden row left out: 5."
    assert weights_in(tmp_path, "woningen.xlsx") == (DWELLINGS, notes)
