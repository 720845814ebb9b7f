"""The names of municipalities in a scenario of which something else is wrong, so that both are told in one round."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Set
from typing import Any, Final

from gguplan.findings import MOST_FINDINGS, Finding, InputError, Place
from gguplan.fund.municipality_names import name_key
from gguplan.inputs.population.municipalities import UnknownMunicipality, look_up
from gguplan.inputs.population.years import load_population
from gguplan.inputs.scenario.layers import Layers
from gguplan.inputs.toml_document import KeyPath
from gguplan.wording.suggestions import did_you_mean

_TABLES: Final = ("opt_outs", "groups")
_LISTS: Final = ("municipalities", "without")
_KEYS: Final = ("allocation", "old_division", "parts", "by")
"""Under these an allocation key is found in the table of a programme."""
_VALUES: Final = ("shares", "amounts", "units")


def unknown_municipalities(layers: Layers, wrong: Set[Place]) -> list[Finding]:
    """A finding for each name in a list of municipalities, or with a value by an allocation key, that is none on the
    reference date, and no group.

    For data that was not validated: names and lists at the places that are known to be `wrong`, and what has another
    form than a list of texts, are passed over, and so is everything where no inhabitants are known of the date.
    """
    date = layers.data.get("reference_date")
    if not isinstance(date, datetime.date):
        return []
    try:
        population = load_population(date.year)
    except InputError:
        return []
    findings: list[Finding] = []
    groups = layers.data.get("groups")
    known = [str(group) for group in groups] if isinstance(groups, dict) else []
    bodies = set(map(name_key, _bodies(layers.data)))
    named = [(layers.place(path), layers.place(path[:-1]), name, known) for path, name in _names(layers.data)]
    # What a group has is no value of one municipality.
    none: list[str] = []
    named += [(layers.key_place(path), layers.place(path), str(path[-1]), none) for path in _with_values(layers.data)]
    for place, around, name, groups_there in named:
        if name in groups_there or name_key(name) in bodies or not wrong.isdisjoint((place, around)):
            continue
        try:
            look_up(name, population)
        except UnknownMunicipality as problem:
            findings.append(Finding(place, problem.what, did_you_mean(name, groups_there) + problem.remedy))
        if len(findings) == MOST_FINDINGS:
            break
    return findings


def _bodies(data: dict[str, Any]) -> Iterator[str]:
    """What bodies without inhabitants are called."""
    tables = data.get("bodies")
    for name, table in tables.items() if isinstance(tables, dict) else ():
        yield str(name)
        yield str(table.get("title")) if isinstance(table, dict) else ""


def _names(data: dict[str, Any]) -> Iterator[tuple[KeyPath, str]]:
    """Each text in a list of municipalities, with its path."""
    for path, names in _lists(data):
        for index, name in enumerate(names if isinstance(names, list) else ()):
            if isinstance(name, str):
                yield (*path, index), name


def _with_values(data: dict[str, Any]) -> Iterator[KeyPath]:
    """The path of each name that has a value by an allocation key: a share, an amount, units; in a mix too."""
    programmes = data.get("programmes")
    for name, table in programmes.items() if isinstance(programmes, dict) else ():
        yield from _in_a_key(table, ("programmes", name))


def _in_a_key(value: Any, path: KeyPath) -> Iterator[KeyPath]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        if key in _VALUES and isinstance(item, dict):
            yield from ((*path, key, name) for name in item)
        elif key in _KEYS or isinstance(key, int):
            yield from _in_a_key(item, (*path, key))


def _lists(data: dict[str, Any]) -> Iterator[tuple[KeyPath, Any]]:
    """What should be lists of municipalities, with their paths."""
    yield ("members",), data.get("members")
    for table in _TABLES:
        tables = data.get(table)
        for key, content in tables.items() if isinstance(tables, dict) else ():
            parts: list[tuple[KeyPath, Any]] = [((table, key), content)]
            if isinstance(content, list):
                parts = [((table, key, index), part) for index, part in enumerate(content)]
            for path, part in parts:
                yield from (((*path, key), part.get(key)) for key in _LISTS if isinstance(part, dict))
