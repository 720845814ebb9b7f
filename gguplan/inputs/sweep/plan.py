"""What a sweep varies and how it samples that: read from the command line or the scenario, all mistakes at once."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

from gguplan.findings import Finding, Findings, InputError, Place
from gguplan.fund.sweep_plan import LARGEST_GRID, LARGEST_SWEEP, Factor, Sample, SweepPlan
from gguplan.inputs.scenario.reading import ScenarioInputs, read_again
from gguplan.inputs.scenario.settings import says_the_same
from gguplan.inputs.scenario.sweep_table import MOST_FACTORS
from gguplan.inputs.sweep.factor_values import StatedFactor, setting_of
from gguplan.inputs.sweep.table import factors_of_table
from gguplan.inputs.sweep.vary_option import factor_of_option
from gguplan.language import _
from gguplan.wording.amounts import format_number


class StatedPlan(SweepPlan, frozen=True):
    """A plan, with the places where its factors are stated."""

    places: tuple[Place, ...]


def read_plan(inputs: ScenarioInputs, vary: Sequence[str], limit: int = LARGEST_SWEEP) -> StatedPlan:
    """The plan of ``--vary`` options, or else of the table ``[sweep]`` of the scenario; a grid has at most `limit`
    variants.

    Raises InputError with every mistake: a path that does not exist or is varied twice, a bound or choice that the
    scenario cannot have, more variants than the limit, or nothing to vary at all.
    """
    findings = Findings()
    sample: Sample = "grid"
    size = 0
    table = inputs.scenario.sweep
    if vary:
        read = (factor_of_option(option, inputs, findings) for option in vary)
        stated = [factor for factor in read if factor is not None]
    elif table is not None:
        stated, sample, size = factors_of_table(table, inputs, findings), table.sample, table.size or 0
    else:
        raise InputError(
            [
                Finding(
                    Place(_("scenario {name!r}", name=inputs.name[:100])),
                    _("There is nothing to vary: the scenario has no table [sweep]."),
                    _("Vary something, such as --vary programmes.luisterend-oor.rate=0.20:0.35:4, or add the table."),
                )
            ]
        )
    factors = tuple(factor for factor, _place in stated)
    places = tuple(place for _factor, place in stated)
    _fail_if_said_twice(stated, findings)
    if len(factors) > MOST_FACTORS:
        findings.add(
            places[MOST_FACTORS],
            _("More than {count} values are varied at once.", count=MOST_FACTORS),
            _("Vary the ones that matter most."),
        )
    if sample == "grid":
        size = prod(factor.levels for factor in factors)
        if size > limit:
            findings.add(
                places[-1],
                _(
                    "This grid has {size} variants; {limit} is the most that one sweep takes.",
                    size=format_number(size),
                    limit=format_number(limit),
                ),
                _(
                    "Take fewer steps or choices, or a designed sample in a table [sweep]; up to {most} go to "
                    "--out results.parquet.",
                    most=format_number(LARGEST_GRID),
                )
                if limit < LARGEST_GRID
                else _("Take fewer steps or choices, or a designed sample in a table [sweep]."),
            )
    for factor, place in stated:
        _fail_if_a_value_is_wrong(factor, place, inputs, findings)
    findings.raise_if_any()
    return StatedPlan(factors, sample, size, places)


def _fail_if_said_twice(stated: Sequence[StatedFactor], findings: Findings) -> None:
    for index, (factor, place) in enumerate(stated):
        before = (candidate for candidate, _place in stated[:index])
        earlier = next((candidate for candidate in before if says_the_same(candidate.path, factor.path)), None)
        if earlier is None:
            continue
        if earlier.role == factor.role:
            what = _("{name} is varied already, by {other}.", name=factor.name, other=earlier.name)
        else:
            what = _("{name} is varied both as a lever and as an uncertainty.", name=factor.name)
        findings.add(place, what, _("Keep one of the two."))


def _fail_if_a_value_is_wrong(factor: Factor, place: Place, inputs: ScenarioInputs, findings: Findings) -> None:
    """Try the bounds, or every choice, one at a time; of years, the first that is wrong is enough."""
    before = len(findings.gathered)
    for value in factor.ends():
        if factor.leaf == "first_of_january" and len(findings.gathered) > before:
            return
        setting = setting_of(factor, value)
        try:
            read_again(inputs, [setting])
        except InputError as error:
            for finding in error.findings:
                set_here = finding.place.file.startswith("--set ")
                what = _("With {value}: {what}", value=factor.text(value)[:100], what=finding.what)
                findings.gathered.append(Finding(place if set_here else finding.place, what, finding.remedy))
