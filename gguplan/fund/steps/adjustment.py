"""The lines of the sum behind a bill that are of the adjustments after the division: what each says, as raw values.

Amounts are whole cents.
"""

from __future__ import annotations

from msgspec import Struct

from gguplan.fund.adjustments import Limit
from gguplan.fund.allocation_keys import AllocationKey


class RoundedAmount(Struct, frozen=True):
    """What a municipality pays, rounded to a multiple of `unit`; `left` is what it bears of what rounding leaves."""

    before: int
    unit: int
    left: int
    after: int


class RoundingLeft(Struct, frozen=True):
    """All amounts rounded, what they are together, and what they should be together; the difference is for the
    municipality called `bearer`, or for the balance of the fund when that is None."""

    rounded: int
    together: int
    bearer: str | None


class OldAmount(Struct, frozen=True):
    """What a municipality would pay by the old division, or by a part of it where that was a mix: its `weight` of
    `weights` of `total`, and a `fixed` part. None where it was paid so."""

    key: AllocationKey
    share: tuple[int, int, int] | None
    fixed: int
    amount: int


class OldAmountScaled(Struct, frozen=True):
    """Old amounts that were paid, as a division of the `total` of now: `paid` of `together`."""

    total: int
    paid: int
    together: int
    amount: int


class PhasedIn(Struct, frozen=True):
    """In a year a part of the new division holds, in hundredths of a per cent, and for the rest the old one."""

    year: int
    part: int
    old: int
    new: int
    amount: int


class HeldByCap(Struct, frozen=True):
    """An amount that is set on a bound: `limit` above the old division, or below it when it `rises` is False."""

    rises: bool
    limit: Limit | None
    old: int
    before: int
    amount: int


class SharesTheRest(Struct, frozen=True):
    """Who is not held by the cap pays its part of the `rest` that is left for such municipalities, which paid
    `together` so much."""

    before: int
    rest: int
    together: int
    amount: int


class CappedShares(Struct, frozen=True):
    """Of what all would pay together, `total`, those whom the cap holds pay `held`; the `rest` is left."""

    total: int
    held: int
    rest: int


class CompensatedLoss(Struct, frozen=True):
    """A part of what a municipality pays more than by the old division, in hundredths of a per cent, comes back."""

    old: int
    before: int
    percent: int
    back: int


class PaysCompensation(Struct, frozen=True):
    """What a municipality that does not pay more than before pays of all compensation, pro rata to its own amount."""

    total: int
    before: int
    together: int
    amount: int


class CoveredAmount(Struct, frozen=True):
    """What a municipality has cover for already."""

    what: str
    cents: int


AdjustmentLine = (
    RoundedAmount
    | RoundingLeft
    | OldAmount
    | OldAmountScaled
    | PhasedIn
    | HeldByCap
    | SharesTheRest
    | CappedShares
    | CompensatedLoss
    | PaysCompensation
    | CoveredAmount
)
"""Every line of an adjustment; `gguplan.wording.adjustments` says each in a sentence."""
