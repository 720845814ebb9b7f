"""What is done to the amounts after a budget is divided: rules that come one after another, in the order of
`Adjustment`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

RoundingBearer = Literal["fund", "largest_payer"]
"""Who bears what rounding leaves: the balance of the fund, or the municipality that pays most."""


AdjustmentWord = Literal["round_to"]
"""How files and tables write an adjustment."""


@dataclass(frozen=True)
class Rounding:
    """Each amount becomes the nearest multiple of `unit` cents, half of it upwards. Dienst Dommelvallei prints such a
    line: meerjarenbegroting 2020-2023, Bijdrage per gemeente, Afronding."""

    word: ClassVar[AdjustmentWord] = "round_to"
    unit: int
    bearer: RoundingBearer


Adjustment = Rounding
