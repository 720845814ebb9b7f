"""``--set path=value``: one key of a scenario changed, when that key exists."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from gguplan.inputs.findings import Finding, InputError, Place
from gguplan.inputs.scenario.keys import SOURCED, TABLES, allowed_keys
from gguplan.inputs.scenario.layers import Layers, copied, note
from gguplan.inputs.scenario.schema import BUDGETS
from gguplan.inputs.suggestions import did_you_mean
from gguplan.inputs.toml_document import KeyPath, in_plain_words
from gguplan.language import _


def apply_settings(layers: Layers, settings: Iterable[str]) -> Layers:
    """Apply ``path=value`` settings to layers that are right without them.

    Raises InputError with every setting whose path does not exist in the scenario.
    """
    changed = replace(layers, data=copied(layers.data), origins=dict(layers.origins), settings=tuple(settings))
    findings: list[Finding] = []
    applied: list[KeyPath] = []
    for setting in changed.settings:
        try:
            path = _apply(changed, setting)
        except InputError as error:
            findings.extend(error.findings)
            continue
        said = (*path[:2], "budget") if path[0] == "programmes" and path[-1] in BUDGETS else path
        if any(said[: len(one)] == one[: len(said)] for one in applied):
            findings.append(
                Finding(
                    Place(_shown_setting(setting)),
                    _("An earlier --set already sets this."),
                    _("Keep one of the two."),
                )
            )
        applied.append(said)
    if findings:
        raise InputError(findings)
    return changed


def written_settings(settings: Mapping[str, object]) -> list[str]:
    """Settings from Python as ``path=value``; lists as TOML writes them."""
    return [
        f"{path}={json.dumps(list(value), ensure_ascii=False) if isinstance(value, (list, tuple)) else value}"
        for path, value in settings.items()
    ]


def _shown_setting(setting: str) -> str:
    return f"--set {''.join(one if one.isprintable() else '�' for one in setting[:200])}"


def _apply(layers: Layers, setting: str) -> KeyPath:
    """Apply one setting; returns the path that it sets."""
    place = Place(_shown_setting(setting))
    key_path, equals, text = setting.partition("=")
    if not equals or not key_path.strip():
        raise InputError(
            [
                Finding(
                    place,
                    _("A setting is a path, an = and a value."),
                    _("Write for example: --set programmes.ibd.gross=2100000.00"),
                )
            ]
        )
    path = _path(layers, key_path.strip(), place)
    value = _value(text.strip(), place)
    target: Any = layers.data
    for depth, part in enumerate(path[:-1], start=1):
        if isinstance(target, dict) and part not in target:
            target[part] = {}
            layers.origins[path[:depth]] = place
        target = target[part]
    if path[0] == "programmes" and path[-1] in BUDGETS and len(path) == 3:
        for key in BUDGETS:
            target.pop(key, None)
    target[path[-1]] = value
    note(layers, path, value, place)
    if path[0] in SOURCED and len(path) >= 3 and path[-1] != "source":
        table = layers.data[str(path[0])][path[1]]
        if isinstance(table, dict):
            table["source"] = _("set on the command line")
    return path


def _value(text: str, place: Place) -> Any:
    """The value as TOML; bare words and numbers with a point are text, so that 0.25 stays exact."""
    # 's-Gravenhage begins with a quote and is a name.
    if not re.match(r"[\[{]|([\"']).*\1$|(true|false|[0-9]+|[0-9]{4}-[0-9]{2}-[0-9]{2})$", text):
        return text
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except RecursionError:
        raise InputError(
            [Finding(place, _("The lists in this value are nested too deep."), _("Write a list of names."))]
        ) from None
    except ValueError as problem:
        raise InputError(
            [
                Finding(
                    place,
                    in_plain_words(str(problem)),
                    _('Write a list as ["Utrecht", "Zwolle"], a date as 2017-01-01.'),
                )
            ]
        ) from None


def _path(layers: Layers, written: str, place: Place) -> KeyPath:
    """The path as keys, when each of them exists in the scenario or may stand there."""
    path: KeyPath = ()
    here: Any = layers.data
    for part in written.split("."):
        allowed = allowed_keys(layers.data, path)
        if part not in allowed:
            where = ".".join(map(str, path)) or _("a scenario")
            if isinstance(here, list):
                remedy = _("The items of this list are numbered from 0 to {last}.", last=len(here) - 1)
            elif allowed:
                remedy = did_you_mean(part, allowed) + _("Keys there: {names}.", names=", ".join(allowed))
            else:
                remedy = _("Set it as a whole: --set {where}=…", where=where)
            raise InputError(
                [Finding(place, _("There is no {part!r} in {where}.", part=part[:100], where=where), remedy)]
            )
        key: str | int = int(part) if isinstance(here, list) else part
        path = (*path, key)
        here = here[int(key)] if isinstance(here, list) else here.get(key, {}) if isinstance(here, dict) else {}
    if path in (("extends",), ("ledger",)) or (path[0] in TABLES and len(path) <= 2):
        raise InputError(
            [
                Finding(
                    place,
                    _("{path} cannot be set as a whole.", path=written),
                    _("Set one key in it, or write a scenario that extends this one."),
                )
            ]
        )
    return path
