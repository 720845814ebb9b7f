"""``gguplan population fetch`` against a server on this computer that answers as CBS documents its service."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from gguplan.commands.cli import app
from gguplan.inputs.population.years import load_population, years
from tests.cbs_service import CbsTables, served, tables_of


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for proxy in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(proxy, raising=False)
        monkeypatch.delenv(proxy.upper(), raising=False)
    return tmp_path


def fetch(tables: CbsTables, *words: str, year: int = 2027) -> Result:
    with served(tables) as service:
        return CliRunner().invoke(app, ["population", "fetch", str(year), "--service", service, *words])


def test_a_year_is_fetched_and_from_there_on_it_is_there(folder: Path) -> None:
    outcome = fetch(tables_of(2027))
    assert (outcome.exit_code, outcome.stderr) == (0, "")
    assert "CBS 03759ned, “Bevolking op 1 januari en gemiddeld; geslacht, leeftijd en regio”" in outcome.stdout
    assert "changed by CBS on 23 June 2027; its figures of 2027 are final." in outcome.stdout
    assert "Left out: 1 municipality that did not exist on that day." in outcome.stdout
    fetched, counted = load_population(2027), load_population(2026)
    assert fetched.municipalities == counted.municipalities, "names as CBS spells them: Utrecht, not Utrecht (gemeente)"
    year = years()[2027]
    assert (year.status, year.national_total) == ("final", 18_130_208)
    assert year.note.startswith("CBS open data, table 03759ned as changed on 23 June 2027, fetched on ")
    assert year.note_nl.startswith(
        "open data van het CBS, tabel 03759ned zoals gewijzigd op 23 juni 2027, opgehaald op "
    )


def test_the_question_is_the_one_that_cbs_documents() -> None:
    tables = tables_of(2027)
    fetch(tables)
    [first, *_more] = [path for path in tables.requests if "Observations" in path]
    assert first == (
        "/CBS/03759ned/Observations?$filter=Measure%20eq%20%27M000352%27%20and%20Geslacht%20eq%20%27T001038%27"
        "%20and%20Leeftijd%20eq%20%2710000%27%20and%20BurgerlijkeStaat%20eq%20%27T001019%27"
        "%20and%20Perioden%20eq%20%272027JJ00%27"
    )
    assert "/CBS/03759ned/RegioSCodes?$select=Identifier,Title" in tables.requests


def test_until_the_table_by_year_has_it_that_by_month_is_taken_and_provisional() -> None:
    tables = tables_of(2027, "Voorlopig", "37230ned")
    tables.answers |= tables_of(2026).answers
    outcome = fetch(tables, "--json")
    answer = json.loads(outcome.stdout)
    assert (answer["table"], answer["status"], answer["national_total"]) == ("37230ned", "provisional", 18_130_208)
    assert years()[2027].status == "provisional"


def test_a_year_that_neither_table_has_is_told_with_the_newest_of_each(folder: Path) -> None:
    tables = tables_of(2026)
    tables.answers |= tables_of(2026, "Voorlopig", "37230ned").answers
    outcome = fetch(tables)
    assert outcome.exit_code == 2
    assert (
        "CBS has no inhabitants on 1 January 2027: CBS 03759ned has 2025 to 2026; CBS 37230ned has 2025 to 2026."
        in (outcome.stderr)
    )
    assert not (folder / "population_data").exists()


def test_a_year_that_is_there_is_not_fetched_again_unasked() -> None:
    fetch(tables_of(2027))
    tables = tables_of(2027)
    outcome = fetch(tables)
    assert outcome.exit_code == 2 and "already there" in outcome.stderr and not tables.requests
    assert fetch(tables, "--force").exit_code == 0


def another_total(tables: CbsTables) -> None:
    tables.observation("NL01")["Value"] += 1


def half_a_person(tables: CbsTables) -> None:
    tables.observation("GM0344")["Value"] = 380_000.5


def test_a_year_before_all_that_cbs_has_is_not_said_to_come_later() -> None:
    tables = tables_of(2026)
    tables.answers |= tables_of(2026, "Voorlopig", "37230ned").answers
    with served(tables) as service:
        outcome = CliRunner().invoke(app, ["population", "fetch", "1990", "--service", service])
    assert "CBS has no inhabitants on 1 January 1990: CBS 03759ned has 2025 to 2026;" in outcome.stderr
    assert "Ask for a year that is there." in outcome.stderr
    assert "later" not in outcome.stderr


def a_secret(tables: CbsTables) -> None:
    tables.observation("GM0344").update(Value=None, ValueAttribute="Secret")


def ten_times_as_many(tables: CbsTables) -> None:
    tables.observation("GM0344")["Value"] *= 10


def one_region_twice(tables: CbsTables) -> None:
    tables.rows("03759ned/Observations").append(dict(tables.observation("GM0344")))


def an_unknown_code(tables: CbsTables) -> None:
    tables.observation("GM0344")["RegioS"] = "GM9999"


def no_country(tables: CbsTables) -> None:
    tables.observation("NL01")["Perioden"] = "2025JJ00"


def another_dimension(tables: CbsTables) -> None:
    tables.rows("03759ned/Dimensions").append({"Identifier": "Herkomst"})


def another_measure(tables: CbsTables) -> None:
    tables.rows("03759ned/MeasureCodes")[0]["Title"] = "Inwoners"


def no_table(tables: CbsTables) -> None:
    tables.errors["03759ned/PeriodenCodes"] = 404


def a_fault(tables: CbsTables) -> None:
    tables.errors["03759ned/Observations"] = 503


def a_page_of_the_network(tables: CbsTables) -> None:
    tables.answers["03759ned/PeriodenCodes"] = "<html>Log in first</html>"


def a_list_of_lists(tables: CbsTables) -> None:
    tables.answers["03759ned/PeriodenCodes"] = {"value": [[1]]}


def no_periods(tables: CbsTables) -> None:
    tables.answers["03759ned/PeriodenCodes"] = {"value": []}


def no_regions(tables: CbsTables) -> None:
    tables.answers["03759ned/RegioSCodes"] = {"value": []}


def no_status(tables: CbsTables) -> None:
    for row in tables.rows("03759ned/PeriodenCodes"):
        row["Status"] = None


def no_day(tables: CbsTables) -> None:
    properties = tables.answers["03759ned/Properties"]
    assert isinstance(properties, dict)
    properties["Modified"] = "yesterday"


def a_file_as_the_next_page(tables: CbsTables) -> None:
    tables.next_link = "file:///etc/passwd"


def pages_without_end(tables: CbsTables) -> None:
    tables.next_link = "?"


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (another_total, "adds up to 18,130,208 inhabitants, not to 18,130,209"),
        (half_a_person, "'380000.5' is not a number of inhabitants"),
        (a_secret, "'Secret' is not a number of inhabitants"),
        (ten_times_as_many, "that is not possible"),
        (one_region_twice, "GM0344 stands here a second time"),
        (an_unknown_code, "No year knows GM9999, and the name is missing"),
        (no_country, "does not give the inhabitants of the Netherlands"),
        (
            another_dimension,
            "made otherwise than this version knows: it is divided by BurgerlijkeStaat, Geslacht, Herko",
        ),
        (another_measure, "made otherwise than this version knows: no measure “Bevolking op 1 januari”"),
        (no_table, "answers with the error 404"),
        (a_fault, "answers with the error 503"),
        (a_page_of_the_network, "The answer is no JSON"),
        (a_list_of_lists, "another form than CBS documents"),
        (no_periods, "The answer is an empty list, where CBS documents rows."),
        (no_regions, "The answer is an empty list, where CBS documents rows."),
        (no_status, "no Status, which CBS documents"),
        (no_day, "'yesterday' is no day"),
        (a_file_as_the_next_page, "no address of the web"),
        (pages_without_end, "no address of the web"),
    ],
)
def test_what_cannot_be_right_is_told_and_nothing_is_written(
    change: Callable[[CbsTables], None], what: str, folder: Path
) -> None:
    tables = tables_of(2027)
    change(tables)
    outcome = fetch(tables)
    assert outcome.exit_code == 2
    assert what in outcome.stderr
    assert not (folder / "population_data").exists()


def test_pages_that_go_round_are_left_after_a_hundred() -> None:
    tables = tables_of(2027)
    with served(tables) as service:
        tables.next_link = f"{service}/03759ned/PeriodenCodes"
        outcome = CliRunner().invoke(app, ["population", "fetch", "2027", "--service", service])
    assert outcome.exit_code == 2 and "more than 100 pages" in outcome.stderr


def test_without_the_service_it_says_what_to_download_and_how_to_add_it(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = fetch(CbsTables())
    assert outcome.exit_code == 2
    assert "opendata.cbs.nl/#/CBS/nl/dataset/03759ned" in outcome.stderr
    assert "gguplan population add FILE --year 2027" in outcome.stderr
