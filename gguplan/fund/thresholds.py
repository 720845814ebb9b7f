"""How many must take part in a programme, and what happens to its money when too few do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Lapse = Literal["not_levied", "to_balance", "handed_over"]
"""What happens to the money of a programme that lapses: verantwoording-2017 chapter 2 for ``handed_over``."""


@dataclass(frozen=True)
class Threshold:
    """At least so many municipalities (a number, or ``all``), and at least this share of all inhabitants in per cent,
    must take part the whole year; None where nothing is asked. `otherwise` is what happens when fewer do."""

    municipalities: int | Literal["all"] | None
    inhabitants_percent: int | None
    otherwise: Lapse
    source: str


@dataclass(frozen=True)
class ThresholdOutcome:
    """How many take part the whole year, and how many must."""

    municipalities: int
    inhabitants: int
    municipalities_needed: int
    inhabitants_needed: int

    @property
    def met(self) -> bool:
        """True when the programme goes on."""
        return self.municipalities >= self.municipalities_needed and self.inhabitants >= self.inhabitants_needed
