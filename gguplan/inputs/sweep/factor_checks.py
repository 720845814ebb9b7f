"""Checks that every way to say what is varied shares."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from gguplan.findings import Findings, InputError, Place
from gguplan.fund.sweep_plan import ValueSort
from gguplan.inputs.scenario.reading import ScenarioInputs
from gguplan.inputs.scenario.settings import existing_path, says_the_same
from gguplan.inputs.toml_document import KeyPath
from gguplan.language import _

_NOT_VARIED: Final = ("sweep", "expected", "title", "description", "source")
_ONLY_A_LABEL: Final = ("year",)


def path_to_vary(written: str, inputs: ScenarioInputs, place: Place, findings: Findings) -> KeyPath | None:
    """The path when it exists in the scenario, can change an outcome and is not set by ``--set`` as well; else a
    finding, and None."""
    try:
        path = existing_path(inputs.layers, written.strip(), place)
    except InputError as error:
        findings.gathered.extend(error.findings)
        return None
    if path[0] in _NOT_VARIED or path[-1] in ("title", "source"):
        findings.add(
            place,
            _("Nothing that comes out depends on {name}.", name=written),
            _("Vary an amount, a rate, a date, or who is outside."),
        )
        return None
    if path[0] in _ONLY_A_LABEL:
        findings.add(
            place,
            _("Another year alone changes what it is called, and neither the inhabitants nor the amounts."),
            _("Vary reference_date, or an amount; for years ahead there is gguplan horizon."),
        )
        return None
    for setting in inputs.layers.settings:
        if says_the_same(path, existing_path(inputs.layers, setting.partition("=")[0].strip(), place)):
            findings.add(place, _("{name} is set by --set as well.", name=written), _("Keep one of the two."))
            return None
    return path


def fail_if_no_range(leaf: ValueSort, name: str, place: Place, findings: Findings) -> bool:
    """Whether a range can go over such a value; else a finding."""
    if leaf == "other":
        findings.add(
            place,
            _("No range can go over {name}: it is not an amount, a rate, a number or a date.", name=name),
            _("Write the choices themselves."),
        )
    return leaf != "other"


def fail_if_choices_repeat(texts: Sequence[str], place: Place, findings: Findings) -> bool:
    """Whether every choice differs; else a finding."""
    twice = next((text for index, text in enumerate(texts) if text in texts[:index]), None)
    if twice is not None:
        findings.add(place, _("{value} stands here a second time.", value=twice[:100]), _("Keep it once."))
    return twice is None


def add_problem(problem: ValueError, place: Place, findings: Findings) -> None:
    """A message ``what: remedy`` as a finding."""
    what, colon, remedy = str(problem).rpartition(": ")
    problem_said, remedy_said = (what, remedy) if colon else (remedy, _("Write it as the scenario does."))
    findings.add(
        place, *(sentence[:1].upper() + sentence[1:].rstrip(".") + "." for sentence in (problem_said, remedy_said))
    )
