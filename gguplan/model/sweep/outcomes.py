"""What comes out of every variant of a sweep: whole columns, in cents."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Final

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from gguplan.money import Integers

TOTALS: Final = (
    "gross_cents",
    "vat_cents",
    "net_cents",
    "contributions_cents",
    "income_cents",
    "refunds_cents",
    "drawn_cents",
    "handed_over_cents",
    "available_cents",
    "available_net_cents",
)
"""The totals of the fund, as a run has them."""

UNDERSPEND: Final = ("underspend_expected_cents", "underspend_chance_10_cents", "underspend_chance_90_cents")


AHEAD: Final = (
    "balance_expected_cents",
    "balance_chance_10_cents",
    "balance_chance_90_cents",
    "chance_below_floor_millionths",
)
"""The years ahead, where something of them varies: the balance of the fund at the end of the last year, expected and
the two ends of its 80 % interval, and the chance that it is below its floor at the end of any year (0 without a
floor). Chances and shares are whole millionths."""

MILLIONTHS: Final = "_millionths"


def of_cascades(programmes: Sequence[str]) -> tuple[str, ...]:
    """The columns of the cascades of these programmes: the share of the municipalities that takes part in the end, the
    mean over the draws, and the chance that the programme collapses."""
    return tuple(f"{what}_{name}{MILLIONTHS}" for name in programmes for what in ("taking_part", "chance_of_collapse"))


def columns_of(
    gm_codes: Sequence[str], programmes: Sequence[str], forecast: bool, ahead: bool, cascades: Sequence[str]
) -> tuple[str, ...]:
    """The columns that a sweep has: the fund, whom is asked for, the extremes, the forecast and every programme; the
    years ahead and the cascades where something of them varies."""
    return (
        "inhabitants",
        *TOTALS,
        "to_pay_cents",
        *(f"to_pay_{code}_cents" for code in gm_codes),
        "largest_bill_code",
        "largest_bill_cents",
        "smallest_bill_code",
        "smallest_bill_cents",
        *(UNDERSPEND if forecast else ()),
        *(f"to_pay_{name}_cents" for name in programmes),
        *(f"available_{name}_cents" for name in programmes),
        *(AHEAD if ahead else ()),
        *of_cascades(cascades),
    )


class Outcomes(Struct, frozen=True, dict=True):
    """One row a variant, shape (variants, columns); a code of a municipality is its number (344 for GM0344).

    `problems` says for each variant, in English and in Dutch, why its sum cannot be made; both are empty where it can.
    """

    columns: tuple[str, ...]
    rows: Integers
    problems: tuple[tuple[str, str], ...]

    def __len__(self) -> int:
        """How many variants there are."""
        return len(self.rows)

    def column(self, name: str) -> Integers:
        """One column, shape (variants,)."""
        column: Integers = self.rows[:, self.columns.index(name)]
        return column

    def part(self, start: int, stop: int) -> Outcomes:
        """Some of the variants."""
        return Outcomes(self.columns, self.rows[start:stop], self.problems[start:stop])

    @cached_property
    def made(self) -> NDArray[np.bool_]:
        """True for the variants whose sum can be made, shape (variants,)."""
        return np.array([not english for english, _dutch in self.problems], dtype=np.bool_)


def together(parts: Sequence[Outcomes]) -> Outcomes:
    """Blocks of variants as one, in their order."""
    problems = tuple(problem for part in parts for problem in part.problems)
    return Outcomes(parts[0].columns, np.concatenate([part.rows for part in parts]), problems)
