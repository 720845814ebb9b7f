"""Amounts in a table that a user has: Dutch or English marks, found out from the whole column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from gguplan.money import LARGEST_AMOUNT

_NUMBER: Final = re.compile(r"-?[0-9][0-9.,]*")
_LONGEST: Final = 40


def read_amounts(texts: Sequence[str]) -> list[int | None]:
    """Euros in cents; None where a text is no amount (empty, words, NaN, more than `LARGEST_AMOUNT`).

    Where one text in the column ends on a comma and one or two digits, commas are decimal marks in all of it;
    else points are, unless every point has three digits behind it, which then marks thousands.
    """
    bare = [_bare(text) for text in texts]
    comma = any(re.search(r",[0-9]{1,2}$", text) for text in bare)
    point = any(re.search(r"\.([0-9]{1,2}|[0-9]{4,})$", text) for text in bare)
    decimal = "," if comma and not point else "." if point or any("," in text for text in bare) else ""
    return [_cents(text, decimal) for text in bare]


def _bare(text: str) -> str:
    plain = text.strip()
    negative = plain.startswith("(") and plain.endswith(")")
    plain = re.sub(r"[€\s\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}()]|EUR", "", plain)
    return ("-" if negative else "") + plain.replace("\N{MINUS SIGN}", "-")


def _cents(text: str, decimal: str) -> int | None:
    if len(text) > _LONGEST or not _NUMBER.fullmatch(text):
        return None
    whole, mark, fraction = text.rpartition(decimal) if decimal and decimal in text else (text, "", "")
    other = "." if decimal == "," else ","
    if decimal and decimal in whole:
        return None
    groups = re.split(r"[.,]" if not decimal else re.escape(other), whole.lstrip("-"))
    if any(len(group) != 3 for group in groups[1:]) or not groups[0] or (mark and not fraction.isdigit()):
        return None
    cents = round(Decimal(("-" if whole.startswith("-") else "") + "".join(groups) + "." + (fraction or "0")) * 100)
    return cents if abs(cents) <= LARGEST_AMOUNT else None
