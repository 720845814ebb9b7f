"""One at a time: what each factor does by itself, with everything else as the scenario has it (a tornado)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from gguplan.fund.sweep_plan import AS_WRITTEN, Factor
from gguplan.model.sweep.outcomes import Outcomes
from gguplan.money import Integers


class Swing(Struct, frozen=True):
    """What one factor does to one outcome, in cents: at its lowest and highest value, or with the choices that give
    the least and the most. `low` and `high` are those values, as ``--set`` writes them."""

    factor: Factor
    low: str
    high: str
    low_cents: int
    high_cents: int

    @property
    def width(self) -> int:
        """Cents between the two."""
        return abs(self.high_cents - self.low_cents)


class OneAtATime(Struct, frozen=True):
    """The outcomes of the scenario as it is (the first row), and of each factor at each of its ends (`ends`: which
    factor has which value in the other rows)."""

    factors: tuple[Factor, ...]
    outcomes: Outcomes
    ends: tuple[tuple[int, int], ...]

    def base(self, column: str) -> int:
        """What the scenario as it is comes to."""
        return int(self.outcomes.column(column)[0])

    def swings(self, column: str) -> tuple[Swing, ...]:
        """The swing of every factor, the widest first."""
        cents = self.outcomes.column(column)[1:].tolist()
        by_factor = []
        for place, factor in enumerate(self.factors):
            rows = [row for row, (which, _value) in enumerate(self.ends) if which == place]
            if factor.choices:
                rows.sort(key=lambda row: (cents[row], row))
            first, last = rows[0], rows[-1]
            low, high = (factor.text(self.ends[row][1]) for row in (first, last))
            by_factor.append(Swing(factor, low, high, cents[first], cents[last]))
        return tuple(sorted(by_factor, key=lambda swing: -swing.width))


def ends_of(factors: Sequence[Factor]) -> tuple[tuple[int, int], ...]:
    """Which factor, by position, has which value when each is at one of its ends."""
    return tuple((position, value) for position, factor in enumerate(factors) for value in factor.ends())


def variants_one_at_a_time(factors: Sequence[Factor]) -> Integers:
    """The scenario as it is, and each factor at each of its ends with all else as it is; shape (1 + ends, factors)."""
    ends = ends_of(factors)
    variants = np.full((1 + len(ends), len(factors)), AS_WRITTEN, dtype=np.int64)
    for row, (position, value) in enumerate(ends, start=1):
        variants[row, position] = value
    return variants
