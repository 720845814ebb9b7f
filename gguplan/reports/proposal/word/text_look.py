"""What the text in the tables of a template looks like: its size, its font, and the room in a cell."""

from __future__ import annotations

from typing import Final

from docx.document import Document as Word
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from gguplan.reports.proposal.word.column_widths import TextLook

_POINTS: Final = 10.0
_SIDE: Final = 108
"""What Word leaves free beside a cell where no style says so, in twentieths of a point."""


def text_look(document: Word, text_style: str, table_style: str) -> TextLook:
    """The look of the text in a table, by the ids of two styles, from those and the styles that they are based on."""
    root = document.styles.element
    styles = {str(style.get(qn("w:styleId"))): style for style in root.iter(qn("w:style"))}
    chain = [*_chain(styles, text_style), *root.iter(qn("w:docDefaults"))]
    size = next((element for style in chain for element in style.iter(qn("w:sz"))), None)
    fonts = next((element for style in chain for element in style.iter(qn("w:rFonts"))), None)
    sides = [_side(styles, table_style, side) for side in ("left", "right")]
    return TextLook(
        points=_number(size, "w:val", 2 * _POINTS) / 2,
        font="" if fonts is None else str(fonts.get(qn("w:ascii"), "")),
        padding=sum(sides),
    )


def _chain(styles: dict[str, BaseOxmlElement], name: str) -> list[BaseOxmlElement]:
    """A style and those that it is based on, the nearest first."""
    chain: list[BaseOxmlElement] = []
    while name in styles and styles[name] not in chain:
        chain.append(styles[name])
        base = styles[name].find(qn("w:basedOn"))
        name = "" if base is None else str(base.get(qn("w:val")))
    return chain


def _side(styles: dict[str, BaseOxmlElement], table_style: str, side: str) -> int:
    for style in _chain(styles, table_style):
        for margins in style.iter(qn("w:tblCellMar")):
            for margin in margins.iter(qn(f"w:{side}")):
                return int(_number(margin, "w:w", _SIDE))
    return _SIDE


def _number(element: BaseOxmlElement | None, attribute: str, otherwise: float) -> float:
    try:
        return otherwise if element is None else float(element.get(qn(attribute), otherwise))
    except ValueError:
        return otherwise
