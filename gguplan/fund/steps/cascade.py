"""The lines of a sum whose amounts are those from before a cascade.

Amounts are whole cents, rates ten-thousandths of a euro per inhabitant, inhabitants persons.
"""

from __future__ import annotations

from msgspec import Struct

from gguplan.fund.cascades import CascadeBeside, LimitsDrawn


class BeforeCascade(Struct, frozen=True):
    """The amounts are those from before a cascade, and who leaves by it."""

    cascade: CascadeBeside


class LeavesByCascade(Struct, frozen=True):
    """The amounts are those from before the cascade of the programme called `title`, which the municipality leaves in
    round `number`, when `rate` is asked."""

    title: str
    drawn: LimitsDrawn | None
    number: int
    rate: int


CascadeLine = BeforeCascade | LeavesByCascade
"""Every line of a sum on a cascade."""
