"""A goal seek: a scenario worked out again and again, each time with another value of one key and the same draws."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

import numpy as np
from msgspec import Struct, field
from msgspec.structs import replace

from gguplan.findings import Finding, InputError
from gguplan.fund.goals import (
    PER_WHOLE,
    Balance,
    Bill,
    ChanceBelowFloor,
    ChanceOfOverspend,
    Goal,
    Outcome,
    PaidFor,
    TakingPart,
    Total,
    Underspend,
)
from gguplan.fund.realisation import RealisedYear
from gguplan.fund.sweep_plan import Factor
from gguplan.inputs.scenario.members import moves_the_population
from gguplan.inputs.scenario.reading import ScenarioInputs, read_again
from gguplan.inputs.sweep.factor_values import StatedFactor, setting_of
from gguplan.language import _
from gguplan.model.goal_seek import OTHER_SEEDS, Edge, Sought, same_edge, search
from gguplan.model.result import RunResult, run
from gguplan.model.spending import Spending, spending_of
from gguplan.model.years_ahead.result import Horizon
from gguplan.runs.cascades import cascades_of
from gguplan.runs.findings import at_their_place
from gguplan.runs.years_ahead import years_ahead_of


def _is_drawn(inputs: ScenarioInputs, outcome: Outcome) -> bool:
    match outcome:
        case ChanceOfOverspend() | ChanceBelowFloor() | Balance():
            return True
        case TakingPart(programme):
            acceptance = inputs.acceptance.get(programme)
            return acceptance is not None and not acceptance.is_given
        case Total() | Bill() | PaidFor() | Underspend():
            return False
        case _:
            assert_never(outcome)


class _Measuring(Struct):
    """The outcome of a goal at each value of one key, with the draws of a seed."""

    base: ScenarioInputs
    factor: Factor
    outcome: Outcome
    rows: Sequence[RealisedYear]
    draws: int
    seed: int
    problems: list[Finding] = field(default_factory=list)

    def at(self, value: int) -> int | None:
        """Cents or millionths; None where the sum cannot be made, of which the first reason is kept."""
        moves = moves_the_population(self.base.scenario, self.factor.path)
        try:
            inputs = read_again(self.base, [setting_of(self.factor, value)], None if moves else self.base.population)
            with at_their_place(inputs):
                result = run(inputs.fund_year)
            return self._of(inputs, result)
        except InputError as error:
            self.problems.extend(error.findings[:1])
            return None

    def _of(self, inputs: ScenarioInputs, result: RunResult) -> int | None:
        match self.outcome:
            case Total():
                return int(result.to_pay.sum())
            case Bill(municipality):
                position = result.population.index.get(municipality.gm_code)
                return None if position is None else int(result.to_pay[position])
            case PaidFor(programme):
                billed = next((row for row in result.by_programme if row.name == programme), None)
                return 0 if billed is None else billed.contributed - billed.refunded
            case Underspend():
                spending = self._spending(result)
                return 0 if spending is None else spending.underspend.expected
            case ChanceOfOverspend():
                spending = self._spending(result)
                return 0 if spending is None else _millionths(spending.underspend.chance_of_overspend)
            case TakingPart(programme):
                return self._taking_part(inputs, result, programme)
            case Balance(year):
                horizon = self._horizon(inputs, year)
                return int(horizon.fund.expected.closing[horizon.years.index(year)])
            case ChanceBelowFloor(year):
                horizon = self._horizon(inputs, year)
                fund = horizon.fund
                ever = fund.chance_ever_below
                return _millionths(ever if year is None else float(fund.chance_below[horizon.years.index(year)]))
            case _:
                assert_never(self.outcome)

    def _horizon(self, inputs: ScenarioInputs, year: int | None) -> Horizon:
        """The years ahead. Raises InputError where `year` is none of them."""
        horizon = years_ahead_of(inputs, self.rows, self.draws, self.seed)
        if year is not None and year not in horizon.years:
            raise InputError(
                [
                    Finding(
                        inputs.place("horizon", "last"),
                        _("{year} is not a year of this account.", year=year),
                        _("Vary over years from {year} on.", year=year),
                    )
                ]
            )
        return horizon

    def _spending(self, result: RunResult) -> Spending | None:
        return spending_of(result, self.rows, self.draws, self.seed)

    def _taking_part(self, inputs: ScenarioInputs, result: RunResult, programme: str) -> int:
        billed = next((row for row in result.by_programme if row.name == programme), None)
        if billed is None or billed.participation.lapsed is not None:
            return 0
        if programme not in inputs.acceptance:
            return _millionths(float(np.mean(~billed.participation.outside)))
        ended = cascades_of(inputs, result, self.draws, self.seed).cascades[programme].ends
        return _millionths(float(ended.municipalities.mean()) / len(result.population.municipalities))


def seek(
    inputs: ScenarioInputs,
    stated: StatedFactor,
    goal: Goal,
    rows: Sequence[RealisedYear],
    steps: int,
    draws: int,
    seed: int,
) -> Sought:
    """Look for the values of the key that is `stated` at which `goal` begins or ceases to hold.

    Raises InputError where the sum can be made at no value that is looked at.
    """
    factor, place = stated
    measuring = _Measuring(inputs, factor, goal.outcome, rows, draws, seed)
    looked = search(measuring.at, goal.holds, factor.low, factor.high, steps)
    met = tuple(look.outcome is not None and goal.is_met(look.outcome) for look in looked.looks)
    looked = replace(looked, met=met)
    if not looked.made:
        raise InputError(
            measuring.problems[:1]
            or [Finding(place, _("The sum can be made at no value in this range."), _("Write other bounds."))]
        )
    drawn = _is_drawn(inputs, goal.outcome)
    elsewhere = [_elsewhere(measuring, goal, edge) for edge in looked.edges] if drawn else []
    problem = measuring.problems[0].what if measuring.problems else ""
    origin, title = inputs.fund_year.origin, inputs.scenario.title
    return Sought(title, origin, factor, goal, looked, drawn, tuple(elsewhere), problem, draws, seed)


def _elsewhere(measuring: _Measuring, goal: Goal, edge: Edge) -> tuple[int | None, ...]:
    factor = measuring.factor
    values = []
    for seed in range(measuring.seed + 1, measuring.seed + 1 + OTHER_SEEDS):
        again = _Measuring(measuring.base, factor, goal.outcome, measuring.rows, measuring.draws, seed % 2**63)
        values.append(same_edge(again.at, goal.holds, edge, factor.low, factor.high))
    return tuple(values)


def _millionths(share: float) -> int:
    return round(share * PER_WHOLE)
