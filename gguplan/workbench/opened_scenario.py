"""A scenario file that is opened on the page: what it says on top of its base, as settings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from gguplan.findings import Finding, InputError
from gguplan.inputs.scenario.settings import apply_settings
from gguplan.inputs.toml_document import KeyPath, parse_toml
from gguplan.language import _
from gguplan.wording.suggestions import names_there
from gguplan.workbench.bases import Bases
from gguplan.workbench.state import Variant
from gguplan.workbench.toml_text import toml_text

_WHOLE = frozenset({"allocation"})
_NOT_TAKEN = frozenset({"extends", "source", "description", "expected"})


def variant_in(text: str, bases: Bases) -> Variant:
    """The variant that a file says. Raises InputError for a file that is wrong, that extends something else than one
    scenario of the workbench, or that says what no setting can."""
    document = parse_toml(text, _("opened scenario"), Path())
    extends = document.data.get("extends")
    if not isinstance(extends, str) or extends not in bases.files:
        what = _("This scenario does not extend one scenario that the workbench knows.")
        known = _("Scenarios: {names}.", names=names_there(bases.files))
        remedy = _("Start with it: gguplan serve voorstel.toml")
        raise InputError([Finding(document.place(("extends",)), what, f"{remedy}. {known}")])
    settings = tuple(f"{path}={written}" for path, written in _settings(document.data, ()))
    apply_settings(bases.read(extends).layers, settings)
    return Variant(extends, settings)


def _settings(table: Mapping[str, Any], path: KeyPath) -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if key == "source" or (not path and key in _NOT_TAKEN):
            continue
        here = (*path, key)
        if isinstance(value, Mapping) and key not in _WHOLE:
            yield from _settings(value, here)
        else:
            yield ".".join(map(str, here)), toml_text(value)
