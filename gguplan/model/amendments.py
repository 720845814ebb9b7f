"""A budget and its amendments beside each other: what each changes for whom, in every year."""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from gguplan.fund.municipalities import Population
from gguplan.money import Integers


class Amendment(Struct, frozen=True):
    """The budget (`number` 0) or one of its amendments."""

    number: int
    title: str
    source: str | None


class AmendedYear(Struct, frozen=True, eq=False):
    """One year: what each municipality pays by the budget and after each amendment, cents of shape (1 + amendments,
    municipalities)."""

    year: int
    population: Population
    to_pay: Integers

    @property
    def changes(self) -> Integers:
        """What each amendment changes in what each pays, cents of shape (amendments, municipalities)."""
        changes: Integers = np.diff(self.to_pay, axis=0)
        return changes

    @property
    def total(self) -> tuple[int, ...]:
        """What all pay by the budget, and then what each amendment changes in that, in cents."""
        return (int(self.to_pay[0].sum()), *map(int, self.changes.sum(axis=1)))

    def of(self, position: int) -> tuple[int, ...]:
        """What one pays by the budget, and then what each amendment changes in that, in cents."""
        return (int(self.to_pay[0, position]), *map(int, self.changes[:, position]))


class Amendments(Struct, frozen=True, eq=False):
    """The budget and its amendments in their order, and the years that all of them have."""

    stages: tuple[Amendment, ...]
    years: tuple[AmendedYear, ...]
