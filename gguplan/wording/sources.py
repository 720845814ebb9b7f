"""Where a figure comes from, as readers see it."""

from __future__ import annotations

from gguplan.fund.sources import SET_HERE
from gguplan.language import _


def stated_source(source: str) -> str:
    """The source in the words of the scenario; of a figure that somebody typed, that it is."""
    return _("set on the command line") if source == SET_HERE else source
