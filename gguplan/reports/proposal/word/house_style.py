"""The template that comes with gguplan, made from code: styles, a title, a header and page numbers.

``gguplan proposal --new-template`` writes it, for who wants to make a template of their own from it.
"""

from __future__ import annotations

import io
from functools import cache
from typing import Final

from docx import Document
from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from gguplan.reports.proposal.word.markup import field
from gguplan.reports.proposal.word.packing import repacked
from gguplan.reports.proposal.word.template_fields import CONTENTS, DAY, PROPOSAL, SUBTITLE, TITLE, written

FONT: Final = "Arial"
DARK: Final = RGBColor(0x00, 0x2C, 0x64)
GREY: Final = RGBColor(0x59, 0x59, 0x59)

_TABLE: Final = """
<w:style {ns} w:type="table" w:customStyle="1" w:styleId="VoorstelTabel">
  <w:name w:val="Voorstel tabel"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="99"/><w:qFormat/>
  <w:tblPr><w:tblStyleRowBandSize w:val="1"/>
    <w:tblBorders><w:top w:val="single" w:sz="8" w:space="0" w:color="002C64"/>
      <w:bottom w:val="single" w:sz="8" w:space="0" w:color="002C64"/>
      <w:insideH w:val="single" w:sz="4" w:space="0" w:color="D9D9D9"/></w:tblBorders>
    <w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="70" w:type="dxa"/>
      <w:bottom w:w="40" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr>
  <w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:color w:val="002C64"/></w:rPr>
    <w:tcPr><w:tcBorders><w:bottom w:val="single" w:sz="8" w:space="0" w:color="002C64"/></w:tcBorders>
      <w:shd w:val="clear" w:color="auto" w:fill="EAF0F8"/><w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>
  <w:tblStylePr w:type="lastRow"><w:rPr><w:b/></w:rPr>
    <w:tcPr><w:tcBorders><w:top w:val="single" w:sz="8" w:space="0" w:color="002C64"/></w:tcBorders></w:tcPr>
  </w:tblStylePr>
</w:style>
"""


@cache
def shipped_template() -> bytes:
    """The template as a Word file."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin, section.bottom_margin = Cm(2.5), Cm(2.2)
    section.different_first_page_header_footer = True
    _styles(document)
    document.add_paragraph(written(TITLE), "Title")
    document.add_paragraph(written(SUBTITLE), "Subtitle")
    document.add_paragraph(written(DAY), "Subtitle")
    document.add_paragraph(written(CONTENTS))
    document.add_paragraph(written(PROPOSAL))
    section.header.paragraphs[0].text = written(TITLE)
    for footer in (section.footer, section.first_page_footer):
        footer.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _append(footer.paragraphs[0]._p, field("PAGE", "1"))
        footer.paragraphs[0].add_run(" / ")
        _append(footer.paragraphs[0]._p, field("NUMPAGES", "1"))
    document.core_properties.author = "gguplan"
    relations = document.part.package.rels
    for name in [name for name, relation in relations.items() if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        del relations[name]
    made = io.BytesIO()
    document.save(made)
    return repacked(made.getvalue())


def _append(paragraph: BaseOxmlElement, runs: str) -> None:
    for run in list(parse_xml(f"<w:p {nsdecls('w')}>{runs}</w:p>")):
        paragraph.append(run)


def _styles(document: Word) -> None:
    styles = document.styles
    _paragraph(document, "Normal", 10, after=6, line=1.15)
    _paragraph(document, "Title", 22, bold=True, color=DARK, after=4)
    _paragraph(document, "Subtitle", 12, color=GREY, after=2)
    _paragraph(document, "Heading 1", 15, bold=True, color=DARK, before=20, after=6, together=True)
    _paragraph(document, "Heading 2", 11.5, bold=True, color=DARK, before=14, after=4, together=True)
    _paragraph(document, "Heading 3", 10, bold=True, color=DARK, before=10, after=3, together=True)
    _paragraph(document, "Caption", 9, bold=True, color=DARK, before=8, after=4)
    _paragraph(document, "List Bullet", after=3)
    _paragraph(document, "List Number", after=3)
    _paragraph(document, "Header", 8.5, color=GREY)
    _paragraph(document, "Footer", 8.5, color=GREY)
    _paragraph(document, "TOC Heading", 15, bold=True, color=DARK, before=20, after=6, together=True)
    for level, indent in ((1, 0.0), (2, 0.6)):
        toc = styles.add_style(f"toc {level}", WD_STYLE_TYPE.PARAGRAPH)
        toc.base_style = styles["Normal"]
        _paragraph(document, toc.name, after=2)
        toc.paragraph_format.left_indent = Cm(indent)
        toc.paragraph_format.tab_stops.add_tab_stop(Cm(16), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    for name, size, after in (("Voorstel tabeltekst", 8, 0), ("Voorstel figuur", None, 2)):
        own = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        own.base_style = styles["Normal"]
        _paragraph(document, name, size, after=after, line=1.0)
    styles.element.append(parse_xml(_TABLE.format(ns=nsdecls("w"))))


def _paragraph(
    document: Word,
    name: str,
    size: float | None = None,
    bold: bool = False,
    color: RGBColor | None = None,
    before: float = 0,
    after: float = 0,
    line: float | None = None,
    together: bool = False,
) -> None:
    style = document.styles[name]
    assert isinstance(style, ParagraphStyle)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    # A font of the theme would win over the name of a font.
    fonts.attrib.clear()
    if name == "Normal":
        for script in ("ascii", "hAnsi", "cs"):
            fonts.set(qn(f"w:{script}"), FONT)
    else:
        # The font of a house style is chosen once, in Normal ("Standaard").
        style.element.rPr.remove(fonts)
    # Running text in another form, such as a list, has the size of Normal: a house style chooses that once too.
    style.font.size = None if size is None else Pt(size)
    # Only what differs: what a paragraph says of itself would win over the first and last row of a table.
    style.font.bold, style.font.italic = bold or None, None
    for look in (*style.element.rPr.findall(qn("w:color")), *style.element.rPr.findall(qn("w:spacing"))):
        style.element.rPr.remove(look)
    if color is not None:
        style.font.color.rgb = color
    form = style.paragraph_format
    form.space_before, form.space_after, form.keep_with_next = Pt(before), Pt(after), together
    if line is not None:
        form.line_spacing = line
    if name in ("Title", "Subtitle"):
        for border in style.element.pPr.findall(qn("w:pBdr")):
            style.element.pPr.remove(border)
