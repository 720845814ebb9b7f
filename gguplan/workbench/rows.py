"""What a scenario has any number of: tables in a list, such as income; values by name, such as limits; and tables under
names of their own, such as bodies. A form of the page adds one, with the fields that the schema gives it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final, Literal, assert_never, get_args, get_origin

from msgspec import Struct
from pydantic import BaseModel

from gguplan.findings import Findings, InputError, Place
from gguplan.inputs.scenario.fields import KeysAre
from gguplan.inputs.scenario.schema_walk import Node, nodes_at, sort_at
from gguplan.inputs.scenario.settings import NEW_TABLES, value_of
from gguplan.inputs.toml_document import KeyPath
from gguplan.inputs.typed_amounts import UnreadableAmount
from gguplan.language import _
from gguplan.workbench.levers.amounts_of_the_page import as_a_setting

NAME: Final = "name"
"""The field with the name under which a table or a value stands."""

_OWN_FORMS: Final = (("programmes",), ("groups",))
_IDENTIFIER: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")

Kind = Literal["list", "values", "tables"]
"""Tables in a list, values by name, or tables by a name of their own."""


class Rows(Struct, frozen=True):
    """Of which kind they are, and the keys of one, each with whether it must be filled in."""

    kind: Kind
    keys: tuple[tuple[str, bool], ...]


@lru_cache(maxsize=1_000)
def rows_at(path: KeyPath) -> Rows | None:
    """What may be added at a path of a scenario; None where nothing may, or another form does it."""
    if path in _OWN_FORMS or path[:1] in (("sweep",), ("expected",)):
        return None
    for node in nodes_at(path):
        inner = get_args(node.kind)
        if get_origin(node.kind) is tuple and len(inner) == 2 and inner[1] is Ellipsis:
            model = next((node.model for node in nodes_at((*path, 0)) if node.model is not None), None)
            if model is not None:
                return Rows("list", _keys(model))
        if get_origin(node.kind) is dict and _has_own_names(node, path):
            model = next((node.model for node in nodes_at((*path, NAME)) if node.model is not None), None)
            if model is None:
                return Rows("values", ((NAME, True), ("value", True)))
            if len(path) == 1 and path[0] in NEW_TABLES:
                return Rows("tables", ((NAME, True), *_keys(model)))
    return None


def _has_own_names(node: Node, path: KeyPath) -> bool:
    return node.note(KeysAre) == KeysAre("own") or path == ("programme_groups",)


def _keys(model: type[BaseModel]) -> tuple[tuple[str, bool], ...]:
    return tuple((key, field.is_required()) for key, field in model.model_fields.items())


def path_of_a_field(path: KeyPath, rows: Rows, key: str) -> KeyPath:
    """The path at which stands what is typed in a field; that of a name is a path that nothing stands at."""
    match rows.kind:
        case "list":
            return (*path, 0, key)
        case "values":
            return (*path, NAME) if key == "value" else ()
        case "tables":
            return (*path, NAME, key) if key != NAME else ()
        case _:
            assert_never(rows.kind)


def field_of_a_row(path: str, key: str) -> str:
    """The identifier of a field: a mistake is told there."""
    return f"row-{path}-{key}"


def words_of_a_table(path: KeyPath) -> tuple[str, ...]:
    """The words of a table of several kinds, as that of a part of a mix."""
    models = [node.model for node in nodes_at(path) if node.model is not None]
    return tuple(word for model in models for word in get_args(model.model_fields["key"].annotation))


def added(path: KeyPath, standing: Any, fields: Mapping[str, str]) -> tuple[KeyPath, Any]:
    """What is typed in a form, added to what is `standing` already: the path to set, and its value.

    Raises InputError with every field that lacks something or cannot be read, at that field.
    """
    rows, findings = rows_at(path), Findings()
    start = ".".join(map(str, path))
    if rows is None:
        findings.add(Place(start), _("Nothing can be added here."), _("Reload the page."))
        findings.raise_if_any()
    assert rows is not None
    row: dict[str, Any] = {}
    for key, is_required in rows.keys:
        typed, place = fields.get(key, "").strip(), Place(field_of_a_row(start, key))
        if is_required and not typed:
            findings.add(place, _("This is missing."), _("Fill it in."))
        if not typed:
            continue
        try:
            row[key] = _value(path_of_a_field(path, rows, key), typed)
        except UnreadableAmount as problem:
            findings.add(place, problem.what, problem.remedy)
    name = str(row.get(NAME, ""))
    if rows.kind != "list" and name:
        place = Place(field_of_a_row(start, NAME))
        if name in (standing or {}):
            findings.add(place, _("{name!r} stands there already.", name=name[:100]), _("Change that one."))
        if (rows.kind == "tables" or path == ("programme_groups",)) and not _IDENTIFIER.fullmatch(name):
            findings.add(
                place, _("This is no short name."), _("Write small letters, digits and hyphens: provincie-zeeland")
            )
    findings.raise_if_any()
    match rows.kind:
        case "list":
            return path, [*(standing or ()), row]
        case "values":
            return path, {**(standing or {}), name: row["value"]}
        case "tables":
            del row[NAME]
            return (*path, name), row
        case _:
            assert_never(rows.kind)


def _value(path: KeyPath, typed: str) -> Any:
    """What was typed as a scenario says it. Raises UnreadableAmount."""
    nodes = nodes_at(path) if path else ()
    if sort_at(path) in ("amount", "rate", "price"):
        return as_a_setting(path, typed)
    if len(nodes) > 1 and all(node.model is not None for node in nodes):
        return {"key": typed}
    for node in nodes:
        if get_origin(node.kind) is tuple:
            if get_args(node.kind)[-1] is Ellipsis:
                return [name.strip() for name in re.split(r"[,;\n]", typed) if name.strip()]
            return [_value((*path, place), part) for place, part in enumerate(re.split(r"\s*;\s*|\s+", typed))]
    if typed.startswith("["):
        try:
            return value_of(typed, Place(""))
        except InputError:
            return typed
    if typed.isascii() and typed.isdecimal() and any(node.kind in (int, Any) for node in nodes):
        return int(typed[:20])
    return typed
