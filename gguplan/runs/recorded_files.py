"""The record that every command with ``--out`` leaves beside what it writes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from gguplan.atomic_files import Content
from gguplan.findings import Finding, InputError, Place
from gguplan.inputs.scenario.reading import ScenarioInputs
from gguplan.language import _, current_language
from gguplan.reports.tables.csv import csv_of
from gguplan.runs.fingerprints import data_files, sha256_of, versions
from gguplan.runs.output_files import write_paths
from gguplan.runs.record import FORMAT, RECORD, RunRecord, canonical, read_record, sealed, sha256, written
from gguplan.runs.recorded_scenario import in_json, weight_files
from gguplan.runs.request import Request
from gguplan.runs.results import result_of
from gguplan.shipped import shown
from gguplan.wording.file_names import public_name


def write_folder(out: Path, files: Mapping[str, Content], request: Request, force: bool) -> None:
    """Write the files of a command into a folder, with ``run.json``.

    Raises InputError as `write_paths` and `in_folder` do.
    """
    write_paths(in_folder(out, files, request, force), force, out)


def write_file(out: Path, content: Content, request: Request, force: bool) -> None:
    """Write the one file of a command, with its record beside it.

    Raises InputError as `write_paths` and `with_record` do.
    """
    write_paths(with_record(out, content, request), force)


def in_folder(out: Path, files: Mapping[str, Content], request: Request, force: bool) -> dict[Path, Content]:
    """The files of a command in a folder, with ``run.json``.

    Raises InputError where the record of another command stands, even with `force`: its files would be left without.
    """
    record = record_path(out, folder=True)
    if force and record.exists():
        _fail_if_of_another_command(record, request.command)
    return {out / name: content for name, content in files.items()} | {record: written(record_run(request, files))}


def with_record(out: Path, content: Content, request: Request) -> dict[Path, Content]:
    """The one file of a command, with its record.

    Raises InputError for a name that cannot stand in a record.
    """
    fail_if_not_recordable(out)
    record = record_run(request, {out.name: content})
    return {out: content, record_path(out, folder=False): written(record)}


def fail_if_not_recordable(out: Path) -> None:
    """Raise InputError for a file with a name that cannot stand in a record."""
    if public_name(out) != out.name:
        what = _("A file of this name cannot be recorded.")
        raise InputError([Finding(Place(shown(out)), what, _("Take letters, digits, points and hyphens."))])


def record_path(out: Path, folder: bool) -> Path:
    """Where the record of a folder (``run.json`` in it) or of a file (``voorstel.docx.run.json``) stands."""
    return out / RECORD if folder else out.with_name(f"{out.name}.{RECORD}")


def record_run(request: Request, files: Mapping[str, Content]) -> RunRecord:
    """The record of a run: nothing in it depends on the machine, the user, the folder or the time."""
    arguments = request.arguments.model_dump(mode="json")
    return sealed(
        {
            "gguplan_run": FORMAT,
            "command": request.command,
            "language": current_language(),
            "seed": arguments.pop("seed", None),
            "draws": arguments.pop("draws", None) or None,
            "arguments": arguments,
            "scenarios": [_scenario(scenario) for scenario in request.scenarios],
            "data": data_files(),
            "brought": {
                use: {"name": public_name(file), "sha256": sha256_of(file)} for use, file in request.brought.items()
            },
            "versions": versions(),
            "outputs": {name: sha256(content) for name, content in files.items()},
        }
    )


def table_hashes(inputs: ScenarioInputs) -> tuple[dict[str, str], str]:
    """The hashes of the tables of a scenario's result, and whether what it expects came out."""
    result = result_of(inputs)
    expected = "nothing" if inputs.scenario.expected is None else "unmet" if result.unmet else "met"
    return {name: sha256(csv_of(table)) for name, table in result.tables.items()}, expected


def _scenario(inputs: ScenarioInputs) -> dict[str, Any]:
    layers = inputs.layers
    resolved = in_json(layers.data)
    tables, expected = table_hashes(inputs)
    return {
        "name": inputs.name,
        "settings": list(layers.settings),
        "files": [{"name": public_name(file.name), "sha256": file.sha256} for file in layers.files],
        "description": layers.files[0].data.get("description"),
        "resolved": resolved,
        "sha256": sha256(canonical(resolved)),
        "not_levied": list(layers.not_levied),
        "changed": [{"path": key.path, "old": key.old, "new": key.new} for key in layers.changed()],
        "weights": {
            programme: {"file": name, "sha256": sha256_of(path)}
            for programme, (name, path) in weight_files(inputs).items()
        },
        "expected": expected,
        "tables": tables,
    }


def _fail_if_of_another_command(record: Path, command: str) -> None:
    try:
        command_there = read_record(record).command
    except InputError:
        return
    if command_there != command:
        raise InputError(
            [
                Finding(
                    Place(shown(record)),
                    _("The record of gguplan {command} stands here.", command=command_there),
                    _("Choose another folder, so that the record stays with its files."),
                )
            ]
        )
