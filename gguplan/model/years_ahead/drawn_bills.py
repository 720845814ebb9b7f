"""A bill in each draw: inhabitants and budgets are drawn, and each draw is divided as the fund itself is, to the cent.

So the interval of a bill follows its allocation key: a fixed amount each is certain, a column of weights has no
uncertainty of inhabitants, and of a stepped tariff it is that of the step.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, assert_never

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from gguplan.fund.fund_year import FundYear
from gguplan.fund.municipalities import Population
from gguplan.fund.opt_outs import OptOut
from gguplan.fund.problems import CannotBeMade
from gguplan.fund.programme import GrossBudget, Programme
from gguplan.fund.settlements import Absorb, Redistribute, RefundOfPart, RefundOfRate, Shrink
from gguplan.model.allocation import budget_of, grows_with_inhabitants, has_one_rate
from gguplan.model.billed_municipality import BilledMunicipality
from gguplan.model.result import RunResult, programme_result
from gguplan.model.years_ahead.account import Floats
from gguplan.money import Integers, split

DRAWS: Final = 1_000
"""How many bills are drawn: an end of the 80 % interval then has a standard error of about 5 % of its distance from the
middle (normal: √(0.1 × 0.9 ÷ 1,000) ÷ 0.1755 = 0.054 standard deviations, and the end lies 1.28 of these away)."""


class DrawnBills(Struct, frozen=True):
    """What one municipality pays in each draw, cents of shape (draws,), or each of them, of shape (draws,
    municipalities), and all together, of shape (draws,)."""

    own: Integers
    together: Integers


def drawn_bills(
    result: RunResult,
    billed: BilledMunicipality | None,
    populations: Sequence[Population],
    factors: Mapping[str, Floats] | None = None,
) -> DrawnBills:
    """The bill in each draw, or those of all where `billed` is None: over the inhabitants of one of `populations`, with
    the budget of each programme times its factor, shape (draws,); without factors the budgets are those of the
    result."""
    draws, municipalities = len(populations), len(result.population.municipalities)
    own = np.zeros((draws,) if billed is not None else (draws, municipalities), dtype=np.int64)
    together = np.zeros(draws, dtype=np.int64)
    plain = [programme for programme in result.by_programme if _is_plain(result.fund_year, programme.programme)]
    names = {programme.name for programme in plain}
    others = [programme for programme in result.by_programme if programme.name not in names]
    for number, population in enumerate(populations):
        year = replace(result.fund_year, population=population, opt_outs=_over(result.fund_year, population))
        if plain:
            # One division of all totals at a time: the same as one by one, and twenty times as quick.
            totals = [
                budget_of(_times(programme.programme, programme.budget.gross, factors, number), population).gross
                for programme in plain
            ]
            paid = split(totals, population.inhabitants, population.codes).sum(axis=0)
            own[number], together[number] = _own(billed, paid), int(paid.sum())
        for programme in others:
            try:
                drawn = programme_result(year, _times(programme.programme, programme.budget.gross, factors, number))
            except CannotBeMade:
                # A budget too low for what is fixed: the draw is then that of what is expected.
                drawn = programme
            paid = drawn.participation.contributions - drawn.participation.refunds
            own[number] += _own(billed, paid)
            together[number] += int(paid.sum())
    return DrawnBills(own, together)


def _own(billed: BilledMunicipality | None, amounts: Integers) -> int | Integers:
    return amounts if billed is None else billed.of(amounts)


def _is_plain(year: FundYear, programme: Programme) -> bool:
    """Whether all municipalities pay its budget pro rata to inhabitants, without opt-outs and a threshold, and nothing
    is done to that."""
    return (
        has_one_rate(programme.allocation)
        and programme.payers is None
        and not (programme.income or programme.reserve or programme.adjustments)
        and not year.opt_outs.get(programme.name)
        and programme.name not in year.thresholds
    )


def _times(programme: Programme, gross: int, factors: Mapping[str, Floats] | None, draw: int) -> Programme:
    """A programme with its budget of one draw. One that is a rate or a tariff, and is not indexed, stays as it is: it
    grows with the inhabitants that are drawn."""
    factor = 1.0 if factors is None else float(factors[programme.name][draw])
    if factor == 1.0 and grows_with_inhabitants(programme):
        return programme
    return replace(programme, budget=GrossBudget(max(1, round(gross * factor))))


def _over(year: FundYear, population: Population) -> dict[str, tuple[OptOut, ...]]:
    """The opt-outs with refunds of a rate over the inhabitants of this population, where these are what they count."""
    return {
        name: tuple(
            replace(opt_out, absence=replace(opt_out.absence, inhabitants=population.inhabitants))
            if _counts_its_year(opt_out)
            else opt_out
            for opt_out in opt_outs
        )
        for name, opt_outs in year.opt_outs.items()
    }


def _counts_its_year(opt_out: OptOut) -> bool:
    settlement = opt_out.settlement
    match settlement:
        case RefundOfRate(year=year):
            return year is None
        case RefundOfPart() | Shrink() | Absorb() | Redistribute():
            return False
        case _:
            assert_never(settlement)
