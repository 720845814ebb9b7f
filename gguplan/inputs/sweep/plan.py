"""What a sweep varies and how it samples that: read from the command line or the scenario, all mistakes at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

from gguplan.inputs.findings import Finding, Findings, InputError, Place
from gguplan.inputs.scenario.reading import ScenarioInputs, read_again
from gguplan.inputs.scenario.settings import says_the_same
from gguplan.inputs.scenario.sweep import LARGEST_SWEEP, MOST_FACTORS, Sample
from gguplan.inputs.sweep.factors import Factor
from gguplan.inputs.sweep.table import factors_of_table
from gguplan.inputs.sweep.vary import factor_of_option
from gguplan.language import _
from gguplan.wording.amounts import format_number


@dataclass(frozen=True)
class Plan:
    """What is varied over a scenario: all combinations of a grid, or a designed sample of `size` variants."""

    factors: tuple[Factor, ...]
    sample: Sample
    size: int


def read_plan(inputs: ScenarioInputs, vary: Sequence[str]) -> Plan:
    """The plan of ``--vary`` options, or else of the table ``[sweep]`` of the scenario.

    Raises InputError with every mistake: a path that does not exist or is varied twice, a bound or choice that the
    scenario cannot have, more variants than `LARGEST_SWEEP`, or nothing to vary at all.
    """
    findings = Findings()
    sample: Sample = "grid"
    size = 0
    table = inputs.scenario.sweep
    if vary:
        factors = [factor for option in vary if (factor := factor_of_option(option, inputs, findings)) is not None]
    elif table is not None:
        factors, sample, size = factors_of_table(table, inputs, findings), table.sample, table.size or 0
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
    _fail_if_said_twice(factors, findings)
    if len(factors) > MOST_FACTORS:
        findings.add(
            factors[MOST_FACTORS].place,
            _("More than {count} values are varied at once.", count=MOST_FACTORS),
            _("Vary the ones that matter most."),
        )
    if sample == "grid":
        size = prod(factor.levels for factor in factors)
        if size > LARGEST_SWEEP:
            findings.add(
                factors[-1].place,
                _(
                    "This grid has {size} variants; {limit} is the most that one sweep takes.",
                    size=format_number(size),
                    limit=format_number(LARGEST_SWEEP),
                ),
                _("Take fewer steps or choices, or a designed sample in a table [sweep]."),
            )
    for factor in factors:
        _fail_if_a_value_is_wrong(factor, inputs, findings)
    findings.raise_if_any()
    return Plan(tuple(factors), sample, size)


def _fail_if_said_twice(factors: Sequence[Factor], findings: Findings) -> None:
    for index, factor in enumerate(factors):
        earlier = next((candidate for candidate in factors[:index] if says_the_same(candidate.path, factor.path)), None)
        if earlier is None:
            continue
        if earlier.role == factor.role:
            what = _("{name} is varied already, by {other}.", name=factor.name, other=earlier.name)
        else:
            what = _("{name} is varied both as a lever and as an uncertainty.", name=factor.name)
        findings.add(factor.place, what, _("Keep one of the two."))


def _fail_if_a_value_is_wrong(factor: Factor, inputs: ScenarioInputs, findings: Findings) -> None:
    """Try the bounds, or every choice, one at a time; of years, the first that is wrong is enough."""
    before = len(findings.gathered)
    for value in factor.ends():
        if factor.leaf == "first_of_january" and len(findings.gathered) > before:
            return
        setting = factor.setting(value)
        try:
            read_again(inputs, [setting])
        except InputError as error:
            for finding in error.findings:
                set_here = finding.place.file.startswith("--set ")
                what = _("With {value}: {what}", value=factor.text(value)[:100], what=finding.what)
                findings.gathered.append(Finding(factor.place if set_here else finding.place, what, finding.remedy))
