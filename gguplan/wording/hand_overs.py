"""Services that somebody else takes over, in words."""

from __future__ import annotations

from gguplan.fund.hand_overs import HandOver
from gguplan.language import _


def hand_over_in_words(hand_over: HandOver) -> str:
    """From when on somebody has a service, in a few words."""
    return _("from {year} on {to} has it", year=hand_over.year, to=hand_over.to)


def hand_over_in_a_sentence(hand_over: HandOver) -> str:
    """From when on somebody has a service, and where its money goes."""
    return _(
        "From {year} on {to} has it, and its money leaves the gemeentefonds with it.",
        year=hand_over.year,
        to=hand_over.to,
    )
