"""A scenario file that is opened on the page: what it says on top of its base, as settings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from gguplan.findings import Finding, InputError, Place
from gguplan.inputs.scenario.settings import apply_settings
from gguplan.inputs.toml_document import KeyPath, TomlDocument, parse_toml
from gguplan.language import _
from gguplan.wording.suggestions import did_you_mean
from gguplan.workbench.bases import Bases
from gguplan.workbench.state import Variant
from gguplan.workbench.toml_text import toml_text

_WHOLE = frozenset({"allocation"})
_NOT_TAKEN = frozenset({"extends", "source", "description", "expected"})


def variant_in(text: str, bases: Bases) -> Variant:
    """The variant that a file says. Raises InputError for a file that is wrong, that extends something else than one
    scenario of the workbench, or that says what no setting can."""
    document = parse_toml(text, _("opened scenario"), Path())
    extends = _extended(document, bases)
    settings = tuple(f"{path}={written}" for path, written in _settings(document.data, ()))
    apply_settings(bases.read(extends).layers, settings)
    return Variant(extends, settings)


def _extended(document: TomlDocument, bases: Bases) -> str:
    """The one scenario of the workbench that a file extends. Raises InputError where it extends another, several or
    none."""
    extends = document.data.get("extends")
    remedy = _("Start the workbench with it: gguplan serve voorstel.toml")
    match extends:
        case str() if extends in bases.files:
            return extends
        case None:
            place = Place(document.name)
            what = _("This scenario stands by itself: it extends none, so that its changes cannot be told from it.")
        case str():
            place = document.place(("extends",))
            what = _("The workbench does not know {name!r}, which this scenario extends.", name=extends[:100])
            remedy = did_you_mean(extends, bases.files) + remedy
        case _:
            place = document.place(("extends",))
            what = _("This scenario does not extend one scenario, by its name.")
    raise InputError([Finding(place, what, remedy)])


def _settings(table: Mapping[str, Any], path: KeyPath) -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if key == "source" or (not path and key in _NOT_TAKEN):
            continue
        here = (*path, key)
        if isinstance(value, Mapping) and key not in _WHOLE:
            yield from _settings(value, here)
        else:
            yield ".".join(map(str, here)), toml_text(value)
