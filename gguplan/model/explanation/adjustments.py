"""How the amount of a municipality is adjusted after the division and the opt-outs, one line for each adjustment."""

from __future__ import annotations

from typing import assert_never

import numpy as np

from gguplan.fund.adjustment_steps import RoundedAmount, RoundingLeft
from gguplan.fund.adjustments import Rounding
from gguplan.fund.steps import Step
from gguplan.model.adjustments.adjusted import Adjusted
from gguplan.model.adjustments.rounding import largest_payer, to_multiples
from gguplan.model.result import ProgrammeResult, RunResult


def adjustment_steps(result: RunResult, billed: ProgrammeResult, position: int) -> list[Step]:
    """A line for each adjustment of the programme, with what it changes; empty for who pays nothing before and
    after."""
    return [
        _step(result, adjusted, position)
        for adjusted in billed.participation.adjusted
        if adjusted.before[position] or adjusted.change[position]
    ]


def _step(result: RunResult, adjusted: Adjusted, position: int) -> Step:
    adjustment = adjusted.adjustment
    match adjustment:
        case Rounding():
            return _rounding(result, adjustment, adjusted, position)
        case _:
            assert_never(adjustment)


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
