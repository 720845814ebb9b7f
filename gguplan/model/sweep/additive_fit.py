"""The outcome as a sum of one function of each factor, fitted to the variants that there are.

Every function is a polynomial in its factor, or one height for each choice. All are fitted at once, so that what one
factor does is no noise for another: the part of the sampling error that grows with the number of factors. How large
the coefficients of a factor may be is learned from the variants (empirical Bayes with MacKay's fixed point: MacKay
1992, Tipping 2001), so that a factor that does nothing, or goes in a straight line, uses up next to no variants.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from msgspec import Struct

from gguplan.fund.sweep_plan import Factor
from gguplan.model.realisation.history_arrays import Floats
from gguplan.money import Integers

_MOST_TERMS: Final = 32
_LEAST_TERMS: Final = 6
_VARIANTS_A_TERM: Final = 4
_MOST_COLUMNS: Final = 400
_MOST_CELLS: Final = 1 << 24
"""Of the table of terms: variants times columns, 128 MB."""

_ROUNDS: Final = 60
_SETTLED: Final = 0.02
"""The rounds stop when no spread changes by more than this part of itself."""
_FOUND_IN_ADVANCE: Final = 1.0
"""How many coefficients' worth of weight the spread of all factors together has in that of each."""
_NOTHING: Final = 1e-9
_LEAST_NOISE: Final = 1e-12


class Terms(Struct, frozen=True):
    """The terms of every factor, in columns that have mean 0 and mean square 1 and, within a factor, do not overlap.

    `table` has shape (variants, columns); `owner` (columns,) is the place of the factor of each. `degree` is that of
    the polynomial, and 1 for a choice; `group` is what shares a spread: the straight line or the choices of a factor
    (0 to factors − 1), and its bends (from there on). `fine` marks the upper half of the degrees of a factor.
    """

    table: Floats
    owner: Integers
    degree: Integers
    group: Integers
    fine: Floats
    factors: int

    def of_factors(self, columns: Floats) -> Floats:
        """The sums over the columns of each factor, shape (factors,)."""
        return _sums(self.owner, columns, self.factors)


