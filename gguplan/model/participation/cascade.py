"""A cascade: those who find a programme too dear leave, the rate rises for the rest, until nobody leaves.

Each municipality has a highest rate that it accepts. With a set S taking part the rate is budget ÷ inhabitants of
S; whoever accepts less leaves. Because the rate only rises when somebody leaves, whoever leaves a larger group would
leave every smaller one, so the end does not depend on the order of leaving: it is the largest set of which all accept
the rate (the greatest fixed point of a monotone map; Tarski 1955).

Everything is exact: a municipality stays when limit × inhabitants of S ≥ budget, in whole ten-thousandths of a euro.

Of an offer at a price the rate does not rise: a municipality stays when its limit ≥ price, and there is one round.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from msgspec import Struct
from numpy.typing import ArrayLike, NDArray

from gguplan.fund.acceptance import Acceptance
from gguplan.model.allocation import Mask
from gguplan.money import LARGEST_RATE, RATE_UNITS, Integers

_UNITS_IN_A_CENT = RATE_UNITS // 100
_CELLS_IN_A_BLOCK = 1 << 18
_FIVE_PER_CENT: Final = 1.6448536269514722
"""The 95 % point of the standard normal distribution: 90 % lies within it on both sides."""


class Round(Struct, frozen=True):
    """One round: who took part at its start, what that came to per inhabitant, and who then left."""

    taking_part: Mask
    inhabitants: int
    leaving: Mask


class Ends(Struct, frozen=True):
    """How cascades end, one per draw; arrays of shape (draws,).

    `municipalities` and `inhabitants` take part in the end; both are 0 when all have left.
    """

    municipalities: Integers
    inhabitants: Integers

    @property
    def collapsed(self) -> Mask:
        """True for the draws in which nobody is left."""
        return np.equal(self.municipalities, 0)


def rounds(
    gross: int, inhabitants: Integers, limits: Integers, taking_part: Mask, price: int | None = None
) -> list[Round]:
    """Every round of one cascade, all who find the rate too high leaving at once; the last is where nobody leaves.

    `gross` in cents, `inhabitants` in persons and `limits` in ten-thousandths of a euro per inhabitant, both of
    shape (municipalities,); `taking_part` says who starts; a `price`, in
    ten-thousandths of a euro, does not rise. When all have left, the last round has nobody.
    """
    played: list[Round] = []
    now = taking_part
    while True:
        together = int(inhabitants[now].sum())
        too_dear = limits * together < gross * _UNITS_IN_A_CENT if price is None else limits < price
        leaving = now & too_dear
        played.append(Round(now, together, leaving))
        if not leaving.any():
            return played
        now = now & ~leaving


def ends(gross: int | Integers, inhabitants: Integers, limits: Integers, price: int | None = None) -> Ends:
    """How the cascade ends for every draw at once, without going through its rounds.

    `limits` in ten-thousandths of a euro per inhabitant, shape (draws, municipalities); `gross` in cents, one for
    all draws or one for each. Sorted from the highest limit down, the first k can hold out together when the k-th
    limit × their inhabitants ≥ budget; the end is the largest such k. At a `price` each must accept that.
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
        ordered = np.take_along_axis(limits[block], order, axis=1)
        holds = ordered * together >= needed[block, None] if price is None else ordered >= price
        count = size - np.argmax(holds[:, ::-1], axis=1)
        count[~holds.any(axis=1)] = 0
        municipalities[block] = count
        last = np.take_along_axis(together, np.maximum(count - 1, 0)[:, None], axis=1)[:, 0]
        remaining[block] = np.where(count > 0, last, 0)
    return Ends(municipalities, remaining)


def tipping_budget(inhabitants: Integers, limits: Integers, least: int = 1, least_inhabitants: int = 0) -> int:
    """The largest budget in cents at which at least so many municipalities and inhabitants stay in the end.

    Found by halving the interval, to the cent: a larger budget never leaves more taking part. `limits` of one
    cascade, shape (municipalities,). 0 when even a cent is too much.
    """

    def stays(gross: int) -> bool:
        ended = ends(gross, inhabitants, limits[None, :])
        return int(ended.municipalities[0]) >= least and int(ended.inhabitants[0]) >= least_inhabitants

    low, high = 0, int(limits.max()) * int(inhabitants.sum()) // _UNITS_IN_A_CENT + 1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if stays(middle) else (low, middle)
    return low


def tipping_price(inhabitants: Integers, limits: Integers, least: int = 1, least_inhabitants: int = 0) -> int:
    """The highest price, in ten-thousandths of a euro, that at least so many municipalities and inhabitants accept;
    `limits` of one cascade, shape (municipalities,). 0 where there are not so many."""
    order = np.argsort(limits)[::-1]
    enough = (np.arange(1, len(order) + 1) >= least) & (np.cumsum(inhabitants[order]) >= least_inhabitants)
    return int(limits[order][np.argmax(enough)]) if enough.any() else 0


def draw_limits(acceptance: Acceptance, draws: int, generator: np.random.Generator) -> Integers:
    """Limits in ten-thousandths of a euro per inhabitant, shape (draws, municipalities).

    Lognormal, with 90 % between the two bounds of each municipality, times a level that all share. Nobody accepts
    more than the largest rate that can be written: a wide interval would draw limits that int64 does not hold.
    """
    middle, spread = _lognormal(acceptance.low, acceptance.high)
    shared_middle, shared_spread = _lognormal(*np.array(acceptance.level) / RATE_UNITS)
    level = shared_middle + shared_spread * generator.standard_normal((draws, 1))
    drawn = generator.standard_normal((draws, len(middle)))
    drawn *= spread
    drawn += middle + level
    np.exp(np.minimum(drawn, np.log(LARGEST_RATE), out=drawn), out=drawn)
    return np.rint(drawn).astype(np.int64)


