"""One year of a horizon: what each programme is budgeted at, who pays it, and over whose inhabitants."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from msgspec import Struct, field
from msgspec.structs import replace

from gguplan.fund.fund_year import FundYear
from gguplan.fund.municipalities import Population
from gguplan.fund.problems import BudgetAheadCannotBeMade, CannotBeMade, Mistake, Mistakes
from gguplan.fund.programme import Programme
from gguplan.fund.thresholds import goes_to_the_balance
from gguplan.fund.years_ahead import BudgetGrowth, YearsAhead
from gguplan.model.allocation import vat_within
from gguplan.model.population.projection import Projection
from gguplan.model.result import ProgrammeResult, RunResult
from gguplan.model.years_ahead.account import Floats
from gguplan.model.years_ahead.budget_of_a_year import Planned, planned_budget
from gguplan.model.years_ahead.handed_over import HandedOver
from gguplan.model.years_ahead.indexation import IndexPath
from gguplan.money import Integers


class YearOfHorizon(Struct, frozen=True):
    """The fund in one year, when all goes as expected. `projection` is behind the inhabitants where they are not
    counted yet; `result` is None in a year without any budget; `drawn` is what the budget of each programme is in a
    draw ÷ what it is expected to be, shape (draws,), and `growth` how it follows from what is stated. `handed_over` are
    the programmes that somebody else has."""

    year: int
    population: Population
    projection: Projection | None
    result: RunResult | None
    drawn: dict[str, Floats]
    growth: dict[str, BudgetGrowth] = field(default_factory=dict)
    handed_over: tuple[HandedOver, ...] = ()

    @property
    def by_programme(self) -> dict[str, ProgrammeResult]:
        """The programmes with a budget in this year."""
        return {programme.name: programme for programme in self.result.by_programme} if self.result is not None else {}

    @property
    def unmet(self) -> tuple[str, ...]:
        """The programmes in which too few take part, by their thresholds."""
        return tuple(
            name
            for name, programme in self.by_programme.items()
            if programme.threshold is not None and not programme.threshold.met
        )


class NetMoney(Struct, frozen=True):
    """One programme in one year without VAT, in cents: contributions + income − refunds + drawn − handed over =
    available.

    `refunds_of_rates` are the refunds of a rate per inhabitant, which do not rise with the budget. `to_balance` when
    the programme lapsed and the balance has its money: then nothing is available, whatever the budget. `reserve` is
    what of `drawn` is stated as an amount, which does not rise with the budget either."""

    contributions: int
    income: int
    refunds: int
    drawn: int
    handed_over: int
    available: int
    refunds_of_rates: int
    to_balance: bool
    reserve: int


def net_money(programme: ProgrammeResult) -> NetMoney:
    """What a programme has in a year with VAT taken out; the contributions take up what rounding leaves."""
    percent = programme.programme.vat_percent
    participation = programme.participation
    income = participation.income - vat_within(participation.income, percent)
    gross = programme.refunded, int(programme.refunds_of_rates.sum()), participation.drawn, participation.handed_over
    refunds, of_rates, drawn, handed_over = (amount - vat_within(amount, percent) for amount in gross)
    contributions = programme.available_net - income + refunds - drawn + handed_over
    to_balance = goes_to_the_balance(participation.lapsed)
    reserve = programme.reserve - vat_within(programme.reserve, percent)
    return NetMoney(
        contributions, income, refunds, drawn, handed_over, programme.available_net, of_rates, to_balance, reserve
    )


def planned_budgets(
    base: FundYear,
    programmes: Mapping[str, Programme],
    ahead: YearsAhead,
    index: IndexPath,
    year: int,
    population: Population,
) -> dict[str, Planned]:
    """The budgets of one year, of those of `programmes` that have any; `population` are the inhabitants of that year.

    Raises Mistakes with every programme whose budget cannot be made.
    """
    budgets: dict[str, Planned] = {}
    mistakes: list[Mistake] = []
    for name, programme in programmes.items():
        try:
            planned = planned_budget(programme, year, base, ahead, index, population)
        except CannotBeMade as error:
            mistakes.append(BudgetAheadCannotBeMade(name, year, error.problem))
            continue
        if planned is not None:
            budgets[name] = replace(planned, programme=planned.programme.in_year(year))
    if mistakes:
        raise Mistakes(tuple(mistakes))
    return budgets


def paid_in_draws(billed: ProgrammeResult, factors: Floats) -> Integers:
    """What all municipalities pay of a programme, with VAT and less refunds, where its budget is some `factors` of what
    it is expected to be, in cents of shape (draws,).

    A refund of a rate, what others pay and what the balance pays as an amount do not rise with the budget.
    """
    of_rates = int(billed.refunds_of_rates.sum())
    fixed = billed.participation.income + billed.reserve
    contributed = np.rint((billed.contributed + fixed) * factors).astype(np.int64) - fixed
    refunded = of_rates + np.rint((billed.refunded - of_rates) * factors).astype(np.int64)
    paid: Integers = contributed - refunded
    return paid
