"""A picture and its two forms, SVG and PNG."""

from __future__ import annotations

import hashlib
import html
import re
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from gguplan.reports.charts.renderer import renderer
from gguplan.wording.unbroken_amounts import whole

if TYPE_CHECKING:
    import altair as alt

    from gguplan.reports.charts.map_drawing import MapDrawing

PIXELS_PER_INCH: Final = 216
"""Of a PNG: three pixels a unit."""

HATCHED: Final = {"#C6DDEE": "#6F9FC4", "#79B3DC": "#2F77AE", "#2B83C0": "#B9DAF0"}
"""Fills that are hatched, with the colour of the hatch: the classes of a map in which municipalities pay less."""

_OUTLINE: Final = re.compile(r' d="[ML0-9.,Z-]+"')
_WORDS: Final = re.compile(r"(?<=>)[^<>]+(?=</)")
"""What is written in a picture, in which a minus is one, as in the paper around it."""
_DECIMALS: Final = re.compile(r"(\.[0-9])[0-9]+")
"""What is left out of the outline of an area: less than the fortieth part of a millimetre on paper."""

_PNG: Final = b"\x89PNG\r\n\x1a\n"


class Picture(Struct, frozen=True):
    """A chart or a map, its title, and in `alt` what it shows in words, for who does not see it. A map is drawn as it
    is, without the engine that charts need."""

    chart: alt.VConcatChart | MapDrawing
    title: str
    alt: str


def svg_of(drawn: Picture) -> bytes:
    """The picture as SVG with its words in it; the same picture gives the same bytes. Raises InputError as `renderer`
    does.

    It may stand within a page beside others: what is named in it is named after its contents.
    """
    # Its module stands on that of all charts, which stands on this one.
    from gguplan.reports.charts.map_drawing import MapDrawing

    text = drawn.chart.svg() if isinstance(drawn.chart, MapDrawing) else _svg_of_a_chart(drawn.chart)
    text = _WORDS.sub(lambda words: whole(words[0]), text)
    own = "p" + hashlib.sha256((drawn.alt + text).encode()).hexdigest()[:10]
    text = re.sub(r"""(id="|url\(#|url\('#)((?:clip|gradient)[^")']*)""", rf"\1{own}-\2", text)
    text, patterns = _hatched(text, own)
    head, body = text.split(">", 1)
    described = (
        f'{head} role="img" aria-labelledby="{own}-title {own}-words">'
        f'<title id="{own}-title">{html.escape(drawn.title)}</title>'
        f'<desc id="{own}-words">{html.escape(drawn.alt)}</desc>'
    )
    return (described + patterns + body).encode()


def _svg_of_a_chart(chart: alt.VConcatChart) -> str:
    import altair as alt

    # altair held each part against the schema when it was made; the tests hold every whole chart against it.
    spec = chart.to_dict(validate=False)
    version = ".".join(alt.SCHEMA_VERSION.removeprefix("v").split(".")[:2])
    numbers = spec["config"]["locale"]["number"]
    text: str = renderer().vegalite_to_svg(spec, vl_version=version, format_locale=numbers)
    return _OUTLINE.sub(lambda outline: _DECIMALS.sub(r"\1", outline[0]), text)


def _hatched(text: str, own: str) -> tuple[str, str]:
    """The SVG with its `HATCHED` fills as patterns, and the patterns."""
    patterns = ""
    for fill, line in HATCHED.items():
        name = f"{own}-{fill[1:]}"
        if f'fill="{fill}"' not in text:
            continue
        text = text.replace(f'fill="{fill}"', f'fill="url(#{name})"')
        patterns += (
            f'<pattern id="{name}" width="3.5" height="3.5" patternUnits="userSpaceOnUse" '
            f'patternTransform="rotate(45)"><rect width="3.5" height="3.5" fill="{fill}"/>'
            f'<rect width="0.8" height="3.5" fill="{line}"/></pattern>'
        )
    return text, f"<defs>{patterns}</defs>" if patterns else ""


def png_of(drawn: Picture, pixels_per_inch: int = PIXELS_PER_INCH) -> bytes:
    """The picture as PNG, drawn from its SVG; the same picture gives the same bytes. A unit is a 72nd of an inch."""
    return smaller(renderer().svg_to_png(svg_of(drawn).decode(), ppi=pixels_per_inch))


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
