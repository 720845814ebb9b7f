"""What the backtest says: means with their standard errors, and every place where a naive rule wins.

Rows are not independent: a year moves all programmes, and a programme comes back every year. The standard error of a
difference is that with rows clustered by year or by programme, whichever is larger.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from gguplan.model.realisation.backtest.naive_rules import RULES
from gguplan.model.realisation.backtest.scores_of import PINBALL_AT, SURE, Backtest, Scores
from gguplan.model.realisation.history_arrays import Floats
from gguplan.money import Integers

CAP: Final = 1.0
"""A capped score counts at most so much a row, so that a few lines that were overspent many times do not decide."""

_BINS: Final = 10
_FEWEST_ROWS: Final = 10


class Line(Struct, frozen=True):
    """One line of the table. `what` says which rows: a total or programmes, and of which part.

    `crps`, `capped`, `bias` and `pinball` (at `PINBALL_AT`) are means by forecaster, the model or a rule; `covered`,
    `width` and `plain_covered` (the bootstrap's) at `SURE`; `histogram` counts the PIT in ten equal bins.
    """

    what: str
    part: str
    rows: int
    crps: dict[str, float]
    capped: dict[str, float]
    bias: dict[str, float]
    pinball: dict[str, tuple[float, ...]]
    covered: tuple[float, ...]
    width: tuple[float, ...]
    plain_covered: tuple[float, ...]
    histogram: tuple[int, ...]


class Difference(Struct, frozen=True):
    """Mean CRPS of the model less that of a rule, with its standard error: below 0 the model is better.

    With rows of one year only (`years` is 1) the error leaves out that a year moves them together.
    """

    what: str
    part: str
    rule: str
    capped: bool
    difference: float
    error: float
    years: int

    @property
    def naive_wins(self) -> bool:
        """True where the rule has the lower mean, also where that may be chance."""
        return self.difference > 0


def table(backtest: Backtest) -> tuple[Line, ...]:
    """A line for all rows, and one for each part of them."""
    return tuple(
        _line(what, part, scores, rows)
        for what, scores in _whats(backtest)
        for part, rows in _parts(backtest, what, scores)
    )


def differences(backtest: Backtest) -> tuple[Difference, ...]:
    """The model against every rule, in all parts, plain and (for programmes) capped."""
    return tuple(
        _difference(what, part, scores, rows, rule, capped)
        for what, scores in _whats(backtest)
        for part, rows in _parts(backtest, what, scores)
        for rule in RULES
        for capped in ((False, True) if what == "programmes" else (False,))
    )


def verdict(backtest: Backtest) -> tuple[Difference, ...]:
    """Every place where a naive rule wins, the clearest first. Empty: none does."""
    wins = [difference for difference in differences(backtest) if difference.naive_wins]
    return tuple(sorted(wins, key=lambda difference: -difference.difference / max(difference.error, 1e-12)))


def clustered_error(values: Floats, clusters: Integers) -> float:
    """The standard error of the mean of `values` when those of a cluster belong together; NaN-free, 0 for one."""
    _names, place = np.unique(clusters, return_inverse=True)
    count = int(place.max()) + 1 if len(place) else 0
    if count < 2:
        return float(values.std() / np.sqrt(max(1, len(values))))
    sums = np.bincount(place, weights=values - values.mean(), minlength=count)
    return float(np.sqrt((sums**2).sum() * count / (count - 1)) / len(values))


def _whats(backtest: Backtest) -> tuple[tuple[str, Scores], ...]:
    return ("programmes", backtest.programmes), ("total", backtest.totals), ("mean_ratio", backtest.mean_ratios)


def _parts(backtest: Backtest, what: str, scores: Scores) -> list[tuple[str, NDArray[np.bool_]]]:
    parts = [("all", np.ones(len(scores), dtype=np.bool_))]
    parts += [(f"{length} years", scores.length == length) for length in np.unique(scores.length).tolist()]
    if what == "programmes" and len(scores):
        history = backtest.history
        third = np.searchsorted(np.quantile(backtest.budgets, [1 / 3, 2 / 3]), backtest.budgets)
        parts += [(name, third == place) for place, name in enumerate(("small", "middle", "large"))]
        kind = history.kind[scores.unit]
        several = len(history.kinds) > 1
        parts += [(name, kind == place) for place, name in enumerate(history.kinds) if several]
    return [(part, rows) for part, rows in parts if part == "all" or rows.sum() >= _FEWEST_ROWS]


def _line(what: str, part: str, scores: Scores, rows: NDArray[np.bool_]) -> Line:
    def means(values: Floats | NDArray[np.bool_]) -> tuple[float, ...]:
        return tuple(values[rows].mean(axis=0).tolist()) if rows.any() else (0.0,) * values.shape[1]

    def mean(values: Floats) -> float:
        return float(values[rows].mean()) if rows.any() else 0.0

    return Line(
        what,
        part,
        int(rows.sum()),
        {name: mean(values) for name, values in scores.crps.items()},
        {name: mean(np.minimum(values, CAP)) for name, values in scores.crps.items()},
        {name: mean(values) for name, values in scores.error.items()},
        {name: means(values) for name, values in scores.pinball.items()},
        means(scores.covered["model"]),
        means(scores.width["model"]),
        means(scores.covered["bootstrap"]),
        tuple(np.histogram(scores.place[rows], bins=_BINS, range=(0, 1))[0].tolist()),
    )


def _difference(what: str, part: str, scores: Scores, rows: NDArray[np.bool_], rule: str, capped: bool) -> Difference:
    if not rows.any():
        return Difference(what, part, rule, capped, 0.0, 0.0, 0)
    model, by_rule = scores.crps["model"][rows], scores.crps[rule][rows]
    apart = np.minimum(model, CAP) - np.minimum(by_rule, CAP) if capped else model - by_rule
    errors = [clustered_error(apart, clusters[rows]) for clusters in (scores.year, scores.unit)]
    return Difference(what, part, rule, capped, float(apart.mean()), max(errors), len(np.unique(scores.year[rows])))


__all__ = ["CAP", "PINBALL_AT", "SURE", "Difference", "Line", "clustered_error", "differences", "table", "verdict"]
