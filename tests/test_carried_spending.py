"""What was spent last year is carried into the next: as an amount, in constant prices, not beyond what is unsure."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gguplan.inputs.ledger.ledger_files import load_ledger
from gguplan.inputs.ledger.realised_years import realised_years
from gguplan.inputs.scenario.reading import read_scenario
from gguplan.model.realisation.fit import (
    FARTHEST_RISE,
    LEVEL,
    LOG_WEIGHT,
    PRESUMED_FROM,
    PRESUMED_SHARE,
    VOLATILITY,
    WITHOUT_HISTORY,
    Observed,
    Parameters,
    carried,
    log_likelihood,
    posterior,
)
from gguplan.model.realisation.fitted_model import Upcoming, fit, predict
from gguplan.model.realisation.history_arrays import Floats, History, conclusions, make_history
from gguplan.model.realisation.history_rows import history_before, prices_of
from gguplan.model.realisation.mixture import DOUBTS, POINTS, chances, outlook
from gguplan.model.realisation.prices import UNCHANGED, PriceRises
from gguplan.model.realisation.zeros import AGAIN, after_zero
from gguplan.runs.years_ahead import years_ahead_of

PARAMETERS = Parameters(
    location=-0.02,
    log_scale=float(np.log(0.12)),
    log_pooling=-0.3,
    log_spread=-0.4,
    size_effect=0.15,
    log_freedom=float(np.log(4.0)),
    carried=0.45,
    rise_effect=0.8,
    doubt=0.5,
    skew=0.1,
)


def array_of(value: float) -> Floats:
    return np.array([value])


def test_half_of_what_was_spent_too_much_is_carried_when_the_budget_stays() -> None:
    """By hand: y was 0.10 and m is −0.02, so z − m = 0.12; one year on 0.45 of it counts, two years on 0.45² of it."""
    for gap, part in ((1.0, 0.45), (2.0, 0.45**2)):
        carried_over = carried(
            PARAMETERS, array_of(0.10), array_of(0.0), array_of(gap), array_of(-0.02), array_of(0.12)
        )
        assert carried_over.part[0] == pytest.approx(part)
        assert carried_over.apart[0] == pytest.approx(0.12)
    assert (
        carried(PARAMETERS, array_of(0.1), array_of(0.0), array_of(0.0), array_of(-0.02), array_of(0.12)).apart[0] == 0
    )


def test_a_small_rise_of_the_budget_counts_as_spending_that_was_too_low_and_a_large_one_does_not() -> None:
    """0.8 of a small rise; never more than 0.8 × 6 × s, however large."""
    small = carried(PARAMETERS, array_of(0.0), array_of(0.02), array_of(1.0), array_of(0.0), array_of(0.12))
    assert small.apart[0] == pytest.approx(-0.8 * 0.02, rel=1e-3)
    large = carried(PARAMETERS, array_of(0.0), array_of(50.0), array_of(1.0), array_of(0.0), array_of(0.12))
    assert large.apart[0] == pytest.approx(-0.8 * FARTHEST_RISE * 0.12)


def slow_log_likelihood(seen: Observed, location: float, scale: float, u: float, v: float) -> float:
    """The definition at the head of `fit`, year by year for one programme in one cell."""
    from scipy import stats  # Slow to load, for all who only collect the tests.

    p = PARAMETERS
    sigma = float(np.exp(np.exp(p.log_spread) * v))
    mu = location + scale * sigma * float(np.exp(p.log_pooling)) * u
    total = 0.0
    for year in range(seen.place.shape[1]):
        gap = seen.gap[0, year]
        rho = p.carried**gap if gap else 0.0
        reach = FARTHEST_RISE * scale
        z = seen.before[0, year] - p.rise_effect * reach * np.tanh(seen.rise[0, year] / reach)
        middle = mu + rho * (z - mu) if gap else mu
        variance = (1 - rho**2) / (1 - p.carried**2) * (scale * sigma) ** 2
        if gap:
            variance += (p.doubt * rho * (z - location)) ** 2
        error = seen.place[0, year] - middle
        # At its middle the density jumps, and rounding decides on which side a year lies.
        assume(abs(error) > 1e-12)
        wide = np.exp(p.skew) if error > 0 else np.exp(-p.skew)
        total += seen.weight[0, year] * float(
            stats.t.logpdf(error / np.sqrt(variance) / wide, p.freedom) - np.log(np.sqrt(variance) * wide)
        )
    return total


years = st.lists(st.floats(-1.2, 1.2), min_size=3, max_size=3)


@settings(max_examples=25, deadline=None)
@given(years, years, st.lists(st.sampled_from([0.0, 1.0, 2.0]), min_size=3, max_size=3), st.floats(0.02, 0.4))
def test_the_likelihood_is_that_of_its_definition(
    place: list[float], rise: list[float], gap: list[float], scale: float
) -> None:
    seen = Observed(
        np.array([place]),
        np.array([place[::-1]]),
        np.array([rise]),
        np.array([gap]),
        np.array([[1.0, 0.8, 0.64]]),
        np.zeros(1),
    )
    log_density = log_likelihood(PARAMETERS, seen, array_of(-0.05), array_of(scale))[0]
    for cell in (0, 40, 76, 100, len(LEVEL) - 1):
        slow = slow_log_likelihood(seen, -0.05, scale, LEVEL[cell], VOLATILITY[cell])
        assert log_density[cell] - LOG_WEIGHT[cell] == pytest.approx(slow, rel=1e-9, abs=1e-9)


@settings(max_examples=15, deadline=None)
@given(st.floats(-1.3, 1.3), st.floats(-1.0, 1.0), st.floats(0.03, 0.4))
def test_the_tabulated_mixture_is_the_sum_over_the_cells(before: float, rise: float, scale: float) -> None:
    """Between two tabulated values of q it lies on a line: within 0.01 in chance of the sum itself."""
    from scipy import stats  # Slow to load, for all who only collect the tests.

    from_before = carried(PARAMETERS, array_of(before), array_of(rise), array_of(1.0), array_of(0.0), array_of(scale))
    ahead = outlook(PARAMETERS, from_before, array_of(0.0), array_of(scale))
    weights = posterior(LOG_WEIGHT[None, :])
    below = chances(PARAMETERS, weights, ahead)[0]
    spread = np.sqrt(ahead.variance[0] * PARAMETERS.volatility**2 + min(ahead.doubt[0], DOUBTS[-1]) ** 2)
    for place in (60, 115, 120, 125, 180):
        standard = (POINTS[place] - (1 - ahead.part[0]) * PARAMETERS.level) / spread
        standard *= np.where(standard > 0, np.exp(-PARAMETERS.skew), np.exp(PARAMETERS.skew))
        exact = float(weights[0] @ stats.t.cdf(standard, PARAMETERS.freedom))
        assert below[place] == pytest.approx(exact, abs=0.01)


def history_of(ratios: list[list[float]], growth: float = 0.0) -> History:
    """Programmes × years up to 2017, with budgets that rise by `growth` a year."""
    count, length = len(ratios), len(ratios[0])
    budgets = [[10**8 * (1 + row % 3) * (1 + growth) ** year for year in range(length)] for row in range(count)]
    return make_history(
        [f"p{row}" for row in range(count) for _ in range(length)],
        ["project"] * count * length,
        [2018 - length + year for _ in range(count) for year in range(length)],
        [round(budget) for row in budgets for budget in row],
        [round(b * r) for row, rates in zip(budgets, ratios, strict=True) for b, r in zip(row, rates, strict=True)],
    )


RATIOS = [[0.9, 0.95, 0.92], [1.0, 1.1, 1.02], [0.7, 0.9, 0.6], [0.99, 0.97, 0.98], [1.2, 0.8, 1.0], [0.85, 0.9, 0.95]]


@pytest.mark.parametrize("rise", [0.034, 0.10])
def test_budgets_that_rise_as_prices_do_are_the_same_budgets(rise: float) -> None:
    """In constant prices nothing changes, so neither does any quantile (but for what rounding to cents makes)."""
    names = tuple(f"p{row}" for row in range(6))
    stay, risen = history_of(RATIOS), history_of(RATIOS, rise)
    prices = PriceRises(((2015, rise), (2016, rise), (2017, rise), (2018, rise)))
    budget = np.array([10**8 * (1 + row % 3) for row in range(6)])
    kinds = ("project",) * 6
    plain = predict(fit(stay, UNCHANGED), Upcoming(names, kinds, budget, np.arange(6)), 2018)
    later = np.rint(budget * (1 + rise) ** 3).astype(np.int64)
    indexed = predict(fit(risen, prices), Upcoming(names, kinds, later, np.arange(6)), 2018)
    chances_asked = [0.1, 0.5, 0.9]
    assert indexed.quantile(chances_asked) == pytest.approx(plain.quantile(chances_asked), abs=1e-4)
    as_budgeted = predict(fit(risen, UNCHANGED), Upcoming(names, kinds, later, np.arange(6)), 2018)
    assert np.abs(as_budgeted.quantile([0.5]) - plain.quantile([0.5])).max() > 0.001


def test_a_year_that_is_not_known_has_the_rise_of_the_last_known_year() -> None:
    prices = PriceRises(((2016, 0.003), (2017, 0.014)))
    assert [prices.of(year) for year in (2015, 2016, 2017, 2020)] == [0.003, 0.003, 0.014, 0.014]
    assert UNCHANGED.of(2017) == 0
    assert prices.until(2016).of(2017) == 0.003
    assert prices.followed_by({2018: 0.034}).of(2019) == 0.034
    levels = prices.log_levels(np.array([2015, 2016, 2018]), 2016)
    assert levels == pytest.approx([-np.log(1.003), 0.0, 2 * np.log(1.014)])


HORIZON = """
title = "The budgets of 2017 for six years"
extends = "uitnamen-2017"
source = "test"
[horizon]
last = 2022
opening = "0.00"
underspend = "general"
[horizon.indexation]
percent = "{percent}"
"""


def share_spent_in_2022(folder: Path, percent: str) -> tuple[float, float]:
    """The expected and the median share of the budgets of 2022 that is realised."""
    file = folder / f"{percent}.toml"
    file.write_text(HORIZON.format(percent=percent), encoding="utf-8")
    fund = years_ahead_of(read_scenario(file), realised_years(load_ledger()), 2_000).fund
    budget = fund.expected.contributions - fund.expected.refunds
    median = np.asarray(fund.realised_quantiles)[:, -1]
    middle = median[len(median) // 2]
    return float(fund.expected.realised[-1] / budget[-1]), float(middle / budget[-1])


def test_the_ratios_of_a_horizon_do_not_depend_on_a_common_index(tmp_path: Path) -> None:
    """Draws are shared, so what differs is not chance. Measured: 0.0001."""
    expected, median = share_spent_in_2022(tmp_path, "0")
    for percent in ("3.4", "10"):
        shares = share_spent_in_2022(tmp_path, percent)
        assert shares[0] == pytest.approx(expected, abs=0.003)
        assert shares[1] == pytest.approx(median, abs=0.003)


def test_the_chance_of_nothing_again_is_learnt_from_the_fund_and_then_from_the_programme() -> None:
    """By hand. No programme but p0 had a year of nothing: twice followed by nothing. Of the fund it is (0.5 + 2) ÷
    (1.25 + 2); of p0 that, worth two years, and its own two: (2 × 0.769 + 2) ÷ 4."""
    history = history_of([[0.0, 0.0, 0.0], [0.9, 1.0, 0.9], [0.8, 0.9, 1.0]])
    chances = after_zero(history)
    fund = (AGAIN[0] + 2) / (sum(AGAIN) + 2)
    assert chances.of_the_fund == pytest.approx(fund)
    usual = np.full(3, 0.01)
    assert chances.chances(np.array([0, 1, 3]), 2018, usual) == pytest.approx([(2 * fund + 2) / 4, 0.01, 0.01])


def test_few_years_after_nothing_are_said() -> None:
    history = history_of([[0.9, 0.0], [0.9, 1.0], [0.8, 0.9]])
    assert ("few_years_after_nothing", 1) in {(limit.conclusion, limit.count) for limit in conclusions(history)}
    busy = history_of([[0.9, 1.1], [0.9, 1.0], [0.8, 0.9]])
    assert all(limit.conclusion != "few_years_after_nothing" for limit in conclusions(busy))


def test_a_provisional_amount_is_no_evidence() -> None:
    """Of the Kindertelefoon both years repeat the budget, and both reports say that the account was still to come."""
    rows = realised_years(load_ledger())
    history = history_before(rows, 2018)
    left = {(row.programme, row.year) for row in history.left_out if row.reason == "provisional"}
    assert left == {
        ("kindertelefoon", 2016),
        ("kindertelefoon", 2017),
        ("adoptievoorzieningen", 2016),
        ("adoptievoorzieningen", 2017),
        ("lkha", 2016),
        ("akj", 2016),
        ("akj", 2017),
        ("luisterend-oor", 2016),
        ("luisterend-oor", 2017),
        ("burgerzakenmodules", 2016),
        ("burgerzakenmodules", 2017),
    }
    assert ("gmsd", 2016) in {(row.programme, row.year) for row in history.left_out if row.reason == "part_unknown"}
    forecast = predict(
        fit(history, prices_of(rows)),
        Upcoming(("kindertelefoon",), ("fixed_agreement",), np.array([365_500_000]), np.array([-1])),
        2018,
    )
    low, high = forecast.interval(0.8)
    # Neither year says that the budget is spent exactly: below it lies more than a tenth.
    assert low[0] < 0.95
    assert high[0] >= 1


def test_what_is_presumed_without_history_is_what_the_reports_show() -> None:
    rows = realised_years(load_ledger())
    history = history_before(rows, 2018)
    assert len(history.year) == PRESUMED_FROM
    assert history.realised.sum() / history.budget.sum() == pytest.approx(PRESUMED_SHARE, abs=0.005)
    parameters = fit(history, prices_of(rows)).parameters
    assert parameters.location == pytest.approx(WITHOUT_HISTORY.location, abs=0.01)
    assert np.exp(parameters.log_scale) == pytest.approx(np.exp(WITHOUT_HISTORY.log_scale), abs=0.01)
    assert parameters.size_effect == pytest.approx(WITHOUT_HISTORY.size_effect, abs=0.01)
    assert parameters.skew == pytest.approx(WITHOUT_HISTORY.skew, abs=0.03)
    assert fit(make_history([], [], [], [], [])).parameters == WITHOUT_HISTORY
