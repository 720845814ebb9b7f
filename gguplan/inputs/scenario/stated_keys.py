"""Every key of a scenario with its value and where it was said, and what changed against the scenario it extends."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gguplan.fund.stated_keys import ChangedKey, StatedKey
from gguplan.inputs.scenario.layers import Layers
from gguplan.inputs.scenario.laying import layers_below, read_layers
from gguplan.inputs.scenario.settings import apply_settings
from gguplan.inputs.toml_document import KeyPath


def stated_keys(name: str, settings: tuple[str, ...] = ()) -> list[StatedKey]:
    """Every key of a scenario with all that it extends, in the order of the file at the bottom.

    Raises InputError as `read_layers` and `apply_settings` do.
    """
    layers = _layers(name, settings)
    return [StatedKey(_written(path), _shown(value), _where(layers, path)) for path, value in _leaves(layers.data, ())]


def changed_keys(name: str, settings: tuple[str, ...] = ()) -> list[ChangedKey]:
    """What a scenario and `settings` change of the scenario it extends; without one, what the settings change.

    Raises InputError as `stated_keys` does.
    """
    layers = _layers(name, settings)
    base = layers_below(name) or read_layers(name)
    old, new = dict(_leaves(base.data, ())), dict(_leaves(layers.data, ()))
    paths = [path for path in dict.fromkeys([*old, *new]) if path != ("extends",) and old.get(path) != new.get(path)]
    return [
        ChangedKey(
            _written(path),
            _shown(old[path]) if path in old else "",
            _shown(new[path]) if path in new else "",
            _where(layers, path) if path in new else "",
        )
        for path in paths
    ]


def _layers(name: str, settings: tuple[str, ...]) -> Layers:
    layers = read_layers(name)
    return apply_settings(layers, settings) if settings else layers


def _leaves(value: Any, path: KeyPath) -> Iterator[tuple[KeyPath, Any]]:
    """The values that are no tables; a list is one value."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _leaves(item, (*path, key))
    else:
        yield path, value


def _written(path: KeyPath) -> str:
    return ".".join(map(str, path))


def _shown(value: Any) -> str:
    """A value on one line."""
    if isinstance(value, list):
        return "[" + ", ".join(map(_shown, value)) + "]"
    return " ".join(str(value).split())


def _where(layers: Layers, path: KeyPath) -> str:
    place = layers.place(path)
    return place.file if place.line is None else f"{place.file}:{place.line}"
