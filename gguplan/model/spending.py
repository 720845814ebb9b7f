"""What will be spent of a fund: the forecast of each programme, of all together, and what becomes of the rest.

Underspend = net budget − realised (negative: overspend). What becomes of it is the programme's own rule: carried
over, returned, to the general reserve, or earmarked (design of the fund; ledger_data/programmes.csv has the sentences).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Final, Literal

import numpy as np
from msgspec import Struct

from gguplan.fund.realisation import RealisedYear, StatedRealisation, YearSoFar
from gguplan.fund.underspend import UnderspendRule
from gguplan.model.drawn_spending import drawn_spending
from gguplan.model.numbers_of_draws import DRAWS, SEED
from gguplan.model.randomness import quantiles_of, quantiles_of_what_is_left
from gguplan.model.realisation.fitted_model import RealisationModel, Upcoming, predict
from gguplan.model.realisation.forecast import Forecast, node_chances
from gguplan.model.realisation.history_arrays import History, Limit, conclusions
from gguplan.model.realisation.history_rows import model_of, prices_of, rows_before
from gguplan.model.realisation.planned_programmes import PlannedProgramme, planned
from gguplan.model.realisation.running_year import SoFar, blend
from gguplan.model.realisation.stated_interval import StatedInterval, state
from gguplan.model.result import RunResult
from gguplan.model.underspend import is_returned
from gguplan.model.volumes import volume_cents
from gguplan.money import RATE_UNITS, Integers

Basis = Literal["history", "kind", "stated", "running", "known", "provisional"]
"""What a forecast rests on: the programme's own years, its kind, a stated interval, a running year as well, what is
realised already, or what is realised as far as an account still to come does not change it."""

CHANCES: Final = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)
"""The chances for which quantiles are kept: the 50, 80 and 90 % intervals and the middle."""


UNSURE: Final = 1 / 3
"""An 80 % interval that is wider than this part of the budget says little: who knows more does well to state it."""

_HARDLY_EVER: Final = 0.005
"""Less than half a case of a hundred."""
_PARTS: Final = 20

PHASING_DEVIATION: Final = 0.05
"""How far the share of a year's costs that is made by a day may lie from what is expected: a stated value."""


class Underspends(Struct, frozen=True):
    """What is left over of a net `budget`, in cents: what is `expected`, and what each draw has, shape (draws,)."""

    budget: int
    expected: int
    drawn: Integers

    def between(self, sure: float = 0.8) -> tuple[int, int]:
        """The central interval in cents that holds it with chance `sure`."""
        low, high = quantiles_of_what_is_left(self.drawn, [(1 - sure) / 2, (1 + sure) / 2]).tolist()
        return low, high

    @property
    def chance_of_overspend(self) -> float:
        """How likely it is that nothing is left over, and more is spent."""
        return float((self.drawn < 0).mean())


class PassedCeiling(Struct, frozen=True):
    """A programme with a ceiling, and the chance (0 to 1) that more is spent than that."""

    programme: PlannedProgramme
    chance: float


