"""Variants worked out one after another, each from what differs from the one before; what is divided over the same
municipalities is divided for all of them together.

Nothing depends on the order or on which variants are worked out together: what is kept is kept by exactly what it
depends on, and amounts are whole cents, of which sums do not depend on their order.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cached_property, partial
from operator import is_
from typing import Final

import numpy as np
from msgspec import Struct

from gguplan.fund.fund_year import FundYear
from gguplan.fund.municipalities import Population
from gguplan.fund.opt_outs import OptOut
from gguplan.fund.problems import CannotBeMade
from gguplan.fund.programme import Programme
from gguplan.fund.realisation import RealisedYear
from gguplan.fund.thresholds import Threshold
from gguplan.model.allocation import Allocation, budget_of
from gguplan.model.numbers_of_draws import CASCADE_DRAWS, DRAWS
from gguplan.model.participation.of_a_programme import divide_each, divided_over
from gguplan.model.realisation.known import known_realisation
from gguplan.model.realisation.planned_programmes import PlannedProgramme, planned_programme
from gguplan.model.result import programme_result
from gguplan.model.sweep.forecasts import Forecasts
from gguplan.model.sweep.memory import Memory
from gguplan.model.sweep.outcomes import AHEAD, columns_of, of_cascades
from gguplan.money import Integers

_MOST_CELLS: Final = 1 << 23
_MOST_CELLS_TOGETHER: Final = 1 << 20
"""Of amounts that are divided at once, so that they take no more memory than many small ones."""


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


Depends = tuple[Population, Programme, int, Threshold | None, tuple[OptOut, ...], int | None]
"""All that the sum of a programme depends on: besides the programme whom it is divided over, the year, the threshold,
who is outside, and what it is known to realise, in cents."""


class Prepared(Struct, frozen=True):
    """A variant, and of each of its programmes what its sum depends on: the very same as of the variant before it where
    nothing of that changes."""

    fund_year: FundYear
    depends: Mapping[str, Depends]


class VariantsInTurn:
    """Works variants over some number of municipalities out, and remembers the programmes that it worked out lately."""

    def __init__(self, followed: Followed, municipalities: int) -> None:
        self.followed = followed
        size = max(3 * len(followed.programmes), _MOST_CELLS // municipalities)
        self._programmes: Memory[Worked] = Memory(size)
        self._forecasts = Forecasts(followed.history, followed.draws, followed.seed) if followed.draws else None
        self._latest: tuple[Mapping[str, Depends], dict[str, Worked]] = ({}, {})
        self._sums = _Sums()

    def prepared(self, variants: Iterable[FundYear]) -> list[Prepared]:
        """The variants with their programmes, of which those that are new are worked out."""
        made: list[Prepared] = []
        new: dict[Depends, FundYear] = {}
        for fund_year in variants:
            before = made[-1] if made else None
            made.append(Prepared(fund_year, _depends_of(fund_year, before)))
            for name, depends in made[-1].depends.items():
                same = before is not None and depends is before.depends.get(name)
                if not same and depends not in self._programmes:
                    new[depends] = fund_year
        self._work_out_together(new)
        return made

    def _work_out_together(self, new: Mapping[Depends, FundYear]) -> None:
        """Work programmes out, and divide the amounts of those that are divided over the same at once. What cannot be
        made is left to `row`, which says so."""
        alike: dict[Hashable, list[tuple[Depends, FundYear, int]]] = {}
        for depends, fund_year in new.items():
            population, programme, year, threshold, opt_outs, _known = depends
            # Below its threshold a programme may be divided otherwise.
            if threshold is None:
                with suppress(CannotBeMade):
                    amount = budget_of(programme, population).to_divide
                    over = divided_over(programme, population, opt_outs, year)
                    alike.setdefault(over, []).append((depends, fund_year, amount))
        for group in alike.values():
            (population, programme, year, _threshold, opt_outs, _known), _year, _amount = group[0]
            size = max(1, _MOST_CELLS_TOGETHER // len(population.municipalities))
            for start in range(0, len(group), size):
                some = group[start : start + size]
                with suppress(CannotBeMade):
                    amounts = [amount for _depends, _year, amount in some]
                    divided = divide_each(amounts, programme, population, opt_outs, year)
                    for (depends, fund_year, _amount), allocation in zip(some, divided, strict=True):
                        with suppress(CannotBeMade):
                            self._programmes.get(depends, partial(_work_out, fund_year, depends[1], allocation))

    def row(self, variant: Prepared) -> Sequence[int]:
        """The columns of one variant. Raises CannotBeMade when the sum of a programme cannot be made."""
        fund_year, (before, latest) = variant.fund_year, self._latest
        # Most programmes are the very same as in the variant before: nothing of these is looked up.
        worked = {
            name: latest[name]
            if depends is before.get(name)
            else self._programmes.get(depends, partial(_work_out, fund_year, depends[1]))
            for name, depends in variant.depends.items()
        }
        self._latest = variant.depends, worked
        sums = self._sums
        population = fund_year.population
        sums.move_to(population, worked)
        to_pay = sums.to_pay
        largest, smallest = int(to_pay.argmax()), int(to_pay.argmin())
        left: tuple[int, ...] = ()
        if self._forecasts is not None:
            planned = tuple(programme.planned for programme in worked.values() if programme.planned.budget > 0)
            left = self._forecasts.left_over(planned, fund_year)
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


def _depends_of(fund_year: FundYear, before: Prepared | None) -> Mapping[str, Depends]:
    """What the sum of each programme depends on, taken from the variant before where all of it is the very same."""
    known_alike = before is not None and all(map(is_, _of_all(fund_year), _of_all(before.fund_year)))
    earlier = before.depends if before is not None and known_alike else {}
    thresholds, opt_outs = fund_year.thresholds, fund_year.opt_outs
    depends: dict[str, Depends] = {}
    for name, programme in fund_year.programmes.items():
        own = (programme, thresholds.get(name), opt_outs.get(name, ()))
        was = earlier.get(name)
        if was is not None and was[1] is own[0] and was[3] is own[1] and was[4] is own[2]:
            depends[name] = was
        else:
            known = known_realisation(name, fund_year.year, fund_year.years_ahead, fund_year.ledger)
            depends[name] = (fund_year.population, own[0], fund_year.year, own[1], own[2], known)
    return depends


def _of_all(fund_year: FundYear) -> tuple[object, ...]:
    """What every programme depends on, whether it is known to be spent included."""
    return fund_year.population, fund_year.year, fund_year.years_ahead, fund_year.ledger


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


def _work_out(variant: FundYear, programme: Programme, divided: Allocation | None = None) -> Worked:
    billed = programme_result(variant, programme, divided)
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
