"""Whole cents: an amount split exactly, a rate times inhabitants, a fraction of an amount.

Money is a whole number of cents (int or int64) everywhere in the sums. Amounts as text stand at the edges: read in
`gguplan.inputs.written_amounts`, written in `gguplan.wording.amounts`.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any, Final, Literal

import numpy as np
from msgspec import Struct
from numpy.typing import ArrayLike, NDArray

Integers = NDArray[np.int64]

RATE_UNITS: Final = 10_000
"""A rate is held in ten-thousandths of a euro, so that a tenth of a cent is a whole number."""

LARGEST_RATE: Final = 10_000 * RATE_UNITS
"""The largest rate, in ten-thousandths of a euro per inhabitant: ten thousand euros."""

LARGEST_PRICE: Final = 10_000_000 * RATE_UNITS
"""The highest price of one unit, in ten-thousandths of a euro: ten million euros."""

LARGEST_AMOUNT: Final = 10**14
"""The largest amount, in cents: a million million euros."""

_LARGEST_INTEGER: Final = 2**63 - 1
_LARGEST_OF_FOUR_BYTES: Final = 2**31 - 1
_CELLS_IN_A_BLOCK: Final = 1 << 17


def plain_euros(cents: int) -> str:
    """Write cents for a machine: ``1234567.89``."""
    euros, rest = divmod(abs(int(cents)), 100)
    return f"{'-' if cents < 0 else ''}{euros}.{rest:02}"


def plain_rate(units: int) -> str:
    """Write ten-thousandths of a euro for a machine: ``3.4500``."""
    return f"{Decimal(int(units)) / RATE_UNITS:.4f}"


# --- one amount over many ------------------------------------------------------------------------


class CannotSplit(ValueError):  # noqa: N818 - reads as a sentence where it is raised
    """An amount that cannot be divided: no unit has a weight, or int64 does not hold the sum of the weights."""

    def __init__(self, reason: Literal["nobody_weighs", "weights_too_large"]) -> None:
        self.reason = reason
        super().__init__(reason)


class Split(Struct, frozen=True, dict=True):
    """One total split pro rata, with the steps that lead there; arrays of shape (units,).

    ``parts`` are cents of each unit, which sum to the total. ``whole`` are the cents before the left-over ones are
    handed out; ``remainder`` is what each unit's division left, in ``1 / sum(weights)`` cents; the first ``left_over``
    units in the queue get one cent more. ``codes`` settle ties.
    """

    total: int
    weights: Integers
    whole: Integers
    remainder: Integers
    left_over: int
    parts: Integers
    codes: NDArray[Any]

    @cached_property
    def rank(self) -> Integers:
        """The place of each unit in the queue for left-over cents, from 1."""
        rank = np.empty(len(self.weights), dtype=np.int64)
        rank[np.lexsort((self.codes, -self.weights, -self.remainder))] = np.arange(1, len(self.weights) + 1)
        return rank


def split(totals: ArrayLike, weights: ArrayLike, codes: ArrayLike | None = None) -> Integers:
    """Split every total over the units pro rata to their weights, exactly, by largest remainder.

    `totals` are cents, shape (totals,); `weights` are non-negative whole numbers, shape (units,); `codes`
    settle ties and default to the place in the row. Returns cents, shape (totals, units), each row summing
    to its total and no part a cent or more from its exact share.

    Hamilton's method: whole cents by integer division; the cents left over go to the largest remainders;
    a tie goes to the larger weight, then to the lower code. It lacks house monotonicity: a larger total
    can lower a part by a cent (the Alabama paradox).

    Raises CannotSplit when no weight is positive, a weight is negative, or int64 cannot hold their sum.
    """
    amounts = np.atleast_1d(np.asarray(totals, dtype=np.int64))
    weight, whole_weight = _weights(weights)
    code = _codes(codes, len(weight))
    parts = np.empty((len(amounts), len(weight)), dtype=np.int64)
    rows = max(1, _CELLS_IN_A_BLOCK // len(weight))
    for start in range(0, len(amounts), rows):
        block = slice(start, start + rows)
        whole, remainder, left_over = _divide(np.abs(amounts[block]), weight, whole_weight)
        first = _first_in_queue(remainder, left_over, weight, whole_weight, code)
        np.add(whole, first, out=parts[block], casting="unsafe")
    parts[amounts < 0] *= -1
    return parts


def split_with_steps(total: int, weights: ArrayLike, codes: ArrayLike | None = None) -> Split:
    """Split one non-negative total as `split` does, and keep the steps."""
    return splits_with_steps([total], weights, codes)[0]


def splits_with_steps(totals: Sequence[int], weights: ArrayLike, codes: ArrayLike | None = None) -> list[Split]:
    """Split every one of non-negative totals as `split` does, all together, and keep the steps of each."""
    weight, whole_weight = _weights(weights)
    code = _codes(codes, len(weight))
    rows, made = max(1, _CELLS_IN_A_BLOCK // len(weight)), list[Split]()
    whole_numbers = np.asarray(weight, np.int64)
    for start in range(0, len(totals), rows):
        block = totals[start : start + rows]
        shares, remainders, left_over = _divide(np.array(block, dtype=np.int64), weight, whole_weight)
        first = _first_in_queue(remainders, left_over, weight, whole_weight, code)
        whole, remainder = np.asarray(shares, np.int64), np.asarray(remainders, np.int64)
        of_each = zip(block, whole, remainder, left_over.tolist(), whole + first, strict=True)
        made += [
            Split(total, whole_numbers, cents, left, count, parts, code) for total, cents, left, count, parts in of_each
        ]
    return made


def _weights(weights: ArrayLike) -> tuple[NDArray[Any], int]:
    """The weights and their sum. Where a product could pass int64 they are Python's own whole numbers, slower and
    without a limit."""
    weight: NDArray[Any] = np.asarray(weights, dtype=np.int64)
    size = len(weight)
    largest = int(weight.max()) if size else 0
    if largest <= 0 or weight.min() < 0:
        raise CannotSplit("nobody_weighs")
    whole_weight = int(weight.sum()) if largest * size <= _LARGEST_INTEGER else sum(map(int, weight))
    if whole_weight > _LARGEST_INTEGER:
        raise CannotSplit("weights_too_large")
    return weight if whole_weight * max(largest, size) <= _LARGEST_INTEGER else weight.astype(object), whole_weight


def _codes(codes: ArrayLike | None, size: int) -> NDArray[Any]:
    return np.arange(size) if codes is None else np.asarray(codes)


def _divide(totals: Integers, weight: NDArray[Any], whole_weight: int) -> tuple[NDArray[Any], NDArray[Any], Integers]:
    """Whole cents and remainders, shape (totals, units), and the cents left over, shape (totals,).

    Where total × weight would pass int64, whole multiples of the sum of the weights are taken out of the total first:
    that is exact and leaves a product below sum × largest weight.
    """
    too_large = int(totals.max()) * int(weight.max()) > _LARGEST_INTEGER
    multiples, rest = np.divmod(totals, whole_weight) if too_large else (None, totals)
    product = rest[:, None] * weight
    share = product // whole_weight
    product -= share * whole_weight
    left_over = rest - share.sum(axis=1)
    if multiples is not None:
        share += multiples[:, None] * weight
    return share, product, left_over.astype(np.int64)


def _first_in_queue(
    remainder: NDArray[Any], left_over: Integers, weight: NDArray[Any], whole_weight: int, codes: NDArray[Any]
) -> NDArray[np.bool_]:
    """Who gets a cent of those left over: True for so many units of each row, shape (totals, units)."""
    # Numbers of four bytes are sorted several times as fast.
    compared = remainder.astype(np.int32) if whole_weight <= _LARGEST_OF_FOUR_BYTES else remainder
    ordered, row = np.sort(compared, axis=1), np.arange(len(compared))
    least = np.where(left_over > 0, ordered[row, -left_over], whole_weight).astype(compared.dtype)
    first: NDArray[np.bool_] = compared >= least[:, None]
    tied = np.flatnonzero(ordered[row, -left_over - 1] == least)
    if len(tied):
        precedence = np.empty(len(weight), dtype=np.int64)
        precedence[np.lexsort((codes, -weight.astype(np.int64)))] = np.arange(len(weight) - 1, -1, -1)
        queue = remainder[tied] * len(weight) + precedence
        last = np.sort(queue, axis=1)[np.arange(len(tied)), -left_over[tied]]
        first[tied] = queue >= last[:, None]
    return first


def rate_times(rate: ArrayLike, inhabitants: ArrayLike) -> Integers:
    """A rate in ten-thousandths of a euro times inhabitants, in cents, half a cent upwards."""
    units_a_cent = RATE_UNITS // 100
    product = np.asarray(rate, dtype=np.int64) * np.asarray(inhabitants, dtype=np.int64)
    return (product + units_a_cent // 2) // units_a_cent


def times_fraction(cents: int, numerator: int, denominator: int) -> int:
    """An amount times a fraction, in whole cents, half a cent away from zero (the fiscal rule for VAT)."""
    sign = -1 if cents < 0 else 1
    return sign * ((2 * abs(cents) * numerator + denominator) // (2 * denominator))
