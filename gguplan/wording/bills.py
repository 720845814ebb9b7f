"""What a municipality pays, in a sentence."""

from __future__ import annotations

from gguplan.fund.municipalities import Municipality
from gguplan.fund.thresholds import Lapse
from gguplan.language import _
from gguplan.wording.amounts import format_euros
from gguplan.wording.thresholds import lapse_in_words, lapsed_in_a_word


def bill_in_a_sentence(municipality: Municipality, cents: int) -> str:
    """What a municipality pays, or gets back when it is negative."""
    name, code = municipality.name, municipality.gm_code
    if cents < 0:
        return _("{name} ({code}) gets back {amount}", name=name, code=code, amount=format_euros(-cents))
    return _("{name} ({code}) pays {amount}", name=name, code=code, amount=format_euros(cents))


def programme_on_a_bill(title: str, days_outside: int, days: int, lapsed: Lapse | None) -> str:
    """What a programme is called on the bill of who is outside it on `days_outside` of the `days` of the year."""
    if lapsed is not None:
        return f"{title} ({lapsed_in_a_word(lapsed)}: {lapse_in_words(lapsed)})"
    if not days_outside:
        return title
    if days_outside >= days:
        return _("{title} (outside)", title=title)
    return _("{title} (takes part on {days} of {year} days)", title=title, days=days - days_outside, year=days)
