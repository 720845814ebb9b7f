"""The values of one key at which a goal begins or ceases to hold, by bracketing.

The whole range is looked at in equal steps; between two neighbours of which one meets the goal and the other does not,
the interval is halved until the two are next to each other. Every value is measured with the same draws (common random
numbers: Law, Simulation Modeling and Analysis, 2015, § 11.2), so an outcome with chance in it is one fixed function of
the value, and its halves do not contradict each other.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from itertools import pairwise
from typing import Final

from msgspec import Struct

from gguplan.fund.fund_year import Origin
from gguplan.fund.goals import Goal
from gguplan.fund.sweep_plan import Factor

OTHER_SEEDS: Final = 4
"""So many times an edge is looked for again with other draws."""

Measure = Callable[[int], int | None]
"""The outcome at a value, in whole units; None where the sum cannot be made."""


class Look(Struct, frozen=True):
    """A value that was tried and what came out; None where the sum cannot be made."""

    value: int
    outcome: int | None


class Edge(Struct, frozen=True):
    """Two neighbours, of which just one meets the goal; `rises` where that is the higher one."""

    below: Look
    above: Look
    rises: bool

    @property
    def meets(self) -> Look:
        """The one that meets the goal."""
        return self.above if self.rises else self.below

    @property
    def misses(self) -> Look:
        """The one that does not."""
        return self.below if self.rises else self.above

    @property
    def is_exact(self) -> bool:
        """Whether no value lies between the two; one does where its sum cannot be made."""
        return self.above.value - self.below.value == 1


class Search(Struct, frozen=True, dict=True):
    """What was looked at in steps, from the lowest value to the highest, and every edge between two of them."""

    looks: tuple[Look, ...]
    met: tuple[bool, ...]
    edges: tuple[Edge, ...]

    @cached_property
    def made(self) -> tuple[Look, ...]:
        """The looks whose sum could be made."""
        return tuple(look for look in self.looks if look.outcome is not None)

    @property
    def always(self) -> bool:
        """Whether every value that was looked at meets the goal."""
        return bool(self.made) and not self.edges and any(self.met)

    @property
    def is_flat(self) -> bool:
        """Whether the same came out at every value that was looked at, more than one."""
        return len(self.made) > 1 and not self.edges and len({look.outcome for look in self.made}) == 1

    @property
    def never(self) -> bool:
        """Whether none of them does, and it is not passed between two of them."""
        return not any(self.met) and not self.edges


class Sought(Struct, frozen=True):
    """What came of a goal seek in a scenario called `title`.

    `is_drawn` says whether chance plays a part in the outcome. `elsewhere` has for each edge where it lies with other
    draws, None where it is not met within the range; it is empty where nothing is drawn. `problem` says why the sum
    cannot be made at the first value at which it cannot; empty where it always can.
    """

    title: str
    origin: Origin
    factor: Factor
    goal: Goal
    search: Search
    is_drawn: bool
    elsewhere: tuple[tuple[int | None, ...], ...]
    problem: str
    draws: int
    seed: int


def search(measure: Measure, holds: Callable[[int], bool], low: int, high: int, steps: int) -> Search:
    """Look at `steps` values from `low` to `high`, both included, and halve between neighbours that differ.

    Fewer where there are not so many values. Each value is measured once.
    """
    kept: dict[int, Look] = {}

    def look(value: int) -> Look:
        if value not in kept:
            kept[value] = Look(value, measure(value))
        return kept[value]

    def meets(place: Look) -> bool:
        return place.outcome is not None and holds(place.outcome)

    last = min(steps, high - low + 1) - 1
    looks = [look(low + (high - low) * step // last) for step in range(last + 1)] if last else [look(low)]
    edges = [
        _halved(first, second, look, meets)
        for first, second in pairwise(looks)
        if first.outcome is not None and second.outcome is not None and meets(first) != meets(second)
    ]
    return Search(tuple(looks), tuple(map(meets, looks)), tuple(edges))


def same_edge(measure: Measure, holds: Callable[[int], bool], edge: Edge, low: int, high: int) -> int | None:
    """Where an edge lies with other draws: the value that meets the goal beside one that does not.

    Looked for outwards from where it was, twice as far each time, and then to a four-thousandth of the range, which is
    finer than draws tell; None where it is not met within `low` and `high`.
    """

    def look(value: int) -> Look:
        return Look(value, measure(value))

    def meets(place: Look) -> bool:
        return place.outcome is not None and holds(place.outcome)

    reach = max(1, (high - low) // 256)
    while True:
        below, above = look(max(low, edge.below.value - reach)), look(min(high, edge.above.value + reach))
        if below.outcome is None or above.outcome is None:
            return None
        if meets(below) != meets(above):
            break
        if below.value == low and above.value == high:
            return None
        reach *= 2
    if meets(above) != edge.rises:
        return None
    return _halved(below, above, look, meets, max(1, (high - low) // 4_096)).meets.value


def _halved(
    below: Look, above: Look, look: Callable[[int], Look], meets: Callable[[Look], bool], apart: int = 1
) -> Edge:
    rises = meets(above)
    while above.value - below.value > apart:
        middle = look((below.value + above.value) // 2)
        if middle.outcome is None:
            break
        if meets(middle) == rises:
            above = middle
        else:
            below = middle
    return Edge(below, above, rises)
