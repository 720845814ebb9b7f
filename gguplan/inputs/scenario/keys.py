"""Which keys may stand where in a scenario."""

from __future__ import annotations

from typing import Any, Final

from pydantic import BaseModel

from gguplan.inputs.scenario.allocation_keys import (
    Bracket,
    FixedPlusInhabitants,
    PerColumn,
    PerInhabitant,
    Stepped,
)
from gguplan.inputs.scenario.participation import Cascade, Group, OptOut, SizeClass, Threshold
from gguplan.inputs.scenario.realisation import StatedRealisation
from gguplan.inputs.scenario.schema import Programme, Scenario
from gguplan.inputs.toml_document import KeyPath

TABLES: Final[dict[str, type[BaseModel]]] = {
    "programmes": Programme,
    "opt_outs": OptOut,
    "groups": Group,
    "thresholds": Threshold,
    "cascades": Cascade,
    "realisation": StatedRealisation,
}
"""The keys of a scenario under which tables stand by name, and what such a table may say."""

SOURCED: Final = ("programmes", "opt_outs", "thresholds", "cascades", "realisation")
"""Those of which every table needs a source."""


def allowed_keys(data: dict[str, Any], path: KeyPath) -> list[str]:
    """The keys that exist, or may be written, in the table or list at `path` of a scenario's data."""
    here: Any = data
    for part in path:
        here = here[int(part)] if isinstance(here, list) else here.get(part, {}) if isinstance(here, dict) else {}
    if isinstance(here, list):
        return [str(index) for index in range(len(here))]
    if not path:
        return list(Scenario.model_fields)
    group, depth = str(path[0]), len(path)
    if depth == 1 and group in TABLES:
        named = _names(data, group)
        return sorted(named if group == "groups" else named | _names(data, "programmes"))
    if depth == 2 and group in TABLES:
        return list(TABLES[group].model_fields)
    if depth == 3 and path[2] == "allocation":
        kinds = (PerInhabitant, Stepped, FixedPlusInhabitants, PerColumn)
        return sorted({key for kind in kinds for key in kind.model_fields})
    if depth == 3 and path[2] == "limits":
        return sorted(map(str, here)) if isinstance(here, dict) else []
    if depth == 5 and path[3] == "brackets":
        return list(Bracket.model_fields)
    if depth == 4 and path[2] == "size_classes":
        return list(SizeClass.model_fields)
    return []


def _names(data: dict[str, Any], group: str) -> set[str]:
    tables = data.get(group, {})
    return set(map(str, tables)) if isinstance(tables, dict) else set()
