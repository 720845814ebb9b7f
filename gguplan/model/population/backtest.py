"""How far population projections were off: every origin that the years allow, against naive rules.

An origin is a year that is taken as the last known one; what a rule then says 1 to 4 years ahead is held against what
was counted. Everything is counted in the municipalities of the last year, through mergers. Standard errors are
clustered by origin: municipalities of one origin share their years, so the origins are what there is of evidence.
Origins a year apart share years too where the horizon is longer than one, so those standard errors are too small
rather than too large.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Final, Literal, assert_never, get_args

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from gguplan.model.population.history import ESTIMATED, History
from gguplan.model.population.projection import (
    FEWEST_ORIGINS,
    MOST_YEARS_AHEAD,
    SIZE_CLASSES,
    Floats,
    PastErrors,
    Rule,
    carried_on,
    fit_errors,
    lasting,
    past_errors,
    shrunk_growth,
    size_class,
    to_one,
)

LEVELS: Final = (0.5, 0.8, 0.9)
"""The chances with which an interval should hold what is counted."""
RuleName = Literal[
    "last_share",
    "linear_trend",
    "linear_trend_from_last",
    "mean_growth",
    "damped_growth",
    "regressed_growth",
    "shrunk_to_province",
    "shrunk_to_class",
    "shrunk_growth_even",
    "shrunk_growth",
]
ScoredRule = RuleName | Literal["chosen_by_the_past"]
"""Also what would have come of taking, at each origin, the rule that had been best until then."""
USED: Final[RuleName] = "shrunk_growth"
NAIVE: Final[tuple[RuleName, ...]] = ("last_share", "linear_trend")
TotalRule = Literal["mean_growth", "last_growth", "same_total"]
"""For the inhabitants of the country: the mean growth so far goes on (which is used), the last year's growth goes on,
the total stays."""
Outcome = Literal["better", "worse", "undecided"]
Mask = NDArray[np.bool_]


# --- the rules that are compared -------------------------------------------------------------------


def last_share(history: History, ahead: int) -> Floats:
    """The last share stays. A `Rule`, and naive."""
    return np.repeat(history.shares[-1:], ahead, axis=0)


def linear_trend(history: History, ahead: int) -> Floats:
    """The straight line through all shares so far, by least squares, goes on. A `Rule`, and naive."""
    middle, slope, time = _line(history)
    return to_one(np.maximum(middle + slope * (np.arange(1, ahead + 1)[:, None] - time), 1e-9))


def linear_trend_from_last(history: History, ahead: int) -> Floats:
    """The slope of that line, from the last share on. A `Rule`."""
    slope = _line(history)[1]
    return to_one(np.maximum(history.shares[-1] + slope * np.arange(1, ahead + 1)[:, None], 1e-9))


def mean_growth(history: History, ahead: int) -> Floats:
    """The mean growth of the logarithm of the share goes on whole. A `Rule`."""
    return carried_on(history.shares[-1], _growth(history).mean(axis=0), ahead)


def damped_growth(history: History, ahead: int, damping: float = 0.8) -> Floats:
    """The mean growth goes on, each year at `damping` times the pace of the year before. A `Rule`."""
    path = np.cumsum(damping ** np.arange(1, ahead + 1))[:, None] * _growth(history).mean(axis=0)
    return to_one(history.shares[-1] * np.exp(path))


def shrunk_to_class(history: History, ahead: int) -> Floats:
    """As `shrunk_growth` with all years alike, towards the growth of the size class. A `Rule`."""
    return _shrunk_to(history, ahead, size_class(history.inhabitants[-1]))


def shrunk_to_province(history: History, ahead: int) -> Floats:
    """As `shrunk_growth` with all years alike, towards the growth of the province. A `Rule`."""
    provinces = [municipality.province for municipality in history.municipalities]
    return _shrunk_to(history, ahead, np.unique(provinces, return_inverse=True)[1])


def regressed_growth(history: History, ahead: int) -> Floats:
    """The growth to come is a factor times the mean growth so far, recent years first; the factor of each horizon is
    fitted on all earlier origins (a half where there is none). A `Rule`."""
    logs = np.log(history.shares)
    last = len(logs) - 1
    paces = {row: _recent(np.diff(logs[: row + 1], axis=0)) for row in range(1, last + 1)}
    path = np.empty((ahead, logs.shape[1]))
    for horizon in range(1, ahead + 1):
        rows = range(1, last - horizon + 1)
        against = sum(float(paces[row] @ paces[row]) for row in rows)
        along = sum(float(paces[row] @ (logs[row + horizon] - logs[row])) for row in rows) / horizon
        path[horizon - 1] = horizon * (along / against if against else 0.5) * paces[last]
    return to_one(history.shares[-1] * np.exp(path))


RULES: Final[Mapping[RuleName, Rule]] = {
    "last_share": last_share,
    "linear_trend": linear_trend,
    "linear_trend_from_last": linear_trend_from_last,
    "mean_growth": mean_growth,
    "damped_growth": damped_growth,
    "regressed_growth": regressed_growth,
    "shrunk_to_province": shrunk_to_province,
    "shrunk_to_class": shrunk_to_class,
    "shrunk_growth_even": partial(shrunk_growth, half_life=np.inf),
    "shrunk_growth": shrunk_growth,
}
"""Every rule that was tried, the naive ones first; `USED` is the one that `project` uses."""


def _growth(history: History) -> Floats:
    return np.diff(np.log(history.shares), axis=0)


def _recent(growth: Floats) -> Floats:
    weights = 0.5 ** (np.arange(len(growth))[::-1] / 3.0)
    mean: Floats = weights @ growth / weights.sum()
    return mean


def _line(history: History) -> tuple[Floats, Floats, float]:
    """The middle and the slope of the line through the shares, and its middle year, counted from the last."""
    years = np.arange(len(history.years)) - (len(history.years) - 1.0)
    apart = years - years.mean()
    slope = apart @ history.shares / (apart @ apart)
    return history.shares.mean(axis=0), slope, float(years.mean())


def _shrunk_to(history: History, ahead: int, groups: NDArray[np.intp]) -> Floats:
    growth = _growth(history)
    mean = growth.mean(axis=0)
    middle = (np.bincount(groups, mean) / np.maximum(np.bincount(groups), 1))[groups]
    trust = lasting(growth, np.full(len(growth), 1 / len(growth)))
    return carried_on(history.shares[-1], middle + trust * (mean - middle), ahead)


# --- the backtest ----------------------------------------------------------------------------------


class Backtest(Struct, frozen=True):
    """The errors of every rule, and whether the intervals of the rule that is used held what was counted.

    `errors` has one `PastErrors` a rule, all with the same cases. `held` says for each of `LEVELS`, case and
    municipality whether the interval made at that origin, from errors known by then, held: 1, 0, or NaN where fewer
    than two earlier origins had an outcome; shape (levels, cases, municipalities).
    """

    errors: Mapping[RuleName, PastErrors]
    held: Floats

    @property
    def cases(self) -> PastErrors:
        """The origins, horizons and size classes, which all rules share."""
        return self.errors[USED]

    @property
    def horizons(self) -> list[int]:
        """Years ahead, from near to far."""
        return sorted(set(self.cases.horizons.tolist()))

    @property
    def scored(self) -> list[ScoredRule]:
        """Every rule that has a score."""
        return [*self.errors, "chosen_by_the_past"]

    def relative(self, rule: ScoredRule) -> Floats:
        """Projected ÷ counted − 1, in per cent; shape (cases, municipalities)."""
        if rule == "chosen_by_the_past":
            return self._chosen_by_the_past()
        return 100 * np.expm1(-self.errors[rule].errors)

    def _chosen_by_the_past(self) -> Floats:
        """At each origin the rule with the least mean error at that horizon among outcomes known by then; NaN where
        there is none. What it loses to the rule that is used is what choosing that rule in hindsight was worth."""
        origins, horizons = self.cases.origins, self.cases.horizons
        errors = np.stack([self.relative(rule) for rule in self.errors])
        means = np.abs(errors).mean(axis=2)
        known = (origins[None] + horizons[None] <= origins[:, None]) & (horizons[None] == horizons[:, None])
        scores = means @ known.T / np.maximum(known.sum(axis=1), 1)
        chosen: Floats = errors[scores.argmin(axis=0), np.arange(len(origins))]
        return np.where(known.any(axis=1)[:, None], chosen, np.nan)


class Score(Struct, frozen=True):
    """How a rule did at one horizon in one size class (None: all municipalities).

    `error` is the mean absolute relative error of the share and `bias` the mean relative error, both in per cent;
    `coverage` are the parts held by the intervals of `LEVELS`, None for a rule without intervals. Each with its
    standard error, clustered by origin. `origins` count for error and bias, `coverage_origins` for coverage.
    """

    rule: ScoredRule
    horizon: int
    size: int | None
    origins: int
    error: float
    error_se: float
    bias: float
    bias_se: float
    coverage: tuple[float, ...] | None
    coverage_se: tuple[float, ...] | None
    coverage_origins: int


class Comparison(Struct, frozen=True):
    """The rule that is used beside another, origin by origin: its error minus the other's, in per cent points.

    `outcome` is decided where the difference is further from 0 than Student's t allows at 95 % confidence with one
    degree of freedom fewer than there are origins.
    """

    rule: ScoredRule
    horizon: int
    size: int | None
    origins: int
    difference: float
    standard_error: float
    outcome: Outcome


def backtest(history: History, rules: Mapping[RuleName, Rule] = RULES, ahead: int = MOST_YEARS_AHEAD) -> Backtest:
    """Apply every rule at every origin. `rules` must hold `USED`. Raises ValueError when there are too few years."""
    errors = {name: past_errors(history, ahead, rule) for name, rule in rules.items()}
    return Backtest(errors, _held(errors[USED], ahead))


def _held(past: PastErrors, ahead: int) -> Floats:
    from scipy.special import stdtrit

    held = np.full((len(LEVELS), *past.errors.shape), np.nan)
    for origin in np.unique(past.origins):
        known = past.known_in(int(origin))
        counts = np.bincount(known.horizons, minlength=ahead + 1)[1 : ahead + 1]
        reach = int((counts >= FEWEST_ORIGINS).sum())
        here = np.flatnonzero((past.origins == origin) & (past.horizons <= reach))
        if not len(here):
            continue
        model = fit_errors(known, reach)
        scales = model.scales[past.horizons[here, None] - 1, past.classes[here]] * past.unsteadiness[here]
        for place, level in enumerate(LEVELS):
            held[place, here] = np.abs(past.errors[here]) <= stdtrit(model.degrees, (1 + level) / 2) * scales
    return held


def score(tested: Backtest, rule: ScoredRule, horizon: int, size: int | None, among: Mask | None = None) -> Score:
    """Score one rule; `among` leaves municipalities out, shape (municipalities,)."""
    cases = tested.cases.horizons == horizon
    members = _members(tested, cases, size, among)
    relative = tested.relative(rule)[cases]
    members &= ~np.isnan(relative)
    error, error_se, origins = _clustered(np.abs(relative), members)
    bias, bias_se, _same = _clustered(relative, members)
    coverage = [_clustered(held, members & ~np.isnan(held)) for held in tested.held[:, cases]]
    has_intervals = rule == USED and coverage[0][2] > 0
    return Score(
        rule,
        horizon,
        size,
        origins,
        error,
        error_se,
        bias,
        bias_se,
        tuple(shares[0] for shares in coverage) if has_intervals else None,
        tuple(shares[1] for shares in coverage) if has_intervals else None,
        coverage[0][2] if has_intervals else 0,
    )


def compare(
    tested: Backtest, scored_rule: ScoredRule, horizon: int, size: int | None, among: Mask | None = None
) -> Comparison:
    """Hold the rule that is used against another at the same origins."""
    from scipy.special import stdtrit

    cases = tested.cases.horizons == horizon
    members = _members(tested, cases, size, among)
    apart = np.abs(tested.relative(USED)[cases]) - np.abs(tested.relative(scored_rule)[cases])
    difference, standard_error, origins = _clustered(apart, members & ~np.isnan(apart))
    outcome: Outcome = "undecided"
    if origins > 1 and abs(difference) > stdtrit(origins - 1, 0.975) * standard_error:
        outcome = "better" if difference < 0 else "worse"
    return Comparison(scored_rule, horizon, size, origins, difference, standard_error, outcome)


def _members(tested: Backtest, cases: Mask, size: int | None, among: Mask | None) -> Mask:
    classes = tested.cases.classes[cases]
    members: Mask = np.ones(classes.shape, dtype=np.bool_)
    if size is not None:
        members &= classes == size
    if among is not None:
        members &= among
    return members


def _clustered(values: Floats, members: Mask) -> tuple[float, float, int]:
    """The mean over origins of the mean over members, its standard error, and how many origins have members."""
    count = members.sum(axis=1)
    some = count > 0
    means = np.where(members, values, 0.0).sum(axis=1)[some] / count[some]
    if not len(means):
        return float("nan"), float("nan"), 0
    spread = float(means.std(ddof=1)) / float(np.sqrt(len(means))) if len(means) > 1 else float("nan")
    return float(means.mean()), spread, len(means)


def total_errors(history: History, ahead: int = MOST_YEARS_AHEAD) -> dict[TotalRule, Floats]:
    """The mean absolute error of the inhabitants of the country in per cent, one to `ahead` years ahead (or as many as
    have been counted), by rule."""
    logs = np.log(history.totals)
    ahead = min(ahead, len(logs) - 2)
    means: dict[TotalRule, Floats] = {}
    for name in get_args(TotalRule):
        off = np.full((len(logs), ahead), np.nan)
        for row in range(1, len(logs) - 1):
            growth = np.diff(logs[: row + 1])
            pace = _pace(name, growth)
            reach = min(ahead, len(logs) - 1 - row)
            off[row, :reach] = logs[row] + np.arange(1, reach + 1) * pace - logs[row + 1 : row + 1 + reach]
        means[name] = np.nanmean(np.abs(100 * np.expm1(off)), axis=0)
    return means


def _pace(rule: TotalRule, growth: Floats) -> float:
    match rule:
        case "mean_growth":
            return float(growth.mean())
        case "last_growth":
            return float(growth[-1])
        case "same_total":
            return 0.0
        case _:
            assert_never(rule)


def ordinary(history: History) -> Mask:
    """The municipalities of which no year holds an estimated part of a divided municipality."""
    untouched: Mask = np.less(history.grades.max(axis=0), ESTIMATED)
    return untouched


# --- what it says ----------------------------------------------------------------------------------


def against_naive_rules(tested: Backtest) -> dict[RuleName, tuple[Comparison, ...]]:
    """The rule that is used beside each naive one, in every size class and at every horizon that has municipalities."""
    return {
        rule: tuple(
            comparison
            for size in range(SIZE_CLASSES)
            for horizon in tested.horizons
            if (comparison := compare(tested, rule, horizon, size)).origins
        )
        for rule in NAIVE
    }
