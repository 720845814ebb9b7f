"""What a published figure is called, and a text in the language of the user."""

from __future__ import annotations

from typing import assert_never

from gguplan.fund.inclusions import Inclusion
from gguplan.fund.ledger import Includes, Reading, Status
from gguplan.fund.two_languages import TwoLanguages
from gguplan.language import _, current_language
from gguplan.wording.amounts import format_euros


def in_language(text: TwoLanguages) -> str:
    """A text of a data file in the language of the user."""
    return text.dutch if current_language() == "nl" else text.english


def figure_in_words(reading: Reading, title: str) -> str:
    """What a figure is: the title of its programme, its detail and its quantity."""
    quantity = quantity_in_words(reading.quantity)
    if reading.detail:
        return _(
            "{title}, {detail}, {quantity} {year}",
            title=title,
            detail=reading.detail,
            quantity=quantity,
            year=reading.year,
        )
    return _("{title}, {quantity} {year}", title=title, quantity=quantity, year=reading.year)


def quantity_in_words(quantity: str) -> str:
    """The name of a quantity of the ledger."""
    return {
        "gross": _("budget including VAT"),
        "net": _("budget"),
        "realised": _("realised"),
        "income": _("income"),
        "opening_balance": _("opening balance"),
        "closing_balance": _("closing balance"),
        "cumulative_budget": _("budget of all years"),
        "cumulative_realised": _("realised in all years"),
    }.get(quantity, quantity)


def status_in_words(reading: Reading) -> str:
    """That a realised amount is final or provisional, with the sentence of the report that says so; empty where it has
    no status."""
    where = f"{reading.document}, {reading.status_section}"
    match reading.status:
        case "":
            return ""
        case "final":
            return _("Final: “{sentence}” ({where})", sentence=reading.status_sentence, where=where)
        case "provisional":
            return _("Provisional: “{sentence}” ({where})", sentence=reading.status_sentence, where=where)
        case _:
            assert_never(reading.status)


def status_name(status: Status) -> str:
    """The word for the status of a realised amount; empty without one."""
    match status:
        case "":
            return ""
        case "final":
            return _("final")
        case "provisional":
            return _("provisional")
        case _:
            assert_never(status)


def inclusion_name(includes: Includes) -> str:
    """The words for what a realised amount includes; empty for nothing."""
    match includes:
        case "":
            return ""
        case "refund":
            return _("what opt-outs got back")
        case "prepayment":
            return _("what was paid ahead")
        case "remainder":
            return _("what was paid from the remainder of earlier years")
        case _:
            assert_never(includes)


def inclusion_in_words(inclusion: Inclusion) -> str:
    """What a realised amount includes, how much it is, and the sentence of the report that says so."""
    reading = inclusion.reading
    sentence, where = reading.includes_sentence, f"{reading.document}, {reading.includes_section}"
    amount = _("an amount that is not printed") if inclusion.cents is None else format_euros(inclusion.cents)
    match reading.includes:
        case "":
            return ""
        case "refund":
            return _(
                "In the realised amount is what opt-outs got back, {amount}: “{sentence}” ({where})",
                amount=amount,
                sentence=sentence,
                where=where,
            )
        case "prepayment":
            return _(
                "What is realised is what was paid: {amount} of it was left for the next year, and {besides} that was"
                " left of the year before was spent besides: “{sentence}” ({where})",
                amount=amount,
                besides=format_euros(inclusion.besides),
                sentence=sentence,
                where=where,
            )
        case "remainder":
            return _(
                "In the realised amount is what was paid from the remainder of earlier years, {amount}: “{sentence}”"
                " ({where})",
                amount=amount,
                sentence=sentence,
                where=where,
            )
        case _:
            assert_never(reading.includes)


def of_own_budget_in_words(year: int, cents: int | None) -> str:
    """What was spent of the year's own budget, or that no report prints it."""
    if cents is None:
        return _("What was spent of the budget of {year} itself is not printed.", year=year)
    return _("Of the budget of {year} itself {amount} was spent.", year=year, amount=format_euros(cents))
