"""The page without a browser: its figures are those of the model, it holds nothing foreign, and it is written whole."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

import gguplan
from gguplan.commands.cli import app
from gguplan.findings import InputError
from gguplan.fund.municipality_names import name_key
from gguplan.inputs.population.boundaries import boundaries_of
from gguplan.inputs.population.names_to_search import names_to_search
from gguplan.inputs.population.years import load_population, years
from gguplan.language import current_language, set_language
from gguplan.model.bill import bill_of
from gguplan.model.comparison import Comparison, size_classes
from gguplan.model.rank_among_peers import ranks_among_peers
from gguplan.reports.charts.drawing import svg_of
from gguplan.reports.charts.effects import effects_by_size, ranked_effects
from gguplan.reports.page import rendering
from gguplan.reports.page.map_classes import effect_classes, rate_classes
from gguplan.reports.page.map_outlines import drawing_of
from gguplan.reports.page.rendering import LARGEST_PAGE
from gguplan.reports.page.static_content import about
from gguplan.runs.results import comparison_of
from gguplan.wording.amounts import format_euros, format_number
from gguplan.wording.bills import programme_on_a_bill
from tests.full_disk import files_of_at_most
from tests.pages import (
    EVERY_KIND,
    FORMULA,
    HOSTILE_NAME,
    ONE,
    THREE,
    data_of,
    hostile_world,
    page_of,
    rendered,
    results_of,
)

ADJUSTED = """
title = "Region"
year = 2017
source = "invented"
reference_date = 2017-01-01
members = ["Zwolle", "Kampen", "Staphorst"]
[programmes.a]
title = "A"
vat = "none"
gross = "3000.00"
round_to = "10"
[programmes.a.old_division]
source = "invented"
allocation = { key = "shares", shares = { Zwolle = "1/3", Kampen = "1/3", Staphorst = "1/3" } }
[programmes.a.phase_in]
source = "invented"
years = { 2017 = "25" }
[programmes.a.compensation]
source = "invented"
percent = "20"
paid_by = "fund"
[[programmes.a.cover]]
source = "invented"
municipality = "Zwolle"
amount = "50.00"
what = "a post"
"""

LAPSES = """
title = "Two"
year = 2017
source = "invented"
reference_date = 2017-01-01
[programmes.a]
title = "A"
gross = "100.00"
vat = "none"
[programmes.b]
title = "B"
gross = "200.00"
vat = "none"
[opt_outs.b]
municipalities = ["Zwolle"]
settlement = "refund"
rate = "0.00"
source = "invented"
[thresholds.b]
municipalities = "all"
otherwise = "not_levied"
source = "invented"
"""


class Seen(HTMLParser):
    """The elements of a page, its text, and the cells of the table of all municipalities by row."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.rows: list[list[str]] = []
        self._in: list[str] = []
        self._table: str | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag == "table":
            self._table = dict(attrs).get("id")
        if self._table == "municipalities" and tag == "tr":
            self.rows.append([])
        if self._table == "municipalities" and tag in ("th", "td"):
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            self._table = None

    def handle_data(self, data: str) -> None:
        if self._table == "municipalities" and self.rows and self.rows[-1]:
            self.rows[-1][-1] += data.strip()

    def count(self, tag: str) -> int:
        return sum(name == tag for name, _attributes in self.elements)


@pytest.fixture(scope="module")
def three() -> str:
    set_language("en")
    return page_of(*THREE)


