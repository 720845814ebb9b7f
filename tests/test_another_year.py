"""The bill of another year from the one number in the assembly's paper."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from unittest.mock import MagicMock
from zipfile import ZipFile

import pytest
from typer.testing import CliRunner, Result

from gguplan.commands.cli import app
from gguplan.findings import InputError
from gguplan.fund.reference_dates import OtherDateOfYears
from gguplan.inputs.population.years import load_population, years
from gguplan.inputs.scenario.another_year import settings_for
from gguplan.inputs.scenario.reading import read_scenario
from gguplan.language import written_in
from gguplan.runs import year_shown
from gguplan.runs.results import result_of
from gguplan.wording.amounts import format_euros
from gguplan.wording.other_dates import other_dates_of_years_in_words


def gguplan(*words: str) -> Result:
    return CliRunner().invoke(app, words)


def bill(*words: str) -> dict[str, Any]:
    outcome = gguplan("estimate", "Zwolle", *words, "--json")
    assert outcome.exit_code == 0, outcome.output
    answer: dict[str, Any] = json.loads(outcome.stdout)
    return answer


def test_a_rate_is_times_the_inhabitants_of_the_year_before() -> None:
    """CBS counted 134,147 inhabitants of Zwolle on 1 January 2026: × 3.45 = 462,807.15."""
    people = load_population(2026)
    assert people.municipalities[people.index["GM0193"]].inhabitants == 134_147
    assert bill("--year", "2027", "--rate", "3.45")["to_pay"] == "462807.15"
    assert bill("--year", "2027", "--rate", "3,45", "--lang", "nl")["to_pay"] == "462807.15"


@pytest.mark.parametrize("total", ["61000000", "61000000.00", "€ 61,000,000", "61 mln"])
def test_a_total_is_divided_over_all(total: str) -> None:
    """61,000,000 × 134,147 ÷ 18,130,208 = 451,344.35."""
    assert load_population(2026).total == 18_130_208
    assert bill("--year", "2027", "--total", total)["to_pay"] == "451344.35"


def test_a_total_without_vat_gets_it_added() -> None:
    """61,000,000 × 1.21 = 73,810,000; × 134,147 ÷ 18,130,208 = 546,126.667: a cent by its place in the queue."""
    assert bill("--year", "2027", "--total", "61000000", "--without-vat")["to_pay"] == "546126.67"


def test_the_day_of_the_inhabitants_is_marked_as_an_assumption() -> None:
    output = gguplan("explain", "Zwolle", "--year", "2027", "--rate", "3.45").stdout
    assert "on 1 January 2026" in output
    assert "reference date: assumed: 1 January of the year before" in output
    later = gguplan("explain", "Zwolle", "--year", "2031", "--rate", "3.45").stdout
    assert "on 1 January 2026" in later
    assert "(that of 2030 is not there yet: the latest is taken)" in later


def test_without_a_number_it_is_said_that_the_amount_is_of_another_year() -> None:
    assert (
        "This is the fund of 2020, the newest of which the amount is published." in gguplan("estimate", "Zwolle").stdout
    )
    assert "The amount of 2027 is not known here" in gguplan("estimate", "Zwolle", "--year", "2027").stdout
    assert "newest" not in gguplan("estimate", "Zwolle", "--scenario", "uitnamen-2017").stdout


def test_a_scenario_of_which_no_other_year_is_asked_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read = MagicMock(wraps=read_scenario)
    monkeypatch.setattr(year_shown, "read_scenario", read)
    settings = ["programmes.ibd.gross=2100000.00"]
    assert (
        year_shown.scenario_of_year("uitnamen-2017", settings).layers == read_scenario("uitnamen-2017", settings).layers
    )
    assert read.call_count == 1


def test_compare_and_page_take_the_number_for_what_is_held_beside_the_first() -> None:
    answer = json.loads(gguplan("compare", "fonds-ggu-2020", "fonds-ggu-2020", "--rate", "3.45", "--json").stdout)
    people = load_population(2019).total
    # A budget by a rate is rounded once, and divided to the cent.
    assert answer["comparisons"][0]["total"]["scenario"] == f"{people * 345 // 100}.{people * 345 % 100:02}"


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ({"rate": "3.45", "total": "5"}, "A rate and a total say the same thing."),
        ({"rate": "veel"}, "'veel' is not a rate in euros per inhabitant."),
        ({"rate": "-1"}, "'-1' is not a rate in euros per inhabitant."),
        ({"rate": "0.123456"}, "'0.123456' is not a rate in euros per inhabitant."),
        ({"total": "61.000"}, "'61.000' can be read in two ways."),
        ({"total": "nan"}, "'nan' is not an amount."),
        ({"total": "-5"}, "There is nothing to divide in an amount that is not above 0."),
        ({"total": "61.5"}, "'61.5' is not an amount in euros and cents."),
        ({"rate": "3,450"}, "'3,450' can be read in two ways."),
        ({"rate": "0"}, "There is nothing to pay at a rate of 0."),
        ({"rate": "3.45", "without_vat": True}, "A rate is with VAT."),
        ({"year": 99_999}, "99999 is not a year of a fund."),
        ({"without_vat": True}, "This says of a total that it is without VAT, and none is given."),
    ],
)
def test_a_number_that_is_none_or_two_is_told(words: dict[str, Any], what: str) -> None:
    with pytest.raises(InputError) as caught:
        settings_for("fonds-ggu-2020", **words)
    assert [finding.what for finding in caught.value.findings] == [what]


@pytest.mark.parametrize("number", [{"rate": "0.31"}, {"rate": "30"}, {"total": "5230001"}, {"total": "523000000"}])
def test_a_number_within_ten_times_the_fund_is_believed(number: dict[str, Any]) -> None:
    """The fund of 2020 is € 52,300,000: € 3.0262 per inhabitant."""
    assert len(settings_for("fonds-ggu-2020", **number)) == 1


@pytest.mark.parametrize("number", [{"rate": "0.30"}, {"rate": "31"}, {"total": "5229999"}, {"total": "523000001"}])
def test_a_number_out_of_all_proportion_is_asked_about(number: dict[str, Any]) -> None:
    with pytest.raises(InputError, match=r"In Fonds GGU 2020 it is €3\.0262 per inhabitant"):
        settings_for("fonds-ggu-2020", **number)


def test_of_a_fund_of_many_programmes_it_is_asked_which() -> None:
    with pytest.raises(InputError, match="has 21 programmes"):
        settings_for("uitnamen-2017", rate="3.45")


# --- the reference date --------------------------------------------------------------------------


def test_the_published_funds_count_the_year_before_and_say_what_a_year_more_or_less_changes() -> None:
    """1,067,857.76 and 1,074,377.81 are 52,300,000 × 352,866 ÷ 17,282,163 and × 357,597 ÷ 17,407,585, Utrecht's on
    1 January 2019 and 2020; on 1 January 2018 it had 347,483 of 17,181,084: 1,057,754.03."""
    answer = json.loads(gguplan("estimate", "Utrecht", "--json").stdout)
    assert answer["to_pay"] == "1067857.76"
    assert answer["population"]["reference_date"] == "2019-01-01"
    billed = [(date["reference_year"], date["to_pay"]) for date in answer["other_reference_dates"]]
    assert billed == [(2018, "1057754.03"), (2020, "1074377.81")]
    assert any("of 1 January 2020 130 municipalities pay more" in note for note in answer["notes"])
    sentence = (
        "The reference date is an assumption. Over the inhabitants of 1 January 2018 it is €1,057,754.03, €10,103.73 "
        "less; of 1 January 2020 it is €1,074,377.81, €6,520.05 more."
    )
    assert sentence in gguplan("estimate", "Utrecht").stdout
    assert sentence in gguplan("explain", "Utrecht").stdout


def test_a_date_that_somebody_stated_rests_on_no_assumption() -> None:
    """verantwoording-2017 section 2.3 counts 1 January 2017."""
    assert "assumption" not in gguplan("estimate", "Utrecht", "--scenario", "uitnamen-2017").stdout
    chosen = gguplan("estimate", "Utrecht", "--set", "reference_date=2020-01-01").stdout
    assert "€1,074,377.81" in chosen
    assert "assumption" not in chosen
    assert "aangenomen" not in chosen


@pytest.mark.parametrize("command", [["run"], ["estimate", "Zwolle", "--scenario"], ["participation"], ["forecast"]])
def test_a_year_that_is_set_takes_the_date_with_it_and_says_of_which_year_the_amount_is(command: list[str]) -> None:
    outcome = gguplan(*command, "fonds-ggu-2020", "--set", "year=2027")
    assert outcome.exit_code == 0
    assert "The amount of 2027 is not known here: this is that of Fonds GGU 2020" in outcome.stdout + outcome.stderr
    with_a_rate = gguplan("estimate", "Zwolle", "--set", "year=2027", "--set", "programmes.fonds-ggu.rate=3.45")
    assert "pays €462,807.15" in with_a_rate.stdout
    assert "is not known here" not in with_a_rate.stdout + with_a_rate.stderr


def test_a_file_that_says_another_year_is_told_which_date_stays(tmp_path: Path) -> None:
    """The date of 2017 was stated: it is not assumed in a later year, and it stays."""
    file = tmp_path / "later.toml"
    file.write_text('title = "L"\nextends = "uitnamen-2017"\nsource = "own"\nyear = 2020\n', encoding="utf-8")
    what = "The year is 2020, and the reference date stays that of the scenario it extends: 1 January 2017."
    ran = gguplan("run", str(file))
    assert what in ran.stderr
    assert "assum" not in ran.stdout
    file.write_text(file.read_text(encoding="utf-8") + "reference_date = 2019-01-01\n", encoding="utf-8")
    assert gguplan("run", str(file)).stderr == ""


@pytest.mark.parametrize("extends", ['extends = "fonds-ggu-2020"\n', ""])
def test_a_file_that_says_no_date_takes_that_of_the_year_before_as_an_assumption(tmp_path: Path, extends: str) -> None:
    """Where it extends a scenario of which the date was an assumption, the assumption is that of its own year."""
    file = tmp_path / "later.toml"
    own = "" if extends else '[programmes.a]\ntitle = "A"\ngross = "1000000.00"\nvat = "21%"\n'
    file.write_text(f'title = "L"\n{extends}source = "own"\nyear = 2026\n{own}', encoding="utf-8")
    ran, estimated = gguplan("run", str(file)), gguplan("estimate", "Zwolle", "--scenario", str(file))
    assert ran.stderr == ""
    assert "on 1 January 2025 (final)" in ran.stdout
    assert "The reference date is an assumption. Over the inhabitants of 1 January 2024 " in ran.stdout
    why = "Reference date (assumed: 1 January of the year before, the last count that the assembly knows in June)\n"
    assert why in estimated.stdout


def test_years_before_and_after_one_whose_count_is_not_there_keep_their_distance() -> None:
    """Of 2028 the count of 2027 is meant, so of 2027 that of 2026, as if 2027 were asked for alone."""
    several = bill("--year", "2028", "--rate", "3.45", "--years", "2027-2028")["years"]
    alone = bill("--year", "2027", "--rate", "3.45")
    assert [of_year["reference_year"] for of_year in several] == [2026, 2027]
    assert several[0]["to_pay"] == alone["to_pay"]


def test_a_date_that_is_set_and_not_counted_yet_takes_the_latest_count() -> None:
    ran = gguplan("run", "fonds-ggu-2020", "--set", f"reference_date={max(years()) + 1}-01-01")
    assert ran.exit_code == 0
    assert f"on 1 January {max(years())} (" in ran.stdout
    assert f"The inhabitants on 1 January {max(years()) + 1} are not there yet" in ran.stderr


def test_a_year_before_the_first_count_is_not_one_that_is_not_there_yet() -> None:
    outcome = gguplan("estimate", "Zwolle", "--year", "1990", "--rate", "3.45")
    assert outcome.exit_code == 2
    assert "The inhabitants on 1 January 1989 are not there." in outcome.stderr


@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize("language", ["en", "nl"])
def test_every_output_says_what_another_reference_date_would_change(tmp_path: Path, language: str) -> None:
    """Of the fund of 2020: the counts of 2018 and of 2020, by hand for the largest rise."""
    before, now = (result_of(read_scenario("fonds-ggu-2020", at)) for at in (("reference_date=2018-01-01",), ()))
    maastricht = int(before.to_pay[before.population.index["GM0935"]] - now.to_pay[now.population.index["GM0935"]])
    with written_in("nl" if language == "nl" else "en"):
        rise = f"Maastricht {format_euros(maastricht)} " + {"en": "more", "nl": "meer"}[language]
    words = ("--lang", language)
    ran = gguplan("run", "fonds-ggu-2020", *words)
    beside = gguplan("compare", "fonds-ggu-2020", "half-fonds-ggu", *words)
    assert rise in ran.stdout
    assert rise in beside.stdout
    for command, name in (("page", "p.html"), ("run", "r.xlsx"), ("proposal", "v.docx")):
        assert gguplan(command, "fonds-ggu-2020", "-o", str(tmp_path / name), *words).exit_code == 0
    assert rise in (tmp_path / "p.html").read_text(encoding="utf-8").replace("&#39;", "'")
    shared = ZipFile(tmp_path / "r.xlsx").read("xl/sharedStrings.xml").decode()
    assert rise in shared
    assert "Maastricht" in ZipFile(tmp_path / "v.docx").read("word/document.xml").decode()


def test_a_count_that_is_not_there_yet_is_replaced_by_the_latest_and_said(tmp_path: Path) -> None:
    file = tmp_path / "later.toml"
    stated = 'title = "L"\nextends = "fonds-ggu-2020"\nsource = "own"\nyear = 2028\nreference_date = 2027-01-01\n'
    file.write_text(stated, encoding="utf-8")
    outcome = gguplan("estimate", "Zwolle", "--scenario", str(file))
    assert "inhabitants on 1 January 2026 (final)" in outcome.stdout
    assert "The inhabitants on 1 January 2027 are not there yet: those on 1 January 2026 count here." in outcome.stdout
    assert "(that of 2027 is not there yet: the latest is taken)" in outcome.stdout
    after = gguplan("estimate", "Zwolle", "--scenario", str(file), "--set", "reference_date=2029-01-01")
    assert after.exit_code == 2, "nobody can wait for a count of after the year that is paid for"


def with_the_locale_of(monkeypatch: pytest.MonkeyPatch, locale: str) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(name, locale)


@pytest.mark.parametrize(
    "words, name",
    [
        (("page", "fonds-ggu-2020", "--year", "2028", "--rate", "3.45"), "p.html"),
        (("page", "hulplijn-wordt-duurder", "uitnamen-2017"), "p.html"),
        (("proposal", "hulplijn-wordt-duurder", "--set", "programmes.luisterend-oor.gross=2000000"), "v.docx"),
        (("run", "fonds-ggu-2020", "--set", "year=2028", "--lang", "nl"), "r.xlsx"),
    ],
)
@pytest.mark.usefixtures("undrawn")
def test_a_document_has_one_language_whatever_the_locale(
    words: tuple[str, ...], name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A Dutch document made on a computer that is set to English is the one made where it is set to Dutch."""
    made = []
    for locale in ("en_US.UTF-8", "nl_NL.UTF-8"):
        with_the_locale_of(monkeypatch, locale)
        file = tmp_path / locale / name
        file.parent.mkdir()
        assert gguplan(*words, "-o", str(file)).exit_code == 0
        made.append(file.read_bytes())
    assert made[0] == made[1]


