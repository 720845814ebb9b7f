"""How much programmes differ and how much years differ: the pooled parameters, estimated from a history.

Of programme i in year t, y is the ratio on the scale of `ratio_scale`. What was spent last year says more of this year
than what was spent before it, and it does so as an amount: against the budget of *this* year it is

    z(i, t) = y(i, t − 1) − g × rise(i, t)      rise = log of budget(t) ÷ budget(t − 1), less that of prices

A rise that is much larger than the line is uncertain is a decision, and not a correction of last year: beyond
`FARTHEST_RISE` times s it no longer counts. A part ρ of what z differs from the pooled level m is carried into the year
(ρ to the power of the years between, when years are missing):

    y(i, t) = μ(i) + ρ (z(i, t) − μ(i)) + √(s(i)² σ(i)² + κ² ρ² (z(i, t) − m)²) ε(i, t)
    μ(i) = m + s(i) σ(i) τ u(i),  log σ(i) = η v(i),  log s(i) = log S − β (log budget(i) − middle)

ε is Student-t with ν degrees of freedom, above its median wider by e^α and below it narrower. κ says how sure it is
that the part ρ is carried: after an unusual year it may be all, or nothing. A first year has no z; its variance is
1 ÷ (1 − ρ²) times that of a next one, which is where the chain of years comes to rest.

u and v are standard normal: programmes have their own level and their own volatility, both pooled, and small lines may
be more volatile (β). u and v are summed out over a fixed grid that all programmes share, which makes everything array
sums. The ten parameters are at the maximum of the marginal likelihood times a stated prior (empirical Bayes: Morris
1983; type II maximum likelihood); with little data the prior remains. The pooled volatility is that of Smyth (2004)
with a lognormal in the place of his inverse gamma."""

from __future__ import annotations

from math import lgamma, log, pi
from typing import Final

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from gguplan.model.realisation.history_arrays import Floats

_LEVELS, _VOLATILITIES = 17, 9
_u = np.linspace(-3.5, 3.5, _LEVELS)
_v = np.linspace(-2.4, 2.4, _VOLATILITIES)
_weights = np.exp(-(_v[:, None] ** 2 + _u**2) / 2).ravel()
LEVEL: Final[Floats] = np.tile(_u, _VOLATILITIES)
VOLATILITY: Final[Floats] = np.repeat(_v, _LEVELS)
LOG_WEIGHT: Final[Floats] = np.log(_weights / _weights.sum())
"""The grid of u and v, flat: shape (cells,), and the log of its standard normal weights."""

MOST_PROGRAMMES: Final = 300
"""The parameters are estimated from at most so many programmes: ten numbers need no more."""

FARTHEST_RISE: Final = 6.0
"""A rise of a budget counts in full when it is small against so many times s, and never for more than that."""

_MOST_STEPS: Final = 60
_MOST_TRIES: Final = 10
_NUDGE: Final = 1e-4
_GAIN: Final = 1e-3


class Prior(Struct, frozen=True):
    """A normal prior of one parameter, with the bounds within which it is sought."""

    mean: float
    deviation: float
    low: float
    high: float


PRIORS: Final[dict[str, Prior]] = {
    "location": Prior(0.0, 0.08, -1.0, 1.0),
    "log_scale": Prior(float(np.log(0.1)), 1.2, float(np.log(0.0005)), float(np.log(2.0))),
    "log_pooling": Prior(float(np.log(0.7)), 0.4, -2.5, 1.2),
    "log_spread": Prior(float(np.log(0.7)), 0.3, float(np.log(0.1)), float(np.log(1.8))),
    "size_effect": Prior(0.15, 0.1, -0.2, 0.5),
    "log_freedom": Prior(float(np.log(4.0)), 0.35, float(np.log(2.2)), float(np.log(30.0))),
    "carried": Prior(0.45, 0.12, 0.0, 0.9),
    "rise_effect": Prior(0.7, 0.25, 0.0, 1.5),
    "doubt": Prior(0.4, 0.15, 0.0, 1.2),
    "skew": Prior(0.0, 0.2, -0.8, 0.8),
}
"""m, log S, log τ, log η, β, log ν, ρ, g, κ and α. Wide, but for what one or two years can say nothing of;
docs/forecast.md says on what they were chosen."""


