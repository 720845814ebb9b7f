"""Draws from forecasts that repeat: each programme its own streams, the years ones that all share.

A programme's normal score in a year is loading × the year's + √(1 − loading²) × its own (a one-factor Gaussian copula),
so the year moves all programmes together while each keeps its own distribution; `correlated_years` has what the years
share. Of n draws the ratios are the quantiles of the forecast at (k + ½) ÷ n, each once, in the order of the scores: so
what a programme is drawn is what is forecast of it, whatever the seed, and only what programmes and years have to do
with each other is left to chance (Iman and Conover 1982, "A distribution-free approach to inducing rank correlation").

The streams follow from the seed and the names alone. So draws do not depend on which other programmes or later years
are drawn, and a baseline and a scenario share them.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from gguplan.model.realisation.correlated_years import own_scores, shared_scores
from gguplan.model.realisation.forecast import Forecast
from gguplan.model.realisation.history_arrays import Floats
from gguplan.money import Integers


def shared_of(forecasts: Sequence[Forecast | None], years: Sequence[int], draws: int, seed: int) -> Floats:
    """The scores that all programmes share in each year, shape (years, draws); None where nothing is forecast."""
    learnt = [0 if forecast is None else forecast.learnt for forecast in forecasts]
    return shared_scores(years, learnt, draws, seed)


def draw_years(
    name: str,
    forecasts: Sequence[Forecast | None],
    years: Sequence[int],
    rows: Sequence[int],
    shared: Floats,
    seed: int,
) -> Floats:
    """The ratios of one programme in each draw of the `shared` scores of the years, shape (years, draws).

    It stands at `rows` of the forecasts; −1 where nothing is forecast of it, and its ratios are 0.
    """
    ratios = np.zeros(shared.shape)
    if all(row < 0 for row in rows):
        return ratios
    levels = [None if forecast is None else forecast.levels for forecast in forecasts]
    own = own_scores(name, years, levels, rows, shared.shape[1], seed)
    for place, (forecast, row) in enumerate(zip(forecasts, rows, strict=True)):
        if forecast is not None and row >= 0:
            scores = forecast.loading * shared[place] + np.sqrt(1 - forecast.loading**2) * own[place]
            ratios[place] = ratios_at(forecast, row, scores)
    return ratios


def ratios_at(forecast: Forecast, row: int, scores: Floats) -> Floats:
    """The quantiles of one programme in the order of normal scores, of their shape (draws,)."""
    chances = (np.arange(len(scores)) + 0.5) / len(scores)
    ratios = np.empty(len(scores))
    ratios[_order_of(scores)] = np.interp(chances, forecast.chance[row], forecast.ratio[row])
    return ratios


def _order_of(scores: Floats) -> Integers:
    """The draws by their scores, and by their number where these are equal. Equal scores are next to never there, and
    a sort that need not mind them takes a fraction of the time."""
    order = np.argsort(scores)
    ordered = scores[order]
    return np.argsort(scores, kind="stable") if (ordered[1:] == ordered[:-1]).any() else order


def draw(forecast: Forecast, draws: int, seed: int) -> Floats:
    """The ratios of all programmes in one year, shape (draws, programmes): for as many as fit in memory."""
    shared = shared_of([forecast], [forecast.year], draws, seed)
    ratios = np.empty((len(forecast.names), draws))
    for row, name in enumerate(forecast.names):
        ratios[row] = draw_years(name, [forecast], [forecast.year], [row], shared, seed)[0]
    return ratios.T
