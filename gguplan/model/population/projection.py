"""Population shares of municipalities for years ahead, with intervals that past errors give.

The growth of a share carries on at a part of its pace: the mean growth so far, recent years first, times how much of
it has shown to last (empirical Bayes: Efron and Morris 1975). That part is estimated anew from the years that are
there. How far it can be off is read from how far it was off: the same rule, applied at every earlier year, against
what was counted since. ``population_backtest`` says how it compares to simpler rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from math import lgamma, log, pi, sqrt
from typing import Final

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from gguplan.fund.municipalities import Municipality, Status
from gguplan.fund.projection import CannotProject, TooFewYears, YearsOutOfReach
from gguplan.model.population.history import History
from gguplan.model.randomness import stream
from gguplan.money import Integers, split

Floats = NDArray[np.float64]
Rule = Callable[[History, int], Floats]
"""From a history and a number of years ahead: shares of shape (years ahead, municipalities), each year summing to 1."""

SIZE_LIMITS: Final = (20_000, 50_000, 100_000)
"""Where the second and later size classes begin, in inhabitants."""
SIZE_CLASSES: Final = len(SIZE_LIMITS) + 1
MOST_YEARS_AHEAD: Final = 4
"""Further ahead there are too few past errors to say how far a projection can be off."""
FEWEST_ORIGINS: Final = 2
"""One year of errors says nothing about how years differ."""

_HALF_LIFE: Final = 3.0
"""Years after which a year's growth counts half."""
_TRUST_OF_ONE_YEAR: Final = 0.5
"""The part of the growth that is taken to last when there is one year of it, which cannot show what lasts."""
_YEARS_OF_THE_CLASS: Final = 4.0
"""How unsteady a municipality is counts its own years, and its size class for as many years as this."""
_DEGREES: Final = (2.5, 3.0, 4.0, 5.0, 7.0, 10.0, 30.0)
_ROUNDS: Final = 60
_FEWEST_ERRORS_OF_A_CLASS: Final = 20
_UNITS_OF_A_SHARE: Final = 10**10
_CELLS_IN_A_BLOCK: Final = 1 << 18


def size_class(inhabitants: Integers) -> NDArray[np.intp]:
    """The size class of each count, from 0; the shape stays."""
    return np.digitize(inhabitants, SIZE_LIMITS)


# --- the rule ------------------------------------------------------------------------------------


def shrunk_growth(history: History, ahead: int, half_life: float = _HALF_LIFE) -> Floats:
    """The share grows on at the part of its mean growth that lasts. A `Rule`; needs two years at least.

    Growth is that of the logarithm of the share, so 0 is growing with the country. A year counts half as much as the
    year `half_life` years later. What lasts is the part of the variance of the mean growth between municipalities
    that returns from year to year: persistent ÷ (persistent + passing × sum of squared weights).
    """
    growth = np.diff(np.log(history.shares), axis=0)
    weights = 0.5 ** (np.arange(len(growth))[::-1] / half_life)
    weights /= weights.sum()
    pace = weights @ growth * lasting(growth, weights)
    return carried_on(history.shares[-1], pace, ahead)


def carried_on(share: Floats, pace: Floats, ahead: int) -> Floats:
    """Shares (years ahead, municipalities) from the last share and a yearly growth of its logarithm."""
    return to_one(share * np.exp(np.arange(1, ahead + 1)[:, None] * pace))


def to_one(shares: Floats) -> Floats:
    """The same shares in proportion, each year summing to 1."""
    normed: Floats = shares / shares.sum(axis=-1, keepdims=True)
    return normed


def lasting(growth: Floats, weights: Floats) -> float:
    """The part, from 0 to 1, of the weighted mean of `growth` (years, municipalities) that lasts."""
    count, size = growth.shape
    if count == 1:
        return _TRUST_OF_ONE_YEAR
    apart = growth - growth.mean(axis=1, keepdims=True)
    products = apart @ apart.T / max(1, size - 1)
    yearly = float(np.trace(products)) / count
    persistent = max(0.0, (float(products.sum()) - count * yearly) / (count * (count - 1)))
    doubtful = persistent + max(0.0, yearly - persistent) * float((weights**2).sum())
    return persistent / doubtful if doubtful > 0 else 0.0