def test_a_bill_of_a_year_in_which_a_municipality_was_no_more_says_who_pays_it() -> None:
    """Weesp became part of Amsterdam on 24 March 2022: it was counted on 1 January 2022, which counts for 2023."""
    for last in ("2023", "2025"):
        shown = gguplan("estimate", "Weesp", "--years", f"2021-{last}", "--rate", "3.45").stdout
        assert "On 1 January 2023 it was no more, and its inhabitants of 1 January 2022 still count" in " ".join(
            shown.split()
        )
    assert "it was no more" not in gguplan("estimate", "Vijfheerenlanden", "--years", "2018-2020", "--rate", "3").stdout


# --- what a bill says of itself ------------------------------------------------------------------


def test_explain_and_page_say_that_the_newest_published_fund_is_shown_and_what_to_type(tmp_path: Path) -> None:
    sentence = "This is the fund of 2020, the newest of which the amount is published. For another year: gguplan "
    assert gguplan("explain", "Zwolle").stdout.startswith(f"{sentence}explain Zwolle --year 2027 --rate 3.45")
    page = gguplan("page", "fonds-ggu-2020", "--out", str(tmp_path / "page"))
    assert f"{sentence}page fonds-ggu-2020 --year 2027 --rate 3.45" in page.stdout + page.stderr
    assert "newest" not in gguplan("explain", "Zwolle", "--year", "2027", "--rate", "3.45").stdout
    assert "newest" not in gguplan("estimate", "Zwolle", "--rate", "3.45").stdout


