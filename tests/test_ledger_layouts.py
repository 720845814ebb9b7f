"""The layouts of a ledger that a controller has: what is read of them, and what is asked instead of guessed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gguplan.findings import InputError
from gguplan.inputs.ledger.importing import StatedLayout, read_user_history
from tests.written_ledgers import read_back, written_ledger

Amounts = dict[tuple[str, int], tuple[int | None, int | None]]
"""Budget and realised amount in euros, of each programme and year."""

TWO_YEARS: Amounts = {
    ("Loket", 2022): (1_000, 900),
    ("Loket", 2023): (1_100, 1_050),
    ("Balie", 2022): (500, 400),
    ("Balie", 2023): (600, 550),
}


def read(folder: Path, text: str, **stated: Any) -> tuple[Amounts, str]:
    file = folder / "ledger.csv"
    file.write_text(text, encoding="utf-8")
    return amounts_of(file, **stated)


def amounts_of(*files: Path, **stated: Any) -> tuple[Amounts, str]:
    history = read_user_history(files, StatedLayout(**stated))
    euros = {
        (row.programme, row.year): (
            None if row.net is None else row.net // 100,
            None if row.realised is None else row.realised // 100,
        )
        for row in history.rows
    }
    return euros, "\n".join(history.notes)


def mistakes_in(folder: Path, text: str, **stated: Any) -> str:
    with pytest.raises(InputError) as caught:
        read(folder, text, **stated)
    return str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "Programma;Begroting 2022;Realisatie 2022;Begroting 2023;Realisatie 2023\nLoket;1.000;900;1.100;1.050\n"
        "Balie;500;400;600;550\n",
        "Jaarstukken;;;;\n;2022;;2023;\nProgramma;Begroting;Realisatie;Begroting;Realisatie\nLoket;1.000;900;1.100;1.050\n"
        "Balie;500;400;600;550\nTotaal;1.500;1.300;1.700;1.600\n",
        "Programma;Begroting;;Realisatie;\n;2022;2023;2022;2023\nLoket;1.000;1.100;900;1.050\nBalie;500;600;400;550\n",
        ";Begroting;;Realisatie;\nProgramma;2022;2023;2022;2023\nLoket;1.000;1.100;900;1.050\nBalie;500;600;400;550\n",
        "Programma;Soort;2022;2023\nLoket;Begroting;1.000;1.100\nLoket;Realisatie;900;1.050\nBalie;Begroting;500;600\n"
        "Balie;Realisatie;400;550\n",
        "programme,year,measure,amount\nLoket,2022,budget,1000\nLoket,2022,actual,900\nLoket,2023,budget,1100\n"
        "Loket,2023,actual,1050\nBalie,2022,budget,500\nBalie,2022,actual,400\nBalie,2023,budget,600\n"
        "Balie,2023,actual,550\n",
    ],
    ids=["years in heads", "merged years", "years below", "measures above", "measures in rows", "one amount a row"],
)
def test_a_wide_ledger_is_read_as_a_long_one(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, text)[0] == TWO_YEARS


ROWS = "Loket;2022;1000;900\nLoket;2023;1100;1050\nBalie;2022;500;400\nBalie;2023;600;550\n"
HEAD = "programma;jaar;begroting;realisatie\n"


@pytest.mark.parametrize(
    "text",
    [
        f"Bedragen x € 1.000;;;\n{HEAD}{ROWS}",
        f"Jaarverslag\n\n{HEAD};;x € 1.000;x € 1.000\n{ROWS}",
        "programma;jaar;begroting (x € 1.000);realisatie (x € 1.000)\n" + ROWS,
        f"{HEAD}{ROWS}\nAlle bedragen in duizenden euro's;;;\n",
        "programma;jaar;begroting;realisatie;eenheid\n" + ROWS.replace("\n", ";duizend\n"),
    ],
    ids=["above", "row of units", "in heads", "below", "column"],
)
def test_a_unit_counts_wherever_it_stands(tmp_path: Path, text: str) -> None:
    euros, notes = read(tmp_path, text)
    assert euros["Loket", 2022] == (1_000_000, 900_000)
    assert "Amounts are read in thousands of euros." in notes
    assert "budgets together €3,200,000.00, realised €2,900,000.00" in notes


def test_a_unit_that_is_stated_goes_before_what_the_table_says(tmp_path: Path) -> None:
    assert read(tmp_path, f"Bedragen x € 1.000;;;\n{HEAD}{ROWS}", unit=1)[0] == TWO_YEARS


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("programma;jaar;begroting (x € 1.000);realisatie\nLoket;2022;100;90\n", "this one has none"),
        (f"Verslag over 3 miljoen inwoners;;;\n{HEAD}{ROWS}", "is that the unit of the amounts?"),
        (f"Bedragen x € 1.000;;;\nBedragen in mln;;;\n{HEAD}{ROWS}", "Two lines state another unit"),
        ("programma;jaar;begroting (x € 1.000);realisatie (x € 1.000)\nLoket;2022;2,5 mln;90\n", "a unit of its own"),
    ],
)
def test_a_unit_that_is_in_doubt_is_asked(tmp_path: Path, text: str, question: str) -> None:
    assert question in mistakes_in(tmp_path, text)


@pytest.mark.parametrize(
    "total",
    [
        "Totaal;2022;1500;1300\nTotaal;2023;1700;1600\n",
        "Eindtotaal;;3200;2900\n",
        ";2022;1500;1300\n;2023;1700;1600\n",
        "Subtotaal;2022;1500;1300\n",
    ],
)
def test_a_total_is_no_programme(tmp_path: Path, total: str) -> None:
    euros, notes = read(tmp_path, HEAD + ROWS + total)
    assert euros == TWO_YEARS
    assert "left out" in notes


def test_subtotals_in_between_are_sums_of_what_stands_above_them(tmp_path: Path) -> None:
    rows = "A;2022;100;90\nB;2022;50;40\nSubtotaal 1;2022;150;130\nC;2022;30;20\nD;2022;20;10\nSubtotaal 2;2022;50;30\n"
    euros, _notes = read(tmp_path, f"{HEAD}{rows}Totaal;2022;200;160\n")
    assert set(euros) == {("A", 2022), ("B", 2022), ("C", 2022), ("D", 2022)}


def test_a_total_by_another_name_is_the_sum_of_three_others_in_every_year(tmp_path: Path) -> None:
    rows = "A;2022;100;90\nB;2022;50;40\nC;2022;30;20\nHet fonds;2022;180;150\n"
    euros, notes = read(tmp_path, HEAD + rows)
    assert ("Het fonds", 2022) not in euros
    assert "Het fonds is left out: in every year it is the sum of all the others." in notes


def test_a_total_that_is_no_sum_is_a_finding_at_its_amount(tmp_path: Path) -> None:
    message = mistakes_in(tmp_path, HEAD + ROWS + "Totaal;2022;1501;1300\n")
    assert "'Totaal' is no sum of the rows above it: €1,501.00 against €1,500.00." in message
    assert "Totaal | 2022 | 1501 | 1300" in message


def test_where_there_is_nothing_but_a_total_it_is_the_programme(tmp_path: Path) -> None:
    assert read(tmp_path, f"{HEAD}Totaal;2022;1500;1300\n")[0] == {("Totaal", 2022): (1_500, 1_300)}


def test_names_that_differ_in_capitals_and_spaces_are_one_programme(tmp_path: Path) -> None:
    euros, notes = read(tmp_path, f"{HEAD}Sociaal  Loket;2022;100;90\nSOCIAAL LOKET ;2023;110;95\n")
    assert euros == {("Sociaal Loket", 2022): (100, 90), ("Sociaal Loket", 2023): (110, 95)}
    assert "'SOCIAAL LOKET' is taken as 'Sociaal Loket'" in notes


def test_of_several_budgets_the_one_after_changes_is_taken_and_said(tmp_path: Path) -> None:
    head = "Programma;Jaar;Primitieve begroting;Begroting na wijziging;Jaarrekening\n"
    euros, notes = read(tmp_path, f"{head}Loket;2022;300;310;290\n")
    assert euros == {("Loket", 2022): (310, 290)}
    assert "the column 'Begroting na wijziging' is taken" in notes
    assert read(tmp_path, f"{head}Loket;2022;300;310;290\n", columns={"budget": "Primitieve begroting"})[0] == {
        ("Loket", 2022): (300, 290)
    }


@pytest.mark.parametrize(
    "head",
    [
        "programma;jaar;begroting;begroting;realisatie",
        "programma;jaar;begroting na 1e wijziging;begroting na 2e wijziging;realisatie",
        "programma;jaar;begroting;raming;realisatie",
    ],
)
def test_between_budgets_that_are_alike_nothing_is_chosen(tmp_path: Path, head: str) -> None:
    assert "Several columns could be budget" in mistakes_in(tmp_path, f"{head}\nLoket;2022;100;110;90\n")


def test_a_column_that_is_said_must_be_there_once(tmp_path: Path) -> None:
    assert "The table has no column 'begrotng'" in mistakes_in(tmp_path, HEAD + ROWS, columns={"budget": "begrotng"})


def test_a_table_of_another_kind_is_told_what_a_ledger_needs(tmp_path: Path) -> None:
    message = mistakes_in(tmp_path, "department;jaartal;total_budget;total_actual\nLoket;2022;300;250\n")
    assert "such as: programme,year,budget,realised" in message


def test_a_mistake_that_is_made_again_and_again_is_told_once(tmp_path: Path) -> None:
    message = mistakes_in(tmp_path, HEAD + "".join(f"P{number};31-12-2022;1;1\n" for number in range(300)))
    assert message.count("is not a year") == 1
    assert "299 more rows have such a mistake: lines 3, 4, 5, 6, 7, 8, 9, 10 …." in message


def test_a_header_that_is_repeated_and_a_column_of_percentages_are_passed_over(tmp_path: Path) -> None:
    head = "programma;jaar;begroting lasten;realisatie lasten;realisatie %\n"
    assert read(tmp_path, f"{head}Loket;2022;10;9;90%\n{head}Balie;2022;20;18;90%\n")[0] == {
        ("Loket", 2022): (10, 9),
        ("Balie", 2022): (20, 18),
    }


def test_iv3_is_read_for_one_municipality_of_one_file_or_two(tmp_path: Path) -> None:
    """CBS: X000 is the budget, X005 the annual account; categories that begin with L are expenditure, with B income."""
    head = "Gemeenten;Verslagsoort;Taakveld;Categorie;Waarde\n"
    budget = "Zwolle;2022X000;0.1 Bestuur;L1.1;100\nZwolle;2022X000;0.1 Bestuur;L3.1;50\n"
    budget += "Zwolle;2022X000;0.1 Bestuur;B3.1;20\n"
    account = "Zwolle;2022X005;0.1 Bestuur;L1.1;90\nUtrecht;2022X005;0.1 Bestuur;L1.1;77\n"
    expected = {("0.1 Bestuur", 2022): (150_000, 90_000)}
    assert read(tmp_path, head + budget + account, municipality="Zwolle", unit=1_000)[0] == expected
    first, second = tmp_path / "X000.csv", tmp_path / "X005.csv"
    first.write_text(head + budget + "Utrecht;2022X000;0.1 Bestuur;L1.1;80\n")
    second.write_text(head + account)
    assert amounts_of(first, second, municipality="zwolle", unit=1_000)[0] == expected
    message = mistakes_in(tmp_path, head + budget + account)
    assert "Say it with --unit thousand" in message


def test_budgets_and_realised_amounts_may_stand_in_two_files(tmp_path: Path) -> None:
    first, second = tmp_path / "begroting.csv", tmp_path / "rekening.csv"
    first.write_text("programma;jaar;begroting\nLoket;2022;1.000\n")
    second.write_text("programma;jaar;realisatie\nLoket;2022;900\n")
    assert amounts_of(first, second)[0] == {("Loket", 2022): (1_000, 900)}


def workbook(file: Path, change: Callable[[Any], None]) -> Path:
    book = openpyxl.Workbook()
    change(book)
    book.save(file)
    return file


def test_what_is_hidden_in_a_workbook_is_left_out_and_named(tmp_path: Path) -> None:
    def fill(book: Any) -> None:
        sheet = book.active
        sheet.title = "Fonds"
        for row in (["Programma", "Oud", "Jaar", "Begroting", "Realisatie"], ["Loket", 1, 2022, 1000, 900],
                    ["Loket", 1, 2021, 1, 900], ["Balie", 1, 2022, 500, 400]):  # fmt: skip
            sheet.append(row)
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["B"].hidden = True
        book.create_sheet("Oud", 0).append(["Programma", "Jaar", "Begroting", "Realisatie"])
        book["Oud"].append(["Loket", 2022, 7, 7])
        book["Oud"].sheet_state = "hidden"

    euros, notes = amounts_of(workbook(tmp_path / "fonds.xlsx", fill))
    assert euros == {("Loket", 2022): (1_000, 900), ("Balie", 2022): (500, 400)}
    assert "Hidden row left out: 3." in notes
    assert "Hidden column left out: Oud." in notes
    assert amounts_of(tmp_path / "fonds.xlsx", sheet="oud")[0] == {("Loket", 2022): (7, 7)}


def test_which_of_several_sheets_is_asked_and_can_be_said(tmp_path: Path) -> None:
    def fill(book: Any) -> None:
        for name, amount in (("Concept", 1), ("Vastgesteld", 2)):
            sheet = book.create_sheet(name)
            sheet.append(["Programma", "Jaar", "Begroting", "Realisatie"])
            sheet.append(["Loket", 2022, amount, amount])

    file = workbook(tmp_path / "fonds.xlsx", fill)
    with pytest.raises(InputError, match="Several sheets hold such a table: Concept and Vastgesteld"):
        amounts_of(file)
    assert amounts_of(file, sheet="Vastgesteld")[0] == {("Loket", 2022): (2, 2)}
    with pytest.raises(InputError, match="Sheets there: Sheet, Concept, Vastgesteld"):
        amounts_of(file, sheet="Definitief")


def test_text_in_a_workbook_is_not_read_by_what_its_numbers_look_like(tmp_path: Path) -> None:
    def fill(book: Any) -> None:
        for row in (["Programma", "Jaar", "Begroting", "Realisatie"], ["Loket", 2022, 241000.5, 1.25],
                    ["Balie", 2022, "380.000", 0.1]):  # fmt: skip
            book.active.append(row)

    file = workbook(tmp_path / "fonds.xlsx", fill)
    with pytest.raises(InputError, match=r"'380\.000' can be read in two ways"):
        amounts_of(file)
    history = read_user_history(file, StatedLayout(decimal=","))
    assert [(row.net, row.realised) for row in history.rows] == [(24_100_050, 125), (38_000_000, 10)]


@given(st.integers(0, 10**9))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_ledger_in_any_layout_and_notation_is_read_to_the_cent_or_asked_about(tmp_path: Path, seed: int) -> None:
    ledger = written_ledger(seed)
    amounts = read_back(ledger, tmp_path)
    assert amounts is None or amounts == ledger.amounts


def test_of_such_ledgers_nine_in_ten_are_read(tmp_path: Path) -> None:
    """Whoever asks about everything would never read anything wrongly."""
    read = [read_back(ledger, tmp_path) for ledger in map(written_ledger, range(60))]
    assert sum(amounts is not None for amounts in read) >= 54


@pytest.mark.parametrize(
    ("text", "note"),
    [
        (
            "Programma;2022;;2023;\n;Begroting;Rekening;Begroting;Rekening\nLoket;1.000;900;1.100;1.050\n"
            "Balie;500;400;600;550\n",
            "",
        ),
        (
            "Programma;2022;;;2023;;\n;Begroting;Rekening;Verschil;Begroting;Rekening;Verschil\n"
            "Loket;1.000;900;100;1.100;1.050;50\nBalie;500;400;100;600;550;50\n",
            "",
        ),
        (
            "Jaar;Programma;Begroting;Realisatie\n2022;Loket;1.000;900\n;Balie;500;400\n;Totaal;1.500;1.300\n"
            "2023;Loket;1.100;1.050\n;Balie;600;550\n",
            "2 rows without a year are of the years above them.",
        ),
        (
            "Programma;Soort;2022;2023\nLoket;Begroting;1.000;1.100\n;Rekening;900;1.050\nBalie;Begroting;500;600\n"
            ";Rekening;400;550\n",
            "2 rows without a programme are of the programmes above them.",
        ),
        (
            "Programma;Begroting 31-12-2022;Realisatie per 31 december 2022;Begroting 2023;Realisatie t/m 31-12-2023\n"
            "Loket;1.000;900;1.100;1.050\nBalie;500;400;600;550\n",
            "",
        ),
    ],
    ids=["measures below", "with a difference", "year merged", "programme merged over both", "the last day"],
)
def test_heads_and_cells_that_stand_once_are_those_of_what_is_below(tmp_path: Path, text: str, note: str) -> None:
    amounts, notes = read(tmp_path, text)
    assert amounts == TWO_YEARS
    assert note in notes


@pytest.mark.parametrize(
    ("text", "what"),
    [
        # One year is written again, so that the row without one may be another mistake.
        ("Jaar;Programma;Begroting;Realisatie\n2022;Loket;1;1\n2022;Balie;1;1\n;Balie;1;1\n", "This row has no year."),
        ("Programma;Begroting 2022;Realisatie t/m 31-8-2022\nLoket;1.000;900\n", "There is no column for realised."),
        ("Begroting 2022\nProgramma;Begroting;Realisatie\nLoket;1.000;900\n", "There is no column for year."),
        (
            "Jaarrekening 2022, vastgesteld in 2023\nProgramma;Begroting;Realisatie\nLoket;1.000;900\n",
            "There is no column for year.",
        ),
    ],
)
def test_a_year_that_may_be_another_is_asked(tmp_path: Path, text: str, what: str) -> None:
    assert what in mistakes_in(tmp_path, text)


def test_the_title_of_the_accounts_of_one_year_says_the_year(tmp_path: Path) -> None:
    amounts, notes = read(tmp_path, "Jaarrekening 2022;;\nProgramma;Begroting;Realisatie\nLoket;1.000;900\n")
    assert amounts == {("Loket", 2022): (1_000, 900)}
    assert "The year 2022 is that of the title." in notes


def test_income_below_its_heading_is_not_spent(tmp_path: Path) -> None:
    spent = "Lasten;;\nLoket;1.000;900\nBalie;500;400\nTotaal lasten;1.500;1.300\n"
    income = "Baten;;\nBijdragen;1.500;1.500\nTotaal baten;1.500;1.500\nSaldo;0;-200\n"
    head = "Programma;Begroting 2022;Realisatie 2022\n"
    for text in (head + spent + income, head + income.replace("Saldo;0;-200\n", "") + spent):
        amounts, notes = read(tmp_path, text)
        assert amounts == {("Loket", 2022): (1_000, 900), ("Balie", 2022): (500, 400)}
        assert "rows of income are left out" in notes
    without_headings = "".join(line for line in (spent + income).splitlines(True) if ";;" not in line)
    assert "'Totaal baten' is income, which is not spent." in mistakes_in(tmp_path, head + without_headings)


def test_numbers_say_what_is_a_part_of_what(tmp_path: Path) -> None:
    """Round amounts too, of which chance might explain that they add up."""
    head = "Programma;Begroting 2022;Realisatie 2022\n"
    parts = "1.1 Balie;300;290\n1.2 Website;100;90\n"
    assert set(read(tmp_path, f"{head}1 Loket;400;380\n{parts}2 Archief;150;140\n")[0]) == {
        ("1.1 Balie", 2022),
        ("1.2 Website", 2022),
        ("2 Archief", 2022),
    }
    # Thousands are rounded each for itself.
    rounded = f"Bedragen x € 1.000;;\n{head}1 Loket;401;380\n{parts}"
    assert ("1 Loket", 2022) not in read(tmp_path, rounded)[0]
    what = "'1 Loket' has parts by its number, and is no sum of them: €500.00 against €400.00."
    assert what in mistakes_in(tmp_path, f"{head}1 Loket;500;380\n{parts}")
    assert len(read(tmp_path, f"{head}1 Loket;400;380\n1.5 meter;300;290\n")[0]) == 2
