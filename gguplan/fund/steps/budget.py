"""The lines of a sum that come to the amount that is divided.

Amounts are whole cents, rates ten-thousandths of a euro per inhabitant, inhabitants persons.
"""

from __future__ import annotations

from msgspec import Struct

from gguplan.fund.allocation_keys import PaidByEach


class GrossBudgetLine(Struct, frozen=True):
    """A budget that is stated with VAT, or that has none."""

    gross: int


class NetBudgetLine(Struct, frozen=True):
    """A budget that is stated without VAT, and what it is with it."""

    net: int
    percent: int
    gross: int


class RateBudgetLine(Struct, frozen=True):
    """A budget that follows from a rate for all inhabitants."""

    rate: int
    inhabitants: int
    gross: int


class VolumeBudgetLine(Struct, frozen=True):
    """A budget without VAT that follows from a volume: fixed + volume × price."""

    fixed: int
    volume: int
    price: int
    net: int


class TariffBudgetLine(Struct, frozen=True):
    """A budget that is what all tariffs, amounts or products come to together."""

    gross: int
    paid: PaidByEach


class IncomeLine(Struct, frozen=True):
    """What somebody else pays of a budget."""

    payer: str
    cents: int


class ReserveLine(Struct, frozen=True):
    """What the balance of the fund pays of a budget; negative where the municipalities pay it on top."""

    what: str
    cents: int


class ToDivide(Struct, frozen=True):
    """What is left of a budget when income from others goes off, and what the balance of the fund pays: what the
    municipalities pay together."""

    gross: int
    income: int
    reserve: int
    rest: int


class WithoutVat(Struct, frozen=True):
    """What is left of a budget when VAT goes off."""

    gross: int
    percent: int
    net: int


BudgetLine = (
    GrossBudgetLine
    | NetBudgetLine
    | RateBudgetLine
    | VolumeBudgetLine
    | TariffBudgetLine
    | IncomeLine
    | ReserveLine
    | ToDivide
    | WithoutVat
)
"""Every line of a sum on the budget of a programme."""
