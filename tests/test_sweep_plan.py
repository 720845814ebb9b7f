"""What a sweep varies, as it is written on the command line and in a scenario."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gguplan.findings import InputError, Place
from gguplan.fund.sweep_plan import LARGEST_GRID, LARGEST_SWEEP, Factor, SweepPlan, ValueSort, written
from gguplan.inputs.scenario.reading import read_scenario
from gguplan.inputs.scenario.schema_walk import sort_at
from gguplan.inputs.scenario.settings import value_of
from gguplan.inputs.sweep.factor_values import choice_text, units_of
from gguplan.inputs.sweep.plan import StatedPlan, read_plan
from gguplan.inputs.sweep.vary_option import apart
from gguplan.inputs.toml_document import KeyPath
from gguplan.reports.tables.sweep import largest


def plan(*vary: str) -> StatedPlan:
    return read_plan(read_scenario("uitnamen-2017"), vary)


def values(*vary: str) -> list[list[str]]:
    """The values of each factor of a grid, as written."""
    return [[factor.text(factor.at_level(level)) for level in range(factor.levels)] for factor in plan(*vary).factors]


@pytest.mark.parametrize(
    ("path", "leaf"),
    [
        (("programmes", "ibd", "gross"), "amount"),
        (("programmes", "ibd", "rate"), "rate"),
        (("programmes", "ibd", "allocation", "brackets", 1, "rate"), "rate"),
        (("programmes", "ibd", "allocation", "fixed"), "amount"),
        (("programmes", "ibd", "vat"), "other"),
        (("opt_outs", "ibd", "joins"), "day"),
        (("opt_outs", "ibd", "reference_date"), "first_of_january"),
        (("realisation", "ibd", "between", 0), "rate"),
        (("thresholds", "ibd", "municipalities"), "whole_number"),
        (("year",), "whole_number"),
        (("without",), "other"),
    ],
)
def test_the_schema_says_what_a_range_goes_over(path: KeyPath, leaf: ValueSort) -> None:
    assert sort_at(path) == leaf


def test_ranges_over_amounts_rates_numbers_and_dates() -> None:
    assert values(
        "programmes.ibd.gross=2000000:2000000.03:4",
        "programmes.luisterend-oor.rate=0.25:0.2501:2",
        "opt_outs.luisterend-oor.joins=2017-02-27:2017-03-01:3",
        "reference_date=2016-01-01:2018-01-01:3",
    ) == [
        ["2000000.00", "2000000.01", "2000000.02", "2000000.03"],
        ["0.25", "0.2501"],
        ["2017-02-27", "2017-02-28", "2017-03-01"],
        ["2016-01-01", "2017-01-01", "2018-01-01"],
    ]


def test_levels_lie_equally_far_apart_half_a_unit_upwards_and_both_ends_are_tried() -> None:
    """From 0 to 3 in three is 0, 1.5 and 3; from 10 to 20 in four is 10, 13.3, 16.7 and 20."""
    few = Factor(("a",), "lever", "amount", low=0, high=3, levels=3)
    more = Factor(("a", 0, "b"), "lever", "whole_number", low=10, high=20, levels=4)
    choices = Factor(("c",), "lever", "other", choices=("x", "y", "z"), levels=3)
    years = Factor(("reference_date",), "lever", "first_of_january", low=2016, high=2018, levels=2)
    assert [[factor.at_level(level) for level in range(factor.levels)] for factor in (few, more, choices)] == [
        [0, 2, 3],
        [10, 13, 17, 20],
        [0, 1, 2],
    ]
    assert [factor.ends() for factor in (few, more, choices, years)] == [
        (0, 3), (10, 20), (0, 1, 2), (2016, 2017, 2018)
    ]  # fmt: skip
    assert [factor.comparisons for factor in (few, choices, years)] == [1, 2, 1]
    assert (more.name, more.text(10), choices.text(1)) == ("a.0.b", "10", "y")
    plan = SweepPlan((few, more), "grid", 12)
    assert (plan.varies("a"), plan.varies("b")) == (True, False)


def test_choices_may_be_lists() -> None:
    assert values('without=[],["woz"],["woz", "nup"]') == [["[]", '["woz"]', '["woz", "nup"]']]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a,b,c", ["a", "b", "c"]),
        ('["a", "b"],[]', ['["a", "b"]', "[]"]),
        ('{ key = "x", fixed = "1.00" },y', ['{ key = "x", fixed = "1.00" }', "y"]),
        ('"a,b",c', ['"a,b"', "c"]),
        ("'s-Gravenhage,Utrecht", ["'s-Gravenhage", "Utrecht"]),
        ("a,", ["a", ""]),
        ("[a,b", ["[a,b"]),
    ],
)
def test_a_comma_parts_values_but_not_within_a_list_a_table_or_quotes(text: str, parts: list[str]) -> None:
    assert apart(text) == parts


@given(st.integers(0, 10**14), st.integers(0, 10**8), st.integers(1, 3_652_059))
def test_what_is_written_is_read_back_to_the_unit(cents: int, rate: int, day: int) -> None:
    assert units_of("amount", written("amount", cents)) == cents
    assert units_of("rate", written("rate", rate)) == rate
    assert written("price", rate) == written("rate", rate)
    assert units_of("day", written("day", day)) == day


@pytest.mark.parametrize("text", ["17", "true", "[1]", "2017-01-01", "'x'", "een, twee", "refund"])
def test_a_text_of_a_file_stays_that_text(text: str) -> None:
    """``17`` between quotes is text, and must not become the number when it is set."""
    assert value_of(choice_text(text), Place("")) == text


def test_a_grid_of_exactly_the_limit_is_read_and_one_variant_more_is_not() -> None:
    assert LARGEST_SWEEP == 100_000
    assert plan("programmes.ibd.gross=1:2000000:1000", "programmes.akj.gross=1:2000000:100").size == LARGEST_SWEEP
    with pytest.raises(InputError, match="101,000 variants; 100,000 is the most"):
        plan("programmes.ibd.gross=1:2000000:1000", "programmes.akj.gross=1:2000000:101")


def test_a_grid_that_goes_to_parquet_may_be_ten_times_as_large() -> None:
    assert [largest(file) for file in (None, Path("a.csv"), Path("a.xlsx"))] == [LARGEST_SWEEP] * 3
    assert largest(Path("a.parquet")) == LARGEST_GRID == 1_000_000
    vary = ["programmes.ibd.gross=1:2000000:1000", "programmes.akj.gross=1:2000000:1000"]
    assert read_plan(read_scenario("uitnamen-2017"), vary, LARGEST_GRID).size == LARGEST_GRID


def test_an_extending_scenario_inherits_what_is_varied_and_may_change_the_sample(tmp_path: Path) -> None:
    file = tmp_path / "kleiner.toml"
    file.write_text('title = "Kleiner"\nextends = "hulplijn-in-varianten"\n\n[sweep]\nsize = 64\n', encoding="utf-8")
    read = read_plan(read_scenario(file), ())
    assert (read.sample, read.size, len(read.factors)) == ("sobol", 64, 4)
    assert [factor.role for factor in read.factors] == ["lever", "lever", "uncertainty", "uncertainty"]


def test_another_settlement_than_a_refund_needs_no_rate_taken_out_first() -> None:
    shrunk = read_scenario("uitnamen-2017", ["opt_outs.luisterend-oor.settlement=shrink"])
    assert shrunk.scenario.opt_outs["luisterend-oor"].rate is None
    for settings in (["rate=0.30", "settlement=shrink"], ["settlement=shrink", "rate=0.30"]):
        with pytest.raises(InputError, match="A rate goes with settlement"):
            read_scenario("uitnamen-2017", [f"opt_outs.luisterend-oor.{setting}" for setting in settings])


def test_another_year_alone_is_no_variant() -> None:
    with pytest.raises(InputError, match="Another year alone changes what it is called"):
        plan("year=2018,2019")
