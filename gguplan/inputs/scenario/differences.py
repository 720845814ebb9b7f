"""What the data of one scenario says otherwise than that of another, key by key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from gguplan.fund.stated_keys import ChangedKey
from gguplan.inputs.toml_document import KeyPath


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[ChangedKey]:
    """Every key that differs, without where it was said."""
    old, new = dict(_differing(before, after, ())), dict(_differing(after, before, ()))
    for path in dict.fromkeys([*old, *new]):
        if path != ("extends",) and old.get(path) != new.get(path):
            yield ChangedKey(
                written_path(path),
                shown_value(old[path]) if path in old else "",
                shown_value(new[path]) if path in new else "",
                "",
            )


def _differing(value: Mapping[str, Any], counterpart: Any, path: KeyPath) -> Iterator[tuple[KeyPath, Any]]:
    """As `leaves`, without the tables and values that stand in the counterpart just the same."""
    held_beside = counterpart if isinstance(counterpart, Mapping) else {}
    for key, item in value.items():
        if key in held_beside and held_beside[key] == item:
            continue
        if isinstance(item, Mapping):
            yield from _differing(item, held_beside.get(key), (*path, key))
        else:
            yield (*path, key), item


def leaves(value: Any, path: KeyPath) -> Iterator[tuple[KeyPath, Any]]:
    """The values that are no tables; a list is one value."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from leaves(item, (*path, key))
    else:
        yield path, value


def written_path(path: KeyPath) -> str:
    """A path as ``--set`` names it."""
    return ".".join(map(str, path))


def shown_value(value: Any) -> str:
    """A value on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "[" + ", ".join(map(shown_value, value)) + "]"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key} = {shown_value(item)}" for key, item in value.items()) + "}"
    return " ".join(str(value).split())
