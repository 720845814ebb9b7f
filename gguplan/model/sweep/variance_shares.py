"""Which factor drives an outcome: the share of its variance that each explains by itself, with its error.

The first-order share of a factor is Var(E[outcome | factor]) ÷ Var(outcome) (Sobol 1993).

- Full grid: E[outcome | factor] is the mean at each level, and the share is exact for that grid.
- Designed sample, a Latin hypercube or a Sobol sequence: E[outcome | factor] is fitted for all factors at once
  (`additive_fit`). The fit is made eight times, each time without an eighth of the variants in the order of the
  sample, and is corrected by what it misses there (a cross-fitted one-step estimate: Williamson, Gilbert, Simon and
  Carone 2021). An eighth of a Sobol sequence is itself evenly spread.

The standard error of a share adds up, as squares, what the missed parts say of its sampling error, the uncertainty of
the fit, and all that the upper half of the degrees of its polynomial holds: a jump is as likely to go on in degrees
that are not fitted. Twice the error to both sides covers the exact share in 95 % of the samples or more from 256
variants on, and in 91 % with 64; `benchmarks/shares.py` measures that, and docs/sweep.md has the table.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from itertools import pairwise
from operator import add
from typing import Final

import numpy as np
from msgspec import Struct

from gguplan.fund.sweep_plan import LARGEST_SWEEP, Factor, Sample, enough_variants, fewest_variants
from gguplan.model.realisation.history_arrays import Floats
from gguplan.model.sweep.additive_fit import Terms, fit, moments_of, terms_of
from gguplan.model.sweep.design import Design, in_parts
from gguplan.money import Integers

FOLDS: Final = 8
WIDEST_ERROR: Final = 0.1
"""The largest standard error of a share that is worth a figure: known to within 20 points."""
MOST_COMPARISONS: Final = 1_000
"""A range is one comparison, choices are one less than there are."""
_SEEN: Final = 0.0005
"""A share below this is 0.0 % in print."""
_ROUNDS_OF_A_FOLD: Final = 3


class Share(Struct, frozen=True):
    """The share of the variance that one factor explains by itself, and its standard error (0 where it is exact)."""

    factor: Factor
    share: float
    error: float


class Explained(Struct, frozen=True):
    """The share of every factor, the largest first, and the share that is `left`, which is never below 0, with its
    standard error (0 where it is exact)."""

    shares: tuple[Share, ...]
    left: float
    left_error: float

    @property
    def points(self) -> float:
        """To how much, to both sides, every share is known: twice the largest standard error."""
        return 2 * max(share.error for share in self.shares)

    @property
    def negligible(self) -> bool:
        """Whether what is left is 0.0 % in print, whatever its error."""
        return self.left + 2 * self.left_error < _SEEN

    @property
    def interaction(self) -> bool:
        """Whether what is left is more than the error explains, so that factors do something to each other."""
        return self.left >= max(2 * self.left_error, _SEEN)


class TooManyChoices(Struct, frozen=True):
    """All ranges and choices together are more comparisons than shares are worked out for (`MOST_COMPARISONS`)."""

    comparisons: int


class TooFew(Struct, frozen=True):
    """There are too few variants for a share that means something; `enough` is how many to take instead."""

    enough: int


Drivers = Explained | TooFew | TooManyChoices | None
"""What each factor explains of an outcome, or why that is not known; None for an outcome that does not vary."""


def explained(factors: Sequence[Factor], design: Design, outcome: Integers, sample: Sample) -> Drivers:
    """What each factor explains of an outcome by itself; None when the outcome does not vary.

    `outcome` has shape (variants,): those of `design`, all of the sample in its order, or of the full grid.
    """
    size = len(outcome)
    if sample == "grid":
        return _of_grid(factors, design, outcome) if np.ptp(outcome) else None
    comparisons = sum(factor.comparisons for factor in factors)
    if comparisons > MOST_COMPARISONS:
        return TooManyChoices(comparisons)
    enough = enough_variants(comparisons)
    if size < fewest_variants(comparisons):
        return TooFew(enough)
    if not np.ptp(outcome):
        return None
    from threadpoolctl import threadpool_limits

    # Over one core: on any number of cores the same sum in the same order, and such small matrices gain nothing by two.
    with threadpool_limits(1, user_api="blas"):
        drivers = _of_sample(factors, design.rows(), outcome)
    more = min(max(enough, 4 * size), LARGEST_SWEEP)
    return TooFew(more) if drivers.points > 2 * WIDEST_ERROR and more > size else drivers


def shares(factors: Sequence[Factor], design: Design, outcome: Integers, sample: Sample) -> tuple[Share, ...]:
    """The share of each factor, the largest first; empty when the outcome does not vary, or too little is known."""
    drivers = explained(factors, design, outcome, sample)
    return drivers.shares if isinstance(drivers, Explained) else ()


def _of_grid(factors: Sequence[Factor], design: Design, outcome: Integers) -> Explained:
    """Sums of what differs from the mean, and counts, by the values of each factor: some variants at a time."""
    mean, squares, start = outcome.mean(), 0.0, 0
    by_value: list[dict[int, tuple[float, int]]] = [{} for _factor in factors]
    for variants in in_parts(design):
        centred = outcome[start : start + len(variants)] - mean
        start += len(variants)
        squares += float(centred @ centred)
        for sums, column in zip(by_value, variants.T, strict=True):
            values, level = np.unique(column, return_inverse=True)
            sums_here = zip(
                values.tolist(), np.bincount(level, centred).tolist(), np.bincount(level).tolist(), strict=True
            )
            for value, total, count in sums_here:
                before, counted = sums.get(value, (0.0, 0))
                sums[value] = before + total, counted + count
    by_factor = [
        Share(factor, sum(total**2 / count for total, count in sums.values()) / squares, 0.0)
        for factor, sums in zip(factors, by_value, strict=True)
    ]
    return _in_order(by_factor, max(0.0, 1 - sum(share.share for share in by_factor)), 0.0)


def _of_sample(factors: Sequence[Factor], variants: Integers, outcome: Integers) -> Explained:
    centred = outcome - outcome.mean()
    scaled = centred / centred.std()
    terms = terms_of(factors, variants)
    missed = _missed(terms, scaled)
    own, left = np.maximum(missed.own, 0), max(missed.left, 0.0)
    whole = float(own.sum()) + left
    own, left = own / whole, left / whole
    # How far one variant pulls each share: Hampel's influence, of which the mean of many is the sampling error.
    pull = 2 * missed.parts * missed.residuals[:, None]
    pull_of_left = missed.residuals**2
    pull_of_whole = pull.sum(axis=1) + pull_of_left
    sampling = (pull - own * pull_of_whole[:, None]).var(axis=0) / len(scaled)
    sampling_of_left = float((pull_of_left - left * pull_of_whole).var()) / len(scaled)
    errors = np.sqrt(sampling + missed.doubt**2 + missed.fine**2) / whole
    # A value lies anywhere in its own part of the range, 1 ÷ size of it.
    errors = np.hypot(errors, own / len(scaled))
    left_error = float(np.sqrt(sampling_of_left + missed.doubt.sum() ** 2 + missed.fine.sum() ** 2)) / whole
    return _in_order(
        [Share(factor, float(share), float(error)) for factor, share, error in zip(factors, own, errors, strict=True)],
        left,
        left_error,
    )


class _Missed(Struct, frozen=True):
    """The fits held against variants that they have not seen, where the variance of the outcome is 1.

    `parts` (variants, factors) is what each factor does by the fit, `residuals` (variants,) what is then left of the
    outcome. Of each factor, shape (factors,): the variance it explains by itself (`own`), the part of that in which
    the fit is in doubt, and what its upper degrees hold (`fine`). `left` is the variance that no factor explains.
    """

    parts: Floats
    residuals: Floats
    own: Floats
    doubt: Floats
    fine: Floats
    left: float


def _missed(terms: Terms, outcome: Floats) -> _Missed:
    size = len(outcome)
    bounds = [size * fold // FOLDS for fold in range(FOLDS + 1)]
    folds = [slice(start, stop) for start, stop in pairwise(bounds)]
    of_folds = [moments_of(terms.table[rows], outcome[rows]) for rows in folds]
    everything = reduce(add, of_folds)
    near = fit(terms, everything)
    parts, residuals = np.empty((size, terms.factors)), np.empty(size)
    in_fit, doubt = np.zeros(terms.factors), np.zeros(terms.factors)
    for rows, seen in zip(folds, of_folds, strict=True):
        without = fit(terms, everything - seen, near, _ROUNDS_OF_A_FOLD)
        parts[rows] = without.parts(terms, rows)
        residuals[rows] = outcome[rows] - without.level - parts[rows].sum(axis=1)
        in_fit += terms.of_factors(without.coefficients**2) * (seen.size / size)
        doubt += terms.of_factors(without.variances) * (seen.size / size)
    own = in_fit + 2 * (parts * residuals[:, None]).mean(axis=0) + doubt
    left = float((residuals**2).mean() - doubt.sum())
    return _Missed(parts, residuals, own, doubt, terms.of_factors(near.coefficients**2 * terms.fine), left)


def _in_order(by_factor: Sequence[Share], left: float, left_error: float) -> Explained:
    return Explained(tuple(sorted(by_factor, key=lambda share: -share.share)), left, left_error)