# --- how far it was off ---------------------------------------------------------------------------


class PastErrors(Struct, frozen=True):
    """What a rule said at every earlier year (origin) and number of years ahead, against what was counted.

    One case is an origin and a horizon. `origins` are years and `horizons` years ahead, both of shape (cases,).
    `errors` are log(counted share ÷ projected share), `classes` the size class and `unsteadiness` how much more or
    less the growth varied than is usual in that class (1), both at the origin; shape (cases, municipalities).
    """

    origins: Integers
    horizons: Integers
    errors: Floats
    classes: NDArray[np.intp]
    unsteadiness: Floats

    def where(self, cases: NDArray[np.bool_]) -> PastErrors:
        """Some of the cases only."""
        return PastErrors(
            self.origins[cases],
            self.horizons[cases],
            self.errors[cases],
            self.classes[cases],
            self.unsteadiness[cases],
        )

    def known_in(self, year: int) -> PastErrors:
        """The cases of which the outcome had been counted by 1 January `year`."""
        return self.where(self.origins + self.horizons <= year)


def past_errors(history: History, ahead: int = MOST_YEARS_AHEAD, rule: Rule = shrunk_growth) -> PastErrors:
    """Apply a rule at every origin that has a year of growth before it and a count after it."""
    origins, horizons, errors, classes, unsteady = [], [], [], [], []
    logs = np.log(history.shares)
    for row in range(1, len(history.years) - 1):
        known = history.until(history.years[row])
        reach = min(ahead, len(history.years) - 1 - row)
        errors.append(logs[row + 1 : row + 1 + reach] - np.log(rule(known, reach)))
        horizons.append(np.arange(1, reach + 1))
        origins.append(np.full(reach, history.years[row]))
        classes.append(np.repeat(size_class(known.inhabitants[-1])[None], reach, axis=0))
        unsteady.append(np.repeat(unsteadiness(known)[None], reach, axis=0))
    if not errors:
        raise _too_few(history, 1)
    return PastErrors(
        np.concatenate(origins),
        np.concatenate(horizons),
        np.concatenate(errors),
        np.concatenate(classes),
        np.concatenate(unsteady),
    )


def unsteadiness(history: History) -> Floats:
    """How much the growth of each municipality varied, in multiples of its size class; shape (municipalities,).

    The standard deviation of its yearly growth around its own mean, shrunk to that of its class: a handful of years
    tell something about a municipality, and not all.
    """
    growth = np.diff(np.log(history.shares), axis=0)
    if len(growth) < 2:
        return np.ones(growth.shape[1])
    freedom = len(growth) - 1
    own = ((growth - growth.mean(axis=0)) ** 2).sum(axis=0)
    classes = size_class(history.inhabitants[-1])
    usual = np.zeros(SIZE_CLASSES)
    for number in range(SIZE_CLASSES):
        members = own[classes == number]
        if len(members):
            usual[number] = np.minimum(members, np.quantile(members, 0.9)).mean() / freedom
    typical = usual[classes]
    learned = (_YEARS_OF_THE_CLASS * typical + own) / (_YEARS_OF_THE_CLASS + freedom)
    steady: Floats = np.sqrt(np.divide(learned, typical, out=np.ones_like(learned), where=typical > 0))
    return steady


class ErrorModel(Struct, frozen=True):
    """How far shares can be off: Student's t on the logarithm, with one number of degrees of freedom.

    `scales` of shape (horizons, size classes) are for a municipality of usual unsteadiness and already widened by
    √(1 + 1 ÷ origins), because the few origins are what is known, however many municipalities each has. `origins`
    of shape (horizons,) counts them. `steps` (horizons, horizons) is the lower root of the correlation between the
    years ahead, and `shared` (size classes,) the correlation between municipalities of a class in a year.
    """

    degrees: float
    scales: Floats
    origins: Integers
    steps: Floats
    shared: Floats


