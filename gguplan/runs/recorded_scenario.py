"""A scenario as it came out of its layers: written into the record of a run, and read from it again.

What is read from a record goes through the same checks as a file; its places are the record itself.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from gguplan.findings import Findings, Place
from gguplan.fund.stated_keys import ChangedKey
from gguplan.inputs.ledger.ledger_files import load_ledger
from gguplan.inputs.scenario.allocation_key_tables import files_named_by
from gguplan.inputs.scenario.layers import Layers
from gguplan.inputs.scenario.reading import ScenarioInputs, resolve
from gguplan.inputs.scenario.scenario_files import is_there, lies_outside, shipped_scenarios
from gguplan.inputs.toml_document import KeyPath, TomlDocument
from gguplan.language import _
from gguplan.runs.fingerprints import is_as_it_was
from gguplan.runs.record import RecordedScenario, RecordedWeights
from gguplan.shipped import shown

_DATE: Final = "$date"


def in_json(value: Any) -> Any:
    """What a scenario says as JSON; a date becomes a table with the key ``$date``."""
    if isinstance(value, dict):
        return {str(key): in_json(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [in_json(item) for item in value]
    if isinstance(value, datetime.date):
        return {_DATE: value.isoformat()}
    return value


def _from_json(value: Any) -> Any:
    if isinstance(value, dict):
        if list(value) == [_DATE] and isinstance(value[_DATE], str):
            return datetime.date.fromisoformat(value[_DATE])
        return {key: _from_json(item) for key, item in value.items()}
    return [_from_json(item) for item in value] if isinstance(value, list) else value


def weight_files(inputs: ScenarioInputs) -> dict[str, tuple[str, Path]]:
    """The file with weights of each programme of which the key reads one, and of each old division: as the scenario
    names it, and where it is."""
    keys = {
        name + end: table.allocation
        for programme, scenario_table in inputs.scenario.programmes.items()
        if programme not in inputs.scenario.without
        for name, end, table in ((programme, "", scenario_table), (programme, _OLD, scenario_table.old_division))
        if table is not None
    }
    named = {
        ".".join(map(str, (name, *under))): file
        for name, key in keys.items()
        for under, file in files_named_by(key).items()
    }
    return {name: (file, inputs.layers.folder(_weights(name)) / file) for name, file in named.items()}


_OLD: Final = ".old_division"
"""What stands after the name of a programme for the weights of its old division; a name has no point."""


def _weights(name: str) -> KeyPath:
    match name.split("."):
        case [programme, *under, "parts", place, by]:
            return ("programmes", programme, *under, "allocation", "parts", int(place), by, "file")
        case [programme, *under]:
            return ("programmes", programme, *under, "allocation", "file")
        case _:
            return ("programmes",)


def present_file(name: str) -> Path | None:
    """The scenario file of that name as it is now: one that comes with gguplan, or one in the working folder."""
    shipped = {file.name: file for file in shipped_scenarios().values()}
    file = shipped.get(name, Path(name))
    return file if is_there(file) else None


def read_resolved(recorded: RecordedScenario, record: Path) -> ScenarioInputs:
    """The scenario of a record, checked anew; its weights stand beside the record or in the working folder.

    Raises InputError when a file with weights is not there as it was, or when what the record says is not right.
    """
    findings = Findings()
    try:
        data = _from_json(recorded.resolved)
    except ValueError:
        findings.add(Place(shown(record)), _("This date does not exist."), _("Run the command again."))
        findings.raise_if_any()
    own = {} if recorded.description is None else {"description": recorded.description}
    here = TomlDocument(shown(record), record.parent, own, (), {}, {})
    layers = Layers(
        data,
        {(): here},
        [
            here,
            *(TomlDocument(recorded_file.name, record.parent, {}, (), {}, {}) for recorded_file in recorded.files[1:]),
        ],
        recorded.settings,
        data.get("ledger"),
        list(recorded.not_levied),
        recorded_changes=tuple(ChangedKey(key.path, key.old, key.new, "") for key in recorded.changed),
    )
    for programme, folder in weight_folders([recorded], record).items():
        layers.origins[_weights(programme)] = TomlDocument(shown(record), folder, {}, (), {}, {})
    inputs = resolve(recorded.name, layers)
    ledger = load_ledger()
    sound = layers.ledger_year in (None, *ledger.years()) and set(recorded.not_levied) <= set(ledger.programmes)
    used = {name: file for name, (file, _path) in weight_files(inputs).items()}
    if not sound or used != {name: weight.file for name, weight in recorded.weights.items()}:
        findings.add(
            Place(shown(record)),
            _("The parts of this record do not belong together."),
            _("Take the record as the run left it, or run the command again."),
        )
    findings.raise_if_any()
    return inputs


def weight_folders(recorded_scenarios: Iterable[RecordedScenario], record: Path) -> dict[str, Path]:
    """Where the file with weights of each programme stands as it was: beside the record or in the working folder.

    Raises InputError with every file that does not.
    """
    findings = Findings()
    folders = {
        programme: _folder_with(weights, (record.parent, Path.cwd()), record, findings)
        for recorded_scenario in recorded_scenarios
        for programme, weights in recorded_scenario.weights.items()
    }
    findings.raise_if_any()
    return folders


def _folder_with(weights: RecordedWeights, folders: Sequence[Path], record: Path, findings: Findings) -> Path:
    """The first of the folders that holds a file as it was; a finding when none does."""
    name = weights.file
    candidates = [folder for folder in folders if not lies_outside(folder / name, folder) and is_there(folder / name)]
    for folder in candidates:
        if is_as_it_was(folder / name, weights.sha256):
            return folder
    findings.add(
        Place(shown(record)),
        _("The file {name!r} is not what it was at the run.", name=name[:100])
        if candidates
        else _("The file {name!r}, which the run used, is not there.", name=name[:100]),
        _("Put it beside the record as it was."),
    )
    return folders[0]
