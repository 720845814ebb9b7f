"""Every key of a scenario with its value and where it was said, and what changed against the scenario it extends."""

from __future__ import annotations

from msgspec.structs import replace

from gguplan.fund.stated_keys import ChangedKey, StatedKey
from gguplan.inputs.scenario.differences import differences, leaves, shown_value, written_path
from gguplan.inputs.scenario.layers import Layers
from gguplan.inputs.scenario.laying import layers_below, read_layers
from gguplan.inputs.scenario.settings import apply_settings
from gguplan.inputs.toml_document import KeyPath


def stated_keys(name: str, settings: tuple[str, ...] = ()) -> list[StatedKey]:
    """Every key of a scenario with all that it extends, in the order of the file at the bottom.

    Raises InputError as `read_layers` and `apply_settings` do.
    """
    layers = _layers(name, settings)
    return [
        StatedKey(written_path(path), shown_value(value), _where(layers, path))
        for path, value in leaves(layers.data, ())
    ]


def changed_keys(name: str, settings: tuple[str, ...] = ()) -> list[ChangedKey]:
    """What a scenario and `settings` change of the scenario it extends; without one, what the settings change.

    Raises InputError as `stated_keys` does.
    """
    layers = _layers(name, settings)
    base = layers_below(name) or read_layers(name)
    whole = dict(leaves(layers.data, ()))
    where = {written_path(path): _where(layers, path) for path in whole}
    return [replace(key, where=where.get(key.path, "")) for key in differences(base.data, layers.data)]


def _layers(name: str, settings: tuple[str, ...]) -> Layers:
    layers = read_layers(name)
    return apply_settings(layers, settings) if settings else layers


def _where(layers: Layers, path: KeyPath) -> str:
    place = layers.place(path)
    return place.file if place.line is None else f"{place.file}:{place.line}"
