"""The cells of a table as text, and what they count."""

from __future__ import annotations

import re
from typing import Final

NO_FIGURE: Final = frozenset(("", ".", "-", "–", "x", "nan", "n/a", "na", "n.b.", "nb", "null", "none"))
"""What people and programs write where there is no figure, without capitals."""

_COUNT: Final = re.compile(
    r"(?P<whole>0|[1-9][0-9]{0,14}|[1-9][0-9]{0,2}(?:(?P<mark>[., '’\u00a0\u2009\u202f])[0-9]{3})"
    r"(?:(?P=mark)[0-9]{3}){0,3})(?:(?P<decimal>[.,])0{1,2})?"
)
_WHOLE_CELL: Final = re.compile(r"(0|[1-9][0-9]{0,14})(\.0+)?")


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
    match = _COUNT.fullmatch(text.strip())
    if match is None or (match["decimal"] and match["decimal"] == match["mark"]):
        return None
    return int(re.sub(r"[^0-9]", "", match["whole"]))
