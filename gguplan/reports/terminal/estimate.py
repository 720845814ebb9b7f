"""One municipality's bill on the terminal: the answer first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from gguplan.fund.reference_dates import OtherDate
from gguplan.language import _
from gguplan.model.bill import Bill
from gguplan.model.result import RunResult
from gguplan.reports.before_cascades import leaving_in_words
from gguplan.reports.terminal.console import console, table
from gguplan.reports.terminal.next_steps import command_for
from gguplan.reports.terminal.run import notes
from gguplan.wording.amounts import format_about, format_euros, format_number, per_inhabitant
from gguplan.wording.bills import bill_in_a_sentence, programme_on_a_bill
from gguplan.wording.bodies import inhabitants_of
from gguplan.wording.other_dates import other_dates_in_words, reason_of_the_date
from gguplan.wording.population import status_in_words

if TYPE_CHECKING:
    from gguplan.model.credit import Credit


def print_estimate(
    result: RunResult,
    bill: Bill,
    credit: Credit | None,
    assumed: Sequence[str] = (),
    dates: Sequence[OtherDate] = (),
    other_years: str = "",
    of_credit: Sequence[str] = (),
) -> None:
    """Print the bill and what is assumed of it, what it consists of, what it would be over the inhabitants of other
    `dates`, what may come back of it and what must be said `of_credit`, and how to ask for `other_years`."""
    out, municipality, population = console(), bill.municipality, result.population
    scenario = result.fund_year
    out.print(bill_in_a_sentence(municipality, bill.to_pay), style="bold", soft_wrap=True)
    out.print(_("for {title}, year {year}", title=scenario.title, year=scenario.year), soft_wrap=True)
    for sentence in assumed:
        out.print(sentence, style="bold", soft_wrap=True)
    for line in leaving_in_words(result, population.index[municipality.gm_code]):
        out.print(line, soft_wrap=True)
    out.print()
    rows = [
        [_("per inhabitant"), per_inhabitant(bill.per_inhabitant(bill.to_pay))],
        [
            _(
                "inhabitants on 1 January {year} ({status})",
                year=population.year,
                status=status_in_words(population.status),
            ),
            inhabitants_of(municipality),
        ],
        [
            _("of {count} municipalities together", count=len(population.without_bodies)),
            format_number(population.total),
        ],
        [_("without VAT"), format_euros(bill.to_pay - bill.vat)],
        [_("VAT"), format_euros(bill.vat)],
    ]
    if bill.refund:
        rows.append([_("contribution before refund"), format_euros(bill.contribution)])
        rows.append([_("refund"), format_euros(-bill.refund)])
    out.print(table(None, rows))
    out.print()
    lines = [
        [
            programme_on_a_bill(line.title, line.days_outside, line.days, line.lapsed),
            format_euros(line.to_pay),
            format_euros(line.to_pay - line.vat),
            format_euros(line.vat),
            per_inhabitant(bill.per_inhabitant(line.to_pay)),
        ]
        for line in bill.lines
    ]
    lines.append(
        [
            _("Total"),
            format_euros(bill.to_pay),
            format_euros(bill.to_pay - bill.vat),
            format_euros(bill.vat),
            per_inhabitant(bill.per_inhabitant(bill.to_pay)),
        ]
    )
    headings = [_("Programme"), _("to pay"), _("without VAT"), _("VAT"), _("per inhabitant")]
    out.print(table(headings, lines, total=True))
    out.print()
    if (why := reason_of_the_date(scenario)) is not None:
        out.print(_("Reference date ({why})", why=why), soft_wrap=True)
    if dates:
        out.print(other_dates_in_words(bill.to_pay, dates), soft_wrap=True)
    if credit is None:
        out.print(_("Nothing of it comes back next year: no programme returns what it does not spend."), soft_wrap=True)
    elif credit.known:
        still = [_("What is realised is provisional: the account was still to come.")] if credit.provisional else []
        out.print(
            " ".join(
                [
                    _(
                        "Comes back next year of what is not spent: {expected}, without VAT {net}.",
                        expected=format_euros(credit.expected),
                        net=format_euros(credit.net),
                    ),
                    *still,
                ]
            ),
            soft_wrap=True,
        )
    else:
        out.print(
            _(
                "Expected back next year of what is not spent: {expected}; with 80 % certainty {low} to {high}.",
                expected=format_about(credit.expected, 1),
                low=format_about(credit.low, 1),
                high=format_about(credit.high, 1),
            )
            + "".join(f" {sentence}" for sentence in of_credit),
            soft_wrap=True,
        )
    for note in notes(result):
        out.print(note, soft_wrap=True)
    out.print(
        _("The sum behind it: {command}", command=command_for("explain", municipality.gm_code, result.fund_year)),
        soft_wrap=True,
    )
    if other_years:
        out.print(other_years, soft_wrap=True)
