"""The day whose inhabitants count, why it is that day, and what another one would change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct, field

Comparable = Literal["billed", "not_counted", "before_the_first", "no_municipality", "names_unknown"]
"""Whether there is a bill to hold beside: a year may not be counted yet or lie before the first count, a municipality
not be there then, or one that the scenario names."""


class ReasonOfTheDate(Struct, frozen=True):
    """Why a day counts: the `source` that states it or says why it is `assumed`. `day_before` when it is 1 January of
    the year before the one that is paid for; `missing` the year whose count is not there yet, so that the latest one
    stands in its place. `of_members` where some municipalities decide, and not the assembly of all."""

    source: str | None
    assumed: bool
    day_before: bool
    missing: int | None
    of_members: bool = False


class OtherDate(Struct, frozen=True):
    """What a municipality would pay, in cents, over the inhabitants of 1 January of `year`; None without a bill."""

    year: int
    to_pay: int | None
    comparable: Comparable


class OtherDateOfYears(Struct, frozen=True):
    """What bills of some years would be over the inhabitants of a year later (`shift` 1) or earlier (-1).

    By year what is paid more, in cents (below 0: less), and whether both amounts are of inhabitants that are counted;
    without the years of which there is nothing to hold beside."""

    shift: Literal[-1, 1]
    differences: tuple[tuple[int, int, bool], ...]


class OtherDateOfAll(Struct, frozen=True):
    """What all municipalities would pay over the inhabitants of 1 January of `year`: how many pay more and less, over
    the municipalities of the later day, the names and cents of the largest rise and fall, by how many cents all
    together change, and in `changes` each, by its CBS code. `comparable` as of one bill; the rest is empty where there
    is nothing to hold beside."""

    year: int
    comparable: Comparable
    more: int = 0
    less: int = 0
    largest_rise: tuple[str, int] | None = None
    largest_fall: tuple[str, int] | None = None
    together: int = 0
    changes: Mapping[str, int] = field(default_factory=dict)
