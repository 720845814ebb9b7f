"""What will probably be spent, what is left over, and what happens to that."""

from __future__ import annotations

from collections.abc import Mapping

from gguplan.fund.underspend import ShortfallRule, UnderspendRule
from gguplan.language import _, plural
from gguplan.model.spending import Spending, Underspends
from gguplan.reports.beside_a_forecast import provisional_in_words
from gguplan.reports.proposal.sentences.change import percent
from gguplan.wording.amounts import format_about, rounding_of
from gguplan.wording.rounded_amounts import about
from gguplan.wording.shortlist import some_names
from gguplan.wording.underspend import (
    any_remainder_in_a_sentence,
    shortfall_in_a_sentence,
    underspend_in_a_sentence,
)


def unit_of(spending: Spending) -> int:
    """Euros to round a forecast to: thousands for a fund of more than a million, else whole euros."""
    return rounding_of(int(spending.budgets.sum()))


def in_short(spending: Spending) -> str:
    """What is, or is expected to be, spent of all programmes, and what is left over or comes short."""
    unit = unit_of(spending)
    not_final = provisional_in_words(spending, unit)
    if not spending.known:
        with_income = spending.has_uncertain_income
        return " ".join([expectation(spending.underspend, spending.expected_total, unit, with_income), *not_final])
    certain = _("Nothing is forecast.") if not_final else _("This is known: nothing is forecast.")
    return " ".join([outcome(spending.underspend, spending.expected_total, unit), certain, *not_final])


def outcome(underspend: Underspends, spent: int, unit: int) -> str:
    """What is known to be `spent` of a net budget, and what is left over or comes short; by what is printed."""
    left, values = about(underspend.expected, unit), _amounts(underspend, spent, unit)
    if left > 0:
        return _(
            "Of {budget} without VAT, {spent} is spent, so that {left} ({share}) is left over.",
            **values,
        )
    if left < 0:
        return _(
            "More is spent than the {budget} without VAT: {spent}, which is {left} ({share}) too much.",
            **values,
        )
    return _("The {budget} without VAT is spent in full.", **values)


def expectation(underspend: Underspends, spent: int, unit: int, with_income: bool = False) -> str:
    """What is expected to be `spent` of a net budget, and what is left over or comes short; by what is printed. Where
    what others pay is not certain either, that is in what is left over and not in what is spent."""
    left, values = about(underspend.expected, unit), _amounts(underspend, spent, unit)
    if with_income:
        return _with_income(left, values)
    if left > 0:
        return _(
            "Of {budget} without VAT, {spent} is expected to be spent, so that {left} ({share}) is left over.", **values
        )
    if left < 0:
        return _(
            "More is expected to be spent than the {budget} without VAT: {spent}, which is {left} ({share}) too much.",
            **values,
        )
    return _("The {budget} without VAT is expected to be spent in full.", **values)


def _with_income(left: int, values: dict[str, str]) -> str:
    """The same where what others pay is expected to differ from plan."""
    if left > 0:
        return _(
            "Of {budget} without VAT, {spent} is expected to be spent. With what others pay {left} ({share}) is left "
            "over.",
            **values,
        )
    if left < 0:
        return _(
            "Of {budget} without VAT, {spent} is expected to be spent. With what others pay {left} ({share}) comes "
            "short.",
            **values,
        )
    return _(
        "Of {budget} without VAT, {spent} is expected to be spent. With what others pay nothing is left over, and "
        "nothing comes short.",
        **values,
    )


def _amounts(underspend: Underspends, spent: int, unit: int) -> dict[str, str]:
    return {
        "budget": format_about(underspend.budget, unit),
        "spent": format_about(spent, unit),
        "left": format_about(abs(about(underspend.expected, unit)), unit),
        "share": percent(underspend.expected, underspend.budget),
    }


def certainty(underspend: Underspends, unit: int) -> str:
    """Between what the underspend lies in eight of ten cases: left over, too little, or either."""
    low, high = (about(end, unit) for end in underspend.between())
    values = {"low": format_about(abs(low), unit), "high": format_about(abs(high), unit)}
    if low == high == 0:
        return _("In eight of ten cases it is spent in full.")
    if low >= 0:
        return _("In eight of ten cases between {low} and {high} is left over.", **values)
    if high <= 0:
        return _("In eight of ten cases it comes between {high} and {low} short.", **values)
    return _("In eight of ten cases it lies between {low} short and {high} left over.", **values)


def settlement(
    rule: UnderspendRule | None,
    titles: list[str],
    left: int,
    unit: int,
    assembly: str,
    known: bool = False,
    with_income: bool = False,
) -> str:
    """What is proposed for what these programmes do not spend, by their rule; None where none is known: the `assembly`
    can then decide.

    `left` is what they are expected not to spend, in cents, rounded as the table beside it prints it; `known` where
    that is no expectation, and `with_income` where what others pay is counted in it. How what is spent beyond it is
    made good says `made_good`.
    """
    values = {"amount": format_about(abs(left), unit), "title": titles[0], "names": some_names(titles)}
    if left < 0 and with_income:
        return plural(
            "{title} is expected to come {amount} short, with what others pay.",
            "{names} together are expected to come {amount} short, with what others pay.",
            len(titles),
            **values,
        )
    if left < 0 and known:
        return plural(
            "{title} spends {amount} more than its budget.",
            "{names} together spend {amount} more than their budgets.",
            len(titles),
            **values,
        )
    if left < 0:
        return plural(
            "{title} is expected to spend {amount} more than its budget.",
            "{names} together are expected to spend {amount} more than their budgets.",
            len(titles),
            **values,
        )
    if rule is None:
        return plural(
            "For {title} it is not laid down what happens to money that is not spent: {assembly} can decide that.",
            "For {names} it is not laid down what happens to money that is not spent: {assembly} can decide that.",
            len(titles),
            assembly=assembly,
            **values,
        )
    if left == 0 and known:
        return plural(
            "{title} spends its budget in full.",
            "{names} together spend their budgets in full.",
            len(titles),
            **values,
        )
    if left == 0:
        sentence = plural(
            "{title} is expected to spend its budget in full.",
            "{names} together are expected to spend their budgets in full.",
            len(titles),
            **values,
        )
        return f"{sentence} {any_remainder_in_a_sentence(rule)}"
    return underspend_in_a_sentence(rule, titles, format_about(left, unit))


def made_good(shortfalls: Mapping[ShortfallRule | None, list[str]], assembly: str) -> list[str]:
    """How what is spent beyond the budgets is made good: the rules of the programmes that are expected to, by their
    titles. A rule that holds for all of them is said once, without names."""
    sentences = []
    for rule, titles in shortfalls.items():
        if rule is None:
            sentence = _(
                "It is not laid down how what is spent beyond a budget is made good: {assembly} can decide that.",
                assembly=assembly,
            )
        else:
            sentence = shortfall_in_a_sentence(rule)
        sentences.append(f"{some_names(titles)}: {sentence}" if len(shortfalls) > 1 else sentence)
    return sentences
