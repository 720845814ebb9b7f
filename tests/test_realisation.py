"""Forecasts of what is realised: known parameters come back, intervals cover what they say, and bad input is said.

Where a test draws, it says which statistic, of how many draws, and the Monte Carlo error behind its tolerance.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import ndtr, stdtrit

from gguplan.model.realisation.draws import draw, ratios_at
from gguplan.model.realisation.fitted_model import Upcoming, fit, predict
from gguplan.model.realisation.forecast import Forecast, compose, node_chances, node_mean, node_quantiles
from gguplan.model.realisation.history_arrays import Floats, History, conclusions, make_history
from gguplan.model.realisation.kinds import estimate_atoms
from gguplan.model.realisation.ratio_scale import to_ratio, to_scale
from gguplan.model.realisation.scores import covered, crps_of_nodes, crps_of_sample, pinball, pit_of_nodes

BUDGET = 100_000_000


@pytest.fixture(autouse=True)
def warnings_are_errors() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def history_of(table: Floats, kinds: tuple[str, ...] | None = None, budgets: Floats | None = None) -> History:
    """Programmes × years of ratios, NaN where there is none; the last year is 2017."""
    count, years = table.shape
    names = [f"p{row}" for row in range(count) for _ in range(years)]
    kind = [kind_of_programme for kind_of_programme in (kinds or ("project",) * count) for _ in range(years)]
    when = [2018 - years + column for _ in range(count) for column in range(years)]
    had = np.full(table.shape, BUDGET) if budgets is None else np.rint(budgets)
    spent = [None if np.isnan(euros) else int(euros) for euros in np.rint(table * had).ravel()]
    return make_history(names, kind, when, had.astype(np.int64).ravel().tolist(), spent)


def all_of(history: History, budgets: Floats | None = None) -> Upcoming:
    count = len(history.names)
    kinds = tuple(history.kinds[kind] for kind in history.kind.tolist())
    had = np.full(count, BUDGET) if budgets is None else budgets.astype(np.int64)
    return Upcoming(history.names, kinds, had, np.arange(count))


def forecast_of(table: Floats, kinds: tuple[str, ...] | None = None) -> Forecast:
    history = history_of(table, kinds)
    return predict(fit(history), all_of(history), 2018)


def simulated(seed: int, programmes: int, years: int, year_share: float = 0.0) -> tuple[Floats, Floats]:
    """Ratios drawn from the model itself (location −0.06, scale 0.1, pooling 1, spread 0.7, 4 degrees of freedom,
    size effect 0.15) and the budgets they belong to, both programmes × years."""
    generator = np.random.default_rng(seed)
    size = generator.normal(0, 1.5, programmes)
    scale = 0.1 * np.exp(-0.15 * size + 0.7 * generator.normal(size=programmes))
    level = -0.06 + scale * generator.normal(size=programmes)
    noise = generator.standard_t(4, (programmes, years))
    common = np.sqrt(year_share / (1 - year_share)) * 1.3 * generator.normal(size=years)
    place = level[:, None] + scale[:, None] * (noise + common)
    return to_ratio(place), np.repeat(BUDGET * np.exp(size)[:, None], years, axis=1)


@given(st.floats(-1e6, 1e6))
def test_the_scale_can_be_inverted_for_every_ratio(ratio: float) -> None:
    assert to_ratio(to_scale(np.array([ratio])))[0] == pytest.approx(ratio, rel=1e-9, abs=1e-9)


def test_known_parameters_come_back() -> None:
    # Statistic: the mean over 6 ledgers of 300 programmes × 5 years of each estimate. Tolerance: the standard error of
    # one ledger is below 0.02, 0.15, 0.25, 0.15, 0.03 and 0.25 (measured over 20); of the mean of 6 it is 0.41 times
    # that, and the priors pull by less than one such error.
    fitted = []
    for seed in range(6):
        ratios, budgets = simulated(seed, 300, 5)
        fitted.append(fit(history_of(ratios, budgets=budgets)).parameters)
    mean = {name: np.mean([getattr(parameters, name) for parameters in fitted]) for name in fitted[0].__struct_fields__}
    assert mean["location"] == pytest.approx(-0.06, abs=0.02)
    assert np.exp(mean["log_scale"]) == pytest.approx(0.1, rel=0.12)
    assert np.exp(mean["log_pooling"]) == pytest.approx(1.0, rel=0.2)
    assert np.exp(mean["log_spread"]) == pytest.approx(0.7, rel=0.12)
    assert mean["size_effect"] == pytest.approx(0.15, abs=0.03)
    assert np.exp(mean["log_freedom"]) == pytest.approx(4.0, rel=0.25)


def test_intervals_cover_what_they_say_on_simulated_ledgers() -> None:
    # Statistic: coverage over 50 ledgers of 25 programmes, 3 years given and the fourth asked: 1,250 intervals. The
    # year effect makes those of a ledger go together (design effect about 1 + 24 × 0.05 = 2.2), so the Monte Carlo
    # error is √(2.2 × 0.8 × 0.2 ÷ 1,250) = 0.017 for 80 %; the tolerance is three of those.
    inside = np.zeros(3)
    for seed in range(50):
        ratios, budgets = simulated(100 + seed, 25, 4, 0.05)
        history = history_of(ratios[:, :3], budgets=budgets[:, :3])
        forecast = predict(fit(history), all_of(history, budgets[:, 3]), 2018)
        inside += [covered(forecast.ratio, forecast.chance, ratios[:, 3], sure)[0].mean() for sure in (0.5, 0.8, 0.9)]
    inside /= 50
    assert inside[0] == pytest.approx(0.5, abs=0.06)
    assert inside[1] == pytest.approx(0.8, abs=0.05)
    assert inside[2] == pytest.approx(0.9, abs=0.04)


def test_the_shared_year_is_seen_when_there_is_one() -> None:
    # Statistic: the mean year_share of 8 ledgers of 100 programmes × 6 years; with 5 free years each, one estimate of
    # a variance has a relative error of √(2 ÷ 5) = 0.63, the mean of 8 one of 0.22.
    def shares(year_share: float) -> float:
        ledgers = [simulated(200 + seed, 100, 6, year_share) for seed in range(8)]
        return float(np.mean([fit(history_of(ratios, budgets=had)).year_share for ratios, had in ledgers]))

    none, much = shares(0.0), shares(0.4)
    assert none < 0.05
    assert 0.12 < much < 0.5


def test_size_matters_only_where_it_does() -> None:
    ratios, budgets = simulated(3, 200, 3)
    model = fit(history_of(ratios, budgets=budgets))
    small, large = (
        predict(model, Upcoming(("new",), ("project",), np.array([had]), np.array([-1])), 2018).interval(0.8)
        for had in (BUDGET // 10, BUDGET * 10)
    )
    assert small[1] - small[0] > 1.3 * (large[1] - large[0])
    same = np.full_like(budgets, BUDGET)
    assert fit(history_of(ratios, budgets=same)).parameters.size_effect == pytest.approx(0.15, abs=1e-3)


def test_a_programme_is_pulled_towards_the_others_and_less_so_with_more_years() -> None:
    generator = np.random.default_rng(1)
    table = 0.9 + 0.03 * generator.normal(size=(12, 4))
    table[0] = [0.62, 0.58, 0.61, 0.59]
    long, short = forecast_of(table), forecast_of(table[:, -1:])
    assert 0.59 < long.quantile([0.5])[0, 0] < short.quantile([0.5])[0, 0] < 0.9


def test_further_ahead_returns_to_the_kind_and_grows_wider() -> None:
    generator = np.random.default_rng(1)
    table = 0.9 + 0.05 * generator.normal(size=(12, 3))
    table[0] = [0.6, 0.62, 0.58]
    history = history_of(table)
    model = fit(history)
    ahead = [predict(model, all_of(history), 2017 + years) for years in (1, 2, 3, 4)]
    middles = [forecast.quantile([0.5])[0, 0] for forecast in ahead]
    assert middles == sorted(middles)
    widths = [float(np.median(forecast.interval(0.8)[1] - forecast.interval(0.8)[0])) for forecast in ahead]
    assert widths == sorted(widths)


def test_a_raised_budget_is_expected_to_be_spent_less_fully() -> None:
    history = history_of(np.full((8, 2), 0.9) + np.linspace(-0.05, 0.05, 8)[:, None])
    model = fit(history)
    same, twice = (
        predict(model, all_of(history, np.full(8, had)), 2018).quantile([0.5]) for had in (BUDGET, 2.0 * BUDGET)
    )
    assert (twice < same).all()


def test_fixed_agreements_are_exactly_one_and_can_fail() -> None:
    table = np.array([[1.0, 1.0]] * 4 + [[0.9, 0.95], [1.1, 0.97], [0.8, 0.85], [0.99, 0.9]])
    forecast = forecast_of(table, ("fixed_agreement",) * 4 + ("maintenance",) * 4)
    assert (forecast.exact[:4] > 0.85).all()
    assert (forecast.exact[:4] < 1).all()
    assert (forecast.exact[4:] < 0.1).all()
    assert forecast.quantile([0.1, 0.9])[0].tolist() == [1.0, 1.0]
    # Statistic: the share of 1,000 draws that are exactly 1, of one programme: that many to one.
    drawn = draw(forecast, 1_000, 1)
    assert (drawn[:, 0] == 1.0).mean() == pytest.approx(forecast.exact[0], abs=0.001)


def test_a_ceiling_is_passed_less_often_and_ends_at_one() -> None:
    table = np.array([[0.95, 1.05], [1.1, 0.98], [0.9, 1.02], [1.04, 1.0], [0.99, 1.03], [1.0, 0.97]])
    plain, ceiling = forecast_of(table), forecast_of(np.minimum(table, 1.0), ("ceiling",) * 6)
    at_one = np.ones(6)
    assert (node_chances(ceiling.ratio, ceiling.chance, at_one) > 0.85).all()
    assert (node_chances(plain.ratio, plain.chance, at_one) < 0.85).all()
    passed = forecast_of(np.full((6, 2), 1.06) + np.linspace(0, 0.02, 6)[:, None], ("ceiling",) * 6)
    assert (node_chances(passed.ratio, passed.chance, at_one) < 0.6).all()


@pytest.mark.parametrize("programmes", [1, 4, 5, 16, 17, 24, 26, 60])
def test_of_one_year_rounding_does_not_choose_how_much_a_programme_counts_for_itself(programmes: int) -> None:
    place = np.arange(programmes)
    counts = np.zeros((programmes, 3))
    counts[place, place * 7 % 3] = 1
    assert estimate_atoms(counts, place % 4, ("a", "b", "fixed_agreement", "d")).concentration == 1.0


def test_draws_have_the_distribution_of_the_forecast() -> None:
    # Statistic: how many of 1,000 draws lie below a quantile. Each of a thousand quantiles is drawn once, so it is that
    # many to one, whatever the seed.
    forecast = forecast_of(simulated(5, 6, 3)[0])
    for seed in (1, 7):
        drawn = draw(forecast, 1_000, seed)
        for chance in (0.05, 0.25, 0.5, 0.75, 0.95):
            below = (drawn <= forecast.quantile([chance])[:, 0]).mean(axis=0)
            assert below == pytest.approx(np.full(6, chance), abs=0.001)


def test_programmes_of_a_year_go_together_by_the_loading() -> None:
    # Statistic: the correlation of normal scores over 100,000 draws; its Monte Carlo error is below 0.0032.
    forecast = forecast_of(simulated(5, 2, 1)[0])
    drawn = draw(forecast, 100_000, 7)
    score = np.argsort(np.argsort(drawn, axis=0), axis=0) / 100_000
    rank = float(np.corrcoef(score[:, 0], score[:, 1]).ravel()[1])
    assert rank == pytest.approx(6 / np.pi * np.arcsin(forecast.loading**2 / 2), abs=4 * 0.0032)


def test_draws_do_not_depend_on_the_other_programmes() -> None:
    forecast = forecast_of(simulated(5, 6, 3)[0])
    drawn = draw(forecast, 1_000, 7)
    assert not np.array_equal(draw(forecast, 1_000, 8), drawn)
    assert np.array_equal(draw(forecast.of(np.array([4, 1])), 1_000, 7), drawn[:, [4, 1]])


def test_draws_with_equal_scores_come_in_their_own_order() -> None:
    forecast = forecast_of(simulated(5, 6, 3)[0])
    scores = np.arange(1_000.0) % 3
    ratios = ratios_at(forecast, 0, scores)
    for score in (0, 1, 2):
        assert (np.diff(ratios[scores == score]) >= 0).all()
    assert ratios[scores == 0].max() <= ratios[scores == 1].min() <= ratios[scores == 1].max()


def test_deviations_of_the_model_lie_on_the_lines_between_its_quantiles() -> None:
    levels = forecast_of(simulated(5, 6, 3)[0]).levels
    normal = np.array([-7.0, -6.0, -1.2345, 0.0, 0.0021, 3.3, 6.0, 7.0])
    expected = stdtrit(levels.parameters.freedom, ndtr(np.clip(normal, -6, 6)))
    assert levels.deviations(normal) == pytest.approx(expected, rel=1e-5, abs=1e-9)


def test_what_is_expected_is_the_mean_of_the_draws() -> None:
    # Statistic: the mean of 20,000 draws of each programme. They are quantiles at (k + ½) ÷ n, so what is left of the
    # forecast is what lies beyond the first and the last: less than 1 in 10,000 of the budget.
    forecast = forecast_of(simulated(5, 6, 3)[0])
    assert draw(forecast, 20_000, 7).mean(axis=0) == pytest.approx(forecast.mean(), abs=1e-4)


def test_crps_of_lines_is_that_of_a_fine_sample() -> None:
    # Statistic: CRPS of 4,000 equally spaced quantiles; they differ from the lines by less than 1 in 1,000.
    forecast = forecast_of(simulated(5, 6, 3)[0], ("fixed_agreement",) * 3 + ("ceiling",) * 3)
    sample = forecast.quantile((np.arange(4_000) + 0.5) / 4_000)
    for actual in (-0.5, 0.0, 0.7, 1.0, 1.3, 5.0):
        figure = np.full(6, actual)
        exact = crps_of_nodes(forecast.ratio, forecast.chance, figure)
        assert exact == pytest.approx(crps_of_sample(sample, figure), rel=5e-3, abs=5e-4)


def test_crps_of_a_normal_is_the_published_formula() -> None:
    # Gneiting and Raftery 2007, formula 21: σ (z (2 Φ(z) − 1) + 2 φ(z) − 1 ÷ √π).
    place = np.linspace(-8, 8, 4_001)
    for z in (-2.0, 0.0, 0.5, 3.0):
        formula = z * (2 * ndtr(z) - 1) + 2 * np.exp(-z * z / 2) / np.sqrt(2 * np.pi) - 1 / np.sqrt(np.pi)
        assert crps_of_nodes(place[None, :], ndtr(place)[None, :], np.array([z]))[0] == pytest.approx(formula, abs=1e-5)


def test_pinball_and_pit_by_hand() -> None:
    loss = pinball(np.array([[1.0, 3.0]]), np.array([0.1, 0.9]), np.array([2.0]))
    assert loss[0] == pytest.approx([0.1, 0.1])
    ratio, chance = np.array([[0.0, 1.0, 1.0, 2.0]]), np.array([[0.0, 0.2, 0.8, 1.0]])
    assert pit_of_nodes(ratio, chance, np.array([1.0]))[0] == pytest.approx(0.5)
    assert node_mean(ratio, chance)[0] == pytest.approx(0.2 * 0.5 + 0.6 * 1 + 0.2 * 1.5)
    assert node_quantiles(ratio, chance, np.array([0.1, 0.5, 0.9]))[0] == pytest.approx([0.5, 1.0, 1.5])


def test_a_mixture_has_the_chances_that_it_is_made_of() -> None:
    ratio, chance = np.linspace(0.5, 1.5, 11)[None, :], np.linspace(0, 1, 11)[None, :]
    nodes = compose(ratio, chance, np.array([0.1]), np.array([0.3]), np.array([0.5]))
    at = [node_chances(*nodes, np.array([value]))[0] for value in (-0.1, 0.0, 0.999999, 1.0, 1.5)]
    # The rest is 0.6: half of it lies below 1, and of what lies above, half is held at 1.
    assert at == pytest.approx([0.0, 0.1, 0.4, 0.4 + 0.3 + 0.15, 1.0], abs=1e-5)


def test_what_a_ledger_cannot_say_is_said() -> None:
    codes = {conclusion.conclusion for conclusion in conclusions(history_of(np.array([[0.9]])))}
    assert codes == {
        "few_programmes_prior_dominates",
        "one_year_no_year_effect",
        "one_year_no_differences_between_programmes",
    }
    assert [conclusion.conclusion for conclusion in conclusions(history_of(np.full((6, 3), 0.9)))] == [
        "all_ratios_equal"
    ]
    generator = np.random.default_rng(1)
    table = generator.normal(1, 0.1, (7, 2))
    limits = conclusions(history_of(table, ("ceiling",) + ("project",) * 6))
    assert [(limit.conclusion, limit.about, limit.count) for limit in limits] == [
        ("few_programmes_of_this_kind", "ceiling", 1)
    ]


def test_a_row_that_cannot_be_used_is_left_out_with_its_reason() -> None:
    rows = [
        ("text", 2017, 100, "€ 1.13.352"),
        ("no budget", 2017, None, 5),
        ("budget 0", 2017, 0, 5),
        ("negative budget", 2017, -100, 5),
        ("no figure", 2017, 100, None),
        ("not a figure", 2017, 100.0, float("nan")),
        ("half a cent", 2017, 100.5, 100),
        ("infinite", 2017, float("inf"), 100),
        ("too much", 2017, 100, 10**20),
        ("year in words", "2017", 100, 100),
        ("good", 2017, 100.0, -5),
        ("good", 2017, 100, 7),
    ]
    names, years, budgets, realised = (list(column) for column in zip(*rows, strict=True))
    history = make_history(names, ["project"] * len(rows), years, budgets, realised)
    reasons = {programme.programme: programme.reason for programme in history.left_out}
    assert reasons == {
        "text": "not_a_number",
        "no budget": "budget_missing",
        "budget 0": "budget_not_positive",
        "negative budget": "budget_not_positive",
        "no figure": "realised_missing",
        "not a figure": "realised_missing",
        "half a cent": "not_a_number",
        "infinite": "not_a_number",
        "too much": "not_a_number",
        "year in words": "not_a_number",
        "good": "repeated",
    }
    assert history.realised.tolist() == [-5]
    assert conclusions(history)[-1].count == 11


HARD = {
    "nothing": np.full((3, 2), np.nan),
    "one programme, one year": np.array([[0.9]]),
    "one programme": np.array([[0.9, 0.8, 1.1]]),
    "one year": np.array([[0.9], [1.2], [0.4]]),
    "all equal": np.full((8, 3), 0.9),
    "all exactly 1": np.ones((8, 3)),
    "all zero": np.zeros((8, 3)),
    "zeros and negatives": np.array([[0.0, -0.4], [0.9, 0.0], [-2.0, 1.0], [0.0, 0.0]]),
    "years missing": np.array([[0.9, np.nan, 1.0], [np.nan, 0.8, np.nan], [0.7, np.nan, np.nan]]),
    "spent a million times": np.array([[1e6, 0.9], [1.0, 0.8], [0.9, 1e-6]]),
}


@pytest.mark.parametrize("name", HARD)
def test_hard_ledgers_get_an_honest_answer_and_never_nan(name: str) -> None:
    history = history_of(HARD[name])
    count = len(history.names)
    names, kinds = (*history.names, "new"), ("project",) * count + ("demand_driven",)
    upcoming = Upcoming(names, kinds, np.array([BUDGET] * count + [0]), np.array([*range(count), -1]))
    for year in (2018, 2021):
        forecast = predict(fit(history), upcoming, year)
        for values in (forecast.ratio, forecast.chance, forecast.mean(), forecast.quantile([0.001, 0.5, 0.999])):
            assert np.isfinite(values).all()
        assert (np.diff(forecast.ratio, axis=1) >= 0).all()
        assert (np.diff(forecast.chance, axis=1) >= 0).all()
        low, high = forecast.interval(0.9)
        assert high[-1] - low[-1] > 0.1 or name in ("all exactly 1", "all zero")
        assert np.isfinite(draw(forecast, 100, 1)).all()


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.lists(st.floats(-3, 10) | st.just(1.0) | st.just(0.0), min_size=2, max_size=2), min_size=1, max_size=9)
)
def test_any_ledger_gives_distributions(ratios: list[list[float]]) -> None:
    forecast = forecast_of(np.array(ratios))
    assert np.isfinite(forecast.mean()).all()
    assert (np.diff(forecast.chance, axis=1) >= 0).all()
    assert (np.diff(forecast.quantile(np.linspace(0.01, 0.99, 30)), axis=1) >= 0).all()
