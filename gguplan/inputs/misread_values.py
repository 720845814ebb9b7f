"""Values that TOML does not take and that people write: a decimal comma, a date that is none, a date in Dutch order."""

from __future__ import annotations

import re
from typing import Final

from gguplan.language import _

_WITH_A_COMMA: Final = re.compile(
    r"-?[0-9][0-9.]*,[0-9]+(?:-+|,-)?|-?[0-9][0-9.]*,-+|-?[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+"
)
_CENTS: Final = re.compile(r"(-?(?:[0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+)),([0-9]{1,2})")
_AS_A_DATE: Final = re.compile(r"[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}")
_IN_DUTCH_ORDER: Final = re.compile(r"([0-9]{1,2})[-/]([0-9]{1,2})[-/]([0-9]{4})")
_KEY_AND_VALUE: Final = re.compile(r"[^=#\"']+=[ \t]*([^#\"'\[\]{}]*?)[ \t]*(?:#.*)?")


def misread(value: str) -> tuple[str, str] | None:
    """What is wrong with a value that is written without quotes, and what to write; None where it is something else.

    A comma before one or two digits is that of a decimal; before three it may be either, and nothing is proposed.
    """
    if in_order := _IN_DUTCH_ORDER.fullmatch(value):
        day, month, year = in_order.groups()
        remedy = _("Write it as {date}.", date=f"{year}-{month:0>2}-{day:0>2}")
        return _("A date begins with its year."), remedy
    if _AS_A_DATE.fullmatch(value):
        return _("This date does not exist."), _("Write a year, a month and a day, such as 2017-01-01.")
    if _WITH_A_COMMA.fullmatch(value):
        cents = _CENTS.fullmatch(value)
        number = f"{cents[1].replace('.', '')}.{cents[2]}" if cents else "1234567.89"
        remedy = _("Write {number}, between quotes.", number=f'"{number}"')
        if cents is None:
            remedy = _(
                "Write a number with a point before the decimals and nothing else, such as {number}.",
                number=f'"{number}"',
            )
        return _("A comma stands in this number."), remedy
    return None


def value_in(line: str) -> tuple[int, str] | None:
    """The column from 1 at which a value without quotes stands in a line, and the value; None where there is none."""
    parts = _KEY_AND_VALUE.fullmatch(line)
    return (parts.start(1) + 1, parts[1]) if parts and parts[1] else None