class Spending(Struct, frozen=True, dict=True):
    """Forecasts of one year. `expected` are realised cents, shape (programmes,), and `quantiles` those at `CHANCES`,
    shape (programmes, chances); `total` the realised cents of all programmes together, one per draw, shape (draws,).
    `underspend_by_rule` has what is left over under each rule for underspend; None where the rule is not known.
    `income_above_plan` are the cents without VAT that others are expected to pay above what the budget counts on, shape
    (programmes,): budget + income above plan = realised + left over."""

    programmes: tuple[PlannedProgramme, ...]
    forecast: Forecast
    basis: tuple[Basis, ...]
    history: History
    limits: tuple[Limit, ...]
    expected: Integers
    income_above_plan: Integers
    quantiles: Integers
    total: Integers
    underspend_by_rule: Mapping[UnderspendRule | None, Underspends]
    draws: int
    seed: int

    @property
    def budgets(self) -> Integers:
        """Net budgets in cents, shape (programmes,)."""
        return self.forecast.budgets

    @property
    def from_balance(self) -> int:
        """What of the budgets is planned out of the balance, in cents."""
        return sum(programme.from_balance for programme in self.programmes)

    @property
    def known(self) -> bool:
        """True where nothing is forecast: what is realised of every programme is known, provisional or not."""
        return all(programme.realised is not None for programme in self.programmes)

    @property
    def provisional(self) -> tuple[PlannedProgramme, ...]:
        """The programmes of which what is realised is known but for an account still to come."""
        return tuple(programme for programme in self.programmes if programme.provisional)

    @property
    def expected_total(self) -> int:
        """Expected realised cents of all programmes together: the sum of what is expected of each."""
        return int(self.expected.sum())

    @cached_property
    def total_quantiles(self) -> Integers:
        """Realised cents of all programmes together at `CHANCES`, shape (chances,)."""
        return quantiles_of(self.total, CHANCES)

    @property
    def total_error(self) -> float:
        """The larger standard error, in cents, of the two ends of the 80 % interval of all together.

        From twenty parts of the draws, each with ends of its own; 0 for one programme: its ends are not left to chance.
        """
        if len(self.programmes) == 1:
            return 0.0
        parts = np.array_split(self.total, _PARTS)
        ends = np.array([np.quantile(part, (0.1, 0.9)) for part in parts])
        return float(ends.std(axis=0, ddof=1).max() / np.sqrt(_PARTS))

    @cached_property
    def underspend(self) -> Underspends:
        """What is left over of all programmes together."""
        return together(list(self.underspend_by_rule.values()))

    @property
    def has_uncertain_income(self) -> bool:
        """True where what others pay of a programme that is forecast is drawn."""
        return any(programme.realised is None and programme.income for programme in self.programmes)

    def income_above_plan_between(self, sure: float = 0.8) -> tuple[int, int]:
        """The central interval in cents that holds the income above plan of all together with chance `sure`."""
        drawn = self.underspend.drawn + self.total - self.underspend.budget
        low, high = quantiles_of_what_is_left(drawn, [(1 - sure) / 2, (1 + sure) / 2]).tolist()
        return low, high

    def passed_ceilings(self) -> tuple[PassedCeiling, ...]:
        """The programmes with a ceiling that may be passed, with the chance of it; of what is known nothing is to
        come."""
        within = node_chances(self.forecast.ratio, self.forecast.chance, np.ones(len(self.programmes)))
        ceilings = (
            PassedCeiling(programme, 1 - chance)
            for programme, chance in zip(self.programmes, within.tolist(), strict=True)
            if programme.kind == "ceiling" and programme.realised is None and programme.at_most is None
        )
        return tuple(ceiling for ceiling in ceilings if ceiling.chance > _HARDLY_EVER)

    def unsure(self) -> tuple[PlannedProgramme, ...]:
        """The programmes of which too little is known: with an 80 % interval that is wider than `UNSURE` of the budget.
        The widest in euros first."""
        low, high = self.forecast.interval(0.8)
        width = np.where(high - low > UNSURE, (high - low) * self.budgets, 0.0)
        return tuple(self.programmes[place] for place in np.argsort(-width, kind="stable").tolist() if width[place] > 0)

    @cached_property
    def left_to_return(self) -> tuple[tuple[int, ...], Integers]:
        """The places of the programmes that return their underspend, and what they have left in cents without VAT, of
        shape (draws, those). An overspend is not charged."""
        places = tuple(place for place, programme in enumerate(self.programmes) if is_returned(programme.underspend))
        returning = tuple(self.programmes[place] for place in places)
        forecast = self.forecast.of(np.array(places, dtype=np.int64))
        left = [drawn.left for drawn in drawn_spending(returning, forecast, self.draws, self.seed)]
        return places, np.maximum(np.reshape(left, (len(places), self.draws)).T.astype(np.int64), 0)


def together(parts: Sequence[Underspends]) -> Underspends:
    """Some programmes and others, together."""
    return Underspends(
        sum(part.budget for part in parts),
        sum(part.expected for part in parts),
        np.sum([part.drawn for part in parts], axis=0),
    )


