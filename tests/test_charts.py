"""Charts and maps: every figure in them is that of the result, said in words as well, in the language of the reader."""

from __future__ import annotations

import os
import re
import resource
import shlex
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar
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
from gguplan.reports.charts.axes import euro_axis
from gguplan.reports.charts.drawing import Picture, png_of, svg_of, untitled
from gguplan.reports.charts.effect_rows import effect_rows
from gguplan.reports.charts.effects import effects_by_size, ranked_effects
from gguplan.reports.charts.labels import place_labels
from gguplan.reports.charts.look import LESS, MORE, clean
from gguplan.reports.charts.map_drawing import WIDTH, MapPanel
from gguplan.reports.charts.map_shapes import HEIGHT
from gguplan.reports.charts.maps import effect_map, rate_map
from gguplan.reports.charts.marks import Bars, Dots, Strokes, Surface, Words
from gguplan.reports.charts.panel import Panel
from gguplan.reports.charts.rate_classes import round_limits
from gguplan.reports.charts.sensitivity import ShareRow, TornadoRow, tornado_chart
from gguplan.reports.charts.text_widths import text_width
from gguplan.reports.charts.tipping import tipping_chart, tipping_charts
from gguplan.reports.charts.underspend import spending_chart
from gguplan.reports.charts.years import balance_chart, bill_chart
from gguplan.runs.chart_files import check_chart_files
from gguplan.runs.populations import populations_of
from gguplan.runs.results import comparison_of, result_of
from gguplan.wording.amounts import format_euros
from tests.hostile import ROOT
from tests.pictures import drawing_anew

M = TypeVar("M", Bars, Dots, Strokes, Surface, Words)

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


def panels_of(drawn: Picture) -> list[Panel]:
    """The panels of a chart, in order."""
    return [panel for panel in drawn.drawing.panels if isinstance(panel, Panel)]


def marks_of(drawn: Picture, kind: type[M]) -> list[M]:
    """Every mark of this kind in a chart."""
    return [mark for panel in panels_of(drawn) for mark in panel.marks if isinstance(mark, kind)]


def points_of(drawn: Picture, shape: str) -> list[tuple[float, float]]:
    """At which values the dots of this shape are, from left to right."""
    return sorted(point for dots in marks_of(drawn, Dots) if dots.shape == shape for point in dots.points)


def lines_of(drawn: Picture) -> list[tuple[tuple[float, float], ...]]:
    """Every line of a chart, as the values that it goes through."""
    return [line for strokes in marks_of(drawn, Strokes) for line in strokes.lines]


def texts(drawn: Picture) -> list[str]:
    """What is written in the picture, as a reader sees it."""
    tree = ElementTree.fromstring(svg_of(drawn))
    return ["".join(element.itertext()) for element in tree.iter("{http://www.w3.org/2000/svg}text")]


# --- effects ---------------------------------------------------------------------------------------


def test_every_municipality_is_on_the_map_with_its_effect_to_the_cent(fixed_amounts: Comparison) -> None:
    municipalities = fixed_amounts.population.municipalities
    expected = {
        municipality.gm_code: cents
        for municipality, cents in zip(municipalities, fixed_amounts.effects.tolist(), strict=True)
    }
    (shown,) = drawn_map(fixed_amounts).drawing.panels
    assert isinstance(shown, MapPanel)
    drawn = {area.properties["gm_code"]: area.properties["cents"] for area in shown.areas if area.properties}
    assert drawn == expected
    assert all(type(cents) is int for cents in drawn.values())


def test_the_ranked_chart_goes_from_most_more_to_most_less(fixed_amounts: Comparison) -> None:
    drawn = marks_of(ranked_effects(fixed_amounts), Bars)
    assert [bars.fill for bars in drawn] == [MORE, LESS]
    bars = sorted(bar for some in drawn for bar in some.bars)
    before, after = fixed_amounts.rates
    rates = sorted((after - before).tolist(), reverse=True)
    assert bars == [(place + 0.5, place + 1.5, 0.0, rate) for place, rate in enumerate(rates)]
    assert all(rate > 0 for *_bar, rate in drawn[0].bars) and all(rate < 0 for *_bar, rate in drawn[1].bars)