@pytest.mark.parametrize("command", ["estimate", "explain"])
def test_years_without_a_number_say_of_which_year_the_amount_is(command: str) -> None:
    sentence = "The amount of 2026-2027 is not known here: this is that of Fonds GGU 2020"
    assert sentence in gguplan(command, "Zwolle", "--years", "2026-2027").stdout
    assert "is not known here" not in gguplan(command, "Zwolle", "--years", "2020").stdout
    assert "is not known here" not in gguplan(command, "Zwolle", "--years", "2026-2027", "--rate", "3.45").stdout
    assert "of 2019 and 2021-2022 is not known" in gguplan(command, "Zwolle", "--years", "2019-2022").stdout


def test_bills_of_years_say_what_a_year_earlier_or_later_changes_to_the_cent_where_it_is_counted() -> None:
    """52,300,000 over the counts: of 2025 387,843.74, of 2026 386,972.29; 871.45 apart."""
    output = gguplan("estimate", "Zwolle", "--years", "2027").stdout
    assert "Over the inhabitants of a year earlier: 2027 €871.45 more; of a year later: 2027 about €" in output
    years_ahead = json.loads(gguplan("estimate", "Zwolle", "--scenario", "fonds-ggu-2027", "--json").stdout)
    sentence = next(note for note in years_ahead["notes"] if "reference date is an assumption" in note)
    assert all(f"{year} about €" in sentence for year in range(2027, 2031))


