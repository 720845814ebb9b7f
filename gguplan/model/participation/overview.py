"""Everything about who takes part in a scenario: opt-outs and thresholds as they are, cascades as they may go."""

from __future__ import annotations

from typing import Final

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from gguplan.fund.cascades import CascadeProblem, NobodyToStart, NoCascades, NoOneRate, TooManyDraws
from gguplan.model.allocation import has_one_rate, price_of
from gguplan.model.participation.cascade import CascadeResult, cascade_result_of
from gguplan.model.participation.settlement import check_threshold
from gguplan.model.randomness import stream
from gguplan.model.result import ProgrammeResult, RunResult

MOST_DRAWS: Final = 200_000
"""Draws of all cascades together: each holds a limit for every municipality."""


class ParticipationOverview(Struct, frozen=True):
    """The programmes of a run with opt-outs, a threshold or a cascade, and the cascades worked out by name."""

    result: RunResult
    programmes: tuple[ProgrammeResult, ...]
    cascades: dict[str, CascadeResult]
    draws: int
    seed: int


def overview_of(result: RunResult, draws: int, seed: int) -> ParticipationOverview:
    """Work every cascade of a run out, with `draws` draws. Raises NoCascades when one cannot be.

    A cascade starts with those who are not outside for a day; when the rate rises for the rest it is as in the
    settlement ``redistribute``.
    """
    count = len(result.fund_year.acceptance)
    if count * draws > MOST_DRAWS:
        raise NoCascades((TooManyDraws(draws, count, MOST_DRAWS),))
    having = [programme for programme in result.by_programme if programme.name in result.fund_year.acceptance]
    problems = tuple(problem for programme in having if (problem := why_no_cascade(programme)))
    if problems:
        raise NoCascades(problems)
    cascades = {programme.name: cascade_of(result, programme, draws, seed) for programme in having}
    shown = tuple(
        programme
        for programme in result.by_programme
        if programme.opt_outs or programme.threshold or programme.name in cascades
    )
    return ParticipationOverview(result, shown, cascades, draws, seed)


def why_no_cascade(programme: ProgrammeResult) -> CascadeProblem | None:
    """Why the cascade of a programme cannot be worked out; None when it can."""
    if not has_one_rate(programme.programme.allocation):
        return NoOneRate(programme.name)
    if not programme.participation.weighed[~programme.participation.outside].any():
        return NobodyToStart(programme.name)
    return None


def asked_of(programme: ProgrammeResult, starting: NDArray[np.bool_]) -> int:
    """Cents that those who start a cascade pay together before anybody leaves by it.

    With an opt-out that redistributes that is the whole budget; with any other the rate of the others stays. Of a
    programme that has lapsed it is the budget less income from others, as if it went on.
    """
    if programme.participation.lapsed is not None:
        return programme.budget.to_divide
    return int(programme.participation.contributions[starting].sum())


def cascade_of(result: RunResult, programme: ProgrammeResult, draws: int, seed: int) -> CascadeResult:
    """The cascade of a programme that has one, and of which it can be worked out."""
    inputs, population = result.fund_year, result.population
    threshold = inputs.thresholds.get(programme.name)
    needed = (1, 0)
    if threshold is not None:
        outcome = check_threshold(
            threshold, population, programme.participation.outside, programme.programme.pays(population)
        )
        needed = (outcome.municipalities_needed, outcome.inhabitants_needed)
    starting = ~programme.participation.outside & programme.programme.pays(population)
    return cascade_result_of(
        programme.name,
        asked_of(programme, starting),
        population.inhabitants,
        starting,
        inputs.acceptance[programme.name],
        needed,
        draws,
        stream(seed, f"acceptance of {programme.name}"),
        price_of(programme.programme.allocation),
    )
