"""What standing outside, joining or leaving, and a threshold do to one municipality's bill."""

from __future__ import annotations

from typing import assert_never

from gguplan.fund.opt_outs import OptOut
from gguplan.fund.settlements import Absorb, Redistribute, RefundOfPart, RefundOfRate, Shrink
from gguplan.fund.steps.published import FromSource
from gguplan.fund.steps.settlement import (
    InhabitantsOfYear,
    JoinsOrLeaves,
    Lapsed,
    NotInvoiced,
    OutsideForDays,
    RefundOfPartLine,
    RefundOfRateLine,
    TakenOffBefore,
)
from gguplan.fund.steps.step import Line, Step
from gguplan.fund.thresholds import opt_outs_count
from gguplan.model.participation.settlement import effect_of, is_of_the_part
from gguplan.model.result import ProgrammeResult, RunResult


def opt_out_steps(result: RunResult, billed: ProgrammeResult, position: int) -> list[Step]:
    """One line for each opt-out of this municipality from this programme, with what it takes off."""
    if not opt_outs_count(billed.participation.lapsed):
        return []
    steps: list[Step] = []
    before: TakenOffBefore | None = None
    for opt_out, amounts in zip(billed.opt_outs, billed.participation.effects, strict=True):
        days, cents = int(opt_out.absence.days[position]), int(amounts[position])
        if not days or (effect_of(opt_out.settlement) == "paid_by_the_others" and days == result.fund_year.days):
            continue
        steps.append(_opt_out(result, billed, opt_out, cents, position, before))
        if is_of_the_part(opt_out.settlement):
            before = TakenOffBefore(days + (before.days if before else 0), cents + (before.cents if before else 0))
    return steps


def _opt_out(
    result: RunResult,
    billed: ProgrammeResult,
    opt_out: OptOut,
    cents: int,
    position: int,
    before: TakenOffBefore | None,
) -> Step:
    settlement, absence = opt_out.settlement, opt_out.absence
    behind = [Step(FromSource(opt_out.source))]
    days, days_in_year = int(absence.days[position]), result.fund_year.days
    if days < days_in_year:
        behind.insert(0, Step(JoinsOrLeaves(absence.joins, absence.leaves)))
    part, weighed = int(billed.participation.allocation.parts[position]), int(billed.participation.weighed[position])
    so_far = days + (before.days if before else 0)
    line: Line
    match settlement:
        case Redistribute():
            line = OutsideForDays(days, days_in_year)
        case RefundOfRate(rate, counted):
            line = RefundOfRateLine(rate, int(absence.inhabitants[position]), days, days_in_year, cents)
            if counted is not None:
                behind.insert(0, Step(InhabitantsOfYear(counted)))
        case RefundOfPart():
            line = RefundOfPartLine(part, so_far, weighed, before, cents)
        case Shrink() | Absorb():
            line = NotInvoiced(part, so_far, weighed, before, cents)
        case _:
            assert_never(settlement)
    return Step(line, -cents, tuple(behind))


def lapse_steps(billed: ProgrammeResult, position: int) -> list[Step]:
    """That the programme lapsed, and what the municipality then pays; empty when it did not."""
    lapse, outcome = billed.participation.lapsed, billed.threshold
    if lapse is None or outcome is None:
        return []
    amount = billed.to_pay(position)
    return [Step(Lapsed(outcome, lapse, amount), amount)]
