"""A bill over the inhabitants of another reference date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Comparable = Literal["billed", "not_counted", "no_municipality"]
"""Whether there is a bill to hold beside: a year may not be counted yet, a municipality not be there then."""


@dataclass(frozen=True)
class OtherDate:
    """What a municipality would pay, in cents, over the inhabitants of 1 January of `year`; None without a bill."""

    year: int
    to_pay: int | None
    comparable: Comparable
