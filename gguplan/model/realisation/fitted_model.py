"""What programmes will realise of their budgets: fitted to one to five years of history, as whole distributions.

`fit` estimates what programmes have in common (`fit`, `kinds`) and how much a year moves all of them; `predict` gives
each programme the mixture over the grid that its own years make likely, moved by what the last year carries into the
year asked. It is a predictive distribution: own level, own volatility, heavy tail, atoms at 0 and 1, the shared year
and the uncertainty of what is pooled are in its width. docs/forecast.md has the formulas and the measured scores."""

from __future__ import annotations

from typing import Final

import numpy as np
from msgspec import Struct
from scipy.special import ndtr, ndtri

from gguplan.model.realisation.fit import (
    LOG_WEIGHT,
    PRESUMED_FROM,
    Observed,
    Parameters,
    carried,
    estimate,
    log_likelihood,
    posterior,
)
from gguplan.model.realisation.forecast import Forecast, compose
from gguplan.model.realisation.history_arrays import Floats, History
from gguplan.model.realisation.kinds import HOLDS_PRIOR, Atoms, estimate_atoms, kind_offsets
from gguplan.model.realisation.levels import Levels, Positions
from gguplan.model.realisation.mixture import POINTS, cell_distributions, outlook
from gguplan.model.realisation.prices import UNCHANGED, PriceRises
from gguplan.model.realisation.ratio_scale import EDGE, to_ratio, to_scale
from gguplan.model.realisation.zeros import AfterZero, after_zero
from gguplan.money import Integers

MEMORY: Final = 0.8
"""What a year of history weighs against the one after it, in what it says of a programme's level."""

YEAR_EFFECT_PRIOR: Final = (0.04, 3.0)
"""Presumed share of the variance that all programmes of a year have in common, and its worth in years."""

EXACT: Final = 1e-5
"""A ratio this close to 1 is exactly 1."""

LEAST: Final = -1.0
MOST: Final = 5.0
"""What lies further is put here, unless half as much was seen: a tail that no history shows would move the means."""

_FARTHEST_BEFORE: Final = float(np.log(EDGE))
_FARTHEST_RISE: Final = 1.5
_FARTHEST_SIZE: Final = 6.0
_ROWS_IN_A_BLOCK: Final = 2_000


class Upcoming(Struct, frozen=True):
    """Programmes to forecast. `own` is the index of each in the history's `names`, −1 for a new one; `budgets` are
    net, in cents, shape (programmes,). A kind that the history does not know gets what all programmes have."""

    names: tuple[str, ...]
    kinds: tuple[str, ...]
    budgets: Integers
    own: Integers


class RealisationModel(Struct, frozen=True):
    """What was learnt from a history, and at which `prices`. `year_share` is the part of the variance that a year's
    programmes share; `location` and `log_scale` are the offsets of the kinds, the last of a kind that is not there;
    `holds` is the chance that a ceiling holds when more is wanted; `middle` the log of the middle budget in cents of
    the first year."""

    history: History
    prices: PriceRises
    parameters: Parameters
    location: Floats
    log_scale: Floats
    atoms: Atoms
    zeros: AfterZero
    holds: float
    year_share: float
    middle: float


def fit(history: History, prices: PriceRises = UNCHANGED) -> RealisationModel:
    """Learn from a history; an empty one gives the stated priors. `prices` make its budgets comparable, also with those
    of the years ahead."""
    _place, budget, _category = _tables(history, prices)
    middle = float(np.nanmedian(budget)) if len(history.budget) else 0.0
    seen, category = _observed(history, prices, middle)
    parameters = estimate(seen)
    kinds = len(history.kinds)
    location, log_scale = kind_offsets(parameters, seen, history.kind, kinds)
    counts = np.stack([(category == number).sum(axis=1) for number in range(3)], axis=1).astype(np.float64)
    atoms = estimate_atoms(counts, history.kind, history.kinds)
    of_kind = _of_kind(parameters, location, log_scale, history.kind, seen.size)
    share = _year_share(parameters, seen, *of_kind)
    held, passed = _ceiling_counts(history)
    holds = (HOLDS_PRIOR[0] + held.sum()) / (sum(HOLDS_PRIOR) + held.sum() + passed.sum())
    return RealisationModel(
        history, prices, parameters, location, log_scale, atoms, after_zero(history), float(holds), share, middle
    )


