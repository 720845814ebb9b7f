"""Tables of which there are several kinds, such as an allocation key: a change of one key writes the whole table,
because the keys of one kind do not go with another."""

from __future__ import annotations

from typing import Any, get_args

from gguplan.findings import InputError, Place
from gguplan.inputs.scenario.layers import copied
from gguplan.inputs.scenario.schema_walk import excluded_by, nodes_at
from gguplan.inputs.scenario.settings import value_of
from gguplan.inputs.toml_document import KeyPath


def kinds_above(keys: KeyPath) -> KeyPath | None:
    """The path of the outermost table of several kinds that a key stands in; None where it stands in none.

    A part of a mix has an allocation key of its own: it is written with the whole mix.
    """
    for length in range(1, len(keys)):
        if sum(node.model is not None for node in nodes_at(keys[:length])) > 1:
            return keys[:length]
    return None


def with_key(table: Any, within: KeyPath, path: KeyPath, text: str) -> Any:
    """A table of several kinds with one key in it set to what was typed; another kind keeps the keys that it has too.

    `within` is the path of the table, `path` that of the key. Nothing typed takes the key out.
    """
    changed: Any = copied(table) if isinstance(table, (dict, list)) else {}
    *way, last = path[len(within) :]
    target: Any = changed
    for key in way:
        if isinstance(target, list):
            if not (str(key).isdecimal() and int(key) < len(target)):
                return changed
            target = target[int(key)]
        else:
            target = target.setdefault(key, {})
    try:
        value = value_of(text, Place(""))
    except InputError:
        value = text
    if text:
        for excluded in excluded_by(path[:-1], [str(last)]):
            target.pop(excluded, None)
        target[last] = value
    else:
        target.pop(last, None)
    if last == "key" and isinstance(target, dict):
        kept = _of_its_kind(target, path[:-1])
        target.clear()
        target.update(kept)
    return changed


def without_key(table: Any, way: KeyPath, before: Any) -> Any:
    """A list or table with what stands at a path in it as it was `before`; gone where there was nothing."""
    changed = copied(table)
    target: Any = changed
    *around, last = way
    for key in around:
        target = target[key]
    if before is None:
        del target[last]
    else:
        target[last] = copied(before)
    return changed


def _of_its_kind(table: dict[str, Any], path: KeyPath) -> dict[str, Any]:
    """The table with only the keys of the kind that its word says."""
    for node in nodes_at(path):
        fields = node.model.model_fields if node.model is not None else {}
        if "key" in fields and table.get("key") in get_args(fields["key"].annotation):
            return {key: value for key, value in table.items() if key in fields}
    return table
