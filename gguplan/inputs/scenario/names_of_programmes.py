"""The names of programmes, and the columns of weights, in a scenario of which something else is wrong, so that all is
told in one round."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Set
from typing import Any, Final

from pydantic import ValidationError

from gguplan.findings import Finding, InputError, Place
from gguplan.fund.allocation_keys import InColumn
from gguplan.inputs.population.years import load_population
from gguplan.inputs.scenario.allocation_key_tables import PerColumnTable
from gguplan.inputs.scenario.layers import Layers
from gguplan.inputs.toml_document import KeyPath
from gguplan.language import _
from gguplan.wording.suggestions import did_you_mean, names_there

_BY_PROGRAMME: Final = ("thresholds", "cascades", "realisation", "opt_outs")


def unknown_programmes(layers: Layers, wrong: Set[Place]) -> list[Finding]:
    """A finding for each name that should be one of a programme and is none.

    For data that was not validated: what stands at the places that are known to be `wrong`, or has another form, is
    passed over.
    """
    programmes, groups = (_names(layers.data.get(key)) for key in ("programmes", "programme_groups"))
    findings = []
    for path, name in _named(layers.data):
        known = [*programmes, *groups] if path[0] == "opt_outs" else programmes
        place = layers.place(path)
        if programmes and name not in known and place not in wrong:
            what, remedy = _("There is no programme {name!r}.", name=name), did_you_mean(name, known)
            findings.append(Finding(place, what, remedy + _("Programmes: {names}.", names=names_there(known))))
    return findings


def wrong_weights(layers: Layers, wrong: Set[Place]) -> list[Finding]:
    """Every mistake in the columns of weights of programmes, where it is known whose weights they are.

    For data that was not validated, as `unknown_programmes`.
    """
    from gguplan.inputs.scenario.weights_file import read_weights

    date, programmes = layers.data.get("reference_date"), layers.data.get("programmes")
    if (
        not isinstance(date, datetime.date)
        or not isinstance(programmes, dict)
        or {"members", "bodies"} & layers.data.keys()
    ):
        return []
    findings: list[Finding] = []
    for name, table in programmes.items():
        try:
            key = PerColumnTable.model_validate(table.get("allocation") if isinstance(table, dict) else None)
            stands, path = InColumn(key.file, key.column), ("programmes", name, "allocation")
            read_weights(stands, path, load_population(date.year), layers)
        except ValidationError:
            continue
        except InputError as error:
            findings += [finding for finding in error.findings if finding.place not in wrong]
    return findings


def _named(data: dict[str, Any]) -> Iterator[tuple[KeyPath, str]]:
    """Each text where a programme is named, with its path."""
    for index, name in enumerate(_texts(data.get("without"))):
        yield ("without", index), name
    for key in _BY_PROGRAMME:
        tables = data.get(key)
        for name, table in tables.items() if isinstance(tables, dict) else ():
            listed = table.get("programmes") if isinstance(table, dict) and key == "opt_outs" else None
            if listed is None:
                yield (key, name), name
            for index, programme in enumerate(_texts(listed)):
                yield (key, name, "programmes", index), programme


def _texts(listed: object) -> list[str]:
    return [text for text in listed if isinstance(text, str)] if isinstance(listed, list) else []


def _names(tables: object) -> list[str]:
    return list(tables) if isinstance(tables, dict) else []