def test_other_years_of_a_fund_whose_date_is_stated_rest_on_an_assumption_and_its_own_does_not() -> None:
    """`uitnamen-2017` states 1 January 2017 for 2017; of 2026 the count of 2025 gives the bill that --year 2026 gives:
    €1,251.09 more than that of 2026."""
    words = ["estimate", "Zwolle", "--scenario", "uitnamen-2017", "--lang", "en"]
    sentence = (
        "The reference date of 2017 is 1 January 2017; that other years count as far from their own is an assumption. "
        "Over the inhabitants of a year earlier: 2026 €1,251.09 more; of a year later: 2026 about €"
    )
    output = gguplan(*words, "--years", "2026").stdout
    assert sentence in output and "€555,554.37" in output
    assert "€556,805.46" in gguplan(*words, "--year", "2026").stdout
    assert sentence in gguplan("explain", *words[1:], "--years", "2026").stdout
    assert "assumption" not in gguplan(*words, "--years", "2017").stdout


def test_bills_that_do_not_go_by_inhabitants_do_not_speak_of_another_day() -> None:
    """Dienst Dommelvallei bills amounts."""
    output = gguplan("estimate", "Nuenen", "--scenario", "dommelvallei-2024", "--years", "2025-2026").stdout
    assert "€6,007,878.00" in output and "assumption" not in output