def predict(model: RealisationModel, upcoming: Upcoming, year: int) -> Forecast:
    """The distributions of the ratios in `year`, after the history or a year left out within it.

    The further away the last year of history lies, the less of it is carried: with each year ahead a programme's
    forecast returns towards its own level, and widens. Of the level the latest years say most.
    """
    given = _given(model, upcoming, year)
    levels = Levels(model.parameters, _positions(model, given))
    ratio, chance = _continuous(model, levels)
    atoms = model.atoms.chances(given.kind, given.counts)
    history, own = model.history, given.own
    held, passed = (np.append(counts, 0.0)[own] for counts in _ceiling_counts(history))
    ceiling = np.array([kind == "ceiling" for kind in upcoming.kinds], dtype=np.bool_)
    holds = np.where(ceiling, (3 * model.holds + held) / (3 + held + passed), 0.0)
    zero = model.zeros.chances(own, year, atoms[:, 0])
    exact = atoms[:, 1] * np.divide(1 - zero, 1 - atoms[:, 0], out=np.zeros(len(zero)), where=atoms[:, 0] < 1)
    ratio, chance = compose(ratio, chance, zero, exact, holds)
    loading = float(np.sqrt(_shared(model) / _inflation(model)))
    return Forecast(
        upcoming.names,
        upcoming.kinds,
        year,
        upcoming.budgets,
        ratio,
        chance,
        zero,
        exact,
        min(loading, 0.95),
        given.own_years,
        levels,
        len(model.history.years),
    )


class _Given(Struct, frozen=True):
    """What is known of programmes to forecast: the index of each in the history (that of an empty row for a new one)
    and in its kinds, what was seen, how often 0, 1 and another ratio was, m and s (see `fit`), and of the last year
    seen before the year asked its y, the rise of the budget since, and how many years ago."""

    own: Integers
    kind: Integers
    seen: Observed
    counts: Floats
    location: Floats
    scale: Floats
    own_years: Integers
    before: Floats
    rise: Floats
    gap: Floats


def _given(model: RealisationModel, upcoming: Upcoming, year: int) -> _Given:
    history, prices = model.history, model.prices
    kind_place = {kind: place for place, kind in enumerate(history.kinds)}
    kind = np.array([kind_place.get(name, len(kind_place)) for name in upcoming.kinds], dtype=np.int64)
    own = np.where(upcoming.own >= 0, upcoming.own, len(history.names))
    budget = np.log(np.maximum(upcoming.budgets, 1)) - prices.log_levels(np.array([year]), _first_year(history))
    size = np.clip(budget - model.middle, -_FARTHEST_SIZE, _FARTHEST_SIZE)
    away = np.abs(history.years - year)
    discount = MEMORY ** (away - away.min(initial=np.iinfo(np.int64).max)).astype(np.float64)
    place, past, category = (_with_empty_row(table)[own] for table in _tables(history, prices))
    years_seen = ~np.isnan(place)
    weight = np.where(years_seen & (category == 2), discount, 0.0)
    chained = _chained(place, past, history.years)
    seen = Observed(np.nan_to_num(place), *chained, weight, size)
    counts = np.stack([((category == number) * discount).sum(axis=1) for number in range(3)], axis=1)
    location, scale = _of_kind(model.parameters, model.location, model.log_scale, kind, size)
    # The year asked is one more year of the chain, in the prices of the first year of the history.
    until = history.years < year
    budget_asked = np.where(upcoming.budgets > 0, budget, np.nan)[:, None]
    longer = np.hstack([place[:, until], np.zeros((len(own), 1))])
    before, rise, gap = _chained(
        longer, np.hstack([past[:, until], budget_asked]), np.append(history.years[until], year)
    )
    years = years_seen.sum(axis=1)
    return _Given(own, kind, seen, counts, location, scale, years, before[:, -1], rise[:, -1], gap[:, -1])


