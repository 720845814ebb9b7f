"""Another fund's history, and how far a year has come, from a table that a controller has."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from gguplan.commands.cli import app
from gguplan.findings import InputError
from gguplan.inputs.ledger.importing import read_running_year, read_user_history
from gguplan.inputs.ledger.ledger_files import load_ledger
from gguplan.inputs.ledger.realised_years import realised_years
from gguplan.inputs.tables.amounts import read_amounts
from gguplan.inputs.tables.cells import NumberCell
from gguplan.inputs.tables.units import unit_stated_in
from gguplan.money import LARGEST_AMOUNT


@pytest.mark.parametrize(
    ("texts", "cents"),
    [
        (["1.234", "5.678.901"], [123_400, 567_890_100]),
        (["1.234,50", "12"], [123_450, 1_200]),
        (["1234.5", "1,234.00"], [123_450, 123_400]),
        (["€ 1.000", "-5", "(5)", "\N{MINUS SIGN}7,25"], [100_000, -500, -500, -725]),
        (["€ 400.000,-", "250.000,--", "380.000,00-"], [40_000_000, 25_000_000, -38_000_000]),
        (["241.000,00", "+241.000", "€ -"], [24_100_000, 24_100_000, 0]),
        (
            ["1\N{NO-BREAK SPACE}234\N{NO-BREAK SPACE}567", "12 345,5", "380'000,50"],
            [123_456_700, 1_234_550, 38_000_050],
        ),
        (["1,2 mln", "€ 3 miljoen", "400k", "0,5 duizend"], [120_000_000, 300_000_000, 40_000_000, 50_000]),
        (["", "n.b.", "NaN", "-"], [None] * 4),
        (["inf", "1e5", "1.13.352", "5€5", "--5", "1.234,56 miljoen miljoen", "12 34", "$ 5", "5 %"], [None] * 9),
        (["9" * 30, "1" * 500], [None, None]),
        (["400.000", "250.5", "420.000"], [None] * 3),
        (["1.400,50", "250,5", "150.5", "1.420,25"], [140_050, 25_050, None, 142_025]),
        (["1.234", "1,234"], [None, None]),
        (["400.000", "380.000"], [None, None]),
        ([NumberCell("241000.5"), "380.000", NumberCell("5")], [24_100_050, None, 500]),
    ],
)
def test_a_column_of_amounts_has_one_notation(texts: list[str], cents: list[int | None]) -> None:
    column = read_amounts(texts)
    assert list(column.cents) == cents
    doubted = {doubt.position for doubt in column.doubts}
    assert doubted == {
        at for at, text in enumerate(texts) if cents[at] is None and text not in ("", "n.b.", "NaN", "-")
    }


@pytest.mark.parametrize(
    ("texts", "unit", "cents"),
    [
        (["1420.125", "1250.500"], 1_000, [142_012_500, 125_050_000]),
        (["1.400", "250", "12.350"], 1_000, [140_000_000, 25_000_000, 1_235_000_000]),
        (["1.400", "1.250"], 1_000, [None, None]),
        (["1,2", "0,25"], 1_000_000, [120_000_000, 25_000_000]),
    ],
)
def test_three_digits_behind_a_point_in_thousands_are_read_where_others_decide(
    texts: list[str], unit: int, cents: list[int | None]
) -> None:
    assert list(read_amounts(texts, [unit] * len(texts)).cents) == cents


def test_what_the_rest_of_the_table_has_decides_where_a_column_does_not() -> None:
    """Nobody writes euros with three decimals: the language of a table is enough for euros, and not for thousands."""
    column = ["400.000", "380.000"]
    assert (
        read_amounts(column, elsewhere=",").cents == read_amounts(column, usual=",").cents == (40_000_000, 38_000_000)
    )
    assert read_amounts(column, stated=".").cents == (40_000, 38_000)
    assert read_amounts(column, [1_000, 1_000], usual=",").cents == (None, None)


@given(st.lists(st.integers(-LARGEST_AMOUNT, LARGEST_AMOUNT), min_size=1))
def test_amounts_in_either_notation_are_read_back(amounts: list[int]) -> None:
    english = [f"{'-' if cents < 0 else ''}{abs(cents) // 100:,}.{abs(cents) % 100:02}" for cents in amounts]
    dutch = [text.translate(str.maketrans(",.", ".,")) for text in english]
    assert read_amounts(english).cents == read_amounts(dutch).cents == tuple(amounts)


@given(st.lists(st.text(max_size=30), max_size=10))
def test_any_text_is_an_amount_or_none(texts: list[str]) -> None:
    assert all(cents is None or abs(cents) <= LARGEST_AMOUNT for cents in read_amounts(texts).cents)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Bedragen x € 1.000", 1_000),
        ("(bedragen × €1000)", 1_000),
        ("Begroting (x 1.000)", 1_000),
        ("Alle bedragen in duizenden euro's", 1_000),
        ("Realisatie k€", None),
        ("Amounts in EUR thousands", 1_000),
        ("Begroting in mln", 1_000_000),
        ("bedragen x € 1.000.000", 1_000_000),
        ("Bedragen in hele euro's", 1),
        ("3 miljoen inwoners", None),
        ("Jaarverslag 2022", None),
    ],
)
def test_a_unit_is_what_a_line_states(text: str, unit: int | None) -> None:
    assert unit_stated_in(text) == unit


def test_the_published_ledger_is_a_history_in_which_a_misprint_is_missing() -> None:
    """verantwoording-2017 chapter 4: Wet WOZ, "€ 1.13.352"; DKD, € 504.959 and € 269.251."""
    rows = {(year_ahead.programme, year_ahead.year): year_ahead for year_ahead in realised_years(load_ledger())}
    assert rows["woz", 2017].realised is None
    assert (rows["dkd", 2017].net, rows["dkd", 2017].realised) == (50_495_900, 26_925_100)
    assert rows["isd-programma", 2017].net is None


def write(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    file = tmp_path / "ledger.csv"
    file.write_bytes(text.encode(encoding))
    return file


def test_a_semicolon_table_of_a_dutch_excel_is_read(tmp_path: Path) -> None:
    header = "Onderdeel;Jaar;Begroting;Realisatie;Soort\n"
    text = header + "Hulplijn é;2023;1.000,50;900,00;Project\nHulplijn é;2024;1.000;;Project\n"
    rows = read_user_history(write(tmp_path, text, "cp1252")).rows
    assert [(row.programme, row.kind, row.year, row.net, row.realised) for row in rows] == [
        ("Hulplijn é", "project", 2023, 100_050, 90_000),
        ("Hulplijn é", "project", 2024, 100_000, None),
    ]


def test_amounts_in_thousands_are_counted_as_such(tmp_path: Path) -> None:
    text = "programme_id,programme,year,budget,realised,unit\nA-12,Wegen,2013,2728863,2481851,thousand\n"
    (row,) = read_user_history(write(tmp_path, text)).rows
    assert (row.programme, row.title, row.net) == ("A-12", "Wegen", 272_886_300_000)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("programme,year,budget\na,2020,1\n", "There is no column for realised."),
        ("programme,year,budget,realised\na,2020,veel,1\n", "'veel' is not an amount."),
        ("programme,year,budget,realised\na,20x0,1,1\n", "'20x0' is not a year."),
        ("programme,year,budget,realised\na,31-12-2022,1,1\n", "'31-12-2022' is not a year."),
        ("programme,year,budget,realised\n,2020,1,1\n", "This row has no programme, or no year."),
        ("programme,year,budget,realised\na,2020,1,1\na,2020,1,1\n", "'a' stands here a second time for 2020."),
        ("programme,year,budget,realised,unit\na,2020,1,1,dozen\n", "'dozen' is not a unit for this amount."),
    ],
)
def test_mistakes_in_a_ledger_are_found_with_their_place(tmp_path: Path, text: str, expected: str) -> None:
    with pytest.raises(InputError) as caught:
        read_user_history(write(tmp_path, text))
    assert expected in [finding.what for finding in caught.value.findings]
    assert all(finding.place.line for finding in caught.value.findings)


def test_all_mistakes_in_a_ledger_come_at_once(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_user_history(write(tmp_path, "programme,year,budget,realised\na,x,1,1\nb,2020,y,1\nc,2020,1,z\n"))
    assert len(caught.value.findings) == 3


def test_a_running_year_has_a_share_for_each_programme(tmp_path: Path) -> None:
    """verantwoording-2016 section 2.7: circa 60 procent of the costs of the Kindertelefoon is in the second half."""
    text = "programma;realisatie;fasering\nkindertelefoon;1.544.000;40 %\nlkha;132.000,00;0,5\n"
    rows = read_running_year(write(tmp_path, text))
    assert (rows["kindertelefoon"].realised, rows["kindertelefoon"].expected) == (154_400_000, 0.4)
    assert rows["lkha"].expected == 0.5


@pytest.mark.parametrize("share", ["0", "1.5", "140 %", "-0.4", "", "half", "nan"])
def test_a_share_that_is_none_is_found(tmp_path: Path, share: str) -> None:
    with pytest.raises(InputError) as caught:
        read_running_year(write(tmp_path, f"programme,realised,expected\na,1.00,{share}\n"))
    assert "is not a share of the year" in caught.value.findings[0].what


def test_prices_are_those_of_the_table_or_else_consumer_prices(tmp_path: Path) -> None:
    """CBS: consumer prices rose 3.8 % in 2023 and 3.3 % in 2024 (ledger_data/prices.csv)."""
    plain = write(tmp_path, "programme,year,budget,realised\na,2023,100,90\na,2024,100,95\n")
    assert [row.price_rise for row in read_user_history(plain).rows] == pytest.approx([0.038, 0.033])
    stated = write(tmp_path, "programma;jaar;begroting;realisatie;prijsstijging\na;2023;100;90;5,2 %\na;2024;100;95;\n")
    assert [row.price_rise for row in read_user_history(stated).rows] == pytest.approx([0.052, 0.033])


def test_two_rises_of_prices_in_a_year_and_one_that_is_none_are_both_told(tmp_path: Path) -> None:
    text = "programme,year,budget,realised,price rise\na,2023,100,90,3.4\nb,2023,100,90,3.5\nc,2023,100,90,much\n"
    with pytest.raises(InputError) as error:
        read_user_history(write(tmp_path, text))
    assert len(error.value.findings) == 2


def test_what_is_said_of_a_table_holds_for_a_running_year_that_is_given_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It counted for a ledger only, without a word."""
    monkeypatch.chdir(tmp_path)
    Path("halfjaar.csv").write_text("programme,realised,expected\nkindertelefoon,1826,0.40\n", encoding="utf-8")
    words = ["forecast", "uitnamen-2016", "--running", "halfjaar.csv", "--draws", "100", "--json"]
    answers = [CliRunner().invoke(app, [*words, *more]).stdout for more in ([], ["--unit", "thousand"])]
    assert answers[0] != answers[1]