def forecast_of(
    programmes: tuple[PlannedProgramme, ...],
    rows: Sequence[RealisedYear],
    year: int,
    stated: Mapping[str, StatedRealisation],
    running: Mapping[str, YearSoFar],
    draws: int,
    seed: int,
) -> Spending:
    """Forecast what `programmes` will spend in `year`, from the rows of the years before it.

    A programme in `stated` gets the distribution that was stated; one in `running` the blend of its forecast with
    what is realised so far; of one whose realised amount is known nothing is forecast.
    """
    model = model_of(rows_before(rows, year), prices_of(rows))
    forecast, basis = forecast_with(model, programmes, year, stated, running)
    expected, income, quantiles, total = [], [], [], np.zeros(draws, dtype=np.int64)
    by_rule: dict[UnderspendRule | None, Underspends] = {}
    for programme, drawn in zip(programmes, drawn_spending(programmes, forecast, draws, seed), strict=True):
        expected.append(drawn.expected)
        income.append(drawn.expected + drawn.expected_left - programme.budget)
        quantiles.append(quantiles_of(drawn.realised, CHANCES))
        total += drawn.realised
        own, rule = Underspends(programme.budget, drawn.expected_left, drawn.left), programme.underspend
        by_rule[rule] = together([by_rule[rule], own]) if rule in by_rule else own
    history = model.history
    return Spending(
        programmes,
        forecast,
        basis,
        history,
        conclusions(history),
        np.array(expected, dtype=np.int64),
        np.array(income, dtype=np.int64),
        np.reshape(quantiles, (len(programmes), len(CHANCES))).astype(np.int64),
        total,
        {rule: by_rule[rule] for rule in sorted(by_rule, key=lambda rule: rule or "")},
        draws,
        seed,
    )


def forecast_with(
    model: RealisationModel,
    programmes: tuple[PlannedProgramme, ...],
    year: int,
    stated: Mapping[str, StatedRealisation],
    running: Mapping[str, YearSoFar],
) -> tuple[Forecast, tuple[Basis, ...]]:
    """The forecast of each programme by what was learnt already, and what it rests on; see `forecast_of`."""
    forecast = predict(model, upcoming(model, programmes), year)
    basis: list[Basis] = ["history" if count else "kind" for count in forecast.own_years.tolist()]
    for row, programme in enumerate(programmes):
        if programme.name in stated:
            forecast = _stated(forecast, programme, stated[programme.name])
            basis[row] = "stated"
        if programme.name in running:
            basis[row] = "running"
    if running:
        forecast = blend(forecast, _so_far(programmes, running))
    for row, programme in enumerate(programmes):
        if programme.realised is not None:
            certain = np.full(2, programme.realised / programme.budget)
            forecast = forecast.with_row(programme.name, certain, np.array([0.0, 1.0]))
            basis[row] = "provisional" if programme.provisional else "known"
    return forecast, tuple(basis)


def _stated(forecast: Forecast, programme: PlannedProgramme, stated: StatedRealisation) -> Forecast:
    """The forecast with what is stated of one programme: of its ratio, or of the volume that it follows from."""
    sure = stated.sure / 100
    if stated.volume_between is not None and programme.volume is not None:
        units, chances = StatedInterval(*stated.volume_between, sure).nodes()
        budget = programme.volume
        spent = budget.fixed + units * budget.price * 100 / RATE_UNITS
        return forecast.with_row(programme.name, spent / volume_cents(budget), chances)
    if stated.between is None:
        return forecast
    low, high = (bound / RATE_UNITS for bound in stated.between)
    return state(forecast, programme.name, StatedInterval(low, high, sure))


def upcoming(model: RealisationModel, programmes: tuple[PlannedProgramme, ...]) -> Upcoming:
    """Programmes as the model takes them, each with its place in the history."""
    place = {name: index for index, name in enumerate(model.history.names)}
    own = np.array([place.get(programme.name, -1) for programme in programmes], dtype=np.int64)
    budgets = np.array([programme.budget for programme in programmes], dtype=np.int64)
    names, kinds = tuple(row.name for row in programmes), tuple(row.kind for row in programmes)
    return Upcoming(names, kinds, budgets, own)


def spending_of(
    result: RunResult, rows: Sequence[RealisedYear], draws: int = DRAWS, seed: int = SEED
) -> Spending | None:
    """What is expected to be spent of the programmes of a run; None when nothing can be spent."""
    programmes = planned(result)
    if not programmes:
        return None
    fund_year = result.fund_year
    return forecast_of(programmes, rows, fund_year.year, fund_year.realisation, {}, draws, seed)


def _so_far(programmes: tuple[PlannedProgramme, ...], running: Mapping[str, YearSoFar]) -> SoFar:
    """How far every programme is; one that is not in the table is at the start of its year."""
    rows = [running.get(programme.name) for programme in programmes]
    realised = np.array([row.realised if row else 0 for row in rows], dtype=np.int64)
    share = np.array([row.expected if row else 0.0 for row in rows])
    return SoFar(realised, share, np.array([PHASING_DEVIATION if row else 0.0 for row in rows]))