def fit_errors(past: PastErrors, ahead: int) -> ErrorModel:
    """Fit the errors by maximum likelihood. A class with few errors takes the scale of all classes together.

    Raises ValueError when a horizon has fewer than `FEWEST_ORIGINS` origins.
    """
    origins = np.bincount(past.horizons, minlength=ahead + 1)[1 : ahead + 1]
    if origins.min() < FEWEST_ORIGINS:
        raise ValueError(f"fewer than {FEWEST_ORIGINS} origins have an outcome {ahead} years ahead")
    past = past.where(past.horizons <= ahead)
    standard = past.errors / past.unsteadiness
    classes = (past.horizons[:, None] - 1) * SIZE_CLASSES + past.classes
    degrees, scales = _student(standard.ravel(), classes.ravel(), ahead * SIZE_CLASSES)
    few = np.bincount(classes.ravel(), minlength=ahead * SIZE_CLASSES) < _FEWEST_ERRORS_OF_A_CLASS
    if few.any():
        whole = np.repeat(past.horizons - 1, standard.shape[1])
        together = _scales(standard.ravel(), whole, ahead, degrees)
        scales = np.where(few, np.repeat(together, SIZE_CLASSES), scales)
    scales = np.maximum(scales.reshape(ahead, SIZE_CLASSES), np.finfo(float).tiny)
    unit = np.clip(standard / scales[past.horizons[:, None] - 1, past.classes], -4.0, 4.0)
    return ErrorModel(
        degrees,
        scales * np.sqrt(1 + 1 / origins)[:, None],
        origins.astype(np.int64),
        _steps(past, unit, ahead),
        _shared(past, unit),
    )


def _student(errors: Floats, groups: NDArray[np.intp], count: int) -> tuple[float, Floats]:
    """Degrees of freedom of all groups and the scale of each, by maximum likelihood."""
    best = (-np.inf, _DEGREES[0], np.ones(count))
    for degrees in _DEGREES:
        scales = _scales(errors, groups, count, degrees)
        scale = np.maximum(scales, np.finfo(float).tiny)[groups]
        constant = lgamma((degrees + 1) / 2) - lgamma(degrees / 2) - log(degrees * pi) / 2
        terms = np.log(scale) + (degrees + 1) / 2 * np.log1p((errors / scale) ** 2 / degrees)
        likelihood = len(errors) * constant - float(terms.sum())
        if likelihood > best[0]:
            best = (likelihood, degrees, scales)
    return best[1], best[2]


def _scales(errors: Floats, groups: NDArray[np.intp], count: int, degrees: float) -> Floats:
    """The scale of Student's t in each group around 0, by maximum likelihood (EM); shape (groups,)."""
    squares = errors**2
    members = np.maximum(np.bincount(groups, minlength=count), 1)
    variance = np.maximum(np.bincount(groups, squares, count) / members / 2, np.finfo(float).tiny)
    for _round in range(_ROUNDS):
        weights = (degrees + 1) / (degrees + squares / variance[groups])
        variance = np.maximum(np.bincount(groups, weights * squares, count) / members, np.finfo(float).tiny)
    return np.sqrt(variance)


def _steps(past: PastErrors, unit: Floats, ahead: int) -> Floats:
    """The lower root of the correlation between horizons, over the origins that have all of them."""
    complete = [origin for origin in np.unique(past.origins) if (past.origins == origin).sum() == ahead]
    rows = np.stack([unit[past.origins == origin] for origin in complete], axis=1).reshape(ahead, -1)
    products = rows @ rows.T / rows.shape[1] + 1e-9 * np.eye(ahead)
    size = np.sqrt(np.diag(products))
    return np.linalg.cholesky(products / np.outer(size, size))


def _shared(past: PastErrors, unit: Floats) -> Floats:
    """The correlation within a size class and a year, from the errors one year ahead; shape (size classes,)."""
    near = past.horizons == 1
    errors, classes = unit[near], past.classes[near]
    shares = np.zeros(SIZE_CLASSES)
    for size_class in range(SIZE_CLASSES):
        members = classes == size_class
        count = members.sum(axis=1)
        some = count > 1
        if not some.any():
            continue
        means = np.where(members, errors, 0.0).sum(axis=1)[some] / count[some]
        within = np.where(members[some], (errors[some] - means[:, None]) ** 2, 0.0).sum(axis=1) / (count[some] - 1)
        between = max(0.0, float((means**2 - within / count[some]).mean()))
        together = between + float(within.mean())
        shares[size_class] = between / together if together > 0 else 0.0
    return shares


