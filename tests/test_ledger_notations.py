"""The notations of a ledger that would be read as other amounts, if nobody looked twice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from gguplan.findings import InputError
from gguplan.inputs.ledger.importing import read_user_history
from tests.test_ledger_layouts import HEAD, amounts_of, mistakes_in, read

TWO = "Loket;2022;400;90\nBalie;2022;100;80\n"


@pytest.mark.parametrize(
    ("cell", "euros"),
    [
        ("-/- 400.000", -400_000),
        ("400.000 -/-", -400_000),
        ("€ (400.000)", -400_000),
        ("-€ 400.000", -400_000),
        ("400.000,--", 400_000),
        ("400 000", 400_000),
        ("1,2 mln.", 1_200_000),
        ("400k", 400_000),
    ],
)
def test_an_amount_is_read_as_people_write_it(tmp_path: Path, cell: str, euros: int) -> None:
    assert read(tmp_path, f"{HEAD}Loket;2022;{cell};90\n")[0] == {("Loket", 2022): (euros, 90)}


@pytest.mark.parametrize(
    "cell", ["0 123", "012.345", "1.234.56", "12.34.567", "4 00 000", "$ 400", "1e6", "100%", "1,2 miljard"]
)
def test_a_cell_without_a_reading_is_a_finding(tmp_path: Path, cell: str) -> None:
    assert repr(cell) in mistakes_in(tmp_path, f"{HEAD}Loket;2022;{cell};90\n")


@pytest.mark.parametrize(
    ("rows", "cell"),
    [
        # Four digits before the point: a decimal, or a point that somebody forgot. Nobody writes euros with three.
        ("Loket;2022;1420.125;90\nBalie;2022;400.000;80\n", "400.000"),
        ("Loket;2022;1 420 125;90\nBalie;2022;1.400;80\n", "1.400"),
        ("Loket;2022;1'420'125;90\nBalie;2022;1.400.000;80\n", "1.400.000"),
    ],
    ids=["three decimals", "spaces and points", "apostrophes and points"],
)
def test_marks_that_mean_two_things_in_a_column_are_a_finding(tmp_path: Path, rows: str, cell: str) -> None:
    message = mistakes_in(tmp_path, HEAD + rows).replace('"', "'")
    assert f"The marks in '{cell}' mean another" in message or f"'{cell}' can be read in two ways" in message


def test_where_columns_differ_in_their_marks_the_language_decides_nothing(tmp_path: Path) -> None:
    head = "programma;begroting 2022;realisatie 2022;begroting 2023;realisatie 2023\n"
    assert "'400.000' can be read in two ways" in mistakes_in(tmp_path, f"{head}Loket;1.234,50;1,234.50;400.000;5\n")


@pytest.mark.parametrize("empty_heads", ["", ",,"])
@pytest.mark.parametrize("row", ["Loket,2022,400,5,380,2", "Loket,2022,400,000,380,000", "Loket,2022,400,5,380"])
def test_a_comma_in_an_amount_without_quotation_marks_is_a_finding(tmp_path: Path, row: str, empty_heads: str) -> None:
    """It was read as 400 budgeted and 5 realised."""
    message = mistakes_in(tmp_path, f"programma,jaar,begroting,realisatie{empty_heads}\n{row}\n")
    assert "1 row has figures beyond the last column of the header" in message


def test_a_remark_beyond_the_header_parts_nothing(tmp_path: Path) -> None:
    text = "programma,jaar,begroting,realisatie\nLoket,2022,400,90,zie toelichting 3\n"
    assert read(tmp_path, text)[0] == {("Loket", 2022): (400, 90)}


@pytest.mark.parametrize(
    "line",
    [
        "(x € 1.000,-)",
        "x € 1.000,00",
        "in TEUR",
        "€'000",
        "Amounts in thousands of euros",
        "Bedragen in eenheden van € 1.000",
        "Bedragen x €1.000 tenzij anders vermeld",
        "Bedragen in duizend euro, prijspeil 2022",
    ],
)
def test_a_line_with_a_unit_is_understood(tmp_path: Path, line: str) -> None:
    assert read(tmp_path, f"{line};;;\n{HEAD}{TWO}")[0]["Loket", 2022] == (400_000, 90_000)


@pytest.mark.parametrize(
    "head", ["k€", "mln €", "- mln", "(€ mln)", ", x € 1.000", "in duizenden euro's", "(bedragen x € 1.000)"]
)
def test_a_head_with_a_unit_is_understood(tmp_path: Path, head: str) -> None:
    unit = 1_000_000 if "mln" in head else 1_000
    text = f"programma;jaar;Begroting {head};Realisatie {head}\n{TWO}"
    assert read(tmp_path, text)[0]["Loket", 2022] == (400 * unit, 90 * unit)


@pytest.mark.parametrize(
    "line",
    [
        "In miljarden euro",
        "bedragen x € 1 mld",
        "x € 100.000",
        "Bedragen x € 100",
        "Bedragen x f 1.000",
        "Bedragen in eurocenten",
        "Amounts in USD",
        "Bedragen in tienduizenden",
    ],
)
def test_a_unit_or_currency_that_is_not_known_is_asked(tmp_path: Path, line: str) -> None:
    """It was left aside, and the amounts were read in euros."""
    assert "--unit" in mistakes_in(tmp_path, f"{line};;;\n{HEAD}{TWO}")


def test_a_unit_over_the_names_is_that_of_the_amounts(tmp_path: Path) -> None:
    head = "Programma (bedragen x € 1.000);jaar;begroting;realisatie\n"
    assert read(tmp_path, head + TWO)[0]["Loket", 2022] == (400_000, 90_000)
    head = "x € 1.000;jaar;begroting;realisatie\n"
    assert read(tmp_path, head + TWO, columns={"programme": "x € 1.000"})[0]["Loket", 2022] == (400_000, 90_000)
    # That of figures that are no amounts may be theirs alone.
    head = "programma;jaar;begroting;realisatie;inwoners (x 1.000)\n"
    assert "is that the unit" in mistakes_in(tmp_path, head + TWO.replace("\n", ";31\n"))


def test_a_number_behind_a_head_is_not_lost(tmp_path: Path) -> None:
    assert "no column for budget" in mistakes_in(tmp_path, f"programma;jaar;begroting_1000;realisatie_1000\n{TWO}")


LINES = "Loket;2022;312.345;170.001\nBalie;2022;55.010;44.020\n"
TWO_LINES = {("Loket", 2022): (312_345, 170_001), ("Balie", 2022): (55_010, 44_020)}


@pytest.mark.parametrize(
    "name",
    [
        "Totale lasten",
        "Totaalbedrag",
        "Subtot.",
        "Tot.",
        "Totaaltelling",
        "Samen",
        "Optelling",
        "Saldo van lasten",
        "∑",
    ],
)
def test_a_total_of_any_name_is_left_out(tmp_path: Path, name: str) -> None:
    euros, notes = read(tmp_path, f"{HEAD}{LINES}{name};2022;367.355;214.021\n")
    assert euros == TWO_LINES
    assert name in notes


@pytest.mark.parametrize("name", ["Saldo", "Saldo van baten en lasten", "Resultaat"])
def test_a_balance_of_what_was_spent_has_a_minus_and_is_no_programme(tmp_path: Path, name: str) -> None:
    euros, notes = read(tmp_path, f"{HEAD}{LINES}{name};2022;-367.355;-214.021\n")
    assert euros == TWO_LINES
    assert f"{name} is left out: in every year it is the sum of all the others with a minus." in notes
    apart = read(tmp_path, f"{HEAD}{LINES}Teruggaaf;2022;-367.355;-214.021\n")[0]
    assert apart["Teruggaaf", 2022] == (-367_355, -214_021)


@pytest.mark.parametrize("word", ["n.n.b.", "nnb", "onbekend", "TBD"])
def test_what_is_not_known_yet_is_missing(tmp_path: Path, word: str) -> None:
    euros, _ = read(tmp_path, f"{HEAD}{LINES}Balie;2023;56.120;{word}\n")
    assert euros["Balie", 2023] == (56_120, None)


def test_a_total_that_is_no_sum_is_a_finding_and_a_programme_with_such_a_name_is_none(tmp_path: Path) -> None:
    assert "is no sum of the rows above it" in mistakes_in(
        tmp_path, f"{HEAD}{LINES}Totale lasten;2022;367.356;214.021\n"
    )
    assert read(tmp_path, f"{HEAD}{LINES}Samen sterk;2022;1.000;900\n")[0] == {
        **TWO_LINES,
        ("Samen sterk", 2022): (1_000, 900),
    }


def test_rows_of_a_higher_level_are_not_counted_beside_their_parts(tmp_path: Path) -> None:
    text = f"{HEAD}Programma 1;2022;367.355;214.021\n{LINES}Programma 2;2022;12.345;10.204\n"
    text += "Archief;2022;7.345;6.204\nDepot;2022;5.000;4.000\nTotaal;2022;379.700;224.225\n"
    euros, notes = read(tmp_path, text)
    assert euros == {**TWO_LINES, ("Archief", 2022): (7_345, 6_204), ("Depot", 2022): (5_000, 4_000)}
    assert "2 rows of a higher level are left out, which are the sums of the rows beside them" in notes


def test_round_amounts_that_happen_to_add_up_are_programmes(tmp_path: Path) -> None:
    """Fixed agreements: realised is as budgeted, so that the second column says nothing more than the first."""
    text = f"{HEAD}Loket;2022;300.000;300.000\nBalie;2022;100.000;100.000\nDepot;2022;200.000;200.000\n"
    assert len(read(tmp_path, text)[0]) == 3


def test_a_part_of_the_row_above_is_left_out(tmp_path: Path) -> None:
    euros, notes = read(tmp_path, f"{HEAD}Loket;2022;312.345;170.001\nwaarvan personeel;2022;1.000;900\n")
    assert euros == {("Loket", 2022): (312_345, 170_001)}
    assert "1 row is left out that is a part of the row above it: waarvan personeel." in notes


def test_a_total_of_one_file_is_no_row_of_another(tmp_path: Path) -> None:
    first, second = tmp_path / "begroting.csv", tmp_path / "rekening.csv"
    first.write_text("programma;jaar;begroting\nLoket;2022;400\nDepot;2022;50\nBalie;2022;100\n")
    second.write_text("programma;jaar;realisatie\nLoket;2022;90\nBalie;2022;80\nTotaal;2022;170\n")
    assert amounts_of(first, second)[0] == {
        ("Loket", 2022): (400, 90),
        ("Depot", 2022): (50, None),
        ("Balie", 2022): (100, 80),
    }


def test_columns_of_totals_under_a_year_head_are_left_out(tmp_path: Path) -> None:
    text = ";2022;;Totaal;\nProgramma;Begroting;Realisatie;Begroting;Realisatie\nLoket;400;90;810;185\n"
    euros, notes = read(tmp_path, text)
    assert euros == {("Loket", 2022): (400, 90)}
    assert "2 columns of amounts without a year are left out" in notes


def test_codes_with_other_digits_are_other_programmes(tmp_path: Path) -> None:
    assert len(read(tmp_path, f"{HEAD}1.1;2022;400;90\n11;2022;100;80\n")[0]) == 2


def test_lines_that_hold_no_amounts_are_passed_over(tmp_path: Path) -> None:
    text = f"{HEAD}Loket;2022;400;90\n{HEAD}Balie;2022;100;80\n*;voorlopige cijfers;;\nBron;eigen administratie;;\n"
    assert read(tmp_path, text)[0] == {("Loket", 2022): (400, 90), ("Balie", 2022): (100, 80)}


def test_a_programme_that_stands_once_over_its_years_is_that_of_each(tmp_path: Path) -> None:
    euros, notes = read(tmp_path, f"{HEAD}Loket;2022;400;90\n;2023;410;95\nBalie;2022;100;80\n;2023;110;85\n")
    assert euros == {
        ("Loket", 2022): (400, 90),
        ("Loket", 2023): (410, 95),
        ("Balie", 2022): (100, 80),
        ("Balie", 2023): (110, 85),
    }
    assert "2 rows without a programme are of the programmes above them." in notes


def test_of_rows_with_two_budgets_the_one_after_changes_is_taken(tmp_path: Path) -> None:
    text = "programma;jaar;soort;bedrag\nLoket;2022;Primitieve begroting;300\nLoket;2022;Begroting na wijziging;400\n"
    euros, notes = read(tmp_path, text + "Loket;2022;Jaarrekening;90\n")
    assert euros == {("Loket", 2022): (400, 90)}
    assert "the rows 'Begroting na wijziging' are taken" in notes


def a_workbook(file: Path, euros: tuple[Any, Any], code: str = "General", line: str = "") -> Path:
    """A ledger of one row, whose amounts are shown by the code of a format."""
    book = openpyxl.Workbook()
    sheet = book["Sheet"]
    for row in ([line], ["Programma", "Jaar", "Begroting", "Realisatie"], ["Loket", 2022, *euros]):
        sheet.append(row)
    for cell in ("C3", "D3"):
        sheet[cell].number_format = code
    book.save(file)
    return file


@pytest.mark.parametrize(
    ("code", "line", "euros"),
    [
        ('#,##0 "k€"', "", 400_000),
        ('0.0" mln"', "", 400_000_000),
        ('#,##0 "k€"', "Bedragen x € 1.000", 400_000),
        ("#,##0,", "", 400),
        # Shown as thousands below a line that says so: the cell itself holds euros.
        ("#,##0,", "Bedragen x € 1.000", 400),
        ('#,##0.0,,"M"', "", 400),
        ('_ "€" * #,##0.00_ ;_ "€" * -#,##0.00_ ;_ "€" * "-"??_ ;_ @_ ', "", 400),
        ("[$€-413] #,##0.00;[Red]-[$€-413] #,##0.00", "Bedragen x € 1.000", 400_000),
    ],
)
def test_a_number_of_a_workbook_has_the_unit_that_its_format_shows(
    tmp_path: Path, code: str, line: str, euros: int
) -> None:
    amounts, _notes = amounts_of(a_workbook(tmp_path / "fonds.xlsx", (400, 90), code, line))
    assert amounts["Loket", 2022][0] == euros


@pytest.mark.parametrize(
    ("code", "line", "question"),
    [
        ("[$$-409]#,##0", "", "that is no amount in euros"),
        ("0.0%", "", "that is no amount in euros"),
        ('"-"#,##0', "", "that is no amount in euros"),
        ('0.0" mln"', "Bedragen x € 1.000", "its unit is in doubt"),
        ("#,##0,,", "Bedragen x € 1.000", "its unit is in doubt"),
    ],
)
def test_a_number_that_is_shown_as_something_else_is_asked_about(
    tmp_path: Path, code: str, line: str, question: str
) -> None:
    with pytest.raises(InputError, match=question):
        amounts_of(a_workbook(tmp_path / "fonds.xlsx", (400, 90), code, line))


@pytest.mark.parametrize("cell", ["#N/A", "#DIV/0!", "=C3-1"])
def test_an_error_or_a_formula_that_nobody_worked_out_is_no_missing_amount(tmp_path: Path, cell: str) -> None:
    with pytest.raises(InputError, match="is not an amount"):
        amounts_of(a_workbook(tmp_path / "fonds.xlsx", (400, cell)))


def test_a_rise_of_prices_that_is_shown_as_a_percentage_is_one(tmp_path: Path) -> None:
    file = a_workbook(tmp_path / "fonds.xlsx", (400, 90))
    book = openpyxl.load_workbook(file)
    book["Sheet"]["E2"], book["Sheet"]["E3"] = "prijsstijging", 0.034
    book["Sheet"]["E3"].number_format = "0.0%"
    book.save(file)
    assert [row.price_rise for row in read_user_history(file).rows] == [0.034]


@pytest.mark.parametrize(
    "heads",
    [
        "Begroot bedrag;Werkelijk bedrag",
        "Begroting (incl. wijzigingen);Rekening",
        "Begroting na wijz.;Realisatie",
        "Bijgestelde raming;Werkelijk",
        "Planned;Actual",
        "Approved budget;Actual expenditure",
    ],
)
def test_more_heads_that_people_use_are_known(tmp_path: Path, heads: str) -> None:
    assert read(tmp_path, f"Naam programma;Kalenderjaar;{heads}\n{TWO}")[0]["Loket", 2022] == (400, 90)


def test_a_small_number_without_the_unit_of_the_others_is_a_finding(tmp_path: Path) -> None:
    message = mistakes_in(tmp_path, f"{HEAD}Loket;2022;1,2 mln;1 mln\nBalie;2022;400;0,3 mln\n")
    assert "'400' has no unit, and '1,2 mln' on line 2 has one." in message


def test_iv3_with_two_columns_of_amounts_asks_which_and_totals_of_categories_are_left_out(tmp_path: Path) -> None:
    head = "Gemeenten;Verslagsoort;TaakveldBalanspost;Categorie;k_1ePlaatsing_1;k_2ePlaatsing_2\n"
    rows = "GM0193;2022X000;0.1;Huren;100;101\nGM0193;2022X000;0.1;Totaal lasten;100;101\n"
    rows += "GM0193;2022X005;0.1;Huren;90;91\n"
    assert "Several columns could be amount" in mistakes_in(tmp_path, head + rows, unit=1)
    euros, notes = read(tmp_path, head + rows, unit=1, columns={"amount": "k_2ePlaatsing_2"})
    assert euros == {("0.1", 2022): (101, 91)}
    assert "1 row of a total over categories is left out." in notes


def test_a_line_of_dashes_below_the_header_is_passed_over(tmp_path: Path) -> None:
    text = "| programma | jaar | begroting | realisatie |\n|---|---|---:|---:|\n| Loket | 2022 | 400 | 90 |\n"
    assert read(tmp_path, text)[0] == {("Loket", 2022): (400, 90)}


def test_the_mark_of_a_footnote_is_no_part_of_an_amount(tmp_path: Path) -> None:
    rows = "Loket;2022;400.000*;90 1)\nBalie;2022;100²;(80) *\n* voorlopig;;;\n"
    amounts, notes = read(tmp_path, HEAD + rows)
    assert amounts == {("Loket", 2022): (400_000, 90), ("Balie", 2022): (100, -80)}
    assert "4 amounts have the mark of a footnote, which is left aside." in notes


@pytest.mark.parametrize("cell", ["n.v.t.", "PM", "p.m.", "N.T.B."])
def test_a_word_for_no_figure_is_a_missing_amount(tmp_path: Path, cell: str) -> None:
    amounts, notes = read(tmp_path, f"{HEAD}Loket;2022;400;{cell}\nBalie;2022;100;80\n")
    assert amounts["Loket", 2022] == (400, None)
    assert "1 realised amount is missing." in notes
