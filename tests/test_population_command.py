"""``gguplan population``, as somebody uses it."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner, Result

from gguplan.commands.cli import app
from gguplan.inputs.population.years import forget, load_population, years
from gguplan.shipped import shipped_folder

ADD = ["--year", "2027", "--source", "made for a test"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder that is not the clone, with the counts of 2025 as inwoners.csv."""
    lines = ["Gemeentecode;Inwoners"]
    lines += [
        f"{municipality.gm_code};{municipality.inhabitants}" for municipality in load_population(2025).municipalities
    ]
    (tmp_path / "inwoners.csv").write_text("\n".join(lines))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def gguplan(*words: str) -> Result:
    return CliRunner().invoke(app, ["population", *words])


# --- show ----------------------------------------------------------------------------------------


def test_show_lists_every_year_beside_the_published_total() -> None:
    shown = gguplan("show")
    assert shown.exit_code == 0
    lines = [line.split() for line in shown.stdout.splitlines()]
    for year, year_ahead in years().items():
        [line] = [line for line in lines if line and line[0] == str(year)]
        if year_ahead.national_total:
            assert line[-3:] == [f"{year_ahead.national_total:,}", f"{year_ahead.national_total:,}", "0"]
        else:
            assert line[-2:] == ["not", "known"]


@pytest.mark.parametrize("words", [[], ["2017"], ["Hengelo (O.)"], ["Leeuwarden"]])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_tables_fit_in_80_columns(words: list[str], language: str) -> None:
    shown = gguplan("show", *words, "--lang", language)
    assert shown.exit_code == 0
    rows = [line.rstrip() for line in shown.stdout.splitlines() if "  " in line or "──" in line]
    assert max(map(len, rows)) <= 80


def test_show_a_year_says_its_total_its_status_and_its_groups() -> None:
    shown = gguplan("show", "2017")
    assert shown.stdout.startswith("388 municipalities with 17,081,507 inhabitants on 1 January 2017 (final)")
    for word in ("Zuid-Holland", "250,000 and more", "Amsterdam", "Schiermonnikoog"):
        assert word in shown.stdout


def test_show_a_municipality_says_its_counts_and_where_it_went() -> None:
    shown = gguplan("show", "schijndel")
    assert shown.stdout.startswith("Schijndel (GM0844), Noord-Brabant")
    assert "1 January 2017: Schijndel (GM0844) became part of Meierijstad (GM1948)" in shown.stdout


def test_a_code_that_looks_like_a_year_is_a_code() -> None:
    assert gguplan("show", "1900").stdout.startswith("Súdwest-Fryslân (GM1900)")


@pytest.mark.parametrize(
    ("text", "what"),
    [("2013", "gguplan population add FILE --year 2013"), ("Den Bosh", "Den Bosch"), ("Bergen", "GM0893")],
)
def test_show_something_that_is_not_there_says_what_to_do(text: str, what: str) -> None:
    shown = gguplan("show", text)
    assert shown.exit_code == 2
    assert shown.stdout == ""
    assert what in shown.stderr


@pytest.mark.parametrize(
    ("language", "note", "of_the_year", "of_the_change"),
    [
        ("en", "2022: Weesp still separate", "Weesp still separate", "; 3394 inhabitants transferred according to CBS"),
        (
            "nl",
            "2022: Weesp is nog zelfstandig",
            "Weesp is nog zelfstandig",
            "; 3394 inwoners overgegaan volgens het CBS",
        ),
    ],
)
def test_notes_are_in_the_language_of_the_user(language: str, note: str, of_the_year: str, of_the_change: str) -> None:
    assert note in gguplan("show", "--lang", language).stdout.splitlines()
    assert of_the_year in gguplan("show", "2022", "--lang", language).stdout.splitlines()
    assert of_the_change in gguplan("show", "Leeuwarden", "--lang", language).stdout


