"""From the files of a scenario to its layers: each file over all that it extends."""

from __future__ import annotations

from typing import Any

from gguplan.findings import Finding, Findings
from gguplan.inputs.scenario.extended import ScenarioFile, read_files
from gguplan.inputs.scenario.layers import Layers, copied, lay_file
from gguplan.inputs.scenario.reference_dates import follow_where_nothing_is_said
from gguplan.inputs.scenario.relative_changes import change_at
from gguplan.inputs.scenario.together import Contradiction, laid_together
from gguplan.inputs.toml_document import KeyPath, TomlDocument
from gguplan.language import _, listed_with_and


def read_layers(name: str) -> Layers:
    """Read a scenario with all that it extends.

    Raises InputError for a file that cannot be read, for scenarios that extend each other in a circle, and for a key of
    which two that are extended together say something else, unless the file that extends them settles it.
    """
    file = read_files(name)
    layers = _laid(file)
    follow_where_nothing_is_said(layers, {}, None)
    below = _extended_by(file)
    layers.extended = copied(layers.data) if below is None else below.data
    return layers


def layers_below(name: str) -> Layers | None:
    """What a scenario extends, with all that that extends; of several what all of them rest on, so that what each of
    them changes is a change as well. None where there is no such thing. Raises InputError as `read_layers`."""
    return _extended_by(read_files(name))


def _extended_by(file: ScenarioFile) -> Layers | None:
    if len(file.below) > 1:
        shared = _shared(file, file.below)
        return shared if shared.data else None
    return _below(file)[0] if file.below else None


def _laid(file: ScenarioFile) -> Layers:
    layers, contradictions = _below(file)
    layers.files = file.documents()
    layers.origins[()] = file.document
    before = {key: layers.data.get(key) for key in ("year", "reference_date_assumed")}
    lay_file(layers, file.document)
    follow_where_nothing_is_said(layers, before, file.document)
    findings = Findings()
    for contradiction in contradictions:
        if not _is_settled(contradiction.path, layers, file.document):
            findings.gathered.append(_finding(contradiction, file.document))
    findings.raise_if_any()
    return layers


def _below(file: ScenarioFile) -> tuple[Layers, list[Contradiction]]:
    """All that a file extends, laid; nothing where it extends nothing."""
    match file.below:
        case ():
            return Layers({}, {(): file.document}, [file.document]), []
        case (extended,):
            return _laid(extended), []
        case several:
            return laid_together(_shared(file, several), [_laid(extended) for extended in several])


def _shared(file: ScenarioFile, several: tuple[ScenarioFile, ...]) -> Layers:
    """What all of them extend, laid: one of them where the others extend it, else what the first extends, or what that
    extends; nothing where they share nothing."""
    among = [{id(document) for document in extended.documents()} for extended in several]
    candidate: ScenarioFile | None = several[0]
    waiting = list(several)
    while waiting:
        candidate = waiting.pop(0)
        if all(id(candidate.document) in documents for documents in among):
            return _laid(candidate)
        waiting += candidate.below
    return Layers({}, {(): file.document}, [file.document])


def _is_settled(path: KeyPath, layers: Layers, document: TomlDocument) -> bool:
    """Whether a file says by itself what holds at a path, or takes it out: not as a part of what others say."""
    if layers.origins.get(path) is document:
        value: Any = document.data
        for key in path:
            value = value.get(key) if isinstance(value, dict) else None
        return not (isinstance(value, str) and change_at(path, value) is not None)
    table: Any = layers.data
    for key in path:
        if not isinstance(table, dict) or key not in table:
            return True
        table = table[key]
    return False


def _finding(contradiction: Contradiction, document: TomlDocument) -> Finding:
    name = ".".join(map(str, contradiction.path))
    statements = [
        _("{value} ({place})", value=_("nothing") if value is None else _shown(value), place=place)
        for value, place in zip(contradiction.values, contradiction.places, strict=True)
    ]
    return Finding(
        document.place(("extends",)),
        _("Of {name} two of these say something else: {said}.", name=name, said=listed_with_and(statements)),
        _("Write here what holds for {name}.", name=name),
    )


def _shown(value: object) -> str:
    """A value on one line, in brief."""
    text = " ".join(str(value).split())
    return text if len(text) <= 60 else text[:59] + "…"
