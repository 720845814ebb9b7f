"""Redistribution effects: who pays more or less in a scenario than in its baseline.

Where municipalities merged between the two reference dates, each municipality of the later date is held beside the sum
of what was billed to those it came from (`gguplan.model.population.succession`). So the effects always sum to the
difference of the totals, to the cent.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from typing import Final

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from gguplan.fund.municipalities import Population
from gguplan.model.carried_bills import CarriedBills
from gguplan.money import Integers

Floats = NDArray[np.float64]

SIZE_CLASSES: Final = (20_000, 50_000, 100_000, 250_000)
"""Where one size class ends and the next begins, in inhabitants on the reference date of the scenario."""


def size_classes(inhabitants: Integers) -> Integers:
    """The place of each municipality's class among `SIZE_CLASSES`, from 0, shape (municipalities,)."""
    place: Integers = np.searchsorted(np.array(SIZE_CLASSES), inhabitants, side="right")
    return place


class Group(Struct, frozen=True):
    """Some municipalities together: how many, their inhabitants on both reference dates, and cents to pay before and
    after; of these are `of_bodies` of who has no inhabitants."""

    name: str
    municipalities: int
    inhabitants_before: int
    inhabitants: int
    before: int
    after: int
    of_bodies: tuple[int, int] = (0, 0)

    @property
    def effect(self) -> int:
        """Cents more (or, negative, less) to pay."""
        return self.after - self.before

    @property
    def rate_change(self) -> Decimal:
        """Euros per inhabitant more, each amount over the inhabitants of its own reference date; 0 of nobody."""
        before, after = self.before - self.of_bodies[0], self.after - self.of_bodies[1]
        return _rate(after, self.inhabitants) - _rate(before, self.inhabitants_before)

    @property
    def rate_change_of_somebody(self) -> Decimal | None:
        """The same; None where there are no municipalities among them."""
        return self.rate_change if self.municipalities else None


class Comparison(Struct, frozen=True, dict=True):
    """A scenario beside its baseline, over the same municipalities in the same order."""

    baseline: CarriedBills
    scenario: CarriedBills

    @property
    def population(self) -> Population:
        """The municipalities of the later of the two reference dates."""
        return self.scenario.later

    @property
    def over_mergers(self) -> bool:
        """Whether municipalities changed between the two dates, so that bills of one of the two are added up."""
        return self.baseline.over_mergers or self.scenario.over_mergers

    @cached_property
    def effects(self) -> Integers:
        """Cents that each municipality pays more than in the baseline, shape (municipalities,)."""
        return self.scenario.to_pay - self.baseline.to_pay

    @cached_property
    def sizes(self) -> Integers:
        """The inhabitants by which each falls in a size class, shape (municipalities,): those of the scenario, and of
        who is no longer a member in it those of the baseline."""
        counted = self.scenario.inhabitants
        sizes: Integers = np.where(counted > 0, counted, self.baseline.inhabitants)
        return sizes

    @cached_property
    def rates(self) -> tuple[Floats, Floats]:
        """Euros per inhabitant before and after, each by the inhabitants of its own reference date; 0 of who was no
        member."""
        return _rates(self.baseline), _rates(self.scenario)

    def effects_of(self, programme: str) -> Integers:
        """As `effects`, of one programme of either of the two; what is not there costs nothing."""
        after, before = (
            sum(
                (carried.to_pay for carried in bills.by_programme if carried.name == programme),
                start=np.zeros(len(self.effects), dtype=np.int64),
            )
            for bills in (self.scenario, self.baseline)
        )
        return after - before

    @property
    def total(self) -> Group:
        """All municipalities together, and the other bodies that pay."""
        return self._group("", np.ones(len(self.effects), dtype=np.bool_))

    @property
    def of_bodies(self) -> Group | None:
        """The bodies without inhabitants together, which are in no other group but the total; None without any."""
        bodies = self.population.is_body
        return self._group("other_bodies", bodies) if bodies.any() else None

    def by_direction(self) -> tuple[Group, Group, Group]:
        """Which municipalities pay more, which pay less, and which pay the same."""
        return (
            self._group("more", (self.effects > 0) & ~self.population.is_body),
            self._group("less", (self.effects < 0) & ~self.population.is_body),
            self._group("same", (self.effects == 0) & ~self.population.is_body),
        )

    def by_province(self) -> tuple[Group, ...]:
        """A group for each province, by name."""
        provinces = self.population.provinces
        return tuple(self._group(name, provinces == name) for name in sorted(set(provinces.tolist())) if name)

    def by_size(self) -> tuple[Group, ...]:
        """A group for each of `SIZE_CLASSES`, by `sizes`, named by its lower bound; classes of nobody are left out."""
        place = size_classes(self.sizes)
        bounds = (0, *SIZE_CLASSES)
        apart = ~self.population.is_body
        groups = (self._group(str(bounds[number]), (place == number) & apart) for number in range(len(bounds)))
        return tuple(group for group in groups if group.municipalities)

    def largest(self, count: int) -> list[int]:
        """The places of the municipalities with the largest effects in euros, either way; then the lower code."""
        order = np.lexsort((self.population.codes, -np.abs(self.effects)))
        return [place for place in order[:count].tolist() if self.effects[place]]

    def concentration(self, share: float = 0.1) -> float:
        """Which part of all that shifts is carried by the `share` of the municipalities with the largest shifts.

        What all gain or lose alike is taken out first: a shift is the effect less the change of the total pro rata
        to inhabitants. 0 when nothing shifts.
        """
        municipalities = ~self.population.is_body
        people, effects = self.scenario.inhabitants[municipalities], self.effects[municipalities]
        shift = np.sort(np.abs(effects - float(effects.sum()) * people / int(people.sum())))[::-1]
        count = max(1, round(share * len(shift)))
        # Below half a cent each it is rounding, not redistribution.
        return float(shift[:count].sum() / shift.sum()) if shift.max() > 1.5 else 0.0

    def _group(self, name: str, chosen: NDArray[np.bool_]) -> Group:
        columns = (
            self.baseline.inhabitants,
            self.scenario.inhabitants,
            self.baseline.to_pay,
            self.scenario.to_pay,
        )
        bodies = self.population.is_body & chosen
        _before, _now, *of_bodies = (int(column[bodies].sum()) for column in columns)
        people_before, people, before, after = (int(column[chosen].sum()) for column in columns)
        municipalities = int((chosen & ~bodies).sum())
        return Group(name, municipalities, people_before, people, before, after, (of_bodies[0], of_bodies[1]))


def euros_per_inhabitant_of_each(cents: Integers, inhabitants: Integers) -> Floats:
    """Euros per inhabitant of each, shape (municipalities,); 0 of who has none: no member, or a body."""
    rates: Floats = np.where(inhabitants > 0, cents / 100 / np.maximum(inhabitants, 1), 0.0)
    return rates


def _rate(cents: int, inhabitants: int) -> Decimal:
    return Decimal(cents) / 100 / inhabitants if inhabitants else Decimal(0)


def _rates(bills: CarriedBills) -> Floats:
    return euros_per_inhabitant_of_each(bills.to_pay, bills.inhabitants)
