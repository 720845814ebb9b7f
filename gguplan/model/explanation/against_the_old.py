"""How an amount follows from a new division held against the old one."""

from __future__ import annotations

import numpy as np

from gguplan.fund.adjustments import Cap, Compensation, OldDivision, PhaseIn
from gguplan.fund.steps.adjustment import (
    CappedShares,
    CompensatedLoss,
    HeldByCap,
    OldAmount,
    OldAmountScaled,
    PaysCompensation,
    PhasedIn,
    SharesTheRest,
)
from gguplan.fund.steps.published import FromSource
from gguplan.fund.steps.step import Line, Step
from gguplan.model.adjustments.adjusted import Adjusted
from gguplan.model.adjustments.against_the_old import bounds_of
from gguplan.model.adjustments.old_division import old_allocation, old_amounts
from gguplan.model.result import ProgrammeResult, RunResult
from gguplan.money import Integers


def phase_in_steps(
    result: RunResult, billed: ProgrammeResult, phase_in: PhaseIn, adjusted: Adjusted, position: int
) -> list[Step]:
    """The part of the new division in the year, and the old amount behind it."""
    old, year = _old(adjusted), result.fund_year.year
    new, amount = int(adjusted.before[position]), int(adjusted.after[position])
    line = PhasedIn(year, phase_in.part_in(year), int(old[position]), new, amount)
    behind = [*_scaled(result, billed, phase_in.old, old, position), *_sources(phase_in.source)]
    return [Step(line, amount - new, tuple(behind))]


def cap_steps(result: RunResult, billed: ProgrammeResult, cap: Cap, adjusted: Adjusted, position: int) -> list[Step]:
    """The bound on which the amount is set, or the part of what the others leave; empty where nothing changes."""
    old, change = _old(adjusted), int(adjusted.change[position])
    if not change:
        return []
    before, amount = int(adjusted.before[position]), int(adjusted.after[position])
    low, high = (int(bound[position]) for bound in bounds_of(cap, adjusted.before, old, result.population))
    shared, behind = adjusted.shared, [*_behind(result, billed, cap.old, position), *_sources(cap.source)]
    line: Line
    if shared is not None and not shared.at_bound[position]:
        line = SharesTheRest(before, shared.rest, shared.together, amount)
        held = int(shared.amounts[shared.at_bound].sum())
        behind.insert(0, Step(CappedShares(held + shared.rest, held, shared.rest), shared.rest))
    elif amount == high and before >= high:
        line = HeldByCap(True, cap.rise, int(old[position]), before, amount)
    elif amount == low and before <= low:
        line = HeldByCap(False, cap.fall, int(old[position]), before, amount)
    else:
        # It passes its own bound by what it pays for the others.
        line = HeldByCap(amount == high, cap.rise if amount == high else cap.fall, int(old[position]), before, amount)
    return [Step(line, change, tuple(behind))]


def compensation_steps(
    result: RunResult, billed: ProgrammeResult, compensation: Compensation, adjusted: Adjusted, position: int
) -> list[Step]:
    """What comes back of a loss, or what is paid for that of others; empty where nothing changes."""
    old, change = _old(adjusted), int(adjusted.change[position])
    if not change:
        return []
    before = int(adjusted.before[position])
    behind = [*_behind(result, billed, compensation.old, position), *_sources(compensation.source)]
    if change < 0:
        return [Step(CompensatedLoss(int(old[position]), before, compensation.percent, -change), change, tuple(behind))]
    payers = adjusted.before <= old
    total = int(adjusted.change[payers].sum())
    line = PaysCompensation(total, before, int(adjusted.before[payers].sum()), change)
    return [Step(line, change, tuple(behind))]


def _old(adjusted: Adjusted) -> Integers:
    assert adjusted.old is not None
    return adjusted.old


def _sources(source: str) -> list[Step]:
    return [Step(FromSource(source))]


def _scaled(
    result: RunResult, billed: ProgrammeResult, old: OldDivision, scaled: Integers, position: int
) -> list[Step]:
    """The old amount, and where it was paid out of another total: the part that this is of the total of now."""
    paid = old_amounts(old, billed.participation, result.population)
    steps = _behind(result, billed, old, position)
    if np.array_equal(paid, scaled):
        return steps
    line = OldAmountScaled(int(scaled.sum()), int(paid[position]), int(paid.sum()), int(scaled[position]))
    return [Step(line, line.amount), *steps]


def _behind(result: RunResult, billed: ProgrammeResult, old: OldDivision, position: int) -> list[Step]:
    """What a municipality would pay by the old division, and where that stands."""
    source = (Step(FromSource(old.source)),)
    if old.as_paid:
        paid = int(old_amounts(old, billed.participation, result.population)[position])
        return [Step(OldAmount(old.key, None, 0, paid), paid, source)]
    steps = []
    for portion in old_allocation(old, billed.participation, result.population).portions:
        split, amount = portion.split, int(portion.parts[position])
        share = (split.total, int(split.weights[position]), int(split.weights.sum()))
        line = OldAmount(portion.key, share, int(portion.fixed[position]), amount)
        steps.append(Step(line, amount, source))
    return steps
