"""One value of a scenario that is varied, as whole numbers: cents, ten-thousandths, days, or the place of a choice."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, Final, Literal

from gguplan.inputs.findings import Place
from gguplan.inputs.scenario.fields import ValueSort
from gguplan.inputs.scenario.relative_changes import relative_change
from gguplan.inputs.scenario.settings import value_of
from gguplan.inputs.toml_document import KeyPath
from gguplan.inputs.written_amounts import parse_euros, parse_price, parse_rate
from gguplan.language import _
from gguplan.money import RATE_UNITS, plain_euros

Role = Literal["lever", "uncertainty"]
"""A lever is what the assembly decides, an uncertainty what happens to it."""

AS_WRITTEN: Final = -1
"""Stands for the value that the scenario has by itself."""

_LARGEST_NUMBER: Final = 10**15


@dataclass(frozen=True)
class Factor:
    """What is varied. A value is a whole number: units of `leaf` from `low` to `high`, or an index into `choices`,
    which are written as after the ``=`` of ``--set``. `levels` is how many values a grid has."""

    path: KeyPath
    role: Role
    leaf: ValueSort
    place: Place
    source: str = ""
    low: int = 0
    high: int = 0
    most_likely: int | None = None
    choices: tuple[str, ...] = ()
    levels: int = 0

    @cached_property
    def name(self) -> str:
        """The path as ``--set`` takes it."""
        return ".".join(map(str, self.path))

    @property
    def comparisons(self) -> int:
        """How many differences say what it does in outline: one of a range, one less than there are choices."""
        return max(len(self.choices) - 1, 1)

    def at_level(self, level: int) -> int:
        """The value at a level of the grid, equally far apart, half a unit upwards."""
        if self.choices:
            return level
        last = self.levels - 1
        return self.low + (2 * (self.high - self.low) * level + last) // (2 * last)

    def text(self, value: int) -> str:
        """A value as it is written after the ``=`` of ``--set``."""
        return self.choices[value] if self.choices else written(self.leaf, value)

    def setting(self, value: int) -> str:
        """The ``--set`` setting of a value; in quotation marks where it would be read as a change of what is there."""
        text = self.text(value)
        return f'{self.name}="{text}"' if relative_change(text) is not None else f"{self.name}={text}"

    def as_stated(self, value: int) -> Any:
        """A value as the data of a scenario have it."""
        return value_of(self.text(value), self.place)

    def ends(self) -> tuple[int, ...]:
        """The values to try one at a time: both bounds, or every choice; of a reference date, every year."""
        if self.choices:
            return tuple(range(len(self.choices)))
        return tuple(range(self.low, self.high + 1)) if self.leaf == "first_of_january" else (self.low, self.high)


def written(leaf: ValueSort, value: int) -> str:
    """Units of a leaf as a scenario writes them."""
    if leaf == "amount":
        return plain_euros(value)
    if leaf in ("rate", "price"):
        text = f"{Decimal(value) / RATE_UNITS:.4f}"
        return text[:-2] + text[-2:].rstrip("0")
    if leaf == "day":
        return date.fromordinal(value).isoformat()
    return f"{value:04}-01-01" if leaf == "first_of_january" else str(value)


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
