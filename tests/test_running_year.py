"""A running year is what was realised and, of the rest, what was forecast: the published formula, line by line."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from gguplan.model.realisation.fitted_model import Upcoming, fit, predict
from gguplan.model.realisation.forecast import Forecast, compose
from gguplan.model.realisation.history_arrays import Floats, make_history
from gguplan.model.realisation.running_year import SoFar, blend, full_year
from gguplan.model.realisation.stated_interval import StatedInterval

LATEST = np.array([18_834.0, 16_704, 23_466, 27_067, 26_180, 15_852, 12_314, 13_112, 5_395, 2_063])
"""The latest diagonal of the triangle RAA (Mack 1993), in chainladder's samples; oldest year first."""
FACTORS = np.array(
    [
        *(1.0, 1.0092165898617511, 1.0263091674684617, 1.0604478576650866, 1.104917354599779),
        *(1.2301982831186211, 1.441392121998959, 1.8318481169544962, 2.9740470992960426, 8.920233896752476),
    ]
)
"""What chainladder 0.10.1 multiplies each of them by to reach the end (`cdf_`)."""
BUDGET, RATIO = 40_000.0, 0.7
BORNHUETTER_FERGUSON = [18834.0, 16959.70776255708, 24183.772687282915, 28663.061515319663, 28838.738154997933]
BORNHUETTER_FERGUSON += [21091.44149148181, 20888.335343827956, 25826.889984137517, 23980.219714029543]
BORNHUETTER_FERGUSON += [26924.068854910438]
BENKTANDER = [18834.0, 16858.88317591376, 24085.94469679965, 28700.85747842292, 28918.380481238844]
BENKTANDER += [19798.691916629672, 18710.556857582666, 24840.07374216899, 21312.059006283635, 25968.754630581352]
CHAIN_LADDER = [18834.0, 16857.95391705069, 24083.37092381492, 28703.1421634209, 28926.736343422213]
CHAIN_LADDER += [19501.103183996383, 17749.30259029518, 24019.192509507353, 16044.98410070215, 18402.44252900036]
"""`ultimate_` of chainladder 0.10.1: Chainladder(), BornhuetterFerguson(apriori=0.7), Benktander(0.7, n_iters=2)."""


def forecast(stated: StatedInterval, exact: float = 0.0, zero: float = 0.0, budget: int = 100_000) -> Forecast:
    ratio, chance = (part[None, :] for part in stated.nodes())
    atoms = np.array([zero]), np.array([exact])
    nodes, chances = compose(ratio, chance, *atoms, np.zeros(1))
    plain = predict(
        fit(make_history([], [], [], [], [])), Upcoming(("a",), ("project",), np.array([budget]), np.array([-1])), 2018
    )
    return replace(plain, ratio=nodes, chance=chances, zero=atoms[0], exact=atoms[1], loading=0.2)


def so_far(realised: int, share: float, deviation: float = 0.0) -> SoFar:
    return SoFar(np.array([realised]), np.array([share]), np.array([deviation]))


def test_the_formulas_give_what_chainladder_gives() -> None:
    share, budget = 1 / FACTORS, np.full(10, BUDGET)
    ratio = np.full(10, RATIO)
    assert full_year(LATEST, share, budget, ratio) == pytest.approx(BORNHUETTER_FERGUSON, rel=1e-12)
    assert full_year(LATEST, share, budget, ratio, "benktander") == pytest.approx(BENKTANDER, rel=1e-12)
    assert full_year(LATEST, share, budget, ratio, "chain_ladder") == pytest.approx(CHAIN_LADDER, rel=1e-12)


def test_chainladder_itself_still_gives_those() -> None:
    cl = pytest.importorskip("chainladder", reason="an oracle, not a dependency: pip install -e '.[oracle]'")
    raa = cl.load_sample("raa")
    budget = raa.latest_diagonal * 0 + BUDGET
    fitted = cl.BornhuetterFerguson(apriori=RATIO).fit(cl.Development().fit_transform(raa), sample_weight=budget)
    assert fitted.ultimate_.to_frame().values.ravel() == pytest.approx(BORNHUETTER_FERGUSON, rel=1e-9)


def test_the_kindertelefoon_of_2016() -> None:
    # verantwoording-2016, 2.7: half-year figures 7 + 1.158 + 322 + 176 + 21 + 2 + 54 + 86 = 1.826 thousand euro, "circa
    # 60 procent van de kosten" in the second half, net budget 3.860: 1.826 + 0.6 × 3.860 = 4.142, against 4.565 when
    # extrapolated.
    assert 7 + 1_158 + 322 + 176 + 21 + 2 + 54 + 86 == 1_826
    year = np.array([1_826.0]), np.array([0.4]), np.array([3_860.0]), np.array([1.0])
    assert full_year(*year) == pytest.approx(4_142)
    assert full_year(*year, "chain_ladder") == pytest.approx(4_565)
    # Benktander: 1.826 + 0.6 × 4.142
    assert full_year(*year, "benktander") == pytest.approx(4_311.2)


