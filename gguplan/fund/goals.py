"""A goal: an outcome of the fund, and on which side of a value it is to lie."""

from __future__ import annotations

from typing import Final, Literal, assert_never

from msgspec import Struct

from gguplan.fund.municipalities import Municipality

PER_WHOLE: Final = 1_000_000
"""Chances and shares are whole millionths, so that 5 % is exactly 50,000."""


class Total(Struct, frozen=True):
    """What all municipalities pay together, with VAT and less refunds."""


class Bill(Struct, frozen=True):
    """What one municipality pays, with VAT and less refunds."""

    municipality: Municipality


class PaidFor(Struct, frozen=True):
    """What all pay for one programme, with VAT and less refunds."""

    programme: str


class Underspend(Struct, frozen=True):
    """What is expected to be left over of all programmes, without VAT."""


class ChanceOfOverspend(Struct, frozen=True):
    """The chance that all programmes together spend more than they have."""


class TakingPart(Struct, frozen=True):
    """The share of the municipalities that takes part in a programme the whole year, after its cascade where it has
    one: the mean over the draws."""

    programme: str


class Balance(Struct, frozen=True):
    """What the balance of the fund is expected to be at the end of a year, without VAT."""

    year: int


class ChanceBelowFloor(Struct, frozen=True):
    """The chance that the balance of the fund lies below its floor at the end of a year; of any, where it is None."""

    year: int | None


Outcome = Total | Bill | PaidFor | Underspend | ChanceOfOverspend | TakingPart | Balance | ChanceBelowFloor
OutcomeWord = Literal[
    "total", "bill", "paid", "underspend", "chance_of_overspend", "taking_part", "balance", "chance_below_floor"
]
"""The outcomes as a goal names them."""

Side = Literal["<=", ">=", "<", ">", "="]


def is_share(outcome: Outcome) -> bool:
    """Whether an outcome is a chance or share in millionths; else it is an amount in cents."""
    match outcome:
        case ChanceOfOverspend() | TakingPart() | ChanceBelowFloor():
            return True
        case Total() | Bill() | PaidFor() | Underspend() | Balance():
            return False
        case _:
            assert_never(outcome)


class Goal(Struct, frozen=True):
    """An outcome is to be at most, at least, below, above, or just `value`: cents, or millionths of a share."""

    outcome: Outcome
    side: Side
    value: int

    def is_met(self, measured: int) -> bool:
        """Whether an outcome is what is sought: of just a value, that value itself."""
        match self.side:
            case "=":
                return measured == self.value
            case "<=" | "<" | ">" | ">=":
                return self.holds(measured)
            case _:
                assert_never(self.side)

    def holds(self, measured: int) -> bool:
        """Whether an outcome meets the goal. Just a value is met from there up, so that passing it can be seen."""
        match self.side:
            case "<=":
                return measured <= self.value
            case "<":
                return measured < self.value
            case ">":
                return measured > self.value
            case ">=" | "=":
                return measured >= self.value
            case _:
                assert_never(self.side)
