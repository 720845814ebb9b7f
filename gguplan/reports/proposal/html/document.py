"""The paper as an HTML document: every text escaped by the template, pictures within the file."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from gguplan.language import _, written_in
from gguplan.reports.charts.drawing import PIXELS_PER_INCH
from gguplan.reports.proposal.blocks import (
    Heading,
    Items,
    Paragraph,
    Part,
    Picture,
    Proposal,
    Table,
    ToFillIn,
    pieces,
)
from gguplan.wording.unbroken_amounts import in_a_line, whole

_IN_CONTENTS: Final = 2
"""Headings up to this level stand in the contents."""


def html_document(proposal: Proposal) -> bytes:
    """The paper, self-contained. The same paper gives the same bytes."""
    with written_in(proposal.language):
        parts = list(_parts(proposal))
        made = _template().render(
            paper=proposal,
            parts=parts,
            contents=[part for part in parts if part["kind"] == "heading" and part["level"] <= _IN_CONTENTS],
            style=Markup(files("gguplan.reports.proposal.html").joinpath("paper.css").read_text(encoding="utf-8")),
            texts={"contents": _("Contents"), "skip": _("To the text")},
        )
    return f"{made.rstrip()}\n".encode("utf-8", "replace")


@cache
def _template() -> Template:
    return Environment(
        loader=PackageLoader("gguplan.reports.proposal.html", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    ).get_template("paper.html.jinja")


def _parts(proposal: Proposal) -> Iterator[dict[str, Any]]:
    """Each part as the template has it; an anchor for each heading, table and picture."""
    numbers = proposal.numbers()
    for place, part in enumerate(proposal.parts):
        yield _part(part, place, numbers)


def _part(part: Part, place: int, numbers: dict[str, tuple[str, int]]) -> dict[str, Any]:
    match part:
        case Heading(level, text):
            return {"kind": "heading", "level": level, "text": whole(text), "anchor": f"h{place}"}
        case Paragraph(text):
            return {"kind": "paragraph", "pieces": _pieces(text, numbers)}
        case ToFillIn(text):
            return {"kind": "to_fill_in", "text": _("[To fill in: {what}]", what=text)}
        case Items(texts, numbered):
            return {"kind": "items", "numbered": numbered, "items": [_pieces(text, numbers) for text in texts]}
        case Table():
            return {
                "kind": "table",
                "anchor": part.key,
                "caption": _caption(part, numbers),
                "headings": part.headings,
                "rows": [[whole(cell) for cell in row] for row in part.rows],
                "words": part.words,
                "total": part.total,
            }
        case Picture():
            return {
                "kind": "picture",
                "anchor": part.key,
                "caption": _caption(part, numbers),
                "alt": part.alt,
                "data": b64encode(part.draw(lambda _width, _height: PIXELS_PER_INCH)).decode("ascii"),
            }


def _caption(part: Table | Picture, numbers: dict[str, tuple[str, int]]) -> str:
    label, number = numbers[part.key]
    return f"{label} {number}. {whole(part.caption)}"


def _pieces(text: str, numbers: dict[str, tuple[str, int]]) -> list[dict[str, str]]:
    """Running text and references; a reference leads to what it names."""
    return [
        {"text": in_a_line(piece), "anchor": ""}
        if kind == "text"
        else {"text": " ".join(map(str, numbers.get(piece, ("?", 0)))), "anchor": piece}
        for kind, piece in pieces(text)
    ]