def test_a_bar_is_as_high_as_the_axis_says(fixed_amounts: Comparison) -> None:
    """Between two marks of the axis are as many units as for the same amount of a bar, in the SVG itself."""
    picture = ranked_effects(fixed_amounts)
    (panel,) = panels_of(picture)
    assert panel.y_axis is not None
    (low, _low), *_between, (high, highest) = panel.y_axis.marks
    assert (low, high, highest) == (0, 10, "€10")
    tree = ElementTree.fromstring(svg_of(picture))
    ticks = [
        float(path.get("d", "").split(",")[1].split("L")[0])
        for path in tree.iter("{http://www.w3.org/2000/svg}path")
        if path.get("d", "").startswith("M-5,")
    ]
    first = next(path for path in tree.iter("{http://www.w3.org/2000/svg}path") if path.get("fill") == MORE)
    foot, top = re.findall(r"^M[0-9.]+,([0-9.]+)V([0-9.]+)", first.get("d", ""))[0]
    euros = 10 * (float(foot) - float(top)) / (max(ticks) - min(ticks))
    # A tick is drawn in the middle of a unit: at both ends half a unit off, of some two hundred.
    assert euros == pytest.approx(10.3999, abs=0.05)


def test_who_is_asked_for_is_named_and_so_are_the_first_and_the_last(fixed_amounts: Comparison) -> None:
    written = texts(ranked_effects(fixed_amounts, ["GM0193"]))
    assert {"Schiermonnikoog €10.3999", "Zwolle −€0.1475", "Amsterdam −€0.2153"} <= set(written)


def test_a_size_class_is_drawn_with_what_it_pays_together(fixed_amounts: Comparison) -> None:
    groups = fixed_amounts.by_size()
    drawn = effects_by_size(fixed_amounts)
    expected = [(float(group.rate_change), place + 0.5) for place, group in enumerate(groups)]
    assert points_of(drawn, "diamond") == sorted(expected)
    ticks = [line for line in lines_of(drawn) if line[0][0] == line[1][0] != 0]
    before, after = fixed_amounts.rates
    assert sorted(line[0][0] for line in ticks) == sorted((after - before).tolist())
    per_class = Counter(int(line[0][1]) for line in ticks)
    assert [per_class[place] for place in range(len(groups))] == [group.municipalities for group in groups]
    assert all(f"{format_euros(group.effect)} together" in drawn.alt for group in groups)


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
    names = [chosen.draw(st.text("amz ", min_size=1, max_size=34)) for _rank in ranks]
    rows: list[dict[str, Any]] = [
        {"rank": rank, "label": name, "asked": True} for rank, name in zip(sorted(ranks), names, strict=True)
    ]
    place_labels(rows, 388, 560)
    spans: dict[int, list[tuple[float, float]]] = {}
    for row in rows:
        at, wide = (row["rank"] - 0.5) / 388 * 560, text_width(row["label"], bold=True)
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