def _lognormal(low: ArrayLike, high: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Mean and standard deviation of the logarithm with 90 % between the two."""
    below, above = np.log(low), np.log(high)
    return (below + above) / 2, (above - below) / (2 * _FIVE_PER_CENT)


class CascadeResult(Struct, frozen=True):
    """A cascade worked out for one programme, over all draws of the limits and round by round in one of them.

    `gross` and `tipping_budget` in cents; `starting` says who takes part at the start, shape (municipalities,);
    `drawn` are the limits, shape (draws, municipalities); `collapsed` is True for the draws that end below the
    threshold, and `needed` are its municipalities and inhabitants. `rounds` and `tipping_budget` are those of the draw
    that ends in the middle of all draws. Of an offer `price` is what is asked per inhabitant, in ten-thousandths of a
    euro, whoever takes part.
    """

    programme: str
    gross: int
    inhabitants: Integers
    starting: Mask
    rounds: tuple[Round, ...]
    tipping_budget: int
    drawn: Integers
    ends: Ends
    collapsed: Mask
    needed: tuple[int, int]
    price: int | None = None

    def rate_of(self, inhabitants: int) -> float:
        """Euros per inhabitant when so many inhabitants take part; 0 when nobody does."""
        if not inhabitants:
            return 0.0
        return self.gross / 100 / inhabitants if self.price is None else self.price / RATE_UNITS

    @property
    def first_rate(self) -> float:
        """Euros per inhabitant when all who start take part."""
        return self.rate_of(int(self.inhabitants[self.starting].sum()))

    @property
    def tipping_rate(self) -> float:
        """Euros per inhabitant of all who start, above which too few are left in the end."""
        return self.tipping_budget / 100 / int(self.inhabitants[self.starting].sum())

    @property
    def final_rates(self) -> NDArray[np.float64]:
        """Euros per inhabitant in the end, for the draws that do not collapse."""
        inhabitants = self.ends.inhabitants[~self.collapsed]
        if self.price is not None:
            return np.full(len(inhabitants), self.price / RATE_UNITS)
        kept: NDArray[np.float64] = self.gross / 100 / inhabitants
        return kept

    @property
    def chance_of_collapse(self) -> tuple[float, float]:
        """The share of draws that collapse, and the standard error of that share."""
        share = float(self.collapsed.mean())
        return share, float(np.sqrt(share * (1 - share) / len(self.collapsed)))

    def curve(self, rates: NDArray[np.float64]) -> NDArray[np.float64]:
        """The share of the inhabitants at the start that accepts each rate in euros, over all draws."""
        who, limits = self.inhabitants[self.starting], self.drawn[:, self.starting]
        place = np.searchsorted(np.rint(rates * RATE_UNITS), limits.ravel(), side="right")
        weights = np.broadcast_to(who, limits.shape).ravel()
        reached = np.bincount(place, weights=weights, minlength=len(rates) + 1)
        share: NDArray[np.float64] = np.cumsum(reached[::-1])[::-1][1:] / (int(who.sum()) * len(limits))
        return share

    def curve_between(self, rates: NDArray[np.float64], chances: tuple[float, ...]) -> NDArray[np.float64]:
        """As `curve` in each draw by itself: its quantiles over the draws, shape (chances, rates)."""
        who, limits = self.inhabitants[self.starting], self.drawn[:, self.starting]
        size = len(rates) + 1
        place = np.searchsorted(np.rint(rates * RATE_UNITS), limits, side="right")
        place += np.arange(len(limits))[:, None] * size
        weights = np.broadcast_to(who, limits.shape).ravel()
        reached = np.bincount(place.ravel(), weights=weights, minlength=size * len(limits)).reshape(-1, size)
        share = np.cumsum(reached[:, ::-1], axis=1)[:, ::-1][:, 1:] / int(who.sum())
        between: NDArray[np.float64] = np.quantile(share, chances, axis=0)
        return between


def cascade_result_of(
    programme: str,
    gross: int,
    inhabitants: Integers,
    starting: Mask,
    acceptance: Acceptance,
    needed: tuple[int, int],
    draws: int,
    generator: np.random.Generator,
    price: int | None = None,
) -> CascadeResult:
    """Work one cascade out. `needed` are the municipalities and the inhabitants below which it has collapsed;
    `price` is asked per inhabitant of an offer, in ten-thousandths of a euro."""
    drawn = draw_limits(acceptance, draws, generator)
    drawn[:, ~starting] = 0
    ended = ends(gross, inhabitants, drawn, price)
    least = max(1, needed[0])
    collapsed = (ended.municipalities < least) | (ended.inhabitants < needed[1])
    limits = drawn[np.argsort(ended.inhabitants, kind="stable")[draws // 2]]
    played = tuple(rounds(gross, inhabitants, limits, starting, price))
    if price is None:
        tipping = tipping_budget(inhabitants, limits, least, needed[1])
    else:
        highest = tipping_price(inhabitants, limits, least, needed[1])
        tipping = highest * int(inhabitants[starting].sum()) // _UNITS_IN_A_CENT
    return CascadeResult(
        programme, gross, inhabitants, starting, played, tipping, drawn, ended, collapsed, (least, needed[1]), price
    )
