"""One walk over the schema of a scenario: which keys may stand where, and what sort of value each holds.

What is particular to a field stands in its annotation (`fields.Sort`, `fields.KeysAre`) or in its class
(`one_of`, `goes_with`); suggestions, ``--set``, the JSON Schema, the manual and the ranges of a sweep all follow
from that.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Union, get_args, get_origin

from msgspec import Struct
from pydantic import BaseModel

from gguplan.fund.sweep_plan import ValueSort
from gguplan.inputs.scenario.fields import IsPercentage, KeysAre, Sort
from gguplan.inputs.scenario.schema import Scenario
from gguplan.inputs.scenario.years_ahead_tables import MOST_YEARS
from gguplan.inputs.toml_document import KeyPath


class Node(Struct, frozen=True):
    """What may stand at a path: a type without alternatives, and what its annotations say of it."""

    kind: Any
    notes: tuple[Any, ...] = ()

    @property
    def model(self) -> type[BaseModel] | None:
        """The class of a table; None for anything else."""
        return self.kind if isinstance(self.kind, type) and issubclass(self.kind, BaseModel) else None

    def note(self, kind: type[Any]) -> Any:
        """What an annotation of this class says; None where there is none."""
        return next((note for note in self.notes if isinstance(note, kind)), None)


@lru_cache(maxsize=4_096)
def nodes_at(path: KeyPath) -> tuple[Node, ...]:
    """Everything that may stand at a path; empty where nothing may. Remembered, for a sweep asks a thousand times."""
    nodes: tuple[Node, ...] = (Node(Scenario),)
    for part in path:
        nodes = tuple(child for node in nodes for child in _children(node, part))
    return nodes


def _nodes(annotation: Any, notes: tuple[Any, ...] = ()) -> Iterator[Node]:
    """An annotation without its alternatives: one node for each."""
    origin = get_origin(annotation)
    if origin is Annotated:
        kind, *more = get_args(annotation)
        yield from _nodes(kind, (*notes, *more))
    elif origin in (Union, UnionType):
        for option in get_args(annotation):
            yield from _nodes(option, notes)
    elif annotation is not NoneType:
        yield Node(annotation, notes)


def _children(node: Node, part: str | int) -> Iterator[Node]:
    if node.model is not None:
        field = node.model.model_fields.get(str(part))
        if field is not None:
            yield from _nodes(field.annotation, tuple(field.metadata))
        return
    origin, inner = get_origin(node.kind), get_args(node.kind)
    if origin is dict:
        yield from _nodes(inner[1])
    elif origin is tuple and isinstance(part, int):
        if inner[-1] is Ellipsis:
            yield from _nodes(inner[0])
        elif part < len(inner):
            yield from _nodes(inner[part])


@cache
def models() -> tuple[type[BaseModel], ...]:
    """The class of every table of a scenario, from the top down, in the order of the fields."""
    seen: dict[type[BaseModel], None] = {}

    def visit(node: Node) -> None:
        if node.model is None:
            for inner in get_args(node.kind):
                for child in _nodes(inner):
                    visit(child)
        elif node.model not in seen:
            seen[node.model] = None
            for field in node.model.model_fields.values():
                for child in _nodes(field.annotation):
                    visit(child)

    visit(Node(Scenario))
    return tuple(seen)


def is_sourced(model: type[BaseModel]) -> bool:
    """Whether every table of this class needs a source, its own or that of its file."""
    field = model.model_fields.get("source")
    return field is not None and field.is_required() and not getattr(model, "own_source", False)


def keys_by_year(model: type[BaseModel]) -> list[str]:
    """The keys of a table under which stand tables of years."""
    return [
        key
        for key, field in model.model_fields.items()
        for node in _nodes(field.annotation, tuple(field.metadata))
        if node.note(KeysAre) == KeysAre("years")
    ]


@cache
def tables() -> dict[str, type[BaseModel]]:
    """The keys of a scenario under which tables stand by name, and what such a table may say."""
    by_key = {}
    for key, field in Scenario.model_fields.items():
        for node in _nodes(field.annotation):
            if get_origin(node.kind) is dict:
                (value,) = _nodes(get_args(node.kind)[1])
                if value.model is not None:
                    by_key[key] = value.model
    return by_key


@lru_cache(maxsize=4_096)
def sourced_table(path: KeyPath) -> KeyPath | None:
    """The innermost table at a path, or around it, that needs a source; None where there is none."""
    for length in range(len(path), 0, -1):
        if any(node.model is not None and is_sourced(node.model) for node in nodes_at(path[:length])):
            return path[:length]
    return None


def allowed_keys(data: dict[str, Any], path: KeyPath) -> list[str]:
    """The keys that exist, or may be written, in the table or list at `path` of a scenario's data."""
    here: Any = data
    for part in path:
        here = here[int(part)] if isinstance(here, list) else here.get(part, {}) if isinstance(here, dict) else {}
    if isinstance(here, list):
        return [str(index) for index in range(len(here))]
    nodes = nodes_at(path)
    tables_here = [node.model for node in nodes if node.model is not None]
    if len(tables_here) == 1:
        return list(tables_here[0].model_fields)
    keys = {key for model in tables_here for key in model.model_fields}
    for node in nodes:
        if (names := node.note(KeysAre)) is not None:
            keys |= _names(data, here, names)
    return sorted(keys)


