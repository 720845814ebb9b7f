"""What the years ahead rest on and what is planned in them, in sentences and rows."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal

from gguplan.fund.years_ahead import PERCENT_UNITS, Indexation, ProgrammeAhead, YearsAhead
from gguplan.language import _, listed_with_and
from gguplan.wording.amounts import format_euros, format_number
from gguplan.wording.sources import stated_source
from gguplan.wording.underspend import shortfall_in_a_sentence


def assumptions(ahead: YearsAhead, titles: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """What the years ahead rest on: what it is, what is assumed, and its source."""
    rows = [
        (
            _("Reserve at the start of {year}", year=ahead.first),
            format_euros(ahead.opening),
            stated_source(ahead.source),
        )
    ]
    if ahead.floor is not None:
        rows.append((_("Floor of the balance of the fund"), format_euros(ahead.floor), stated_source(ahead.source)))
    if ahead.reserve_floor is not None:
        rows.append((_("Floor of the reserve"), format_euros(ahead.reserve_floor), stated_source(ahead.source)))
    rows.append(
        (_("When a programme comes short"), shortfall_in_a_sentence(ahead.shortfall), _("rule of the scenario"))
    )
    if ahead.indexation is None:
        rows.append((_("Indexation"), _("none: prices stay as they are"), _("rule of the scenario")))
    else:
        rows.append((_("Indexation"), indexation_in_words(ahead.indexation), stated_source(ahead.indexation.source)))
    for name, programme in ahead.programmes.items():
        if programme.opening:
            title = _("{title}: balance at the start of {year}", title=titles.get(name, name), year=ahead.first)
            rows.append((title, format_euros(programme.opening), stated_source(programme.source)))
        rows += [
            (f"{titles.get(name, name)}: {what}", assumed, stated_source(programme.source))
            for what, assumed in _of_a_programme(programme)
        ]
    return rows


def _of_a_programme(programme: ProgrammeAhead) -> list[tuple[str, str]]:
    """What else is assumed of one programme: what it is, and what is assumed."""
    rows = []
    if programme.volume_growth:
        rows.append((_("growth of the volume"), _("{percent} % a year", percent=_percent(programme.volume_growth))))
    if not programme.indexed:
        rows.append((_("indexation"), _("none: its budget does not rise with prices")))
    if programme.contract_ends is not None:
        rows.append((_("contract"), _("runs to the end of {year}", year=programme.contract_ends)))
    if programme.floor is not None:
        rows.append((_("floor of its balance"), format_euros(programme.floor)))
    if programme.committed:
        promised = [
            _("{amount} in {year}", amount=format_euros(cents), year=year)
            for year, cents in sorted(programme.committed.items())
        ]
        rows.append((_("promised"), listed_with_and(promised)))
    return rows


def indexation_in_words(indexation: Indexation) -> str:
    """By how much budgets rise a year: the years that are known, then every other."""
    known = [
        _("{percent} % in {year}", percent=_percent(rise), year=year)
        for year, rise in sorted(indexation.by_year.items())
    ]
    if indexation.between is not None:
        low, high = indexation.between
        known.append(
            _(
                "between {low} and {high} % a year ({sure} % sure)",
                low=_percent(low),
                high=_percent(high),
                sure=indexation.sure,
            )
        )
    elif indexation.percent is not None:
        known.append(_("{percent} % a year", percent=_percent(indexation.percent)))
    return "; ".join(known)


def plans(ahead: YearsAhead, titles: Mapping[str, str], paid_for: Collection[str]) -> list[str]:
    """Every programme that starts, ends or steps, of those that are `paid_for` in some year, and every one that spends
    out of its balance: what is planned, and when."""
    sentences = []
    for name, programme in ahead.programmes.items():
        title = titles.get(name, name)
        budgeted = name in paid_for
        if budgeted and programme.starts is not None and programme.starts > ahead.first:
            sentences.append(_("{title} starts in {year}.", title=title, year=programme.starts))
        if budgeted and programme.ends is not None and programme.ends < ahead.last:
            sentences.append(_("{title} has its last budget in {year}.", title=title, year=programme.ends))
        steps = budget_steps(programme)
        if budgeted and steps:
            sentences.append(_("{title} gets another budget: {steps}.", title=title, steps=listed_with_and(steps)))
        sentences += [
            _(
                "{title} spends {amount} without VAT out of its balance in {year}.",
                title=title,
                amount=format_euros(cents),
                year=year,
            )
            for year, cents in sorted(programme.from_balance.items())
            if cents
        ]
        sentences += [
            _(
                "{title} spends {amount} without VAT in {year}: that was promised.",
                title=title,
                amount=amount,
                year=year,
            )
            for year, amount in (
                (year, format_euros(cents)) for year, cents in sorted(programme.committed.items()) if cents
            )
        ]
    return sentences


def budget_steps(programme: ProgrammeAhead, after: int = 0) -> list[str]:
    """Every other budget of a programme from a year later than `after` on."""
    return [
        *(
            _("{amount} including VAT from {year}", amount=format_euros(cents), year=year)
            for year, cents in sorted(programme.gross.items())
            if year > after
        ),
        *(
            _("{amount} without VAT from {year}", amount=format_euros(cents), year=year)
            for year, cents in sorted(programme.net.items())
            if year > after
        ),
    ]


def _percent(units: int) -> str:
    return format_number((Decimal(units) / PERCENT_UNITS).normalize() + 0)