def _positions(model: RealisationModel, given: _Given) -> Positions:
    weights = np.empty((len(given.own), len(LOG_WEIGHT)))
    for start in range(0, len(weights), _ROWS_IN_A_BLOCK):
        rows = np.arange(start, min(start + _ROWS_IN_A_BLOCK, len(weights)))
        cells = log_likelihood(model.parameters, given.seen.of(rows), given.location[rows], given.scale[rows])
        weights[rows] = posterior(cells)
    from_before = carried(model.parameters, given.before, given.rise, given.gap, given.location, given.scale)
    return Positions(weights, outlook(model.parameters, from_before, given.location, given.scale))


def _continuous(model: RealisationModel, levels: Levels) -> tuple[Floats, Floats]:
    ahead = levels.positions.ahead
    ratio = np.clip(to_ratio(ahead.middle[:, None] + ahead.scale[:, None] * POINTS), *_reach(model.history))
    below = np.clip(levels.below, 1e-12, 1 - 1e-12)
    chance: Floats = ndtr(ndtri(below) / np.sqrt(_inflation(model)))
    return ratio, np.maximum.accumulate(chance, axis=1)


def _reach(history: History) -> tuple[float, float]:
    """The least and the largest ratio that a forecast gives a chance: from −1 to 5, or twice the largest seen."""
    ratio = history.ratio
    return min(LEAST, 2 * float(ratio.min(initial=0.0))), max(MOST, 2 * float(ratio.max(initial=0.0)))


def _inflation(model: RealisationModel) -> float:
    """By how much the variance grows for what a short history cannot show: the year effect, which one year hides
    altogether, and the error of the pooled parameters."""
    programmes = len(np.unique(model.history.programme)) or PRESUMED_FROM
    return 1 + 2 * model.year_share / max(1, len(model.history.years)) + 1 / programmes


def _shared(model: RealisationModel) -> float:
    """The variance that all programmes of the coming year share: its year effect, and that of the years the pooled
    level was learnt from."""
    return model.year_share * (1 + 1 / max(1, len(model.history.years)))


def _year_share(parameters: Parameters, seen: Observed, location: Floats, scale: Floats) -> float:
    """The variance between years of the mean normal score, less what chance makes of it, as a share of the variance
    within programmes, pooled with the prior."""
    known = np.where(seen.weight > 0, 1.0, np.nan)
    here = known[:, np.sum(~np.isnan(known), axis=0) > 0]
    prior, worth = YEAR_EFFECT_PRIOR
    if here.shape[1] < 2:
        return prior
    m, s = location[:, None], scale[:, None]
    from_before = carried(parameters, seen.before, seen.rise, seen.gap, m, s)
    moved = from_before.part * from_before.apart
    spread = np.sqrt(from_before.variance + (parameters.doubt * moved / s) ** 2)
    standard = (seen.place - m - moved) / s / spread * known
    below = np.exp(LOG_WEIGHT) @ cell_distributions(parameters, parameters.carried, 1.0, 0.0)
    score = ndtri(np.clip(np.interp(standard, POINTS, below), 1e-3, 1 - 1e-3))
    repeated = np.sum(~np.isnan(score), axis=1) > 1
    score = score[repeated]
    counts = np.sum(~np.isnan(score), axis=0)
    if not len(score) or (counts == 0).any():
        return prior
    score = score - np.nanmean(score, axis=1)[:, None]
    years = len(counts)
    means = np.nanmean(score, axis=0)
    within = float(np.nanmean(score**2)) * years / (years - 1)
    between = float((means**2).sum()) / (years - 1) - within * float(np.mean(1 / counts)) * (years - 1) / years
    share = max(0.0, between) / max(within, 1e-9)
    pooled = (worth * prior + (years - 1) * share) / (worth + years - 1)
    return float(np.clip(pooled, 0.005, 0.5))


