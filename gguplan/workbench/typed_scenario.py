"""What the scenario says as it was typed: with the changes that are wrong, which the figures are without."""

from __future__ import annotations

from typing import Any

from gguplan.findings import InputError, Place
from gguplan.inputs.scenario.layers import copied
from gguplan.inputs.scenario.settings import put, set_path, value_of
from gguplan.workbench.bench import Worked


def as_typed(worked: Worked) -> dict[str, Any]:
    """The data of a scenario, with what is wrong in it as it was typed."""
    layers = worked.inputs.layers
    if not worked.without:
        return layers.data
    data: dict[str, Any] = copied(layers.data)
    for setting in worked.without:
        text = setting.partition("=")[2]
        try:
            put(data, set_path(layers, setting, Place("")), value_of(text.strip(), Place("")))
        except (InputError, KeyError, IndexError, TypeError, AttributeError):
            continue
    return data
