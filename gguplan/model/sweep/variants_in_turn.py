"""Variants worked out one after another, each from what differs from the one before.

Nothing depends on the order or on which variants are worked out together: what is kept is kept by exactly what it
depends on, and amounts are whole cents, of which sums do not depend on their order.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, partial
from operator import is_

import numpy as np
from msgspec import Struct

from gguplan.fund.fund_year import FundYear
from gguplan.fund.municipalities import Population
from gguplan.fund.programme import Programme
from gguplan.fund.realisation import RealisedYear
from gguplan.model.numbers_of_draws import CASCADE_DRAWS, DRAWS
from gguplan.model.realisation.known import known_realisation
from gguplan.model.realisation.planned_programmes import PlannedProgramme, planned_programme
from gguplan.model.result import programme_result
from gguplan.model.sweep.forecasts import Forecasts
from gguplan.model.sweep.memory import Memory
from gguplan.model.sweep.outcomes import AHEAD, columns_of, of_cascades
from gguplan.money import Integers

_MOST_CELLS = 1 << 23


class Followed(Struct, frozen=True):
    """What is followed over the variants: the bills of the municipalities with these codes, and these programmes,
    which have columns of their own; with `draws` above 0 also what is left over, forecast from `history`. `ahead` says
    whether the years ahead are followed, and `cascades` are the programmes of which the cascade is."""

    gm_codes: tuple[str, ...]
    programmes: tuple[str, ...]
    history: tuple[RealisedYear, ...]
    draws: int
    seed: int
    ahead: bool = False
    cascades: tuple[str, ...] = ()

    @property
    def draws_ahead(self) -> int:
        """How often the years ahead are drawn."""
        return self.draws or DRAWS

    @property
    def cascade_draws(self) -> int:
        """How often the limits of cascades are drawn."""
        return self.draws or CASCADE_DRAWS

    @property
    def default_outcome(self) -> str:
        """The outcome of which is told what drives it, when nobody asks for another: the first bill that is asked for,
        else the balance or who takes part where the years ahead or a cascade varies, else what all municipalities pay
        together."""
        if self.gm_codes:
            return f"to_pay_{self.gm_codes[0]}_cents"
        return next(iter((*(AHEAD if self.ahead else ()), *of_cascades(self.cascades))), "to_pay_cents")

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the outcomes."""
        return columns_of(self.gm_codes, self.programmes, self.draws > 0, self.ahead, self.cascades)


class Worked(Struct, frozen=True, dict=True):
    """One programme of a variant: its `totals` in the order of `TOTALS`, and cents to pay, shape (municipalities,)."""

    totals: Integers
    to_pay: Integers
    planned: PlannedProgramme

    @cached_property
    def own(self) -> tuple[int, int]:
        """Cents that municipalities pay for it after refunds, and cents that it can spend."""
        _gross, _vat, _net, contributed, _income, refunded, _drawn, _handed_over, available, _net = self.totals.tolist()
        return contributed - refunded, available


class VariantsInTurn:
    """Works variants over some number of municipalities out, and remembers the programmes that it worked out lately."""

    def __init__(self, followed: Followed, municipalities: int) -> None:
        self.followed = followed
        size = max(3 * len(followed.programmes), _MOST_CELLS // municipalities)
        self._programmes: Memory[Worked] = Memory(size)
        self._forecasts = Forecasts(followed.history, followed.draws, followed.seed) if followed.draws else None
        self._latest: dict[str, tuple[tuple[object, ...], Worked]] = {}
        self._sums = _Sums()

    def row(self, variant: FundYear) -> Sequence[int]:
        """The columns of one variant. Raises CannotBeMade when the sum of a programme cannot be made."""
        worked = {name: self._programme(variant, programme) for name, programme in variant.programmes.items()}
        sums = self._sums
        sums.move_to(variant.population, worked)
        population, to_pay = variant.population, sums.to_pay
        largest, smallest = int(to_pay.argmax()), int(to_pay.argmin())
        left: tuple[int, ...] = ()
        if self._forecasts is not None:
            planned = tuple(programme.planned for programme in worked.values() if programme.planned.budget > 0)
            left = self._forecasts.left_over(planned, variant)
        absent = (0, 0)
        own = [worked[name].own if name in worked else absent for name in self.followed.programmes]
        return (
            population.total,
            *sums.totals.tolist(),
            int(to_pay.sum()),
            *(int(to_pay[population.index[code]]) for code in self.followed.gm_codes),
            int(population.codes[largest]),
            int(to_pay[largest]),
            int(population.codes[smallest]),
            int(to_pay[smallest]),
            *left,
            *(paid for paid, _available in own),
            *(available for _paid, available in own),
        )

    def _programme(self, variant: FundYear, programme: Programme) -> Worked:
        """One programme, by all that its sum depends on."""
        name, population = programme.name, variant.population
        depends = (
            programme,
            variant.year,
            variant.thresholds.get(name),
            variant.opt_outs.get(name, ()),
            known_realisation(name, variant.year, variant.years_ahead, variant.ledger),
        )
        before, worked = self._latest.get(name, ((), None))
        # Most programmes are the very same as in the variant before: nothing of these is compared or looked up.
        if worked is not None and all(map(is_, before, (population, *depends))):
            return worked
        worked = self._programmes.get((population.year, depends), partial(_work_out, variant, programme))
        self._latest[name] = ((population, *depends), worked)
        return worked


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


def _work_out(variant: FundYear, programme: Programme) -> Worked:
    billed = programme_result(variant, programme)
    paid = billed.participation
    totals = (
        billed.budget.gross,
        billed.budget.vat,
        billed.budget.net,
        billed.contributed,
        paid.income,
        billed.refunded,
        paid.drawn,
        paid.handed_over,
        paid.available,
        billed.available_net,
    )
    return Worked(
        np.array(totals, dtype=np.int64),
        paid.contributions - paid.refunds,
        planned_programme(billed, variant),
    )