def _names(data: dict[str, Any], here: Any, keys: KeysAre) -> set[str]:
    """The keys of a table that is keyed by names or by years."""
    own = set(map(str, here)) if isinstance(here, dict) else set()
    programmes = data.get("programmes", {})
    named = set(map(str, programmes)) if isinstance(programmes, dict) else set()
    match keys.what:
        case "own":
            return own
        case "programmes":
            return named
        case "own_and_programmes":
            return own | named
        case "years":
            return own | _years(data)


def _years(data: dict[str, Any]) -> set[str]:
    """The years of the horizon of a scenario's data; without one its own year."""
    horizon, year = data.get("horizon", {}), data.get("year")
    first, last = horizon.get("first", year), horizon.get("last", year)
    listed = range(first, min(last, first + MOST_YEARS - 1) + 1) if type(first) is type(last) is int else ()
    return set(map(str, listed))


def excluded_by(path: KeyPath, keys: Iterable[str]) -> set[str]:
    """The keys of the table at `path` that go when `keys` are written there: other ways to say the same, and what goes
    with those."""
    written, gone = set(keys), set[str]()
    for node in nodes_at(path):
        for group in getattr(node.model, "one_of", ()):
            gone |= set(group) if written & set(group) else set()
        gone -= written
        gone |= {key for key, condition in getattr(node.model, "goes_with", {}).items() if condition in gone}
    return gone - written


def same_thing(path: KeyPath) -> KeyPath:
    """The path with the first of the keys that say the same in the place of its last, so that they are equal."""
    for node in nodes_at(path[:-1]):
        for group in getattr(node.model, "one_of", ()):
            if path[-1] in group:
                return (*path[:-1], group[0])
    return path


_PLAIN: Final[dict[Any, ValueSort]] = {int: "whole_number", datetime.date: "day"}


def is_percentage_at(path: KeyPath) -> bool:
    """Whether what stands at a path is a percentage by itself."""
    return any(node.note(IsPercentage) is not None for node in nodes_at(path))


@lru_cache(maxsize=4_096)
def sort_at(path: KeyPath) -> ValueSort:
    """The sort of value at a path that may stand in a scenario; ``other`` where no range can go over it."""
    for node in nodes_at(path):
        if (sort := node.note(Sort)) is not None:
            return sort.what  # type: ignore[no-any-return]
        if node.kind in _PLAIN:
            return _PLAIN[node.kind]
    return "other"
