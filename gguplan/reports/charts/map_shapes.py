"""The areas of municipalities as shapes to draw, and where their names stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from gguplan.fund.boundaries import Boundaries, Ring
from gguplan.reports.charts.look import Row
from gguplan.reports.charts.map_drawing import WIDTH, Area, Name
from gguplan.reports.charts.rate_classes import Class
from gguplan.reports.charts.text_widths import text_width

HEIGHT: Final = 560
_HEIGHT_OF_A_FEW: Final = 300
_FEW: Final = 12
"""So many municipalities have room for their names on a small map."""

_LEAST_DISTANCE: Final = 3
"""Between two points of a border, in hectometres: half a unit of the picture."""


_LEGEND: Final = (0.36, 0.3)
"""How much of the width and of the height of the picture a legend takes, at its upper left."""


def areas_of(rings: tuple[Ring, ...], row: Row, of: Class, united: bool) -> list[Area]:
    """A municipality to draw. Where its area is united the second covers the borders within it."""
    drawn, properties = outlines(rings), {key: row[key] for key in ("gm_code", "cents", "rate")}
    if not united:
        return [Area(drawn, of.colour, "white", 0.5, properties)]
    return [Area(drawn, of.colour, "white", 1.2), Area(drawn, of.colour, of.colour, 0.4, properties)]


def outlines(rings: tuple[Ring, ...]) -> list[list[tuple[int, int]]]:
    """Rings as they are drawn, as one path, in which a ring that turns the other way is a hole."""
    return [thin for ring in rings if len(thin := _thinned(ring)) > 3] or [list(_largest(rings))]


def _thinned(ring: Ring) -> list[tuple[int, int]]:
    """A ring without the points that are closer to the one before than can be seen."""
    kept = [ring[0]]
    for point in ring[1:-1]:
        if abs(point[0] - kept[-1][0]) + abs(point[1] - kept[-1][1]) >= _LEAST_DISTANCE:
            kept.append(point)
    return [*kept, ring[0]]


def _largest(rings: Sequence[Ring]) -> Ring:
    return max(rings, key=lambda ring: abs(_twice_the_area(np.array(ring, dtype=np.float64))))


def _twice_the_area(ring: NDArray[np.float64]) -> float:
    (x, y), (next_x, next_y) = ring[:-1].T, ring[1:].T
    return float((x * next_y - next_x * y).sum())


def are_few(bounds: Boundaries) -> bool:
    """Whether a map is so small that every municipality on it gets its name."""
    return len(bounds.areas) <= _FEW


def height_of(bounds: Boundaries) -> int:
    """How high a map is drawn."""
    return _HEIGHT_OF_A_FEW if are_few(bounds) else HEIGHT


def room_for_a_legend(bounds: Boundaries) -> tuple[int, int]:
    """A point so far to the west of all areas that the map stands at the right of the picture, and nothing of it behind
    the legend."""
    points = np.array([point for rings in bounds.areas.values() for ring in rings for point in ring])
    (west, north), (east, south) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
    span = (south - north) * WIDTH / height_of(bounds)
    behind = (points[:, 0] < east - span * (1 - _LEGEND[0])) & (points[:, 1] < north + (south - north) * _LEGEND[1])
    if behind.any():
        span = (east - west) / (1 - _LEGEND[0])
    return round(east - span), int(north)


def names(areas: Sequence[tuple[str, tuple[Ring, ...]]], bounds: Boundaries) -> list[Name]:
    """Where each name stands, off the other names: within its largest area on a map of few, above it on another; or
    else below, right or left of it."""
    points = np.array([point for rings in bounds.areas.values() for ring in rings for point in ring])
    east, south = np.ptp(points, axis=0).tolist()
    unit = max(east / WIDTH, south / height_of(bounds))
    labels: list[Name] = []
    taken: list[tuple[float, float, float]] = []
    for name, rings in areas:
        (left, top), (right, bottom) = (np.array(_largest(rings)).min(axis=0), np.array(_largest(rings)).max(axis=0))
        half, line, gap = unit * text_width(name, bold=True) / 2, unit * 13, unit * 9
        across, down = float(left + right) / 2, float(top + bottom) / 2
        places = [
            *([(across, down)] if are_few(bounds) else []),
            (across, float(top) - gap),
            (across, float(bottom) + gap),
            (float(right) + half + gap, down),
            (float(left) - half - gap, down),
        ]
        free = (
            place
            for place in places
            if all(abs(place[0] - x) > half + wide or abs(place[1] - y) > line for x, y, wide in taken)
        )
        x, y = next(free, places[0])
        taken.append((x, y, half))
        labels.append(Name(name, x, y))
    return labels