def test_own_year_without_a_dutch_note_has_its_note_in_both_languages(folder: Path) -> None:
    own = folder / "population_data"
    own.mkdir()
    (own / "years.csv").write_text("year,municipalities,national_total,status,note\n2017,1,,final,mine\n")
    (own / "2017.csv").write_text("gm_code,name,province,population\nGM0344,Utrecht,Utrecht,100\n")
    for language in ("en", "nl"):
        lines = gguplan("show", "--lang", language).stdout.splitlines()
        assert "2017: mine" in lines
    assert "2022: Weesp is nog zelfstandig" in lines


def test_json_holds_what_the_tables_show() -> None:
    answer = json.loads(gguplan("show", "--json").stdout)["years"]
    assert [row["year"] for row in answer] == list(years())
    year = json.loads(gguplan("show", "2016", "--json").stdout)
    assert year["total"]["inhabitants"] == 16_979_120
    assert sum(municipality["inhabitants"] for municipality in year["municipalities"]) == 16_979_120
    utrecht = json.loads(gguplan("show", "Utrecht", "--json").stdout)
    assert utrecht["gm_code"] == "GM0344"
    assert utrecht["counts"][3] == {
        "year": 2017,
        "name": "Utrecht",
        "inhabitants": 343038,
        "status": "final",
    }


# --- check ---------------------------------------------------------------------------------------


def test_check_of_the_shipped_data_holds_in_both_languages() -> None:
    for language in ("nl", "en"):
        assert gguplan("check", "--lang", language).exit_code == 0
    checked = gguplan("check")
    assert "2026: 342 municipalities, 18,130,208 inhabitants" in checked.stdout
    assert json.loads(gguplan("check", "--json").stdout)["holds"] is True


def test_check_ends_with_1_when_something_is_off(folder: Path) -> None:
    assert gguplan("add", "inwoners.csv", *ADD).exit_code == 0
    years_file = folder / "population_data" / "years.csv"
    years_file.write_text(years_file.read_text().replace(",342,", ",341,"))
    forget()
    checked = gguplan("check")
    assert checked.exit_code == 1
    assert "WRONG  2027: 342 municipalities, years.csv says 341" in checked.stdout


# --- add -----------------------------------------------------------------------------------------


def test_add_writes_a_year_that_gguplan_then_reads(folder: Path) -> None:
    added = gguplan("add", "inwoners.csv", *ADD, "--total", "18044027", "--status", "final")
    assert added.exit_code == 0, added.stderr
    assert "342 municipalities with 18,044,027 inhabitants on 1 January 2027." in added.stdout
    assert "Written: population_data/2027.csv and its row in population_data/years.csv." in added.stdout
    listed = years()[2027]
    assert (listed.national_total, listed.status, listed.note) == (18_044_027, "final", "made for a test")
    assert load_population(2027).municipalities == load_population(2025).municipalities
    assert sorted(path.name for path in (folder / "population_data").iterdir()) == ["2027.csv", "years.csv"]
    assert gguplan("check").exit_code == 0


def test_add_keeps_the_other_years(folder: Path) -> None:
    for year in ("2028", "2027"):
        assert gguplan("add", "inwoners.csv", "--year", year, "--source", 'a, b; "c"').exit_code == 0
    text = (folder / "population_data" / "years.csv").read_text()
    assert [line[:4] for line in text.splitlines()] == ["year", "2027", "2028"]
    assert years()[2028].note == 'a, b; "c"'


def test_add_keeps_the_dutch_notes_of_the_other_years_and_has_one_source_in_both_languages(folder: Path) -> None:
    own = folder / "population_data"
    own.mkdir()
    (own / "years.csv").write_text("year,municipalities,national_total,status,note,note_nl\n2028,1,,final,one,een\n")
    (own / "2028.csv").write_text("gm_code,name,province,population\nGM0344,Utrecht,Utrecht,100\n")
    assert gguplan("add", "inwoners.csv", *ADD).exit_code == 0
    assert (own / "years.csv").read_text().splitlines()[1:] == [
        "2027,342,,provisional,made for a test,",
        "2028,1,,final,one,een",
    ]
    assert "made for a test" in gguplan("show", "2027", "--lang", "nl").stdout.splitlines()


