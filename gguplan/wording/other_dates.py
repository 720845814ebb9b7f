"""What another reference date would change, in a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from gguplan.fund.fund_year import FundYear
from gguplan.fund.other_dates import OtherDate
from gguplan.language import _
from gguplan.wording.amounts import format_euros


def reason_of_the_date(fund_year: FundYear) -> str | None:
    """Why the reference date is what it is, and, where it is an assumption, who says what another would change."""
    why = fund_year.reference_date_source
    if not fund_year.reference_date_assumed:
        return why
    see = _("What a year earlier or later would change, gguplan estimate says of each municipality.")
    return see if why is None else f"{why}. {see}"


def other_dates_of_years(counted: int, in_rows: bool) -> str:
    """Where to see what another reference date than 1 January of `counted` would change in bills of several years: in
    the rows of a table whose budget stays the same, else by asking for it."""
    if in_rows:
        return _(
            "The reference date is an assumption: the same budget over the inhabitants of a year earlier or later "
            "stands in the row above or below."
        )
    return _(
        "The reference date is an assumption. With the inhabitants of a year earlier or later in every year: --set "
        "reference_date={earlier}-01-01 or {later}-01-01.",
        earlier=counted - 1,
        later=counted + 1,
    )


def other_dates_in_words(cents: int, dates: Sequence[OtherDate]) -> str:
    """What a bill of `cents` would be over the inhabitants of other years; empty without any."""
    if not dates:
        return ""
    parts = "; ".join(_on(date, cents) for date in dates)
    return _("The reference date is an assumption. Over the inhabitants {parts}.", parts=parts)


def _on(date: OtherDate, cents: int) -> str:
    match date.comparable:
        case "billed":
            amount = date.to_pay or 0
            if amount == cents:
                return _("of 1 January {year} it is the same", year=date.year)
            values = {
                "year": date.year,
                "amount": format_euros(amount),
                "difference": format_euros(abs(amount - cents)),
            }
            if amount > cents:
                return _("of 1 January {year} it is {amount}, {difference} more", **values)
            return _("of 1 January {year} it is {amount}, {difference} less", **values)
        case "not_counted":
            return _("of 1 January {year} it is not known yet, because they are not counted here", year=date.year)
        case "no_municipality":
            return _(
                "of 1 January {year} there is no bill, because it was no municipality of its own then", year=date.year
            )
        case _:
            assert_never(date.comparable)
