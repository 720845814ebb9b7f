"""The sum behind one figure, as a tree that can be redone with a pocket calculator."""

from __future__ import annotations

from typing import assert_never

from gguplan.fund.allocation_keys import paid_by_each
from gguplan.fund.bodies import Body
from gguplan.fund.ledger import VAT_PERCENT, Ledger, Reading
from gguplan.fund.programme import GrossBudget, NetBudget, RateBudget, TariffBudget, VolumeBudget
from gguplan.fund.steps.bill import (
    CountedWhere,
    InhabitantsCounted,
    NoInhabitants,
    ProgrammeBill,
    ReferenceDate,
    VatWithin,
    WholeBill,
)
from gguplan.fund.steps.budget import (
    GrossBudgetLine,
    IncomeLine,
    NetBudgetLine,
    RateBudgetLine,
    ReserveLine,
    TariffBudgetLine,
    ToDivide,
    VolumeBudgetLine,
    WithoutVat,
)
from gguplan.fund.steps.published import DerivedFrom, FromSource, PrintedElsewhere, Remark
from gguplan.fund.steps.step import Line, Step
from gguplan.model.explanation.adjustments import adjustment_steps
from gguplan.model.explanation.cascades import cascade_steps
from gguplan.model.explanation.division import division_steps
from gguplan.model.explanation.opt_outs import lapse_steps, opt_out_steps
from gguplan.model.explanation.realised import realised_steps
from gguplan.model.result import ProgrammeResult, RunResult
from gguplan.model.volumes import volume_budget_of


def explain(result: RunResult, gm_code: str, programme: str | None = None) -> Step:
    """The whole sum behind what one municipality pays, or behind one programme of it.

    `gm_code` must be in the population of the result; `programme` one of its programmes.
    """
    position = result.population.index[gm_code]
    chosen = [billed for billed in result.by_programme if programme in (None, billed.name)]
    steps = tuple(_programme(result, billed, position) for billed in chosen)
    total = sum(step.cents or 0 for step in steps)
    line = WholeBill(result.fund_year.title, result.population.municipalities[position], total)
    return Step(line, total, (inhabitants_step(result, position), *steps))


def inhabitants_step(result: RunResult, position: int) -> Step:
    """The inhabitants counted for one municipality and for all, with the date, the status and the file."""
    population = result.population
    why = result.fund_year.reason_of_the_date
    counted, of = population.municipalities[position], (population.total, population.year, population.status)
    line = (
        NoInhabitants(counted.kind, *of) if isinstance(counted, Body) else InhabitantsCounted(counted.inhabitants, *of)
    )
    behind = (Step(CountedWhere(population.source)), *((Step(ReferenceDate(why)),) if why else ()))
    return Step(line, behind=behind)


def _programme(result: RunResult, billed: ProgrammeResult, position: int) -> Step:
    amount = billed.to_pay(position)
    steps = (
        budget_step(result, billed),
        *steps_of_a_bill(result, billed, position),
        *realised_steps(result, billed, position),
    )
    return Step(ProgrammeBill(billed.programme.title, amount), amount, steps)


def steps_of_a_bill(result: RunResult, billed: ProgrammeResult, position: int) -> list[Step]:
    """From the budget of a programme to what the municipality at `position` pays of it."""
    amount = billed.to_pay(position)
    steps = [*division_steps(result, billed, position), *steps_after_the_division(result, billed, position)]
    percent = billed.programme.vat_percent
    if percent and amount:
        vat = billed.vat_of(position)
        steps.append(Step(VatWithin(amount, percent, vat), vat))
    return steps


def steps_after_the_division(result: RunResult, billed: ProgrammeResult, position: int) -> list[Step]:
    """What happens to the part of a municipality: opt-outs, adjustments, and what its cascade or a lapse does."""
    return [
        *opt_out_steps(result, billed, position),
        *adjustment_steps(result, billed, position),
        *cascade_steps(result, billed, position),
        *lapse_steps(billed, position),
    ]


