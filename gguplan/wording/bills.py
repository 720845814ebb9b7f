"""What a municipality pays, in a sentence."""

from __future__ import annotations

from gguplan.fund.municipalities import Municipality
from gguplan.language import _
from gguplan.wording.amounts import format_euros


def bill_in_a_sentence(municipality: Municipality, cents: int) -> str:
    """What a municipality pays, or gets back when it is negative."""
    name, code = municipality.name, municipality.gm_code
    if cents < 0:
        return _("{name} ({code}) gets back {amount}", name=name, code=code, amount=format_euros(-cents))
    return _("{name} ({code}) pays {amount}", name=name, code=code, amount=format_euros(cents))
