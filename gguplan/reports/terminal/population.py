"""The inhabitants on the terminal: all years, one year, one municipality, and what checks found."""

from __future__ import annotations

from collections.abc import Iterable

from gguplan.fund.municipal_changes import MunicipalChange
from gguplan.fund.municipalities import Municipality
from gguplan.fund.population_overview import Check, Group, MunicipalityHistory, YearOverview, YearTotal
from gguplan.language import _, plural
from gguplan.reports.terminal.console import console, table
from gguplan.wording.amounts import format_number
from gguplan.wording.dates import format_day
from gguplan.wording.population import note_in_language, status_in_short, status_in_words


def print_years(totals: Iterable[YearTotal]) -> None:
    """Print every year with its count and total, beside what CBS published."""
    years = list(totals)
    rows = [
        [
            str(total.year),
            status_in_short(total.status),
            format_number(total.municipalities),
            format_number(total.inhabitants),
            _("not known") if total.published is None else format_number(total.published),
            "" if total.difference is None else format_number(total.difference),
        ]
        for total in years
    ]
    out = console()
    out.print(_("Inhabitants of the Dutch municipalities on 1 January, counted by CBS"), style="bold")
    headings = [
        _("year"), _("status"), _("municipalities"), _("inhabitants"), _("published"), _("difference"),
    ]  # fmt: skip
    out.print(table(headings, rows, words=2))
    for total in years:
        if total.note:
            out.print(f"{total.year}: {note_in_language(total.note, total.note_nl)}", soft_wrap=True)


def print_year(overview: YearOverview) -> None:
    """Print one year: totals, provinces, size classes, the largest and the smallest."""
    out, total = console(), overview.total
    out.print(
        _(
            "{count} municipalities with {total} inhabitants on 1 January {year} ({status})",
            count=format_number(total.municipalities),
            total=format_number(total.inhabitants),
            year=total.year,
            status=status_in_words(total.status),
        ),
        style="bold",
        soft_wrap=True,
    )
    if total.published is None:
        out.print(_("No published national total is known."), soft_wrap=True)
    else:
        out.print(
            _(
                "Published by CBS: {published}; difference {difference}",
                published=format_number(total.published),
                difference=format_number(total.difference or 0),
            ),
            soft_wrap=True,
        )
    if total.note:
        out.print(note_in_language(total.note, total.note_nl), soft_wrap=True)
    out.print()
    out.print(_groups(_("province"), [(province.name, province) for province in overview.provinces], total))
    out.print()
    out.print(_groups(_("inhabitants"), [(_size(size), size) for size in overview.sizes], total))
    for title, some in ((_("largest"), overview.largest), (_("smallest"), overview.smallest)):
        out.print()
        out.print(_municipalities(title, some))


def print_municipality(history: MunicipalityHistory) -> None:
    """Print the inhabitants of one municipality through the years, and how it came and went."""
    out = console()
    out.print(f"{history.name} ({history.gm_code}), {history.province}", style="bold", soft_wrap=True)
    rows: list[list[str]] = []
    before: int | None = None
    renamed = len({count.name for count in history.counts}) > 1
    for count in history.counts:
        rows.append(
            [
                str(count.year),
                status_in_short(count.status),
                *([count.name] if renamed else []),
                format_number(count.inhabitants),
                "" if before is None else _signed(count.inhabitants - before),
            ]
        )
        before = count.inhabitants
    headings = [
        _("1 January"), _("status"), *([_("name")] if renamed else []), _("inhabitants"), _("change"),
    ]  # fmt: skip
    out.print(table(headings, rows, words=3 if renamed else 2))
    for change in history.changes:
        out.print(_change_in_words(change), soft_wrap=True)


def print_checks(checks: Iterable[Check]) -> None:
    """Print each check as one line, and how many do not hold."""
    listed = list(checks)
    out = console()
    good, bad = _("good"), _("WRONG")
    width = max(len(good), len(bad))
    for check in listed:
        out.print(f"{good if check.holds else bad:<{width}}  {check.text}", soft_wrap=True)
    off = sum(not check.holds for check in listed)
    out.print()
    if off:
        out.print(plural("{count} check does not hold.", "{count} checks do not hold.", off), style="bold")
    else:
        out.print(plural("{count} check, and it holds.", "{count} checks, all hold.", len(listed)), style="bold")


def print_actions(actions: Iterable[str]) -> None:
    """Print what was done, a sentence a line."""
    out = console()
    for action in actions:
        out.print(action, soft_wrap=True)


def _groups(heading: str, groups: list[tuple[str, Group]], total: YearTotal) -> object:
    rows = [
        [
            name,
            format_number(group.municipalities),
            format_number(group.inhabitants),
            _percent(group.inhabitants, total.inhabitants),
        ]
        for name, group in groups
    ]
    rows.append(
        [
            _("Total"),
            format_number(total.municipalities),
            format_number(total.inhabitants),
            _percent(total.inhabitants, total.inhabitants),
        ]
    )
    return table([heading, _("municipalities"), _("inhabitants"), _("share")], rows, total=True)


def _municipalities(heading: str, some: Iterable[Municipality]) -> object:
    rows = [[municipality.name, municipality.gm_code, format_number(municipality.inhabitants)] for municipality in some]
    return table([heading, _("code"), _("inhabitants")], rows, words=2)


def _size(group: Group) -> str:
    if group.at_least is None:
        return _("below {below}", below=format_number(group.below or 0))
    if group.below is None:
        return _("{at_least} and more", at_least=format_number(group.at_least))
    return _("{at_least} to {below}", at_least=format_number(group.at_least), below=format_number(group.below))


def _percent(part: int, whole: int) -> str:
    from decimal import Decimal

    from babel.numbers import format_percent

    from gguplan.language import current_language

    return str(format_percent(Decimal(part) / whole, "0.0 %", locale=current_language()))


def _signed(difference: int) -> str:
    return ("+" if difference > 0 else "") + format_number(difference)


def _change_in_words(change: MunicipalChange) -> str:
    values = {
        "day": format_day(change.effective_date),
        "old": f"{change.old_name} ({change.old_code})",
        "new": f"{change.new_name} ({change.new_code})",
    }
    event = {
        "merge": _("{day}: {old} became part of {new}", **values),
        "split": _("{day}: a part of {old} went to {new}", **values),
        "rename": _("{day}: {old} is {new} from here on", **values),
        "boundary": _("{day}: the boundary of {old} and {new} changed", **values),
    }[change.kind]
    note = note_in_language(change.note, change.note_nl)
    return f"{event}; {note}" if note else event
