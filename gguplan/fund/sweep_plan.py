"""What a sweep varies, as whole numbers: cents, ten-thousandths, days, or the place of a choice."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Final, Literal

from msgspec import Struct

from gguplan.money import RATE_UNITS, plain_euros

Sample = Literal["grid", "latin_hypercube", "sobol"]
"""Every combination of the levels, or a designed sample over all values at once."""

Role = Literal["lever", "uncertainty"]
"""A lever is what the assembly decides, an uncertainty what happens to it."""

ValueSort = Literal["amount", "rate", "price", "whole_number", "day", "first_of_january", "other"]
"""An amount goes by cents, a rate and a price by ten-thousandths, a whole number by ones, a date by days or years."""

LARGEST_SWEEP: Final = 100_000
"""The most variants of one sweep, but for a grid that goes to Parquet."""

LARGEST_GRID: Final = 1_000_000
"""The most variants of a grid that goes to Parquet, of which only what is shown is held in memory."""

AS_WRITTEN: Final = -1
"""Stands for the value that the scenario has by itself."""

_FEWEST_A_COMPARISON: Final = 3
_ENOUGH_A_COMPARISON: Final = 32
_FEWEST: Final = 16
_ENOUGH: Final = 512


def fewest_variants(comparisons: int) -> int:
    """The size of a designed sample below which no shares are worked out. A range is one comparison, choices are one
    less than there are."""
    return max(_FEWEST, _FEWEST_A_COMPARISON * comparisons)


def enough_variants(comparisons: int) -> int:
    """The size of a designed sample, a power of two, that tells the shares of so much to within some points:
    docs/sweep.md has how many. Never more than one sweep takes."""
    wanted = max(_ENOUGH, _ENOUGH_A_COMPARISON * comparisons)
    return min(1 << (wanted - 1).bit_length(), 1 << (LARGEST_SWEEP.bit_length() - 1))


class Factor(Struct, frozen=True, dict=True):
    """What is varied. A value is a whole number: units of `leaf` from `low` to `high`, or an index into `choices`,
    which are written as after the ``=`` of ``--set``. `levels` is how many values a grid has. `names` are what stands
    in each choice that is a list."""

    path: tuple[str | int, ...]
    role: Role
    leaf: ValueSort
    source: str = ""
    low: int = 0
    high: int = 0
    most_likely: int | None = None
    choices: tuple[str, ...] = ()
    levels: int = 0
    names: tuple[tuple[str, ...], ...] = ()

    @cached_property
    def name(self) -> str:
        """The path as ``--set`` takes it."""
        return ".".join(map(str, self.path))

    @property
    def comparisons(self) -> int:
        """How many differences say what it does in outline: one of a range, one less than there are choices."""
        return max(len(self.choices) - 1, 1)

    def at_level(self, level: int) -> int:
        """The value at a level of the grid, equally far apart, half a unit upwards."""
        if self.choices:
            return level
        last = self.levels - 1
        return self.low + (2 * (self.high - self.low) * level + last) // (2 * last)

    def text(self, value: int) -> str:
        """A value as it is written after the ``=`` of ``--set``."""
        return self.choices[value] if self.choices else written(self.leaf, value)

    def ends(self) -> tuple[int, ...]:
        """The values to try one at a time: both bounds, or every choice; of a reference date, every year."""
        if self.choices:
            return tuple(range(len(self.choices)))
        return tuple(range(self.low, self.high + 1)) if self.leaf == "first_of_january" else (self.low, self.high)


class SweepPlan(Struct, frozen=True):
    """What is varied over a scenario: all combinations of a grid, or a designed sample of `size` variants."""

    factors: tuple[Factor, ...]
    sample: Sample
    size: int

    def varies(self, table: str) -> bool:
        """Whether something in a table of the scenario varies."""
        return any(factor.path[0] == table for factor in self.factors)


def written(leaf: ValueSort, value: int) -> str:
    """Units of a leaf as a scenario writes them."""
    if leaf == "amount":
        return plain_euros(value)
    if leaf in ("rate", "price"):
        text = f"{Decimal(value) / RATE_UNITS:.4f}"
        return text[:-2] + text[-2:].rstrip("0")
    if leaf == "day":
        return date.fromordinal(value).isoformat()
    return f"{value:04}-01-01" if leaf == "first_of_january" else str(value)
