"""What a scenario bills, over the municipalities of a later reference date than its own.

Each has the sum of what was billed to those that it came from, programme by programme.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from msgspec import Struct

from gguplan.fund.municipalities import Population
from gguplan.fund.thresholds import Lapse
from gguplan.model.population.succession import Succession
from gguplan.model.result import ProgrammeResult, RunResult
from gguplan.money import Integers


class CarriedProgramme(Struct, frozen=True, eq=False, dict=True):
    """One programme over the later municipalities; arrays in cents, shape (later municipalities,)."""

    billed: ProgrammeResult
    succession: Succession

    @property
    def name(self) -> str:
        """The name of the programme in the scenario."""
        return self.billed.name

    @property
    def title(self) -> str:
        """What the programme is called."""
        return self.billed.programme.title

    @cached_property
    def contributions(self) -> Integers:
        """Cents before refunds."""
        return self.succession.carried(self.billed.participation.contributions)

    @cached_property
    def refunds(self) -> Integers:
        """Cents that opt-outs get back."""
        return self.succession.carried(self.billed.participation.refunds)

    @property
    def to_pay(self) -> Integers:
        """Cents, refunds taken off."""
        return self.contributions - self.refunds

    @cached_property
    def vat(self) -> Integers:
        """Cents of VAT in what is paid: that of the bills, so it can be a cent off from the VAT in their sum."""
        size = len(self.succession.earlier.municipalities)
        return self.succession.carried(
            np.array([self.billed.vat_of(position) for position in range(size)], dtype=np.int64)
        )

    @property
    def lapsed(self) -> Lapse | None:
        """What happens to the programme when too few take part; None when it goes on."""
        return self.billed.participation.lapsed

    @cached_property
    def days_outside(self) -> Integers:
        """The days for which a municipality was outside: of what it came from, the part that was so for the fewest."""
        if self.succession.is_unchanged:
            return self.billed.participation.days_outside
        came_from = self.succession.persons > 0
        days = self.billed.participation.days_outside[:, None]
        fewest: Integers = np.where(came_from, days, np.iinfo(np.int64).max).min(axis=0)
        return fewest


class CarriedBills(Struct, frozen=True, eq=False, dict=True):
    """A result, as it was billed, over the municipalities of a later date; arrays as in `CarriedProgramme`."""

    result: RunResult
    succession: Succession

    @property
    def title(self) -> str:
        """The title of the scenario."""
        return self.result.fund_year.title

    @property
    def later(self) -> Population:
        """The later municipalities, with the inhabitants of the later date."""
        return self.succession.later

    @property
    def over_mergers(self) -> bool:
        """Whether a later municipality is another than those that were billed for it."""
        return self.succession.over_mergers

    @property
    def inhabitants(self) -> Integers:
        """For how many persons each was billed: those of the reference date of the result."""
        return self.succession.inhabitants

    @cached_property
    def by_programme(self) -> tuple[CarriedProgramme, ...]:
        """Every programme of the result."""
        return tuple(CarriedProgramme(programme, self.succession) for programme in self.result.by_programme)

    @cached_property
    def contributions(self) -> Integers:
        """Cents before refunds, of all programmes."""
        return self._together([programme.contributions for programme in self.by_programme])

    @cached_property
    def refunds(self) -> Integers:
        """Cents that opt-outs get back, of all programmes."""
        return self._together([programme.refunds for programme in self.by_programme])

    @property
    def to_pay(self) -> Integers:
        """Cents, refunds taken off, of all programmes."""
        return self.contributions - self.refunds

    @cached_property
    def vat(self) -> Integers:
        """Cents of VAT in what is paid, of all programmes."""
        return self._together([programme.vat for programme in self.by_programme])

    @property
    def leaves_by_cascade(self) -> list[str]:
        """The programmes that each, or one of those it came from, leaves by a cascade, with a comma between them."""
        left = [(leavers.programme.name, leavers.round_of_leaving > 0) for leavers in self.result.leavers]
        origins = [self.succession.from_whom(position) for position in range(len(self.later.municipalities))]
        return [", ".join(name for name, leaves in left if leaves[came_from].any()) for came_from in origins]

    def _together(self, amounts: Sequence[Integers]) -> Integers:
        total: Integers = np.sum(amounts, axis=0, dtype=np.int64)
        return total
