"""A goal and its outcomes in words."""

from __future__ import annotations

from typing import assert_never

from gguplan.fund.goals import (
    PER_WHOLE,
    Balance,
    Bill,
    ChanceBelowFloor,
    ChanceOfOverspend,
    Goal,
    Outcome,
    PaidFor,
    TakingPart,
    Total,
    Underspend,
    is_share,
)
from gguplan.language import _
from gguplan.wording.amounts import decimals, format_euros


def outcome_in_words(outcome: Outcome) -> str:
    """What an outcome is, with whether VAT is in it."""
    match outcome:
        case Total():
            return _("What all pay together, with VAT")
        case Bill(municipality):
            return _("The bill of {name}, with VAT", name=municipality.name)
        case PaidFor(programme):
            return _("What all pay for {programme}, with VAT", programme=programme)
        case Underspend():
            return _("What is expected to be left over, without VAT")
        case ChanceOfOverspend():
            return _("The chance that more is spent than there is")
        case TakingPart(programme):
            return _("The share of the municipalities that takes part in {programme}", programme=programme)
        case Balance(year):
            return _("The expected balance at the end of {year}, without VAT", year=year)
        case ChanceBelowFloor(None):
            return _("The chance that the balance is below its floor at the end of any year")
        case ChanceBelowFloor(year):
            return _("The chance that the balance is below its floor at the end of {year}", year=year)
        case _:
            assert_never(outcome)


def goal_in_words(goal: Goal) -> str:
    """A goal as a sentence without its full stop."""
    outcome, value = outcome_in_words(goal.outcome), measured_in_words(goal.outcome, goal.value)
    match goal.side:
        case "<=":
            return _("{outcome}: at most {value}", outcome=outcome, value=value)
        case "<":
            return _("{outcome}: below {value}", outcome=outcome, value=value)
        case ">=":
            return _("{outcome}: at least {value}", outcome=outcome, value=value)
        case ">":
            return _("{outcome}: above {value}", outcome=outcome, value=value)
        case "=":
            return _("{outcome}: just {value}", outcome=outcome, value=value)
        case _:
            assert_never(goal.side)


def measured_in_words(outcome: Outcome, measured: int) -> str:
    """Cents, or millionths of a share with as many decimals as tell two neighbours apart."""
    return f"{decimals(100 * measured / PER_WHOLE, 2)} %" if is_share(outcome) else format_euros(measured)
