"""Goal seek: the edges of a goal over the values of one key, and ``gguplan seek`` as somebody uses it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

import gguplan
from gguplan.commands.cli import app
from gguplan.findings import Findings
from gguplan.fund.goals import Goal, Side, Total
from gguplan.inputs.goals import goal_of
from gguplan.inputs.ledger.ledger_files import load_ledger
from gguplan.inputs.ledger.realised_years import realised_years
from gguplan.inputs.scenario.reading import read_scenario
from gguplan.inputs.sweep.factor_values import setting_of
from gguplan.inputs.sweep.vary_option import factor_between
from gguplan.model.goal_seek import OTHER_SEEDS, search
from gguplan.reports.terminal.seek import how_sure
from gguplan.runs import goal_seek
from gguplan.runs.results import result_of
from gguplan.runs.years_ahead import years_ahead_of

RATE = "programmes.luisterend-oor.rate"


def seek(*words: str) -> Result:
    return CliRunner().invoke(app, ["seek", *words])


def answer(*words: str) -> dict[str, Any]:
    outcome = seek(*words, "--json")
    assert outcome.exit_code in (0, 1), outcome.stderr
    shown: dict[str, Any] = json.loads(outcome.stdout)
    return shown


# --- bracketing ----------------------------------------------------------------------------------


@given(st.integers(-50, 1_050), st.integers(2, 40))
def test_a_line_has_one_edge_at_its_very_unit_or_none(threshold: int, steps: int) -> None:
    looked = search(lambda value: value, lambda measured: measured >= threshold, 0, 1_000, steps)
    if threshold <= 0:
        assert looked.always and not looked.edges
    elif threshold > 1_000:
        assert looked.never and not looked.edges
    else:
        [edge] = looked.edges
        assert (edge.misses.value, edge.meets.value, edge.rises, edge.is_exact) == (
            threshold - 1,
            threshold,
            True,
            True,
        )


def test_each_value_is_measured_once() -> None:
    values: list[int] = []

    def measure(value: int) -> int:
        values.append(value)
        return value

    search(measure, lambda measured: measured >= 321, 0, 1_000, 11)
    assert len(values) == len(set(values)) <= 11 + 7


def test_a_hill_has_two_edges() -> None:
    # 100 − (x − 50)² ÷ 10 is at least 60 from x = 30 to x = 70.
    looked = search(lambda x: 1_000 - (x - 50) ** 2, lambda measured: measured >= 600, 0, 100, 11)
    assert [(edge.meets.value, edge.rises) for edge in looked.edges] == [(30, True), (70, False)]


def test_where_the_sum_cannot_be_made_no_edge_is_claimed() -> None:
    looked = search(lambda x: None if x < 40 else x, lambda measured: measured >= 30, 0, 100, 11)
    assert looked.always and len(looked.made) == 7
    gap = search(lambda x: None if 41 <= x <= 49 else x, lambda measured: measured >= 45, 0, 100, 11)
    [edge] = gap.edges
    assert (edge.below.value, edge.above.value, edge.is_exact) == (40, 50, False)


@pytest.mark.parametrize(
    ("side", "met", "passed"),
    [
        ("<=", [True, True, False], [True, True, False]),
        ("<", [True, False, False], [True, False, False]),
        (">=", [False, True, True], [False, True, True]),
        (">", [False, False, True], [False, False, True]),
        ("=", [False, True, False], [False, True, True]),
    ],
)
def test_a_goal_is_met_on_its_side_of_its_value(side: Side, met: list[bool], passed: list[bool]) -> None:
    """A cent below, at and a cent above 100.00; just a value is passed from there up, so that an edge can be seen."""
    goal = Goal(Total(), side, 10_000)
    assert [goal.is_met(measured) for measured in (9_999, 10_000, 10_001)] == met
    assert [goal.holds(measured) for measured in (9_999, 10_000, 10_001)] == passed


# --- the fund ------------------------------------------------------------------------------------


def test_the_rate_up_to_which_a_bill_stays_below_an_amount() -> None:
    """Both neighbours are what `run` gives: one ten-thousandth more, and the bill of Zwolle passes 560,000.00."""
    shown = answer("uitnamen-2017", "--vary", f"{RATE}=0.20:0.40", "--until", "bill Zwolle <= 560000")
    [edge] = shown["edges"]
    assert (edge["meets"]["value"], edge["misses"]["value"], edge["direction"]) == ("0.3106", "0.3107", "up_to")
    for side in ("meets", "misses"):
        result = result_of(read_scenario("uitnamen-2017", (f"{RATE}={edge[side]['value']}",)))
        assert edge[side]["outcome"] == int(result.to_pay[result.population.index["GM0193"]])
    assert edge["meets"]["outcome"] <= 560_000_00 < edge["misses"]["outcome"]


def test_a_total_is_reached_to_the_cent() -> None:
    words = ("fonds-ggu-2020", "--vary", "programmes.fonds-ggu.gross=50000000:70000000", "--until", "total = 61000000")
    assert "programmes.fonds-ggu.gross = €61,000,000.00: €61,000,000.00." in seek(*words).stdout


def test_a_chance_is_that_of_the_years_ahead_and_other_draws_say_how_sure_it_is() -> None:
    base, rows, findings = read_scenario("fonds-ggu-2020-2024"), realised_years(load_ledger()), Findings()
    stated = factor_between("horizon.opening=0:3000000", base, findings)
    goal = goal_of("chance_below_floor<=1 %", base, findings)
    assert stated is not None and goal is not None and goal.value == 10_000
    sought = goal_seek.seek(base, stated, goal, rows, steps=3, draws=500, seed=1)
    [edge] = sought.search.edges
    horizon = years_ahead_of(
        read_scenario("fonds-ggu-2020-2024", (setting_of(stated[0], edge.meets.value),)), rows, 500, 1
    )
    assert edge.rises and edge.meets.outcome == round(1_000_000 * horizon.fund.chance_ever_below) == 10_000
    assert edge.misses.outcome == 12_000, "one draw of 500 more"
    [elsewhere] = sought.elsewhere
    assert len(elsewhere) == OTHER_SEEDS
    assert how_sure(sought)[0] == "Every value with the same 500 draws (seed 1)."
    assert "other seeds" in how_sure(sought)[1]


def test_who_takes_part_follows_the_cascade() -> None:
    words = ("hulplijn-wordt-duurder", "--vary", "programmes.luisterend-oor.gross=4000000:9000000")
    shown = answer(*words, "--until", "taking_part luisterend-oor >= 50%", "--draws", "200", "--steps", "9")
    [edge] = shown["edges"]
    assert edge["direction"] == "up_to" and edge["meets"]["outcome"] >= 0.5 > edge["misses"]["outcome"]


def test_no_value_ends_with_1_and_says_the_nearest() -> None:
    shown = seek("uitnamen-2017", "--vary", f"{RATE}=0.20:0.40", "--until", "bill Zwolle <= 500000")
    assert shown.exit_code == 1
    assert "At no value" in shown.stdout and "Nearest is €546,103.78, at €0.20." in shown.stdout


def test_every_value_is_said_to_be_so() -> None:
    shown = seek("uitnamen-2017", "--vary", f"{RATE}=0.20:0.40", "--until", "bill Zwolle >= 500000")
    assert (shown.exit_code, "At every value" in shown.stdout) == (0, True)


@pytest.mark.parametrize(("goal", "answer"), [("<= 5%", "At every value"), ("<= 1%", "At no value")])
def test_a_key_that_makes_no_difference_is_said_to_make_none(goal: str, answer: str) -> None:
    """What is spent is a share of the budget, and the balance begins at nought: the rate does not change the chance."""
    words = ["--vary", "programmes.fonds-ggu.rate=2.5:3.2", "--until", f"chance_below_floor {goal}", "--steps", "3"]
    shown = seek("fonds-ggu-2020-2024", *words).stdout
    assert answer in shown and "programmes.fonds-ggu.rate makes no difference to it: 1.72 % at each." in shown
    assert "Nearest" not in shown


def test_from_a_budget_upwards_a_total_is_reached() -> None:
    shown = seek("uitnamen-2017", "--vary", "programmes.ibd.net=1.00:99999999.00", "--until", "total >= 100000000")
    assert shown.exit_code == 0 and "From programmes.ibd.net" in shown.stdout


@pytest.mark.parametrize("language", ["en", "nl"])
def test_lines_of_the_table_fit(language: str) -> None:
    shown = seek("uitnamen-2017", "--vary", f"{RATE}=0.20:0.40", "--until", "bill Zwolle <= 560000", "--lang", language)
    assert max(len(line) for line in shown.stdout.splitlines() if "  " in line) <= 80


def test_just_a_value_is_sought_and_what_lies_above_it_is_not_that_value() -> None:
    """The bill of Utrecht is € 1.406.373,80 at 20 cents and rises from there: € 1.400.000,00 is passed nowhere."""
    shown = seek("uitnamen-2017", "--vary", f"{RATE}=0.20:0.40", "--until", "bill Utrecht = 1400000", "--steps", "3")
    assert shown.exit_code == 1
    assert "At no value" in shown.stdout and "yes" not in shown.stdout


def test_a_year_that_the_account_does_not_reach_is_said() -> None:
    shown = seek(
        "fonds-ggu-2020-2024", "--vary", "horizon.last=2023:2024", "--until", "balance >= 5000000", "--steps", "2"
    )
    assert shown.exit_code == 0
    assert "2024 is not a year of this account." in shown.stdout


@pytest.mark.parametrize("name", ["sought.xlsx", "sought"])
def test_what_is_sought_is_written_and_comes_out_again(tmp_path: Path, name: str) -> None:
    """The bill of Zwolle with the helpline at 0.20 and at 0.40 lies around 560,000; the edge is that of the command."""
    words = ["seek", "uitnamen-2017", "--vary", "programmes.luisterend-oor.rate=0.20:0.40"]
    words += ["--until", "bill Zwolle <= 560000", "--steps", "3", "--lang", "en"]
    assert CliRunner().invoke(app, [*words, "-o", str(tmp_path / name)]).exit_code == 0
    record = tmp_path / f"{name}.run.json" if name.endswith(".xlsx") else tmp_path / name
    again = CliRunner().invoke(app, ["verify", str(record), "--lang", "en"])
    assert again.exit_code == 0, again.stdout
    sought = gguplan.seek("uitnamen-2017", words[3], words[5], steps=3)
    [edge] = sought.search.edges
    if not name.endswith(".xlsx"):
        edges = (tmp_path / name / "edges.csv").read_text(encoding="utf-8")
        assert f"{sought.factor.text(edge.meets.value)},{sought.factor.text(edge.misses.value)}," in edges
