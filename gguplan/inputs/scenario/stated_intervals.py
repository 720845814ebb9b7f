"""How far apart the two ends of what somebody states may lie."""

from __future__ import annotations

from math import log
from statistics import NormalDist
from typing import Final

from gguplan.language import _

_NINE_OF_TEN: Final = NormalDist().inv_cdf(0.9)
"""Where the 80 % interval of a standard normal number ends."""


def check_years_are_in_order(since: int | None, until: int | None) -> None:
    """Raise ValueError when the last year is before the first."""
    if since is not None and until is not None and until < since:
        raise ValueError(_("until is before since: write the later year there"))


def check_expected_lies_inside(low: int, high: int, sure: int) -> None:
    """Raise ValueError when what is expected would be more than nine of ten outcomes.

    Between positive ends it is lognormal (`gguplan.model.realisation.stated_interval`), of which the mean is e^(s²÷2)
    times the middle and the upper end of the 80 % interval e^(1,28 s) times it, with s the standard deviation of the
    logarithm. With 90 % certainty that is a factor of more than 4,500 between the ends.
    """
    if not 0 < low < high:
        return
    end = NormalDist().inv_cdf((1 + sure / 100) / 2)
    if log(high / low) / (2 * end) > 2 * _NINE_OF_TEN:
        raise ValueError(
            _(
                "these two lie so far apart, with {sure} % certainty, that what is expected would be more than nine of "
                "ten outcomes: bring them closer together",
                sure=sure,
            )
        )
