"""The values of a factor as a scenario states them, and as text that is written for it."""

from __future__ import annotations

import json
from datetime import date
from typing import Any, Final

from gguplan.findings import Place
from gguplan.fund.sweep_plan import Factor, ValueSort
from gguplan.inputs.scenario.relative_changes import relative_change
from gguplan.inputs.scenario.settings import value_of
from gguplan.inputs.written_amounts import parse_euros, parse_price, parse_rate
from gguplan.language import _

StatedFactor = tuple[Factor, Place]
"""A factor, and the place where it is stated."""

_LARGEST_NUMBER: Final = 10**15


def setting_of(factor: Factor, value: int) -> str:
    """The ``--set`` setting of a value; in quotation marks where it would be read as a change of what is there."""
    text = factor.text(value)
    return f'{factor.name}="{text}"' if relative_change(text) is not None else f"{factor.name}={text}"


def as_stated(factor: Factor, value: int) -> Any:
    """A value as the data of a scenario have it."""
    return value_of(factor.text(value), Place(factor.name))


def names_in(text: str) -> tuple[str, ...]:
    """What stands in a choice that is a list; nothing where it is none."""
    value = value_of(text, Place(text))
    return tuple(map(str, value)) if isinstance(value, list) else ()


def units_of(leaf: ValueSort, text: str) -> int:
    """A bound of a range in units of its leaf. Raises ValueError, saying what to write instead."""
    if leaf == "amount":
        return parse_euros(text)
    if leaf == "rate":
        return parse_rate(text)
    if leaf == "price":
        return parse_price(text)
    if leaf == "whole_number":
        if not text.isascii() or not text.isdecimal() or len(text) > 16 or int(text) > _LARGEST_NUMBER:
            raise ValueError(_("{text!r} is not a whole number: write it without points or commas", text=text[:60]))
        return int(text)
    try:
        day = date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        day = None
    if day is None:
        raise ValueError(_("{text!r} is not a date: write 2017-01-01", text=text[:60]))
    if leaf == "day":
        return day.toordinal()
    if (day.month, day.day) != (1, 1):
        raise ValueError(_("CBS counts on 1 January: write {year}-01-01", year=day.year))
    return day.year


def choice_text(value: Any) -> str:
    """A value of a file as it would be written after the ``=`` of ``--set``, and read back as the same value."""
    if isinstance(value, (list, tuple)):
        return json.dumps(list(value), ensure_ascii=False)
    if isinstance(value, str):
        try:
            same = value_of(value.strip(), Place("")) == value
        except ValueError:
            same = False
        return value if same else json.dumps(value, ensure_ascii=False)
    return value.isoformat() if isinstance(value, date) else str(value)
