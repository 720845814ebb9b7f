"""A run computed again from its record, and set beside what it left."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from contextvars import copy_context
from pathlib import Path

from pydantic import ValidationError

from gguplan.atomic_files import Content
from gguplan.findings import Finding, InputError, Place
from gguplan.inputs.scenario.scenario_files import is_there
from gguplan.language import Language, _, current_language, set_language
from gguplan.model.verification import Change, Difference, OnDisk, Output, Verification, VerifiedScenario
from gguplan.runs.fingerprints import data_files, is_as_it_was, sha256_of, versions
from gguplan.runs.outputs import recipe
from gguplan.runs.record import RunRecord, read_record, record_of, sha256
from gguplan.runs.recorded_files import table_hashes
from gguplan.runs.recorded_scenario import present_file, read_resolved, weight_folders
from gguplan.runs.request import Request
from gguplan.shipped import shown
from gguplan.wording.file_names import plain_name


def verify(run: Path) -> Verification:
    """Compute a run again. Raises InputError when it cannot be certified."""
    file = record_of(run)
    record = read_record(file)
    weight_folders(record.scenarios, file)
    _brought(record, file)
    changes = (*_data(record), *_versions(record), *_scenarios(record))
    try:
        made, differences, same_figures = _made(record, file)
    except InputError as error:
        if not changes:
            raise
        what = _("The run cannot be computed again with the data and versions that are here now.")
        data = [change.name for change in changes if change.kind == "data"]
        names = ", ".join(dict.fromkeys(data or [change.name for change in changes]))
        remedy = _("Put back what changed: {names}.", names=names)
        raise InputError([Finding(Place(shown(file)), what, remedy), *error.findings]) from None
    output_names = dict.fromkeys([*record.outputs, *made])
    outputs = tuple(
        Output(
            name,
            _on_disk(file.parent / name, record.outputs.get(name)),
            made.get(name) == record.outputs.get(name),
            differences.get(name),
        )
        for name in output_names
    )
    scenarios = tuple(
        VerifiedScenario(scenario.name, scenario.settings, scenario.expected) for scenario in record.scenarios
    )
    return Verification(record.command, record.draws, record.seed, scenarios, outputs, changes, same_figures)


def _made(record: RunRecord, file: Path) -> tuple[Mapping[str, str], Mapping[str, Difference], bool]:
    """As `_again`, in the language of the run; what is wrong is told in that of who verifies it."""
    try:
        return copy_context().run(_again, record, file, record.language)
    except InputError as error:
        wrong = error
    copy_context().run(_again, record, file, current_language())
    raise wrong


def _again(
    record: RunRecord, file: Path, language: Language
) -> tuple[Mapping[str, str], Mapping[str, Difference], bool]:
    """The hashes of the files that come out now, where those on disk differ from them, and whether the figures are
    those of the record."""
    set_language(language)
    output_maker = recipe(record.command)
    scenarios = tuple(read_resolved(scenario, file) for scenario in record.scenarios)
    drawn = {"seed": record.seed, "draws": record.draws}
    arguments_of_record = record.arguments | {key: value for key, value in drawn.items() if value is not None}
    try:
        if output_maker is None or set(drawn) & set(record.arguments):
            raise ValueError(record.command)
        arguments = output_maker.Arguments.model_validate(arguments_of_record)
        request = Request(record.command, scenarios, arguments, _brought(record, file))
        files = {
            plain_name(name): it for name, it in output_maker.files(output_maker.work_out(request), request).items()
        }
    except InputError:
        raise
    except (ValidationError, ValueError):
        what = _("This record asks for what no command does.")
        remedy = _("Take the record as the run left it, or run the command again.")
        raise InputError([Finding(Place(shown(file)), what, remedy)]) from None
    figures = [
        table_hashes(scenario) == (then.tables, then.expected)
        for scenario, then in zip(scenarios, record.scenarios, strict=True)
    ]
    hashes = {name: sha256(content) for name, content in files.items()}
    differences = {name: _difference(file.parent / name, files[name], hashes[name]) for name in files}
    return (
        hashes,
        {name: difference for name, difference in differences.items() if difference is not None},
        all(figures),
    )


def _difference(file: Path, made: Content, hash_of_it: str) -> Difference | None:
    """Where a file of the run differs from what comes out; None where it does not, is gone or cannot be read."""
    if _on_disk(file, hash_of_it) != "changed":
        return None
    from gguplan.runs.differences import difference_of

    with suppress(OSError):
        return difference_of(file, made)
    return None


def _brought(record: RunRecord, file: Path) -> dict[str, Path]:
    """The other files of the user, beside the record or in the working folder, as they were."""
    findings = []
    brought_files = {}
    for use, brought in record.brought.items():
        candidates = [
            candidate for candidate in (file.parent / brought.name, Path(brought.name)) if is_there(candidate)
        ]
        same = [candidate for candidate in candidates if is_as_it_was(candidate, brought.sha256)]
        if same:
            brought_files[use] = same[0]
            continue
        what = (
            _("The file {name!r} is not what it was at the run.", name=brought.name[:100])
            if candidates
            else _("The file {name!r}, which the run used, is not there.", name=brought.name[:100])
        )
        findings.append(Finding(Place(shown(file)), what, _("Put it beside the record as it was.")))
    if findings:
        raise InputError(findings)
    return brought_files


def _on_disk(file: Path, expected: str | None) -> OnDisk:
    try:
        if file.is_symlink():
            return "link"
        if not file.is_file():
            return "missing"
        return "identical" if sha256_of(file) == expected else "changed"
    except OSError:
        return "missing"


def _data(record: RunRecord) -> list[Change]:
    now = data_files()
    return [Change("data", name) for name in sorted({*record.data, *now}) if now.get(name) != record.data.get(name)]


def _versions(record: RunRecord) -> list[Change]:
    now = versions()
    names = dict.fromkeys([*record.versions, *now])
    pairs = {name: (record.versions.get(name, ""), now.get(name, "")) for name in names}
    return [Change("version", name, before, after) for name, (before, after) in pairs.items() if before != after]


def _scenarios(record: RunRecord) -> list[Change]:
    """Scenario files that are here and not what they were; the record holds what they said."""
    files = {file.name: file.sha256 for scenario in record.scenarios for file in scenario.files}
    changes = []
    for name, before in files.items():
        file = present_file(name)
        if file is not None and not is_as_it_was(file, before):
            changes.append(Change("scenario", name))
    return changes
