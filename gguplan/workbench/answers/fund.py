"""The fund as a whole: what is budgeted, paid and can be spent, beside the baseline."""

from __future__ import annotations

from dataclasses import dataclass

from gguplan.language import _
from gguplan.wording.amounts import format_euros
from gguplan.workbench.answers.written import difference
from gguplan.workbench.bench import Answer


@dataclass(frozen=True)
class TotalLine:
    """One amount of the fund, now, in the baseline, and the difference; written."""

    name: str
    now: str
    before: str
    change: str


def totals_of(answer: Answer) -> list[TotalLine]:
    """The totals of the fund, without those that are nothing in both."""
    now, before = answer.worked.result.totals, answer.baseline.result.totals
    lines = [
        (_("Budget, including VAT"), "gross_cents"),
        (_("The municipalities pay"), "contributions_cents"),
        (_("Others pay"), "income_cents"),
        (_("Paid back to opt-outs"), "refunds_cents"),
        (_("From the balance of the fund"), "drawn_cents"),
        (_("Handed over to others"), "handed_over_cents"),
        (_("To spend, including VAT"), "available_cents"),
        (_("To spend, without VAT"), "available_net_cents"),
    ]
    return [
        TotalLine(name, format_euros(now[key]), format_euros(before[key]), difference(now[key] - before[key]))
        for name, key in lines
        if now[key] or before[key]
    ]
