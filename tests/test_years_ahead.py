"""One municipality's bill in years to come, over inhabitants that are counted or projected."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from gguplan.commands.cli import app
from gguplan.findings import InputError
from gguplan.inputs.population.years import load_population
from gguplan.inputs.scenario.reading import read_scenario
from gguplan.inputs.written_years import read_years
from gguplan.model.years_ahead.bill_in_a_year import year_ahead
from gguplan.runs.populations import populations_of
from gguplan.runs.results import result_of


def test_years_are_a_range_or_one() -> None:
    assert read_years("2026-2029") == [2026, 2027, 2028, 2029]
    assert read_years("2026") == [2026]


@pytest.mark.parametrize("text", ["", "x", "2029-2026", "2000-2100", "26-29", "2026-2029-2030", "-2026"])
def test_anything_else_is_no_range_of_years(text: str) -> None:
    with pytest.raises(InputError, match="These are not years"):
        read_years(text)


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
        bills[year] = year_ahead(result_of(inputs), "GM0344", projection)
    assert bills[2025].low == bills[2025].bill.to_pay == bills[2025].high
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
    assert "definitief (2025)" in printed
    assert "definitief (2026)" in printed
    assert "geraamd (2027)" in printed


def test_a_municipality_that_is_no_more_is_not_looked_for_in_a_year_whose_municipalities_nobody_knows() -> None:
    """The last count is of 1 January 2026 (population_data): its municipalities are those of the years after it."""
    outcome = CliRunner().invoke(app, ["estimate", "Leerdam", "--years", "2028-2029", "--lang", "en"])
    assert outcome.exit_code == 2
    what = '"Leerdam" is not a municipality on 1 January 2026, of which the boundaries are used for 2027.'
    assert what in outcome.stderr
    assert "write Vijfheerenlanden" in outcome.stderr
