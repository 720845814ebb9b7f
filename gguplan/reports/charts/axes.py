"""Axes: round marks between two ends, written as amounts or percentages in the current language."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np
from msgspec import Struct

from gguplan.language import current_language
from gguplan.reports.charts.look import MINUS
from gguplan.reports.charts.text_widths import text_width
from gguplan.wording.amounts import euro_sign, format_about, grouped

_IN_MILLIONS: Final = 4e6
"""Euros from one end of an axis to the other, above which its marks are in millions."""

_APART: Final = 5
"""Units between two marks that are written beside each other."""


class Axis(Struct, frozen=True):
    """An axis: its title, and its marks, each a value and how it is written. With a `grid` a line goes through the
    chart at each; `ticks` are short lines beside them, `line` goes along them all."""

    title: str
    marks: tuple[tuple[float, str], ...] = ()
    grid: bool = True
    ticks: bool = True
    line: bool = True

    def apart(self, unit: float) -> tuple[tuple[float, str], ...]:
        """The marks that can be written beside each other: each, or one of so many. `unit` is what one of the scale
        takes."""
        for step in range(1, len(self.marks)):
            chosen = self.marks[::step]
            if all(
                abs(after - before) * unit >= (text_width(first) + text_width(second)) / 2 + _APART
                for (before, first), (after, second) in pairwise(chosen)
            ):
                return chosen
        return self.marks[:1]


def euro_axis(
    title: str,
    low: float,
    high: float,
    most: int = 6,
    values: Sequence[float] | None = None,
    grid: bool = True,
    line: bool = True,
) -> Axis:
    """An axis in euros between two ends, with round marks at most so many steps apart, or marks at these values; large
    ones in millions."""
    chosen = round_marks(low, high, most) if values is None else values
    marks: dict[str, float] = {}
    for value, words in zip(chosen, _euros(chosen, in_millions(low, high)), strict=True):
        # Of amounts too small to be written none is called nothing, and no two stand there alike.
        if not value or any(sign in "123456789" for sign in words):
            marks.setdefault(words, value)
    return Axis(title, tuple((value, words) for words, value in marks.items()), grid=grid, line=line)


def percent_axis(title: str, values: Sequence[float]) -> Axis:
    """An axis of shares with marks at these values, written as percentages."""
    return Axis(title, tuple((value, f"{round(100 * value)}\N{NO-BREAK SPACE}%") for value in values))


def _euros(values: Sequence[float], millions: bool) -> list[str]:
    if millions:
        nothing = grouped(0, 1)[1:]
        numbers = [grouped(abs(value) / 1e6, 1).removesuffix(nothing) for value in values]
        written = [f"{text}{_millions()}" if value else text for value, text in zip(values, numbers, strict=True)]
    else:
        step = values[1] - values[0] if len(values) > 1 else values[0]
        # As many decimals as keep them apart; cents are two.
        count = next(count for count in (0, *range(2, 10)) if count == 9 or round(step, count) == round(step, 10))
        written = [grouped(abs(value), count) for value in values]
    return [
        f"{MINUS if value < 0 else ''}{euro_sign()}{text}".replace(" ", "\N{NO-BREAK SPACE}")
        for value, text in zip(values, written, strict=True)
    ]


def in_millions(low: float, high: float) -> bool:
    """Whether the marks of an axis in euros between two ends are in millions."""
    return high - low >= _IN_MILLIONS


def _millions() -> str:
    return "\N{NO-BREAK SPACE}mln" if current_language() == "nl" else "m"


def axis_amount(cents: int, low: float, high: float) -> str:
    """An amount beside a point, in the unit of an axis in euros between these ends."""
    if not in_millions(low, high):
        return format_about(cents, 1)
    return f"{MINUS if cents < 0 else ''}{euro_sign()}{grouped(abs(cents) / 100 / 1e6, 1)}{_millions()}"


def with_zero(values: Sequence[float]) -> tuple[float, float]:
    """The ends of an axis that holds 0 and all values, and is never without length."""
    low, high = min([0.0, *values]), max([0.0, *values])
    return low, high if high > low else 1.0


def round_marks(low: float, high: float, most: int = 6) -> list[float]:
    """Round marks between two ends, with at most so many steps, so that none stands among the labels."""
    span = high - low
    step = 10 ** np.floor(np.log10(span / 4))
    step *= next(factor for factor in (1, 2, 5, 10, 20, 50) if span / (step * factor) <= most)
    return [float(round(value, 10)) for value in np.arange(np.ceil(low / step), np.floor(high / step) + 1) * step]
