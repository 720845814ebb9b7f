"""A map as it is drawn: areas in one scale, and a legend beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from msgspec import Struct

from gguplan.reports.charts.look import INK
from gguplan.reports.charts.marks import EDGE, Box, text
from gguplan.reports.charts.panel import Drawn

WIDTH: Final = 620
"""Of the map itself, with its legend."""

_BAND: Final = 21
"""From one class of the legend to the next."""


class Area(Struct, frozen=True):
    """An area of closed lines of points, in one colour; without a fill only its border is drawn. Of a municipality
    `properties` say its code, and its cents and rate."""

    rings: Sequence[Sequence[Sequence[float]]]
    fill: str = "none"
    stroke: str = "none"
    width: float = 0
    properties: dict[str, Any] = {}


class Name(Struct, frozen=True):
    """A name, and the point that it stands on, as areas have them."""

    text: str
    x: float
    y: float


class MapPanel(Struct, frozen=True):
    """A map `height` high: what is drawn later lies over what was before. `corner` is a point that the map must hold
    besides its areas; `legend` has what each class is called and its colour."""

    areas: tuple[Area, ...]
    names: tuple[Name, ...]
    corner: tuple[float, float]
    height: int
    legend_title: str
    legend: tuple[tuple[str, str], ...]

    def drawn(self) -> Drawn:
        """The map as SVG, and how far it reaches."""
        return Drawn(self._map() + self._legend(), Box(0, 0, WIDTH, self.height))

    def _map(self) -> str:
        """Areas and names, as large as there is room for, in the middle of it."""
        points = np.array([self.corner, *(point for area in self.areas for ring in area.rings for point in ring)])
        low, high = points.min(axis=0), points.max(axis=0)
        scale = min(WIDTH / (high[0] - low[0]), self.height / (high[1] - low[1]))
        shift = (np.array([WIDTH, self.height]) - scale * (low + high)) / 2
        areas = []
        for area in self.areas:
            path = "".join(_path(scale * np.array(ring) + shift) for ring in area.rings)
            border = "" if area.stroke == "none" else f' stroke="{area.stroke}" stroke-width="{area.width}"'
            areas.append(f'<path d="{path}" fill="{area.fill}"{border} stroke-linejoin="round"/>')
        names = []
        for name in self.names:
            x, y = scale * np.array([name.x, name.y]) + shift
            # Its edge is that of white below it, so that it can be read where borders pass.
            for style in (f'fill="white" {EDGE}', f'fill="{INK}"'):
                names.append(text(name.text, x, y + 3.3, 11, style, "middle", bold=True))
        return "".join([*areas, *names])

    def _legend(self) -> str:
        drawn = [text(self.legend_title, 0, 13, 11, f'fill="{INK}"', bold=True)]
        for place, (words, colour) in enumerate(self.legend):
            y = 20 + _BAND * place
            box = f'x="0.5" y="{y + 0.5}" width="13" height="13" stroke="#999999" stroke-width="0.5"'
            drawn += [f'<rect {box} fill="{colour}"/>', text(words, 18, y + 10, 11, f'fill="{INK}"')]
        return "".join(drawn)


def _path(points: Any) -> str:
    return "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in points[:-1].tolist()) + "Z"
