"""A cascade: those who find a programme too dear leave, the rate rises for the rest, until nobody leaves.

Each municipality has a highest rate that it accepts. With a set S taking part the rate is budget ÷ inhabitants of
S; whoever accepts less leaves. Because the rate only rises when somebody leaves, whoever leaves a larger group would
leave every smaller one, so the end does not depend on the order of leaving: it is the largest set of which all accept
the rate (the greatest fixed point of a monotone map; Tarski 1955).

Everything is exact: a municipality stays when limit × inhabitants of S ≥ budget, in whole ten-thousandths of a euro.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gguplan.model.allocation import Mask
from gguplan.money import RATE_UNITS, Integers

_UNITS_IN_A_CENT = RATE_UNITS // 100
_CELLS_IN_A_BLOCK = 1 << 18


@dataclass(frozen=True)
class Round:
    """One round: who took part at its start, what that came to an inhabitant, and who then left."""

    taking_part: Mask
    inhabitants: int
    leaving: Mask


@dataclass(frozen=True)
class Ends:
    """How cascades end, one a draw; arrays of shape (draws,).

    `municipalities` and `inhabitants` take part in the end; both are 0 when all have left.
    """

    municipalities: Integers
    inhabitants: Integers

    @property
    def collapsed(self) -> Mask:
        """True for the draws in which nobody is left."""
        return np.equal(self.municipalities, 0)


def rounds(gross: int, inhabitants: Integers, limits: Integers, taking_part: Mask) -> list[Round]:
    """Every round of one cascade, all who find the rate too high leaving at once; the last is where nobody leaves.

    `gross` in cents, `inhabitants` in persons and `limits` in ten-thousandths of a euro an inhabitant, both of
    shape (municipalities,); `taking_part` says who starts. When all have left, the last round has nobody.
    """
    every: list[Round] = []
    now = taking_part
    while True:
        together = int(inhabitants[now].sum())
        leaving = now & (limits * together < gross * _UNITS_IN_A_CENT)
        every.append(Round(now, together, leaving))
        if not leaving.any():
            return every
        now = now & ~leaving


def ends(gross: int | Integers, inhabitants: Integers, limits: Integers) -> Ends:
    """How the cascade ends for every draw at once, without going through its rounds.

    `limits` in ten-thousandths of a euro an inhabitant, shape (draws, municipalities); `gross` in cents, one for
    all draws or one for each. Sorted from the highest limit down, the first k can hold out together when the k-th
    limit × their inhabitants ≥ budget; the end is the largest such k.
    """
    draws, size = limits.shape
    needed = np.broadcast_to(np.asarray(gross, dtype=np.int64) * _UNITS_IN_A_CENT, (draws,))
    municipalities = np.zeros(draws, dtype=np.int64)
    remaining = np.zeros(draws, dtype=np.int64)
    rows = max(1, _CELLS_IN_A_BLOCK // size)
    for start in range(0, draws, rows):
        block = slice(start, start + rows)
        order = np.argsort(limits[block], axis=1)[:, ::-1]
        together = np.cumsum(inhabitants[order], axis=1)
        holds = np.take_along_axis(limits[block], order, axis=1) * together >= needed[block, None]
        count = size - np.argmax(holds[:, ::-1], axis=1)
        count[~holds.any(axis=1)] = 0
        municipalities[block] = count
        last = np.take_along_axis(together, np.maximum(count - 1, 0)[:, None], axis=1)[:, 0]
        remaining[block] = np.where(count > 0, last, 0)
    return Ends(municipalities, remaining)


def tipping_budget(inhabitants: Integers, limits: Integers, least: int = 1) -> int:
    """The largest budget in cents at which at least `least` municipalities still take part in the end.

    Found by halving: a larger budget never leaves more taking part. `limits` of one cascade, shape
    (municipalities,). 0 when even a cent is too much.
    """
    low, high = 0, int(limits.max()) * int(inhabitants.sum()) // _UNITS_IN_A_CENT + 1
    while high - low > 1:
        middle = (low + high) // 2
        if int(ends(middle, inhabitants, limits[None, :]).municipalities[0]) >= least:
            low = middle
        else:
            high = middle
    return low


def acceptance(rates: Integers, inhabitants: Integers, limits: Integers) -> NDArray[np.float64]:
    """The share of all inhabitants that accepts each rate, shape (rates,): the curve behind the cascade."""
    order = np.argsort(limits)
    at_least = np.cumsum(inhabitants[order][::-1])[::-1]
    first = np.searchsorted(limits[order], rates, side="left")
    padded = np.append(at_least, 0)
    share: NDArray[np.float64] = padded[first] / int(inhabitants.sum())
    return share
