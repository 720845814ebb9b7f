"""Which columns the adjustments of a programme have, in which its amounts change after the division."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from gguplan.fund.adjustments import Adjustment, Rounding, RoundingBearer


def adjustment_nouns(adjustments: Sequence[Adjustment], has_refunds: bool) -> list[str]:
    """The columns between the division and the contribution: what is paid before any adjustment, and after each."""
    if not adjustments:
        return []
    nouns = ["settled", *(["due"] if has_refunds else [])]
    for number, adjustment in enumerate(adjustments):
        match adjustment:
            case Rounding(bearer=bearer):
                nouns += _of_rounding(number, bearer)
            case _:
                assert_never(adjustment)
    return nouns


def _of_rounding(number: int, bearer: RoundingBearer) -> list[str]:
    match bearer:
        case "fund":
            return [f"after_{number}"]
        case "largest_payer":
            return [f"nearest_{number}", f"after_{number}"]
        case _:
            assert_never(bearer)
