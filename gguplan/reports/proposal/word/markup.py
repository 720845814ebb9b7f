"""The content of a proposal as the XML of a Word document, element by element, made as text because that is quick."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final
from xml.sax.saxutils import escape

from msgspec import Struct

from gguplan.language import _
from gguplan.reports.proposal.blocks import Heading, Items, Paragraph, Picture, Table, ToFillIn, pieces
from gguplan.reports.proposal.word.column_widths import Columns, TextLook, columns_of
from gguplan.wording.unbroken_amounts import in_a_line, whole

_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NUMERIC_COLUMN: Final = '<w:jc w:val="right"/>'

_SMALL: Final = 12
_CONTENTS_LEVELS: Final = 2

ALMOST_NOTHING: Final = (
    '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/><w:rPr><w:sz w:val="2"/></w:rPr>'
)
"""A paragraph a point high: Word asks for one after a table that ends the paper, and it must make no page."""

TABLE_STYLE: Final = "voorstel tabel"
TEXT_STYLE: Final = "voorstel tabeltekst"
FIGURE_STYLE: Final = "voorstel figuur"
"""The styles of a template that are not Word's own, as the names of styles are compared: in lower case."""


class Names(Struct, frozen=True):
    """What the pieces of the document are called, and how they fit: the ids of the template's styles by their names,
    the label and number of every table and picture, the width of the text in twentieths of a point, and what the text
    of a table looks like."""

    styles: Mapping[str, str]
    numbers: Mapping[str, tuple[str, int]]
    width: int
    look: TextLook


def xml_text(text: str) -> str:
    """Text that cannot be taken for markup, without characters that XML has no place for."""
    return escape(without_control(text), {'"': "&quot;"})


def without_control(text: str) -> str:
    """Text without the characters that XML has no place for."""
    return _NOT_XML.sub("�", text)


def run(text: str, properties: str = "") -> str:
    """A piece of text; a line in it stays a line, a tab a tab."""
    made = xml_text(whole(text)).replace("\r", "")
    made = made.replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
    made = made.replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    rpr = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{rpr}<w:t xml:space="preserve">{made}</w:t></w:r>'


