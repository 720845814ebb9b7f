"""What becomes of money that is not spent, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from gguplan.fund.underspend import ShortfallRule, UnderspendRule
from gguplan.language import _, plural
from gguplan.wording.amounts import format_about
from gguplan.wording.shortlist import some_names


def rule_in_words(rule: UnderspendRule | None) -> str:
    """What becomes of underspend, for a table; None where it is not stated."""
    match rule:
        case "carry_over":
            return _("carried over to the programme's next year")
        case "return":
            return _("returned to the municipalities")
        case "general":
            return _("to the general reserve of the fund")
        case "earmark":
            return _("kept for the purpose")
        case None:
            return _("not stated")
        case _:
            assert_never(rule)


def any_remainder_in_a_sentence(rule: UnderspendRule) -> str:
    """What becomes of what is left over although nothing is expected to be."""
    match rule:
        case "carry_over":
            return _("What is left over after all goes to the next year.")
        case "return":
            return _("What is left over after all goes back to the municipalities.")
        case "general":
            return _("What is left over after all goes to the general reserve of the fund.")
        case "earmark":
            return _("What is left over after all is kept for its purpose.")
        case _:
            assert_never(rule)


def underspend_in_a_sentence(rule: UnderspendRule, titles: Sequence[str], amount: str) -> str:
    """What becomes of the `amount` that is expected to be left over of programmes, by their titles."""
    values = {"title": titles[0], "names": some_names(titles), "amount": amount}
    programmes = len(titles)
    match rule:
        case "carry_over":
            return plural(
                "What {title} does not spend, expected {amount}, goes to its next year.",
                "What {names} do not spend, expected {amount}, goes to their next year.",
                programmes,
                **values,
            )
        case "return":
            return plural(
                "{title} is expected to have {amount} left over. What it does not spend goes back to the "
                "municipalities pro rata to what they paid; what it spends beyond its budget is not taken off that.",
                "{names} are expected to have {amount} left over together. What they do not spend goes back to the "
                "municipalities pro rata to what they paid; what is spent beyond a budget is not taken off that.",
                programmes,
                **values,
            )
        case "general":
            return plural(
                "What {title} does not spend, expected {amount}, goes to the general reserve of the fund.",
                "What {names} do not spend, expected {amount}, goes to the general reserve of the fund.",
                programmes,
                **values,
            )
        case "earmark":
            return plural(
                "What {title} does not spend, expected {amount}, is kept for its purpose.",
                "What {names} do not spend, expected {amount}, is kept for their purpose.",
                programmes,
                **values,
            )
        case _:
            assert_never(rule)


def shortfall_in_words(rule: ShortfallRule) -> str:
    """Who makes up for it, in a few words."""
    match rule:
        case "draw":
            return _("the reserve of the fund pays")
        case "raise":
            return _("the contribution of the next year rises")
        case "cut":
            return _("it spends no more than it has")
        case _:
            assert_never(rule)


def shortfall_in_a_sentence(rule: ShortfallRule) -> str:
    """Who makes up for what a programme spends more than it has."""
    match rule:
        case "draw":
            return _("The reserve of the fund pays what a programme comes short.")
        case "raise":
            return _("What a programme comes short raises the contribution of the next year.")
        case "cut":
            return _("A programme spends no more than it has, but for what has been promised.")
        case _:
            assert_never(rule)


def from_balance_in_words(from_balance: int, budget: int, unit: int = 1_000) -> list[str]:
    """What of the budgets of a year, without VAT and rounded to `unit` euros, does not come from the year itself."""
    if not from_balance:
        return []
    return [
        _(
            "Of the {budget}, {amount} is planned out of the balance.",
            budget=format_about(budget, unit),
            amount=format_about(from_balance, unit),
        )
    ]
