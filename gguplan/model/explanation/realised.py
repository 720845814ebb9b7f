"""What was realised of a programme, as the reports publish it, and of that the share of one municipality."""

from __future__ import annotations

from typing import Final

from gguplan.fund.inclusions import inclusions
from gguplan.fund.ledger import Ledger
from gguplan.fund.steps.published import OwnShareRealised, RealisedAsPublished
from gguplan.fund.steps.step import Step
from gguplan.model.result import ProgrammeResult, RunResult
from gguplan.money import times_fraction

_A_EURO: Final = 100
"""Budgets without VAT are printed in whole euros, so that a budget with VAT comes out within a euro of the print."""


def realised_steps(result: RunResult, billed: ProgrammeResult, position: int) -> tuple[Step, ...]:
    """What was realised of a budget that is published; with the share of the municipality at `position` where all pay
    by the published budget, and what was realised is spent of that alone."""
    year = result.fund_year.origin.ledger_year
    if year is None:
        return ()
    ledger, name = result.fund_year.ledger, billed.name
    net, realised = ledger.amount(name, year, "net"), ledger.amount(name, year, "realised")
    if not net or realised is None or billed.programme.source != ledger.budget_source(name, year):
        return ()
    line = RealisedAsPublished(year, realised, net, ledger.provisional(name, year) is not None)
    if not _all_pay_the_budget(ledger, billed, year, net):
        return (Step(line, realised),)
    paid = billed.to_pay(position) - billed.vat_of(position)
    share = times_fraction(paid, realised, net)
    name_of = result.population.municipalities[position].name
    return (Step(line, realised, (Step(OwnShareRealised(name_of, paid, realised, net, share), share),)),)


def _all_pay_the_budget(ledger: Ledger, billed: ProgrammeResult, year: int, net: int) -> bool:
    """Whether the municipalities together pay the published budget, and what was realised is of that alone."""
    whole = billed.participation.available == billed.contributed and not billed.refunded and not billed.opt_outs
    as_published = abs(billed.budget.net - net) <= _A_EURO
    return whole and as_published and not inclusions(ledger, billed.name, year)
