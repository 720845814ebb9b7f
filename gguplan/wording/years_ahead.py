"""The budgets of a year that comes after the one they were made for."""

from __future__ import annotations

from gguplan.language import _
from gguplan.wording.amounts import format_about


def budgets_of_its_account(stated: int, year: int, low: int, high: int) -> str:
    """Which budgets are shown of `year` by the years ahead of a scenario of the year `stated`, and between which cents
    all municipalities pay together in eight of ten cases."""
    budgets = _(
        "The budgets are those of {year} by the years ahead of this scenario: those of {stated} with what "
        "changes since.",
        year=year,
        stated=stated,
    )
    if low < high:
        budgets += " " + _(
            "With 80 % certainty the municipalities together pay between {low} and {high}, with VAT.",
            low=format_about(low),
            high=format_about(high),
        )
    return budgets + " " + _("The budgets of {stated} themselves: --year {stated}.", stated=stated)