# --- the projection ------------------------------------------------------------------------------


class Projection(Struct, frozen=True, dict=True):
    """Inhabitants and shares of municipalities in years ahead of the last count.

    `base_year` is that of the last count and `base_status` what it is worth. `totals` are persons in the country,
    shape (years,); `inhabitants` persons that sum to them and `shares` that sum to 1, both central, of shape (years,
    municipalities). `spreads` are the scales of Student's t on the logarithm of a share, of the same shape; those of
    the country are in `total_spreads`, (years,), with `total_degrees`.
    """

    base_year: int
    base_status: Status
    years: tuple[int, ...]
    municipalities: tuple[Municipality, ...]
    totals: Integers
    shares: Floats
    inhabitants: Integers
    spreads: Floats
    errors: ErrorModel
    classes: NDArray[np.intp]
    national_growth: Floats
    base_total: int

    @cached_property
    def index(self) -> dict[str, int]:
        """The place of each code in the arrays."""
        return {municipality.gm_code: place for place, municipality in enumerate(self.municipalities)}

    @cached_property
    def ahead(self) -> Integers:
        """Years ahead of the last count, shape (years,)."""
        return np.array(self.years, dtype=np.int64) - self.base_year

    def share_quantiles(self, levels: Sequence[float]) -> Floats:
        """Quantiles of each share, shape (levels, years, municipalities); `levels` between 0 and 1.

        (0.05, 0.95) bound the interval that holds the share with 90 % chance, as far as past errors tell.
        """
        from scipy.special import stdtrit

        points = stdtrit(self.errors.degrees, np.asarray(levels, dtype=float))
        quantiles: Floats = self.shares * np.exp(points[:, None, None] * self.spreads)
        return np.minimum(quantiles, 1.0)

    def total_quantiles(self, levels: Sequence[float]) -> Floats:
        """Quantiles of the inhabitants of the country in persons, shape (levels, years)."""
        from scipy.special import stdtrit

        count, ahead = len(self.national_growth), self.ahead
        points = stdtrit(count - 1, np.asarray(levels, dtype=float))
        spread = self.national_growth.std(ddof=1) * np.sqrt(ahead + ahead**2 / count)
        quantiles: Floats = self.base_total * np.exp(ahead * self.national_growth.mean() + points[:, None] * spread)
        return quantiles


def project(history: History, years: Sequence[int], rule: Rule = shrunk_growth) -> Projection:
    """Project every municipality of a history to `years`, each 1 to `MOST_YEARS_AHEAD` after its last.

    Raises CannotProject for another year, and when there are too few years to learn from.
    """
    base = history.years[-1]
    wanted = tuple(sorted(set(years)))
    wrong = [year for year in wanted if not 0 < year - base <= MOST_YEARS_AHEAD]
    if wrong or not wanted:
        raise CannotProject(YearsOutOfReach(tuple(wrong), base, MOST_YEARS_AHEAD))
    reach = wanted[-1] - base
    if len(history.years) < reach + 1 + FEWEST_ORIGINS:
        raise _too_few(history, reach)
    rows = np.array(wanted, dtype=np.int64) - base - 1
    # As far as the counts allow, whatever is asked: so a year is the same beside later ones and without them.
    farthest = min(MOST_YEARS_AHEAD, len(history.years) - 1 - FEWEST_ORIGINS)
    errors = fit_errors(past_errors(history, farthest, rule), farthest)
    classes = size_class(history.inhabitants[-1])
    shares = rule(history, reach)[rows]
    growth = np.diff(np.log(history.totals))
    totals = np.rint(history.totals[-1] * np.exp((rows + 1) * growth.mean())).astype(np.int64)
    return Projection(
        base,
        history.statuses[-1],
        wanted,
        history.municipalities,
        totals,
        shares,
        whole_persons(totals, shares, history.codes),
        errors.scales[rows][:, classes] * unsteadiness(history),
        errors,
        classes,
        growth,
        int(history.totals[-1]),
    )


