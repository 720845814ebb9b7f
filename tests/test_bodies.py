"""Bodies without inhabitants that pay: a province and a water board, of the whole fund or of one programme."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import gguplan
from gguplan.commands.cli import app
from gguplan.findings import InputError
from gguplan.fund.bodies import Body, bodies_of, with_bodies
from gguplan.inputs.population.boundaries import boundaries_of
from gguplan.inputs.scenario.reading import ScenarioInputs
from gguplan.language import set_language
from gguplan.model.bill import bill_of
from gguplan.model.comparison import Comparison
from gguplan.model.result import run
from gguplan.reports.charts.maps import rate_map
from gguplan.reports.page.figures import classes_of, figures_of
from gguplan.runs.bills_by_year import bills_by_year
from gguplan.runs.comparison import over_the_latest
from tests.open_office import SOFFICE
from tests.oracle import largest_remainder
from tests.workbooks import cells, recalculated, without_forecast
from tests.worlds import population

BODIES = """
[bodies.provincie-zeeland]
title  = "Provincie Zeeland"
kind   = "province"

[bodies.scheldestromen]
title  = "Waterschap Scheldestromen"
kind   = "water board"
"""
MEMBERS = '["Middelburg", "Vlissingen", "Veere", "Provincie Zeeland"]'
HALF = """
[programmes.a]
title = "A"
gross = "1000000.00"
vat   = "none"
allocation = { key = "mix", parts = [
    { share = "75%", by = { key = "inhabitants" } },
    { share = "25%", by = { key = "shares", shares = { provincie-zeeland = "100%" }, others = "0%" } },
] }
"""
DIKES = """
[programmes.dikes]
title   = "Dikes"
gross   = "90000.00"
vat     = "none"
members = ["Veere", "scheldestromen"]
allocation = { key = "shares", shares = { Veere = "1/3", scheldestromen = "2/3" } }
"""


def written(folder: Path, tables: str = HALF + DIKES, members: str = MEMBERS, bodies: str = BODIES) -> Path:
    file = folder / "fund.toml"
    file.write_text(
        'title = "Region"\nsource = "invented for a test"\nyear = 2024\nreference_date = 2023-01-01\n'
        f"{'members = ' + members if members else ''}\n{bodies}{tables}",
        encoding="utf-8",
    )
    return file


def read(folder: Path, tables: str = HALF + DIKES, members: str = MEMBERS, bodies: str = BODIES) -> ScenarioInputs:
    return gguplan.load_scenario(written(folder, tables, members, bodies))


def paid(inputs: ScenarioInputs) -> dict[str, int]:
    result = run(inputs.fund_year)
    names = [payer.name for payer in result.population.municipalities]
    return dict(zip(names, result.to_pay.tolist(), strict=True))


def findings(folder: Path, tables: str = HALF, members: str = MEMBERS, bodies: str = BODIES) -> list[str]:
    with pytest.raises(InputError) as caught:
        read(folder, tables, members, bodies)
    return [finding.what for finding in caught.value.findings]


def answer(folder: Path, *words: str) -> str:
    set_language("en")
    outcome = CliRunner().invoke(app, [*words, "--lang", "en"], catch_exceptions=False)
    assert outcome.exit_code == 0, outcome.output
    return outcome.stdout


def test_bodies_stand_behind_the_municipalities_by_what_the_scenario_calls_them() -> None:
    country = population(A=30, B=20)
    water = Body("a-water", "Water", "", 0, "water board", True, 9_002)
    province = Body("z-province", "Province", "", 0, "province", False, 9_001)
    everybody = with_bodies(country, [province, water])
    assert [payer.name for payer in everybody.municipalities] == ["A", "B", "Water", "Province"]
    assert everybody.codes.tolist() == [1, 2, 9_002, 9_001]
    assert everybody.index == {"GM0001": 0, "GM0002": 1, "a-water": 2, "z-province": 3}
    assert (everybody.inhabitants.tolist(), everybody.total) == ([30, 20, 0, 0], 50)
    assert everybody.is_body.tolist() == [False, False, True, True]
    assert everybody.pays_every_programme.tolist() == [True, True, True, False]
    assert bodies_of(everybody) == everybody.bodies == (water, province)
    assert everybody.without_bodies == country.municipalities
    # The same once more is the same population, and other bodies take the place of these.
    assert with_bodies(country, [water, province]) is with_bodies(everybody, [province, water]) is everybody
    assert with_bodies(everybody, [province]).bodies == (province,)
    assert with_bodies(everybody, []).municipalities == country.municipalities


def test_a_province_pays_a_stated_share_and_the_municipalities_the_rest_by_inhabitants(tmp_path: Path) -> None:
    # 22,045 + 45,150 + 49,956 = 117,151 inhabitants on 1 January 2023: population_data/2023.csv.
    three_quarters = largest_remainder(75_000_000, [49_956, 22_045, 45_150], [687, 717, 718])
    assert paid(read(tmp_path)) == {
        "Middelburg": three_quarters[0],
        "Veere": three_quarters[1] + 3_000_000,
        "Vlissingen": three_quarters[2],
        "Provincie Zeeland": 25_000_000,
        "Waterschap Scheldestromen": 6_000_000,
    }


def test_who_is_named_by_one_programme_pays_that_one_only(tmp_path: Path) -> None:
    inputs = read(tmp_path)
    board = bill_of(run(inputs.fund_year), "scheldestromen")
    assert [line.to_pay for line in board.lines] == [0, 6_000_000]
    # Amounts that are fixed for everybody are not for a body of another programme.
    everybody = (
        '[programmes.a]\ntitle = "A"\nvat = "none"\nallocation = { key = "amounts", amounts = {}, others = "1.00" }\n'
    )
    everybody = everybody.replace("amounts = {}", 'amounts = { Veere = "2.00" }')
    assert paid(read(tmp_path, everybody + DIKES))["Waterschap Scheldestromen"] == 6_000_000


def test_amounts_per_inhabitant_are_of_what_municipalities_pay(tmp_path: Path) -> None:
    result = run(read(tmp_path).fund_year)
    assert (result.paid_by_municipalities, result.paid_by_bodies) == (78_000_000, 31_000_000)
    assert bill_of(result, "provincie-zeeland").per_inhabitant(100) is None
    shown = json.loads(answer(tmp_path, "estimate", "Provincie Zeeland", "-s", str(tmp_path / "fund.toml"), "--json"))
    assert (shown["to_pay"], shown["per_inhabitant"]) == ("250000.00", None)
    screen = answer(tmp_path, "run", str(tmp_path / "fund.toml"))
    # 780,000 ÷ 117,151 = 6.65807...
    assert "€6.6581" in next(line for line in screen.splitlines() if line.startswith("Total"))
    assert "Amounts per inhabitant are of what the municipalities pay, without Provincie Zeeland and" in screen


@pytest.mark.parametrize(
    "allocation",
    [
        '{ key = "amounts", amounts = { provincie-zeeland = "400000.00", Veere = "600000.00" }, others = "0.00" }',
        '{ key = "shares", shares = { "Provincie Zeeland" = "40%", Veere = "60%" }, others = "0%" }',
        '{ key = "products", price = "10.00", units = { provincie-zeeland = 2, Veere = 3 }, others = 0 }',
        '{ key = "column", file = "weights.csv", column = "weight" }',
    ],
    ids=["amounts", "shares", "products", "column"],
)
def test_a_body_pays_by_every_key_that_has_a_value_for_it(tmp_path: Path, allocation: str) -> None:
    rows = "Middelburg,0\nVlissingen,0\nVeere,60\nProvincie Zeeland,40\n"
    (tmp_path / "weights.csv").write_text(f"municipality,weight\n{rows}", encoding="utf-8")
    table = f'[programmes.a]\ntitle = "A"\ngross = "1000000.00"\nvat = "none"\nallocation = {allocation}\n'
    assert paid(read(tmp_path, table))["Provincie Zeeland"] == 40_000_000


@pytest.mark.parametrize(
    "allocation",
    [
        '{ key = "inhabitants" }',
        '{ key = "fixed_plus_inhabitants", fixed = "100.00" }',
        '{ key = "stepped", applies_to = "part", brackets = [{ rate = "1.00" }] }',
        '{ key = "step_amounts", steps = [{ amount = "100.00" }] }',
    ],
)
def test_under_a_key_by_inhabitants_a_body_is_a_mistake(tmp_path: Path, allocation: str) -> None:
    table = f'[programmes.a]\ntitle = "A"\ngross = "1000000.00"\nvat = "none"\nallocation = {allocation}\n'
    assert findings(tmp_path, table) == ["Provincie Zeeland: without inhabitants, and this is divided by inhabitants."]


@pytest.mark.parametrize(
    ("name", "title", "what"),
    [
        ("utrecht", "Provincie Utrecht", "'utrecht' is the name or the code of a municipality."),
        ("provincie-x", "Utrecht", "'Utrecht' is the name or the code of a municipality."),
        ("gm0344", "Provincie X", "'gm0344' is the name or the code of a municipality."),
        ("weesp", "Provincie X", "'weesp' is the name or the code of a municipality."),
        ("zeeland", "Provincie X", "'zeeland' is the name of a group."),
        ("provincie-x", "Scheldestromen", "'Scheldestromen' is what another body is called."),
    ],
)
def test_a_body_has_a_name_of_its_own(tmp_path: Path, name: str, title: str, what: str) -> None:
    extra = f'\n[bodies.{name}]\ntitle = "{title}"\nkind = "province"\n\n[groups.zeeland]\nprovince = "Zeeland"\n'
    assert what in findings(tmp_path, bodies=BODIES + extra)


def test_a_group_of_a_province_is_not_the_province(tmp_path: Path) -> None:
    group = '\n[groups.gemeenten-in-zeeland]\nprovince = "Zeeland"\n'
    inputs = read(tmp_path, HALF, '["gemeenten-in-zeeland", "provincie-zeeland"]', BODIES + group)
    assert len(inputs.population.without_bodies) == 13
    assert [body.name for body in bodies_of(inputs.population)] == ["Provincie Zeeland"]


def test_a_fund_has_a_municipality(tmp_path: Path) -> None:
    allocation = '{ key = "amounts", amounts = { scheldestromen = "1.00" } }'
    table = f'[programmes.a]\ntitle = "A"\nvat = "none"\nallocation = {allocation}\n'
    assert findings(tmp_path, table, '["scheldestromen"]')[0] == "In 2024 no municipality is a member."


def test_a_refund_and_a_cap_per_inhabitant_are_nothing_for_a_body(tmp_path: Path) -> None:
    refund = '[opt_outs.a]\nmunicipalities = ["provincie-zeeland"]\nsettlement = "refund"\nrate = "0.25"\n'
    assert findings(tmp_path, HALF + refund) == [
        "A refund per inhabitant is nothing for who has none: Provincie Zeeland."
    ]
    cap = """
