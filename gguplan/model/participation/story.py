"""Everything about who takes part in a scenario: opt-outs and thresholds as they are, cascades as they may go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from gguplan.inputs.findings import Findings
from gguplan.language import _
from gguplan.model.allocation import has_one_rate
from gguplan.model.participation.cascade import CascadeResult, work_out
from gguplan.model.participation.settlement import check_threshold
from gguplan.model.randomness import stream
from gguplan.model.result import ProgrammeResult, RunResult
from gguplan.wording.amounts import format_number

MOST_DRAWS: Final = 200_000
"""Draws of all cascades together: each holds a limit for every municipality."""


@dataclass(frozen=True)
class ParticipationStory:
    """The programmes of a run with opt-outs, a threshold or a cascade, and the cascades worked out by name."""

    result: RunResult
    programmes: tuple[ProgrammeResult, ...]
    cascades: dict[str, CascadeResult]
    draws: int
    seed: int


def tell(result: RunResult, draws: int, seed: int) -> ParticipationStory:
    """Work every cascade of a run out, with `draws` draws. Raises InputError when one cannot be.

    A cascade starts with those who are not outside for a day; when the rate rises for the rest it is as in the
    settlement ``redistribute``.
    """
    findings = Findings()
    cascades = {}
    inputs = result.inputs
    if len(inputs.acceptance) * draws > MOST_DRAWS:
        findings.add(
            inputs.place("cascades"),
            _(
                "{draws} draws for each of {count} cascades are more than {most} together.",
                draws=format_number(draws),
                count=len(inputs.acceptance),
                most=format_number(MOST_DRAWS),
            ),
            _("Ask for fewer draws, or keep only the cascades that matter."),
        )
        findings.raise_if_any()
    for one in result.by_programme:
        if one.name not in inputs.acceptance:
            continue
        problem = why_no_cascade(one)
        if problem is not None:
            findings.add(inputs.place("cascades", one.name), *problem)
            continue
        cascades[one.name] = cascade_of(result, one, draws, seed)
    findings.raise_if_any()
    told = tuple(one for one in result.by_programme if one.opt_outs or one.threshold or one.name in cascades)
    return ParticipationStory(result, told, cascades, draws, seed)


def why_no_cascade(one: ProgrammeResult) -> tuple[str, str] | None:
    """Why the cascade of a programme cannot be worked out, and what to do; None when it can."""
    if not has_one_rate(one.programme.allocation):
        return (
            _(
                "{programme!r} is not divided pro rata to inhabitants: it has no one rate that rises.",
                programme=one.name,
            ),
            _("Take the cascade out, or the allocation of the programme."),
        )
    if one.participation.outside.all():
        return (
            _("Nobody takes part in {programme!r} the whole year.", programme=one.name),
            _("Take the cascade out, or somebody into the programme."),
        )
    return None


def cascade_of(result: RunResult, one: ProgrammeResult, draws: int, seed: int) -> CascadeResult:
    """The cascade of a programme that has one, and of which it can be worked out."""
    inputs, population = result.inputs, result.population
    threshold = inputs.thresholds.get(one.name)
    needed = (1, 0)
    if threshold is not None:
        outcome = check_threshold(threshold, population, one.participation.outside)
        needed = (outcome.municipalities_needed, outcome.inhabitants_needed)
    return work_out(
        one.name,
        one.budget.gross,
        population.inhabitants,
        ~one.participation.outside,
        inputs.acceptance[one.name],
        needed,
        draws,
        stream(seed, f"acceptance of {one.name}"),
    )