# --- the figures -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "names", [THREE, (EVERY_KIND,), ("fonds-ggu-2018", "fonds-ggu-2020")], ids=lambda pages: pages[0]
)
def test_every_amount_on_the_page_is_that_of_the_bill_to_the_cent(names: tuple[str, ...]) -> None:
    results = results_of(*names)
    set_language("nl")
    data = data_of(rendered(results).decode())

    def column(place: int | None) -> list[int]:
        cents: list[int] = [0] * len(data["codes"]) if place is None else data["columns"][place]
        return cents

    for carried, shown in zip(results, data["scenarios"], strict=True):
        assert column(shown["to_pay"]) == carried.to_pay.tolist()
        assert column(shown["vat"]) == carried.vat.tolist()
        # A municipality that came of others has the sum of their bills, which tests/test_succession.py holds.
        billed = [carried.succession.goes_on_alone(place) for place in range(len(data["codes"]))]
        alone = [place for place, at in enumerate(billed) if at is not None]
        municipalities = carried.result.population.municipalities
        bills = [bill_of(carried.result, municipalities[at].gm_code) for at in billed if at is not None]
        for name, amounts in {
            "to_pay": [bill.to_pay for bill in bills],
            "contribution": [bill.contribution for bill in bills],
            "refund": [bill.refund for bill in bills],
            "vat": [bill.vat for bill in bills],
            "net": [bill.to_pay - bill.vat for bill in bills],
            "rate": [int(round(bill.per_inhabitant(bill.to_pay) or Decimal(0), 4) * 10_000) for bill in bills],
            "inhabitants": [bill.municipality.inhabitants for bill in bills],
        }.items():
            assert [column(shown[name])[place] for place in alone] == amounts, name
        for number, programme in enumerate(shown["programmes"]):
            lines = [bill.lines[number] for bill in bills]
            assert programme["title"] == programme_on_a_bill(lines[0].title, 0, 365, lines[0].lapsed)
            for name in ("to_pay", "contribution", "refund", "vat"):
                assert [column(programme[name])[place] for place in alone] == [getattr(line, name) for line in lines]
            outside = [place for place, line in zip(alone, lines, strict=True) if line.days_outside]
            shown_outside = sorted(place for bills in programme["outside"] for place in bills["places"])
            assert outside == [place for place in shown_outside if place in alone]


def test_the_sum_of_a_merged_municipality_is_the_bills_of_those_it_came_from() -> None:
    """Leerdam, Vianen and Zederik are Vijfheerenlanden since 2019, and Winsum was divided (mergers.csv)."""
    results = results_of("fonds-ggu-2018", "fonds-ggu-2020")
    data = data_of(rendered(results).decode())
    (fund,), before = data["scenarios"][0]["programmes"], results[0].result

    def lines(code: str) -> list[str]:
        return [data["steps"][step][0] for step in fund["sum"]["instead"][str(data["codes"].index(code))]]

    set_language("nl")
    bills = {code: bill_of(before, code) for code in ("GM0545", "GM0620", "GM0707", "GM0053")}
    *whole, winsum = (f"{bill.municipality.name} ({code}): {format_euros(bill.to_pay)}" for code, bill in bills.items())
    assert lines("GM1961") == whole
    (divided,) = [line for line in lines("GM1969") if line.startswith("Winsum")]
    assert divided != winsum
    assert format_euros(bills["GM0053"].to_pay) in divided
    assert {data["codes"].index(code) for code in ("GM1961", "GM1966", "GM1969")} <= set(fund["sum"]["added_up"])


def test_the_change_is_that_of_the_comparison_and_its_programmes_add_up_to_it() -> None:
    data = data_of(page_of("fonds-ggu-2018", ONE))
    comparison = comparison_of(gguplan.load_scenario("fonds-ggu-2018"), gguplan.load_scenario(ONE))
    second = data["scenarios"][1]
    effects = data["columns"][second["effect"]]
    assert effects == comparison.effects.tolist()
    parts = [programme["effect"] for programme in [*second["programmes"], *second["gone"]]]
    assert np.sum([data["columns"][part] for part in parts], axis=0).tolist() == effects
    assert [programme["title"] for programme in second["gone"]] == ["Fonds Gezamenlijke Gemeentelijke Uitvoering"]
    assert len(data["codes"]) == 388