def whole_persons(totals: Integers, shares: Floats, codes: Integers) -> Integers:
    """Persons of shape (years, municipalities) that sum to the total of each year, by largest remainder."""
    weights = np.rint(shares * _UNITS_OF_A_SHARE).astype(np.int64)
    pairs = zip(totals, weights, strict=True)
    return np.concatenate([split(total, weight, codes) for total, weight in pairs])


def _too_few(history: History, ahead: int) -> CannotProject:
    return CannotProject(TooFewYears(history.years[0], history.years[-1], ahead, ahead + 1 + FEWEST_ORIGINS))


# --- draws ----------------------------------------------------------------------------------------


class Draws(Struct, frozen=True):
    """A block of draws: `shares` (draws, years, municipalities) sum to 1 in each year; `totals` (draws, years) are
    persons in the country, not rounded. `start` is the place of the first among all draws."""

    start: int
    shares: Floats
    totals: Floats


def draw(projection: Projection, draws: int, seed: int) -> Iterator[Draws]:
    """Draw shares and totals in blocks, in order; what is drawn does not depend on the size of a block.

    Each year ahead has streams of its own, named after the year, so more years or more draws change none of the
    others. A municipality that is far off in one year tends to be in the next; municipalities of a size class have
    a part of their errors in common.
    """
    names = range(projection.base_year + 1, projection.years[-1] + 1)
    own = [stream(seed, f"population shares {year}") for year in names]
    common = [stream(seed, f"population shares of size classes {year}") for year in names]
    tails = stream(seed, "population shares, tails")
    country = [stream(seed, f"population of the country {year}") for year in names]
    drift = stream(seed, "population of the country, growth")
    size = len(projection.municipalities)
    rows = max(1, _CELLS_IN_A_BLOCK // size)
    for start in range(0, draws, rows):
        count = min(rows, draws - start)
        yield Draws(
            start,
            _draw_shares(projection, count, own, common, tails),
            _draw_totals(projection, count, country, drift),
        )


def _draw_shares(
    projection: Projection,
    count: int,
    own: list[np.random.Generator],
    common: list[np.random.Generator],
    tails: np.random.Generator,
) -> Floats:
    model, size = projection.errors, len(projection.municipalities)
    alone = np.sqrt(1 - model.shared)[projection.classes]
    together = np.sqrt(model.shared)[:, None] * (np.arange(SIZE_CLASSES)[:, None] == projection.classes)
    heavy = tails.standard_gamma(model.degrees / 2, (count, size))
    np.divide(model.degrees / 2, heavy, out=heavy)
    np.sqrt(heavy, out=heavy)
    years = []
    for mine, theirs in zip(own, common, strict=True):
        normal = mine.standard_normal((count, size))
        normal *= alone
        normal += theirs.standard_normal((count, SIZE_CLASSES)) @ together
        years.append(normal)
    shares = np.empty((count, len(projection.years), size))
    for place, row in enumerate(projection.ahead - 1):
        out = shares[:, place]
        np.multiply(years[0], model.steps[row, 0], out=out)
        for earlier in range(1, row + 1):
            out += model.steps[row, earlier] * years[earlier]
        out *= heavy
        out *= projection.spreads[place]
        np.exp(out, out=out)
        out *= projection.shares[place]
        out /= out.sum(axis=1, keepdims=True)
    return shares


def _draw_totals(
    projection: Projection, count: int, country: list[np.random.Generator], drift: np.random.Generator
) -> Floats:
    """Growth is normal with a mean and variance that its few years leave uncertain: Student's t for each year."""
    growth = projection.national_growth
    freedom = len(growth) - 1
    normal = drift.standard_normal((count, freedom + 1))
    deviation = growth.std(ddof=1) * np.sqrt(freedom / (normal[:, 1:] ** 2).sum(axis=1))
    mean = growth.mean() + deviation * normal[:, 0] / sqrt(len(growth))
    steps = (
        np.column_stack([generator.standard_normal(count) for generator in country]) * deviation[:, None]
        + mean[:, None]
    )
    totals: Floats = projection.base_total * np.exp(np.cumsum(steps, axis=1)[:, projection.ahead - 1])
    return totals
