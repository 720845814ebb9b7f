"""From when on somebody else has a service, as a scenario file says it: a year, and who."""

from __future__ import annotations

from gguplan.fund.hand_overs import HandOver
from gguplan.language import _


def check_hand_over(year: int | None, to: str | None) -> None:
    """Raise ValueError when a hand-over has a year and nobody who takes over, or the other way round."""
    if year is not None and to is None:
        raise ValueError(
            _('it is not said who takes over: give handed_over_to = "het ministerie van VWS", or take handed_over out')
        )
    if year is None and to is not None:
        raise ValueError(_("it is not said from when: give handed_over = 2018, or take handed_over_to out"))


def hand_over_of(year: int | None, to: str | None) -> HandOver | None:
    """The hand-over that a table says, None where it says none."""
    return None if year is None or to is None else HandOver(year, to)
