"""The paper as Markdown (CommonMark with the tables of GitHub), for who goes on writing in a text editor."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from gguplan.language import _, written_in
from gguplan.reports.proposal.blocks import Heading, Items, Paragraph, Part, Picture, Proposal, Table, ToFillIn, plain

_MARKS: Final = re.compile(r"([\\`*_{}\[\]<>|#~])")
_BEGINS_A_BLOCK: Final = re.compile(r"^([-+=]|[0-9]{1,9}[.)](?=\s|$))")


def markdown_document(proposal: Proposal) -> bytes:
    """The paper; of a picture its text, for a picture is no text. The same paper gives the same bytes."""
    with written_in(proposal.language):
        head = [f"# {_text(proposal.title)}", _text(proposal.subtitle), _text(proposal.day)]
        blocks = [*filter(None, head), *_blocks(proposal)]
    return ("\n\n".join(blocks) + "\n").encode("utf-8", "replace")


def _blocks(proposal: Proposal) -> Iterator[str]:
    numbers = proposal.numbers()
    for part in proposal.parts:
        yield _block(part, numbers)


def _block(part: Part, numbers: dict[str, tuple[str, int]]) -> str:
    match part:
        case Heading(level, text):
            return f"{'#' * (level + 1)} {_text(text)}"
        case Paragraph(text):
            return _text(plain(text, numbers))
        case ToFillIn(text):
            return f"**{_text(_('[To fill in: {what}]', what=text))}**"
        case Items(texts, numbered):
            return "\n".join(
                f"{f'{place}.' if numbered else '-'} {_text(plain(text, numbers))}"
                for place, text in enumerate(texts, start=1)
            )
        case Table():
            return "\n".join([f"**{_caption(part, numbers)}**", "", *_table(part)])
        case Picture():
            return f"**{_caption(part, numbers)}**\n\n{_text(part.alt)}"


def _table(part: Table) -> Iterator[str]:
    yield _row([_text(heading) for heading in part.headings])
    yield _row([":---" if place < part.words else "---:" for place in range(len(part.headings))])
    for place, row in enumerate(part.rows):
        total = part.total and place == len(part.rows) - 1
        yield _row([f"**{text}**" if total and text else text for text in map(_text, row)])


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _caption(part: Table | Picture, numbers: dict[str, tuple[str, int]]) -> str:
    label, number = numbers[part.key]
    return f"{label} {number}. {_text(part.caption)}"


def _text(text: str) -> str:
    """Text on one line that no Markdown reader takes for anything else."""
    escaped = _MARKS.sub(r"\\\1", " ".join(text.split())).replace("&", "&amp;")
    return _BEGINS_A_BLOCK.sub(lambda begin: begin[1][:-1] + "\\" + begin[1][-1], escaped)
