"""What a proposal holds before it is a Word document: headings, paragraphs, lists, tables and pictures in order.

The same content makes the document, the PDF and the JSON, and can be tested without Word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Final, Literal

from msgspec import Struct

from gguplan.language import Language, _, written_in

if TYPE_CHECKING:
    from gguplan.reports.charts.drawing import Resolution

_OPEN, _CLOSE = "\ue000", "\ue001"
_REFERENCE: Final = re.compile(f"{_OPEN}([a-z-]+){_CLOSE}")


class Heading(Struct, frozen=True):
    """A heading of level 1, 2 or 3; the contents have the first two."""

    level: int
    text: str
    new_page: bool = False


class Paragraph(Struct, frozen=True):
    """Running text; it may hold references."""

    text: str


class ToFillIn(Struct, frozen=True):
    """A marked place for what only who writes the paper knows; `text` says what belongs there."""

    text: str


class Items(Struct, frozen=True):
    """A list with bullets, or with numbers."""

    texts: tuple[str, ...]
    numbered: bool = False


class Table(Struct, frozen=True):
    """A table with a caption. The first `words` columns are text, the others numbers; with `total` the last row is
    the sum of the others; `widths` are shares of the width of the page, one a column."""

    key: str
    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    words: int = 1
    total: bool = False


class Picture(Struct, frozen=True):
    """A picture with a caption, and the text for who does not see it. `draw` makes the PNG, only when asked."""

    key: str
    caption: str
    alt: str
    draw: Callable[[Resolution], bytes]


Part = Heading | Paragraph | ToFillIn | Items | Table | Picture


class Proposal(Struct, frozen=True):
    """A whole paper; `day` says when it is for, `made_with` with what it was made, `contents` whether it opens with a
    table of contents."""

    title: str
    subtitle: str
    day: str
    made_with: str
    language: Language
    parts: tuple[Part, ...]
    contents: bool = True

    def headings(self) -> tuple[Heading, ...]:
        """Every heading, in order."""
        return tuple(part for part in self.parts if isinstance(part, Heading))

    def to_fill_in(self) -> tuple[str, ...]:
        """What is still to be written, in order: under which heading, and what."""
        places, heading = [], ""
        for part in self.parts:
            if isinstance(part, Heading):
                heading = part.text
            elif isinstance(part, ToFillIn):
                places.append(f"{heading}: {part.text}")
        return tuple(places)

    def numbers(self) -> dict[str, tuple[str, int]]:
        """The label and number of every table and picture, by its key: ``Table`` and 3."""
        count: dict[str, int] = {}
        numbers = {}
        with written_in(self.language):
            labels: dict[type[Part], str] = {Table: _("Table"), Picture: _("Figure")}
        for part in self.parts:
            if isinstance(part, Table | Picture):
                label = labels[type(part)]
                count[label] = count.get(label, 0) + 1
                numbers[part.key] = (label, count[label])
        return numbers


def see(key: str) -> str:
    """A reference in running text to the table or picture with this key; it becomes its label and number."""
    return f"{_OPEN}{key}{_CLOSE}"


def pieces(text: str) -> Iterator[tuple[Literal["text", "reference"], str]]:
    """Running text as what stands between references, and the keys that are referred to."""
    for number, piece in enumerate(_REFERENCE.split(text)):
        if number % 2:
            yield "reference", piece
        elif piece:
            yield "text", piece


def plain(text: str, numbers: dict[str, tuple[str, int]]) -> str:
    """Running text with every reference written out."""
    return "".join(
        piece if kind == "text" else " ".join(map(str, numbers.get(piece, ("?", 0)))) for kind, piece in pieces(text)
    )


def proposal_as_dict(proposal: Proposal) -> dict[str, Any]:
    """The whole paper for a machine; pictures as their captions and texts."""
    numbers = proposal.numbers()
    return {
        "title": proposal.title,
        "subtitle": proposal.subtitle,
        "day": proposal.day,
        "made_with": proposal.made_with,
        "language": proposal.language,
        "to_fill_in": list(proposal.to_fill_in()),
        "parts": [_part_as_dict(part, numbers) for part in proposal.parts],
    }


def _part_as_dict(part: Part, numbers: dict[str, tuple[str, int]]) -> dict[str, Any]:
    if isinstance(part, Heading):
        return {"heading": part.text, "level": part.level}
    if isinstance(part, Paragraph):
        return {"paragraph": plain(part.text, numbers)}
    if isinstance(part, ToFillIn):
        return {"to_fill_in": part.text}
    if isinstance(part, Items):
        return {"items": [plain(text, numbers) for text in part.texts]}
    label, number = numbers[part.key]
    if isinstance(part, Picture):
        return {"picture": part.key, "number": f"{label} {number}", "caption": part.caption, "alt": part.alt}
    return {
        "table": part.key,
        "number": f"{label} {number}",
        "caption": part.caption,
        "headings": list(part.headings),
        "rows": [list(row) for row in part.rows],
    }
