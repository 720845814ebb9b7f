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


def unknown_municipalities(layers: Layers, wrong: Set[Place]) -> list[Finding]:
    """A finding for each name in a list of municipalities that is none on the reference date, and no group.

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
    for path, name in _names(layers.data):
        if (
            name in known
            or name_key(name) in bodies
            or not wrong.isdisjoint((layers.place(path), layers.place(path[:-1])))
        ):
            continue
        try:
            look_up(name, population)
        except UnknownMunicipality as problem:
            findings.append(Finding(layers.place(path), problem.what, did_you_mean(name, known) + problem.remedy))
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
