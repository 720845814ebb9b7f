"""A picture: panels under each other with lines of text around them, and its two forms, SVG and PNG."""

from __future__ import annotations

import hashlib
import html
import re
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, Protocol

from msgspec import Struct
from msgspec.structs import replace

from gguplan.reports.charts.look import FONT, INK, SOFT, WIDTH, clean, lines_around
from gguplan.reports.charts.marks import number, text
from gguplan.reports.charts.panel import Drawn
from gguplan.reports.charts.text_widths import text_width
from gguplan.wording.unbroken_amounts import whole
from gguplan.wording.whole_sentences import whole_sentence

Resolution = Callable[[int, int], float]
"""How many pixels an inch of a picture has, made of its width and its height in units, of which 72 are an inch."""

PIXELS_PER_INCH: Final = 216
"""Of a PNG: three pixels a unit."""

HATCHED: Final = {"#C6DDEE": "#6F9FC4", "#79B3DC": "#2F77AE", "#2B83C0": "#B9DAF0"}
"""Fills that are hatched, with the colour of the hatch: the classes of a map in which municipalities pay less."""

_EDGE: Final = 10
"""Around the whole picture."""

_ABOVE_THE_PANELS: Final = 14
_BETWEEN_PANELS: Final = 22
_BELOW_THE_PANELS: Final = 20.5
"""From a line of text to the panels, and from these to the foot of the line below them."""

_WORDS: Final = re.compile(r"(?<=>)[^<>]+(?=</)")
"""What is written in a picture, in which a minus is one, as in the paper around it."""

_MEASURES: Final = re.compile(r' width="([0-9]+)" height="([0-9]+)"')

_PNG: Final = b"\x89PNG\r\n\x1a\n"


class PartOfAPicture(Protocol):
    """What stands in a picture: a panel of a chart, or a map."""

    def drawn(self) -> Drawn:
        """It as SVG, and how far it reaches."""
        ...


class Drawing(Struct, frozen=True):
    """Panels under each other, their charts one below the other. `title`, `subtitle` and `note` are lines."""

    panels: tuple[PartOfAPicture, ...]
    title: Sequence[str]
    subtitle: Sequence[str]
    note: Sequence[str]

    def svg(self) -> str:
        """The whole as SVG."""
        panels = [panel.drawn() for panel in self.panels]
        left = _EDGE - min(panel.box.left for panel in panels)
        right = left + max(panel.box.right for panel in panels)
        drawn: list[str] = []
        y = _EDGE - 3.5
        for lines, size, line, bold, colour in ((self.title, 15, 19, True, INK), (self.subtitle, 12, 16, False, SOFT)):
            for place, words in enumerate(lines):
                y += line if place else size + (5 if y > _EDGE else 1)
                drawn.append(text(words, _EDGE, y, size, f'fill="{colour}"', bold=bold))
                right = max(right, _EDGE + text_width(words, size, bold))
        y += _ABOVE_THE_PANELS if drawn else 3.5
        for place, panel in enumerate(panels):
            y += _BETWEEN_PANELS if place else 0
            top = y - panel.box.top
            drawn.append(f'<g transform="translate({number(left)},{number(top)})">{panel.svg}</g>')
            y = top + panel.box.bottom
        for place, words in enumerate(self.note):
            y += 13 if place else _BELOW_THE_PANELS
            drawn.append(text(words, _EDGE, y, 10, f'fill="{SOFT}"'))
            right = max(right, _EDGE + text_width(words, 10))
        measures = f'width="{round(right + _EDGE)}" height="{round(y + 12.5)}"'
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" version="1.1" {measures} '
            f'viewBox="0 0 {round(right + _EDGE)} {round(y + 12.5)}"><rect {measures} fill="white"/>'
            f'<g font-family="{FONT}" stroke-miterlimit="10">{"".join(drawn)}</g></svg>'
        )


class Picture(Struct, frozen=True):
    """A chart or a map, its title, and in `alt` what it shows in words, for who does not see it."""

    drawing: Drawing
    title: str
    alt: str


