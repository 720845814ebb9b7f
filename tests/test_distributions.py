"""The normal distribution and Student's t beside those of `scipy.special`, which is exact to some 1e-14."""

from __future__ import annotations

import numpy as np
import pytest

from gguplan.model.distributions import log_gamma, normal_chance, normal_quantile, student_chance, student_quantile

CHANCES = np.concatenate(
    [np.linspace(0, 1, 10_001)[1:-1], 10.0 ** -np.arange(4, 300), 1 - 10.0 ** -np.arange(4, 15, dtype=np.float64)]
)
FREEDOMS = (1, 2, 2.2, 3, 4.06, 7, 15.5, 30, 100)
"""The forecast has between 2.2 and 30; counts of years, which are whole, have others."""


def test_chances_of_the_normal_distribution_are_those_of_scipy() -> None:
    from scipy.special import ndtr

    scores = np.linspace(-37, 37, 20_001)
    np.testing.assert_allclose(normal_chance(scores), ndtr(scores), rtol=1e-13, atol=0)


def test_quantiles_of_the_normal_distribution_are_those_of_scipy() -> None:
    from scipy.special import ndtri

    np.testing.assert_allclose(normal_quantile(CHANCES), ndtri(CHANCES), rtol=1e-14, atol=1e-15)


@pytest.mark.parametrize("freedom", FREEDOMS)
def test_chances_of_student_are_those_of_scipy(freedom: float) -> None:
    from scipy.special import stdtr

    values = np.concatenate([np.linspace(-6, 6, 2_001), np.sinh(np.linspace(-9, 9, 601))])
    # Of 100 degrees those far away have no chance that a float can hold.
    np.testing.assert_allclose(student_chance(freedom, values), stdtr(freedom, values), rtol=5e-13, atol=1e-290)


@pytest.mark.parametrize("freedom", FREEDOMS)
def test_quantiles_of_student_are_those_of_scipy(freedom: float) -> None:
    from scipy.special import stdtrit

    # Above, a chance near 1 says no more of the other tail than its own last digit does.
    lower = CHANCES[(CHANCES <= 0.5) & (CHANCES > 1e-20)]
    np.testing.assert_allclose(student_quantile(freedom, lower), stdtrit(freedom, lower), rtol=5e-13, atol=1e-14)
    upper = CHANCES[(CHANCES > 0.5) & (CHANCES < 1 - 1e-5)]
    np.testing.assert_allclose(student_quantile(freedom, upper), stdtrit(freedom, upper), rtol=1e-10, atol=1e-14)


@pytest.mark.parametrize("freedom", FREEDOMS)
def test_a_quantile_of_student_has_the_chance_that_it_is_asked_for(freedom: float) -> None:
    chances = CHANCES[(CHANCES <= 0.5) & (CHANCES > 1e-20)]
    np.testing.assert_allclose(student_chance(freedom, student_quantile(freedom, chances)), chances, rtol=1e-12, atol=0)


def test_logarithms_of_gamma_are_those_of_scipy() -> None:
    from scipy.special import gammaln

    values = np.linspace(0.001, 50, 10_001)
    np.testing.assert_allclose(log_gamma(values), gammaln(values), rtol=1e-14, atol=1e-13)


def test_at_the_ends_a_quantile_is_infinite_and_what_is_not_known_stays_so() -> None:
    quantiles = normal_quantile([[0.0, 0.5], [1.0, np.nan]])
    np.testing.assert_array_equal(quantiles, [[-np.inf, 0.0], [np.inf, np.nan]])
    np.testing.assert_array_equal(normal_chance([-np.inf, 0.0, np.inf]), [0.0, 0.5, 1.0])
    assert (float(student_chance(4.0, 0.0)), float(student_quantile(4.0, 0.5))) == (0.5, 0.0)
