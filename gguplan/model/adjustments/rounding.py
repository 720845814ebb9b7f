"""Amounts in whole euros, or in whole numbers of another amount, and what that leaves."""

from __future__ import annotations

from typing import assert_never

import numpy as np

from gguplan.fund.adjustments import Rounding
from gguplan.fund.problems import CannotBeMade, RoundingTooCoarse
from gguplan.model.adjustments.adjusted import Adjusted
from gguplan.money import Integers


def rounded(rounding: Rounding, before: Integers, codes: Integers) -> Adjusted:
    """Every amount rounded for itself, half upwards, and the difference borne as the rule says.

    Where the largest payer bears it (of those that pay as much, the lowest code), all together pay what they did.
    Raises CannotBeMade when nobody would pay anything, or the largest payer less than nothing."""
    nearest = to_multiples(before, rounding.unit)
    change = nearest - before
    left = -int(change.sum())
    payer = largest_payer(before, codes)
    largest = int(before[payer])
    if largest > 0 and not nearest[payer]:
        raise CannotBeMade(RoundingTooCoarse(rounding.unit, largest))
    match rounding.bearer:
        case "fund":
            return Adjusted(rounding, before, change, left)
        case "largest_payer":
            change[payer] += left
            if largest > 0 and largest + change[payer] < 0:
                raise CannotBeMade(RoundingTooCoarse(rounding.unit, largest))
            return Adjusted(rounding, before, change, 0)
        case _:
            assert_never(rounding.bearer)


def to_multiples(amounts: Integers, unit: int) -> Integers:
    """The nearest multiples of `unit`, half of it upwards; shape as `amounts`."""
    nearest: Integers = (2 * amounts + unit) // (2 * unit) * unit
    return nearest


def largest_payer(amounts: Integers, codes: Integers) -> int:
    """The position of who pays most; of those that pay as much, of the lowest code."""
    return int(np.lexsort((codes, -amounts))[0])
