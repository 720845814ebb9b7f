"""What is expected and does not come out, in sentences."""

from __future__ import annotations

from typing import assert_never

from gguplan.fund.expectations import Expectation, OfAMunicipality, OfAProgramme, OfTheFund, Unmet
from gguplan.language import _
from gguplan.money import plain_euros
from gguplan.wording.amounts import format_euros


def key_of(expectation: Expectation) -> tuple[str, ...]:
    """The key under ``[expected]`` at which it stands."""
    match expectation.of:
        case OfTheFund(total):
            return (total,)
        case OfAProgramme(programme):
            return ("programmes", programme)
        case OfAMunicipality(_gm_code, name):
            return ("municipalities", name)
        case _:
            assert_never(expectation.of)


def unmet_in_words(unmet: Unmet) -> tuple[str, str]:
    """What does not come out, and what to do about it."""
    computed, expected = unmet.computed, unmet.expectation.cents
    amounts = {
        "key": ".".join(key_of(unmet.expectation)),
        "computed": format_euros(computed),
        "expected": format_euros(expected),
        "difference": format_euros(abs(computed - expected)),
    }
    what = (
        _("{key}: {computed} comes out, {difference} more than the {expected} that is expected.", **amounts)
        if computed > expected
        else _("{key}: {computed} comes out, {difference} less than the {expected} that is expected.", **amounts)
    )
    remedy = _(
        'Look at the sum with gguplan explain. If what comes out is right, write "{amount}" here.',
        amount=plain_euros(computed),
    )
    return what, remedy
