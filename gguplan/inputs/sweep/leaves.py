"""What sort of value stands at a path of a scenario, by the schema: which steps a range over it takes."""

from __future__ import annotations

from functools import cache
from typing import Any, Final, Literal

from gguplan.inputs.scenario.schema import Scenario
from gguplan.inputs.toml_document import KeyPath

Leaf = Literal["amount", "rate", "whole_number", "day", "first_of_january", "other"]
"""An amount goes by cents, a rate by ten-thousandths, a whole number by ones, a date by days or years."""

_DECIMALS: Final = {"{2}": "amount", "{1,4}": "rate"}


def leaf_at(path: KeyPath) -> Leaf:
    """The sort of value at a path that may stand in a scenario; ``other`` where no range can go over it."""
    schema = _schema()
    nodes = [schema]
    for part in path:
        nodes = [child for node in nodes for child in _children(schema, node, part)]
    for node in (option for one in nodes for option in _options(schema, one)):
        for decimals, leaf in _DECIMALS.items():
            if decimals in node.get("pattern", "") and "integer" in node.get("type", ()):
                return "amount" if leaf == "amount" else "rate"
        if node.get("type") == "integer":
            return "whole_number"
        if node.get("format") == "date":
            return "first_of_january" if path[-1] == "reference_date" else "day"
    return "other"


@cache
def _schema() -> dict[str, Any]:
    return Scenario.model_json_schema()


def _options(schema: dict[str, Any], node: dict[str, Any]) -> list[dict[str, Any]]:
    """The kinds of value that a node of the schema allows, references followed."""
    if "$ref" in node:
        return _options(schema, schema["$defs"][node["$ref"].rpartition("/")[2]])
    several = [*node.get("anyOf", ()), *node.get("oneOf", ())]
    return [option for one in several for option in _options(schema, one)] if several else [node]


def _children(schema: dict[str, Any], node: dict[str, Any], part: str | int) -> list[dict[str, Any]]:
    """What may stand under a key, or at a place in a list."""
    found = []
    for one in _options(schema, node):
        if isinstance(part, int):
            found += [*one.get("prefixItems", ())[part : part + 1], *([one["items"]] if "items" in one else [])]
        elif part in one.get("properties", ()):
            found.append(one["properties"][part])
        else:
            found += one.get("patternProperties", {}).values()
            found += [one["additionalProperties"]] if isinstance(one.get("additionalProperties"), dict) else []
    return found