class Parameters(Struct, frozen=True):
    """The pooled parameters; see the head of this module for the symbols, `PRIORS` for what is presumed."""

    location: float
    log_scale: float
    log_pooling: float
    log_spread: float
    size_effect: float
    log_freedom: float
    carried: float
    rise_effect: float
    doubt: float
    skew: float

    @property
    def freedom(self) -> float:
        """ν, the degrees of freedom of the Student-t."""
        return float(np.exp(self.log_freedom))

    @property
    def volatility(self) -> Floats:
        """σ of each cell of the grid, shape (cells,)."""
        spread: Floats = np.exp(np.exp(self.log_spread) * VOLATILITY)
        return spread

    @property
    def level(self) -> Floats:
        """(μ − m) ÷ s of each cell of the grid, shape (cells,)."""
        level: Floats = np.exp(self.log_pooling) * LEVEL * self.volatility
        return level

    def scale(self, size: Floats) -> Floats:
        """s of programmes whose log budget lies `size` above the middle."""
        scale: Floats = np.exp(self.log_scale - self.size_effect * size)
        return scale


WITHOUT_HISTORY: Final = Parameters(
    location=-0.06,
    log_scale=float(np.log(0.15)),
    log_pooling=PRIORS["log_pooling"].mean,
    log_spread=PRIORS["log_spread"].mean,
    size_effect=0.14,
    log_freedom=PRIORS["log_freedom"].mean,
    carried=PRIORS["carried"].mean,
    rise_effect=PRIORS["rise_effect"].mean,
    doubt=PRIORS["doubt"].mean,
    skew=-0.2,
)
"""What is presumed of a fund without any history: level, spread, size and skew of the `PRESUMED_FROM` budgets of 2016
and 2017 of which the two accountability reports print what was finally realised (ledger_data; half of them between 0.64
and 0.96 of the budget, and 0.89 of all money). `test_what_is_presumed_without_history_is_what_the_reports_show` fits
them again."""

PRESUMED_FROM: Final = 34

PRESUMED_SHARE: Final = 0.89
"""What those budgets realised of all their money together."""


class Observed(Struct, frozen=True):
    """What is seen of programmes. Of shape (programmes, years): `place` (y) and `weight` (0 where nothing is seen); of
    the last year seen before it `before` (its y), `rise` (of the budget since, in constant prices) and `gap`, how many
    years ago (0 where there is none). `size` has shape (programmes,).

    A weight below 1 discounts an observation as if only part of it was seen (a power prior: Ibrahim and Chen 2000).
    """

    place: Floats
    before: Floats
    rise: Floats
    gap: Floats
    weight: Floats
    size: Floats

    def of(self, rows: NDArray[np.int64]) -> Observed:
        """Only these programmes."""
        return Observed(
            self.place[rows], self.before[rows], self.rise[rows], self.gap[rows], self.weight[rows], self.size[rows]
        )


class Carried(Struct, frozen=True):
    """What a year takes from the last one seen, arrays of one shape: the `part` of it (ρ to the power of the years
    between, 0 without such a year), the `variance` in units of s² σ², and by how much the year seen lies `apart` from
    m, both on the scale of the ratio: z − m."""

    part: Floats
    variance: Floats
    apart: Floats


def carried(
    parameters: Parameters, before: Floats, rise: Floats, gap: Floats, location: Floats, scale: Floats
) -> Carried:
    """What is carried into a year; arrays of one shape, see `Observed`; `location` is m and `scale` is s."""
    part = np.where(gap > 0, parameters.carried ** np.maximum(gap, 1), 0.0)
    reach = FARTHEST_RISE * scale
    counted = parameters.rise_effect * reach * np.tanh(rise / reach)
    apart = np.where(gap > 0, before - counted - location, 0.0)
    return Carried(part, (1 - part**2) / (1 - parameters.carried**2), apart)


