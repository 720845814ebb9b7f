"""The distribution of a programme's ratio: a mixture over the grid of levels and volatilities that `fit` sums over.

In units of s around m + what is carried, a cell has the median (1 − ρ) × level and the spread √(variance × σ² + q²),
with q = κ ρ |z − m| ÷ s. q differs from programme to programme, so the cells are tabulated for a few values of it, and
a programme lies on the line between two of these.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np
from msgspec import Struct
from scipy.special import stdtr

from gguplan.model.realisation.fit import Carried, Parameters
from gguplan.model.realisation.history_arrays import Floats
from gguplan.money import Integers

POINTS: Final[Floats] = 0.1 * np.sinh(np.linspace(-1, 1, 241) * np.arcsinh(800.0))
"""Standardised points at which distributions are tabulated: dense around 0, out to ±80."""

DOUBTS: Final[Floats] = np.array([0, 0.3, 0.6, 1, 1.6, 2.5, 4, 7, 12, 25, 60])
"""The values of q for which the cells are tabulated."""

_STUDENT: Final[Floats] = np.sinh(np.linspace(-9, 9, 1_201))


class Outlook(Struct, frozen=True):
    """What is expected of programmes in a year before their own level counts, arrays of shape (programmes,): the
    `middle` on the scale of the ratio, s as `scale`, and the `part` carried, the `variance` and q (`doubt`)."""

    middle: Floats
    scale: Floats
    part: Floats
    variance: Floats
    doubt: Floats


def outlook(parameters: Parameters, from_before: Carried, location: Floats, scale: Floats) -> Outlook:
    """The outlook of programmes with m `location` and s `scale`."""
    moved = from_before.part * from_before.apart
    doubt = np.minimum(parameters.doubt * np.abs(moved) / scale, DOUBTS[-1])
    return Outlook(location + moved, scale, from_before.part, from_before.variance, doubt)


def chances(parameters: Parameters, weights: Floats, ahead: Outlook) -> Floats:
    """The chance of lying below each of `POINTS`, in units of s around the middle; shape (programmes, points).

    `weights` of the cells, shape (programmes, cells).
    """
    mixed = np.empty((len(weights), len(POINTS)))
    bracket = np.clip(np.searchsorted(DOUBTS, ahead.doubt, side="right") - 1, 0, len(DOUBTS) - 2)
    between = (ahead.doubt - DOUBTS[bracket]) / np.diff(DOUBTS)[bracket]
    keys = np.stack([ahead.part, ahead.variance, bracket.astype(np.float64)], axis=1)
    groups, member = np.unique(keys, axis=0, return_inverse=True)
    for number, (part, variance, place) in enumerate(groups.tolist()):
        rows = np.flatnonzero(member.ravel() == number)
        lower = weights[rows] @ cell_distributions(parameters, part, variance, float(DOUBTS[int(place)]))
        if between[rows].any():
            upper = weights[rows] @ cell_distributions(parameters, part, variance, float(DOUBTS[int(place) + 1]))
            lower += between[rows, None] * (upper - lower)
        mixed[rows] = lower
    return mixed


@lru_cache(maxsize=64)
def cell_distributions(parameters: Parameters, part: float, variance: float, doubt: float) -> Floats:
    """The chance of lying below each of `POINTS` in each cell; shape (cells, points)."""
    spread = np.sqrt(variance * parameters.volatility**2 + doubt**2)[:, None]
    standard = (POINTS - (1 - part) * parameters.level[:, None]) / spread
    standard *= np.where(standard > 0, np.exp(-parameters.skew), np.exp(parameters.skew))
    below: Floats = np.interp(standard, _STUDENT, _below(parameters.freedom))
    below.flags.writeable = False
    return below


@lru_cache(maxsize=16)
def _below(freedom: float) -> Floats:
    """The chances of lying below each of `_STUDENT`."""
    chance: Floats = np.asarray(stdtr(freedom, _STUDENT), dtype=np.float64)
    chance.flags.writeable = False
    return chance


def values_in_cells(parameters: Parameters, ahead: Outlook, row: int, cells: Integers, deviation: Floats) -> Floats:
    """Where deviations of the model (Student-t, without skew) lie in cells of one programme, in units of s around its
    middle; all of shape (draws,)."""
    spread = np.sqrt(ahead.variance[row] * parameters.volatility**2 + ahead.doubt[row] ** 2)
    skewed = deviation * np.where(deviation > 0, np.exp(parameters.skew), np.exp(-parameters.skew))
    values: Floats = (1 - ahead.part[row]) * parameters.level[cells] + spread[cells] * skewed
    return values
