"""The cascades of a run, with what is wrong with them told at their place in the scenario."""

from __future__ import annotations

from typing import assert_never

from gguplan.findings import Finding, InputError, Place
from gguplan.fund.cascades import CascadeProblem, NobodyToStart, NoCascades, NoOneRate, TooManyDraws
from gguplan.inputs.scenario.reading import ScenarioInputs
from gguplan.model.participation.overview import ParticipationOverview, overview_of
from gguplan.model.result import RunResult
from gguplan.wording.cascades import problem_in_words, remedy_in_words


def cascades_of(inputs: ScenarioInputs, result: RunResult, draws: int, seed: int) -> ParticipationOverview:
    """Who takes part in the result of a scenario, with every cascade worked out.

    Raises InputError when a cascade cannot be worked out.
    """
    try:
        return overview_of(result, draws, seed)
    except NoCascades as error:
        raise InputError(
            [
                Finding(_place(problem, inputs), problem_in_words(problem), remedy_in_words(problem))
                for problem in error.problems
            ]
        ) from None


def _place(problem: CascadeProblem, inputs: ScenarioInputs) -> Place:
    match problem:
        case NoOneRate(programme) | NobodyToStart(programme):
            return inputs.place("cascades", programme)
        case TooManyDraws():
            return inputs.place("cascades")
        case _:
            assert_never(problem)
