"""What the cascade of a programme would do to one municipality's bill."""

from __future__ import annotations

from gguplan.fund.steps.cascade import BeforeCascade, LeavesByCascade
from gguplan.fund.steps.step import Step
from gguplan.model.result import ProgrammeResult, RunResult


def cascade_steps(result: RunResult, billed: ProgrammeResult, position: int) -> list[Step]:
    """That the municipality leaves by the cascade of a programme, or what it would pay when others do; empty for a
    programme without one."""
    of_programme = [leavers for leavers in result.leavers if leavers.programme.name == billed.name]
    if not of_programme or billed.participation.outside[position]:
        return []
    (leavers,) = of_programme
    number = int(leavers.round_of_leaving[position])
    if not number:
        return [Step(BeforeCascade(leavers.beside))]
    return [Step(LeavesByCascade(leavers.beside.title, leavers.beside.drawn, number, leavers.rate_units(number)))]
