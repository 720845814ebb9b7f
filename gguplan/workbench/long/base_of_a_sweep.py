"""What a sweep of the page starts from."""

from __future__ import annotations

from msgspec.structs import replace

from gguplan.inputs.scenario.reading import ScenarioInputs


def as_it_stands(inputs: ScenarioInputs) -> ScenarioInputs:
    """A scenario with its changes as if its file said them, so that what was changed can be varied from there too."""
    return replace(inputs, layers=replace(inputs.layers, settings=()))
