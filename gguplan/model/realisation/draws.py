"""Draws from a forecast that repeat: each programme its own stream, the year one that all share.

A programme's normal score is loading × year + √(1 − loading²) × its own, and its ratio the quantile at that score (a
one-factor Gaussian copula), so the year moves all programmes together while each keeps exactly its own distribution.
A score is looked up in 4,096 steps of 1/409.6 standard deviation from −5 to 5; what lies outside counts as ±5.

The stream of a programme follows from the seed and its name alone. So draws do not depend on which other programmes
are in the run, nor on the size of the blocks, and a baseline and a scenario share them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
from scipy.special import ndtr

from gguplan.model.randomness import stream
from gguplan.model.realisation.forecast import Forecast
from gguplan.model.realisation.history_arrays import MOST_CENTS, Floats
from gguplan.money import Integers

_STEPS: Final = 4_096
_REACH: Final = 5.0
_PER_UNIT: Final = _STEPS / (2 * _REACH)
_CHANCES: Final[Floats] = ndtr((np.arange(_STEPS) + 0.5) / _PER_UNIT - _REACH)
BLOCK: Final = 16_384
_MOST_CELLS: Final = 1 << 24
"""Programmes × draws in a block: of very many programmes the blocks are smaller."""


def draw_blocks(forecast: Forecast, draws: int, seed: int, block: int = BLOCK) -> Iterator[Floats]:
    """Ratios in blocks of at most `block` draws, each of shape (draws, programmes)."""
    tables = _ratio_tables(forecast)
    for places in _places(forecast, draws, seed, block):
        rows = np.empty(places.shape)
        for one, table in enumerate(tables):
            table.take(places[one], out=rows[one], mode="clip")
        yield rows.T


def draw(forecast: Forecast, draws: int, seed: int) -> Floats:
    """All ratios at once, shape (draws, programmes): for as many as fit in memory."""
    return np.concatenate([np.empty((0, len(forecast.names))), *draw_blocks(forecast, draws, seed)])


def draw_totals(forecast: Forecast, draws: int, seed: int, block: int = BLOCK) -> Integers:
    """What is realised in all in each draw, int64 cents of shape (draws,); never holds more than a block of ratios.

    Each programme is rounded to the cent before they are summed, and counts at most `MOST_CENTS`.
    """
    amounts = [np.rint(np.clip(one, -MOST_CENTS, MOST_CENTS)).astype(np.int64) for one in _scaled_tables(forecast)]
    totals = np.zeros(draws, dtype=np.int64)
    buffer = np.empty(block, dtype=np.int64)
    start = 0
    for places in _places(forecast, draws, seed, block):
        size = places.shape[1]
        part = totals[start : start + size]
        for one, table in enumerate(amounts):
            table.take(places[one], out=buffer[:size], mode="clip")
            part += buffer[:size]
        start += size
    return totals


def _places(forecast: Forecast, draws: int, seed: int, block: int) -> Iterator[Integers]:
    """Where to look in the tables, shape (programmes, draws in the block). The array is used again."""
    year = stream(seed, f"realisation of the year {forecast.year}")
    block = min(block, max(1, _MOST_CELLS // max(1, len(forecast.names))))
    own = [stream(seed, f"realisation of {name} in {forecast.year}") for name in forecast.names]
    apart = np.sqrt(1 - forecast.loading**2) * _PER_UNIT
    scores, places = np.empty(block), np.empty((len(own), block), dtype=np.int64)
    for start in range(0, draws, block):
        size = min(block, draws - start)
        shared = year.standard_normal(size) * (forecast.loading * _PER_UNIT) + _STEPS / 2
        now = scores[:size]
        for row, generator in zip(places, own, strict=True):
            generator.standard_normal(out=now)
            np.multiply(now, apart, out=now)
            np.add(now, shared, out=now)
            row[:size] = now
        yield places[:, :size]


def ratios_at(forecast: Forecast, row: int, scores: Floats) -> Floats:
    """The ratios of one programme at normal scores, of their shape: the tables that draws are taken from."""
    table: Floats = np.interp(_CHANCES, forecast.chance[row], forecast.ratio[row])
    places = (scores * _PER_UNIT + _STEPS / 2).astype(np.int64)
    return table.take(places, mode="clip")


def _ratio_tables(forecast: Forecast) -> list[Floats]:
    return [np.interp(_CHANCES, *nodes) for nodes in zip(forecast.chance, forecast.ratio, strict=True)]


def _scaled_tables(forecast: Forecast) -> list[Floats]:
    budgets = forecast.budgets.tolist()
    return [table * budget for table, budget in zip(_ratio_tables(forecast), budgets, strict=True)]
