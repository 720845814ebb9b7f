"""How many must take part in a programme, and what happens to its money when too few do."""

from __future__ import annotations

from typing import Literal, assert_never

from msgspec import Struct

from gguplan.fund.hand_overs import HandOver

Lapse = Literal["not_levied", "to_balance", "handed_over"]
"""What happens to the money of a programme that lapses: verantwoording-2017 chapter 2 for ``handed_over``."""


class Threshold(Struct, frozen=True):
    """At least so many municipalities (a number, or ``all``), and at least this share of all inhabitants in per cent,
    must take part the whole year; None where nothing is asked. `otherwise` is what happens when fewer do; with a
    `hand_over` that is in a later year, and the programme goes on until then."""

    municipalities: int | Literal["all"] | None
    inhabitants_percent: int | None
    otherwise: Lapse
    source: str
    hand_over: HandOver | None = None

    @property
    def lapse(self) -> Lapse | None:
        """What happens in the same year when fewer take part; None where that is a hand-over in a later year."""
        return self.otherwise if self.hand_over is None else None


class ThresholdOutcome(Struct, frozen=True):
    """How many take part the whole year, and how many must; `hand_over` is what follows in a later year if fewer do."""

    municipalities: int
    inhabitants: int
    municipalities_needed: int
    inhabitants_needed: int
    hand_over: HandOver | None = None

    @property
    def met(self) -> bool:
        """True when the programme goes on."""
        return self.municipalities >= self.municipalities_needed and self.inhabitants >= self.inhabitants_needed


def is_levied(lapse: Lapse | None) -> bool:
    """Whether the municipalities are invoiced for a programme, which lapses so or goes on (None)."""
    match lapse:
        case "not_levied":
            return False
        case None | "to_balance" | "handed_over":
            return True
        case _:
            assert_never(lapse)


def is_handed_over(lapse: Lapse | None) -> bool:
    """Whether the money goes to somebody else, and with it what opt-outs would have done to it."""
    match lapse:
        case "handed_over":
            return True
        case None | "not_levied" | "to_balance":
            return False
        case _:
            assert_never(lapse)


def goes_to_the_balance(lapse: Lapse | None) -> bool:
    """Whether the money that was levied goes to the balance."""
    match lapse:
        case "to_balance":
            return True
        case None | "not_levied" | "handed_over":
            return False
        case _:
            assert_never(lapse)


def opt_outs_count(lapse: Lapse | None) -> bool:
    """Whether opt-outs take off what they do: where the programme goes on, or what was levied stays in the fund."""
    return is_levied(lapse) and not is_handed_over(lapse)
