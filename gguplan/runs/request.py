"""What a command was asked: everything that shapes its files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from gguplan.inputs.scenario.reading import ScenarioInputs
from gguplan.wording.file_names import public_name


class Request(Struct, frozen=True):
    """A command with its scenarios, in the order in which they were named.

    `arguments` are the `Arguments` of its recipe; `brought` are other files of the user, by what they are for.
    """

    command: str
    scenarios: tuple[ScenarioInputs, ...]
    arguments: Any
    brought: dict[str, Path] = field(default_factory=dict)


def request_of(
    command: str, scenarios: Sequence[ScenarioInputs], arguments: Any, brought: dict[str, Path] | None = None
) -> Request:
    """What a command was asked; a scenario is called by the name of its file, so that no folder gets into what is
    written."""
    named = tuple(replace(scenario, name=public_name(scenario.name)) for scenario in scenarios)
    return Request(command, named, arguments, brought or {})
