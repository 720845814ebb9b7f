"""The adjustments of a programme, one after another, each on what the one before it left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import assert_never

from gguplan.fund.adjustments import Adjustment, Rounding
from gguplan.fund.municipalities import Population
from gguplan.model.adjustments.adjusted import Adjusted
from gguplan.model.adjustments.rounding import rounded
from gguplan.model.participation.settlement import Participation
from gguplan.money import Integers


def adjust(participation: Participation, adjustments: Sequence[Adjustment], population: Population) -> Participation:
    """What is paid after all `adjustments`. A programme that lapses is not adjusted."""
    if participation.lapsed is not None:
        return participation
    for adjustment in adjustments:
        step = _adjusted(adjustment, participation.contributions - participation.refunds, population)
        participation = replace(
            participation,
            contributions=participation.contributions + step.change,
            drawn=participation.drawn + step.from_balance,
            adjusted=(*participation.adjusted, step),
        )
    return participation


def _adjusted(adjustment: Adjustment, before: Integers, population: Population) -> Adjusted:
    match adjustment:
        case Rounding():
            return rounded(adjustment, before, population.codes)
        case _:
            assert_never(adjustment)
