"""After a year in which nothing was realised: how likely that is once more.

A line that stands still may stand still again, or not: of 44 such years of 203 municipalities and the Dutch state 18
were followed by another, all of them in some funds and none in others. So the chance starts from that, worth little,
and follows what the fund itself shows, and then what the programme shows."""

from __future__ import annotations

from typing import Final

import numpy as np
from msgspec import Struct

from gguplan.model.realisation.history_arrays import Floats, History
from gguplan.money import Integers

AGAIN: Final = (0.5, 0.75)
"""Presumed of a fund: how often nothing was followed by nothing, and by something (a beta prior)."""

_WORTH_OF_THE_FUND: Final = 2.0
"""How many years of its own count as much, for a programme, as what the whole fund shows."""


class AfterZero(Struct, frozen=True):
    """How often nothing was followed by nothing (`again`) or by something (`otherwise`), by programme, and the last
    year in which nothing was realised by a programme that has no later year (`last_year`; −1 where something was).

    All of shape (programmes + 1,), the last for a programme that is not in the history.
    """

    again: Floats
    otherwise: Floats
    last_year: Integers

    @property
    def of_the_fund(self) -> float:
        """The chance of nothing after nothing, over all programmes."""
        again, otherwise = AGAIN[0] + self.again.sum(), AGAIN[1] + self.otherwise.sum()
        return float(again / (again + otherwise))

    def chances(self, own: Integers, year: int, usual: Floats) -> Floats:
        """The chance of exactly 0 in `year` of the programmes at `own`; `usual` is that of one that did realise
        something, to which it returns with every year between."""
        again, otherwise, last = self.again[own], self.otherwise[own], self.last_year[own]
        chance = (_WORTH_OF_THE_FUND * self.of_the_fund + again) / (_WORTH_OF_THE_FUND + again + otherwise)
        stays = np.where((last >= 0) & (last < year), chance ** np.maximum(year - last, 1), 0.0)
        chance_of_zero: Floats = np.where(stays > 0, np.maximum(stays, usual), usual)
        return chance_of_zero


def after_zero(history: History) -> AfterZero:
    """What a history shows of the years after a year in which nothing, or less, was realised."""
    count = len(history.names) + 1
    again, otherwise = np.zeros(count), np.zeros(count)
    last_year = np.full(count, -1, dtype=np.int64)
    # Observations are sorted by programme and year, so the next row is the next year of the same programme.
    follows = np.flatnonzero(history.programme[1:] == history.programme[:-1])
    after = follows[history.realised[follows] <= 0] + 1
    nothing = history.realised[after] <= 0
    np.add.at(again, history.programme[after[nothing]], 1.0)
    np.add.at(otherwise, history.programme[after[~nothing]], 1.0)
    ends = np.flatnonzero(np.diff(history.programme, append=-1) != 0)
    still = ends[history.realised[ends] <= 0]
    last_year[history.programme[still]] = history.year[still]
    return AfterZero(again, otherwise, last_year)
