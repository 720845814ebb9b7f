"""One municipality's bill in years to come, over inhabitants that are counted or projected."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from gguplan.commands.cli import app
from gguplan.findings import InputError
from gguplan.inputs.population.years import load_population
from gguplan.inputs.scenario.reading import read_scenario
from gguplan.inputs.written_years import read_years
from gguplan.model.billed_municipality import BilledMunicipality
from gguplan.model.years_ahead.bill_in_a_year import InInterval, year_ahead
from gguplan.runs.populations import populations_of
from gguplan.runs.results import result_of


def test_years_are_a_range_or_one() -> None:
    assert read_years("2026-2029") == [2026, 2027, 2028, 2029]
    assert read_years("2026") == [2026]


@pytest.mark.parametrize("text", ["", "x", "2000-2100", "26-29", "2026-2029-2030", "-2026"])
def test_anything_else_is_no_range_of_years(text: str) -> None:
    with pytest.raises(InputError, match="These are not years"):
        read_years(text)


def test_years_from_the_last_to_the_first_are_told_the_other_way_round() -> None:
    with pytest.raises(InputError, match="Write the first year before the last: 2026-2029"):
        read_years("2029-2026")


def test_a_counted_year_is_taken_as_it_is_and_a_later_one_is_projected() -> None:
    populations = populations_of([2025, 2026, 2028])
    assert populations[2025] == (load_population(2025), None)
    assert [populations[year][0].status for year in (2025, 2026, 2028)] == ["final", "final", "projected"]


def test_the_whole_budget_is_divided_over_projected_inhabitants_too() -> None:
    population, _projection = populations_of([2028])[2028]
    settings = ["year=2028", "reference_date=2028-01-01"]
    result = result_of(read_scenario("fonds-ggu-2020", settings, population))
    assert int(result.to_pay.sum()) == 5_230_000_000


def test_the_bill_of_a_counted_year_is_certain_and_that_of_a_projected_one_is_not() -> None:
    bills = {}
    for year, (population, projection) in populations_of([2025, 2027, 2030]).items():
        inputs = read_scenario("fonds-ggu-2020", [f"year={year}", f"reference_date={year}-01-01"], population)
        bills[year] = year_ahead(result_of(inputs), BilledMunicipality(population.index["GM0344"]), projection)
    assert bills[2025].low == bills[2025].bill.to_pay == bills[2025].high
    assert (bills[2025].interval, bills[2027].interval) == (InInterval(), InInterval(inhabitants=True))
    assert bills[2027].low < bills[2027].bill.to_pay < bills[2027].high
    assert bills[2030].high - bills[2030].low > bills[2027].high - bills[2027].low


def test_the_reference_date_keeps_its_distance_to_the_year() -> None:
    """A scenario that counts the inhabitants of the year before does so in every year."""
    words = ["estimate", "Utrecht", "--years", "2025-2026", "--json", "--set", "reference_date=2019-01-01"]
    answer = json.loads(CliRunner().invoke(app, words).stdout)
    assert [(row["year"], row["reference_year"], row["status"]) for row in answer["years"]] == [
        (2025, 2024, "final"),
        (2026, 2025, "final"),
    ]


def test_the_table_says_what_each_number_of_inhabitants_is() -> None:
    printed = CliRunner().invoke(app, ["estimate", "Utrecht", "--years", "2025-2028", "--lang", "nl"]).stdout
    assert "definitief" in printed
    assert "voorlopig" not in printed
    assert "geraamd (2027)" in printed


def test_a_municipality_that_is_no_more_is_not_looked_for_in_a_year_whose_municipalities_nobody_knows() -> None:
    """The last count is of 1 January 2026 (population_data): its municipalities are those of the years after it."""
    outcome = CliRunner().invoke(app, ["estimate", "Leerdam", "--years", "2028-2029", "--lang", "en"])
    assert outcome.exit_code == 2
    what = '"Leerdam" is not a municipality on 1 January 2026, of which the boundaries are used for 2028.'
    assert what in outcome.stderr
    assert "write Vijfheerenlanden" in outcome.stderr


# --- mergers, both ways --------------------------------------------------------------------------


def years_of(name: str, years: str, *words: str) -> list[dict[str, Any]]:
    outcome = CliRunner().invoke(app, ["estimate", name, "--years", years, "--json", *words])
    assert outcome.exit_code == 0, outcome.output
    answer: list[dict[str, Any]] = json.loads(outcome.stdout)["years"]
    return answer


def test_before_it_was_there_a_municipality_has_the_bills_of_those_it_came_from() -> None:
    """mergers.csv: Vijfheerenlanden is Leerdam, Vianen and Zederik since 1 January 2019, so its first own count is that
    for 2020."""
    rows = {row["year"]: row for row in years_of("Vijfheerenlanden", "2017-2030")}
    assert list(rows) == list(range(2017, 2031))
    predecessors = ["Leerdam", "Vianen", "Zederik"]
    assert [came_from["name"] for came_from in rows[2019]["came_from"]] == predecessors
    assert rows[2020]["came_from"] == []
    parts = [Decimal(years_of(name, "2019")[0]["to_pay"]) for name in predecessors]
    assert Decimal(rows[2019]["to_pay"]) == sum(parts)
    assert [row["to_pay"] for row in years_of("Vijfheerenlanden", "2017-2018")] == [
        rows[2017]["to_pay"],
        rows[2018]["to_pay"],
    ]


def test_the_years_ahead_of_a_scenario_go_through_mergers_too() -> None:
    """mergers.csv: Land van Cuijk is Boxmeer, Cuijk, Grave, Mill en Sint Hubert and Sint Anthonis since 1 January 2022,
    which is the count for 2023."""
    words = ["--scenario", "fonds-ggu-2020-2024"]
    rows = {row["year"]: row for row in years_of("Land van Cuijk", "2020-2024", *words)}
    assert [len(row["came_from"]) for row in rows.values()] == [5, 5, 5, 0, 0]
    parts = [years_of(row["name"], "2022", *words)[0] for row in rows[2022]["came_from"]]
    assert Decimal(rows[2022]["to_pay"]) == sum(Decimal(part["to_pay"]) for part in parts)
    assert [row["year"] for row in years_of("Grave", "2020-2024", *words)] == [2020, 2021, 2022]


def test_a_municipality_ends_in_the_one_that_it_became_part_of() -> None:
    """mergers.csv: Weesp became part of Amsterdam on 24 March 2022; its last count is that of 1 January 2022."""
    assert [row["year"] for row in years_of("Weesp", "2020-2026")] == [2020, 2021, 2022, 2023]
    printed = CliRunner().invoke(app, ["estimate", "Weesp", "--years", "2020-2026", "--lang", "en"]).stdout
    assert (
        "No bill of its own from 2024 on. Weesp (GM0457) became part of Amsterdam (GM0363) on 24 March 2022; write "
        "Amsterdam."
    ) in printed


def test_the_year_s_budget_and_all_inhabitants_stand_beside_the_bill() -> None:
    [row] = years_of("Utrecht", "2020")
    assert (row["budget"], row["inhabitants_together"]) == ("52300000.00", 17_282_163)
    assert row["to_pay"] == "1067857.76"


# --- intervals that follow the key ---------------------------------------------------------------

FUND = """
title = "Fund"
year = 2026
reference_date = 2026-01-01
source = "own"
[programmes.a]
title = "A"
vat = "none"
"""


def widths(folder: Path, name: str, budget: str) -> list[Decimal]:
    """How wide the interval of the bill of 2029 is, and the bill, in euros."""
    (folder / "fund.toml").write_text(FUND + budget, encoding="utf-8")
    [row] = years_of(name, "2029", "--scenario", str(folder / "fund.toml"))
    return [Decimal(row[key]) for key in ("chance_10", "to_pay", "chance_90")]


def test_a_fixed_amount_each_has_no_share_in_the_interval(tmp_path: Path) -> None:
    """342 × 8,000 of 3,000,000 is fixed: Rozendaal pays 8,000 and its share of the 264,000 that are left, about 27
    euros, and a share is uncertain by a few per cent."""
    low, middle, high = widths(
        tmp_path,
        "Rozendaal",
        'gross = "3000000.00"\nallocation = { key = "fixed_plus_inhabitants", fixed = "8000.00" }\n',
    )
    assert 8_025 < low < middle < high < 8_030
    assert high - low < 4


def test_a_column_of_weights_is_as_certain_as_its_file(tmp_path: Path) -> None:
    codes = [municipality.gm_code for municipality in load_population(2026).municipalities]
    rows = [f"{code},{number % 7 + 1}" for number, code in enumerate(codes)]
    (tmp_path / "weights.csv").write_text("\n".join(["gm_code,weight", *rows]), encoding="utf-8")
    key = '{ key = "column", file = "weights.csv", column = "weight" }'
    low, middle, high = widths(tmp_path, "Utrecht", f'gross = "3000000.00"\nallocation = {key}\n')
    assert low == middle == high


def test_a_stepped_tariff_is_uncertain_by_the_step_that_is_reached(tmp_path: Path) -> None:
    """Of Utrecht, 381,000 inhabitants, only those above 250,000 count for the last class, of 0.01; the budget is what
    all tariffs come to, so nothing else moves. 1.00 × 250,000 + 0.01 × 131,000 = 251,310."""
    brackets = '[{ up_to = 250000, rate = "1.00" }, { rate = "0.01" }]'
    low, middle, high = widths(
        tmp_path, "Utrecht", f'allocation = {{ key = "stepped", applies_to = "part", brackets = {brackets} }}\n'
    )
    assert 251_200 < low < middle < high < 251_600
    whole = widths(tmp_path, "Utrecht", 'rate = "1.00"\n')
    assert (whole[2] - whole[0]) / (high - low) > 50


def test_a_share_is_drawn_as_its_own_quantiles_say() -> None:
    """Pro rata the bill is the share times the budget, so the drawn interval is that of the projected share: 1,000
    draws give an end within 5.4 % of a standard deviation (`drawn_bills.DRAWS`), 0.2 here are four of these."""
    population, projection = populations_of([2029])[2029]
    assert projection is not None
    place = projection.index["GM0344"]
    row = projection.years.index(2029)
    low, high = (5_230_000_000 * projection.share_quantiles((0.1, 0.9))[:, row, place]).tolist()
    inputs = read_scenario("fonds-ggu-2020", ["year=2029", "reference_date=2029-01-01"], population)
    year = year_ahead(result_of(inputs), BilledMunicipality(population.index["GM0344"]), projection)
    deviation = (high - low) / 2 / 1.28
    assert abs(year.low - low) < 0.22 * deviation
    assert abs(year.high - high) < 0.22 * deviation
