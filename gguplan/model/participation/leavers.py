"""Who leaves by the cascades of a scenario, beside figures in which they still take part.

A scenario says who takes part by its opt-outs, and bills follow from that. A cascade says what may come of it when
municipalities accept no more than a highest rate: an assumption with a source, and often an interval. So bills are
those before it, whatever its limits, and whoever shows a bill says who would leave.
"""

from __future__ import annotations

from functools import cached_property
from typing import Final

import numpy as np
from msgspec import Struct

from gguplan.fund.cascades import (
    CannotBe,
    CascadeBeside,
    CascadeEnd,
    CascadeProblem,
    EverybodyLeaves,
    LimitsDrawn,
    NobodyLeaves,
    SomeLeave,
)
from gguplan.fund.municipalities import Population
from gguplan.fund.thresholds import Threshold
from gguplan.model.numbers_of_draws import CASCADE_DRAWS, SEED
from gguplan.model.participation.cascade import CascadeResult
from gguplan.model.participation.overview import MOST_DRAWS, cascade_of, why_no_cascade
from gguplan.model.result import ProgrammeResult, RunResult
from gguplan.money import RATE_UNITS, Integers

_NAMED: Final = 3


class Leavers(Struct, frozen=True, eq=False, dict=True):
    """Who leaves one programme by its cascade, as `gguplan participation` works it out.

    `cascade` is None when it cannot be worked out, and `why_not` then says why. Limits that are given are worked out
    once; of limits that are drawn it is the draw that ends in the middle of `draws`.
    """

    programme: ProgrammeResult
    cascade: CascadeResult | None
    draws: int
    is_given: bool
    population: Population
    threshold: Threshold | None = None
    why_not: CascadeProblem | None = None

    @cached_property
    def round_of_leaving(self) -> Integers:
        """In which round each municipality leaves, from 1; 0 for who stays or was outside; shape (municipalities,)."""
        numbers = np.zeros_like(self.programme.participation.contributions)
        for number, cascade_round in enumerate(self.cascade.rounds if self.cascade else (), start=1):
            numbers[cascade_round.leaving] = number
        return numbers

    @property
    def count(self) -> int:
        """How many municipalities leave."""
        return int(np.count_nonzero(self.round_of_leaving))

    @property
    def starting(self) -> int:
        """How many take part before the first round."""
        return int(self.cascade.starting.sum()) if self.cascade else 0

    @property
    def collapses(self) -> bool:
        """Whether too few are left for the threshold of the programme, or nobody."""
        if self.cascade is None:
            return False
        (municipalities, inhabitants), end = self.cascade.needed, self.cascade.rounds[-1]
        return int(end.taking_part.sum()) < municipalities or end.inhabitants < inhabitants

    @cached_property
    def beside(self) -> CascadeBeside:
        """What comes of it, to be said beside amounts in which everybody still takes part."""
        drawn = None if self.is_given else LimitsDrawn(self.draws, SEED)
        return CascadeBeside(self.programme.programme.title, drawn, self._end())

    def _end(self) -> CascadeEnd:
        if self.why_not is not None:
            return CannotBe(self.why_not)
        assert self.cascade is not None
        left = np.flatnonzero(self.round_of_leaving)
        if not len(left):
            return NobodyLeaves()
        if len(left) == self.starting:
            return EverybodyLeaves(len(left))
        population = self.population
        largest = left[np.lexsort((population.codes[left], -population.inhabitants[left]))][:_NAMED].tolist()
        return SomeLeave(
            len(left),
            self.starting,
            tuple(population.municipalities[position].name for position in largest),
            self.rate_units(1),
            self.rate_units(len(self.cascade.rounds)),
            self.threshold if self.collapses else None,
        )

    def rate_units(self, number: int) -> int:
        """The rate of a round as `rate` gives it, in whole ten-thousandths of a euro."""
        return round(self.rate(number) * RATE_UNITS)

    def rate(self, number: int) -> float:
        """Euros per inhabitant that is asked in a round, from 1; that of the last is 0 when nobody is left."""
        assert self.cascade is not None
        return self.cascade.rate_of(self.cascade.rounds[number - 1].inhabitants)


def leavers_of(result: RunResult) -> tuple[Leavers, ...]:
    """Every cascade of a run, in the order of its programmes."""
    acceptances = result.fund_year.acceptance
    by_programme = []
    for programme in result.by_programme:
        if (acceptance := acceptances.get(programme.name)) is None or programme.participation.lapsed is not None:
            continue  # Of what has lapsed already nobody is asked a rate.
        given = acceptance.is_given
        draws = 1 if given else min(CASCADE_DRAWS, max(1, MOST_DRAWS // len(acceptances)))
        problem, threshold = why_no_cascade(programme), result.fund_year.thresholds.get(programme.name)
        cascade = cascade_of(result, programme, draws, SEED) if problem is None else None
        by_programme.append(Leavers(programme, cascade, draws, given, result.population, threshold, problem))
    return tuple(by_programme)
