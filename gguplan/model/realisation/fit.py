"""How much programmes differ and how much years differ: the pooled parameters, estimated from a history.

Of programme i in year t, y is the ratio on the scale of `ratio_scale` and x the log of its budget against that of a
reference year. Then

    y(i, t) + γ x(i, t) = μ(i) + s(i) σ(i) ε(i, t)      ε ~ Student-t with ν degrees of freedom
    μ(i) = m + s(i) σ(i) τ u(i),  log σ(i) = η v(i),  log s(i) = log S − β (log budget(i) − middle)

u and v are standard normal. So programmes have their own level and their own volatility, both pooled; small lines may
be more volatile (β). A raised budget is only partly spent more: γ = g S ÷ 0.1, because where all is spent as planned,
more is too. u and v are summed out over a fixed grid that all programmes share, which makes everything array sums.
The seven parameters are at the maximum of the marginal likelihood times a stated prior (empirical Bayes: Morris 1983;
type II maximum likelihood); with little data the prior remains. The pooled volatility is that of Smyth (2004) with a
lognormal in the place of his inverse gamma.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln, stdtr

from gguplan.model.realisation.history import Floats

_LEVELS, _VOLATILITIES = 21, 9
_u = np.linspace(-3.5, 3.5, _LEVELS)
_v = np.linspace(-2.4, 2.4, _VOLATILITIES)
_weights = np.exp(-(_v[:, None] ** 2 + _u**2) / 2).ravel()
LEVEL: Final[Floats] = np.tile(_u, _VOLATILITIES)
VOLATILITY: Final[Floats] = np.repeat(_v, _LEVELS)
LOG_WEIGHT: Final[Floats] = np.log(_weights / _weights.sum())
"""The grid of u and v, flat: shape (cells,), and the log of its standard normal weights."""

POINTS: Final[Floats] = 0.1 * np.sinh(np.linspace(-1, 1, 401) * np.arcsinh(800.0))
"""Standardised points at which distributions are tabulated: dense around 0, out to ±80."""

MOST_PROGRAMMES: Final = 300
"""The parameters are estimated from at most so many programmes: seven numbers need no more."""

_MOST_STEPS: Final = 60
_MOST_TRIES: Final = 10
_NUDGE: Final = 1e-4
_GAIN: Final = 1e-4


@dataclass(frozen=True)
class Prior:
    """A normal prior of one parameter, with the bounds within which it is sought."""

    mean: float
    deviation: float
    low: float
    high: float


PRIORS: Final[dict[str, Prior]] = {
    "location": Prior(0.0, 0.08, -1.0, 1.0),
    "log_scale": Prior(float(np.log(0.1)), 1.2, float(np.log(0.0005)), float(np.log(2.0))),
    "log_pooling": Prior(0.0, 0.4, -1.5, 1.2),
    "log_spread": Prior(float(np.log(0.7)), 0.3, float(np.log(0.1)), float(np.log(1.8))),
    "size_effect": Prior(0.1, 0.08, -0.2, 0.5),
    "log_freedom": Prior(float(np.log(4.0)), 0.35, float(np.log(2.2)), float(np.log(30.0))),
    "budget_effect": Prior(0.2, 0.12, -0.2, 1.0),
}
"""m, log S, log τ, log η, β, log ν and g. Wide, but for ν and η, of which one or two years can say nothing."""


@dataclass(frozen=True)
class Parameters:
    """The pooled parameters; see the head of this module for the symbols, `PRIORS` for what is presumed."""

    location: float
    log_scale: float
    log_pooling: float
    log_spread: float
    size_effect: float
    log_freedom: float
    budget_effect: float

    @property
    def shift_effect(self) -> float:
        """γ: `budget_effect`, which is that of a ledger with S = 0.1, times S ÷ 0.1 (at most 2)."""
        return self.budget_effect * min(10 * float(np.exp(self.log_scale)), 2.0)

    @property
    def freedom(self) -> float:
        """ν, the degrees of freedom of the Student-t."""
        return float(np.exp(self.log_freedom))

    def scale(self, size: Floats) -> Floats:
        """s of programmes whose log budget lies `size` above the middle."""
        scale: Floats = np.exp(self.log_scale - self.size_effect * size)
        return scale


@dataclass(frozen=True)
class Observed:
    """What is seen of programmes: `place` (y), `shift` (x), `weight` (0 where nothing is seen) and `size`.

    The first three have shape (programmes, years), `size` (programmes,). A weight below 1 discounts an observation
    as if only part of it was seen (a power prior: Ibrahim and Chen 2000).
    """

    place: Floats
    shift: Floats
    weight: Floats
    size: Floats

    def of(self, rows: NDArray[np.int64]) -> Observed:
        """Only these programmes."""
        return Observed(self.place[rows], self.shift[rows], self.weight[rows], self.size[rows])


def log_likelihood(parameters: Parameters, seen: Observed, location: Floats, scale: Floats) -> Floats:
    """Log of weight × likelihood of every cell of the grid for each programme, shape (programmes, cells).

    `location` (m) and `scale` (s) of shape (programmes,), so that kinds may differ.
    """
    freedom = parameters.freedom
    spread, pooling = np.exp(parameters.log_spread), np.exp(parameters.log_pooling)
    inverse, offset = np.exp(-spread * VOLATILITY), pooling * LEVEL
    constant = float(gammaln((freedom + 1) / 2) - gammaln(freedom / 2) - 0.5 * np.log(freedom * np.pi))
    standard = (seen.place + parameters.shift_effect * seen.shift - location[:, None]) / scale[:, None]
    found = np.repeat(LOG_WEIGHT[None, :], len(seen.size), axis=0)
    for year in range(seen.place.shape[1]):
        rows = np.flatnonzero(seen.weight[:, year])
        if not len(rows):
            continue
        error = standard[rows, year, None] * inverse
        error -= offset
        np.square(error, out=error)
        error /= freedom
        np.log1p(error, out=error)
        error *= -(freedom + 1) / 2
        error += constant - spread * VOLATILITY - np.log(scale[rows])[:, None]
        error *= seen.weight[rows, year, None]
        found[rows] += error
    return found


def marginal(log_cells: Floats) -> Floats:
    """Log of the sum over the cells, shape (programmes,)."""
    highest = log_cells.max(axis=1)
    total: Floats = highest + np.log(np.exp(log_cells - highest[:, None]).sum(axis=1))
    return total


def posterior(log_cells: Floats) -> Floats:
    """The weights of the cells given what was seen, shape (programmes, cells), each row summing to 1."""
    weights: Floats = np.exp(log_cells - log_cells.max(axis=1)[:, None])
    weights /= weights.sum(axis=1)[:, None]
    return weights


@lru_cache(maxsize=8)
def cell_distributions(parameters: Parameters) -> Floats:
    """The chance of lying below each of `POINTS` in each cell, in units of s around m; shape (cells, points)."""
    sigma = np.exp(np.exp(parameters.log_spread) * VOLATILITY)[:, None]
    middle = np.exp(parameters.log_pooling) * LEVEL[:, None] * sigma
    below: Floats = stdtr(parameters.freedom, (POINTS - middle) / sigma)
    below.flags.writeable = False
    return below


def estimate(seen: Observed) -> Parameters:
    """The parameters at the maximum of marginal likelihood × prior.

    Steps of Berndt, Hall, Hall and Hausman (1974): the curvature is the sum of squares of what each programme
    contributes to the slope, less their mean, and the precision of the prior. A step that does not improve is halved,
    one that does is doubled as long as that helps. The slopes are forward differences. It ends when a step gains less
    than `_GAIN`, or after `_MOST_STEPS`.
    """
    rows = np.flatnonzero(seen.weight.any(axis=1))
    if len(rows) > MOST_PROGRAMMES:
        rows = rows[np.linspace(0, len(rows) - 1, MOST_PROGRAMMES).astype(np.int64)]
    used = seen.of(rows)
    priors = list(PRIORS.values())
    mean, deviation = np.array([one.mean for one in priors]), np.array([one.deviation for one in priors])
    low, high = np.array([one.low for one in priors]), np.array([one.high for one in priors])

    def fitted(values: Floats) -> Floats:
        now = Parameters(*values.tolist())
        return marginal(log_likelihood(now, used, np.full(len(rows), now.location), now.scale(used.size)))

    def height(values: Floats, each: Floats) -> float:
        return float(each.sum() - 0.5 * (((values - mean) / deviation) ** 2).sum())

    values, each = mean, fitted(mean)
    best = height(values, each)
    for _step in range(_MOST_STEPS):
        nudges = np.diag(_NUDGE * deviation)
        slopes = np.stack([(fitted(values + nudge) - each) / nudge.sum() for nudge in nudges], axis=1)
        apart = slopes - slopes.mean(axis=0) if len(rows) else slopes
        curvature = apart.T @ apart + np.diag(deviation**-2.0)
        move = np.linalg.solve(curvature, slopes.sum(axis=0) - (values - mean) / deviation**2)
        start, origin, length, shorter = best, values, 1.0, False
        for _try in range(_MOST_TRIES):
            tried = np.clip(origin + length * move, low, high)
            found = fitted(tried)
            reached = height(tried, found)
            better = reached > best
            if better:
                values, each, best = tried, found, reached
            if better == shorter and best > start:
                break
            shorter = not better
            length *= 0.5 if shorter else 2.0
        if best - start < _GAIN:
            break
    return Parameters(*values.tolist())
