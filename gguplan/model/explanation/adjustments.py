"""How the amount of a municipality is adjusted after the division and the opt-outs, one line for each adjustment."""

from __future__ import annotations

from typing import assert_never

import numpy as np

from gguplan.fund.adjustments import Cap, Compensation, Cover, PhaseIn, Rounding
from gguplan.fund.steps.adjustment import CoveredAmount, RoundedAmount, RoundingLeft
from gguplan.fund.steps.published import FromSource
from gguplan.fund.steps.step import Step
from gguplan.model.adjustments.adjusted import Adjusted
from gguplan.model.adjustments.rounding import largest_payer, to_multiples
from gguplan.model.explanation.against_the_old import cap_steps, compensation_steps, phase_in_steps
from gguplan.model.result import ProgrammeResult, RunResult


def adjustment_steps(result: RunResult, billed: ProgrammeResult, position: int) -> list[Step]:
    """A line for each adjustment of the programme, with what it changes; empty for who pays nothing before and
    after."""
    return [
        step
        for adjusted in billed.participation.adjusted
        if adjusted.before[position] or adjusted.change[position]
        for step in _steps(result, billed, adjusted, position)
    ]


def _steps(result: RunResult, billed: ProgrammeResult, adjusted: Adjusted, position: int) -> list[Step]:
    adjustment = adjusted.adjustment
    match adjustment:
        case PhaseIn():
            return phase_in_steps(result, billed, adjustment, adjusted, position)
        case Cap():
            return cap_steps(result, billed, adjustment, adjusted, position)
        case Compensation():
            return compensation_steps(result, billed, adjustment, adjusted, position)
        case Cover():
            return _cover(result, adjustment, position)
        case Rounding():
            return [_rounding(result, adjustment, adjusted, position)]
        case _:
            assert_never(adjustment)


def _cover(result: RunResult, cover: Cover, position: int) -> list[Step]:
    code = result.population.municipalities[position].gm_code
    return [
        Step(CoveredAmount(row.what, row.cents), -row.cents, (Step(FromSource(row.source)),))
        for row in cover.rows
        if row.gm_code == code
    ]


def _rounding(result: RunResult, rounding: Rounding, adjusted: Adjusted, position: int) -> Step:
    nearest = to_multiples(adjusted.before, rounding.unit)
    change = int(adjusted.change[position])
    before, after = int(adjusted.before[position]), int(adjusted.after[position])
    bearer = None
    if not adjusted.from_balance and np.any(adjusted.after != nearest):
        payer = largest_payer(adjusted.before, result.population.codes)
        bearer = result.population.municipalities[payer].name
    left = RoundingLeft(int(nearest.sum()), int(adjusted.before.sum()), bearer)
    line = RoundedAmount(before, rounding.unit, after - int(nearest[position]), after)
    return Step(line, change, (Step(left),))
