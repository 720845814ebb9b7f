"""Charts and maps: every figure in them is that of the result, said in words as well, in the language of the reader."""

from __future__ import annotations

import os
import re
import resource
import shlex
import subprocess
import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from typer.testing import CliRunner

import gguplan
from gguplan.commands.cli import app
from gguplan.findings import InputError
from gguplan.inputs.ledger.ledger_files import load_ledger
from gguplan.inputs.ledger.realised_years import realised_years
from gguplan.inputs.population.boundaries import boundaries_of
from gguplan.inputs.population.years import load_population, years
from gguplan.language import set_language, written_in
from gguplan.model.billed_municipality import BilledMunicipality
from gguplan.model.comparison import Comparison
from gguplan.model.participation.overview import overview_of
from gguplan.model.spending import CHANCES, spending_of
from gguplan.model.years_ahead.bill_in_a_year import YearAhead, year_ahead
from gguplan.reports.charts.drawing import Picture, png_of, svg_of
from gguplan.reports.charts.effect_rows import effect_rows
from gguplan.reports.charts.effects import effects_by_size, ranked_effects
from gguplan.reports.charts.labels import place_labels
from gguplan.reports.charts.look import clean, untitled
from gguplan.reports.charts.map_drawing import WIDTH, MapDrawing
from gguplan.reports.charts.map_shapes import HEIGHT
from gguplan.reports.charts.maps import effect_map, rate_map
from gguplan.reports.charts.rate_classes import round_limits
from gguplan.reports.charts.sensitivity import ShareRow, TornadoRow, tornado_chart
from gguplan.reports.charts.tipping import tipping_chart, tipping_charts
from gguplan.reports.charts.underspend import spending_chart
from gguplan.reports.charts.years import balance_chart, bill_chart
from gguplan.runs.chart_files import check_chart_files
from gguplan.runs.populations import populations_of
from gguplan.runs.results import comparison_of, result_of
from tests.hostile import ROOT
from tests.pictures import drawing_anew

DOCS = Path(__file__).parent.parent / "docs"

HOSTILE = '<script>alert("x")</script> =HYPERLINK("x") \x08\u202e' + "very long " * 40


def drawn_map(comparison: Comparison, gm_codes: Sequence[str] = ()) -> Picture:
    """The effects on the map of their municipalities."""
    return effect_map(comparison, boundaries_of(comparison.population), gm_codes)


def compared(baseline: str, scenario: str) -> Comparison:
    return comparison_of(gguplan.load_scenario(baseline), gguplan.load_scenario(scenario))


@pytest.fixture(scope="module")
def cities_leave() -> Comparison:
    """Everybody pays more: the four cities a little, six that got a refund in 2017 the most."""
    return compared("uitnamen-2017", "grote-steden-verlaten-de-hulplijn")


