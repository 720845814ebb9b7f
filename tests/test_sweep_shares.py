"""Which factor drives an outcome: estimated shares of the variance beside those that are known."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import qmc

from gguplan.inputs.findings import Place
from gguplan.inputs.scenario.sweep import Sample
from gguplan.inputs.sweep.factors import Factor
from gguplan.model.sweep.shares import shares
from gguplan.money import Integers

UNITS = 10**9


def factors(names: str, choices: tuple[str, ...] = ()) -> list[Factor]:
    return [Factor((name,), "lever", "amount", Place(name), high=UNITS, choices=choices) for name in names]


def sample_of(kind: Sample, size: int, count: int, seed: int) -> NDArray[np.float64]:
    engine = qmc.Sobol(count, seed=seed) if kind == "sobol" else qmc.LatinHypercube(count, seed=seed)
    points: NDArray[np.float64] = engine.random(size)
    return points


def ishigami(share: NDArray[np.float64]) -> Integers:
    """sin x₁ + 7 sin² x₂ + 0.1 x₃⁴ sin x₁ with x between −π and π, in millionths (Ishigami and Homma 1990)."""
    x = -np.pi + 2 * np.pi * share
    outcome = np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])
    units: Integers = np.rint(outcome * 10**6).astype(np.int64)
    return units


ISHIGAMI = {"a": 0.3139, "b": 0.4424, "c": 0.0}
"""From its exact variances: V = 7²/8 + 0.1π⁴/5 + 0.1²π⁸/18 + 1/2, V₁ = (1 + 0.1π⁴/5)²/2, V₂ = 7²/8, V₃ = 0."""


def test_the_known_shares_follow_from_the_exact_variances() -> None:
    whole = 49 / 8 + 0.1 * np.pi**4 / 5 + 0.01 * np.pi**8 / 18 + 0.5
    assert ISHIGAMI["a"] == pytest.approx((1 + 0.1 * np.pi**4 / 5) ** 2 / 2 / whole, abs=5e-5)
    assert ISHIGAMI["b"] == pytest.approx(49 / 8 / whole, abs=5e-5)


@pytest.mark.parametrize("kind", ["latin_hypercube", "sobol"])
def test_shares_of_a_known_function_lie_within_their_errors(kind: Sample) -> None:
    """1,024 variants, 5 samples. An estimate lies within two of its standard errors in about 95 % of the cases; of 15
    at least 12 do with more than 99 % certainty. Coarse bins take 0.01 off a share at most."""
    within = 0
    for seed in range(5):
        share = sample_of(kind, 1_024, 3, seed)
        for one in shares(factors("abc"), np.rint(share * UNITS).astype(np.int64), ishigami(share), kind, seed):
            within += abs(one.share - ISHIGAMI[one.factor.name]) < 2 * one.error + 0.01
    assert within >= 12


def test_a_sobol_sample_is_closer_than_the_error_that_is_told() -> None:
    """512 variants, 5 samples: 15 estimates, all within one error of a random sample, and half of it for most."""
    ratios = []
    for seed in range(5):
        share = sample_of("sobol", 512, 3, seed)
        for one in shares(factors("abc"), np.rint(share * UNITS).astype(np.int64), ishigami(share), "sobol", seed):
            ratios.append(abs(one.share - ISHIGAMI[one.factor.name]) / one.error)
    assert max(ratios) < 1
    assert np.median(ratios) < 0.5


def test_shares_of_a_sum_of_independent_factors_are_their_variances() -> None:
    """y = 3a + 4b with a and b uniform: 9 and 16 of 25. 32 bins take 1 ÷ 32² of each away, that is 0.001."""
    share = sample_of("sobol", 1_024, 2, 1)
    outcome = np.rint((3 * share[:, 0] + 4 * share[:, 1]) * 10**6).astype(np.int64)
    first, second = shares(factors("ab"), np.rint(share * UNITS).astype(np.int64), outcome, "sobol")
    assert (first.factor.name, second.factor.name) == ("b", "a")
    assert first.share == pytest.approx(0.64, abs=0.005)
    assert second.share == pytest.approx(0.36, abs=0.005)


def test_shares_of_a_full_grid_are_exact_by_hand() -> None:
    """Rows a = 0, 1 and columns b = 0, 1, 2 with 0 1 2 and 6 7 14: mean 5. Means by a are 1 and 9: 3 × (16 + 16) = 96.
    Means by b are 3, 4 and 8: 2 × (4 + 1 + 9) = 28. All squares: 25 + 16 + 9 + 1 + 4 + 81 = 136."""
    variants = np.array([[a, b] for a in (0, 1) for b in (0, 1, 2)])
    outcome = np.array([0, 1, 2, 6, 7, 14])
    first, second = shares(factors("ab"), variants, outcome, "grid")
    assert first.share == pytest.approx(96 / 136)
    assert second.share == pytest.approx(28 / 136)
    assert first.error == second.error == 0


def test_shares_of_choices_go_by_choice() -> None:
    """Three choices with outcomes 0, 0 and 900 explain all of it, however many variants there are."""
    variants = np.arange(300)[:, None] % 3
    (only,) = shares(factors("a", ("x", "y", "z")), variants, np.array([0, 0, 900])[variants[:, 0]], "latin_hypercube")
    assert only.share == pytest.approx(1)


def test_an_outcome_that_does_not_vary_has_no_shares() -> None:
    variants = np.arange(64)[:, None]
    assert shares(factors("a"), variants, np.full(64, 5), "sobol") == ()


def test_too_few_variants_have_no_shares() -> None:
    variants = np.arange(6)[:, None]
    assert shares(factors("a"), variants, np.arange(6), "latin_hypercube") == ()
