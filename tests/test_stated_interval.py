"""What a planner states is the distribution that a forecast has: its ends are where they were said to be."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gguplan.inputs.scenario.stated_intervals import check_expected_lies_inside
from gguplan.model.realisation.draws import draw
from gguplan.model.realisation.fitted_model import Upcoming, fit, predict
from gguplan.model.realisation.forecast import node_mean, node_quantiles
from gguplan.model.realisation.history_arrays import make_history
from gguplan.model.realisation.stated_interval import StatedInterval, state

ENDS = st.floats(-1e9, 1e9, allow_nan=False).map(lambda value: round(value, 3))


@given(ENDS, ENDS, st.floats(0.01, 0.99))
def test_the_ends_are_the_quantiles(first: float, second: float, sure: float) -> None:
    low, high = sorted((first, second))
    ends = StatedInterval(low, high, sure).quantile([(1 - sure) / 2, (1 + sure) / 2])
    assert ends == pytest.approx([low, high], rel=1e-6, abs=1e-9 * (1 + high - low))


def test_by_hand_90_percent_between_080_and_095() -> None:
    stated = StatedInterval(0.80, 0.95)
    # √(0.80 × 0.95) = 0.871780; ln(0.95 ÷ 0.80) ÷ (2 × 1.644854) = 0.052239; mean = 0.871780 × e^(0.052239² ÷ 2)
    assert stated.middle == pytest.approx(0.871780, abs=1e-6)
    assert stated.spread == pytest.approx(0.052239, abs=1e-6)
    assert stated.mean() == pytest.approx(0.872970, abs=1e-6)
    assert stated.chance([0.80, 0.95, -1.0]) == pytest.approx([0.05, 0.95, 0.0])


@given(st.integers(1, 10**9), st.integers(1, 10**9), st.integers(10, 99))
def test_what_a_scenario_may_state_expects_no_more_than_nine_of_ten_outcomes(
    first: int, second: int, sure: int
) -> None:
    low, high = sorted((first, second))
    stated = StatedInterval(low, high, sure / 100)
    (end,) = stated.quantile([0.9])
    try:
        check_expected_lies_inside(low, high, sure)
    except ValueError:
        with np.errstate(over="ignore"):
            assert stated.mean() > end * (1 - 1e-9)
    else:
        assert stated.mean() <= end * (1 + 1e-9)


def test_a_volume_between_1_and_100000_would_be_expected_above_its_own_interval() -> None:
    # √(1 × 100,000) = 316.2; ln(100,000) ÷ (2 × 1.644854) = 3.49966; 316.2 × e^(3.49966² ÷ 2) = 144,400
    stated = StatedInterval(1, 100_000)
    assert stated.mean() == pytest.approx(144_400, rel=1e-3)
    assert stated.quantile([0.9])[0] == pytest.approx(28_050, rel=1e-3)
    with pytest.raises(ValueError, match="more than nine of ten outcomes"):
        check_expected_lies_inside(1, 100_000, 90)
    check_expected_lies_inside(0, 100_000, 90)


def test_an_interval_with_zero_or_less_is_normal() -> None:
    stated = StatedInterval(-0.2, 0.6, 0.8)
    assert not stated.logarithmic
    assert stated.middle == pytest.approx(0.2)
    assert stated.quantile([0.1, 0.9]) == pytest.approx([-0.2, 0.6])


def test_equal_ends_are_certain() -> None:
    stated = StatedInterval(0.9, 0.9)
    assert stated.quantile([0.01, 0.5, 0.99]) == pytest.approx([0.9, 0.9, 0.9])
    assert stated.chance([0.89, 0.9]).tolist() == [0.0, 1.0]


def test_an_amount_in_cents_works_as_a_ratio_does() -> None:
    assert StatedInterval(80_000_000, 95_000_000).quantile([0.05, 0.95]) == pytest.approx([80_000_000, 95_000_000])


def test_the_nodes_say_the_same() -> None:
    for stated in (StatedInterval(0.8, 0.95), StatedInterval(-1.0, 2.0, 0.5), StatedInterval(0.1, 3.0, 0.8)):
        ratio, chance = stated.nodes()
        rows = ratio[None, :], chance[None, :]
        ends = np.array([(1 - stated.sure) / 2, (1 + stated.sure) / 2])
        assert node_quantiles(*rows, ends)[0] == pytest.approx([stated.low, stated.high], rel=1e-9)
        assert node_mean(*rows)[0] == pytest.approx(stated.mean(), rel=1e-3)


@pytest.mark.parametrize(("low", "high", "sure"), [(1, 0.5, 0.9), (0, float("nan"), 0.9), (0, 1, 1.0), (0, 1, 0.0)])
def test_what_says_nothing_is_refused(low: float, high: float, sure: float) -> None:
    with pytest.raises(ValueError, match=r"interval|sure"):
        StatedInterval(low, high, sure)


def test_a_stated_programme_draws_as_stated_and_leaves_the_others_alone() -> None:
    history = make_history(["a", "b"], ["project"] * 2, [2017] * 2, [10_000] * 2, [9_000, 11_000])
    own = np.arange(2)
    forecast = predict(fit(history), Upcoming(("a", "b"), ("project",) * 2, np.array([10_000] * 2), own), 2018)
    stated = state(forecast, "a", StatedInterval(0.80, 0.95))
    before, after = draw(forecast, 20_000, 1), draw(stated, 20_000, 1)
    assert np.array_equal(before[:, 1], after[:, 1])
    # Statistic: the share of 20,000 draws within the interval; its Monte Carlo error is √(0.9 × 0.1 ÷ 20,000) = 0.0021.
    assert np.mean((after[:, 0] >= 0.80) & (after[:, 0] <= 0.95)) == pytest.approx(0.9, abs=4 * 0.0021)
    assert stated.interval(0.9)[0][0] == pytest.approx(0.80)
