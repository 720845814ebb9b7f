"""Variants worked out one after another, each from what differs from the one before.

Nothing depends on the order or on which variants are worked out together: what is kept is kept by exactly what it
depends on, and amounts are whole cents, of which sums do not depend on their order.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from pydantic import ValidationError

from gguplan.fund.municipalities import Population
from gguplan.fund.problems import CannotBeMade, Mistakes
from gguplan.fund.programme import Programme
from gguplan.fund.realisation import RealisedYear
from gguplan.inputs.findings import InputError
from gguplan.inputs.scenario.reading import ScenarioInputs
from gguplan.inputs.sweep.factors import Factor
from gguplan.language import current_language, set_language
from gguplan.model.realisation.known import known_realisation
from gguplan.model.result import programme_result, run
from gguplan.model.spending import PlannedProgramme, planned_programme
from gguplan.model.sweep.forecasts import Forecasts
from gguplan.model.sweep.memory import Memory
from gguplan.model.sweep.outcomes import Outcomes, columns_of
from gguplan.model.sweep.variant_inputs import VariantInputs
from gguplan.money import Integers
from gguplan.wording.problems import mistake_in_words

_MOST_CELLS = 1 << 23


@dataclass(frozen=True)
class Task:
    """Everything that variants are worked out from, on whichever machine.

    `asked` are the codes of municipalities whose bill is a column. With `draws` above 0 the underspend is forecast.
    """

    base: ScenarioInputs
    factors: tuple[Factor, ...]
    gm_codes: tuple[str, ...]
    history: tuple[RealisedYear, ...]
    draws: int
    seed: int

    @property
    def programmes(self) -> tuple[str, ...]:
        """The programmes that have columns of their own: also those left out, when that varies."""
        all_programmes = (
            self.base.scenario.programmes if any(factor.path[0] == "without" for factor in self.factors) else None
        )
        return tuple(all_programmes or self.base.programmes)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the outcomes."""
        return columns_of(self.gm_codes, self.programmes, self.draws > 0)


@dataclass(frozen=True)
class Worked:
    """One programme of a variant: its `totals` in the order of `TOTALS`, and cents to pay, shape (municipalities,)."""

    totals: Integers
    to_pay: Integers
    planned: PlannedProgramme

    @property
    def own(self) -> tuple[int, int]:
        """Cents that municipalities pay for it after refunds, and cents that it can spend."""
        _gross, _vat, _net, contributed, refunded, _drawn, _handed_over, available, _net = self.totals.tolist()
        return contributed - refunded, available


class VariantsInTurn:
    """Works variants out, and remembers the programmes that it worked out lately."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self.inputs = VariantInputs(task.base, task.factors)
        size = len(task.base.population.municipalities)
        self._programmes: Memory[Worked] = Memory(max(3 * len(task.programmes), _MOST_CELLS // size))
        self._forecasts = Forecasts(task.history, task.draws, task.seed) if task.draws else None
        self._columns = task.columns

    def work_out(self, variants: Sequence[Sequence[int]]) -> Outcomes:
        """Every variant of a block, of which the rows are the values of the factors."""
        rows = np.zeros((len(variants), len(self._columns)), dtype=np.int64)
        problems = [("", "")] * len(variants)
        sums = _Sums()
        for place, values in enumerate(variants):
            try:
                inputs = self.inputs.read(values)
                worked = {name: self._programme(inputs, programme) for name, programme in inputs.programmes.items()}
            except (InputError, ValidationError, CannotBeMade):
                problems[place] = self._why(values)
                continue
            sums.move_to(inputs.population, worked)
            self._fill(rows[place], inputs, worked, sums)
        return Outcomes(self._columns, rows, tuple(problems))

    def _fill(self, row: Integers, inputs: ScenarioInputs, worked: dict[str, Worked], sums: _Sums) -> None:
        population, to_pay = inputs.population, sums.to_pay
        largest, smallest = int(to_pay.argmax()), int(to_pay.argmin())
        left: tuple[int, ...] = ()
        if self._forecasts is not None:
            planned = tuple(programme.planned for programme in worked.values() if programme.planned.budget > 0)
            left = self._forecasts.left_over(planned, inputs.scenario)
        absent = (0, 0)
        own = [worked[name].own if name in worked else absent for name in self.task.programmes]
        row[:] = (
            population.total,
            *sums.totals.tolist(),
            int(sums.totals[3] - sums.totals[4]),
            *(int(to_pay[population.index[code]]) for code in self.task.gm_codes),
            int(population.codes[largest]),
            int(to_pay[largest]),
            int(population.codes[smallest]),
            int(to_pay[smallest]),
            *left,
            *(paid for paid, _available in own),
            *(available for _paid, available in own),
        )

    def _programme(self, inputs: ScenarioInputs, programme: Programme) -> Worked:
        """One programme, by all that its sum depends on."""
        scenario, name = inputs.scenario, programme.name
        key: Hashable = (
            programme,
            inputs.population.year,
            scenario.year,
            inputs.thresholds.get(name),
            inputs.opt_outs.get(name, ()),
            known_realisation(name, scenario.year, scenario.horizon, inputs.ledger),
        )
        return self._programmes.get(key, partial(_work_out, inputs, programme))

    def _why(self, values: Sequence[int]) -> tuple[str, str]:
        """Why the sum of a variant cannot be made, in English and in Dutch."""
        language = current_language()
        reasons = []
        try:
            for code in ("en", "nl"):
                set_language("nl" if code == "nl" else "en")
                try:
                    run(self.inputs.read_in_full(values))
                except InputError as error:
                    reasons.append("; ".join(finding.what for finding in error.findings))
                except Mistakes as error:
                    reasons.append("; ".join(mistake_in_words(mistake)[0] for mistake in error.mistakes))
        finally:
            set_language(language)
        english, dutch = reasons
        return english, dutch


class _Sums:
    """The sums over the programmes of a variant, moved on by what differs from the variant before."""

    def __init__(self) -> None:
        self.totals: Integers = np.zeros(0, dtype=np.int64)
        self.to_pay: Integers = np.zeros(0, dtype=np.int64)
        self._population: Population | None = None
        self._worked: dict[str, Worked] = {}

    def move_to(self, population: Population, worked: dict[str, Worked]) -> None:
        if population is not self._population:
            self._population, self._worked = population, {}
            self.totals = np.zeros(len(next(iter(worked.values())).totals), dtype=np.int64)
            self.to_pay = np.zeros(len(population.municipalities), dtype=np.int64)
        for name in self._worked.keys() | worked.keys():
            before, after = self._worked.get(name), worked.get(name)
            if before is after:
                continue
            if before is not None:
                self.totals -= before.totals
                self.to_pay -= before.to_pay
            if after is not None:
                self.totals += after.totals
                self.to_pay += after.to_pay
        self._worked = worked


def _work_out(inputs: ScenarioInputs, programme: Programme) -> Worked:
    billed = programme_result(inputs, programme)
    paid = billed.participation
    totals = (
        billed.budget.gross,
        billed.budget.vat,
        billed.budget.net,
        billed.contributed,
        billed.refunded,
        paid.drawn,
        paid.handed_over,
        paid.available,
        billed.available_net,
    )
    return Worked(
        np.array(totals, dtype=np.int64),
        paid.contributions - paid.refunds,
        planned_programme(billed, inputs.scenario, inputs.ledger),
    )
