"""What programmes will realise of their budgets: fitted to one to five years of history, as whole distributions.

`fit` estimates what programmes have in common (`fit`, `kinds`) and how much a year moves all
of them; `predict` gives each programme the mixture over the grid that its own years make likely. It is a predictive
distribution: own level, own volatility, heavy tail, atoms at 0 and 1, the shared year and the uncertainty of what is
pooled are in its width. docs/forecast.md has the formulas and the measured scores.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.special import ndtr, ndtri

from gguplan.model.realisation.fit import (
    LOG_WEIGHT,
    POINTS,
    Observed,
    Parameters,
    cell_distributions,
    estimate,
    log_likelihood,
    posterior,
)
from gguplan.model.realisation.forecast import Forecast, compose
from gguplan.model.realisation.history import Floats, History
from gguplan.model.realisation.kinds import HOLDS_PRIOR, Atoms, estimate_atoms, kind_offsets
from gguplan.model.realisation.ratio_scale import to_ratio, to_scale
from gguplan.money import Integers

MEMORY: Final = 0.75
"""What a year of history weighs against the year after it: a stated value, hardly identified by short histories."""

YEAR_EFFECT_PRIOR: Final = (0.05, 3.0)
"""Presumed share of the variance that all programmes of a year have in common, and its worth in years."""

EXACT: Final = 1e-5
"""A ratio this close to 1 is exactly 1."""

LEAST: Final = -1.0
MOST: Final = 5.0
"""What lies further is put here, unless half as much was seen: a tail that no history shows would move the means."""

_FARTHEST_SHIFT: Final = 1.5
_FARTHEST_SIZE: Final = 6.0
_ROWS_IN_A_BLOCK: Final = 2_000


@dataclass(frozen=True)
class Upcoming:
    """Programmes to forecast. `own` is the index of each in the history's `names`, −1 for a new one; `budgets` are
    net, in cents, shape (programmes,). A kind that the history does not know gets what all programmes have."""

    names: tuple[str, ...]
    kinds: tuple[str, ...]
    budgets: Integers
    own: Integers


@dataclass(frozen=True)
class RealisationModel:
    """What was learnt from a history. `year_share` is the part of the variance that a year's programmes share;
    `location` and `log_scale` are the offsets of the kinds, the last of a kind that is not there; `holds` is the
    chance that a ceiling holds when more is wanted; `middle` the log of the middle budget in cents."""

    history: History
    parameters: Parameters
    location: Floats
    log_scale: Floats
    atoms: Atoms
    holds: float
    year_share: float
    middle: float


def fit(history: History) -> RealisationModel:
    """Learn from a history; an empty one gives the stated priors."""
    middle = float(np.median(np.log(history.budget))) if len(history.budget) else 0.0
    seen, category = _observed(history, middle)
    parameters = estimate(seen)
    kinds = len(history.kinds)
    location, log_scale = kind_offsets(parameters, seen, history.kind, kinds)
    counts = np.stack([(category == one).sum(axis=1) for one in range(3)], axis=1).astype(np.float64)
    atoms = estimate_atoms(counts, history.kind, history.kinds)
    of_kind = _of_kind(parameters, location, log_scale, history.kind, seen.size)
    share = _year_share(parameters, seen, *of_kind)
    held, passed = _ceiling_counts(history)
    holds = (HOLDS_PRIOR[0] + held.sum()) / (sum(HOLDS_PRIOR) + held.sum() + passed.sum())
    return RealisationModel(history, parameters, location, log_scale, atoms, float(holds), share, middle)


def predict(model: RealisationModel, upcoming: Upcoming, year: int) -> Forecast:
    """The distributions of the ratios in `year`, after the history or a year left out within it.

    The further away a year of history lies from `year`, the less it weighs, so with each year ahead a programme's
    forecast returns towards that of its kind.
    """
    given = _given(model, upcoming, year)
    ratio, chance = _continuous(model, given.seen, given.location, given.scale)
    chances = model.atoms.chances(given.kind, given.counts)
    history, own = model.history, given.own
    held, passed = (np.append(one, 0.0)[own] for one in _ceiling_counts(history))
    ceiling = np.array([one == "ceiling" for one in upcoming.kinds], dtype=np.bool_)
    holds = np.where(ceiling, (3 * model.holds + held) / (3 + held + passed), 0.0)
    zero, one = chances[:, 0], chances[:, 1]
    ratio, chance = compose(ratio, chance, zero, one, holds)
    loading = float(np.sqrt(_shared(model) / _inflation(model)))
    return Forecast(
        upcoming.names,
        upcoming.kinds,
        year,
        upcoming.budgets,
        ratio,
        chance,
        zero,
        one,
        min(loading, 0.95),
        given.own_years,
    )


def level_weights(model: RealisationModel, upcoming: Upcoming, year: int) -> Floats:
    """How likely each cell of the grid, an own level and an own volatility, is of each programme in `year`.

    Shape (programmes, cells), each row summing to 1: what the forecasts of several years ahead have in common.
    """
    given = _given(model, upcoming, year)
    return posterior(log_likelihood(model.parameters, given.seen, given.location, given.scale))


@dataclass(frozen=True)
class _Given:
    """What is known of programmes to forecast: the index of each in the history (that of an empty row for a new one)
    and in its kinds, what was seen, how often 0, 1 and another ratio was, and m and s; see `fit`."""

    own: Integers
    kind: Integers
    seen: Observed
    counts: Floats
    location: Floats
    scale: Floats
    own_years: Integers


def _given(model: RealisationModel, upcoming: Upcoming, year: int) -> _Given:
    history = model.history
    kind_place = {kind: place for place, kind in enumerate(history.kinds)}
    kind = np.array([kind_place.get(one, len(kind_place)) for one in upcoming.kinds], dtype=np.int64)
    own = np.where(upcoming.own >= 0, upcoming.own, len(history.names))
    budget = np.log(np.maximum(upcoming.budgets, 1))
    size = np.clip(budget - model.middle, -_FARTHEST_SIZE, _FARTHEST_SIZE)
    discount = MEMORY ** np.maximum(np.abs(history.years - year) - 1.0, 0)
    place, past, categories = (_with_empty_row(one) for one in _tables(history))
    seen_years = ~np.isnan(place[own])
    shift = np.where(seen_years, np.clip(past[own] - budget[:, None], -_FARTHEST_SHIFT, _FARTHEST_SHIFT), 0.0)
    shift[upcoming.budgets <= 0] = 0.0
    weight = np.where(seen_years & (categories[own] == 2), discount, 0.0)
    seen = Observed(np.nan_to_num(place[own]), shift, weight, size)
    counts = np.stack([((categories[own] == one) * discount).sum(axis=1) for one in range(3)], axis=1)
    location, scale = _of_kind(model.parameters, model.location, model.log_scale, kind, size)
    return _Given(own, kind, seen, counts, location, scale, seen_years.sum(axis=1))


def _continuous(model: RealisationModel, seen: Observed, location: Floats, scale: Floats) -> tuple[Floats, Floats]:
    cells = cell_distributions(model.parameters)
    ratio = np.clip(to_ratio(location[:, None] + scale[:, None] * POINTS), *_reach(model.history))
    chance = np.empty(ratio.shape)
    wider = np.sqrt(_inflation(model))
    for start in range(0, len(scale), _ROWS_IN_A_BLOCK):
        rows = np.arange(start, min(start + _ROWS_IN_A_BLOCK, len(scale)))
        weights = posterior(log_likelihood(model.parameters, seen.of(rows), location[rows], scale[rows]))
        chance[rows] = ndtr(ndtri(np.clip(weights @ cells, 1e-12, 1 - 1e-12)) / wider)
    return ratio, np.maximum.accumulate(chance, axis=1)


def _reach(history: History) -> tuple[float, float]:
    """The least and the largest ratio that a forecast gives a chance: from −1 to 5, or twice the largest seen."""
    ratio = history.ratio
    return min(LEAST, 2 * float(ratio.min(initial=0.0))), max(MOST, 2 * float(ratio.max(initial=0.0)))


def _inflation(model: RealisationModel) -> float:
    """By how much the variance grows for what a short history cannot show: the year effect, which one year hides
    altogether, and the error of the pooled parameters."""
    programmes = max(1, len(np.unique(model.history.programme)))
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
    standard = (seen.place + parameters.shift_effect * seen.shift - location[:, None]) / scale[:, None] * known
    below = np.exp(LOG_WEIGHT) @ cell_distributions(parameters)
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


def _tables(history: History) -> tuple[Floats, Floats, Floats]:
    """Programmes × years: the ratio on its scale, the log budget, and 0, 1 or 2 for a ratio of 0, of 1, another."""
    ratio = history.ratio
    category = np.where(history.realised == 0, 0.0, np.where(np.abs(ratio - 1) <= EXACT, 1.0, 2.0))
    return history.table(to_scale(ratio)), history.table(np.log(history.budget)), history.table(category)


def _observed(history: History, middle: float) -> tuple[Observed, Floats]:
    """What the parameters are fitted to, with the budget of each programme's last year as its reference."""
    place, budget, category = _tables(history)
    seen = ~np.isnan(place)
    rows = np.arange(len(place))
    any_seen = seen.any(axis=1) if seen.shape[1] else np.zeros(len(place), dtype=np.bool_)
    if not any_seen.any():
        empty = np.zeros((len(place), 0))
        return Observed(empty, empty, empty, np.zeros(len(place))), empty
    last = seen.shape[1] - 1 - np.argmax(seen[:, ::-1], axis=1)
    reference = np.where(any_seen, budget[rows, last], middle)
    shift = np.nan_to_num(np.clip(budget - reference[:, None], -_FARTHEST_SHIFT, _FARTHEST_SHIFT))
    size = np.clip(reference - middle, -_FARTHEST_SIZE, _FARTHEST_SIZE)
    return Observed(np.nan_to_num(place), shift, np.where(category == 2, 1.0, 0.0), size), category


def _ceiling_counts(history: History) -> tuple[Floats, Floats]:
    """How often a ceiling was just reached, and how often passed, by each programme; 0 without a ceiling."""
    ceiling = np.array([kind == "ceiling" for kind in history.kinds], dtype=np.bool_)
    mine = ceiling[history.kind[history.programme]] if len(history.kinds) else np.zeros(0, dtype=np.bool_)
    count = len(history.names)
    exact = mine & (np.abs(history.ratio - 1) <= EXACT)
    passed = mine & (history.ratio > 1 + EXACT)
    held = np.bincount(history.programme[exact], minlength=count).astype(np.float64)
    return held, np.bincount(history.programme[passed], minlength=count).astype(np.float64)


def _with_empty_row(table: Floats) -> Floats:
    return np.vstack([table, np.full((1, table.shape[1]), np.nan)])