[programmes.a.old_division]
allocation = { key = "inhabitants" }
source = "a test"
[programmes.a.cap]
rise_per_inhabitant = "1.00"
paid_by = "fund"
source = "a test"
"""
    assert findings(tmp_path, HALF + cap) == [
        "Provincie Zeeland: without inhabitants, and this is so much per inhabitant."
    ]


def test_the_national_fund_can_have_a_programme_that_a_province_pays_too(tmp_path: Path) -> None:
    a = '[programmes.a]\ntitle = "A"\ngross = "1000000.00"\nvat = "none"\n'
    inputs = read(tmp_path, a + DIKES, members="")
    assert inputs.population.country is None and len(inputs.population.without_bodies) == 342
    assert paid(inputs)["Waterschap Scheldestromen"] == 6_000_000


def test_a_threshold_counts_municipalities(tmp_path: Path) -> None:
    threshold = '[thresholds.dikes]\nmunicipalities = "all"\notherwise = "not_levied"\n'
    outcome = run(read(tmp_path, HALF + DIKES + threshold).fund_year).by_programme[1].threshold
    assert outcome is not None and (outcome.municipalities, outcome.municipalities_needed) == (1, 1)


def test_the_effects_of_a_body_stand_apart_and_sum_with_those_of_the_municipalities(tmp_path: Path) -> None:
    with_province = run(read(tmp_path).fund_year)
    without = HALF.replace("provincie-zeeland", "Veere")
    alone = run(read(tmp_path, without + DIKES, '["Middelburg", "Vlissingen", "Veere"]').fund_year)
    comparison = Comparison(*over_the_latest([with_province, alone]))
    bodies = comparison.of_bodies
    assert bodies is not None and (bodies.before, bodies.after) == (31_000_000, 6_000_000)
    for groups in (comparison.by_direction(), comparison.by_size(), comparison.by_province()):
        assert sum(group.effect for group in groups) + bodies.effect == comparison.total.effect == 0
        assert sum(group.municipalities for group in groups) == 3
    assert comparison.rates[1][comparison.population.index["scheldestromen"]] == 0


def test_a_body_goes_on_in_the_years_ahead_over_a_merger_and_after_it_joins(tmp_path: Path) -> None:
    tables = """
