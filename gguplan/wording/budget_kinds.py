"""What sort of budget a programme has, in words."""

from __future__ import annotations

from gguplan.language import _


def budget_kind_in_words(kind: str) -> str:
    """What sort of budget it is; a word of the user's own stays as it is."""
    words = {
        "fixed_agreement": _("fixed agreement"),
        "ceiling": _("ceiling"),
        "demand_driven": _("demand-driven"),
        "maintenance": _("maintenance"),
        "project": _("project"),
        "": _("not stated"),
    }
    return words.get(kind, kind)
