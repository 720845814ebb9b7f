"""The sum behind a bill of some year: the budget of that year, its inhabitants, and the division."""

from __future__ import annotations

from collections.abc import Iterator
from math import exp

from msgspec.structs import replace

from gguplan.fund.steps.bill import InhabitantsCounted, ProgrammeBill, WholeBill
from gguplan.fund.steps.published import FromSource
from gguplan.fund.steps.step import Step
from gguplan.fund.steps.years_ahead import (
    GrownBudget,
    IndexOfAYear,
    NoLongerPaid,
    ProjectedShare,
    ProjectedTotal,
    RaisedForShortfall,
)
from gguplan.fund.years_ahead import BudgetGrowth
from gguplan.model.carried_bills import CarriedBills
from gguplan.model.explanation.predecessors import predecessor_steps
from gguplan.model.explanation.tree import budget_step, inhabitants_step, steps_of_a_bill
from gguplan.model.population.projection import Projection
from gguplan.model.result import ProgrammeResult, RunResult
from gguplan.model.years_ahead.bill_in_a_year import YearAhead

_MILLION = 1_000_000


def explain_year(year: YearAhead, programme: str | None = None) -> Step:
    """The whole sum behind the bill of a year, or behind one programme of it."""
    result, municipality = year.result, year.bill.municipality
    gone = tuple(
        Step(NoLongerPaid(row.title, row.hand_over.to, row.budget, row.no_longer_paid, row.no_longer_received))
        for row in year.handed_over
        if programme in (None, row.name)
    )
    if result is None:
        return Step(WholeBill(str(year.year), municipality, year.bill.to_pay), year.bill.to_pay, gone)
    chosen = [billed for billed in result.by_programme if programme in (None, billed.name)]
    steps = [*_inhabitants(year, result), *(_programme(year, result, billed) for billed in chosen)]
    steps += [
        Step(RaisedForShortfall(line.title, line.to_pay), line.to_pay)
        for line in year.bill.lines
        if line.raised and programme in (None, line.programme)
    ]
    total = sum(step.cents or 0 for step in steps)
    return Step(WholeBill(f"{result.fund_year.title}, {year.year}", municipality, total), total, (*steps, *gone))


def _grown(growth: BudgetGrowth) -> Step:
    """How a budget follows from that of an earlier year, with what each percentage is made of and its source."""
    source = () if growth.source is None else (Step(FromSource(growth.source)),)
    return Step(GrownBudget(growth), growth.whole, (*(Step(IndexOfAYear(parts)) for parts in growth.parts), *source))


def _inhabitants(year: YearAhead, result: RunResult) -> Iterator[Step]:
    if year.billed.succession is not None:
        population, municipality = year.population, year.bill.municipality
        line = InhabitantsCounted(municipality.inhabitants, population.total, population.year, population.status)
        yield Step(line, behind=inhabitants_step(result, year.billed.positions[0]).behind)
        return
    for position in year.billed.positions:
        step = inhabitants_step(result, position)
        if year.projection is not None and not year.population.is_body[position]:
            step = replace(step, behind=(*step.behind, *_projected(year, year.projection, position)))
        yield step


def _projected(year: YearAhead, projection: Projection, position: int) -> tuple[Step, ...]:
    row = projection.years.index(year.population.year)
    column = projection.index[year.population.municipalities[position].gm_code]
    counted = projection.municipalities[column].inhabitants
    ahead, total = int(projection.ahead[row]), int(projection.totals[row])
    growth = round(_MILLION * exp(float(projection.national_growth.mean())))
    whole = ProjectedTotal(projection.base_year, projection.base_total, growth, ahead, total)
    share = ProjectedShare(
        projection.base_year,
        counted,
        round(100 * _MILLION * counted / projection.base_total),
        round(100 * _MILLION * float(projection.shares[row, column])),
        total,
        int(year.population.inhabitants[position]),
    )
    return Step(whole), Step(share)


def _programme(year: YearAhead, result: RunResult, billed: ProgrammeResult) -> Step:
    budget = budget_step(result, billed)
    if (growth := year.growth.get(billed.name)) is not None:
        budget = replace(budget, behind=(_grown(growth), *budget.behind))
    if year.billed.succession is None:
        steps = steps_of_a_bill(result, billed, year.billed.position)
        amount = billed.to_pay(year.billed.position)
    else:
        bills = CarriedBills(result, year.billed.succession)
        carried = next(programme for programme in bills.by_programme if programme.name == billed.name)
        steps = predecessor_steps(bills, carried, year.billed.position)
        amount = int(carried.to_pay[year.billed.position])
    return Step(ProgrammeBill(billed.programme.title, amount), amount, (budget, *steps))