[programmes.a]
title = "A"
vat = "none"
[programmes.a.allocation]
key = "amounts"
amounts = { Brielle = "10.00", Hellevoetsluis = "20.00", Westvoorne = "30.00" }
others = "5.00"
[horizon]
last = 2025
opening = "0.00"
underspend = "general"
[membership.delfland]
municipalities = ["Provincie Zeeland"]
joins = 2024
"""
    file = written(tmp_path, tables, '["Brielle", "Hellevoetsluis", "Westvoorne", "scheldestromen"]')
    text = (
        file.read_text(encoding="utf-8")
        .replace("2024\nreference", "2022\nreference")
        .replace("2023-01-01", "2021-01-01")
    )
    file.write_text(text, encoding="utf-8")
    inputs = gguplan.load_scenario(file)
    years = range(2022, 2026)
    assert [year.bill.to_pay for year in bills_by_year(inputs, years, "scheldestromen")] == [500] * 4
    assert [year.bill.to_pay for year in bills_by_year(inputs, years, "Voorne aan Zee")][-1] == 6_000
    assert [(year.year, year.bill.to_pay) for year in bills_by_year(inputs, years, "provincie-zeeland")] == [
        (2024, 500), (2025, 500),
    ]  # fmt: skip


def test_a_body_is_on_no_map_and_has_no_peers(tmp_path: Path) -> None:
    result = run(read(tmp_path).fund_year)
    (bills,) = over_the_latest([result])
    assert boundaries_of(result.population).not_drawn == ()
    shown = rate_map(result, boundaries_of(result.population)).alt
    assert "Not on the map: Provincie Zeeland and Waterschap Scheldestromen." in shown
    figures = figures_of([bills], ())
    assert figures["bodies"] == [3, 4]
    assert len(classes_of([bills])[0].place) == 3
    more, same, less = (figures["columns"][place] for place in figures["scenarios"][0]["standing"])
    assert more[:3] != same[:3] or less[:3]


def test_a_hostile_title_is_text_and_a_long_one_a_mistake(tmp_path: Path) -> None:
    hostile = BODIES.replace("Provincie Zeeland", "=1+1 <script>x</script>")
    members = '["Middelburg", "Vlissingen", "Veere", "provincie-zeeland"]'
    file = written(tmp_path, HALF, members, hostile)
    page = tmp_path / "page.html"
    answer(tmp_path, "page", str(file), "-o", str(page))
    assert "<script>x" not in page.read_text(encoding="utf-8")
    workbook = cells(without_forecast(run(gguplan.load_scenario(file).fund_year)))
    assert "=1+1 <script>x</script>" in workbook.values()
    assert len(findings(tmp_path, HALF, members, BODIES.replace("Provincie Zeeland", "x" * 101))) == 1


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")
@pytest.mark.usefixtures("undrawn")
def test_a_spreadsheet_works_the_bills_of_bodies_out_to_the_same_cent(tmp_path: Path) -> None:
    threshold = '[thresholds.dikes]\nmunicipalities = "all"\notherwise = "not_levied"\n'
    # A name before GM in the alphabet, and equal weights: the order in a tie is that of the model.
    bodies = BODIES.replace("provincie-zeeland", "aa-provincie")
    even = """
