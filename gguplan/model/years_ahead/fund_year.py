"""One year of a horizon: what each programme is budgeted at, who pays it, and over whose inhabitants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from gguplan.fund.allocation_keys import Weights, column_of
from gguplan.fund.ledger import Ledger
from gguplan.fund.municipalities import Population
from gguplan.fund.problems import BudgetAheadOutOfReach, CannotBeMade, Mistake, Mistakes
from gguplan.fund.programme import Programme
from gguplan.fund.thresholds import goes_to_the_balance
from gguplan.inputs.findings import Findings
from gguplan.inputs.population.years import years
from gguplan.inputs.scenario.horizon import Horizon
from gguplan.inputs.scenario.participation import OptOutTable
from gguplan.inputs.scenario.reading import ScenarioInputs, read_people
from gguplan.inputs.scenario.weights import read_weights
from gguplan.model.allocation import vat_within
from gguplan.model.population.projection import Projection
from gguplan.model.result import ProgrammeResult, RunResult, run
from gguplan.model.years_ahead.account import Floats
from gguplan.model.years_ahead.budget_of_a_year import planned_budget
from gguplan.model.years_ahead.indexation import IndexPath


@dataclass(frozen=True)
class FundYear:
    """The fund in one year, when all goes as expected. `projection` is behind the inhabitants where they are not
    counted yet; `result` is None in a year without any budget; `drawn` is what the budget of each programme is in a
    draw ÷ what it is expected to be, shape (draws,)."""

    year: int
    population: Population
    projection: Projection | None
    result: RunResult | None
    drawn: dict[str, Floats]

    @property
    def by_programme(self) -> dict[str, ProgrammeResult]:
        """The programmes with a budget in this year."""
        return {programme.name: programme for programme in self.result.by_programme} if self.result is not None else {}


@dataclass(frozen=True)
class NetMoney:
    """One programme in one year without VAT, in cents: contributions − refunds + drawn − handed over = available.

    `refunds_of_rates` are the refunds of a rate per inhabitant, which do not rise with the budget. `to_balance` when
    the programme lapsed and the balance has its money: then nothing is available, whatever the budget.
    """

    contributions: int
    refunds: int
    drawn: int
    handed_over: int
    available: int
    refunds_of_rates: int
    to_balance: bool


def net_money(programme: ProgrammeResult) -> NetMoney:
    """What a programme has in a year with VAT taken out; the contributions take up what rounding leaves."""
    percent = programme.programme.vat_percent
    participation = programme.participation
    gross = programme.refunded, int(programme.refunds_of_rates.sum()), participation.drawn, participation.handed_over
    refunds, of_rates, drawn, handed_over = (amount - vat_within(amount, percent) for amount in gross)
    contributions = programme.available_net + refunds - drawn + handed_over
    to_balance = goes_to_the_balance(participation.lapsed)
    return NetMoney(contributions, refunds, drawn, handed_over, programme.available_net, of_rates, to_balance)


def fund_year(
    inputs: ScenarioInputs,
    programmes: Mapping[str, Programme],
    horizon: Horizon,
    ledger: Ledger,
    index: IndexPath,
    year: int,
    population: Population,
    projection: Projection | None,
) -> FundYear:
    """Work one year out: the scenario with the budgets of that year, over the inhabitants of that year. `programmes`
    are those that have an account.

    Raises InputError when an opt-out or a weight cannot be found among the municipalities of the year.
    """
    scenario, findings = inputs.scenario, Findings()
    budgeted, drawn = dict[str, Programme](), {}
    mistakes: list[Mistake] = []
    for name, programme in programmes.items():
        try:
            planned = planned_budget(programme, year, scenario, horizon, ledger, index, population)
        except CannotBeMade:
            mistakes.append(BudgetAheadOutOfReach(name, year))
            continue
        if planned is not None:
            budgeted[name], drawn[name] = planned.programme, planned.drawn
    if mistakes:
        raise Mistakes(tuple(mistakes))
    if not drawn:
        return FundYear(year, population, projection, None, drawn)
    off = tuple(name for name in scenario.programmes if name not in drawn)
    lag = scenario.year - scenario.reference_date.year
    of_year = scenario.model_copy(
        update={
            "year": year,
            "reference_date": date(year - lag, 1, 1),
            "without": off,
            # Which programmes have a budget is settled here: one that has ended may have one for once.
            "horizon": None,
            "opt_outs": _opt_outs_of(scenario.opt_outs, scenario.year, year),
            # What must come out is said of the scenario as it stands, so of its own year with its own budgets.
            "expected": scenario.expected if year == scenario.year and budgeted == inputs.programmes else None,
        }
    )
    opt_outs, acceptance = read_people(of_year, population, inputs.layers, findings)
    findings.raise_if_any()
    for name, programme in budgeted.items():
        if (column := column_of(programme.allocation)) is not None:
            weights = Weights(read_weights(column, population, inputs.layers, name))
            budgeted[name] = replace(programme, allocation=replace(column, weights=weights))
    inputs_of_year = ScenarioInputs(
        inputs.name, of_year, population, budgeted, opt_outs, inputs.thresholds, acceptance, inputs.layers
    )
    return FundYear(year, population, projection, run(inputs_of_year), drawn)


def _opt_outs_of(opt_outs: dict[str, OptOutTable], base: int, year: int) -> dict[str, OptOutTable]:
    """The opt-outs of a scenario of the year `base` in a later one: who joined takes part, who left stays outside."""
    if year == base:
        return opt_outs
    in_year: dict[str, OptOutTable] = {}
    for name, opt_out in opt_outs.items():
        joined = opt_out.joins is not None and (opt_out.leaves is None or opt_out.leaves < opt_out.joins)
        if joined:
            in_year[name] = opt_out.model_copy(update={"municipalities": (), "joins": None, "leaves": None})
            continue
        counted = opt_out.reference_date
        if counted is not None:
            moved = counted.replace(year=counted.year + year - base)
            counted = moved if moved.year in years() else None
        in_year[name] = opt_out.model_copy(update={"joins": None, "leaves": None, "reference_date": counted})
    return in_year
