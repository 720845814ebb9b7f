"""What a scenario is compared with when nothing else is asked for: the scenario that it extends."""

from __future__ import annotations

from pathlib import Path

from gguplan.findings import InputError
from gguplan.inputs.scenario.reading import ScenarioInputs, read_scenario
from gguplan.runs.results import comparison_of


def extended_baseline(inputs: ScenarioInputs) -> ScenarioInputs | None:
    """What the scenario extends, where that is whole by itself and can stand beside it; else None.

    Of what-ifs that are extended together it is what all of them rest on.
    """
    if len(inputs.layers.files) == 1:
        return None
    parent = inputs.layers.files[1 if isinstance(inputs.scenario.extends, str) else -1]
    try:
        baseline = read_scenario(parent.folder / Path(parent.name).name)
        comparison_of(baseline, inputs)
    except InputError:
        return None
    return baseline
