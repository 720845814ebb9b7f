"""Programmes without a budget in a year, in words."""

from __future__ import annotations

from gguplan.fund.fund_year import FundYear
from gguplan.language import _


def without_a_budget(fund_year: FundYear) -> list[str]:
    """The programmes that by the years ahead have no budget in the year, a sentence each."""
    return [
        _(
            "Not in the sum of {year}: {title}, which by the years ahead has no budget in that year.",
            year=fund_year.year,
            title=title,
        )
        for name, title in fund_year.titles.items()
        if fund_year.has_no_budget(name)
    ]
