"""A goal seek for machines: values as a scenario writes them, outcomes in cents or as a share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gguplan.fund.goals import PER_WHOLE, is_share
from gguplan.model.goal_seek import Look, Sought
from gguplan.model.result import Table
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


def looks_table(sought: Sought) -> Table:
    """A row for each value that was looked at: what comes out, in cents or millionths, and whether that will do."""
    looks = sought.search.looks
    return {
        "vary": [sought.factor.name] * len(looks),
        "value": [sought.factor.text(look.value) for look in looks],
        _outcome(sought): ["" if look.outcome is None else look.outcome for look in looks],
        "met": list(sought.search.met),
    }


def edges_table(sought: Sought) -> Table:
    """A row for each edge: the last value that meets the goal and the first that does not, and where it lies by other
    draws."""
    edges = sought.search.edges
    elsewhere = sought.elsewhere or tuple(() for _edge in edges)
    return {
        "meets": [sought.factor.text(edge.meets.value) for edge in edges],
        "misses": [sought.factor.text(edge.misses.value) for edge in edges],
        "direction": ["from" if edge.rises else "up_to" for edge in edges],
        "exact": [edge.is_exact for edge in edges],
        "other_seeds": [
            "; ".join("" if value is None else sought.factor.text(value) for value in values) for values in elsewhere
        ],
    }


def _outcome(sought: Sought) -> str:
    return "outcome_millionths" if is_share(sought.goal.outcome) else "outcome_cents"