def _of_kind(
    parameters: Parameters, location: Floats, log_scale: Floats, kind: Integers, size: Floats
) -> tuple[Floats, Floats]:
    return parameters.location + location[kind], parameters.scale(size) * np.exp(log_scale[kind])


def _first_year(history: History) -> int:
    return int(history.years[0]) if len(history.years) else 0


def _tables(history: History, prices: PriceRises) -> tuple[Floats, Floats, Floats]:
    """Programmes × years: the ratio on its scale, the log budget in the prices of the first year, and 0, 1 or 2 for a
    ratio of 0, of 1, another."""
    ratio = history.ratio
    category = np.where(history.realised == 0, 0.0, np.where(np.abs(ratio - 1) <= EXACT, 1.0, 2.0))
    levels = prices.log_levels(history.year, _first_year(history))
    return history.table(to_scale(ratio)), history.table(np.log(history.budget) - levels), history.table(category)


def _chained(place: Floats, budget: Floats, years: Integers) -> tuple[Floats, Floats, Floats]:
    """What the last year seen before each says of it, as `Observed` has it: its y, the rise of the budget since, and
    how many years ago it was; three arrays of shape (programmes, years). A ratio of 0 or less says nothing of the
    next."""
    before, rise, gap = np.zeros(place.shape), np.zeros(place.shape), np.zeros(place.shape)
    last = np.full(len(place), -1)
    nothing = float(to_scale(np.zeros(1))[0])
    for year in range(place.shape[1]):
        rows = np.flatnonzero((last >= 0) & ~np.isnan(budget[:, year]))
        latest = last[rows]
        before[rows, year] = np.clip(place[rows, latest], -_FARTHEST_BEFORE, _FARTHEST_BEFORE)
        rise[rows, year] = np.clip(budget[rows, year] - budget[rows, latest], -_FARTHEST_RISE, _FARTHEST_RISE)
        gap[rows, year] = years[year] - years[latest]
        seen = ~np.isnan(place[:, year])
        last = np.where(seen, np.where(np.nan_to_num(place[:, year]) > nothing, year, -1), last)
    return before, rise, gap


def _observed(history: History, prices: PriceRises, middle: float) -> tuple[Observed, Floats]:
    """What the parameters are fitted to, and 0, 1 or 2 for each ratio. A programme's size is that of its last year."""
    place, budget, category = _tables(history, prices)
    if not place.size:
        empty = np.zeros((len(place), 0))
        return Observed(empty, empty, empty, empty, empty, np.zeros(len(place))), empty
    seen = ~np.isnan(place)
    rows = np.arange(len(place))
    last = seen.shape[1] - 1 - np.argmax(seen[:, ::-1], axis=1)
    size = np.where(seen.any(axis=1), np.nan_to_num(budget[rows, last]) - middle, 0.0)
    size = np.clip(size, -_FARTHEST_SIZE, _FARTHEST_SIZE)
    chained = _chained(place, budget, history.years)
    return Observed(np.nan_to_num(place), *chained, np.where(category == 2, 1.0, 0.0), size), category


def _ceiling_counts(history: History) -> tuple[Floats, Floats]:
    """How often a ceiling was just reached, and how often passed, by each programme; 0 without a ceiling."""
    ceiling = np.array([kind == "ceiling" for kind in history.kinds], dtype=np.bool_)
    of_ceiling = ceiling[history.kind[history.programme]] if len(history.kinds) else np.zeros(0, dtype=np.bool_)
    count = len(history.names)
    exact = of_ceiling & (np.abs(history.ratio - 1) <= EXACT)
    passed = of_ceiling & (history.ratio > 1 + EXACT)
    held = np.bincount(history.programme[exact], minlength=count).astype(np.float64)
    return held, np.bincount(history.programme[passed], minlength=count).astype(np.float64)


def _with_empty_row(table: Floats) -> Floats:
    return np.vstack([table, np.full((1, table.shape[1]), np.nan)])
