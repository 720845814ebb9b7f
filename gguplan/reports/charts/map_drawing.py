"""A map as it is drawn: areas in one scale, a legend beside them, and lines of text above and below."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from msgspec import Struct

from gguplan.reports.charts.look import FONT, INK, SOFT, text_width

WIDTH: Final = 620
"""Of the map itself, with its legend."""

_EDGE: Final = 10
"""Around the whole picture."""

_ABOVE_THE_MAP: Final = 16.5
_BELOW_THE_MAP: Final = 20.5
"""From a line of text to the map: the lines stand on their feet."""

_BAND: Final = 21
"""From one class of the legend to the next."""

_WHITE_EDGE: Final = 'stroke="white" stroke-width="3.5" stroke-linejoin="round" opacity="0.85"'


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


class MapDrawing(Struct, frozen=True):
    """A map `height` high: what is drawn later lies over what was before. `corner` is a point that the map must hold
    besides its areas; `legend` has what each class is called and its colour. `title`, `subtitle` and `note` are
    lines."""

    areas: tuple[Area, ...]
    names: tuple[Name, ...]
    corner: tuple[float, float]
    height: int
    legend_title: str
    legend: tuple[tuple[str, str], ...]
    title: Sequence[str]
    subtitle: Sequence[str]
    note: Sequence[str]

    def svg(self) -> str:
        """The map as SVG."""
        drawn: list[str] = []
        y = _EDGE - 3.5
        for lines, size, line, style in (
            (self.title, 15, 19, f'font-weight="bold" fill="{INK}"'),
            (self.subtitle, 12, 16, f'fill="{SOFT}"'),
        ):
            for number, text in enumerate(lines):
                y += line if number else size + (5 if y > _EDGE else 1)
                drawn.append(_text(text, _EDGE, y, size, style))
        top = y + _ABOVE_THE_MAP
        drawn.append(f'<g transform="translate({_EDGE},{_number(top)})">{self._map()}{self._legend()}</g>')
        y = top + self.height + _BELOW_THE_MAP - 13
        for text in self.note:
            y += 13
            drawn.append(_text(text, _EDGE, y, 10, f'fill="{SOFT}"'))
        width, height = round(2 * _EDGE + self._width()), round(y + 12.5)
        measures = f'width="{width}" height="{height}"'
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" version="1.1" {measures} viewBox="0 0 {width} {height}">'
            f'<rect {measures} fill="white"/><g font-family="{FONT}" stroke-miterlimit="10">{"".join(drawn)}</g></svg>'
        )

    def _width(self) -> float:
        lines = [
            *(text_width(text, 15, bold=True) for text in self.title),
            *(text_width(text, 12) for text in self.subtitle),
            *(text_width(text, 10) for text in self.note),
        ]
        return max([WIDTH, *lines])

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
            # An edge of white below it, so that it can be read where borders pass.
            for style in (f'fill="white" {_WHITE_EDGE}', f'fill="{INK}"'):
                names.append(_text(name.text, x, y + 3.3, 11, f'text-anchor="middle" font-weight="bold" {style}'))
        return "".join([*areas, *names])

    def _legend(self) -> str:
        drawn = [_text(self.legend_title, 0, 13, 11, f'font-weight="bold" fill="{INK}"')]
        for number, (text, colour) in enumerate(self.legend):
            y = 20 + _BAND * number
            box = f'x="0.5" y="{y + 0.5}" width="13" height="13" stroke="#999999" stroke-width="0.5"'
            drawn += [f'<rect {box} fill="{colour}"/>', _text(text, 18, y + 10, 11, f'fill="{INK}"')]
        return "".join(drawn)


def _path(points: Any) -> str:
    return "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in points[:-1].tolist()) + "Z"


def _text(text: str, x: float, y: float, size: int, style: str) -> str:
    place = f'x="{_number(x)}" y="{_number(y)}"'
    return f'<text {place} font-size="{size}px" {style}>{html.escape(text)}</text>'


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