[programmes.even]
title = "Even"
gross = "0.02"
vat = "none"
members = ["Veere", "aa-provincie", "scheldestromen"]
allocation = { key = "shares", shares = { Veere = "1/3" }, others = "1/3" }
"""
    half = HALF.replace("provincie-zeeland", "aa-provincie")
    workbook = without_forecast(run(read(tmp_path, half + DIKES + even + threshold, bodies=bodies).fund_year))
    (again,) = recalculated(tmp_path, workbook)
    book = cells(workbook)
    numbers = {place: value for place, value in book.items() if isinstance(value, float)}
    assert {place: again.get(place) for place in numbers} == pytest.approx(numbers, abs=1e-9)


def test_a_paper_and_a_page_beside_a_baseline_show_municipalities_in_charts_and_bodies_in_a_row(tmp_path: Path) -> None:
    written(tmp_path)
    more = 'title = "More"\nextends = "fund.toml"\nsource = "invented"\n[programmes.a]\ngross = "1200000.00"\n'
    more += '[programmes.dikes]\nallocation = { key = "shares", shares = { Veere = "1/2", scheldestromen = "1/2" } }\n'
    (tmp_path / "more.toml").write_text(more, encoding="utf-8")
    answer(tmp_path, "proposal", str(tmp_path / "more.toml"), "-o", str(tmp_path / "p.md"))
    paper = (tmp_path / "p.md").read_text(encoding="utf-8")
    assert "to set the contribution of Waterschap Scheldestromen (water board) at €45,000.00" in paper
    assert "| other bodies | 0 | €310,000.00 | €345,000.00 |" in paper
    files = [str(tmp_path / name) for name in ("fund.toml", "more.toml")]
    text = answer(tmp_path, "page", *files, "-o", str(tmp_path / "p.html"))
    assert "3 municipalities in 2 scenarios" in text
    assert "Not on the map: Provincie Zeeland" in (tmp_path / "p.html").read_text(encoding="utf-8")
