"""What is done to the amounts after a budget is divided: rules that come one after another, in the order of
`Adjustment`.

The growth path, the cap and the compensation hold a new division against an old one (redistribution effects). Safety
regions have such rules: Veiligheidsregio Noord-Holland Noord an "ingroeiregeling", Veiligheidsregio Utrecht that no
member's contribution rises and three measures for those who lose.
"""

from __future__ import annotations

from typing import ClassVar, Final, Literal, assert_never

from msgspec import Struct
from msgspec.structs import replace

from gguplan.fund.allocation_keys import AllocationKey

RoundingBearer = Literal["fund", "largest_payer"]
"""Who bears what rounding leaves: the balance of the fund, or the municipality that pays most."""

AdjustmentPayer = Literal["others", "fund"]
"""Who pays what is taken off: the other municipalities pro rata to their own amounts, or the balance of the fund."""

AdjustmentWord = Literal["phase_in", "cap", "compensation", "cover", "round_to"]
"""How files and tables write an adjustment."""

WHOLE: Final = 10_000
"""A hundred per cent, in hundredths of a per cent."""


class OldDivision(Struct, frozen=True):
    """How the same amount was divided before. `as_paid` when the column of its key has euros that were paid, which
    count as they stand."""

    key: AllocationKey
    as_paid: bool
    source: str


class PhaseIn(Struct, frozen=True):
    """A growth path from the old division to the new one: the part of the new division in each year, in hundredths of a
    per cent, by rising years. Before the first of them the old division holds, after the last its part stays."""

    word: ClassVar[AdjustmentWord] = "phase_in"
    old: OldDivision
    years: tuple[tuple[int, int], ...]
    source: str

    def part_in(self, year: int) -> int:
        """The part of the new division in a year, in hundredths of a per cent."""
        return max((part for first, part in self.years if first <= year), default=0)


class PercentOfOld(Struct, frozen=True):
    """So many hundredths of a per cent of the amount by the old division."""

    percent: int


class AmountOfEuros(Struct, frozen=True):
    """So many cents."""

    cents: int


class RateOfInhabitants(Struct, frozen=True):
    """So many ten-thousandths of a euro per inhabitant."""

    rate: int


Limit = PercentOfOld | AmountOfEuros | RateOfInhabitants
"""How far an amount may lie from that of the old division."""


class Cap(Struct, frozen=True):
    """Nobody pays more than `rise` above the old division, or less than `fall` below it; None where that is free."""

    word: ClassVar[AdjustmentWord] = "cap"
    old: OldDivision
    rise: Limit | None
    fall: Limit | None
    payer: AdjustmentPayer
    source: str


class Compensation(Struct, frozen=True):
    """Who pays more than by the old division gets a part of that back, in hundredths of a per cent."""

    word: ClassVar[AdjustmentWord] = "compensation"
    old: OldDivision
    percent: int
    payer: AdjustmentPayer
    source: str


class CoverRow(Struct, frozen=True):
    """Cents for which a municipality has cover already; `what` it is, in the words of who states it."""

    gm_code: str
    cents: int
    what: str
    source: str


class Cover(Struct, frozen=True):
    """What municipalities have cover for already is taken off their bills, and comes in as if it had been billed.
    Dienst Dommelvallei, first amendment of the budget 2025: "dekking reeds bij gemeenten"."""

    word: ClassVar[AdjustmentWord] = "cover"
    rows: tuple[CoverRow, ...]


class Rounding(Struct, frozen=True):
    """Each amount becomes the nearest multiple of `unit` cents, half of it upwards. Dienst Dommelvallei prints such a
    line: meerjarenbegroting 2020-2023, Bijdrage per gemeente, Afronding."""

    word: ClassVar[AdjustmentWord] = "round_to"
    unit: int
    bearer: RoundingBearer


Adjustment = PhaseIn | Cap | Compensation | Cover | Rounding


def old_division_of(adjustment: Adjustment) -> OldDivision | None:
    """What an adjustment holds the new division against; None where it does not."""
    match adjustment:
        case PhaseIn(old=old) | Cap(old=old) | Compensation(old=old):
            return old
        case Cover() | Rounding():
            return None
        case _:
            assert_never(adjustment)


def is_per_inhabitant(adjustment: Adjustment) -> bool:
    """Whether an adjustment says how far an amount may lie from the old one per inhabitant."""
    match adjustment:
        case Cap(rise=rise, fall=fall):
            return any(limit is not None and _is_a_rate(limit) for limit in (rise, fall))
        case PhaseIn() | Compensation() | Cover() | Rounding():
            return False
        case _:
            assert_never(adjustment)


def _is_a_rate(limit: Limit) -> bool:
    match limit:
        case RateOfInhabitants():
            return True
        case PercentOfOld() | AmountOfEuros():
            return False
        case _:
            assert_never(limit)


def with_old_division(adjustment: Adjustment, old: OldDivision) -> Adjustment:
    """An adjustment held against another old division; itself where it is held against none."""
    match adjustment:
        case PhaseIn() | Cap() | Compensation():
            return replace(adjustment, old=old)
        case Cover() | Rounding():
            return adjustment
        case _:
            assert_never(adjustment)
