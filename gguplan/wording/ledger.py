"""What a published figure is called, and a text in the language of the user."""

from __future__ import annotations

from gguplan.fund.ledger import Reading
from gguplan.fund.two_languages import TwoLanguages
from gguplan.language import _, current_language


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
        "opening_balance": _("opening balance"),
        "closing_balance": _("closing balance"),
        "cumulative_budget": _("budget of all years"),
        "cumulative_realised": _("realised in all years"),
    }.get(quantity, quantity)
