"""Why a sum cannot be made, in sentences, and what to do about it."""

from __future__ import annotations

from typing import assert_never

from gguplan.fund.problems import (
    AboveTheTariff,
    BudgetAheadCannotBeMade,
    BudgetOutOfReach,
    CapCannotBeMet,
    CoverAboveBill,
    CoverOfNobody,
    FixedAboveBudget,
    IncomeAboveBudget,
    Mistake,
    NobodyCompensates,
    NobodyPays,
    OldDivisionWithOptOuts,
    PaidOtherwiseAboveBudget,
    Problem,
    ProgrammeCannotBeMade,
    RefundsAboveBudget,
    RoundingTooCoarse,
    WeightsTooLarge,
)
from gguplan.language import _
from gguplan.wording.amounts import format_euros


def problem_in_words(problem: Problem) -> str:
    """Why it cannot be made, as a part of a sentence."""
    match problem:
        case BudgetOutOfReach(gross):
            return _("the budget comes to {amount}", amount=format_euros(gross))
        case FixedAboveBudget(fixed, budget):
            return _(
                "the fixed amounts together, {fixed}, are more than the budget, {budget}",
                fixed=format_euros(fixed),
                budget=format_euros(budget),
            )
        case IncomeAboveBudget(income, budget):
            return _(
                "the income from others, {income}, leaves nothing to divide of the budget, {budget}",
                income=format_euros(income),
                budget=format_euros(budget),
            )
        case PaidOtherwiseAboveBudget(paid, budget):
            return _(
                "what others and the balance of the fund pay, {paid}, leaves nothing to divide of the budget, {budget}",
                paid=format_euros(paid),
                budget=format_euros(budget),
            )
        case RefundsAboveBudget(refunds, budget):
            return _(
                "the refunds together, {refunds}, are more than the budget, {budget}",
                refunds=format_euros(refunds),
                budget=format_euros(budget),
            )
        case RoundingTooCoarse(unit, largest):
            return _(
                "rounding to {unit} is too coarse: the largest amount is {largest}",
                unit=format_euros(unit),
                largest=format_euros(largest),
            )
        case OldDivisionWithOptOuts():
            return _(
                "opt-outs take off a part of the new division, so that there is no whole amount to divide as before"
            )
        case CapCannotBeMet(short) if short > 0:
            return _("the cap cannot be met: nobody may pay the last {amount}", amount=format_euros(short))
        case CapCannotBeMet(short):
            return _("the cap cannot be met: all together must pay {amount} too much", amount=format_euros(-short))
        case NobodyCompensates(cents):
            return _(
                "everybody pays more than before: nobody is left to pay {amount} of compensation",
                amount=format_euros(cents),
            )
        case CoverOfNobody(gm_code):
            return _("{code} has cover, and does not pay", code=gm_code)
        case CoverAboveBill(name, cover, bill):
            return _(
                "{name} has cover for {cover}, more than the {bill} that it pays",
                name=name,
                cover=format_euros(cover),
                bill=format_euros(bill),
            )
        case AboveTheTariff(paid="tariffs"):
            return _("a tariff is the rate times one's own inhabitants, and the others would pay more than that")
        case AboveTheTariff():
            return _("the amounts are what each has agreed to pay, and the others would pay more than that")
        case NobodyPays():
            return _("there is nobody to divide the amount over")
        case WeightsTooLarge():
            return _("the weights are too large to divide an amount over exactly")
        case _:
            assert_never(problem)


def mistake_in_words(mistake: Mistake) -> tuple[str, str]:
    """What is wrong, and what to do about it."""
    match mistake:
        case ProgrammeCannotBeMade(programme, problem):
            why = problem_in_words(problem)
            return (
                _("The sum of {programme!r} cannot be made: {problem}.", programme=programme, problem=why),
                _what_to_do(problem),
            )
        case BudgetAheadCannotBeMade(programme, year, problem):
            why = problem_in_words(problem)
            return (
                _(
                    "The budget of {name!r} in {year} cannot be made: {problem}.",
                    name=programme,
                    year=year,
                    problem=why,
                ),
                _("Correct the amount or the indexation: a budget is something, and at most a million million euros."),
            )
        case _:
            assert_never(mistake)


def _what_to_do(problem: Problem) -> str:
    match problem:
        case AboveTheTariff(paid="amounts"):
            return _(
                'Write settlement = "shrink", by which there is that much less to spend, or "absorb", by which the '
                'balance pays it; or divide a budget by key = "shares" instead of amounts.'
            )
        case AboveTheTariff():
            return _(
                'Write settlement = "shrink", by which there is that much less to spend, or "absorb", by which the '
                "balance pays it; or give the programme an amount to divide instead of a tariff."
            )
        case OldDivisionWithOptOuts():
            return _('Write settlement = "redistribute" or a refund at a rate, or leave the old division out.')
        case CapCannotBeMet():
            return _('Widen the cap, or let the balance pay: paid_by = "fund".')
        case NobodyCompensates():
            return _('Let the balance pay: paid_by = "fund".')
        case CoverOfNobody() | CoverAboveBill():
            return _("Correct the cover, or take it out.")
        case RoundingTooCoarse():
            return _("Round to a smaller amount, or do not round.")
        case (
            BudgetOutOfReach()
            | FixedAboveBudget()
            | IncomeAboveBudget()
            | PaidOtherwiseAboveBudget()
            | RefundsAboveBudget()
            | NobodyPays()
            | WeightsTooLarge()
        ):
            return _("Change the amount, the rate, or who is outside.")
        case _:
            assert_never(problem)
