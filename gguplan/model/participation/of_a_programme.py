"""What everybody pays of one programme: divided, settled for who is outside, and adjusted."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from gguplan.fund.fund_year import days_in
from gguplan.fund.municipalities import Population
from gguplan.fund.opt_outs import OptOut
from gguplan.fund.programme import Programme
from gguplan.fund.thresholds import Lapse
from gguplan.model.adjustments.in_order import adjust
from gguplan.model.allocation import Allocation, Budget, Mask, allocate_each
from gguplan.model.participation.settlement import Participation, days_weighed, effect_of, pieces_of_year, settle


def participation_of(
    programme: Programme,
    budget: Budget,
    population: Population,
    opt_outs: Sequence[OptOut],
    year: int,
    lapsed: Lapse | None = None,
    divided: Allocation | None = None,
) -> Participation:
    """What a programme of this budget does to the money in a year, `divided` as by `divide_each` where it is. Raises
    CannotBeMade as `settle` and `adjust`."""
    settled = settle(
        budget.gross,
        programme.allocation,
        population,
        opt_outs,
        days_in(year),
        lapsed,
        budget.income,
        budget.reserve,
        _payers(programme, population),
        divided,
    )
    return adjust(settled, programme.adjustments, population, opt_outs, year)


def _payers(programme: Programme, population: Population) -> Mask | None:
    pays = programme.pays(population)
    return None if pays.all() else pays


def divided_over(
    programme: Programme, population: Population, opt_outs: Sequence[OptOut], year: int
) -> tuple[Hashable, ...]:
    """All that decides how an amount of a programme is divided over the municipalities: of programmes for which it is
    the same `divide_each` divides the amounts together."""
    others_pay = tuple(opt_out for opt_out in opt_outs if effect_of(opt_out.settlement) == "paid_by_the_others")
    return programme.allocation, programme.payers, population, others_pay, days_in(year)


def divide_each(
    amounts: Sequence[int], programme: Programme, population: Population, opt_outs: Sequence[OptOut], year: int
) -> list[Allocation]:
    """Divide amounts in cents, one or more, as `participation_of` divides the budget of a programme. Raises
    CannotBeMade when one of them cannot be divided."""
    size, days = len(population.municipalities), days_in(year)
    weighed = days_weighed(opt_outs, size, days, _payers(programme, population))
    return allocate_each(amounts, programme.allocation, population, *pieces_of_year(weighed, days))
