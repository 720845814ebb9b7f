"""Several scenarios laid together: what each changes of the one that they share, and where two say otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from msgspec import Struct

from gguplan.inputs.scenario.layers import Layers, copied
from gguplan.inputs.toml_document import KeyPath

_OF_THE_FILE: Final = ("extends", "expected", "description")
"""What a file says of itself alone."""

_NOTHING: Final = object()
"""Stands for a key that is not there."""


class Contradiction(Struct, frozen=True):
    """A key of which two scenarios say something else: the two values and where each stands; None where one of them
    takes the key out."""

    path: KeyPath
    values: tuple[Any, Any]
    places: tuple[str, str]


def laid_together(shared: Layers, parts: Sequence[Layers]) -> tuple[Layers, list[Contradiction]]:
    """What comes of `parts`, each laid by itself over all that it extends, where `shared` is what all of them extend.

    What one changes of `shared` counts. Two that change a key to the same agree; two sources of one figure or table are
    joined. Of a contradiction the last counts for now.
    """
    together = Layers(copied(shared.data), dict(shared.origins), parts[-1].files, (), shared.ledger_year)
    together.not_levied = list(shared.not_levied)
    base = dict(_leaves(shared.data, ()))
    statements: dict[KeyPath, tuple[Any, Layers]] = {}
    contradictions = []
    for part in parts:
        own = dict(_leaves(part.data, ()))
        for path in dict.fromkeys([*base, *own]):
            value = own.get(path, _NOTHING)
            if path[0] in _OF_THE_FILE or value == base.get(path, _NOTHING):
                continue
            if path in statements and statements[path][0] != value:
                before, layers = statements[path]
                if _is_source(path) and isinstance(before, str) and isinstance(value, str):
                    value = before if value in before.split("; ") else f"{before}; {value}"
                else:
                    contradictions.append(
                        Contradiction(
                            path,
                            tuple(None if side is _NOTHING else side for side in (before, value)),  # type: ignore[arg-type]
                            (_where(layers, path), _where(part, path)),
                        )
                    )
            statements[path] = value, part
            _put(together, path, value, part)
        if part.ledger_year != shared.ledger_year:
            together.ledger_year, together.not_levied = part.ledger_year, list(part.not_levied)
    return together, contradictions


def _leaves(value: Any, path: KeyPath) -> Iterator[tuple[KeyPath, Any]]:
    """The values that are no tables, and tables without any; a list is one value."""
    if isinstance(value, dict) and (value or not path):
        for key, item in value.items():
            yield from _leaves(item, (*path, key))
    else:
        yield path, value


def _is_source(path: KeyPath) -> bool:
    return str(path[-1]).endswith("source")


def _where(layers: Layers, path: KeyPath) -> str:
    place = layers.place(path)
    return place.file if place.line is None else f"{place.file}:{place.line}"


def _put(layers: Layers, path: KeyPath, value: Any, part: Layers) -> None:
    """Put a value, or take it out, with where the part says it."""
    if value is _NOTHING:
        _take_out(layers, path)
        return
    table: Any = layers.data
    for depth, key in enumerate(path[:-1], start=1):
        if not isinstance(table.get(key), dict):
            table[key] = {}
        table = table[key]
        if path[:depth] in part.origins:
            layers.origins.setdefault(path[:depth], part.origins[path[:depth]])
    table[path[-1]] = copied(value)
    layers.origins[path] = part.origin(path)


def _take_out(layers: Layers, path: KeyPath) -> None:
    table: Any = layers.data
    for key in path[:-1]:
        table = table.get(key)
        if not isinstance(table, dict):
            return
    table.pop(path[-1], None)
    layers.origins.pop(path, None)
    if not table and len(path) > 1:
        _take_out(layers, path[:-1])