@pytest.mark.parametrize("year", [[], ["--year", "2027"], ["--years", "2027"]])
def test_a_total_without_vat_that_is_not_given_is_told(year: list[str]) -> None:
    outcome = gguplan("estimate", "Zwolle", "--without-vat", *year)
    assert outcome.exit_code == 2 and "none is given" in outcome.output


def test_a_year_that_the_scenario_itself_looks_ahead_to_is_not_called_unknown() -> None:
    outcome = gguplan("run", "fonds-ggu-2020-2024", "--set", "year=2022")
    assert (
        "The amounts are those of 2020. Those that this scenario has for 2022 itself: gguplan horizon" in outcome.stderr
    )
    assert "is not known here" not in outcome.stderr
    assert "is not known here" in gguplan("run", "fonds-ggu-2020", "--set", "year=2022").stderr


def test_half_a_euro_at_most_between_projected_bills_is_no_amount() -> None:
    dates = [OtherDateOfYears(1, ((2027, 49, False), (2028, -51, False), (2029, 49, True)))]
    words = other_dates_of_years_in_words(dates, read_scenario("fonds-ggu-2020").fund_year)
    assert words.endswith("of a year later: 2027 about the same, 2028 about €1 less, 2029 €0.49 more.")


def test_a_day_before_the_first_count_is_not_called_yet_to_come() -> None:
    output = gguplan("estimate", "Zwolle", "--year", "2015", "--rate", "3").stdout
    assert "of 1 January 2013 it is not known, because the counts that are here begin later" in output