# --- the budget ----------------------------------------------------------------------------------


def budget_step(result: RunResult, billed: ProgrammeResult) -> Step:
    """What a programme is budgeted at, with the source of the figure and what else is printed of it; where others pay
    of it, what is left to divide."""
    programme, budget = billed.programme, billed.budget
    stated, percent = programme.budget, programme.vat_percent
    behind = [Step(FromSource(programme.source)), *_other_readings(result, billed)]
    line: Line
    match stated:
        case NetBudget() if percent:
            line = NetBudgetLine(budget.net, percent, budget.gross)
        case NetBudget():
            line = GrossBudgetLine(budget.gross)
        case VolumeBudget():
            line = NetBudgetLine(budget.net, percent, budget.gross) if percent else GrossBudgetLine(budget.gross)
            behind = [*(Step(follows, budget.net) for follows in [volume_line(billed)] if follows), *behind]
        case GrossBudget():
            line = GrossBudgetLine(budget.gross)
            if percent:
                behind.insert(0, Step(WithoutVat(budget.gross, percent, budget.net), budget.net))
        case RateBudget(rate):
            line = RateBudgetLine(rate, programme.persons(result.population), budget.gross)
        case TariffBudget():
            line = TariffBudgetLine(budget.gross, paid_by_each(billed.programme.allocation) or "tariffs")
        case _:
            assert_never(stated)
    step = Step(line, budget.gross, tuple(behind))
    if not (programme.income or programme.reserve):
        return step
    income = (
        Step(IncomeLine(row.payer, row.cents), row.cents, (Step(FromSource(row.source)),)) for row in programme.income
    )
    reserve = (
        Step(ReserveLine(row.what, row.cents), row.cents, (Step(FromSource(row.source)),)) for row in programme.reserve
    )
    line = ToDivide(budget.gross, budget.income, budget.reserve, budget.to_divide)
    return Step(line, budget.to_divide, (step, *income, *reserve))


def volume_line(billed: ProgrammeResult) -> VolumeBudgetLine | None:
    """How the budget of a programme follows from its volume; None where it does not."""
    stated = volume_budget_of(billed.programme)
    return None if stated is None else VolumeBudgetLine(stated.fixed, stated.volume, stated.price, billed.budget.net)


def _other_readings(result: RunResult, billed: ProgrammeResult) -> list[Step]:
    """What is to be said of the figure in use, and the readings that contradict it, when it is published."""
    year = result.fund_year.origin.ledger_year
    if year is None:
        return []
    ledger = result.fund_year.ledger
    if billed.programme.source != ledger.budget_source(billed.name, year):
        return []
    printed = ledger.budget_readings(billed.name, year)
    remarks = [*_derived(ledger, billed.name, year), *(step for reading in printed for step in _remark(reading))]
    return remarks + [_reading(reading) for reading in ledger.disputed_budget(billed.name, year)]


def _derived(ledger: Ledger, programme: str, year: int) -> list[Step]:
    """Why the budget with VAT is this amount, where the reports print it without."""
    derived, how = ledger.derived_budget(programme, year), ledger.derivation(programme, year)
    if derived is None or how is None:
        return []
    (net,) = ledger.used(programme, year, "net")
    same = ledger.same_budget_printed(derived)
    line = DerivedFrom(
        derived.gross,
        net.amount or 0,
        2 * net.rounding,
        VAT_PERCENT,
        how.multiple,
        how.others,
        "" if same is None else same.source,
    )
    return [Step(line, derived.gross)]


def _reading(reading: Reading) -> Step:
    line = PrintedElsewhere(reading.printed, reading.document, reading.section)
    return Step(line, reading.amount, _remark(reading))


def _remark(reading: Reading) -> tuple[Step, ...]:
    text = reading.remark_to_show
    return () if text is None else (Step(Remark(text)),)