def test_a_page_over_mergers_has_the_municipalities_of_the_latest_date() -> None:
    data = data_of(page_of("fonds-ggu-2018", "fonds-ggu-2019", "fonds-ggu-2020"))
    assert len(data["codes"]) == 355
    comparison = comparison_of(gguplan.load_scenario("fonds-ggu-2018"), gguplan.load_scenario("fonds-ggu-2020"))
    assert data["columns"][data["scenarios"][2]["effect"]] == comparison.effects.tolist()


def test_the_table_without_the_script_holds_every_municipality_and_all_together(three: str) -> None:
    head, *body, last = [row for row in Seen(three).rows if len(row) == 11]
    assert head[:3] == ["Gemeente", "Provincie", "Inwoners"]
    first, second, third = results_of(*THREE)
    effects = [Comparison(first, bills).effects for bills in (second, third)]
    set_language("nl")
    expected = {}
    for place, municipality in enumerate(first.later.municipalities):
        amounts = [int(result.to_pay[place]) for result in (first, second, third)]
        cells = [format_euros(cents) for cents in (*amounts, *(int(effect[place]) for effect in effects))]
        expected[municipality.name] = [municipality.province, format_number(municipality.inhabitants), *cells]
    shown = {row[0]: [row[1], row[2], row[3], row[5], row[8], row[7], row[10]] for row in body}
    assert shown == expected
    assert [name_key(row[0]) for row in body] == sorted(name_key(row[0]) for row in body)
    totals = [format_euros(int(bills.to_pay.sum())) for bills in (first, second, third)]
    assert [last[3], last[5], last[8]] == totals
    assert last[7] == format_euros(int(effects[0].sum()))


def test_what_lapses_has_no_budget_on_the_page_so_that_its_rows_add_up_to_what_the_paper_says(tmp_path: Path) -> None:
    """Two programmes of € 100 and € 200; of the second all municipalities must take part, and Zwolle does not."""
    (tmp_path / "two.toml").write_text(LAPSES)
    set_language("en")
    shown = about(gguplan.run(str(tmp_path / "two.toml")))
    assert [(line.title, line.budget) for line in shown.programmes] == [("A", "€100.00"), ("B (lapses)", "€0.00")]
    assert shown.total.budget == "€100.00"
    assert shown.programmes[1].outside.endswith(
        "387 municipalities (at least 388 needed) take part all year. The programme lapses: nobody is invoiced."
    )


def test_the_page_names_every_source_and_everybody_outside(three: str) -> None:
    for carried in results_of(*THREE):
        for programme in carried.result.by_programme:
            assert programme.programme.source in three
    assert "10 gemeenten (teruggaaf van € 0,25 per inwoner): Utrecht, Amsterdam" in three


def test_what_changes_for_everybody_is_drawn_as_by_compare_and_said_in_words(three: str) -> None:
    first, *others = results_of(*THREE)
    set_language("nl")
    both = re.findall(r'<svg (?!id="drawing")[^>]*role="img".*?</svg>', three, re.S)
    drawn, narrow = both[::2], both[1::2]
    assert len(drawn) == len(narrow) == 4
    assert [svg.count("<title") for svg in narrow] == [svg.count("<title") for svg in drawn]
    for number, scenario in enumerate(others):
        comparison = Comparison(first, scenario)
        pair = drawn[2 * number : 2 * number + 2]
        for picture, svg in zip((ranked_effects(comparison), effects_by_size(comparison)), pair, strict=True):
            shown, seen = ElementTree.fromstring(svg), ElementTree.fromstring(svg_of(picture))
            of_svg = "{http://www.w3.org/2000/svg}"
            assert [label.text for label in shown.iter("text")] == [label.text for label in seen.iter(f"{of_svg}text")]
            assert [shown.findtext("title"), shown.findtext("desc")] == [picture.title, picture.alt]
            paths = [path.get("d") for path in shown.iter("path")]
            assert paths == [path.get("d") for path in seen.iter(f"{of_svg}path")]
            assert max(path.count("M") for path in paths if path) == 388, "one for each municipality"
        sentence = "388 gemeenten betalen meer per inwoner. Het meest erbij:"
        assert f"<p>{scenario.title} naast {first.title}. {sentence}" in three


