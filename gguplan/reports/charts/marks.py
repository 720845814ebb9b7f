"""What a chart is drawn of: bars, strokes, surfaces, dots and words, each at values of its two scales."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from math import sqrt
from typing import Final, Literal, assert_never

from msgspec import Struct

from gguplan.reports.charts.look import INK
from gguplan.reports.charts.text_widths import text_width

Point = tuple[float, float]
Shape = Literal["circle", "square", "diamond", "triangle-up", "triangle-down", "triangle-left", "triangle-right"]
Anchor = Literal["start", "middle", "end"]
Foot = Literal["above", "middle", "below"]
"""Where text stands beside its point: on it, half way, or hanging from it."""

EDGE: Final = 'stroke="white" stroke-width="3.5" stroke-linejoin="round" opacity="0.85"'
"""White around text, drawn below it, so that it can be read where lines pass."""

_FEET: Final[dict[Foot, float]] = {"above": -0.21, "middle": 0.32, "below": 0.79}
"""How far below its point the letters of a text stand, as a part of their size."""


class Box(Struct, frozen=True):
    """The ends of what is drawn, in units from the upper left corner of its panel; what is left or above is
    negative."""

    left: float
    top: float
    right: float
    bottom: float


class Scale(Struct, frozen=True):
    """Values from `low` to `high` over a length in units: to the right and down, or `upwards`."""

    low: float
    high: float
    length: float
    upwards: bool = False

    def __call__(self, value: float) -> float:
        """Where a value stands, in units."""
        share = (value - self.low) / (self.high - self.low)
        return self.length * (1 - share if self.upwards else share)


class Bars(Struct, frozen=True):
    """Bars in one colour, each from one value to another of `x` and of `y`."""

    bars: tuple[tuple[float, float, float, float], ...]
    fill: str
    stroke: str = "none"
    stroke_width: float = 0

    def svg(self, x: Scale, y: Scale) -> str:
        """All of them as one path."""
        path = "".join(
            f"M{number(x(start))},{number(y(bottom))}V{number(y(top))}H{number(x(end))}V{number(y(bottom))}Z"
            for start, end, bottom, top in self.bars
        )
        return _path(path, self.fill, self.stroke, self.stroke_width)


class Strokes(Struct, frozen=True):
    """Lines in one colour, each through its points; `dash` as in SVG. `past` is how far each goes on beyond its first
    and its last point, in units upwards and downwards."""

    lines: tuple[tuple[Point, ...], ...]
    colour: str
    width: float = 1
    dash: str = ""
    past: tuple[float, float] = (0, 0)

    def svg(self, x: Scale, y: Scale) -> str:
        """All of them as one path."""
        paths = []
        for line in self.lines:
            points = [(x(across), y(up)) for across, up in line]
            (first_x, first_y), (last_x, last_y) = points[0], points[-1]
            points[0], points[-1] = (first_x, first_y - self.past[0]), (last_x, last_y + self.past[1])
            paths.append("M" + "L".join(f"{number(across)},{number(down)}" for across, down in points))
        dashes = f' stroke-dasharray="{self.dash}"' if self.dash else ""
        return _path("".join(paths), "none", self.colour, self.width, dashes)


class Surface(Struct, frozen=True):
    """What lies within a line through these points."""

    points: tuple[Point, ...]
    fill: str

    def svg(self, x: Scale, y: Scale) -> str:
        """The surface as a path."""
        path = "L".join(f"{number(x(across))},{number(y(up))}" for across, up in self.points)
        return _path(f"M{path}Z", self.fill)


class Dots(Struct, frozen=True):
    """Dots of one shape and colour; `size` is the square of how wide one is, in units."""

    points: tuple[Point, ...]
    shape: Shape
    fill: str
    size: float
    stroke: str = "none"
    stroke_width: float = 1

    def svg(self, x: Scale, y: Scale) -> str:
        """All of them as one path."""
        path = "".join(outline(self.shape, x(across), y(up), self.size) for across, up in self.points)
        return _path(path, self.fill, self.stroke, self.stroke_width)


class Words(Struct, frozen=True):
    """Lines of text beside a point, `across` and `down` units from it; with an `edge` where lines pass."""

    lines: Sequence[str]
    at: Point
    across: float = 0
    down: float = 0
    anchor: Anchor = "start"
    foot: Foot = "middle"
    size: float = 11
    bold: bool = False
    colour: str = INK
    edge: bool = False

    def svg(self, x: Scale, y: Scale) -> str:
        """The lines, each a text of its own."""
        left, feet = self._places(x, y)
        styles = [f'fill="white" {EDGE}', f'fill="{self.colour}"'] if self.edge else [f'fill="{self.colour}"']
        return "".join(
            text(line, left, foot, self.size, style, self.anchor, self.bold)
            for style in styles
            for line, foot in zip(self.lines, feet, strict=True)
        )

    def box(self, x: Scale, y: Scale) -> Box:
        """How far the words reach."""
        at, feet = self._places(x, y)
        wide = max(text_width(line, self.size, self.bold) for line in self.lines)
        match self.anchor:
            case "start":
                left = at
            case "middle":
                left = at - wide / 2
            case "end":
                left = at - wide
            case _:
                assert_never(self.anchor)
        return Box(left, feet[0] - 0.8 * self.size, left + wide, feet[-1] + 0.25 * self.size)

    def _places(self, x: Scale, y: Scale) -> tuple[float, list[float]]:
        """From where the lines go, and on what height each stands."""
        high = self.line_height
        first = y(self.at[1]) + self.down + _FEET[self.foot] * self.size
        first -= {"above": 1, "middle": 0.5, "below": 0}[self.foot] * high * (len(self.lines) - 1)
        return x(self.at[0]) + self.across, [first + high * place for place in range(len(self.lines))]

    @property
    def line_height(self) -> float:
        """From one line to the next, in units."""
        return 1.13 * self.size


Mark = Bars | Strokes | Surface | Dots | Words


def outline(shape: Shape, x: float, y: float, size: float) -> str:
    """The path of a dot around a point."""
    half = sqrt(size) / 2
    match shape:
        case "circle":
            turn = f"a{number(half)},{number(half)},0,1,1,"
            return f"M{number(x - half)},{number(y)}{turn}{number(2 * half)},0{turn}{number(-2 * half)},0"
        case "square":
            corners = [(-half, -half), (half, -half), (half, half), (-half, half)]
        case "diamond":
            corners = [(-half, 0), (0, -half), (half, 0), (0, half)]
        case "triangle-up":
            corners = [(0, -half), (half, 0.73 * half), (-half, 0.73 * half)]
        case "triangle-down":
            corners = [(0, half), (half, -0.73 * half), (-half, -0.73 * half)]
        case "triangle-left":
            corners = [(-half, 0), (0.73 * half, half), (0.73 * half, -half)]
        case "triangle-right":
            corners = [(half, 0), (-0.73 * half, half), (-0.73 * half, -half)]
        case _:
            assert_never(shape)
    return "M" + "L".join(f"{number(x + across)},{number(y + down)}" for across, down in corners) + "Z"


def text(
    words: str, x: float, y: float, size: float, style: str, anchor: Anchor = "start", bold: bool = False, turn: int = 0
) -> str:
    """A text on its foot, as an element of SVG; `turn` is in degrees around its point."""
    place = f'x="{number(x)}" y="{number(y)}"' + (
        f' transform="rotate({turn} {number(x)} {number(y)})"' if turn else ""
    )
    more = (f' text-anchor="{anchor}"' if anchor != "start" else "") + (' font-weight="bold"' if bold else "")
    return f'<text {place} font-size="{number(size)}px"{more} {style}>{html.escape(words)}</text>'


def number(value: float) -> str:
    """A coordinate to a hundredth of a unit, as short as it can be written."""
    short = f"{value:.2f}".rstrip("0").removesuffix(".")
    return "0" if short == "-0" else short


def around(boxes: Iterable[Box]) -> Box:
    """The box that holds all of these."""
    held = list(boxes)
    return Box(
        min(box.left for box in held),
        min(box.top for box in held),
        max(box.right for box in held),
        max(box.bottom for box in held),
    )


def _path(drawn: str, fill: str, stroke: str = "none", width: float = 0, more: str = "") -> str:
    """A path as an element of SVG; nothing where there is nothing to draw."""
    line = "" if stroke == "none" else f' stroke="{stroke}" stroke-width="{number(width)}"'
    return f'<path d="{drawn}" fill="{fill}"{line}{more}/>' if drawn else ""