def test_a_picture_is_only_given_to_what_makes_a_png_of_it(cities_leave: Comparison) -> None:
    """It is an SVG already: the engine of a browser, which vl-convert begins for a chart of its own, is not begun."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("vl_convert.vegalite_to_svg", None)
        for drawn in (drawn_map(cities_leave, ["GM0193"]), ranked_effects(cities_leave)):
            assert png_of(untitled(drawn)).startswith(b"\x89PNG")


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
    first, second, *later = [(place + 0.5, year.bill.to_pay / 100) for place, year in enumerate(years)]
    assert points_of(drawn, "circle") == [first]
    assert points_of(drawn, "square") == [second]
    assert points_of(drawn, "diamond") == later
    (band,) = marks_of(drawn, Surface)
    ahead = [(place + 0.5, year) for place, year in enumerate(years)][1:]
    assert band.points == (
        *((at, year.high / 100) for at, year in ahead),
        *((at, year.low / 100) for at, year in reversed(ahead)),
    )
    (panel,) = panels_of(drawn)
    assert panel.x_axis is not None
    assert panel.x_axis.marks == tuple((place + 0.5, str(year.year)) for place, year in enumerate(years))
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


@pytest.mark.parametrize("span", [1.0, 1e-6, 1e-8, 1e-9, 1e-10])
def test_no_two_marks_of_an_axis_are_written_alike(span: float) -> None:
    """A cent over a country is a hundred-millionth of a euro an inhabitant; what is smaller has no mark but nothing."""
    written = [words for _value, words in euro_axis("euros", -span, 0.0).marks]
    assert 0 < len(set(written)) == len(written)


def test_a_balance_below_its_floor_is_marked_and_said() -> None:
    drawn = balance_chart([2026, 2027], np.array([500, -100]), [400, -300], [600, 100], 0, "The balance")
    assert points_of(drawn, "circle") == [(0.5, 5.0)]
    assert points_of(drawn, "triangle-down") == [(1.5, -1.0)]
    assert "Below the floor in 2027." in drawn.alt
    shown = "".join(texts(drawn)).replace(" ", "")
    assert "Thecolouredlineisthefloorof€0.Atriangleisbelowthefloor." in shown
    assert "floor" not in balance_chart([2026], [500], [400], [600], None, "The balance").alt


def test_the_reserve_has_a_floor_of_its_own_in_the_picture() -> None:
    reserve = (100, [50, -20])
    drawn = balance_chart([2026, 2027], [5, 7], [4, 3], [6, 9], 100, "The balance", reserve=reserve, reserve_floor=300)
    dashes = {strokes.dash: strokes.lines[0][0][1] for strokes in marks_of(drawn, Strokes) if strokes.dash}
    assert (dashes["6,4"], dashes["1,3"]) == (1, 3)
    assert "The floor is €1. The floor of the reserve is €3." in drawn.alt
    shown = "".join(texts(drawn)).replace(" ", "")
    assert "dottedlineisthefloorofthereserve,€3.Atriangleisbelowthefloor." in shown, "nothing is left out"
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
    of_budgets, of_rules = (
        sorted(point for dots in panel.marks if isinstance(dots, Dots) for point in dots.points)
        for panel in panels_of(drawn)
    )
    ratios = sorted(spending.expected / spending.budgets)
    together = spending.expected_total / int(spending.budgets.sum())
    assert [ratio for ratio, _row in of_budgets] == pytest.approx(sorted([*ratios, together]), abs=0)
    quantiles, budget = spending.total_quantiles.tolist(), int(spending.budgets.sum())
    low, high = (quantiles[CHANCES.index(chance)] / budget for chance in (0.1, 0.9))
    last = len(spending.programmes) + 0.5
    assert ((low, last), (high, last)) in lines_of(drawn)
    assert sorted(amount for amount, _row in of_rules) == sorted(
        amount / 100
        for amount in (
            *(underspend.expected for underspend in spending.underspend_by_rule.values()),
            spending.underspend.expected,
        )
    )
    assert f"All programmes together: {round(100 * together)} %" in drawn.alt


def test_an_interval_that_goes_on_outside_the_chart_has_an_arrow() -> None:
    spending = spending_of(gguplan.run("uitnamen-2017"), realised_years(load_ledger()), draws=400)
    assert spending is not None
    quantiles = spending.quantiles.copy()
    quantiles[0, CHANCES.index(0.9)] = 5 * spending.programmes[0].budget
    drawn = spending_chart(replace(spending, quantiles=quantiles), "What will be spent")
    assert [at for at, _row in points_of(drawn, "triangle-right")] == [2.0]
    intervals = [line for mark in panels_of(drawn)[0].marks if isinstance(mark, Strokes) for line in mark.lines]
    assert max(at for line in intervals for at, _row in line) == 2.0, "cut off there"
    assert "An arrow goes on outside the chart." in " ".join(texts(drawn))


def test_less_than_nothing_lies_left_of_nothing_and_what_goes_on_there_has_an_arrow() -> None:
    """A credit of a third of a budget, and one of five times a budget; names stand left of all."""
    spending = spending_of(gguplan.run("uitnamen-2017"), realised_years(load_ledger()), draws=400)
    assert spending is not None
    quantiles = spending.quantiles.copy()
    quantiles[0, CHANCES.index(0.1)] = -spending.programmes[0].budget // 3
    credit = spending_chart(replace(spending, quantiles=quantiles), "What will be spent")
    assert points_of(credit, "triangle-left") == []
    assert panels_of(credit)[0].x.low == pytest.approx(-1 / 3, abs=0.001)
    quantiles[0, CHANCES.index(0.1)] = -5 * spending.programmes[0].budget
    drawn = spending_chart(replace(spending, quantiles=quantiles), "What will be spent")
    assert [at for at, _row in points_of(drawn, "triangle-left")] == [-2.0]
    assert panels_of(drawn)[0].x.low == -2.0
    assert "An arrow goes on outside the chart." in " ".join(texts(drawn))


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
    curve, needed = (line for line in lines_of(drawn) if len(line) > 2)
    rates = np.array([rate for rate, _share in curve])
    assert [share for _rate, share in curve] == cascade.curve(rates).tolist()
    assert [share for _rate, share in needed] == np.minimum(1.0, cascade.first_rate / rates).tolist()
    (band,) = marks_of(drawn, Surface)
    for (rate, high), (same, low) in zip(band.points, reversed(band.points), strict=True):
        assert rate == same
        assert high >= low or (rate, high) in band.points[len(rates) :]
    rounds = points_of(drawn, "circle")
    assert rounds
    assert [rate * share for rate, share in rounds] == [pytest.approx(cascade.first_rate)] * len(rounds)
    assert f"collapses in {100 * cascade.chance_of_collapse[0]:.1f} %" in drawn.alt


def test_a_chart_of_a_scenario_without_a_cascade_is_a_finding() -> None:
    with pytest.raises(InputError, match="nothing to draw"):
        tipping_charts(overview_of(gguplan.run("uitnamen-2017"), 10, 1))


def test_the_widest_bar_of_a_tornado_is_on_top_with_its_lower_outcome_at_the_left() -> None:
    narrow = TornadoRow("Index", "uncertainty", "1 %", "3 %", 90, 110)
    wide = TornadoRow("Rate", "lever", "0.25", "0.30", 200, 50)
    drawn = tornado_chart("What moves it", 100, [narrow, wide])
    chosen, uncertain = marks_of(drawn, Bars)
    assert [(bars.fill, bars.bars[0][:2]) for bars in (chosen, uncertain)] == [
        (LESS, (0.5, 2.0)),
        ("#FFFFFF", (0.9, 1.1)),
    ]
    assert chosen.bars[0][3] < uncertain.bars[0][2], "the widest is above the other"
    places = {words.lines[0]: words.at for words in marks_of(drawn, Words)}
    assert (places["0.30"], places["0.25"]) == ((0.5, 0.5), (2.0, 0.5))
    assert places["Rate"][1] == 0.5 and places["Index"][1] == 1.5


def test_a_tornado_shows_the_fifteen_widest_and_says_how_many_it_leaves_out() -> None:
    many = [TornadoRow(f"input {number}", "lever", "low", "high", -number, number) for number in range(18)]
    drawn = tornado_chart("What moves it", 0, many)
    assert "3 inputs that move it less are not shown." in drawn.alt
    assert sum(len(bars.bars) for bars in marks_of(drawn, Bars)) == 15


def test_shares_come_with_their_interval() -> None:
    moves = [TornadoRow("Rate", "lever", "0.25", "0.30", 200, 50)]
    drawn = tornado_chart("What moves it", 100, moves, [ShareRow("b", 0.2, 0.05), ShareRow("a", 0.6, 0.0)])
    shown = panels_of(drawn)[1]
    (bars,) = (mark for mark in shown.marks if isinstance(mark, Bars))
    assert [bar[:2] for bar in bars.bars] == [(0.0, 0.6), (0.0, 0.2)]
    of_b, *_ends = (line for mark in shown.marks if isinstance(mark, Strokes) for line in mark.lines)
    assert [value for point in of_b for value in point] == pytest.approx([0.1, 1.5, 0.3, 1.5]), "a is exact"
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
        "sys.exit('vl_convert' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(
    "environment, limits",
    [
        ({"PYTHONOPTIMIZE": "2"}, {}),
        ({}, {resource.RLIMIT_NOFILE: 12}),
        ({}, {resource.RLIMIT_AS: 2 * 2**30}),
    ],
    ids=["without docstrings", "twelve files", "two GB"],
)
def test_a_picture_is_the_same_where_little_is_allowed(
    environment: dict[str, str], limits: dict[int, int], tmp_path: Path
) -> None:
    """Of Python, of open files, and of addresses: the engine that once drew it needed more of each."""

    def limited() -> None:
        for limit, size in limits.items():
            resource.setrlimit(limit, (size, size))

    drawn = []
    for name, extra, before in (("free.png", {}, None), ("limited.png", environment, limited)):
        outcome = subprocess.run(
            [sys.executable, "-m", "gguplan", "forecast", "--draws", "200", "--chart", str(tmp_path / name)],
            env={**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8", **extra},
            preexec_fn=before,
            capture_output=True,
            text=True,
        )
        assert outcome.returncode == 0, outcome.stderr
        drawn.append((tmp_path / name).read_bytes())
    assert drawn[0] == drawn[1]
