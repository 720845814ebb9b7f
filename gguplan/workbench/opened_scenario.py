"""A scenario file that is opened on the page: what it says on top of its base, as settings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from gguplan.findings import Finding, InputError, Place
from gguplan.inputs.scenario.settings import NEW_TABLES, apply_settings
from gguplan.inputs.toml_document import KeyPath, TomlDocument, parse_toml
from gguplan.language import _
from gguplan.wording.suggestions import did_you_mean
from gguplan.workbench.bases import Bases
from gguplan.workbench.rows import rows_at
from gguplan.workbench.state import Variant
from gguplan.workbench.toml_text import toml_text

_WHOLE = frozenset({"allocation"})
_NOT_TAKEN = frozenset({"extends", "source", "description", "expected"})


def variant_in(text: str, bases: Bases) -> Variant:
    """The variant that a file says. Raises InputError for a file that is wrong, that extends something else than one
    scenario of the workbench, or that says what no setting can."""
    document = parse_toml(text, _("opened scenario"), Path())
    extends = _extended(document, bases)
    base = bases.read(extends).layers
    data, new = _without_new(document.data, base.data)
    settings = (*new, *(f"{path}={written}" for path, written in _settings(data, (), base.data)))
    # A change that is wrong is shown at its lever; of what is new there is a lever only when it is right.
    bases.changed(extends, new)
    apply_settings(base, settings)
    return Variant(extends, settings)


def _extended(document: TomlDocument, bases: Bases) -> str:
    """The one scenario of the workbench that a file extends. Raises InputError where it extends another, several or
    none."""
    extends = document.data.get("extends")
    remedy = _("Start the workbench with it: gguplan serve voorstel.toml")
    match extends:
        case str() if (name := bases.name_of(extends)) is not None:
            return name
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


def _without_new(data: Mapping[str, Any], base: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """The data without the programmes and groups that the base does not have, and each of those as one setting."""
    left, settings = dict(data), list[str]()
    for table in NEW_TABLES:
        by_name = data.get(table)
        if not isinstance(by_name, Mapping):
            continue
        new = {name: value for name, value in by_name.items() if name not in base.get(table, {})}
        left[table] = {name: value for name, value in by_name.items() if name not in new}
        source = {"source": data["source"]} if table == "programmes" and "source" in data else {}
        settings += [
            f"{table}.{name}={toml_text({**source, **value} if isinstance(value, Mapping) else value)}"
            for name, value in new.items()
        ]
    return left, settings


def _settings(table: Mapping[str, Any], path: KeyPath, base: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if key == "source" or (not path and key in _NOT_TAKEN):
            continue
        here = (*path, key)
        rows = rows_at(here)
        if isinstance(value, Mapping) and rows is not None and rows.kind == "values":
            # A name that the base does not have is set with all others.
            yield ".".join(map(str, here)), toml_text({**_table_in(base, key), **value})
        elif isinstance(value, Mapping) and key not in _WHOLE:
            yield from _settings(value, here, _table_in(base, key))
        else:
            yield ".".join(map(str, here)), toml_text(value)


def _table_in(base: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    table = base.get(key)
    return table if isinstance(table, Mapping) else {}