def log_likelihood(parameters: Parameters, seen: Observed, location: Floats, scale: Floats) -> Floats:
    """Log of weight × likelihood of every cell of the grid for each programme, shape (programmes, cells).

    `location` (m) and `scale` (s) of shape (programmes,), so that kinds may differ.
    """
    freedom, skew = parameters.freedom, parameters.skew
    variance, level = parameters.volatility**2, parameters.level
    above, under = np.exp(-2 * skew) / freedom, np.exp(2 * skew) / freedom
    constant = lgamma((freedom + 1) / 2) - lgamma(freedom / 2) - 0.5 * log(freedom * pi)
    log_densities = np.repeat(LOG_WEIGHT[None, :], len(seen.size), axis=0)
    for year in range(seen.place.shape[1]):
        rows = np.flatnonzero(seen.weight[:, year])
        if not len(rows):
            continue
        m, s = location[rows], scale[rows]
        from_before = carried(parameters, seen.before[rows, year], seen.rise[rows, year], seen.gap[rows, year], m, s)
        moved = from_before.part * from_before.apart
        error = ((seen.place[rows, year] - m - moved) / s)[:, None] - (1 - from_before.part)[:, None] * level
        below = (error < 0).astype(np.float64)
        spread = from_before.variance[:, None] * variance + ((parameters.doubt * moved / s) ** 2)[:, None]
        np.square(error, out=error)
        error /= spread
        error *= above + (under - above) * below
        np.log1p(error, out=error)
        error *= -(freedom + 1) / 2
        error -= 0.5 * np.log(spread)
        error += 2 * skew * below
        error += (constant - skew - np.log(s))[:, None]
        error *= seen.weight[rows, year, None]
        log_densities[rows] += error
    return log_densities


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


def estimate(seen: Observed) -> Parameters:
    """The parameters at the maximum of marginal likelihood × prior.

    Steps of Berndt, Hall, Hall and Hausman (1974): the curvature is the sum of squares of what each programme
    contributes to the slope, less their mean, and the precision of the prior. Without observations it is
    `WITHOUT_HISTORY`. A step that does not improve is halved,
    one that does is doubled as long as that helps. The slopes are forward differences. It ends when a step gains less
    than `_GAIN`, or after `_MOST_STEPS`.
    """
    rows = np.flatnonzero(seen.weight.any(axis=1))
    if len(rows) > MOST_PROGRAMMES:
        rows = rows[np.linspace(0, len(rows) - 1, MOST_PROGRAMMES).astype(np.int64)]
    if not len(rows):
        return WITHOUT_HISTORY
    used = seen.of(rows)
    priors = list(PRIORS.values())
    mean, deviation = np.array([prior.mean for prior in priors]), np.array([prior.deviation for prior in priors])
    low, high = np.array([prior.low for prior in priors]), np.array([prior.high for prior in priors])

    def fitted(values: Floats) -> Floats:
        now = Parameters(*values.tolist())
        return marginal(log_likelihood(now, used, np.full(len(rows), now.location), now.scale(used.size)))

    def height(values: Floats, likelihoods: Floats) -> float:
        return float(likelihoods.sum() - 0.5 * (((values - mean) / deviation) ** 2).sum())

    values, likelihoods = mean, fitted(mean)
    best = height(values, likelihoods)
    for _step in range(_MOST_STEPS):
        nudges = np.diag(_NUDGE * deviation)
        slopes = np.stack([(fitted(values + nudge) - likelihoods) / nudge.sum() for nudge in nudges], axis=1)
        differing = slopes - slopes.mean(axis=0)
        curvature = differing.T @ differing + np.diag(deviation**-2.0)
        move = np.linalg.solve(curvature, slopes.sum(axis=0) - (values - mean) / deviation**2)
        start, origin, length, shorter = best, values, 1.0, False
        for _try in range(_MOST_TRIES):
            tried = np.clip(origin + length * move, low, high)
            likelihoods_tried = fitted(tried)
            reached = height(tried, likelihoods_tried)
            better = reached > best
            if better:
                values, likelihoods, best = tried, likelihoods_tried, reached
            if better == shorter and best > start:
                break
            shorter = not better
            length *= 0.5 if shorter else 2.0
        if best - start < _GAIN:
            break
    return Parameters(*values.tolist())
