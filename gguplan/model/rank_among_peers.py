"""Where a municipality stands among those of its size: how many pay more, the same and less per inhabitant."""

from __future__ import annotations

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from gguplan.money import Integers


class RanksAmongPeers(Struct, frozen=True):
    """Of each municipality, how many others of its size class are above it, equal to it and below it; arrays of
    shape (municipalities,).

    Amounts per inhabitant are held beside each other in whole cents: what differs less is rounding of the bills.
    """

    more: Integers
    same: Integers
    less: Integers


def whole_cents(euros_an_inhabitant: NDArray[np.float64]) -> Integers:
    """Euros per inhabitant in whole cents, half a cent to the even one."""
    return np.rint(euros_an_inhabitant * 100).astype(np.int64)


def ranks_among_peers(euros_an_inhabitant: NDArray[np.float64], classes: Integers) -> RanksAmongPeers:
    """The ranks of each municipality by an amount per inhabitant; both of shape (municipalities,)."""
    cents = whole_cents(euros_an_inhabitant)
    more, same, less = (np.zeros(len(cents), dtype=np.int64) for _one in range(3))
    for number in np.unique(classes):
        here = classes == number
        ordered = np.sort(cents[here])
        below = np.searchsorted(ordered, cents[here], side="left")
        up_to = np.searchsorted(ordered, cents[here], side="right")
        more[here], same[here], less[here] = len(ordered) - up_to, up_to - below - 1, below
    return RanksAmongPeers(more, same, less)
