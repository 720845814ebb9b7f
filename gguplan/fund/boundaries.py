"""The areas of the municipalities of a year, for drawing only."""

from __future__ import annotations

from msgspec import Struct

Ring = tuple[tuple[int, int], ...]
"""A closed line of points: hectometres to the east and to the south of 3° east, 54° north."""


class Boundaries(Struct, frozen=True):
    """The rings of each municipality by code, from the map of `map_year`; holes are rings too.

    `not_drawn` are codes of municipalities without an area of their own; `divided` are the rings of what went to
    several municipalities, or came of several, by the name on the map.
    """

    map_year: int
    areas: dict[str, tuple[Ring, ...]]
    united: frozenset[str]
    not_drawn: tuple[str, ...]
    divided: dict[str, tuple[Ring, ...]]
