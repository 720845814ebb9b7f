"""The map as lines to draw: areas on a grid of whole numbers, coarse enough for a small page."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from gguplan.fund.boundaries import Boundaries, Ring
from gguplan.fund.municipalities import Population

WIDTH: Final = 1000
"""Steps of the grid from west to east: some 260 metres each. Neighbours are put on the same grid,
so that their common border stays one line."""

Point = tuple[int, int]


class Shape(Struct, frozen=True):
    """One area: `place` of its municipality in the population (None for nobody's), its name, its path in SVG."""

    place: int | None
    name: str
    path: str


class Drawing(Struct, frozen=True):
    """All areas, in order of municipality, on a sheet of `width` by `height`; `year` is that of the map.

    Without shapes when the map has none of the municipalities.
    """

    year: int
    width: int
    height: int
    shapes: tuple[Shape, ...]


def drawing_of(boundaries: Boundaries, population: Population) -> Drawing:
    """Every area of a municipality in one shape, so that no old border runs through it."""
    named = [
        (place, municipality.name, boundaries.areas.get(municipality.gm_code, ()))
        for place, municipality in enumerate(population.municipalities)
    ]
    areas: list[tuple[int | None, str, tuple[Ring, ...]]] = [area for area in named if area[2]]
    areas += [(None, name, rings) for name, rings in sorted(boundaries.divided.items()) if rings]
    if not areas:
        return Drawing(boundaries.map_year, WIDTH, WIDTH, ())
    points = [point for _place, _name, rings in areas for ring in rings for point in ring]
    west, east = min(x for x, _y in points), max(x for x, _y in points)
    north, south = min(y for _x, y in points), max(y for _x, y in points)
    scale = WIDTH / (east - west or 1)

    def on_grid(ring: Ring) -> list[Point]:
        return [(round((x - west) * scale), round((y - north) * scale)) for x, y in ring]

    shapes = tuple(Shape(place, name, _path(list(map(on_grid, rings)))) for place, name, rings in areas)
    return Drawing(boundaries.map_year, WIDTH, round((south - north) * scale), shapes)


def _path(rings: list[list[Point]]) -> str:
    kept = [ring for ring_of_area in rings if len(ring := _without_idle_points(ring_of_area)) > 2]
    if not kept:
        # Smaller than the grid: a dot, so that it does not go missing.
        x, y = rings[0][0]
        kept = [[(x - 1, y - 1), (x + 1, y - 1), (x + 1, y + 1), (x - 1, y + 1)]]
    return "".join(map(_ring, kept))


def _without_idle_points(ring: list[Point]) -> list[Point]:
    """A ring without points that stand still or lie straight between their neighbours, and without its last."""
    kept: list[Point] = []
    for point in ring[:-1] if ring[0] == ring[-1] else ring:
        while len(kept) > 1 and _is_between(kept[-2], kept[-1], point):
            kept.pop()
        if not kept or kept[-1] != point:
            kept.append(point)
    return kept


def _is_between(first: Point, middle: Point, last: Point) -> bool:
    across = (middle[0] - first[0]) * (last[1] - first[1]) - (middle[1] - first[1]) * (last[0] - first[0])
    along = (middle[0] - first[0]) * (last[0] - middle[0]) + (middle[1] - first[1]) * (last[1] - middle[1])
    return across == 0 and along >= 0


def _ring(points: list[Point]) -> str:
    (x, y), *rest = points
    text = f"M{x} {y}l"
    for count, (to_x, to_y) in enumerate(rest):
        text += f"{' ' if count and to_x >= x else ''}{to_x - x}{'' if to_y < y else ' '}{to_y - y}"
        x, y = to_x, to_y
    return text + "z"
