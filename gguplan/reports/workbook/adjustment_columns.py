"""Which columns the adjustments of a programme have, in which its amounts change after the division."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from gguplan.fund.adjustments import (
    Adjustment,
    Cap,
    Compensation,
    Cover,
    PhaseIn,
    Rounding,
    RoundingBearer,
    old_division_of,
)


def adjustment_nouns(adjustments: Sequence[Adjustment], has_refunds: bool) -> list[str]:
    """The columns between the division and the contribution: what is paid before any adjustment, and after each."""
    if not adjustments:
        return []
    nouns = ["settled", *(["due"] if has_refunds else [])]
    for number, adjustment in enumerate(adjustments):
        match adjustment:
            case Rounding(bearer=bearer):
                nouns += _of_rounding(number, bearer)
            case Cover():
                nouns += [f"cover_{number}", f"after_{number}"]
            case PhaseIn() | Cap() | Compensation():
                pass
            case _:
                assert_never(adjustment)
    return nouns


def follow_in_formulas(adjustments: Sequence[Adjustment]) -> bool:
    """Whether the workbook works adjustments out in formulas. One that is held against an old division stands there as
    the model has it: a spreadsheet would have to make both divisions, and a round of the cap for each who is held."""
    return all(old_division_of(adjustment) is None for adjustment in adjustments)


def _of_rounding(number: int, bearer: RoundingBearer) -> list[str]:
    match bearer:
        case "fund":
            return [f"after_{number}"]
        case "largest_payer":
            return [f"nearest_{number}", f"after_{number}"]
        case _:
            assert_never(bearer)