def test_add_writes_over_a_year_only_when_asked(folder: Path) -> None:
    assert gguplan("add", "inwoners.csv", *ADD).exit_code == 0
    before = (folder / "population_data" / "2027.csv").read_bytes()
    (folder / "inwoners.csv").write_text("code;inwoners\nGM0344;5\n")
    refused = gguplan("add", "inwoners.csv", *ADD)
    assert refused.exit_code == 2
    assert "--force" in refused.stderr
    assert (folder / "population_data" / "2027.csv").read_bytes() == before
    assert gguplan("add", "inwoners.csv", *ADD, "--force").exit_code == 0
    assert load_population(2027).total == 5


def test_a_year_of_which_the_table_is_gone_is_added_anew(folder: Path) -> None:
    """Its row is still there, so that it takes --force as any year that is."""
    assert gguplan("add", "inwoners.csv", *ADD).exit_code == 0
    (folder / "population_data" / "2027.csv").unlink()
    forget()
    assert gguplan("add", "inwoners.csv", *ADD, "--force").exit_code == 0
    assert (folder / "population_data" / "2027.csv").is_file()


def test_add_refuses_a_total_that_differs_and_writes_nothing(folder: Path) -> None:
    refused = gguplan("add", "inwoners.csv", *ADD, "--total", "18044028")
    assert refused.exit_code == 2
    assert "inwoners.csv adds up to 18,044,027 inhabitants, not to 18,044,028: -1 off." in refused.stderr
    assert not (folder / "population_data").exists()


def test_add_writes_nothing_when_a_row_is_wrong(folder: Path) -> None:
    (folder / "inwoners.csv").write_text("code;inwoners\nGM0344;vijf\n")
    refused = gguplan("add", "inwoners.csv", *ADD)
    assert refused.exit_code == 2
    assert refused.stdout == ""
    assert "inwoners.csv:2" in refused.stderr
    assert not (folder / "population_data").exists()


def test_add_elsewhere_says_that_it_is_not_read_from_there(folder: Path) -> None:
    added = gguplan("add", "inwoners.csv", *ADD, "--to", "elsewhere")
    assert (folder / "elsewhere" / "2027.csv").is_file()
    assert "only when it is started in the folder that holds it" in added.stdout
    assert 2027 not in years()


def test_add_keeps_a_known_national_total_only_when_it_agrees(folder: Path) -> None:
    added = gguplan("add", "inwoners.csv", "--year", "2025", "--source", "made for a test")
    assert "The sum equals the national total that was known here." in added.stdout
    assert years()[2025].national_total == 18_044_027
    (folder / "inwoners.csv").write_text("code;inwoners\nGM0344;5\n")
    added = gguplan("add", "inwoners.csv", "--year", "2024", "--source", "made for a test")
    assert "so no total is kept" in added.stdout
    assert years()[2024].national_total is None


def test_add_reads_a_workbook(folder: Path) -> None:
    workbook = openpyxl.Workbook()
    assert workbook.active is not None
    workbook.active.append(["Gemeente", "Inwoners"])
    for municipality in load_population(2026).municipalities:
        workbook.active.append([municipality.name, municipality.inhabitants])
    workbook.save("inwoners.xlsx")
    added = gguplan("add", "inwoners.xlsx", *ADD, "--json")
    assert added.exit_code == 0, added.stderr
    answer = json.loads(added.stdout)
    assert (answer["municipalities"], answer["inhabitants"]) == (342, load_population(2026).total)


def test_add_into_a_place_that_cannot_be_written_is_a_finding(folder: Path) -> None:
    refused = gguplan("add", "inwoners.csv", *ADD, "--to", "inwoners.csv")
    assert refused.exit_code == 2
    assert "This file cannot be written" in refused.stderr
    assert list(folder.iterdir()) == [folder / "inwoners.csv"]


def test_the_shipped_data_stay_as_they_are(folder: Path) -> None:
    before = {path: path.read_bytes() for path in shipped_folder("population_data").glob("*.csv")}
    gguplan("add", "inwoners.csv", "--year", "2025", "--source", "made for a test", "--force")
    assert {path: path.read_bytes() for path in shipped_folder("population_data").glob("*.csv")} == before
