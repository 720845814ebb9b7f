"""Days as a person reads them, in the current language."""

from __future__ import annotations

from datetime import date

from gguplan.language import current_language


def format_day(day: date) -> str:
    """A day in words: ``1 January 2017``."""
    from babel.dates import format_date

    return format_date(day, "d MMMM yyyy", locale=current_language())
