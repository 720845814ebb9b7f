"""What the level and the volatility of programmes can be in a year: what its draws share with those of other years."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import Final

import numpy as np
from msgspec import Struct
from msgspec.structs import asdict, replace
from scipy.special import ndtr, ndtri, stdtrit

from gguplan.model.realisation.fit import Parameters
from gguplan.model.realisation.history_arrays import Floats
from gguplan.model.realisation.mixture import POINTS, Outlook, chances, values_in_cells
from gguplan.money import Integers

_LEAST: Final = 1e-9
_NORMAL: Final[Floats] = np.linspace(-6, 6, 4_097)


class Positions(Struct, frozen=True):
    """Programmes in the year asked, before a year that all share: the `weights` of the cells of the grid that their own
    years make likely, shape (programmes, cells), and their `ahead`, which the last year moves."""

    weights: Floats
    ahead: Outlook

    def of(self, rows: Integers) -> Positions:
        """The same of some programmes, given as indices."""
        ahead = {name: column[rows] for name, column in asdict(self.ahead).items()}
        return Positions(self.weights[rows], Outlook(**ahead))


class Levels(Struct, frozen=True, dict=True):
    """What the level and the volatility of programmes can be in one year: the pooled `parameters`, and the `positions`
    of the programmes, of which the weights say how likely each cell is."""

    parameters: Parameters
    positions: Positions

    @cached_property
    def student(self) -> Floats:
        """What standard normal deviations at `_NORMAL` are as the deviations of the model, Student's t."""
        return _student(self.parameters.freedom)

    @cached_property
    def below(self) -> Floats:
        """The chances of each programme at `POINTS`, shape (programmes, points)."""
        return chances(self.parameters, self.positions.weights, self.positions.ahead)

    def scores(self, row: int, place: Floats, normal: Floats) -> Floats:
        """Normal scores of one programme, shape (draws,): the cell at `place` from 0 to 1, the same in all years, and a
        deviation in it, given as standard normal."""
        heaped = np.cumsum(self.positions.weights[row])
        cell = np.minimum(np.searchsorted(heaped, place * heaped[-1]), len(heaped) - 1)
        deviation = self.deviations(normal)
        values = values_in_cells(self.parameters, self.positions.ahead, row, cell, deviation)
        chance = np.interp(values, POINTS, self.below[row])
        scores: Floats = ndtri(np.clip(chance, _LEAST, 1 - _LEAST))
        return scores

    def deviations(self, normal: Floats) -> Floats:
        """Standard normal deviations as those of the model: on the lines of `student`, of which the points lie equally
        far apart, so that none has to be looked for."""
        known, step = self.student, _NORMAL[1] - _NORMAL[0]
        place = np.clip((normal - _NORMAL[0]) / step, 0, len(known) - 1)
        before = np.minimum(place.astype(np.int64), len(known) - 2)
        line: Floats = known[before] + (place - before) * (known[before + 1] - known[before])
        return line

    def of(self, rows: Integers) -> Levels:
        """The same of some programmes, given as indices."""
        return replace(self, positions=self.positions.of(rows))


@lru_cache(maxsize=16)
def _student(freedom: float) -> Floats:
    """Every year and every kind of programme of a model asks for the same, which takes long to find."""
    heavy: Floats = np.asarray(stdtrit(freedom, ndtr(_NORMAL)), dtype=np.float64)
    heavy.flags.writeable = False
    return heavy
