"""The lines of a sum for who is outside, joins or leaves, and for a programme of which too few take part.

Amounts are whole cents, rates ten-thousandths of a euro per inhabitant, inhabitants persons.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from gguplan.fund.thresholds import Lapse, ThresholdOutcome


class OutsideForDays(Struct, frozen=True):
    """Outside for some days, which the others pay."""

    days: int
    days_in_year: int


class TakenOffBefore(Struct, frozen=True):
    """What opt-outs before this one took off the same part: their days, and cents."""

    days: int
    cents: int


class RefundOfRateLine(Struct, frozen=True):
    """A rate that is paid back for the days outside."""

    rate: int
    inhabitants: int
    days: int
    days_in_year: int
    refund: int


class RefundOfPartLine(Struct, frozen=True):
    """What is paid back of a part, for `days` of those for which the municipality is weighed, the days before
    included."""

    part: int
    days: int
    days_weighed: int
    before: TakenOffBefore | None
    refund: int


class NotInvoiced(Struct, frozen=True):
    """What is not invoiced of a part, for `days` of those for which the municipality is weighed, the days before
    included."""

    part: int
    days: int
    days_weighed: int
    before: TakenOffBefore | None
    amount: int


class JoinsOrLeaves(Struct, frozen=True):
    """The first day on which a municipality takes part, and the first on which it no longer does."""

    joins: date | None
    leaves: date | None


class InhabitantsOfYear(Struct, frozen=True):
    """A refund counts the inhabitants on 1 January of this year."""

    year: int


class Lapsed(Struct, frozen=True):
    """Too few take part, and what the municipality then pays."""

    outcome: ThresholdOutcome
    lapse: Lapse
    cents: int


SettlementLine = (
    OutsideForDays | RefundOfRateLine | RefundOfPartLine | NotInvoiced | JoinsOrLeaves | InhabitantsOfYear | Lapsed
)
"""Every line of a sum on opt-outs, membership and thresholds."""