def test_a_page_of_one_scenario_has_nothing_to_hold_beside_it() -> None:
    seen = Seen(page_of(ONE))
    assert "changes" not in {attributes.get("id") for _name, attributes in seen.elements}


def test_no_two_things_on_a_page_share_an_id_also_when_a_scenario_is_named_twice() -> None:
    sums = [
        attributes["id"] for _name, attributes in Seen(page_of(ONE, THREE[1], THREE[1])).elements if "id" in attributes
    ]
    assert len(sums) == len(set(sums))
    assert {f"picture-{number}-title" for number in (1, 2, 3, 4)} <= set(sums)


# --- one file, small, the same every time, and closed ----------------------------------------------


def test_three_scenarios_of_2017_that_have_nothing_in_common_stay_below_three_megabytes(tmp_path: Path) -> None:
    """Another reference date changes every figure, so that no column serves two scenarios."""
    names = [ONE]
    for year in (2016, 2018):
        file = tmp_path / f"{year}.toml"
        file.write_text(
            f'title = "{year}"\nextends = "{ONE}"\nsource = "verzonnen voor een test"\nreference_date = {year}-01-01\n'
        )
        names.append(str(file))
    size = len(page_of(*names).encode())
    assert 1_000_000 < size < 2_000_000 < LARGEST_PAGE == 3_000_000


def test_a_page_that_would_be_too_large_is_not_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rendering, "LARGEST_PAGE", 100_000)
    with pytest.raises(InputError, match=r"The page would be 0\.6 MB, and 0\.1 MB is the most") as wrong:
        rendered(results_of(ONE))
    assert "Name fewer scenarios" in wrong.value.findings[0].remedy


def test_the_page_fetches_nothing_and_has_no_address_outside_it(three: str) -> None:
    seen = Seen(three)
    assert {name for name, _attributes in seen.elements} & {"link", "img", "iframe", "object", "embed", "base"} == set()
    for name, attributes in seen.elements:
        assert not {"src", "srcset", "action", "xlink:href", "style"} & attributes.keys(), name
        assert (attributes.get("href") or "#").startswith("#")
        assert not any(key.startswith("on") for key in attributes)
    assert re.findall(r"[a-z]+://[^\s'\"]+", three) == ["http://www.w3.org/2000/svg"]
    assert set(re.findall(r"url\(([^)]*)\)", three)) == {"#hatch-1", "#hatch-2"}
    assert "@import" not in three


def test_only_the_style_and_the_script_of_the_page_itself_may_run(three: str) -> None:
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', three)
    assert policy is not None
    rules = dict(rule.split(" ", 1) for rule in policy[1].replace("&#39;", "'").split("; "))
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    for name, rule in (("style", "style-src"), ("script", "script-src")):
        (content,) = re.findall(rf"<{name}>(.*?)</{name}>", three, re.S)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert rules[rule] == f"'sha256-{digest}'"


