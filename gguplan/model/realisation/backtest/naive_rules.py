"""The rules that a forecast has to beat: what anyone can work out without a model.

Four give a number, of which the CRPS is the absolute error; `bootstrap` gives a distribution, that of all ratios in
the history. They see the same history as the model.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from gguplan.model.realisation.history_arrays import Floats, History
from gguplan.money import Integers

POINT_RULES: Final = ("ratio_1", "last_year", "own_mean", "pooled_mean")
RULES: Final = (*POINT_RULES, "bootstrap")


def point_rules(history: History, programmes: Integers, year: int) -> dict[str, Floats]:
    """The ratio that each rule expects of `programmes` (indices, each with a year of history at least).

    `last_year` is the year nearest to `year`, the one before it where two are as near.
    """
    table = history.table(history.ratio)[programmes]
    away = np.abs(history.years - year) + 0.25 * (history.years > year)
    nearest = np.where(np.isnan(table), np.inf, away).argmin(axis=1)
    count = len(programmes)
    return {
        "ratio_1": np.ones(count),
        "last_year": table[np.arange(count), nearest],
        "own_mean": np.nanmean(table, axis=1),
        "pooled_mean": np.full(count, history.ratio.mean()),
    }


def crps_of_shared_sample(sample: Floats, actual: Floats) -> Floats:
    """CRPS of one sample of equally likely values against many figures, shape (figures,); exact, by running sums."""
    values = np.sort(sample)
    count = len(values)
    below = np.searchsorted(values, actual, side="right")
    sums = np.concatenate([[0.0], np.cumsum(values)])
    distance = actual * (2 * below - count) - 2 * sums[below] + sums[-1]
    weights = (2 * np.arange(1, count + 1) - count - 1) / count**2
    score: Floats = distance / count - float(values @ weights)
    return score
