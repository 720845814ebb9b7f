"""The fund as a whole: what is budgeted, paid and can be spent, beside the baseline."""

from __future__ import annotations

from msgspec import Struct

from gguplan.language import _
from gguplan.model.result import RunResult
from gguplan.wording.amounts import format_euros
from gguplan.workbench.answers.written import difference
from gguplan.workbench.bench import Answer


class TotalLine(Struct, frozen=True):
    """One amount of the fund, now, in the baseline, and the difference; written."""

    name: str
    now: str
    before: str
    change: str


def totals_of(answer: Answer) -> list[TotalLine]:
    """The totals of the fund, without those that are nothing in both."""
    now, before = amounts_of(answer.worked.result), amounts_of(answer.baseline.result)
    lines = [
        (_("Budget, including VAT"), "gross_cents"),
        *([(_("Contributions, before refunds"), "contributions_cents")] if _any(now, before, "refunds_cents") else []),
        (_("Paid back to opt-outs"), "refunds_cents"),
        (who_pays(answer), "to_pay_cents"),
        (_("Others pay"), "income_cents"),
        (_("From the balance of the fund"), "drawn_cents"),
        (_("Handed over to others"), "handed_over_cents"),
        (_("To spend, including VAT"), "available_cents"),
        (_("To spend, without VAT"), "available_net_cents"),
    ]
    return [
        TotalLine(name, format_euros(now[key]), format_euros(before[key]), difference(now[key] - before[key]))
        for name, key in lines
        if _any(now, before, key)
    ]


def who_pays(answer: Answer) -> str:
    """Who pays what the total says: municipalities, and in some funds other bodies."""
    if answer.carried[0].later.bodies:
        return _("Municipalities and other bodies pay")
    return _("The municipalities pay")


def amounts_of(result: RunResult) -> dict[str, int]:
    """The totals of a result, and what its municipalities pay, refunds taken off, in cents."""
    return {**result.totals, "to_pay_cents": int(result.to_pay.sum())}


def _any(now: dict[str, int], before: dict[str, int], key: str) -> bool:
    return bool(now[key] or before[key])
