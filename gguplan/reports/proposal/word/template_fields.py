"""The places in a template where text comes: ``{{ titel }}`` and its like.

A place is replaced by text and nothing else: a template is never executed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.parts.story import StoryPart
from msgspec import Struct

TITLE, SUBTITLE, DAY, CONTENTS, PROPOSAL = "titel", "ondertitel", "datum", "inhoudsopgave", "voorstel"
WITHIN_TEXT: Final = (TITLE, SUBTITLE, DAY)
"""Places that stand anywhere in a text, also in a header or footer."""
ALONE: Final = (CONTENTS, PROPOSAL)
"""Places that stand in a paragraph of their own in the body, once."""

_PLACE: Final = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_CODE: Final = re.compile(r"\{%.*?%\}|\{#.*?#\}", re.S)


def written(name: str) -> str:
    """A place as it is typed in a template."""
    return f"{{{{ {name} }}}}"


class Field(Struct, frozen=True):
    """A place in the template: its name, the paragraph that holds it, and whether that stands by itself in the body."""

    name: str
    paragraph: BaseOxmlElement
    alone: bool


def paragraphs(document: Document) -> Iterator[BaseOxmlElement]:
    """Every paragraph of the body, the headers and the footers, also in tables and text boxes."""
    yield from document.element.body.iter(qn("w:p"))
    for part in document.part.package.iter_parts():
        if isinstance(part, StoryPart) and part is not document.part:
            yield from part.element.iter(qn("w:p"))


def places_in(document: Document) -> list[Field]:
    """Every place, by its name as it is written."""
    body = document.element.body
    return [
        Field(name, paragraph, paragraph.getparent() is body and text.strip() == whole)
        for paragraph in paragraphs(document)
        for text in [_text(paragraph)]
        for match in _PLACE.finditer(text)
        for name, whole in [(match[1], match[0])]
    ]


def code_in(document: Document) -> list[str]:
    """What looks like a program in the template, such as ``{% if %}``: it is not carried out."""
    return [match[0] for paragraph in paragraphs(document) for match in _CODE.finditer(_text(paragraph))]


def fill(document: Document, values: Mapping[str, str]) -> None:
    """Put text in the places that stand within text, also where Word cut a place in pieces."""
    for paragraph in list(paragraphs(document)):
        if "{{" in _text(paragraph):
            _fill(paragraph, values)


def _texts(paragraph: BaseOxmlElement) -> list[BaseOxmlElement]:
    """The pieces of text of a paragraph itself, without those of a text box within it."""
    return [text for text in paragraph.iter(qn("w:t")) if next(text.iterancestors(qn("w:p")), None) is paragraph]


def _text(paragraph: BaseOxmlElement) -> str:
    return "".join(text.text or "" for text in _texts(paragraph))


def _fill(paragraph: BaseOxmlElement, values: Mapping[str, str]) -> None:
    """The value goes where a place begins; what else of the place lies in later pieces is taken out."""
    texts = _texts(paragraph)
    starts, whole = [], ""
    for text_run in texts:
        starts.append(len(whole))
        whole += text_run.text or ""
    for match in reversed(list(_PLACE.finditer(whole))):
        if match[1] not in values:
            continue
        for start, text_run in reversed(list(zip(starts, texts, strict=True))):
            text = text_run.text or ""
            first, last = max(0, match.start() - start), min(len(text), match.end() - start)
            if first < last:
                begins = start <= match.start()
                text_run.text = text[:first] + (values[match[1]] if begins else "") + text[last:]
                text_run.set(qn("xml:space"), "preserve")
