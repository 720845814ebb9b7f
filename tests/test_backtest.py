"""The backtest on 187 articles of the Dutch state budget, 2013 to 2019 (tests/data/README.md): what the forecast must
reach, and what the measure itself must be."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from gguplan.model.realisation.backtest.naive_rules import RULES, crps_of_shared_sample, point_rules
from gguplan.model.realisation.backtest.scores_of import (
    PINBALL_AT,
    Backtest,
    Scores,
    leave_one_year_out,
    rolling_origin,
)
from gguplan.model.realisation.backtest.verdict import Line, clustered_error, differences, table, verdict
from gguplan.model.realisation.history_arrays import History, make_history
from gguplan.model.realisation.scores import crps_of_sample

HOLDING = ("nominaal en onvoorzien", "nog onverdeeld", "nog te verdelen")


@cache
def state_budget() -> History:
    with (Path(__file__).parent / "data" / "nl_rijksbegroting.csv").open(encoding="utf-8", newline="") as source:
        rows = [row for row in csv.DictReader(source) if not any(word in row["programme"].lower() for word in HOLDING)]
    return make_history(
        [f"{row['entity']} {row['programme_id']}" for row in rows],
        ["article"] * len(rows),
        [int(row["year"]) for row in rows],
        [int(row["budget"]) * 100_000 for row in rows],
        [int(row["realised"]) * 100_000 for row in rows],
    )


@cache
def backtest() -> Backtest:
    return rolling_origin(state_budget(), (1, 2, 3), draws=300)


def line(what: str, part: str = "all") -> Line:
    (scored,) = [scored for scored in table(backtest()) if (scored.what, scored.part) == (what, part)]
    return scored


def test_all_lines_but_the_holding_articles_are_there() -> None:
    assert len(state_budget().year) == 1_063
    assert not state_budget().left_out


def test_short_histories_beat_every_naive_rule() -> None:
    programmes = line("programmes")
    for rule in RULES:
        assert programmes.crps["model"] < programmes.crps[rule]
        assert programmes.capped["model"] < programmes.capped[rule]
    # Against the best rule the capped difference is more than twice its standard error, clustered by year and line.
    (against,) = [
        difference
        for difference in differences(backtest())
        if (difference.what, difference.part, difference.rule, difference.capped)
        == ("programmes", "all", "bootstrap", True)
    ]
    assert against.difference < -2 * against.error


@pytest.mark.parametrize("part", ["all", "1 years", "2 years", "3 years"])
def test_intervals_cover_what_they_say(part: str) -> None:
    # Statistic: coverage over 590 to 2,201 rows; no draws are in it. Of the smallest part the standard error is 0.02.
    fifty, eighty, ninety = line("programmes", part).covered
    assert 0.43 <= fifty <= 0.57
    assert 0.75 <= eighty <= 0.85
    assert 0.85 <= ninety <= 0.95


def test_totals_of_twenty_programmes_are_covered_and_beat_the_rules() -> None:
    # Statistic: coverage over groups of 20; a quantile of 300 draws has a Monte Carlo error of 0.023 in chance, but
    # over 312 groups that averages out. The years are few (6), so the band is wide; measured 0.87 and 0.81.
    for what in ("total", "mean_ratio"):
        scored = line(what)
        assert 0.72 <= scored.covered[1] <= 0.92
        assert scored.crps["model"] < min(scored.crps[rule] for rule in RULES)


def test_the_verdict_names_where_a_naive_rule_wins() -> None:
    wins = {
        (comparison.what, comparison.part, comparison.rule, comparison.capped) for comparison in verdict(backtest())
    }
    assert wins <= {("programmes", "small", "last_year", False), ("programmes", "small", "own_mean", False)}
    everything = differences(backtest())
    assert {comparison.rule for comparison in everything} == set(RULES)
    assert all(np.isfinite(comparison.difference) and np.isfinite(comparison.error) for comparison in everything)


def test_leaving_a_year_out_says_the_same() -> None:
    scores = leave_one_year_out(state_budget(), draws=100)
    (all_rows,) = [scored for scored in table(scores) if (scored.what, scored.part) == ("programmes", "all")]
    assert all_rows.rows == 1_046
    assert 0.75 <= all_rows.covered[1] <= 0.86
    assert all_rows.crps["model"] < min(all_rows.crps[rule] for rule in RULES)


def test_the_forecast_never_sees_what_it_is_asked() -> None:
    history = state_budget()
    changed = History(
        history.names,
        history.kinds,
        history.kind,
        history.programme,
        history.year,
        history.budget,
        np.where(history.year == 2019, history.realised * 3, history.realised),
    )
    # The scores of programmes hold no draws, so those of two years are among all.
    unchanged, after = backtest().programmes, rolling_origin(changed, (2,), draws=50).programmes
    two, before = unchanged.length == 2, after.year < 2019
    assert np.array_equal(unchanged.crps["model"][two][before], after.crps["model"][before])
    assert np.allclose(_expected(unchanged)[two], _expected(after))


def _expected(scores: Scores) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    expected: np.ndarray[tuple[int], np.dtype[np.float64]] = scores.error["model"] + scores.actual
    return expected


def test_the_rules_by_hand() -> None:
    history = make_history(["a", "a", "a", "b"], ["x"] * 4, [2014, 2015, 2017, 2015], [100] * 4, [50, 80, 110, 60])
    forecasts = point_rules(history, np.array([0, 1]), 2016)
    assert forecasts["last_year"].tolist() == [0.8, 0.6]
    assert forecasts["own_mean"] == pytest.approx([0.8, 0.6])
    assert forecasts["pooled_mean"] == pytest.approx([0.75, 0.75])
    assert point_rules(history, np.array([0]), 2018)["last_year"].tolist() == [1.1]


def test_one_sample_for_all_scores_as_a_sample_for_each() -> None:
    generator = np.random.default_rng(1)
    sample, actual = generator.normal(size=50), generator.normal(size=20)
    scores = crps_of_sample(np.repeat(sample[None, :], 20, axis=0), actual)
    assert crps_of_shared_sample(sample, actual) == pytest.approx(scores)


def test_clusters_that_repeat_a_row_do_not_make_it_surer() -> None:
    values = np.random.default_rng(1).normal(size=200)
    alone = clustered_error(values, np.arange(200))
    assert alone == pytest.approx(values.std(ddof=1) / np.sqrt(200), rel=1e-9)
    assert clustered_error(np.repeat(values, 5), np.repeat(np.arange(200), 5)) == pytest.approx(alone, rel=1e-9)


def test_a_ledger_too_short_to_test_gives_an_empty_backtest_without_nan() -> None:
    history = make_history(["a"], ["x"], [2017], [100], [90])
    for scores in (rolling_origin(history), leave_one_year_out(history)):
        assert len(scores.programmes) == 0
        assert verdict(scores) == ()
        assert all(np.isfinite(list(scored.crps.values())).all() for scored in table(scores))
        assert scores.programmes.pinball["model"].shape == (0, len(PINBALL_AT))
