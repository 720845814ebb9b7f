"""The one result that every report renders: each municipality's part of each programme, and the sums."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from msgspec import Struct

from gguplan.fund.expectations import Unmet
from gguplan.fund.fund_year import FundYear
from gguplan.fund.municipalities import Population
from gguplan.fund.opt_outs import OptOut
from gguplan.fund.problems import CannotBeMade, Mistake, Mistakes, ProgrammeCannotBeMade
from gguplan.fund.programme import Programme
from gguplan.fund.reference_dates import OtherDateOfAll
from gguplan.fund.thresholds import ThresholdOutcome, opt_outs_count
from gguplan.model.allocation import Allocation, Budget, budget_of, vat_within
from gguplan.model.expectation import unmet
from gguplan.model.participation.of_a_programme import participation_of
from gguplan.model.participation.settlement import (
    Participation,
    check_threshold,
    days_outside,
    effect_of,
    is_of_the_part,
)
from gguplan.money import Integers

if TYPE_CHECKING:
    import pandas as pd

    from gguplan.model.participation.leavers import Leavers

Table = dict[str, Any]
"""Columns by name; amounts are whole cents in columns that end in ``_cents``."""


class ProgrammeResult(Struct, frozen=True):
    """One programme: what it was budgeted at, who pays what, and what it can spend. Amounts in cents."""

    programme: Programme
    budget: Budget
    opt_outs: tuple[OptOut, ...]
    participation: Participation
    threshold: ThresholdOutcome | None = None

    @property
    def name(self) -> str:
        """What the programme is called in a scenario."""
        return self.programme.name

    @property
    def settlements(self) -> str:
        """The settlements of its opt-outs, in the words of a scenario; empty when there are none."""
        return ", ".join(dict.fromkeys(opt_out.settlement.word for opt_out in self.opt_outs))

    @property
    def contributed(self) -> int:
        """Cents that all municipalities pay."""
        return int(self.participation.contributions.sum())

    @property
    def refunded(self) -> int:
        """Cents that opt-outs get back."""
        return int(self.participation.refunds.sum())

    def paid_by_municipalities(self, population: Population) -> int:
        """Cents that the municipalities pay together, refunds taken off."""
        paid = self.participation.contributions - self.participation.refunds
        return int(paid[~population.is_body].sum())

    def divided_over_municipalities(self, population: Population) -> int:
        """Cents of what is divided that fall to municipalities, and not to bodies without inhabitants."""
        if not population.bodies:
            return self.budget.to_divide
        return self.budget.to_divide - int(self.participation.allocation.parts[population.is_body].sum())

    @property
    def reserve(self) -> int:
        """Cents of what is drawn from the balance that the budget says it pays; 0 when the programme lapsed."""
        return self.budget.reserve if self.participation.lapsed is None else 0

    @property
    def adjusted(self) -> int:
        """Cents of what is drawn from the balance that it pays for what is adjusted after the division."""
        return sum(adjusted.from_balance for adjusted in self.participation.adjusted)

    @property
    def refunds_of_rates(self) -> Integers:
        """Cents that each municipality gets back as a rate per inhabitant, whatever the budget; shape
        (municipalities,)."""
        refunds = np.zeros_like(self.participation.refunds)
        if opt_outs_count(self.participation.lapsed):
            for opt_out, effect in zip(self.opt_outs, self.participation.effects, strict=True):
                if effect_of(opt_out.settlement) == "paid_back" and not is_of_the_part(opt_out.settlement):
                    refunds += effect
        return refunds

    @property
    def available_vat(self) -> int:
        """Cents of VAT in what the programme can spend."""
        if self.participation.available == self.budget.gross:
            return self.budget.vat
        return vat_within(self.participation.available, self.programme.vat_percent)

    @property
    def available_net(self) -> int:
        """Cents that the programme can spend after VAT is paid away."""
        return self.participation.available - self.available_vat

    def vat_of(self, position: int) -> int:
        """Cents of VAT in what the municipality at `position` pays after refund."""
        return vat_within(self.to_pay(position), self.programme.vat_percent)

    def to_pay(self, position: int) -> int:
        """Cents that the municipality at `position` pays, its refund taken off."""
        return int(self.participation.contributions[position] - self.participation.refunds[position])


class RunResult(Struct, frozen=True, dict=True):
    """A year of the fund worked out for every municipality."""

    fund_year: FundYear
    by_programme: tuple[ProgrammeResult, ...]
    other_dates: tuple[OtherDateOfAll, ...] = ()
    """What another reference date would change, where that date is an assumption."""

    @property
    def population(self) -> Population:
        """The inhabitants by which was divided."""
        return self.fund_year.population

    @cached_property
    def contributions(self) -> Integers:
        """Cents that each municipality pays before refunds, shape (municipalities,)."""
        return self._sum_over_programmes([programme.participation.contributions for programme in self.by_programme])

    @cached_property
    def refunds(self) -> Integers:
        """Cents that each municipality gets back, shape (municipalities,)."""
        return self._sum_over_programmes([programme.participation.refunds for programme in self.by_programme])

    @property
    def to_pay(self) -> Integers:
        """Cents that each municipality pays, refunds taken off, shape (municipalities,)."""
        return self.contributions - self.refunds

    def _sum_over_programmes(self, amounts: list[Integers]) -> Integers:
        total: Integers = np.sum(amounts, axis=0, dtype=np.int64)
        return total

    @cached_property
    def paid_by_bodies(self) -> int:
        """Cents of what is paid, refunds taken off, by bodies without inhabitants."""
        return int(self.to_pay[self.population.is_body].sum())

    @property
    def paid_by_municipalities(self) -> int:
        """Cents that the municipalities pay together, refunds taken off: what an amount per inhabitant is of."""
        return int(self.to_pay.sum()) - self.paid_by_bodies

    @property
    def divided_over_municipalities(self) -> int:
        """Cents of what is divided of all budgets that fall to municipalities."""
        return sum(programme.divided_over_municipalities(self.population) for programme in self.by_programme)

    @cached_property
    def totals(self) -> dict[str, int]:
        """The fund as a whole, in cents; ``available`` and ``gross`` include VAT."""
        programmes = self.by_programme
        return {
            "gross_cents": sum(programme.budget.gross for programme in programmes),
            "vat_cents": sum(programme.budget.vat for programme in programmes),
            "net_cents": sum(programme.budget.net for programme in programmes),
            "contributions_cents": int(self.contributions.sum()),
            "income_cents": sum(programme.participation.income for programme in programmes),
            "refunds_cents": int(self.refunds.sum()),
            "drawn_cents": sum(programme.participation.drawn for programme in programmes),
            "handed_over_cents": sum(programme.participation.handed_over for programme in programmes),
            "available_cents": sum(programme.participation.available for programme in programmes),
            "available_net_cents": sum(programme.available_net for programme in programmes),
        }

    @cached_property
    def unmet(self) -> tuple[Unmet, ...]:
        """Every amount that the scenario expects and that does not come out."""
        return unmet(self)

    @cached_property
    def leavers(self) -> tuple[Leavers, ...]:
        """Who leaves by the cascades of the scenario: in the amounts of this result they still take part."""
        if not self.fund_year.acceptance:
            return ()
        # The cascades are worked out from a result, so their module cannot be imported by this one.
        from gguplan.model.participation.leavers import leavers_of

        return leavers_of(self)

    @cached_property
    def leaves_by_cascade(self) -> list[str]:
        """The programmes that each municipality leaves by a cascade, by name with a comma between them."""
        rounds = [(leavers.programme.name, leavers.round_of_leaving) for leavers in self.leavers]
        size = len(self.population.municipalities)
        return [", ".join(name for name, left in rounds if left[position]) for position in range(size)]

    @cached_property
    def tables(self) -> dict[str, Table]:
        """Every table that a report writes: programmes, municipalities, contributions, opt_outs and
        adjustments."""
        return {
            "programmes": self._programme_table(),
            "municipalities": self._municipality_table(),
            "contributions": self._contribution_table(),
            "opt_outs": self._opt_out_table(),
            "adjustments": self._adjustment_table(),
        }

    def frame(self, table: str) -> pd.DataFrame:
        """One of the tables as a data frame; amounts are int64 cents."""
        import pandas as pd

        return pd.DataFrame(self.tables[table])

    def _programme_table(self) -> Table:
        programmes = self.by_programme
        leaving = {leavers.programme.name: leavers.count for leavers in self.leavers if leavers.cascade is not None}
        return {
            "programme": [programme.name for programme in programmes],
            "title": [programme.programme.title for programme in programmes],
            "gross_cents": [programme.budget.gross for programme in programmes],
            "vat_cents": [programme.budget.vat for programme in programmes],
            "net_cents": [programme.budget.net for programme in programmes],
            "contributions_cents": [programme.contributed for programme in programmes],
            "income_cents": [programme.participation.income for programme in programmes],
            "refunds_cents": [programme.refunded for programme in programmes],
            "drawn_cents": [programme.participation.drawn for programme in programmes],
            "available_cents": [programme.participation.available for programme in programmes],
            "available_net_cents": [programme.available_net for programme in programmes],
            "handed_over_cents": [programme.participation.handed_over for programme in programmes],
            "reserve_cents": [programme.reserve for programme in programmes],
            "adjusted_cents": [programme.adjusted for programme in programmes],
            "settlement": [programme.settlements for programme in programmes],
            "opt_outs": [int(programme.participation.outside.sum()) for programme in programmes],
            "lapsed": [programme.participation.lapsed or "" for programme in programmes],
            "leave_by_cascade": [leaving.get(programme.name, "") for programme in programmes],
            "source": [programme.programme.source for programme in programmes],
        }

    def _municipality_table(self) -> Table:
        municipalities = self.population.municipalities
        return {
            "gm_code": [municipality.gm_code for municipality in municipalities],
            "name": [municipality.name for municipality in municipalities],
            "province": [municipality.province for municipality in municipalities],
            "inhabitants": self.population.inhabitants,
            "population_status": [self.population.status] * len(municipalities),
            "contribution_cents": self.contributions,
            "refund_cents": self.refunds,
            "to_pay_cents": self.to_pay,
            "leaves_by_cascade": self.leaves_by_cascade,
        }

    def _contribution_table(self) -> Table:
        municipalities, programmes = self.population.municipalities, self.by_programme
        rounds = {leaving.programme.name: leaving.round_of_leaving.tolist() for leaving in self.leavers}
        nowhere = [0] * len(municipalities)
        return {
            "programme": [programme.name for programme in programmes for _municipality in municipalities],
            "gm_code": [municipality.gm_code for municipality in municipalities] * len(programmes),
            "name": [municipality.name for municipality in municipalities] * len(programmes),
            "inhabitants": np.tile(self.population.inhabitants, len(programmes)),
            "days_outside": np.concatenate([programme.participation.days_outside for programme in programmes]),
            "contribution_cents": np.concatenate([programme.participation.contributions for programme in programmes]),
            "refund_cents": np.concatenate([programme.participation.refunds for programme in programmes]),
            "leaves_in_round": [
                number or "" for programme in programmes for number in rounds.get(programme.name, nowhere)
            ],
        }

    def _opt_out_table(self) -> Table:
        rows = [
            (programme, opt_out, position)
            for programme in self.by_programme
            for opt_out in programme.opt_outs
            for position in np.flatnonzero(opt_out.absence.days).tolist()
        ]
        municipalities = self.population.municipalities
        return {
            "programme": [programme.name for programme, _opt_out, _position in rows],
            "opt_out": [opt_out.name for _programme, opt_out, _position in rows],
            "settlement": [opt_out.settlement.word for _programme, opt_out, _position in rows],
            "gm_code": [municipalities[position].gm_code for _programme, _opt_out, position in rows],
            "name": [municipalities[position].name for _programme, _opt_out, position in rows],
            "inhabitants": [municipalities[position].inhabitants for _programme, _opt_out, position in rows],
            "days_outside": [int(opt_out.absence.days[position]) for _programme, opt_out, position in rows],
            "contribution_cents": [
                int(programme.participation.contributions[place]) for programme, _opt_out, place in rows
            ],
            "refund_cents": [int(programme.participation.refunds[place]) for programme, _opt_out, place in rows],
        }

    def _adjustment_table(self) -> Table:
        rows = [
            (programme, adjusted, position)
            for programme in self.by_programme
            for adjusted in programme.participation.adjusted
            for position in np.flatnonzero((adjusted.before != 0) | (adjusted.change != 0)).tolist()
        ]
        municipalities = self.population.municipalities
        return {
            "programme": [programme.name for programme, _adjusted, _position in rows],
            "adjustment": [adjusted.adjustment.word for _programme, adjusted, _position in rows],
            "gm_code": [municipalities[position].gm_code for _programme, _adjusted, position in rows],
            "name": [municipalities[position].name for _programme, _adjusted, position in rows],
            "before_cents": [int(adjusted.before[position]) for _programme, adjusted, position in rows],
            "change_cents": [int(adjusted.change[position]) for _programme, adjusted, position in rows],
            "after_cents": [int(adjusted.after[position]) for _programme, adjusted, position in rows],
        }


def programme_result(fund_year: FundYear, programme: Programme, divided: Allocation | None = None) -> ProgrammeResult:
    """Work one programme out, `divided` as by `divide_each` where it is. Raises CannotBeMade when its sum cannot be
    made."""
    population, opt_outs = fund_year.population, fund_year.opt_outs.get(programme.name, ())
    budget = budget_of(programme, population)
    threshold = fund_year.thresholds.get(programme.name)
    outcome = None
    if threshold is not None:
        apart = days_outside(opt_outs, len(population.municipalities)) > 0
        outcome = check_threshold(threshold, population, apart, programme.pays(population))
    lapsed = threshold.lapse if threshold is not None and outcome is not None and not outcome.met else None
    participation = participation_of(programme, budget, population, opt_outs, fund_year.year, lapsed, divided)
    return ProgrammeResult(programme, budget, opt_outs, participation, outcome)


WorkOut = Callable[[FundYear, Programme], ProgrammeResult]
"""How the result of a programme is come by; raises CannotBeMade when its sum cannot be made."""


def run(fund_year: FundYear, work_out: WorkOut = programme_result) -> RunResult:
    """Work a year of the fund out; `unmet` of the result says what it expects and does not come out.

    `work_out` may know the result of a programme already. Raises Mistakes with every programme whose sum cannot be
    made.
    """
    mistakes: list[Mistake] = []
    results = []
    for name, programme in fund_year.programmes.items():
        try:
            results.append(work_out(fund_year, programme))
        except CannotBeMade as error:
            mistakes.append(ProgrammeCannotBeMade(name, error.problem))
    if mistakes:
        raise Mistakes(tuple(mistakes))
    return RunResult(fund_year, tuple(results))
