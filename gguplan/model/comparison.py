"""Redistribution effects: who pays more or less in a scenario than in its baseline.

Where municipalities merged between the two reference dates, the earlier scenario is divided over the municipalities
of the later one: each counts the people who lived in what is now its territory. So the effects always sum to the
difference of the totals, to the cent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from gguplan.inputs.population.mergers import changes
from gguplan.inputs.population.years import Population, load_population
from gguplan.inputs.scenario.reading import ScenarioInputs, read_again
from gguplan.model.population.history import history_of
from gguplan.model.result import RunResult, run
from gguplan.money import Integers

Floats = NDArray[np.float64]

SIZE_CLASSES: Final = (20_000, 50_000, 100_000, 250_000)
"""Where one size class ends and the next begins, in inhabitants on the reference date of the scenario."""


def size_classes(population: Population) -> Integers:
    """The place of each municipality's class among `SIZE_CLASSES`, from 0, shape (municipalities,)."""
    place: Integers = np.searchsorted(np.array(SIZE_CLASSES), population.inhabitants, side="right")
    return place


@dataclass(frozen=True)
class Group:
    """Some municipalities together: how many, their inhabitants on both reference dates, and cents to pay before and
    after."""

    name: str
    municipalities: int
    inhabitants_before: int
    inhabitants: int
    before: int
    after: int

    @property
    def effect(self) -> int:
        """Cents more (or, negative, less) to pay."""
        return self.after - self.before

    @property
    def rate_change(self) -> Decimal:
        """Euros an inhabitant more, each amount over the inhabitants of its own reference date; 0 of nobody."""
        if not self.municipalities:
            return Decimal(0)
        return Decimal(self.after) / 100 / self.inhabitants - Decimal(self.before) / 100 / self.inhabitants_before


@dataclass(frozen=True)
class Comparison:
    """A scenario beside its baseline, over the same municipalities in the same order."""

    baseline: RunResult
    scenario: RunResult

    @cached_property
    def effects(self) -> Integers:
        """Cents that each municipality pays more than in the baseline, shape (municipalities,)."""
        return self.scenario.to_pay - self.baseline.to_pay

    @cached_property
    def rates(self) -> tuple[Floats, Floats]:
        """Euros an inhabitant before and after, each by the inhabitants of its own reference date."""
        before = self.baseline.to_pay / 100 / self.baseline.population.inhabitants
        after = self.scenario.to_pay / 100 / self.scenario.population.inhabitants
        return before, after

    def effects_of(self, programme: str) -> Integers:
        """As `effects`, of one programme of either of the two; what is not there costs nothing."""
        after, before = (
            sum(
                (
                    one.participation.contributions - one.participation.refunds
                    for one in result.by_programme
                    if one.name == programme
                ),
                start=np.zeros(len(self.effects), dtype=np.int64),
            )
            for result in (self.scenario, self.baseline)
        )
        return after - before

    @property
    def total(self) -> Group:
        """All municipalities together."""
        return self._group("", np.ones(len(self.effects), dtype=np.bool_))

    def by_direction(self) -> tuple[Group, Group, Group]:
        """Who pays more, who pays less, and who pays the same."""
        return (
            self._group("more", self.effects > 0),
            self._group("less", self.effects < 0),
            self._group("same", self.effects == 0),
        )

    def by_province(self) -> tuple[Group, ...]:
        """A group for each province, by name."""
        provinces = np.array([one.province for one in self.scenario.population.municipalities])
        return tuple(self._group(name, provinces == name) for name in sorted(set(provinces.tolist())))

    def by_size(self) -> tuple[Group, ...]:
        """A group for each of `SIZE_CLASSES`, named by its lower bound; classes without municipalities left out."""
        place = size_classes(self.scenario.population)
        bounds = (0, *SIZE_CLASSES)
        groups = (self._group(str(bounds[number]), place == number) for number in range(len(bounds)))
        return tuple(one for one in groups if one.municipalities)

    def largest(self, count: int) -> list[int]:
        """The places of the municipalities with the largest effects in euros, either way; then the lower code."""
        order = np.lexsort((self.scenario.population.codes, -np.abs(self.effects)))
        return [place for place in order[:count].tolist() if self.effects[place]]

    def concentration(self, share: float = 0.1) -> float:
        """Which part of all that shifts is carried by the `share` of the municipalities with the largest shifts.

        What all gain or lose alike is taken out first: a shift is the effect less the change of the total pro rata
        to inhabitants. 0 when nothing shifts.
        """
        people = self.scenario.population.inhabitants
        shift = np.sort(np.abs(self.effects - float(self.effects.sum()) * people / int(people.sum())))[::-1]
        count = max(1, round(share * len(shift)))
        # Below half a cent each it is rounding, not redistribution.
        return float(shift[:count].sum() / shift.sum()) if shift.max() > 1.5 else 0.0

    def _group(self, name: str, chosen: NDArray[np.bool_]) -> Group:
        columns = (
            self.baseline.population.inhabitants,
            self.scenario.population.inhabitants,
            self.baseline.to_pay,
            self.scenario.to_pay,
        )
        return Group(name, int(chosen.sum()), *(int(column[chosen].sum()) for column in columns))


def compare(baseline: ScenarioInputs, scenario: ScenarioInputs) -> Comparison:
    """Work both out over the same municipalities. Raises InputError where the earlier one cannot be divided over
    those of the later: an opt-out that no longer exists, or a merger that is not known."""
    return Comparison(*map(run, over_the_latest([baseline, scenario])))


def over_the_latest(every: Sequence[ScenarioInputs]) -> list[ScenarioInputs]:
    """The scenarios, each over the municipalities of the latest reference date among them; the first such goes before.

    Raises InputError as `compare` does.
    """
    latest = max((one.population for one in every), key=lambda population: population.year)
    codes = latest.index.keys()
    return [
        one if one.population.index.keys() == codes else _over(one, territory(one.population.year, latest.year))
        for one in every
    ]


def territory(year: int, later: int) -> Population:
    """The municipalities of `later` with the people who lived in their territory on 1 January of `year`."""
    there: Sequence[Population] = [load_population(one) for one in range(year, later + 1)]
    counted = history_of(there, changes()).inhabitants[0].tolist()
    municipalities = tuple(
        replace(one, inhabitants=people) for one, people in zip(there[-1].municipalities, counted, strict=True)
    )
    return Population(year, there[0].status, there[0].path, municipalities)


def _over(inputs: ScenarioInputs, population: Population) -> ScenarioInputs:
    run(inputs)  # for what it expects of its own inhabitants
    return read_again(inputs, population=population)
