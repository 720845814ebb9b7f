"""A variant as a scenario file: it extends its base, and holds only the differences, with the source that was asked
for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from gguplan.findings import Finding, Findings, InputError, Place
from gguplan.fund.sources import SET_HERE
from gguplan.inputs.scenario.layers import Layers, lay_file
from gguplan.inputs.scenario.reading import ScenarioInputs, read_again
from gguplan.inputs.toml_document import KeyPath, TomlDocument, parse_toml
from gguplan.language import _
from gguplan.workbench.toml_text import toml_key, toml_text

_SAID_OF_ITSELF: Final = frozenset({"title", "description", "source", "extends", "expected"})
_WHOLE: Final = frozenset({"allocation"})
"""Tables that replace another as a whole."""


def scenario_text(inputs: ScenarioInputs, base: ScenarioInputs, extends: str, title: str, source: str) -> str:
    """The file of a variant: `inputs` with its settings, over `base`, which the file `extends`.

    Raises InputError when a title or source is missing, each at its field of the form, or the file would not say the
    same as the page does.
    """
    findings = Findings()
    if not title.strip():
        findings.add(
            Place("save-title"), _("A saved scenario needs a title."), _("Write what reports are headed with.")
        )
    if not source.strip():
        findings.add(
            Place("save-source"), _("A saved scenario needs a source."), _("Write where the changes come from.")
        )
    findings.raise_if_any()
    before, after = base.layers.data, inputs.layers.data
    different = differences(before, after)
    if "reference_date_source" in before and "reference_date_source" not in after:
        # A date that is written has no reason of another one.
        different = {"reference_date": after["reference_date"], **different}
    lines = [
        f"title   = {toml_text(title.strip())}",
        f"extends = {toml_text(extends)}",
        f"source  = {toml_text(source.strip())}",
        *_lines(different, ()),
    ]
    text = "\n".join(lines) + "\n"
    _check(text, inputs, base)
    return text


def differences(before: Mapping[str, Any], after: Mapping[str, Any], path: KeyPath = ()) -> dict[str, Any]:
    """What has to be laid over the data of a base to get that of a variant, without sources and what it says of
    itself."""
    different: dict[str, Any] = {}
    for key, value in after.items():
        if (not path and key in _SAID_OF_ITSELF) or (key == "source" and value == SET_HERE):
            continue
        if value == before.get(key):
            continue
        if isinstance(value, Mapping) and isinstance(before.get(key), Mapping) and key not in _WHOLE:
            inner = differences(before[key], value, (*path, key))
            if inner:
                different[key] = inner
        elif isinstance(value, Mapping):
            different[key] = differences({}, value, (*path, key))
        else:
            different[key] = value
    return different


def _lines(table: Mapping[str, Any], path: KeyPath) -> Iterator[str]:
    """A table as TOML: what it says, and then its tables under headings of their own."""
    inner = {key: value for key, value in table.items() if _has_heading(key, value, path)}
    plain = {key: value for key, value in table.items() if key not in inner}
    if path and (plain or not inner):
        yield ""
        yield f"[{'.'.join(map(toml_key, path))}]"
    elif plain:
        yield ""
    yield from (f"{toml_key(key)} = {toml_text(value)}" for key, value in plain.items())
    for key, value in inner.items():
        yield from _lines(value, (*path, key))


def _has_heading(key: str, value: Any, path: KeyPath) -> bool:
    return isinstance(value, Mapping) and key not in _WHOLE and len(path) < 2


def _check(text: str, inputs: ScenarioInputs, base: ScenarioInputs) -> None:
    """Fail if the file does not say what the page does, to the last key."""
    written = laid(parse_toml(text, _("saved scenario"), Path()), base)
    if _without_sources(written.data) != _without_sources(inputs.layers.data):
        what = _("These changes together cannot be written as a scenario that extends its base.")
        raise InputError([Finding(Place(_("saved scenario")), what, _("Use the command line that does the same."))])


def laid(document: TomlDocument, base: ScenarioInputs) -> Layers:
    """A file over a base that it extends. Raises InputError."""
    layers = read_again(base).layers
    copy = Layers(
        {**_copied(layers.data)}, dict(layers.origins), [document, *layers.files], (), layers.ledger_year,
        list(layers.not_levied),
    )  # fmt: skip
    lay_file(copy, document)
    return copy


def _copied(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _copied(item) for key, item in value.items()}
    return [_copied(item) for item in value] if isinstance(value, list) else value


def _without_sources(data: Any, path: KeyPath = ()) -> Any:
    """The data without where figures come from, and what a scenario says of itself."""
    if isinstance(data, Mapping):
        kept = {key: value for key, value in data.items() if key != "source" and (path or key not in _SAID_OF_ITSELF)}
        return {key: _without_sources(value, (*path, key)) for key, value in kept.items()}
    return [_without_sources(item, (*path, 0)) for item in data] if isinstance(data, list) else data
