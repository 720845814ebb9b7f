"""What another reference date would change, in a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from gguplan.fund.fund_year import FundYear
from gguplan.fund.reference_dates import OtherDate, OtherDateOfAll, OtherDateOfYears, ReasonOfTheDate
from gguplan.language import _, listed_with_and, plural
from gguplan.wording.amounts import format_about, format_euros


def reason_in_words(reason: ReasonOfTheDate) -> str:
    """Why a reference date is what it is."""
    why = reason.source or ""
    if not why and reason.assumed and reason.day_before:
        why = (
            _("assumed: 1 January of the year before, the last count that the general board knows when it decides")
            if reason.of_members
            else _("assumed: 1 January of the year before, the last count that the assembly knows in June")
        )
    elif not why and reason.assumed:
        why = _("assumed")
    if reason.missing:
        why += " " + _("(that of {wanted} is not there yet: the latest is taken)", wanted=reason.missing)
    return why.strip()


def reason_of_the_date(fund_year: FundYear, dates: Sequence[OtherDateOfAll] = ()) -> str | None:
    """Why the reference date is what it is, and, where it is an assumption, what another would change; None where
    nothing is said of it."""
    reason = fund_year.reason_of_the_date
    if reason is None:
        return None
    return ". ".join([reason_in_words(reason), *others_in_words(dates)])


def others_in_words(dates: Sequence[OtherDateOfAll]) -> list[str]:
    """What all municipalities would pay over the inhabitants of other years, in a sentence without its point."""
    if not dates:
        return []
    parts = "; ".join(map(_all_on, dates))
    return [_("The reference date is an assumption. Over the inhabitants {parts}", parts=parts)]


def _all_on(date: OtherDateOfAll) -> str:
    match date.comparable:
        case "not_counted" | "no_municipality":
            return _not_counted(date.year)
        case "before_the_first":
            return _before_the_first(date.year)
        case "names_unknown":
            return _names_unknown(date.year)
        case "billed":
            return _changes(date)
        case _:
            assert_never(date.comparable)


def _not_counted(year: int) -> str:
    return _("of 1 January {year} it is not known yet, because they are not counted here", year=year)


def _before_the_first(year: int) -> str:
    return _("of 1 January {year} it is not known, because the counts that are here begin later", year=year)


def _names_unknown(year: int) -> str:
    return _("of 1 January {year} it cannot be worked out: the scenario names who was no municipality then", year=year)


def _changes(date: OtherDateOfAll) -> str:
    if not date.more and not date.less:
        return _("of 1 January {year} every bill is the same", year=date.year)
    ends = [
        _("{name} {amount} more", name=name, amount=format_euros(cents))
        for name, cents in filter(None, [date.largest_rise])
    ]
    ends += [
        _("{name} {amount} less", name=name, amount=format_euros(-cents))
        for name, cents in filter(None, [date.largest_fall])
    ]
    return _("{who} (at most {ends})", who=_who_pays_more(date), ends=listed_with_and(ends))


def _who_pays_more(date: OtherDateOfAll) -> str:
    """How many pay more and less over the inhabitants of another year; of one of the two there are some."""
    if not date.more:
        return plural(
            "of 1 January {year} {count} municipality pays less",
            "of 1 January {year} {count} municipalities pay less",
            date.less,
            year=date.year,
        )
    more = plural(
        "of 1 January {year} {count} municipality pays more",
        "of 1 January {year} {count} municipalities pay more",
        date.more,
        year=date.year,
    )
    less = plural("and {count} pays less", "and {count} pay less", date.less)
    return f"{more} {less}" if date.less else more


def other_dates_of_years_in_words(dates: Sequence[OtherDateOfYears], fund_year: FundYear) -> str:
    """What bills of some years of a fund would be more or less over the inhabitants of another day; empty without
    any."""
    if not dates:
        return ""
    parts = "; ".join(map(_of_years, dates))
    if not fund_year.reference_date_assumed:
        differences = [difference for date in dates for difference in date.differences]
        if differences and not any(cents for _year, cents, _counted in differences):
            # Bills that do not go by inhabitants.
            return ""
        return _(
            "The reference date of {year} is 1 January {counted}; that other years count as far from their own is an "
            "assumption. Over the inhabitants {parts}.",
            year=fund_year.year,
            counted=fund_year.missing_count or fund_year.reference_date.year,
            parts=parts,
        )
    return _("The reference date is an assumption. Over the inhabitants {parts}.", parts=parts)


def _of_years(date: OtherDateOfYears) -> str:
    changes = [_changed(*difference) for difference in date.differences]
    if not changes:
        changes = [_("it cannot be worked out")]
    if date.shift < 0:
        return _("of a year earlier: {changes}", changes=", ".join(changes))
    return _("of a year later: {changes}", changes=", ".join(changes))


def _changed(year: int, cents: int, counted: bool) -> str:
    if not cents:
        return _("{year} the same", year=year)
    if not counted and abs(cents) <= 50:
        # Rounded to whole euros nothing is left of it.
        return _("{year} about the same", year=year)
    amount = format_euros(abs(cents)) if counted else _("about {amount}", amount=format_about(abs(cents), 1))
    if cents > 0:
        return _("{year} {amount} more", year=year, amount=amount)
    return _("{year} {amount} less", year=year, amount=amount)


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
            return _not_counted(date.year)
        case "before_the_first":
            return _before_the_first(date.year)
        case "names_unknown":
            return _names_unknown(date.year)
        case "no_municipality":
            return _(
                "of 1 January {year} there is no bill, because it was no municipality of its own then", year=date.year
            )
        case _:
            assert_never(date.comparable)
