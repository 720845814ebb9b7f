"""Budgets beside realised amounts on the terminal, as both reports have them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from gguplan.fund.contracts import Contract
from gguplan.fund.ledger import PublishedTotal, Reading
from gguplan.language import _, listed_with_and, plural
from gguplan.model.published import PublishedLine, published_total
from gguplan.model.unit_costs import PublishedIndicator
from gguplan.money import times_fraction
from gguplan.reports.terminal.console import console, table
from gguplan.reports.terminal.indicators import print_indicators
from gguplan.wording.amounts import format_about, format_euros, format_number
from gguplan.wording.contracts import contract_in_words
from gguplan.wording.ledger import (
    in_language,
    inclusion_in_words,
    of_own_budget_in_words,
    quantity_in_words,
    status_in_words,
)

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table


def print_ledger(
    lines: Sequence[PublishedLine],
    years: Sequence[int],
    indicators: Sequence[PublishedIndicator] | None,
    contracts: Sequence[Contract] = (),
) -> None:
    """Print the years side by side, or one year with every column; with `indicators` each line with its sources, other
    readings and detail lines, and each programme with its volumes and prices."""
    out = console()
    out.print(
        _("Budget and realised, in euros without VAT, as the reports print them")
        if len(years) == 1
        else _("Budget and realised, in thousands of euros without VAT"),
        style="bold",
        soft_wrap=True,
    )
    out.print()
    if not lines:
        out.print(_("Nothing was published of this in {years}.", years=", ".join(map(str, years))), soft_wrap=True)
        return
    out.print(_one_year(lines, years[0]) if len(years) == 1 else _side_by_side(lines, years))
    out.print()
    for year in years:
        total = published_total(lines, year)
        if total.missing:
            out.print(
                plural(
                    "{year}: {count} line lacks a budget or a realised amount ({names}); {amount} is left over of the"
                    " others.",
                    "{year}: {count} lines lack a budget or a realised amount ({names}); {amount} is left over of the"
                    " others.",
                    total.missing,
                    year=year,
                    names=", ".join(
                        line.programme.title for line in lines if line.year == year and line.underspend is None
                    ),
                    amount=format_euros(total.both),
                ),
                soft_wrap=True,
            )
    if any(line.derived for line in lines):
        out.print(_("° Derived: it is printed without VAT only. gguplan explain says how it follows."), soft_wrap=True)
    waiting: dict[str, list[int]] = {}
    for line in lines:
        if line.provisional:
            waiting.setdefault(line.programme.title, []).append(line.year)
    if waiting:
        totals = [published_total(lines, year) for year in years]
        out.print(
            _(
                "* Provisional, {amounts}: the account was still to come, and may change it ({names}).",
                amounts=", ".join(f"{format_about(total.provisional, 1)} ({total.year})" for total in totals),
                names=", ".join(
                    f"{title} {listed_with_and(map(str, sorted(years)))}" for title, years in waiting.items()
                ),
            ),
            soft_wrap=True,
        )
    if sentence := _paid_by_others(lines):
        out.print(sentence, soft_wrap=True)
    if len(years) > 1:
        out.print(
            _(
                "Each amount is rounded for itself. Whole euros, as the reports print them: gguplan ledger {year}.",
                year=years[-1],
            ),
            soft_wrap=True,
        )
    if indicators is None:
        out.print(_("Where each figure stands: gguplan ledger --programme NAME."), soft_wrap=True)
        return
    for line in lines:
        _print_whole(out, line)
    titles = {line.programme.programme: line.programme.title for line in lines}
    for name, title in titles.items():
        for contract in contracts:
            if contract.programme == name:
                out.print()
                out.print(contract_in_words(contract), soft_wrap=True)
        print_indicators(out, title, [row for row in indicators if row.indicator.programme == name])


def _side_by_side(lines: Sequence[PublishedLine], years: Sequence[int]) -> Table:
    headings = [_("Programme")]
    for year in years:
        headings += [_("with VAT {year}", year=year), _("budget {year}", year=year), _("realised"), _("left over"), "%"]
    rows = []
    for name in dict.fromkeys(line.programme.programme for line in lines):
        of_programme = {line.year: line for line in lines if line.programme.programme == name}
        cells = [next(iter(of_programme.values())).programme.title]
        for year in years:
            line = of_programme.get(year)
            cells += [""] * 5 if line is None else _thousands_of(line)
        rows.append(cells)
    totals = [published_total(lines, year) if any(line.year == year for line in lines) else None for year in years]
    return table(headings, [*rows, *_total_rows(totals, _thousands)], total=True)


def _total_rows(totals: Sequence[PublishedTotal | None], amount: Callable[[int | None], str]) -> list[list[str]]:
    """The totals of the years beside each other, five cells each, which subtract row by row: where lines lack a budget
    or a realised amount first the lines that have both, then the others, then all."""
    both, others, together = [_("Lines with both")], [_("Lines that lack one")], [_("Total")]
    for total in totals:
        if total is None:
            for row in (both, others, together):
                row += [""] * 5
            continue
        ratio = "" if total.ratio_of_both is None else format_number(round(100 * total.ratio_of_both))
        both += ["", *map(amount, (total.net_of_both, total.realised_of_both, total.both)), ratio]
        rest = (total.net - total.net_of_both, total.realised - total.realised_of_both, None)
        others += ["", *map(amount, rest), ""] if total.missing else [""] * 5
        left, of_all = (None, "") if total.missing else (total.both, ratio)
        together += ["", *map(amount, (total.net, total.realised, left)), of_all]
    return [both, others, together] if any(total.missing for total in totals if total is not None) else [together]


def _thousands_of(line: PublishedLine) -> list[str]:
    return [
        _thousands(line.gross) + ("°" if line.derived else ""),
        _thousands(line.net),
        _thousands(line.realised) + ("*" if line.provisional else ""),
        _thousands(line.underspend),
        _percent(line),
    ]


def _thousands(cents: int | None) -> str:
    """An amount in thousands of euros, half a thousand up; a dash where there is none."""
    return "–" if cents is None else format_number(times_fraction(cents, 1, 100_000))


def _paid_by_others(lines: Sequence[PublishedLine]) -> str:
    """What others paid besides, of each programme and year, in a sentence; empty where no report says so."""
    paid = [
        f"{reading.detail} {_euros(reading.amount)} ({line.programme.title}, {line.year})"
        for line in lines
        for reading in line.income_paid
    ]
    return _("Others paid besides, by the reports: {amounts}.", amounts="; ".join(paid)) if paid else ""


def _one_year(lines: Sequence[PublishedLine], year: int) -> Table:
    headings = [_("Programme"), _("with VAT"), _("budget {year}", year=year), _("realised"), _("left over"), "%"]
    rows = [
        [
            line.programme.title,
            _euros(line.gross) + ("°" if line.derived else ""),
            _euros(line.net),
            _realised(line),
            _euros(line.underspend),
            _percent(line),
        ]
        for line in lines
        if line.year == year
    ]
    return table(headings, [*rows, *_total_rows([published_total(lines, year)], _euros)], total=True)


def _euros(cents: int | None) -> str:
    return "–" if cents is None else format_about(cents, 1)


def _realised(line: PublishedLine) -> str:
    return _euros(line.realised) + ("*" if line.provisional else "")


def _percent(line: PublishedLine) -> str:
    return "" if line.ratio is None else format_number(round(100 * line.ratio))


def _print_whole(out: Console, line: PublishedLine) -> None:
    out.print()
    out.print(f"{line.programme.title} ({line.programme.programme}), {line.year}", style="bold", soft_wrap=True)
    for reading in line.readings:
        if reading.status_sentence:
            out.print(status_in_words(reading), soft_wrap=True)
    for heading, readings in (
        (_("In use"), line.readings),
        (_("Printed besides"), line.contradictions),
        (_("Lines under it"), line.details),
        (_("Paid by others"), line.income),
    ):
        if readings:
            out.print(
                table(
                    [heading, _("where"), _("printed"), _("amount")], [_row(reading) for reading in readings], words=2
                )
            )
    for inclusion in line.inclusions:
        out.print(inclusion_in_words(inclusion), soft_wrap=True)
    if line.inclusions:
        out.print(of_own_budget_in_words(line.year, line.of_own_budget), soft_wrap=True)
    remarks = dict.fromkeys(in_language(reading.remark_to_show) for reading in line.readings if reading.remark_to_show)
    for remark in remarks:
        out.print(remark, soft_wrap=True)


def _row(reading: Reading) -> list[str]:
    name = quantity_in_words(reading.quantity)
    amount = "–" if reading.amount is None else format_euros(reading.amount)
    where = f"{reading.document}, {reading.section}"
    return [f"{reading.detail}, {name}" if reading.detail else name, where, reading.printed, amount]