def picture(
    panels: Sequence[PartOfAPicture], title: str, subtitle: str, note: str, words: Sequence[str], width: int = WIDTH
) -> Picture:
    """Put panels under each other, with a title above and a note below, in lines for about `width`; `words` are the
    sentences of `alt`."""
    drawing = Drawing(tuple(panels), *lines_around(title, subtitle, note, width))
    return Picture(drawing, clean(title), " ".join(map(whole_sentence, words)))


def untitled(drawn: Picture) -> Picture:
    """The picture without its title, for where a caption says that; what stands under the title stays."""
    return replace(drawn, drawing=replace(drawn.drawing, title=()))


def svg_of(drawn: Picture, name: str = "") -> bytes:
    """The picture as SVG with its words in it; the same picture gives the same bytes.

    It may stand within a page beside others: what is named in it begins with `name`, or else with a word made of its
    contents.
    """
    svg = _WORDS.sub(lambda words: whole(words[0]), drawn.drawing.svg())
    own = name or "p" + hashlib.sha256((drawn.alt + svg).encode()).hexdigest()[:10]
    svg, patterns = _hatched(svg, own)
    head, body = svg.split(">", 1)
    described = (
        f'{head} role="img" aria-labelledby="{own}-title {own}-words">'
        f'<title id="{own}-title">{html.escape(drawn.title)}</title>'
        f'<desc id="{own}-words">{html.escape(drawn.alt)}</desc>'
    )
    return (described + patterns + body).encode()


def _hatched(svg: str, own: str) -> tuple[str, str]:
    """The SVG with its `HATCHED` fills as patterns, and the patterns."""
    patterns = ""
    for fill, line in HATCHED.items():
        name = f"{own}-{fill[1:]}"
        if f'fill="{fill}"' not in svg:
            continue
        svg = svg.replace(f'fill="{fill}"', f'fill="url(#{name})"')
        patterns += (
            f'<pattern id="{name}" width="3.5" height="3.5" patternUnits="userSpaceOnUse" '
            f'patternTransform="rotate(45)"><rect width="3.5" height="3.5" fill="{fill}"/>'
            f'<rect width="0.8" height="3.5" fill="{line}"/></pattern>'
        )
    return svg, f"<defs>{patterns}</defs>" if patterns else ""


def png_of(drawn: Picture, pixels_per_inch: int = PIXELS_PER_INCH) -> bytes:
    """The picture as PNG, drawn from its SVG; the same picture gives the same bytes. A unit is a 72nd of an inch."""
    return png_fitting(drawn, lambda _width, _height: pixels_per_inch)


def png_fitting(drawn: Picture, resolution: Resolution) -> bytes:
    """The picture as PNG, at so many pixels an inch as `resolution` makes of its width and its height in units."""
    import vl_convert

    svg = svg_of(drawn).decode()
    width, height = map(int, _MEASURES.findall(svg)[0])
    return smaller(vl_convert.svg_to_png(svg, ppi=resolution(width, height)))


def smaller(png: bytes) -> bytes:
    """The same PNG, packed better than it was made: a picture is a tenth of its size."""
    chunks, packed, place = [], b"", len(_PNG)
    while place < len(png):
        size = int.from_bytes(png[place : place + 4])
        kind, content = png[place + 4 : place + 8], png[place + 8 : place + 8 + size]
        place += size + 12
        if kind == b"IDAT":
            packed += content
        else:
            chunks.append((kind, content))
    chunks.insert(-1, (b"IDAT", zlib.compress(zlib.decompress(packed))))
    return _PNG + b"".join(
        len(content).to_bytes(4) + kind + content + zlib.crc32(kind + content).to_bytes(4) for kind, content in chunks
    )


def chart_bytes(drawn: Picture, file: Path) -> bytes:
    """The picture as the name of its file says."""
    return svg_of(drawn) if file.suffix.lower() == ".svg" else png_of(drawn)
