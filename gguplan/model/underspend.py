"""Where money goes that is not spent, and where it comes from when too much is spent."""

from __future__ import annotations

from typing import Literal, assert_never

import numpy as np
from numpy.typing import NDArray

from gguplan.fund.underspend import ShortfallRule, UnderspendRule
from gguplan.money import Integers

Destination = Literal["own_balance", "municipalities", "reserve"]
"""Where what is left over goes: it stays with the programme, is credited to who paid, or goes to the fund's reserve."""

Payer = Literal["reserve", "municipalities", "programme"]
"""Who makes up for what is short: the reserve, the municipalities a year later, or the programme, which spends less."""


def destination_of(rule: UnderspendRule) -> Destination:
    """Where what a programme with this rule does not spend goes; design of the fund, years ahead."""
    match rule:
        case "carry_over" | "earmark":
            return "own_balance"
        case "return":
            return "municipalities"
        case "general":
            return "reserve"
        case _:
            assert_never(rule)


def payer_of(rule: ShortfallRule) -> Payer:
    """Who makes up for what a programme with this rule spends too much; design of the fund, years ahead."""
    match rule:
        case "draw":
            return "reserve"
        case "raise":
            return "municipalities"
        case "cut":
            return "programme"
        case _:
            assert_never(rule)


def spent_of(
    wanted: Integers, committed: Integers | int, has: Integers | int, cuts: NDArray[np.bool_] | bool
) -> Integers:
    """What a programme spends of what it would spend, in cents: what is promised at least, and where it has to `cut` no
    more than it has or promised. Without a promise it may be negative: what comes back of an earlier year."""
    at_least = np.where(np.greater(committed, 0), np.maximum(wanted, committed), wanted)
    limit = np.maximum(np.maximum(has, committed), 0)
    spent: Integers = np.where(cuts, np.minimum(at_least, limit), at_least)
    return spent


def is_returned(rule: UnderspendRule | None) -> bool:
    """Whether what is left over comes back to the municipalities; where no rule is stated, nothing does."""
    return rule is not None and destination_of(rule) == "municipalities"
