"""What everybody pays of one programme: divided, settled for who is outside, and adjusted."""

from __future__ import annotations

from collections.abc import Sequence

from gguplan.fund.fund_year import days_in
from gguplan.fund.municipalities import Population
from gguplan.fund.opt_outs import OptOut
from gguplan.fund.programme import Programme
from gguplan.fund.thresholds import Lapse
from gguplan.model.adjustments.in_order import adjust
from gguplan.model.allocation import Budget
from gguplan.model.participation.settlement import Participation, settle


def participation_of(
    programme: Programme,
    budget: Budget,
    population: Population,
    opt_outs: Sequence[OptOut],
    year: int,
    lapsed: Lapse | None = None,
) -> Participation:
    """What a programme of this budget does to the money in a year. Raises CannotBeMade as `settle` and `adjust`."""
    pays = programme.pays(population)
    settled = settle(
        budget.gross,
        programme.allocation,
        population,
        opt_outs,
        days_in(year),
        lapsed,
        budget.income,
        budget.reserve,
        None if pays.all() else pays,
    )
    return adjust(settled, programme.adjustments, population, opt_outs, year)