def field(instruction: str, shown: str) -> str:
    """A field with what it shows until Word computes it anew."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {xml_text(instruction)} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f"{run(shown)}"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def bookmark(name: str, number: int, inside: str) -> str:
    """What a reference can point to."""
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{inside}<w:bookmarkEnd w:id="{number}"/>'


def paragraph(names: Names, style: str, inside: str, properties: str = "") -> str:
    """A paragraph in a style of the template; without one in that of running text."""
    style_name = f'<w:pStyle w:val="{xml_text(names.styles[style])}"/>' if style else ""
    return f"<w:p><w:pPr>{style_name}{properties}</w:pPr>{inside}</w:p>"


def running(text: str, names: Names) -> str:
    """Running text, its references as fields that follow the numbers."""
    made = []
    for kind, piece in pieces(text):
        if kind == "text":
            made.append(run(in_a_line(piece)))
        elif piece in names.numbers:
            label, number = names.numbers[piece]
            made.append(field(f"REF {bookmark_of(piece)} \\h", f"{label} {number}"))
    return "".join(made)


def bookmark_of(key: str) -> str:
    """The bookmark of a table or picture."""
    return "_Ref_" + key.replace("-", "_")


def heading(part: Heading, number: int, names: Names) -> str:
    """A heading with the bookmark to which the table of contents points."""
    inside = bookmark(f"_Toc{number:08}", 1_000 + number, run(part.text))
    # Whatever the template says, a heading stays with what it is above.
    page = "<w:keepNext/>" + ("<w:pageBreakBefore/>" if part.new_page else "")
    # A template that has no third level shows it as the second.
    style = f"heading {part.level}" if f"heading {part.level}" in names.styles else "heading 2"
    return paragraph(names, style, inside, page)


def text(part: Paragraph, names: Names, with_next: bool = False) -> str:
    """Running text; an empty line in it begins a new paragraph, and other line ends are spaces. What introduces a list
    stays on one page `with_next`."""
    keep = "<w:keepNext/>" if with_next else ""
    return "".join(
        paragraph(names, "", running(" ".join(piece.split()), names), keep)
        for piece in re.split(r"\n\s*\n", part.text)
        if piece.strip()
    )


def to_fill_in(part: ToFillIn, names: Names) -> str:
    """A marked place, in brackets and with a colour, so that it is found on paper and on a screen."""
    with_brackets = _("[To fill in: {what}]", what=part.text)
    return paragraph(names, "", run(with_brackets, '<w:highlight w:val="yellow"/>'))


def items(part: Items, names: Names) -> str:
    """A list."""
    style = "list number" if part.numbered else "list bullet"
    return "".join(paragraph(names, style, running(" ".join(item.split()), names)) for item in part.texts)


def caption(key: str, words: str, names: Names, number: int, above: bool) -> str:
    """A caption with its number as a field; above a table it stays with it."""
    label, count = names.numbers[key]
    numbered = bookmark(
        bookmark_of(key), 2_000 + number, run(f"{label} ") + field(f"SEQ {label} \\* ARABIC", str(count))
    )
    return paragraph(names, "caption", numbered + run(f": {words}"), "<w:keepNext/>" if above else "")


def table(part: Table, number: int, names: Names, before_text: bool) -> str:
    """A table under its caption, with a heading that comes back on every page, and rows that stay whole. Where the
    page is too narrow for its columns, they come in several tables below each other. `before_text` says whether text
    follows, which keeps no distance from a table by itself, as a heading and a caption do."""
    made = [caption(part.key, part.caption, names, number, above=True)]
    tables = [_table(part, columns, names) for columns in columns_of(part, names.width, names.look)]
    made.append(paragraph(names, TEXT_STYLE, "", ALMOST_NOTHING).join(tables))
    if before_text:
        made.append(paragraph(names, TEXT_STYLE, "", ALMOST_NOTHING.replace('w:after="0"', 'w:after="120"')))
    return "".join(made)


def _table(part: Table, columns: Columns, names: Names) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in columns.widths)
    last_row = f'w:lastRow="{int(part.total)}"'
    look = f'<w:tblLook w:firstRow="1" {last_row} w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'
    made = [
        "<w:tbl><w:tblPr>",
        f'<w:tblStyle w:val="{xml_text(names.styles[TABLE_STYLE])}"/>',
        f'<w:tblW w:w="{sum(columns.widths)}" w:type="dxa"/>',
        f'<w:tblLayout w:type="fixed"/>{look}<w:tblCaption w:val="{xml_text(part.caption)}"/></w:tblPr>',
        f"<w:tblGrid>{grid}</w:tblGrid>",
        _row(part.headings, part, columns, names, "<w:cantSplit/><w:tblHeader/>", keep=True),
    ]
    last = len(part.rows) - 1
    # A small table stays whole; of a long one the ends do, so that a total never stands alone on a page.
    small = len(part.rows) <= _SMALL
    for place, row in enumerate(part.rows):
        keep = place < last and (small or place == 0 or place >= last - 2)
        made.append(_row(row, part, columns, names, "<w:cantSplit/>", keep, bold=part.total and place == last))
    made.append("</w:tbl>")
    return "".join(made)


def _row(
    cells: Sequence[str],
    table: Table,
    columns: Columns,
    names: Names,
    properties: str,
    keep: bool,
    bold: bool = False,
) -> str:
    style = f'<w:pStyle w:val="{xml_text(names.styles[TEXT_STYLE])}"/>' + ("<w:keepNext/>" if keep else "")
    # LibreOffice does not know the last row of a table style, so a total is bold by itself.
    look = "<w:b/>" if bold else ""
    if columns.points < names.look.points:
        look += f'<w:sz w:val="{round(2 * columns.points)}"/><w:szCs w:val="{round(2 * columns.points)}"/>'
    made = [f"<w:tr><w:trPr>{properties}</w:trPr>"]
    for column, width in zip(columns.places, columns.widths, strict=True):
        align = _NUMERIC_COLUMN if column >= table.words else ""
        made.append(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
            f"<w:p><w:pPr>{style}{align}</w:pPr>{run(cells[column], look)}</w:p></w:tc>"
        )
    made.append("</w:tr>")
    return "".join(made)


def picture(part: Picture, relation: str, size: tuple[int, int], number: int, names: Names) -> str:
    """A picture in the text with its caption below it; `size` in English metric units (360,000 a centimetre)."""
    wide, high = size
    words = xml_text(part.alt)
    inline = (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{wide}" cy="{high}"/>'
        f'<wp:docPr id="{number}" name="{xml_text(part.key)}" descr="{words}"/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" name="{xml_text(part.key)}.png" descr="{words}"/><pic:cNvPicPr/>'
        "</pic:nvPicPr>"
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
    return paragraph(names, FIGURE_STYLE, inline, "<w:keepNext/>") + caption(
        part.key, part.caption, names, number, False
    )


def contents(headings: Sequence[Heading], names: Names, title: str, pages: bool) -> str:
    """The table of contents, already filled in: a field that Word makes anew when asked.

    Which page a heading comes on is known to who lays the text out. With `pages` every entry has a field for that,
    which LibreOffice computes; it does so only outside a table of contents, so then that field is left out.
    """
    entries = [
        paragraph(names, f"toc {heading.level}", _entry(heading, number, names, pages))
        for number, heading in enumerate(headings)
        if heading.level <= _CONTENTS_LEVELS
    ]
    head = paragraph(names, "toc heading", run(title))
    if pages:
        return head + "".join(entries)
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r><w:instrText xml:space="preserve"> TOC \\o "1-2" \\h \\z \\u </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    first, *rest = entries
    first = first.replace("</w:pPr>", "</w:pPr>" + begin, 1)
    last = '<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    return (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj>'
        f"</w:sdtPr><w:sdtContent>{head}{first}{''.join(rest)}{last}</w:sdtContent></w:sdt>"
    )


def _entry(heading: Heading, number: int, names: Names, pages: bool) -> str:
    mark = f"_Toc{number:08}"
    page = "<w:r><w:tab/></w:r>" + field(f"PAGEREF {mark} \\h", "") if pages else ""
    return f'<w:hyperlink w:anchor="{mark}" w:history="1">{run(heading.text)}{page}</w:hyperlink>'
