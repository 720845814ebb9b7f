"""The adjustments of a programme, one after another, each on what the one before it left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from msgspec.structs import replace

from gguplan.fund.adjustments import Adjustment, Cap, Compensation, Cover, PhaseIn, Rounding, old_division_of
from gguplan.fund.municipalities import Population
from gguplan.fund.opt_outs import OptOut
from gguplan.fund.problems import CannotBeMade, OldDivisionWithOptOuts
from gguplan.model.adjustments.adjusted import Adjusted
from gguplan.model.adjustments.against_the_old import capped, compensated, phased_in
from gguplan.model.adjustments.cover import covered
from gguplan.model.adjustments.old_division import of_the_same_amount, old_amounts
from gguplan.model.adjustments.rounding import rounded
from gguplan.model.participation.settlement import Participation, is_of_the_part


def adjust(
    participation: Participation,
    adjustments: Sequence[Adjustment],
    population: Population,
    opt_outs: Sequence[OptOut],
    year: int,
) -> Participation:
    """What is paid in a year after all `adjustments`. A programme that lapses is not adjusted.

    Raises CannotBeMade when one of them cannot be made.
    """
    if participation.lapsed is not None:
        return participation
    parted = any(is_of_the_part(opt_out.settlement) and opt_out.absence.days.any() for opt_out in opt_outs)
    for adjustment in adjustments:
        if old_division_of(adjustment) is not None and parted:
            raise CannotBeMade(OldDivisionWithOptOuts())
        step = _adjusted(adjustment, participation, population, year)
        participation = replace(
            participation,
            contributions=participation.contributions + step.change,
            drawn=participation.drawn + step.from_balance,
            income=participation.income + step.covered,
            adjusted=(*participation.adjusted, step),
        )
    return participation


def _adjusted(adjustment: Adjustment, participation: Participation, population: Population, year: int) -> Adjusted:
    # A refund is what somebody gets back, and no part of the division that is held against the old one.
    contributions, codes = participation.contributions, population.codes
    match adjustment:
        case PhaseIn(old):
            before = old_amounts(old, participation, population)
            same = of_the_same_amount(before, int(contributions.sum()), codes)
            return phased_in(adjustment, contributions, same, year, codes)
        case Cap(old):
            return capped(adjustment, contributions, old_amounts(old, participation, population), population)
        case Compensation(old):
            return compensated(adjustment, contributions, old_amounts(old, participation, population), codes)
        case Cover():
            return covered(adjustment, contributions - participation.refunds, population)
        case Rounding():
            return rounded(adjustment, contributions - participation.refunds, codes)
        case _:
            assert_never(adjustment)
