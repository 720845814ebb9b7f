"""A running year: what is realised so far, blended with the forecast of the year by its phasing.

With R realised of a budget B, a share p of a year's costs expected by now, and a forecast ratio X (Bornhuetter and
Ferguson 1972, "The Actuary and IBNR"):

    full year = R + (1 − p) × B × X

so what is still to come follows the forecast, whatever R is. Extrapolating instead (chain ladder) gives R ÷ p; the
blend is p × R ÷ p + (1 − p) × B × X, which weighs the two by p. Going round once more with the blend as the forecast
(Benktander 1976; Mack 2000) weighs R ÷ p by 1 − (1 − p)², for lines of which R tells more than the forecast does.

The blend is made per programme on the whole distribution. What is to come has mean (1 − p) B E[X]; its deviation is
B × √((1 − p) Var X + (deviation of p × E[X])²): what happens later is independent of what happened, and a phasing
that is only known roughly widens it. An agreement that is realised to the cent ends at exactly 1 whatever was spent
by now; its chance of that follows by Bayes from how well R fits p (see `_atoms`).
"""

from __future__ import annotations

from typing import Final, Literal

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from gguplan.model.realisation.forecast import Forecast, compose, node_mean, node_quantiles
from gguplan.model.realisation.history_arrays import Floats
from gguplan.money import Integers

Method = Literal["bornhuetter_ferguson", "benktander", "chain_ladder"]
_EIGHTY: Final = 2.5631031310892007
"""The width of the central 80 % of a standard normal: spread is measured there, because a heavy tail has no other."""

_LEAST_SHARE: Final = 1e-6
_UNEVEN: Final = 0.2
"""How unevenly an agreed amount is spent through the year: a stated value; halfway the deviation is a tenth."""


class SoFar(Struct, frozen=True):
    """The state of the year, arrays of shape (programmes,) in the order of the forecast.

    `realised` in cents; `share` (0 to 1) of a year's costs that is expected by now, 0 when nothing is known yet, 1 at
    the end; `share_deviation` is how uncertain that share is, as a standard deviation.
    """

    realised: Integers
    share: Floats
    share_deviation: Floats

    def __post_init__(self) -> None:
        if not ((self.share >= 0) & (self.share <= 1)).all():
            raise ValueError("the share of the year's costs must lie between 0 and 1")
        if not (self.share_deviation >= 0).all():
            raise ValueError("the deviation of a share cannot be negative")


def full_year(
    realised: Floats, share: Floats, budget: Floats, ratio: Floats, method: Method = "bornhuetter_ferguson"
) -> Floats:
    """What the whole year comes to, in the unit of `realised` and `budget`; any shape. By hand: € 1,826 thousand of
    3,860 with 40 % of the costs expected by then and a ratio of 1 gives 1,826 + 0.6 × 3,860 = 4,142 thousand.

    A share of 0 leaves the forecast, for chain ladder too, which has nothing to go by.
    """
    forecast = budget * ratio
    blend: Floats = realised + (1 - share) * forecast
    if method == "bornhuetter_ferguson":
        return blend
    if method == "benktander":
        again: Floats = realised + (1 - share) * blend
        return again
    return np.where(share > _LEAST_SHARE, realised / np.maximum(share, _LEAST_SHARE), forecast)


def blend(forecast: Forecast, so_far: SoFar, method: Method = "bornhuetter_ferguson") -> Forecast:
    """The forecast of the full year's ratio, given the state of the year.

    A programme without a budget keeps its forecast. The result's `zero` is 0 where something is realised; where
    nothing is, that itself makes 0 likelier: zero ÷ (zero + (1 − zero)(1 − p)). To be used once on a forecast of the
    year: not on its own result.
    """
    ratio, chance = _rest(forecast)
    budget = forecast.budgets.astype(np.float64)
    known = budget > 0
    done = np.divide(so_far.realised, budget, out=np.zeros(len(budget)), where=known)
    to_come = 1 - so_far.share
    expected = node_mean(ratio, chance)
    edges = node_quantiles(ratio, chance, np.array([0.1, 0.9]))
    deviation = np.maximum((edges[:, 1] - edges[:, 0]) / _EIGHTY, 1e-9)
    spread = np.sqrt(to_come + (so_far.share_deviation * expected / deviation) ** 2)
    middle = full_year(done, so_far.share, np.ones(len(budget)), expected, method)
    blended = middle[:, None] + (ratio - expected[:, None]) * spread[:, None]
    # What is to come is negative only where the forecast itself can be: for a correction of what was booked before.
    blended = np.maximum(blended, done[:, None] + np.minimum(0.0, ratio))
    blended = np.where(known[:, None], blended, ratio)
    zero, exact = _atoms(forecast, so_far, done, expected, deviation)
    zero, exact = np.where(known, zero, forecast.zero), np.where(known, exact, forecast.exact)
    none = np.zeros(len(budget))
    nodes, chances = compose(blended, chance, zero, exact, none)
    return replace(forecast, ratio=nodes, chance=chances, zero=zero, exact=exact)


def _rest(forecast: Forecast) -> tuple[Floats, Floats]:
    """The distributions without their chances of exactly 0 and exactly 1."""
    zero, exact = forecast.zero[:, None], forecast.exact[:, None]
    ratio = forecast.ratio
    after_zero = _after(ratio, forecast.chance, 0.0, forecast.zero)
    after_one = _after(ratio, forecast.chance, 1.0, forecast.exact)
    rest = np.maximum(1 - zero - exact, 1e-12)
    chance = np.clip((forecast.chance - zero * after_zero - exact * after_one) / rest, 0, 1)
    return ratio, np.maximum.accumulate(chance, axis=1)


def _after(ratio: Floats, chance: Floats, atom: float, size: Floats) -> Floats:
    """1 for the nodes above an atom and for the upper node of its jump, 0 for those below it."""
    here = ratio == atom
    lowest = np.where(here, chance, np.inf).min(axis=1)[:, None]
    upper = here & (chance >= lowest + size[:, None] * (1 - 1e-9)) & (chance > lowest)
    after: Floats = ((ratio > atom) | upper).astype(np.float64)
    return after


def _atoms(
    forecast: Forecast, so_far: SoFar, done: Floats, expected: Floats, deviation: Floats
) -> tuple[Floats, Floats]:
    """The chances of exactly 0 and exactly 1 by Bayes, of what is spent so far.

    If the year ends at 1, R ÷ B is about p, with deviation `_UNEVEN` √(p (1 − p)) and that of p itself. Otherwise it
    is about p E[X], with the deviation of X besides. Both are taken as normal.
    """
    share = so_far.share
    likelier = forecast.zero / np.maximum(forecast.zero + (1 - forecast.zero) * (1 - share), 1e-12)
    zero = np.where(so_far.realised != 0, 0.0, likelier)
    uneven = _UNEVEN**2 * share * (1 - share) + so_far.share_deviation**2 + 1e-8
    agreed = forecast.exact * _density(done - share, uneven)
    rest = (1 - forecast.zero - forecast.exact) * _density(done - share * expected, uneven + share * deviation**2)
    odds = np.divide(agreed, agreed + rest, out=np.zeros(len(done)), where=agreed > 0)
    return zero, np.where(done > 1, 0.0, (1 - zero) * odds)


def _density(distance: Floats, variance: Floats) -> Floats:
    density: Floats = np.exp(-(distance**2) / (2 * variance)) / np.sqrt(variance)
    return density