def terms_of(factors: Sequence[Factor], variants: Integers) -> Terms:
    """The terms of a designed sample; `variants` has shape (variants, factors)."""
    size, count = variants.shape
    most = max(
        min(_MOST_TERMS, _MOST_COLUMNS // count, _MOST_CELLS // (size * count), size // (_VARIANTS_A_TERM * count)),
        min(_LEAST_TERMS, max(2, _MOST_CELLS // (size * count))),
    )
    tables, owner, degree, group, fine = [], [], [], [], []
    for place, factor in enumerate(factors):
        columns = _choices(variants[:, place]) if factor.choices else _powers(variants[:, place], most)
        width = columns.shape[1]
        degrees = np.ones(width, dtype=np.int64) if factor.choices else np.arange(1, width + 1)
        tables.append(columns)
        owner.append(np.full(width, place))
        degree.append(degrees)
        group.append(np.where(degrees == 1, place, count + place))
        fine.append((degrees > max(1.0, width / 2)).astype(np.float64))
    return Terms(
        np.hstack(tables),
        np.concatenate(owner).astype(np.int64),
        np.concatenate(degree).astype(np.int64),
        np.concatenate(group).astype(np.int64),
        np.concatenate(fine),
        count,
    )


def _powers(values: Integers, most: int) -> Floats:
    """The degrees 1 to `most` of the values, or as many as tell different values apart."""
    low, high = int(values.min()), int(values.max())
    if low == high:
        return np.empty((len(values), 0))
    most = min(most, len(np.unique(values)) - 1)
    between = (values - low) * (2 / (high - low)) - 1
    return _apart(np.polynomial.legendre.legvander(between, most)[:, 1:])


def _choices(values: Integers) -> Floats:
    present = np.unique(values)
    return _apart((values[:, None] == present[1:]).astype(np.float64))


def _apart(columns: Floats) -> Floats:
    """The same span in columns of mean 0 and mean square 1 that do not overlap; their order stays that of `columns`."""
    independent: Floats = np.linalg.qr(columns - columns.mean(axis=0))[0] * np.sqrt(len(columns))
    return independent


class Moments(Struct, frozen=True):
    """What a fit needs to know of some variants: how many, and the sums and sums of products of terms and outcome."""

    size: int
    terms: Floats
    outcome: float
    products: Floats
    with_outcome: Floats
    squares: float

    def __add__(self, moments: Moments) -> Moments:
        """Of the variants of both."""
        return Moments(
            self.size + moments.size,
            self.terms + moments.terms,
            self.outcome + moments.outcome,
            self.products + moments.products,
            self.with_outcome + moments.with_outcome,
            self.squares + moments.squares,
        )

    def __sub__(self, moments: Moments) -> Moments:
        """Of the variants that are not in `other`."""
        return Moments(
            self.size - moments.size,
            self.terms - moments.terms,
            self.outcome - moments.outcome,
            self.products - moments.products,
            self.with_outcome - moments.with_outcome,
            self.squares - moments.squares,
        )


def moments_of(table: Floats, outcome: Floats) -> Moments:
    """Of variants with these terms, shape (variants, columns), and outcomes, shape (variants,)."""
    return Moments(
        len(outcome),
        table.sum(axis=0),
        float(outcome.sum()),
        table.T @ table,
        table.T @ outcome,
        float(outcome @ outcome),
    )


class Fit(Struct, frozen=True):
    """The coefficient of every column and its variance, shape (columns,); the mean; the variance of what no factor
    explains by itself (`noise`); and the spread of each group, with which another fit can begin."""

    coefficients: Floats
    variances: Floats
    level: float
    noise: float
    spreads: Floats

    def parts(self, terms: Terms, rows: slice) -> Floats:
        """What each factor does in some variants, shape (variants, factors); their sum and `level` is the fit."""
        outcomes = np.zeros((rows.stop - rows.start, terms.factors))
        for place in range(terms.factors):
            columns = np.flatnonzero(terms.owner == place)
            if len(columns):
                span = slice(columns[0], columns[-1] + 1)
                outcomes[:, place] = terms.table[rows, span] @ self.coefficients[span]
        return outcomes


def fit(terms: Terms, moments: Moments, start: Fit | None = None, rounds: int = _ROUNDS) -> Fit:
    """The fit to the variants of `moments`, of which the outcome has a variance around 1; `start` is one near it.

    Every round takes the coefficients that are likeliest under the spreads (ridge regression), and then the spreads
    that are likeliest under the coefficients. A bend of degree d is expected to be 4 ÷ d² as wide as one of degree 2.
    """
    size, groups = moments.size, 2 * terms.factors
    products = moments.products - np.outer(moments.terms, moments.terms) / size
    with_outcome = moments.with_outcome - moments.terms * (moments.outcome / size)
    squares = moments.squares - moments.outcome**2 / size
    expected = np.where(terms.degree == 1, 1.0, 4.0 / terms.degree**2)
    spreads = np.full(groups, 0.5 / groups) if start is None else np.maximum(start.spreads, 1e-6)
    noise = 0.5 if start is None else start.noise
    coefficients = variances = np.zeros(0)
    for _round in range(rounds):
        used = np.flatnonzero(spreads[terms.group] * expected > _NOTHING)
        group = terms.group[used]
        root = np.sqrt(spreads[group] * expected[used])
        inner, aim = products[np.ix_(used, used)], with_outcome[used]
        covariance = np.linalg.inv(root[:, None] * inner * root / noise + np.eye(len(used)))
        estimated = root * (covariance @ (root * aim)) / noise
        coefficients, variances = np.zeros(len(terms.owner)), np.zeros(len(terms.owner))
        coefficients[used], variances[used] = estimated, root**2 * np.diag(covariance)
        learned = 1 - np.diag(covariance)
        width = _sums(group, estimated**2 / expected[used], groups)
        before = np.append(spreads, noise)
        spreads = _spreads(width, _sums(group, learned, groups))
        rest = max(squares - 2 * float(estimated @ aim) + float(estimated @ inner @ estimated), 0.0)
        noise = max(rest / max(size - 1 - float(learned.sum()), 1.0), _LEAST_NOISE)
        after = np.append(spreads, noise)
        if np.max(np.abs(after - before) / (after + 1e-4)) < _SETTLED:
            break
    level = (moments.outcome - float(moments.terms @ coefficients)) / size
    return Fit(coefficients, variances, level, noise, spreads)


def _sums(group: Integers, values: Floats, groups: int) -> Floats:
    """The sum of the values of each group, shape (groups,)."""
    sums: Floats = np.bincount(group, values, groups).astype(np.float64)
    return sums


def _spreads(width: Floats, learned: Floats) -> Floats:
    """The spread of every group, drawn towards that of all lines and choices, or of all bends, together."""
    spreads = np.empty(len(width))
    for kind in np.split(np.arange(len(width)), 2):
        together = width[kind].sum() / max(learned[kind].sum(), _LEAST_NOISE)
        spreads[kind] = (width[kind] + _FOUND_IN_ADVANCE * together) / (learned[kind] + _FOUND_IN_ADVANCE)
    return spreads
