"""A goal seek for machines: values as a scenario writes them, outcomes in cents or as a share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gguplan.fund.goals import PER_WHOLE, is_share
from gguplan.model.goal_seek import Look, Sought
from gguplan.wording.goals import goal_in_words


def seek_as_dict(sought: Sought, notes: Sequence[str]) -> dict[str, Any]:
    """The goal, the edges with where they lie by other draws, and every step that was looked at."""
    goal, shares = sought.goal, is_share(sought.goal.outcome)

    def number(measured: int | None) -> float | int | None:
        return measured / PER_WHOLE if shares and measured is not None else measured

    def look(place: Look) -> dict[str, Any]:
        return {"value": sought.factor.text(place.value), "outcome": number(place.outcome)}

    elsewhere = sought.elsewhere or tuple(() for _edge in sought.search.edges)
    return {
        "title": sought.title,
        "settings": list(sought.origin.settings),
        "vary": sought.factor.name,
        "low": sought.factor.text(sought.factor.low),
        "high": sought.factor.text(sought.factor.high),
        "goal": {
            "words": goal_in_words(goal),
            "side": goal.side,
            "value": number(goal.value),
            "unit": "share" if shares else "cents",
        },
        "always": sought.search.always,
        "never": sought.search.never,
        "edges": [
            {
                "meets": look(edge.meets),
                "misses": look(edge.misses),
                "direction": "from" if edge.rises else "up_to",
                "exact": edge.is_exact,
                "other_seeds": [None if value is None else sought.factor.text(value) for value in values],
            }
            for edge, values in zip(sought.search.edges, elsewhere, strict=True)
        ],
        "looks": [
            look(place) | {"met": met} for place, met in zip(sought.search.looks, sought.search.met, strict=True)
        ],
        "problem": sought.problem or None,
        "draws": sought.draws,
        "seed": sought.seed,
        "notes": list(notes),
    }
