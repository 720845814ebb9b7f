"""A panel of a chart: marks between two axes, with a legend above them."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from gguplan.reports.charts.axes import Axis
from gguplan.reports.charts.look import GRID, INK, SOFT
from gguplan.reports.charts.marks import Box, Mark, Scale, Shape, Words, around, number, outline, text
from gguplan.reports.charts.text_widths import text_width

_TICK: Final = 5
_TO_LABEL: Final = 8
_TO_TITLE: Final = 9
"""Units from the end of a chart to the writing beside it, and from that to the title of the axis."""

_LETTERS: Final = 11
_KEY: Final = 18
_BETWEEN_KEYS: Final = 14
_ROW_OF_KEYS: Final = 17
_TO_THE_LEGEND: Final = 9
_TO_THE_HEADING: Final = 16


class Key(Struct, frozen=True):
    """What a colour or a shape of a chart stands for."""

    words: str
    fill: str
    shape: Shape = "square"
    size: float = 144
    stroke: str = "none"


class Drawn(Struct, frozen=True):
    """A part of a picture as SVG around its own upper left corner, and how far it reaches."""

    svg: str
    box: Box


class Panel(Struct, frozen=True):
    """Marks over two scales. What is above and beside them, such as names of rows, is among the marks too; `heading`
    has lines above the whole, the first in bold."""

    x: Scale
    y: Scale
    marks: tuple[Mark, ...]
    x_axis: Axis | None = None
    y_axis: Axis | None = None
    legend: tuple[Key, ...] = ()
    heading: tuple[str, ...] = ()

    def drawn(self) -> Drawn:
        """The panel as SVG, and how far it reaches."""
        wide, high = self.x.length, self.y.length
        boxes = [Box(0, 0, wide, high)]
        grid: list[str] = []
        axes: list[str] = []
        if self.x_axis is not None:
            boxes += self._below(self.x_axis, grid, axes)
        if self.y_axis is not None:
            boxes += self._beside(self.y_axis, grid, axes)
        marks = [mark.svg(self.x, self.y) for mark in self.marks]
        boxes += [mark.box(self.x, self.y) for mark in self.marks if isinstance(mark, Words)]
        held = around(boxes)
        legend, top = _legend(self.legend, held.right, held.top)
        heading, top = _heading(self.heading, held.left, top)
        right = max([held.right, *(held.left + text_width(line, 12, bold=True) for line in self.heading)])
        return Drawn("".join([*grid, *axes, *marks, *legend, *heading]), Box(held.left, top, right, held.bottom))

    def _below(self, axis: Axis, grid: list[str], drawn: list[str]) -> list[Box]:
        """The axis of `x`: its lines are added to `grid`, what lies over them to `drawn`."""
        wide, high = self.x.length, self.y.length
        places = [(_sharp(self.x(value)), words) for value, words in axis.apart(self.x(1) - self.x(0))]
        if axis.line:
            drawn.append(_line(0, _sharp(high), wide, _sharp(high), SOFT))
        boxes, foot = [], high
        for place, words in places:
            if axis.grid:
                grid.append(_line(place, 0, place, high, GRID))
            if axis.ticks:
                drawn.append(_line(place, _sharp(high), place, _sharp(high) + _TICK, SOFT))
            foot = high + _TO_LABEL + 9
            drawn.append(text(words, place, foot, _LETTERS, f'fill="{INK}"', "middle"))
            half = text_width(words) / 2
            boxes.append(Box(place - half, high, place + half, foot + 3))
        if axis.title:
            foot += _TO_TITLE + 9
            drawn.append(text(axis.title, wide / 2, foot, _LETTERS, f'fill="{SOFT}"', "middle"))
            half = text_width(axis.title) / 2
            boxes.append(Box(wide / 2 - half, high, wide / 2 + half, foot + 3))
        return boxes

    def _beside(self, axis: Axis, grid: list[str], drawn: list[str]) -> list[Box]:
        """The axis of `y`, as `_below`."""
        wide, high = self.x.length, self.y.length
        if axis.line:
            drawn.append(_line(0.5, 0, 0.5, high, SOFT))
        left = 0.0
        for value, words in axis.marks:
            place = _sharp(self.y(value))
            if axis.grid:
                grid.append(_line(0, place, wide, place, GRID))
            if axis.ticks:
                drawn.append(_line(-_TICK, place, 0, place, SOFT))
            drawn.append(text(words, -_TO_LABEL, place + 3.5, _LETTERS, f'fill="{INK}"', "end"))
            left = min(left, -_TO_LABEL - text_width(words))
        if axis.title:
            left -= _TO_TITLE
            drawn.append(text(axis.title, left, high / 2, _LETTERS, f'fill="{SOFT}"', "middle", turn=-90))
            left -= _LETTERS
        half = text_width(axis.title) / 2 if axis.title else 0
        return [Box(left, min(0, high / 2 - half), 0, max(high, high / 2 + half))]


def _legend(keys: tuple[Key, ...], right: float, top: float) -> tuple[list[str], float]:
    """The keys beside each other above `top`, in as many rows as it takes, and the top of them all."""
    rows: list[list[tuple[float, Key]]] = []
    at = 0.0
    for key in keys:
        end = at + _KEY + text_width(key.words)
        if not rows or end > right:
            rows.append([])
            at, end = 0.0, _KEY + text_width(key.words)
        rows[-1].append((at, key))
        at = end + _BETWEEN_KEYS
    drawn = []
    for place, row in enumerate(reversed(rows)):
        middle = top - _TO_THE_LEGEND - 6 - _ROW_OF_KEYS * place
        for at, key in row:
            border = "" if key.stroke == "none" else f' stroke="{key.stroke}" stroke-width="1.5"'
            shape = outline(key.shape, at + 6, middle, key.size)
            drawn.append(f'<path d="{shape}" fill="{key.fill}"{border}/>')
            drawn.append(text(key.words, at + _KEY, middle + 3.8, _LETTERS, f'fill="{INK}"'))
    return drawn, top - (_TO_THE_LEGEND + _ROW_OF_KEYS * len(rows) if rows else 0)


def _heading(lines: tuple[str, ...], left: float, top: float) -> tuple[list[str], float]:
    drawn = []
    for place, line in enumerate(reversed(lines)):
        first = place == len(lines) - 1
        foot = top - _TO_THE_HEADING - 16 * place
        drawn.append(text(line, left, foot, 12, f'fill="{INK if first else SOFT}"', bold=first))
    return drawn, top - (_TO_THE_HEADING + 16 * len(lines) if lines else 0)


def _sharp(place: float) -> float:
    """In the middle of a unit, where a line of one unit is sharp on a screen."""
    return round(place - 0.5) + 0.5


def _line(x: float, y: float, to_x: float, to_y: float, colour: str) -> str:
    path = f"M{number(x)},{number(y)}L{number(to_x)},{number(to_y)}"
    return f'<path d="{path}" stroke="{colour}"/>'
