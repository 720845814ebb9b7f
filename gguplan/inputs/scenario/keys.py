"""Which keys may stand where in a scenario."""

from __future__ import annotations

from typing import Any, Final

from pydantic import BaseModel

from gguplan.inputs.scenario.allocation_keys import (
    BracketTable,
    FixedPlusInhabitantsTable,
    PerColumnTable,
    PerInhabitantTable,
    SteppedTable,
)
from gguplan.inputs.scenario.expected import Expected
from gguplan.inputs.scenario.horizon import BY_YEAR, MOST_YEARS, Horizon, HorizonProgramme, Indexation
from gguplan.inputs.scenario.participation import CascadeTable, Group, OptOutTable, SizeClass, ThresholdTable
from gguplan.inputs.scenario.realisation import StatedRealisation
from gguplan.inputs.scenario.schema import ProgrammeTable, Scenario
from gguplan.inputs.scenario.sweep import Sweep, Varied
from gguplan.inputs.toml_document import KeyPath

TABLES: Final[dict[str, type[BaseModel]]] = {
    "programmes": ProgrammeTable,
    "opt_outs": OptOutTable,
    "groups": Group,
    "thresholds": ThresholdTable,
    "cascades": CascadeTable,
    "realisation": StatedRealisation,
}
"""The keys of a scenario under which tables stand by name, and what such a table may say."""

SOURCED: Final = ("programmes", "opt_outs", "thresholds", "cascades", "realisation")
"""Those of which every table needs a source."""


def sourced_table(path: KeyPath) -> KeyPath | None:
    """The table at a path, or around it, that needs a source of its own; None where there is none."""
    if path and path[0] in SOURCED:
        return path[:2] if len(path) > 1 else None
    if path and path[0] == "horizon":
        if path[1:2] == ("programmes",):
            return path[:3] if len(path) > 2 else None
        return path[: 2 if path[1:2] == ("indexation",) else 1]
    return None


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
    if group == "expected" and depth <= 2:
        return sorted(_expected_names(data, here, path)) if depth == 2 else list(Expected.model_fields)
    if group == "horizon":
        return _horizon_keys(data, here, path)
    if group == "sweep" and depth <= 3:
        names = sorted(map(str, here)) if isinstance(here, dict) else []
        return [list(Sweep.model_fields), names, list(Varied.model_fields)][depth - 1]
    if depth == 2 and group in TABLES:
        return list(TABLES[group].model_fields)
    if depth == 3 and path[2] == "allocation":
        kinds = (PerInhabitantTable, SteppedTable, FixedPlusInhabitantsTable, PerColumnTable)
        return sorted({key for kind in kinds for key in kind.model_fields})
    if depth == 3 and path[2] == "limits":
        return sorted(map(str, here)) if isinstance(here, dict) else []
    if depth == 5 and path[3] == "brackets":
        return list(BracketTable.model_fields)
    if depth == 4 and path[2] == "size_classes":
        return list(SizeClass.model_fields)
    return []


def _expected_names(data: dict[str, Any], here: Any, path: KeyPath) -> set[str]:
    """The names under which an amount may be expected in ``[expected.programmes]`` or ``[expected.municipalities]``."""
    if path[1] == "programmes":
        return _names(data, "programmes")
    return set(map(str, here)) if isinstance(here, dict) else set()


def _horizon_keys(data: dict[str, Any], here: Any, path: KeyPath) -> list[str]:
    """The keys within ``[horizon]``; where years are keys, those of the horizon."""
    if len(path) == 1:
        return list(Horizon.model_fields)
    if path[1] == "programmes" and len(path) == 2:
        return sorted(_names(data, "programmes"))
    if path[1] == "programmes" and len(path) == 3:
        return list(HorizonProgramme.model_fields)
    if path[1] == "indexation" and len(path) == 2:
        return list(Indexation.model_fields)
    if (len(path) == 4 and path[3] in BY_YEAR) or path[1:] == ("indexation", "years"):
        horizon = data.get("horizon", {})
        first, last = horizon.get("first", data.get("year")), horizon.get("last")
        there = range(first, min(last, first + MOST_YEARS - 1) + 1) if type(first) is type(last) is int else ()
        return sorted({*map(str, there), *(map(str, here) if isinstance(here, dict) else ())})
    return []


def _names(data: dict[str, Any], group: str) -> set[str]:
    tables = data.get(group, {})
    return set(map(str, tables)) if isinstance(tables, dict) else set()