def test_the_same_scenarios_give_the_same_bytes_in_every_folder_and_locale(
    three: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANG", "nl_NL.UTF-8")
    assert written("page", *THREE, "-o", "map").read_bytes() == three.encode()


def _dearer(scenario: Path) -> str:
    """The hostile scenario with one budget raised, one municipality outside, so that not all change alike, and a title
    that would end its picture."""
    file = scenario.with_name("dearer.toml")
    outside = '\n[opt_outs.a]\nmunicipalities = ["Zwolle"]\nsettlement = "shrink"\nsource = "s"\n'
    text = outside.join((scenario.read_text(encoding="utf-8").replace('gross = "1000.00"', 'gross = "170815.07"'), ""))
    file.write_text(
        text.replace('title = "</script>', 'title = "\\" class=\\"</text></svg></script>', 1), encoding="utf-8"
    )
    return str(file)


def test_hostile_names_and_titles_stay_text(tmp_path: Path) -> None:
    with hostile_world(tmp_path) as scenario:
        page = page_of(str(scenario))
        beside = Seen(page_of(str(scenario), _dearer(scenario)))
    assert (beside.count("script"), beside.count("img"), beside.count("b")) == (2, 0, 0)
    assert beside.count("desc") == 4, "two pictures, each wide and for a telephone"
    seen = Seen(page)
    assert (seen.count("script"), seen.count("img"), seen.count("svg"), seen.count("b")) == (2, 0, 2, 0)
    data = data_of(page)
    assert HOSTILE_NAME in data["names"]
    assert FORMULA in data["names"]
    assert "{{ 7*7 }} {% raw %}" in page


# --- searching, standing, classes, map -------------------------------------------------------------


def others(year: int) -> dict[str, tuple[str, int, list[str]]]:
    population = load_population(year)
    names = [municipality.name for municipality in population.municipalities]
    return {
        name: (how, since, [names[at] for at in places]) for name, how, since, places in names_to_search(population)
    }


def test_other_names_and_former_and_later_municipalities_lead_to_those_of_the_year() -> None:
    """population_data/aliases.csv and mergers.csv."""
    names = others(2017)
    assert names["Den Bosch"] == ("also", 0, ["'s-Hertogenbosch"])
    assert names["Schijndel"] == ("was", 2017, ["Meierijstad"])
    assert names["Boarnsterhim"] == (
        "divided",
        2014,
        ["Heerenveen", "Leeuwarden", "Súdwest-Fryslân", "De Fryske Marren"],
    )
    assert names["Eemsdelta"] == ("later", 2021, ["Appingedam", "Delfzijl", "Loppersum"])
    assert "Utrecht" not in names


@given(st.lists(st.tuples(st.integers(-300, 300), st.integers(0, 2)), min_size=1, max_size=40))
def test_more_the_same_and_less_are_all_others_of_the_class(drawn: list[tuple[int, int]]) -> None:
    cents, classes = (np.array(column, dtype=np.int64) for column in zip(*drawn, strict=True))
    ranks = ranks_among_peers(cents / 100, classes)
    for place, own in enumerate(cents):
        beside = [int(cent) for at, cent in enumerate(cents) if at != place and classes[at] == classes[place]]
        counted = [sum(rate > own for rate in beside), beside.count(int(own)), sum(rate < own for rate in beside)]
        assert [ranks.more[place], ranks.same[place], ranks.less[place]] == counted


def test_amounts_that_differ_by_the_rounding_of_bills_stand_the_same() -> None:
    """2017: ten municipalities get € 0.25 per inhabitant back; the others differ by less than a cent."""
    result = gguplan.run(ONE)
    population = result.population
    ranks = ranks_among_peers(result.to_pay / 100 / population.inhabitants, size_classes(population.inhabitants))
    place = population.index["GM0637"]
    assert (ranks.more[place], ranks.same[place], ranks.less[place]) == (26, 0, 0)
    place = population.index["GM0193"]
    assert (ranks.more[place], ranks.same[place], ranks.less[place]) == (0, 25, 1)


def test_a_few_amounts_are_classes_of_their_own_and_many_are_five_bands() -> None:
    few = rate_classes(np.array([4.4, 4.15, 4.4]))
    assert (few.labels, few.place.tolist(), few.counts) == (("€4.15", "€4.40"), [1, 0, 1], [1, 2])
    many = rate_classes(np.arange(1, 101) / 100)
    assert many.counts == [20] * 5
    assert many.labels[0] == "€0.01 to €0.20"


def test_who_pays_less_has_other_classes_than_who_pays_more() -> None:
    classes = effect_classes(np.array([-0.5, -0.25, -0.1, -0.05, 0.001, 0.2]))
    assert classes.labels == (
        "€0.25 to €0.50 less",
        "€0.05 to €0.10 less",
        "at most half a cent more or less",
        "€0.20 more",
    )
    assert classes.styles == ("less-2", "less-1", "same", "more-1")
    assert classes.place.tolist() == [0, 0, 1, 1, 2, 3]


@pytest.mark.parametrize("year", [year for year in years() if year >= 2016])
def test_the_map_draws_every_municipality_that_it_has(year: int) -> None:
    population = load_population(year)
    boundaries = boundaries_of(population)
    drawing = drawing_of(boundaries, population)
    drawn = [shape.place for shape in drawing.shapes if shape.place is not None]
    assert len(set(drawn)) == len(drawn) == len(population.municipalities) - len(boundaries.not_drawn)
    assert sum(len(shape.path) for shape in drawing.shapes) < 200_000
    for shape in drawing.shapes:
        assert re.fullmatch(r"(M\d+ \d+l[\d -]+z)+", shape.path)


# --- the command -----------------------------------------------------------------------------------


def written(*words: str) -> Path:
    outcome = CliRunner().invoke(app, list(words))
    assert outcome.exit_code == 0, outcome.stderr
    (file,) = re.findall(r"(?:Written|Geschreven): (\S+) \(", outcome.stdout)
    return Path(file)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_page_is_dutch_unless_english_is_asked_for(here: Path) -> None:
    assert '<html lang="nl">' in written("page", ONE, "-o", "map").read_text()
    assert '<html lang="en">' in written("page", ONE, "-o", "english", "--lang", "en").read_text()
    assert current_language() == "en"


def test_a_page_goes_into_a_folder_or_a_file_and_json_says_what_was_written(here: Path) -> None:
    assert written("page", ONE, "-o", "map/2017") == Path("map/2017/index.html")
    outcome = CliRunner().invoke(app, ["page", ONE, "-o", "map/own.html", "--json"])
    size = (here / "map" / "own.html").stat().st_size
    contents = {"file": "map/own.html", "bytes": size, "scenarios": [ONE], "municipalities": 388, "notes": []}
    assert json.loads(outcome.stdout) == {"format": 1, "answer": "page", **contents}
    assert {file.name for file in here.rglob("*.*")} == {"index.html", "run.json", "own.html", "own.html.run.json"}


def test_settings_change_what_is_held_beside_the_baseline(here: Path) -> None:
    setting = "programmes.luisterend-oor.rate=0.30"
    data_twice = data_of(written("page", ONE, ONE, "--set", setting, "-o", "two").read_text())
    assert np.sum(data_twice["columns"][data_twice["scenarios"][1]["effect"]]) == 92_445_210
    alone = data_of(written("page", ONE, "--set", setting, "-o", "one").read_text())
    first, second = (page_data["scenarios"][number]["to_pay"] for page_data, number in ((data_twice, 1), (alone, 0)))
    assert data_twice["columns"][first] == alone["columns"][second]


def test_the_sum_behind_an_amount_has_what_is_adjusted_after_the_division(here: Path) -> None:
    (here / "region.toml").write_text(ADJUSTED, encoding="utf-8")
    page = written("page", "region.toml", "-o", "one", "--lang", "en").read_text()
    data = data_of(page)
    steps = [text for text, _behind in data["steps"]]
    shown = CliRunner().invoke(app, ["explain", "Zwolle", "-s", "region.toml", "--lang", "en"], env={"COLUMNS": "400"})
    explained = [line.lstrip("│├└─ ") for line in shown.stdout.splitlines()]
    for beginning in ("growth path in 2017", "compensation:", "cover already there", "rounded to"):
        (line,) = (text for text in explained if text.startswith(beginning))
        assert line in steps, "the words of explain"
    (source,) = re.findall(r"<p>Source: ([^<]*)</p>", page)
    assert ".." not in source


def test_the_years_ahead_of_a_scenario_are_those_of_horizon_with_their_interval(here: Path) -> None:
    ahead = (
        'extends = "fonds-ggu-2020"\ntitle = "Ahead"\nsource = "invented"\n[horizon]\nlast = 2022\nopening = "0.00"\n'
    )
    index = '[horizon.indexation]\nbetween = ["1.0", "4.0"]\nsource = "invented"\n'
    (here / "ahead.toml").write_text(f'{ahead}underspend = "general"\nsource = "invented"\n{index}')
    page = written("page", "ahead.toml", "fonds-ggu-2020", "-o", "two", "--lang", "en").read_text()
    (table,) = re.findall(r'<table class="years">.*?</table>', page, re.DOTALL)
    rows = [re.findall(r"<t[hd][^>]*>([^<]*)</t[hd]>", row) for row in table.split("<tr>")[2:]]
    shown = json.loads(CliRunner().invoke(app, ["horizon", "ahead.toml", "--json"]).stdout)["contributions"]
    assert [row[0] for row in rows] == [str(year["year"]) for year in shown]
    assert [row[2] for row in rows] == [f"{year['inhabitants']:,}" for year in shown]
    for row, year in zip(rows, shown, strict=True):
        low, high = (float(year[f"to_pay_chance_{chance}"]) for chance in (10, 90))
        amounts = (float(year["to_pay"]), *((low, high) if low < high else ()))
        assert (low < high) == (year["year"] > 2020)
        # To the cent where it is certain, as in the decision that is asked.
        printed = [f"€{amount:,.2f}" if low == high else f"€{round(amount, -3):,.0f}" for amount in amounts]
        assert [cell for cell in row[3:6] if cell] == printed
    page_data = data_of(page)
    years, place = page_data["scenarios"][0]["years"], page_data["codes"].index("GM0193")
    estimated = ["estimate", "Zwolle", "--scenario", "ahead.toml", "--years", "2021-2022", "--json"]
    bills = json.loads(CliRunner().invoke(app, estimated).stdout)["years"]
    amounts_of = ("to_pay", "chance_10", "chance_90")
    assert [
        (year["year"], *(page_data["columns"][year[name]][place] for name in ("to_pay", "low", "high")))
        for year in years
    ] == [(bill["year"], *(round(100 * float(bill[name])) for name in amounts_of)) for bill in bills]
    assert page_data["scenarios"][1]["years"] == []


def test_a_page_of_years_ahead_says_which_budget_is_decided_and_that_nothing_is_left_aside(here: Path) -> None:
    page = written("page", "fonds-ggu-2027", "-o", "one").read_text()
    assert "De begroting van 2027 is die van dit voorstel en heeft dus geen interval" in page
    notes = json.loads(CliRunner().invoke(app, ["page", "fonds-ggu-2027", "-o", "other", "--json"]).stdout)["notes"]
    assert not any("[horizon]" in note for note in notes)


def test_what_is_there_stays_unless_force_is_said(here: Path) -> None:
    file = here / "map" / "index.html"
    file.parent.mkdir()
    file.write_text("mine")
    outcome = CliRunner().invoke(app, ["page", ONE, "-o", "map"])
    assert (outcome.exit_code, file.read_text()) == (2, "mine")
    written("page", ONE, "-o", "map", "--force")
    assert file.read_text().startswith("<!DOCTYPE html>")


def test_a_disk_that_is_full_leaves_nothing(here: Path) -> None:
    with files_of_at_most(100_000):
        outcome = CliRunner().invoke(app, ["page", ONE, "-o", "map", "--lang", "en"])
    assert (outcome.exit_code, outcome.stdout) == (2, "")
    assert outcome.stderr.startswith("map\n  Nothing can be written here: File too large.\n")
    assert [path for path in here.rglob("*") if path.is_file()] == []


def test_an_interruption_while_writing_leaves_what_was_there(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = here / "map" / "index.html"
    file.parent.mkdir()
    file.write_text("mine")

    def interrupted(self: Path, target: Path) -> Path:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupted)
    CliRunner().invoke(app, ["page", ONE, "-o", "map", "--force"])
    assert [(path.name, path.read_text()) for path in file.parent.iterdir()] == [("index.html", "mine")]
