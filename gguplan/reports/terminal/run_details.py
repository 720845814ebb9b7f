"""The details of a run, where they are asked for: the money of the fund, every programme, opt-outs and refunds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gguplan.language import _
from gguplan.model.bill import euros_per_inhabitant
from gguplan.model.result import RunResult
from gguplan.reports.terminal.console import table
from gguplan.wording.amounts import format_euros, format_number, per_inhabitant
from gguplan.wording.settlements import settlement_in_words
from gguplan.wording.thresholds import threshold_in_words

if TYPE_CHECKING:
    from rich.console import Console


def print_details(out: Console, result: RunResult) -> None:
    """Print what the scenario says of itself, the money of the fund, its programmes and what opt-outs do."""
    for line in (result.fund_year.description or "").splitlines():
        out.print(line, soft_wrap=True)
    if result.fund_year.description:
        out.print()
    parts = [_fund(result), _programmes(result)]
    if any(programme.opt_outs or programme.threshold for programme in result.by_programme):
        parts.append(_opt_outs(result))
    for part in parts:
        out.print(part)
        out.print()


def _fund(result: RunResult) -> object:
    totals = result.totals
    rows = [
        [_("Budget including VAT"), format_euros(totals["gross_cents"])],
        [_("of which VAT"), format_euros(totals["vat_cents"])],
        [_("Budget without VAT"), format_euros(totals["net_cents"])],
        [_("Contributions"), format_euros(totals["contributions_cents"])],
        *([[_("Income from others"), format_euros(totals["income_cents"])]] if totals["income_cents"] else []),
        [_("Refunds to opt-outs"), format_euros(-totals["refunds_cents"])],
        [_("Drawn from the balance"), format_euros(totals["drawn_cents"])],
        *(
            [[_("Handed over, because too few take part"), format_euros(-totals["handed_over_cents"])]]
            if totals["handed_over_cents"]
            else []
        ),
        [_("Available to spend, including VAT"), format_euros(totals["available_cents"])],
    ]
    return table([_("The fund"), _("amount, including VAT unless it says otherwise")], rows, total=True)


def _programmes(result: RunResult) -> object:
    others_pay = any(programme.budget.to_divide != programme.budget.gross for programme in result.by_programme)

    def row(name: str, title: str, gross: int, net: int, to_divide: int, of_municipalities: int) -> list[str]:
        divided = [format_euros(to_divide)] if others_pay else []
        rate = per_inhabitant(euros_per_inhabitant(of_municipalities, result.population.total))
        return [name, title, format_euros(gross), format_euros(net), *divided, rate]

    budgets = [programme.budget for programme in result.by_programme]
    rows = [
        row(
            billed.name,
            billed.programme.title,
            billed.budget.gross,
            billed.budget.net,
            billed.budget.to_divide,
            billed.divided_over_municipalities(result.population),
        )
        for billed in result.by_programme
    ]
    totals = result.totals
    to_divide = sum(budget.to_divide for budget in budgets)
    of_municipalities = result.divided_over_municipalities
    rows.append(row(_("Total"), "", totals["gross_cents"], totals["net_cents"], to_divide, of_municipalities))
    # What others and the balance pay is not divided: the rate is that of the amount that stands before it.
    divided = [_("to divide, including VAT")] if others_pay else []
    headings = [_("Programme"), _("Title"), _("including VAT"), _("without VAT"), *divided, _("per inhabitant")]
    return table(headings, rows, words=2, total=True, cut=1)


def _opt_outs(result: RunResult) -> object:
    rows = []
    for programme in result.by_programme:
        if not programme.opt_outs and programme.threshold is None:
            continue
        outside = programme.participation.outside
        inhabitants = int(result.population.inhabitants[outside].sum())
        words = dict.fromkeys(settlement_in_words(opt_out.settlement) for opt_out in programme.opt_outs)
        sentences = [*words, *filter(None, [threshold_in_words(programme.threshold, programme.participation.lapsed)])]
        rows.append(
            [
                f"{programme.name}: {'; '.join(sentences)}",
                _("{count} ({inhabitants} inh.)", count=int(outside.sum()), inhabitants=format_number(inhabitants)),
                format_euros(programme.refunded),
                format_euros(programme.participation.drawn - programme.reserve - programme.adjusted),
                format_euros(programme.participation.available),
            ]
        )
    return table(
        [_("What opt-outs do, including VAT"), _("outside"), _("refunds"), _("from balance"), _("available")], rows
    )
