"""The Word document of a proposal: a template with the paper in its places, as bytes that are always the same."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

from docx import Document
from docx.document import Document as Word
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Emu

from gguplan.language import _, written_in
from gguplan.reports.proposal.blocks import Heading, Items, Paragraph, Picture, Proposal, Table, ToFillIn
from gguplan.reports.proposal.word import markup
from gguplan.reports.proposal.word.packing import repacked
from gguplan.reports.proposal.word.template import style_ids
from gguplan.reports.proposal.word.template_fields import CONTENTS, DAY, PROPOSAL, SUBTITLE, TITLE, fill, places_in
from gguplan.reports.proposal.word.text_look import text_look

_LANGUAGES: Final = {"nl": "nl-NL", "en": "en-GB"}
_WIDEST: Final = 15 * 360_000
_TALL: Final = 1.6
_HIGHEST: Final = int(7.5 * 360_000)
"""What does not fit on a page goes to the next, and leaves its own height empty: about a third of a page at most."""
_HIGHEST_UPRIGHT: Final = 12 * 360_000
"""A map keeps its words readable: it is no wider than high, so at 9 cm they would be too small."""
_WHOLE_PAGE: Final = 21 * 360_000
_TWENTIETH_OF_A_POINT: Final = 635
_INCH: Final = 914_400
_DOTS: Final = 220
"""Of a picture to an inch of paper: what Word keeps of one that has more, when somebody saves the paper."""


def word_document(proposal: Proposal, template: bytes, pages: bool = False) -> bytes:
    """The paper in a template that `check_template` found right.

    With `pages` the table of contents has the page of every heading, for LibreOffice to fill in. The same paper and
    template give the same bytes.
    """
    document = Document(io.BytesIO(template))
    section = document.sections[-1]
    width = (section.page_width or Emu(0)) - (section.left_margin or Emu(0)) - (section.right_margin or Emu(0))
    styles = style_ids(document)
    look = text_look(document, styles[markup.TEXT_STYLE], styles[markup.TABLE_STYLE])
    names = markup.Names(styles, proposal.numbers(), width // _TWENTIETH_OF_A_POINT, look)
    paragraphs = {field.name: field.paragraph for field in places_in(document) if field.alone}
    # Before the paper is in it: a brace in the paper is no place.
    fill(document, {TITLE: _line(proposal.title), SUBTITLE: _line(proposal.subtitle), DAY: _line(proposal.day)})
    with written_in(proposal.language):
        heading = _("Contents")
    _contents_up_to(document, styles, names.width)
    contents = markup.contents(proposal.headings(), names, heading, pages) if proposal.contents else ""
    _put(paragraphs[CONTENTS], contents)
    _put(paragraphs[PROPOSAL], "".join(_parts(proposal, names, document, width)))
    _describe(document, proposal)
    saved = io.BytesIO()
    document.save(saved)
    return repacked(saved.getvalue())


def _line(text: str) -> str:
    """Text for within a line of the template; python-docx escapes it."""
    return " ".join(markup.without_control(text).split())


def _put(place: BaseOxmlElement, xml: str) -> None:
    """Put elements where a place is, instead of it."""
    around = parse_xml(f"<w:body {nsdecls('w', 'r', 'wp', 'a', 'pic')}>{xml}</w:body>")
    for element in list(around):
        place.addprevious(element)
    place.getparent().remove(place)


def _contents_up_to(document: Word, styles: Mapping[str, str], width: int) -> None:
    """Let the page numbers of the contents stand at the right margin, wherever that is."""
    contents = {styles[f"toc {level}"] for level in (1, 2)}
    for style in document.styles.element.iter(qn("w:style")):
        if style.get(qn("w:styleId")) in contents:
            for tab in style.iter(qn("w:tab")):
                if tab.get(qn("w:val")) == "right":
                    tab.set(qn("w:pos"), str(width))


def _parts(proposal: Proposal, names: markup.Names, document: Word, width: int) -> Iterator[str]:
    headings = 0
    for number, part in enumerate(proposal.parts):
        if isinstance(part, Heading):
            yield markup.heading(part, headings, names)
            headings += 1
        elif isinstance(part, Paragraph):
            introduces = any(isinstance(following, Items) for following in proposal.parts[number + 1 : number + 2])
            yield markup.text(part, names, with_next=introduces)
        elif isinstance(part, ToFillIn):
            with written_in(proposal.language):
                yield markup.to_fill_in(part, names)
        elif isinstance(part, Items):
            yield markup.items(part, names)
        elif isinstance(part, Table):
            after = proposal.parts[number + 1 : number + 2]
            yield markup.table(
                part,
                number,
                names,
                before_text=any(isinstance(after_it, Paragraph | Items | Picture) for after_it in after),
            )
            if not after:
                yield markup.paragraph(names, markup.TEXT_STYLE, "", markup.ALMOST_NOTHING)
        elif isinstance(part, Picture):
            yield _picture(part, number, names, document, width)


def _picture(picture: Picture, number: int, names: markup.Names, document: Word, width: int) -> str:
    def resolution(wide: int, high: int) -> float:
        on_paper, _height = _on_paper(wide, high, width)
        return _DOTS * 72 * on_paper / _INCH / wide

    relation, image = document.part.get_or_add_image(io.BytesIO(picture.draw(resolution)))
    size = _on_paper(int(image.px_width), int(image.px_height), width)
    return markup.picture(picture, relation, size, 3_000 + number, names)


def _on_paper(wide: int, high: int, width: int) -> tuple[int, int]:
    """How wide and how high a picture of these proportions is in a text of this width."""
    widest = min(width, _WIDEST)
    scale = min(widest / wide, (_HIGHEST_UPRIGHT if high > wide else _HIGHEST) / high)
    if high > _TALL * wide:
        # What is tall and narrow would be too small to read, so it gets a page.
        scale = min(widest / wide, _WHOLE_PAGE / high)
    return round(wide * scale), round(high * scale)


def _describe(document: Word, proposal: Proposal) -> None:
    """Title, author, language and fixed dates: a document says itself what it is."""
    properties = document.core_properties
    properties.title = _line(proposal.title)[:255]
    properties.subject = _line(proposal.subtitle)[:255]
    properties.comments = _line(proposal.made_with)[:255]
    properties.language = _LANGUAGES[proposal.language]
    if properties.author in ("", "python-docx"):
        properties.author = "gguplan"
    properties.last_modified_by = "gguplan"
    properties.revision = 1
    properties.keywords = properties.category = ""
    properties.created = properties.modified = datetime(2000, 1, 1)
    styles = document.styles.element
    for language in styles.iter(qn("w:lang")):
        language.set(qn("w:val"), _LANGUAGES[proposal.language])
        language.attrib.pop(qn("w:eastAsia"), None)
