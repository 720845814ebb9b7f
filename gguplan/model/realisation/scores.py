"""How good a forecast was, now that the figure is there.

CRPS: ∫ (F(x) − 1[x ≥ y])² dx, in the unit of the forecast; for a single number it is the absolute error (Matheson
and Winkler 1976; Gneiting and Raftery 2007). Smaller is better, and only an honest distribution is best on average.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gguplan.model.realisation.forecast import node_chances, node_quantiles
from gguplan.model.realisation.history_arrays import Floats


def crps_of_nodes(ratio: Floats, chance: Floats, actual: Floats) -> Floats:
    """Exact for distributions given as nodes of shape (programmes, nodes); `actual` (programmes,)."""
    at = node_chances(ratio, chance, actual)
    inside = np.clip(ratio, None, actual[:, None])
    beyond = np.clip(ratio, actual[:, None], None)
    below = np.where(ratio <= actual[:, None], chance, at[:, None])
    above = np.where(ratio >= actual[:, None], chance, at[:, None])
    score = _squares(inside, below) + _squares(beyond, 1 - above)
    score += np.maximum(actual - ratio[:, -1], 0) + np.maximum(ratio[:, 0] - actual, 0)
    return score


def crps_of_sample(sample: Floats, actual: Floats) -> Floats:
    """Exact for equally likely values: `sample` of shape (rows, values), `actual` (rows,).

    E|X − y| − E|X − X'| ÷ 2, the second term from the sorted values.
    """
    values = np.sort(sample, axis=1)
    count = values.shape[1]
    weights = (2 * np.arange(1, count + 1) - count - 1) / count**2
    score: Floats = np.abs(values - actual[:, None]).mean(axis=1) - values @ weights
    return score


def pinball(quantiles: Floats, chances: Floats, actual: Floats) -> Floats:
    """(y − q)(p − 1[y < q]) for each quantile: shape (rows, chances) from the same, `actual` (rows,)."""
    difference = actual[:, None] - quantiles
    loss: Floats = np.maximum(chances * difference, (chances - 1) * difference)
    return loss


def pit_of_nodes(ratio: Floats, chance: Floats, actual: Floats) -> Floats:
    """The chance of less, and half of that of exactly this: uniform from 0 to 1 when forecasts are honest."""
    just_below = node_chances(ratio, chance, np.nextafter(actual, -np.inf))
    place: Floats = (node_chances(ratio, chance, actual) + just_below) / 2
    return place


def covered(ratio: Floats, chance: Floats, actual: Floats, sure: float) -> tuple[NDArray[np.bool_], Floats]:
    """Whether the central interval holds the figure, and how wide it is; both of shape (programmes,)."""
    ends = node_quantiles(ratio, chance, np.array([(1 - sure) / 2, (1 + sure) / 2]))
    return (ends[:, 0] <= actual) & (actual <= ends[:, 1]), ends[:, 1] - ends[:, 0]


def _squares(x: Floats, height: Floats) -> Floats:
    """The area under the square of lines through (x, height), along each row."""
    left, right = height[:, :-1], height[:, 1:]
    area: Floats = (np.diff(x, axis=1) * (left * left + left * right + right * right)).sum(axis=1) / 3
    return area
