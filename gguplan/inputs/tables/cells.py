"""The cells of a table as text, and what they count."""

from __future__ import annotations

import re
from typing import Final

NO_FIGURE: Final = frozenset(
    ("", ".", "-", "–", "x", "nan", "n/a", "na", "n.b.", "nb", "null", "none", "n.v.t.", "nvt", "n.t.b.", "ntb",
     "n.n.b.", "nnb", "onbekend", "unknown", "tbd", "pm", "p.m.")
)  # fmt: skip
"""What people and programs write where there is no figure, without capitals."""

_COUNT: Final = re.compile(
    r"(?P<whole>0|[1-9][0-9]{0,14}|[1-9][0-9]{0,2}(?:(?P<mark>[., '’\u00a0\u2009\u202f])[0-9]{3})"
    r"(?:(?P=mark)[0-9]{3}){0,3})(?:(?P<decimal>[.,])0{1,2})?"
)
_WHOLE_CELL: Final = re.compile(r"(0|[1-9][0-9]{0,14})(\.0+)?")


_FOOTNOTE: Final = re.compile("(?<=[0-9)=–—-])(?:\\s*\\*{1,3}|\\s*[¹²³⁴⁵⁶⁷⁸⁹]{1,2}|\\s+[0-9a-e]\\))$")


def without_footnote(text: str) -> str:
    """A figure without the mark of a footnote behind it: ``236.000*``, ``380.000 1)``, ``140.500²``."""
    return _FOOTNOTE.sub("", text.strip())


class NumberCell(str):
    """A cell that is a number in its workbook: a plain number with a decimal point, whatever marks others have."""

    __slots__ = ()

    def strip(self, chars: str | None = None, /) -> NumberCell:
        """The number itself: nothing stands around it."""
        return self


class FormattedNumber(NumberCell):
    """A number that its workbook shows by a format of its own, such as ``0.0%`` or ``#,##0,``."""

    __slots__ = ("code",)
    code: str

    def __new__(cls, number: str, code: str) -> FormattedNumber:
        """The number as it is, and the code of its format."""
        cell = super().__new__(cls, number)
        cell.code = code
        return cell


def whole_number(text: str) -> int | None:
    """A count as people and programs write it, or None when the text is not one without doubt.

    ``16.979.120``, ``1 234``, ``12064`` and Excel's ``12064.0`` are counts; a point, comma, apostrophe or
    space may stand between thousands. Fractions, negative numbers and ``1.2345`` are not. ``1.234`` is one
    thousand two hundred thirty-four: a count has no decimals. In a `NumberCell` the point is a decimal mark.
    """
    if isinstance(text, NumberCell):
        whole = _WHOLE_CELL.fullmatch(text)
        return int(whole[1]) if whole else None
    match = _COUNT.fullmatch(without_footnote(text))
    if match is None or (match["decimal"] and match["decimal"] == match["mark"]):
        return None
    return int(re.sub(r"[^0-9]", "", match["whole"]))
