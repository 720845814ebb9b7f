"""The budgets of a year that comes after the one they were made for."""

from __future__ import annotations

from gguplan.fund.fund_year import FundYear
from gguplan.language import _
from gguplan.wording.amounts import format_about, rounding_of


def lower_bound_in_words(fund_year: FundYear) -> str:
    """That budgets of later years leave out what was added since; empty where the scenario says more of those years."""
    ahead = fund_year.years_ahead
    if ahead is None or not ahead.is_lower_bound(fund_year.year):
        return ""
    return _(
        "A lower bound, not an estimate: the budgets of {year} with the prices since, without any activity that was "
        "added since.",
        year=fund_year.year,
    )


def budgets_of_its_account(stated: int, year: int, low: int, high: int, lower_bound: str = "") -> str:
    """Which budgets are shown of `year` by the years ahead of a scenario of the year `stated`, and between which cents
    all municipalities pay together in eight of ten cases; `lower_bound` says so where it is no estimate."""
    budgets = _(
        "The budgets are those of {year} by the years ahead of this scenario: those of {stated} with what "
        "changes since.",
        year=year,
        stated=stated,
    )
    unit = rounding_of(high)
    if lower_bound:
        budgets += f" {lower_bound}"
    if low < high and lower_bound:
        budgets += " " + _(
            "In eight of ten cases prices alone make it between {low} and {high} for the municipalities together, with "
            "VAT.",
            low=format_about(low, unit),
            high=format_about(high, unit),
        )
    elif low < high:
        budgets += " " + _(
            "With 80 % certainty the municipalities together pay between {low} and {high}, with VAT.",
            low=format_about(low, unit),
            high=format_about(high, unit),
        )
    if low < high:
        budgets += " " + _(
            "From here on this budget counts as decided; gguplan horizon has it as uncertain as it is, and so have its "
            "balances wider intervals."
        )
    return budgets + " " + _("The budgets of {stated} themselves: --year {stated}.", stated=stated)