@pytest.fixture(scope="module")
def fixed_amounts(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    """A part of one programme by fixed amounts: the small pay more, the large less."""
    file = tmp_path_factory.mktemp("scenarios") / "fixed.toml"
    file.write_text(
        'title = "Fixed amounts"\nextends = "uitnamen-2017"\nsource = "invented for a test"\n'
        '[programmes.digitale-agenda]\nallocation = { key = "fixed_plus_inhabitants", fixed = "10000.00" }\n',
        encoding="utf-8",
    )
    return compared("uitnamen-2017", str(file))


def rows_of(drawn: Picture) -> Iterator[dict[str, Any]]:
    """Every row of data in the specification, and what each area of a map says."""
    if isinstance(drawn.chart, MapDrawing):
        yield from (area.properties for area in drawn.chart.areas)
        return
    for rows in drawn.chart.to_dict()["datasets"].values():
        yield from rows


def texts(drawn: Picture) -> list[str]:
    """What is written in the picture, as a reader sees it."""
    tree = ElementTree.fromstring(svg_of(drawn))
    return ["".join(element.itertext()) for element in tree.iter("{http://www.w3.org/2000/svg}text")]


# --- effects ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("drawing", [ranked_effects, drawn_map])
def test_every_municipality_is_drawn_with_its_effect_to_the_cent(drawing: Any, fixed_amounts: Comparison) -> None:
    municipalities = fixed_amounts.population.municipalities
    expected = {
        municipality.gm_code: cents
        for municipality, cents in zip(municipalities, fixed_amounts.effects.tolist(), strict=True)
    }
    drawn = {row["gm_code"]: row["cents"] for row in rows_of(drawing(fixed_amounts)) if "gm_code" in row}
    assert drawn == expected
    assert all(type(cents) is int for cents in drawn.values())


def test_the_ranked_chart_goes_from_most_more_to_most_less(fixed_amounts: Comparison) -> None:
    rows = {row["rank"]: row for row in rows_of(ranked_effects(fixed_amounts)) if "rank" in row}
    rates = [rows[rank]["rate"] for rank in sorted(rows)]
    before, after = fixed_amounts.rates
    assert rates == sorted((after - before).tolist(), reverse=True)
    assert [rows[rank]["direction"] for rank in (1, len(rows))] == ["more", "less"]


def test_who_is_asked_for_is_named_and_so_are_the_first_and_the_last(fixed_amounts: Comparison) -> None:
    written = texts(ranked_effects(fixed_amounts, ["GM0193"]))
    assert {"Schiermonnikoog €10.3999", "Zwolle −€0.1475", "Amsterdam −€0.2153"} <= set(written)


def test_a_size_class_is_drawn_with_what_it_pays_together(fixed_amounts: Comparison) -> None:
    together = [row["cents"] for row in rows_of(effects_by_size(fixed_amounts)) if "count" in row]
    assert together == [group.effect for group in fixed_amounts.by_size()]


@pytest.mark.parametrize(
    ("baseline", "scenario", "words"),
    [
        ("uitnamen-2017", "uitnamen-2017", "388 municipalities pay the same. All together: €0.00"),
        (
            "uitnamen-2017",
            "grote-steden-verlaten-de-hulplijn",
            "388 municipalities pay more per inhabitant. Most more:",
        ),
        ("fonds-ggu-2020", "half-fonds-ggu", "355 municipalities pay less per inhabitant. Most less:"),
    ],
)
def test_the_words_say_what_the_chart_shows(baseline: str, scenario: str, words: str) -> None:
    comparison = compared(baseline, scenario)
    assert words in ranked_effects(comparison).alt


def test_where_nothing_changes_the_charts_say_so() -> None:
    comparison = compared("uitnamen-2017", "uitnamen-2017")
    assert "no change · 388 municipalities" in texts(drawn_map(comparison))
    assert "Zwolle €0.0000" in texts(ranked_effects(comparison, ["GM0193"]))


def test_the_words_name_winners_losers_and_the_total(fixed_amounts: Comparison) -> None:
    assert ranked_effects(fixed_amounts, ["GM0193"]).alt == (
        "Fixed amounts beside Uitnamen gemeentefonds 2017. 287 municipalities pay more per inhabitant and "
        "101 municipalities pay less per inhabitant. Most more: Schiermonnikoog, €10.3999 per inhabitant. Most less: "
        "Amsterdam, €0.2153 per inhabitant. Zwolle: -€0.1475 per inhabitant, -€18,517.75 in all. All together: "
        "€0.00; on average €0.0000 per inhabitant."
    )


def test_through_mergers_each_amount_is_over_the_inhabitants_of_its_own_date() -> None:
    """Of 2016 and 2017: each pays a third of a euro more per inhabitant, and so do all together."""
    comparison = compared("uitnamen-2016", "uitnamen-2017")
    before, after = (
        int(bills.to_pay.sum()) / 100 / bills.result.population.total
        for bills in (comparison.baseline, comparison.scenario)
    )
    assert float(comparison.total.rate_change) == pytest.approx(after - before, abs=1e-12)
    assert "one of 1 January 2017 has what those that it came from are billed together" in " ".join(
        texts(ranked_effects(comparison))
    )


@given(st.lists(st.integers(1, 388), min_size=1, max_size=10, unique=True), st.data())
def test_labels_do_not_lie_over_each_other(ranks: list[int], chosen: st.DataObject) -> None:
    names = [chosen.draw(st.text("abc ", min_size=1, max_size=34)) for _rank in ranks]
    rows: list[dict[str, Any]] = [
        {"rank": rank, "label": name, "asked": True} for rank, name in zip(sorted(ranks), names, strict=True)
    ]
    place_labels(rows, 388, 560)
    spans: dict[int, list[tuple[float, float]]] = {}
    for row in rows:
        at, wide = (row["rank"] - 0.5) / 388 * 560, len(row["label"]) * 6.6
        spans.setdefault(row["row"], []).append((at, at + wide) if row["side"] == "left" else (at - wide, at))
    for taken in spans.values():
        ordered = sorted(taken)
        assert all(end <= start for (_first, end), (start, _last) in pairwise(ordered))


# --- maps ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("year", sorted(years()))
def test_every_year_has_a_map_of_all_municipalities_or_names_who_is_not_on_it(year: int) -> None:
    population = load_population(year)
    bounds = boundaries_of(population)
    assert {*bounds.areas, *bounds.not_drawn} == set(population.index)
    assert not set(bounds.areas) & set(bounds.not_drawn)
    assert bool(bounds.not_drawn) == (year < 2016)
    assert set(bounds.divided) == ({"Winsum", "Haaren"} if year in (2021, 2022) else set(bounds.divided))


def test_municipalities_that_merged_since_the_map_are_one_area() -> None:
    """Groningen took in Haren and Ten Boer on 1 January 2019 (population_data/mergers.csv)."""
    then, now = (boundaries_of(load_population(year)) for year in (2018, 2019))
    parts = [then.areas[code] for code in ("GM0009", "GM0014", "GM0017")]
    assert sorted(now.areas["GM0014"]) == sorted(ring for rings in parts for ring in rings)
    assert "GM0014" in now.united


@pytest.mark.parametrize(("year", "remark"), [(2014, "not on this map"), (2021, "White: divided")])
def test_a_map_says_what_it_does_not_show(year: int, remark: str) -> None:
    result = gguplan.run("fonds-ggu-2018", {"reference_date": f"{year}-01-01"})
    drawn = rate_map(result, boundaries_of(result.population))
    assert remark in drawn.alt
    assert remark in " ".join(texts(drawn))


def test_a_map_is_drawn_without_the_library_for_charts(cities_leave: Comparison) -> None:
    """Nor with the engine of a browser, which the library that draws begins for a chart: it is given an SVG."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "altair", None)
        patch.setattr("vl_convert.vegalite_to_svg", None)
        assert png_of(untitled(drawn_map(cities_leave, ["GM0193"]))).startswith(b"\x89PNG")


def test_a_map_fills_its_picture_and_stands_off_its_legend(cities_leave: Comparison) -> None:
    """The legend is at the upper left, over at most 36 % of the width and 30 % of the height."""
    tree = ElementTree.fromstring(svg_of(drawn_map(cities_leave)))
    paths = [element.get("d", "") for element in tree.iter("{http://www.w3.org/2000/svg}path")]
    pairs = [pair.split(",") for path in paths for pair in re.findall(r"[0-9.]+,[0-9.]+", path)]
    points = np.array(pairs, dtype=np.float64)
    high = points.max(axis=0)
    assert (points.min(axis=0) >= 0).all() and high[0] <= WIDTH and high[1] <= HEIGHT
    assert high[0] == WIDTH or high[1] == HEIGHT
    assert not ((points[:, 0] < 0.36 * WIDTH) & (points[:, 1] < 0.3 * HEIGHT)).any()


def test_a_map_has_its_classes_and_their_municipalities_in_the_legend(cities_leave: Comparison) -> None:
    written = texts(drawn_map(cities_leave, ["GM0193"]))
    legend = [text for text in written if "·" in text]
    assert legend == [
        "€0.2892 more · 6 municipalities",
        "€0.0392 more · 378 municipalities",
        "€0.0041 more · 4 municipalities",
    ]
    assert "Zwolle" in written


@given(st.lists(st.floats(0, 1000), min_size=1, max_size=40))
def test_classes_are_at_most_three_and_none_is_empty(sizes: list[float]) -> None:
    limits = round_limits(np.array(sizes))
    assert len(limits) <= 2
    assert list(limits) == sorted(set(limits))
    counts = np.bincount(np.searchsorted(np.array(limits), sizes, side="right"), minlength=len(limits) + 1)
    assert counts.min() > 0 or not limits


def test_what_pays_less_is_hatched_so_that_it_differs_in_grey(fixed_amounts: Comparison) -> None:
    tree = ElementTree.fromstring(svg_of(drawn_map(fixed_amounts)))
    patterns = [f"url(#{element.get('id')})" for element in tree.iter() if element.tag.endswith("pattern")]
    fills = [element.get("fill") for element in tree.iter()]
    assert len(patterns) == 3
    less = sum(row["direction"] == "less" for row in effect_rows(fixed_amounts))
    assert sum(fills.count(pattern) for pattern in patterns) >= less


# --- lines, spending, tipping, sensitivity ---------------------------------------------------------


def bills(first: int, last: int) -> list[YearAhead]:
    visible = []
    for year, (population, projection) in populations_of(range(first, last + 1)).items():
        settings = {"year": year, "reference_date": f"{year}-01-01"}
        inputs = gguplan.load_scenario("fonds-ggu-2020", settings) if projection is None else None
        if inputs is None:
            from gguplan.inputs.scenario.reading import read_scenario

            inputs = read_scenario("fonds-ggu-2020", [f"{key}={value}" for key, value in settings.items()], population)
        visible.append(year_ahead(result_of(inputs), BilledMunicipality(population.index["GM0193"]), projection))
    return visible


def test_a_line_of_bills_has_the_bill_and_the_interval_of_every_year() -> None:
    years = bills(2025, 2028)
    years[1] = replace(years[1], population=replace(years[1].population, status="provisional"))
    drawn = bill_chart("Fonds GGU 2020", years)
    rows = {row["year"]: row for row in rows_of(drawn) if "low_cents" in row}
    for year in years:
        row = rows[str(year.year)]
        assert (row["cents"], row["low_cents"], row["high_cents"]) == (year.bill.to_pay, year.low, year.high)
        assert row["status"] == year.population.status
    written = texts(drawn)
    assert {"inhabitants final", "inhabitants provisional", "inhabitants projected"} <= set(written)
    assert "The axis does not start at 0." in " ".join(written)
    assert "with 80 % certainty between" in drawn.alt


def test_a_balance_begins_with_its_opening_and_draws_the_reserve() -> None:
    drawn = balance_chart(
        [2026, 2027], [500, 700], [400, 300], [600, 900], None, "The balance", opening=450, reserve=(100, [50, -20])
    )
    assert "Start of 2026: €4. 2026: €5, with 80 % certainty between €4 and €6." in drawn.alt
    assert "The reserve at the end of 2027: €0." in drawn.alt
    assert {"start of 2026", "reserve"} <= set(texts(drawn))


def test_amounts_beside_points_are_in_the_unit_of_the_axis() -> None:
    closing = [664_900_000_00, 251_000_000_00]
    drawn = balance_chart([2026, 2027], closing, closing, closing, 100_00, "Saldo", opening=-50_000_000_00)
    assert {"€664.9m", "€251.0m", "−€50.0m"} <= set(texts(drawn))


def test_a_balance_below_its_floor_is_marked_and_said() -> None:
    drawn = balance_chart([2026, 2027], np.array([500, -100]), [400, -300], [600, 100], 0, "The balance")
    last = next(row for row in rows_of(drawn) if row.get("year") == "2027")
    assert (last["cents"], last["below"]) == (-100, True)
    assert "Below the floor in 2027." in drawn.alt
    shown = "".join(texts(drawn)).replace(" ", "")
    assert "Thecolouredlineisthefloorof€0.Atriangleisbelowthefloor." in shown
    assert "floor" not in balance_chart([2026], [500], [400], [600], None, "The balance").alt


def test_the_reserve_has_a_floor_of_its_own_in_the_picture() -> None:
    reserve = (100, [50, -20])
    drawn = balance_chart([2026, 2027], [5, 7], [4, 3], [6, 9], 100, "The balance", reserve=reserve, reserve_floor=300)
    assert {row["floor_cents"] for row in rows_of(drawn) if "floor_cents" in row} == {100, 300}
    assert "The floor is €1. The floor of the reserve is €3." in drawn.alt
    assert "dottedlineisthefloorofthereserve,€3." in "".join(texts(drawn)).replace(" ", "")
    alone = balance_chart([2026], [5], [4], [6], 100, "The balance", reserve_floor=300)
    assert "reserve" not in alone.alt, "a floor of what is not drawn says nothing"


def test_no_amount_of_a_picture_is_broken_or_has_a_hyphen_for_a_minus() -> None:
    note = "Het saldo is " + "hoog " * 17 + "en de bodem is € 2.000.000"
    with written_in("nl"):
        drawn = balance_chart([2026, 2027], [-50_000, 90_000], [-90_000, 0], [100, 99_999], None, "Saldo", note=note)
        written = texts(drawn)
    assert any("€\N{NO-BREAK SPACE}2.000.000" in text for text in written)
    assert any(text.startswith("\N{MINUS SIGN}€") for text in written)
    assert not any(re.search(r"-€|-[0-9]", text) for text in written)


def test_spending_is_drawn_as_it_was_forecast() -> None:
    spending = spending_of(gguplan.run("uitnamen-2017"), realised_years(load_ledger()), draws=400)
    assert spending is not None
    drawn = spending_chart(spending, "What will be spent")
    rows = [row for row in rows_of(drawn) if "budget_cents" in row]
    together = next(row for row in rows if row["all"])
    assert sorted(row["expected_cents"] for row in rows if not row["all"]) == sorted(spending.expected.tolist())
    assert together["budget_cents"] == int(spending.budgets.sum())
    assert together["low_cents"] == spending.total_quantiles.tolist()[CHANCES.index(0.1)]
    left = next(row for row in rows_of(drawn) if row.get("all") and "budget_cents" not in row)
    assert left["expected_cents"] == spending.underspend.expected
    assert (
        f"All programmes together: {round(100 * together['expected_cents'] / together['budget_cents'])} %" in drawn.alt
    )


def test_one_programme_is_a_chart_too() -> None:
    spending = spending_of(gguplan.run("fonds-ggu-2020"), (), draws=400)
    assert spending is not None
    drawn = spending_chart(spending, "What will be spent")
    assert drawn.alt.count("Fonds Gezamenlijke Gemeentelijke Uitvoering") == 1
    assert "All programmes together" in texts(drawn)


def test_the_tipping_chart_has_the_curve_of_the_cascade_and_its_chance_of_collapse() -> None:
    overview = overview_of(gguplan.run("hulplijn-wordt-duurder"), 200, 1)
    cascade = overview.cascades["luisterend-oor"]
    drawn = tipping_chart(overview, "luisterend-oor")
    curve = [row for row in rows_of(drawn) if "accepts" in row]
    rates = np.array([row["rate"] for row in curve])
    assert [row["accepts"] for row in curve] == cascade.curve(rates).tolist()
    assert all(row["low"] <= row["high"] for row in curve)
    assert [row["share"] * row["rate"] for row in rows_of(drawn) if "share" in row] == [
        pytest.approx(cascade.first_rate)
    ] * sum("share" in row for row in rows_of(drawn))
    assert f"collapses in {100 * cascade.chance_of_collapse[0]:.1f} %" in drawn.alt


def test_a_chart_of_a_scenario_without_a_cascade_is_a_finding() -> None:
    with pytest.raises(InputError, match="nothing to draw"):
        tipping_charts(overview_of(gguplan.run("uitnamen-2017"), 10, 1))


def test_the_widest_bar_of_a_tornado_is_on_top_with_its_lower_outcome_at_the_left() -> None:
    narrow = TornadoRow("Index", "uncertainty", "1 %", "3 %", 90, 110)
    wide = TornadoRow("Rate", "lever", "0.25", "0.30", 200, 50)
    rows = [row for row in rows_of(tornado_chart("What moves it", 100, [narrow, wide])) if "name" in row]
    assert [(row["name"], row["from_cents"], row["to_cents"]) for row in rows] == [
        ("Rate", 50, 200),
        ("Index", 90, 110),
    ]
    assert (rows[0]["from_label"], rows[0]["to_label"]) == ("0.30", "0.25")


def test_a_tornado_shows_the_fifteen_widest_and_says_how_many_it_leaves_out() -> None:
    many = [TornadoRow(f"input {number}", "lever", "low", "high", -number, number) for number in range(18)]
    drawn = tornado_chart("What moves it", 0, many)
    assert "3 inputs that move it less are not shown." in drawn.alt
    assert sum("group" in row for row in rows_of(drawn)) == 15


def test_shares_come_with_their_interval() -> None:
    moves = [TornadoRow("Rate", "lever", "0.25", "0.30", 200, 50)]
    drawn = tornado_chart("What moves it", 100, moves, [ShareRow("b", 0.2, 0.05), ShareRow("a", 0.6, 0.0)])
    rows = list({row["name"]: row for row in rows_of(drawn) if "share" in row}.values())
    assert [(row["name"], row["low"], row["high"]) for row in rows] == [("a", 0.6, 0.6), ("b", 0.1, pytest.approx(0.3))]
    assert drawn.alt.replace("\N{NO-BREAK SPACE}", " ").endswith(
        "each explains by itself: a: 60.0 %; b: 20.0 % ± 10.0 %."
    )
    assert "The line reaches two standard errors to both sides." in texts(drawn)
    exact = tornado_chart("What moves it", 100, moves, [ShareRow("a", 0.6, 0.0)])
    assert "The line reaches two standard errors to both sides." not in texts(exact)


# --- every picture ---------------------------------------------------------------------------------


def test_amounts_in_a_picture_are_dutch_for_a_dutch_reader(fixed_amounts: Comparison) -> None:
    set_language("nl")
    written = [text.replace("\N{NO-BREAK SPACE}", " ") for text in texts(ranked_effects(fixed_amounts))]
    assert "Schiermonnikoog € 10,3999" in written
    balance = balance_chart([2026], [500_000_000], [400_000_000], [600_000_000], None, "Het saldo")
    assert "€ 5 mln" in [text.replace("\N{NO-BREAK SPACE}", " ") for text in texts(balance)]


def test_an_svg_says_what_it_is_to_who_does_not_see_it(cities_leave: Comparison) -> None:
    drawn = ranked_effects(cities_leave)
    tree = ElementTree.fromstring(svg_of(drawn))
    title, words = list(tree)[:2]
    assert tree.get("role") == "img"
    assert tree.get("aria-labelledby") == f"{title.get('id')} {words.get('id')}"
    assert (title.text, words.text) == (drawn.title, drawn.alt)


def test_two_pictures_in_one_page_share_no_id(fixed_amounts: Comparison) -> None:
    trees = [
        ElementTree.fromstring(svg_of(picture))
        for picture in (ranked_effects(fixed_amounts, who) for who in ([], ["GM0193"]))
    ]
    first, second = ({element.get("id") for element in tree.iter() if element.get("id")} for tree in trees)
    assert first
    assert not first & second


def test_names_and_titles_cannot_do_harm() -> None:
    rows = [TornadoRow(HOSTILE, "lever", HOSTILE, HOSTILE, 0, 100)]
    drawn = tornado_chart(HOSTILE, 50, rows, note=HOSTILE)
    tree = ElementTree.fromstring(svg_of(drawn))
    assert not [element for element in tree.iter() if element.tag.endswith("script")]
    assert float(str(tree.get("width"))) < 900
    assert "<script>" in "".join(texts(drawn))


def test_text_in_a_picture_is_on_one_line_without_control_characters() -> None:
    assert clean("a\x00b\n\u202ec") == "a b c"
    assert clean("x" * 50, 10) == "x" * 9 + "…"


def test_a_hostile_title_of_a_scenario_is_text(cities_leave: Comparison) -> None:
    result = cities_leave.scenario.result
    result = replace(result, fund_year=replace(result.fund_year, title=HOSTILE))
    comparison = replace(cities_leave, scenario=replace(cities_leave.scenario, result=result))
    tree = ElementTree.fromstring(svg_of(ranked_effects(comparison, ["GM0193"])))
    assert not [element for element in tree.iter() if element.tag.endswith("script")]


def test_the_same_picture_is_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    drawing_anew(monkeypatch)

    def draw() -> Picture:
        return tornado_chart("What moves it", 100, [TornadoRow("Rate", "lever", "0.25", "0.30", 200, 50)])

    assert svg_of(draw()) == svg_of(draw())
    png = png_of(draw())
    assert png == png_of(draw())
    assert png.startswith(b"\x89PNG") and len(png) < 100_000


# --- commands --------------------------------------------------------------------------------------


def words_in(file: Path) -> list[str]:
    """Every text in an SVG, its description too."""
    return [element.text for element in ElementTree.parse(file).iter() if element.text]


def test_the_pictures_of_the_documentation_are_what_its_commands_draw(tmp_path: Path) -> None:
    page = (DOCS / "charts.md").read_text(encoding="utf-8")
    for command in re.findall(r"^\$ gguplan (.*)$", page, re.M):
        names = re.findall(r"[a-z]+\.svg", command)
        words = [str(tmp_path / word) if word in names else word for word in shlex.split(command)]
        outcome = CliRunner().invoke(app, [*words, "--json"])
        assert outcome.exit_code == 0, outcome.stderr
        for name in names:
            assert f"](charts/{name})" in page
            assert words_in(tmp_path / name) == words_in(DOCS / "charts" / name)


def test_a_picture_may_be_a_png_in_a_folder_that_is_not_there_yet(tmp_path: Path) -> None:
    file = tmp_path / "new" / "bill.PNG"
    words = ["estimate", "Zwolle", "--years", "2025", "--chart", str(file)]
    assert CliRunner().invoke(app, words).exit_code == 0
    assert file.read_bytes().startswith(b"\x89PNG")


def test_more_scenarios_get_a_file_each_and_nothing_is_overwritten(tmp_path: Path) -> None:
    words = ["compare", "fonds-ggu-2020", "half-fonds-ggu", "fonds-ggu-2019", "--chart", str(tmp_path / "e.svg")]
    assert CliRunner().invoke(app, words).exit_code == 0
    names = ["e-1-half-fonds-ggu.svg", "e-2-fonds-ggu-2019.svg"]
    assert sorted(file.name for file in tmp_path.iterdir()) == names
    again = CliRunner().invoke(app, words)
    assert again.exit_code == 2
    assert again.stderr.count("This file is there already.") == 2
    check_chart_files([("--chart", tmp_path / name) for name in names], force=True)


def test_a_forecast_and_a_cascade_are_drawn(tmp_path: Path) -> None:
    for words in (
        ["forecast", "fonds-ggu-2020", "--draws", "200"],
        ["participation", "hulplijn-wordt-duurder", "--draws", "50"],
    ):
        file = tmp_path / f"{words[0]}.svg"
        outcome = CliRunner().invoke(app, [*words, "--chart", str(file), "--lang", "nl"])
        assert outcome.exit_code == 0, outcome.stderr
        assert b'role="img"' in file.read_bytes()


def test_every_file_that_cannot_be_drawn_in_is_told_before_the_work(tmp_path: Path) -> None:
    (tmp_path / "there.png").write_bytes(b"")
    files = [("--chart", tmp_path / "a.pdf"), ("--map", tmp_path / "there.png"), ("--map", tmp_path / "there.png")]
    with pytest.raises(InputError) as wrong:
        check_chart_files(files, force=False)
    assert [finding.what for finding in wrong.value.findings] == [
        "A picture is an SVG or a PNG file.",
        "This file is there already.",
        "Two pictures would be in this file.",
    ]


def test_nothing_for_drawing_is_read_until_something_is_drawn() -> None:
    code = (
        "import sys, gguplan.commands.cli, gguplan.reports.charts.maps, gguplan.reports.charts.tipping;"
        "sys.exit('altair' in sys.modules or 'vl_convert' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(
    "environment, limits, place, what",
    [
        ({"PYTHONOPTIMIZE": "2"}, {}, "PYTHONOPTIMIZE", "Without docstrings no picture can be drawn."),
        ({}, {resource.RLIMIT_NOFILE: 12}, "ulimit -n", "There is no room to draw a picture: Too many open files."),
        (
            {},
            {resource.RLIMIT_AS: 8 * 2**30},
            "ulimit -v",
            "There is no room to draw a picture: this process may reserve 8 GB of memory.",
        ),
    ],
)
def test_where_no_picture_can_be_drawn_is_a_finding_and_no_panic(
    environment: dict[str, str], limits: dict[int, int], place: str, what: str, tmp_path: Path
) -> None:
    def limited() -> None:
        for limit, size in limits.items():
            resource.setrlimit(limit, (size, size))

    outcome = subprocess.run(
        [sys.executable, "-m", "gguplan", "forecast", "--chart", str(tmp_path / "chart.svg")],
        env={**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8", **environment},
        preexec_fn=limited,
        capture_output=True,
        text=True,
    )
    assert outcome.returncode == 2
    assert outcome.stderr.splitlines()[:2] == [place, f"  {what}"]
    assert list(tmp_path.iterdir()) == []
