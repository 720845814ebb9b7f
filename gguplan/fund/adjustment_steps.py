"""The lines of the sum behind a bill that are of the adjustments after the division: what each says, as raw values.

Amounts are whole cents.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class RoundedAmount:
    """What a municipality pays, rounded to a multiple of `unit`; `left` is what it bears of what rounding leaves."""

    before: int
    unit: int
    left: int
    after: int


@dataclass(frozen=True)
class RoundingLeft:
    """All amounts rounded, what they are together, and what they should be together; the difference is for the
    municipality called `bearer`, or for the balance of the fund when that is None."""

    rounded: int
    together: int
    bearer: str | None


AdjustmentLine = RoundedAmount | RoundingLeft
"""Every line of an adjustment; `gguplan.wording.adjustments` says each in a sentence."""
