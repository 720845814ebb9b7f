"""Did you mean: the closest of the names that there are, to suggest and never to accept."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from gguplan.language import _

_CLOSE_ENOUGH: Final = 0.6
_MOST_NAMES: Final = 40


def names_there(names: Iterable[str]) -> str:
    """The names that there are, with commas between them; of very many the first."""
    listed = list(names)
    return ", ".join(listed[:_MOST_NAMES]) + (", …" if len(listed) > _MOST_NAMES else "") if listed else _("none")


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """The closest of the names as a question, with a space behind it; empty when none is close."""
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extractOne

    best = extractOne(name[:100], list(names), scorer=OSA.normalized_similarity, score_cutoff=_CLOSE_ENOUGH)
    return _("Did you mean {name!r}? ", name=best[0]) if best else ""
