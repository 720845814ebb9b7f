"""An amount that all pay pro rata to what they pay, between bounds: exact, to the cent.

The amount of each is what it pays × one factor, or the bound that this passes; the factor is the one with which all
together are the total. Whoever passes a bound is set on it, and the rest is divided anew, until nobody passes one.

Of the bounds that are passed in a round, those that more money passes are kept. Where more passes the highest amounts
than stays below the lowest, all amounts held between their bounds are less than the total, so the factor that is looked
for is larger, and whoever passes the highest amount still does; and the other way round. So nobody is set on a bound
that holds no longer in the end, and there is one end."""

from __future__ import annotations

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from gguplan.model.allocation import Mask
from gguplan.money import Integers, split

Exact = NDArray[np.object_]
"""Python's own whole numbers, without a limit."""


class NoRoom(ValueError):  # noqa: N818 - reads as a sentence where it is raised
    """The total does not lie between what all together may pay at least and at most; `short` cents are left."""

    def __init__(self, short: int) -> None:
        super().__init__(short)
        self.short = short


class Proportional(Struct, frozen=True):
    """The amounts in cents, shape (municipalities,); `at_bound` who is set on a bound; `rest` cents are divided pro
    rata among the others, who paid `together`."""

    amounts: Integers
    at_bound: Mask
    rest: int
    together: int


def between_bounds(total: int, paid: Integers, low: Integers, high: Integers, codes: Integers) -> Proportional:
    """`total` cents pro rata to what each `paid`, none below `low` or above `high` (cents, 0 ≤ low ≤ high).

    Raises NoRoom when that cannot be.
    """
    exact, lowest, highest = (array.astype(object) for array in (paid, low, high))
    bound = np.zeros(len(paid), dtype=object)
    fixed: Mask = paid == 0
    # Who pays nothing pays nothing of it either, but for its own lowest amount.
    bound[fixed] = lowest[fixed]
    while True:
        rest, together = total - int(bound[fixed].sum()), int(exact[~fixed].sum())
        if not together:
            if rest:
                raise NoRoom(rest)
            break
        if rest < 0:
            raise NoRoom(rest)
        # What each would pay, times `together`, so that nothing is rounded.
        share = exact * rest
        over = np.where(fixed, 0, np.maximum(share - highest * together, 0))
        under = np.where(fixed, 0, np.maximum(lowest * together - share, 0))
        most_over, most_under = int(over.sum()), int(under.sum())
        if not most_over and not most_under:
            break
        at_high, at_low = (over > 0).astype(bool), (under > 0).astype(bool)
        if most_over >= most_under:
            bound[at_high] = highest[at_high]
            fixed = fixed | at_high
        if most_under >= most_over:
            bound[at_low] = lowest[at_low]
            fixed = fixed | at_low
    amounts = bound.astype(np.int64)
    if together:
        amounts = np.where(fixed, amounts, split(rest, np.where(fixed, 0, paid), codes)[0])
    return Proportional(amounts, fixed, rest, together)
