"""What each programme is budgeted at in each year of a horizon: steps, one-off amounts and indexation.

The budget of a year is the latest step up to it, in the prices of its own year, times the index since then, to the
cent, and what is budgeted once on top of it. A scenario's own budget is the step of its own year; a year in
`horizon.ledger` is a step at what was published, and no budget where none was.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from gguplan.fund.ledger import Ledger
from gguplan.fund.municipalities import Population
from gguplan.inputs.scenario.horizon import Horizon, HorizonProgramme
from gguplan.inputs.scenario.schema import Programme, Scenario
from gguplan.model.allocation import budget_of
from gguplan.model.horizon.account import Floats
from gguplan.model.horizon.indexation import IndexPath
from gguplan.money import LARGEST_AMOUNT


@dataclass(frozen=True)
class Planned:
    """The budget of one programme in one year: `programme` as a scenario of that year would say it, and in each draw
    `drawn` times as much, shape (draws,)."""

    programme: Programme
    drawn: Floats


@dataclass(frozen=True)
class _Step:
    """A budget from `year` on, in the prices of `price_year`; without an amount that of the scenario itself."""

    year: int
    price_year: int
    gross: int | None = None
    net: int | None = None
    ends: bool = False


def first_year(scenario: Scenario, horizon: Horizon) -> int:
    """The first year of the account."""
    return scenario.year if horizon.first is None else horizon.first


def planned_budget(
    name: str, year: int, scenario: Scenario, horizon: Horizon, ledger: Ledger, index: IndexPath, population: Population
) -> Planned | None:
    """The budget of a programme in a year, or None when it has none. Raises ValueError when it is too large.

    `population` are the inhabitants of that year, for a budget that is a rate or a tariff.
    """
    programme, own = scenario.programmes[name], horizon.of(name)
    step = _step(name, year, scenario.year, own, horizon, ledger)
    once = own.one_off.get(str(year), 0)
    if step is None or step.ends or (own.starts or year) > year or (own.ends or year) < year:
        if not once:
            return None
        basis = "net" if programme.net is not None else "gross"
        return Planned(_with(programme, basis, once), index.drawn_factor(year, year))
    since = step.price_year if own.indexed else year
    rise = index.factor(since, year)
    if step.gross is None and step.net is None and rise == 1 and not once:
        return Planned(programme, index.drawn_factor(since, year))
    net = step.net if step.gross is None else None
    if step.gross is None and net is None:
        net = programme.net
    basis, amount = ("net", net) if net is not None else ("gross", step.gross)
    level = _times(budget_of(programme, population).gross if amount is None else amount, rise)
    whole = level + once
    if not 0 < whole <= LARGEST_AMOUNT:
        raise ValueError(f"{name} {year}")
    drawn = 1 + (level / whole) * (index.drawn_factor(since, year) - 1)
    return Planned(_with(programme, basis, whole), drawn)


def _step(name: str, year: int, base: int, own: HorizonProgramme, horizon: Horizon, ledger: Ledger) -> _Step | None:
    """The latest step up to a year."""
    steps = [_Step(base, base)]
    for published in horizon.ledger:
        if published > base:
            quantity = ledger.budget_quantity(name, published)
            amount = ledger.amount(name, published, quantity)
            steps.append(_Step(published, published, **({quantity: amount} if amount else {"ends": True})))
    steps += [_Step(int(one), int(one), gross=amount) for one, amount in own.gross.items()]
    steps += [_Step(int(one), int(one), net=amount) for one, amount in own.net.items()]
    upto = [one for one in steps if one.year <= year]
    last = max((one.year for one in upto), default=None)
    # Of one year the last: what the scenario states goes before what is published.
    return [one for one in upto if one.year == last][-1] if upto else None


def _with(programme: Programme, basis: str, amount: int) -> Programme:
    return programme.model_copy(update={"gross": None, "net": None, "rate": None, basis: amount})


def _times(cents: int, factor: Fraction) -> int:
    """An amount times a factor in whole cents, half a cent up."""
    return int(cents * factor + Fraction(1, 2))