def test_what_is_wrong_with_a_year_or_a_number_is_told_of_the_option_that_was_typed() -> None:
    assert gguplan("estimate", "Zwolle", "--year", "2010").stderr.startswith("--year 2010\n")
    refused = gguplan("estimate", "Zwolle", "--year", "2027", "--rate", "3", "--set", "programmes.fonds-ggu.rate=4")
    assert "--rate 3 sets this already." in refused.stderr


def test_so_much_more_of_a_number_that_is_given() -> None:
    """3.45 × 1.05 = 3.6225; × 134,147 inhabitants = 485,947.5075."""
    answer = bill("--year", "2027", "--rate", "3.45", "--set", "programmes.fonds-ggu.rate=+5%")
    assert answer["to_pay"] == "485947.51"
    refused = gguplan("estimate", "Zwolle", "--rate", "3.45", "--set", "programmes.fonds-ggu.gross=+5%")
    assert "Change programmes.fonds-ggu.rate, which the scenario states." in refused.stderr


def test_a_municipality_that_came_later_has_the_bills_of_those_it_came_from() -> None:
    """54,461 inhabitants of Leerdam, Vianen and Zederik on 1 January 2017, × 3.45 = 187,890.45."""
    people = load_population(2017)
    codes = ("GM0545", "GM0620", "GM0707")
    assert sum(people.municipalities[people.index[code]].inhabitants for code in codes) == 54_461
    for command in ("estimate", "explain"):
        output = gguplan(command, "Vijfheerenlanden", "--year", "2018", "--rate", "3.45").stdout
        assert ("€187,890.45" if command == "estimate" else "€47,754.90") in output


def test_years_outside_the_horizon_are_not_sent_to_a_last_year_that_is_there() -> None:
    before_the_first = gguplan("estimate", "Zwolle", "--scenario", "fonds-ggu-2027", "--years", "2019").stderr
    assert "Ask for years within them." in before_the_first
    assert "horizon.last" not in before_the_first
    after_the_last = gguplan("estimate", "Zwolle", "--scenario", "fonds-ggu-2027", "--years", "2029-2032").stderr
    assert "--set horizon.last=2032" in after_the_last


def test_a_year_over_the_latest_count_says_how_to_see_it_over_projected_inhabitants() -> None:
    output = gguplan("estimate", "Zwolle", "--year", "2028", "--rate", "3.45").stdout
    assert "Over the inhabitants as they are projected for that day: gguplan estimate Zwolle" in output
    assert "--years 2028" in output


def test_csv_for_a_dutch_spreadsheet_says_in_dutch_what_the_inhabitants_are(tmp_path: Path) -> None:
    gguplan("estimate", "Zwolle", "--years", "2027-2028", "--lang", "nl", "--out", str(tmp_path / "nl"))
    (table,) = (tmp_path / "nl").glob("*.csv")
    assert [line.split(";")[2] for line in table.read_text(encoding="utf-8-sig").splitlines()[1:]] == [
        "definitief",
        "geraamd",
    ]


def test_what_is_made_for_a_year_without_a_number_says_in_its_title_of_which_year_the_amounts_are(
    tmp_path: Path,
) -> None:
    gguplan("page", "fonds-ggu-2020", "--year", "2027", "--lang", "nl", "--out", str(tmp_path))
    assert "Fonds GGU 2027 (bedragen van 2020)" in (tmp_path / "index.html").read_text(encoding="utf-8")
    assert gguplan("run", "uitnamen-2017", "--year", "2018").stdout.startswith(
        "Uitnamen gemeentefonds 2018 (amounts of 2017)"
    )
    for words in (["--rate", "3.45"], ["--set", "programmes.fonds-ggu.gross=61000000"]):
        assert "amounts of" not in gguplan("estimate", "Zwolle", "--year", "2027", *words).stdout