def test_adoptievoorzieningen_and_lkha_halfway_2016() -> None:
    # verantwoording-2016, 2.8: 241 + 148 = 389 of 672; 2.10: 106 + 12 + 14 = 132 of 250. No phasing is stated: a half.
    year = np.array([389.0, 132.0]), np.array([0.5, 0.5]), np.array([672.0, 250.0]), np.array([1.0, 1.0])
    assert full_year(*year) == pytest.approx([725.0, 257.0])


@given(st.floats(0.01, 1), st.integers(0, 200_000), st.floats(0.3, 1.5))
def test_the_blend_weighs_extrapolation_and_forecast_by_the_share(share: float, realised: int, ratio: float) -> None:
    year = np.array([float(realised)]), np.array([share]), np.array([100_000.0]), np.array([ratio])
    ladder: Floats = full_year(*year, "chain_ladder")
    assert full_year(*year) == pytest.approx(share * ladder + (1 - share) * 100_000 * ratio, rel=1e-9)


def test_the_mean_of_the_distribution_is_the_formula() -> None:
    # Exact but for the nodes, of which the lines leave 1 in 10,000 or so of the spread.
    prior = forecast(StatedInterval(0.8, 1.1))
    blended = blend(prior, so_far(45_000, 0.4))
    assert blended.mean()[0] == pytest.approx(0.45 + 0.6 * prior.mean()[0], abs=1e-6)


def test_what_is_still_to_come_has_the_spread_of_its_share() -> None:
    prior = forecast(StatedInterval(0.8, 1.1, 0.8))
    low, high = blend(prior, so_far(45_000, 0.4)).interval(0.8)
    assert high[0] - low[0] == pytest.approx(np.sqrt(0.6) * 0.3, rel=1e-6)
    wide_low, wide_high = blend(prior, so_far(45_000, 0.4, 0.1)).interval(0.8)
    assert wide_high[0] - wide_low[0] > high[0] - low[0]


def test_nothing_known_changes_nothing() -> None:
    prior = forecast(StatedInterval(0.8, 1.1), exact=0.3, zero=0.1)
    chances = [0.05, 0.2, 0.5, 0.8, 0.95]
    blended = blend(prior, so_far(0, 0.0))
    assert blended.quantile(chances) == pytest.approx(prior.quantile(chances), abs=1e-6)
    assert (blended.zero[0], blended.exact[0]) == pytest.approx((0.1, 0.3), abs=1e-6)


def test_a_year_that_is_over_is_what_it_was() -> None:
    blended = blend(forecast(StatedInterval(0.8, 1.1), exact=0.5), so_far(93_000, 1.0))
    assert blended.quantile([0.01, 0.5, 0.99])[0] == pytest.approx([0.93] * 3, abs=1e-6)


def test_an_agreement_on_schedule_stays_at_exactly_one() -> None:
    blended = blend(forecast(StatedInterval(0.8, 1.1), exact=0.9), so_far(52_000, 0.5))
    assert blended.exact[0] > 0.9
    assert blended.quantile([0.2, 0.8])[0].tolist() == [1.0, 1.0]


def test_more_than_the_budget_is_never_exactly_the_budget() -> None:
    blended = blend(forecast(StatedInterval(0.8, 1.1), exact=0.9), so_far(101_000, 0.9))
    assert blended.exact[0] == 0
    assert blended.quantile([1e-6])[0, 0] >= 1.01 - 1e-9


def test_a_line_that_spends_nothing_is_likelier_to_stay_at_zero() -> None:
    # 0.2 ÷ (0.2 + 0.8 × 0.4)
    blended = blend(forecast(StatedInterval(0.8, 1.1), zero=0.2), so_far(0, 0.6))
    assert blended.zero[0] == pytest.approx(0.2 / 0.52)
    assert blend(forecast(StatedInterval(0.8, 1.1), zero=0.2), so_far(1, 0.6)).zero[0] == 0


@given(st.integers(-50_000, 500_000), st.floats(0, 1), st.floats(0, 0.2), st.sampled_from([0, 1, 100_000]))
def test_it_is_always_a_distribution(realised: int, share: float, deviation: float, budget: int) -> None:
    prior = replace(forecast(StatedInterval(-0.1, 1.4), exact=0.2, zero=0.1), budgets=np.array([budget]))
    for method in ("bornhuetter_ferguson", "benktander", "chain_ladder"):
        blended = blend(prior, so_far(realised, share, deviation), method)
        assert np.isfinite(blended.ratio).all()
        assert (np.diff(blended.ratio, axis=1) >= 0).all()
        assert (np.diff(blended.chance, axis=1) >= 0).all()
        assert 0 <= blended.zero[0] + blended.exact[0] <= 1 + 1e-9


@pytest.mark.parametrize("share", [-0.1, 1.1, float("nan")])
def test_a_share_lies_between_nothing_and_everything(share: float) -> None:
    with pytest.raises(ValueError, match="share"):
        so_far(0, share)
