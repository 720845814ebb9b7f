"""What a scenario says of a programme in Markdown, as parts of a paper: paragraphs and lists.

Emphasis and headings become plain text, for the template decides what text looks like; a link keeps its address.
"""

from __future__ import annotations

import re
from typing import Final

from gguplan.reports.proposal.blocks import Items, Paragraph, Part
from gguplan.wording.whole_sentences import whole_sentence

_BULLET: Final = re.compile(r"\s*[-*+]\s+")
_NUMBER: Final = re.compile(r"\s*[0-9]{1,3}[.)]\s+")
_HEADING: Final = re.compile(r"^\s*#{1,6}\s+")
_LINK: Final = re.compile(r"\[([^\[\]\n]{1,300})\]\(([^()\s]{1,500})\)")
_EMPHASIS: Final = re.compile(r"(\*\*|__|`)(?=\S)([^\n]*?\S)\1")


def parts_of(markdown: str) -> list[Part]:
    """The paragraphs and lists of a text; empty for a text without words."""
    parts: list[Part] = []
    for block in re.split(r"\n\s*\n", markdown):
        lines = [line for line in block.splitlines() if line.strip()]
        while lines:
            kind = _kind(lines[0])
            # What is indented under an item goes on with it; text and lists need no empty line between them.
            size = next((place for place, line in enumerate(lines) if not _goes_on(kind, line)), len(lines))
            parts.append(_part(kind, lines[:size]))
            lines = lines[size:]
    return parts


def one_line(markdown: str) -> str:
    """The same as running text, for within a sentence."""
    texts: list[str] = []
    for part in parts_of(markdown):
        texts += part.texts if isinstance(part, Items) else [part.text] if isinstance(part, Paragraph) else []
    return " ".join(whole_sentence(text) for text in texts)


def _kind(line: str) -> re.Pattern[str] | None:
    """The pattern of the list that a line is an item of; None for text."""
    return next((pattern for pattern in (_BULLET, _NUMBER) if pattern.match(line)), None)


def _goes_on(kind: re.Pattern[str] | None, line: str) -> bool:
    return _kind(line) is kind or (kind is not None and _kind(line) is None and line.startswith((" ", "\t")))


def _part(kind: re.Pattern[str] | None, lines: list[str]) -> Part:
    if kind is None:
        return Paragraph(" ".join(_plain(line) for line in lines))
    items: list[str] = []
    for line in lines:
        if kind.match(line):
            items.append(_plain(kind.sub("", line, count=1)))
        else:
            items[-1] += f" {_plain(line)}"
    return Items(tuple(items), numbered=kind is _NUMBER)


def _plain(line: str) -> str:
    return _EMPHASIS.sub(r"\2", _LINK.sub(r"\1 (\2)", _HEADING.sub("", line))).strip()
