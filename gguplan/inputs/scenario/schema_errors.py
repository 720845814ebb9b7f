"""What pydantic finds wrong in a scenario, in the words of somebody who never programmed."""

from __future__ import annotations

import datetime
import json
import re
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel

from gguplan.findings import Finding
from gguplan.inputs.scenario.allocation_key_tables import (
    AmountsTable,
    FixedPlusInhabitantsTable,
    MixTable,
    PerColumnTable,
    PerInhabitantTable,
    ProductsTable,
    SharesTable,
    StepAmountsTable,
    SteppedTable,
    TariffTable,
)
from gguplan.inputs.scenario.layers import Layers
from gguplan.inputs.scenario.relative_changes import change_at
from gguplan.inputs.scenario.schema_walk import allowed_keys
from gguplan.inputs.toml_document import KeyPath
from gguplan.language import _, listed_with_or
from gguplan.wording.suggestions import did_you_mean, names_there

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_EXAMPLES: Final = {
    "title": 'title = "…"',
    "year": "year = 2017",
    "reference_date": "reference_date = 2017-01-01",
    "vat": 'vat = "21%"',
    "settlement": 'settlement = "refund"',
    "municipalities": 'municipalities = ["Utrecht", "Zwolle"]',
    "applies_to": 'applies_to = "part"',
    "brackets": 'brackets = [{ up_to = 50000, rate = "1.00" }, { rate = "0.75" }]',
    "rate": 'rate = "0.25"',
    "fixed": 'fixed = "500.00"',
    "file": 'file = "huishoudens.csv"',
    "column": 'column = "huishoudens"',
    "key": 'key = "inhabitants"',
    "price": 'price = "86.55"',
    "amount": 'amount = "10000.00"',
    "steps": 'steps = [{ up_to = 20000, amount = "10000.00" }, { amount = "20000.00" }]',
    "parts": 'parts = [{ share = "50%", by = { key = "inhabitants" } }, { share = "50%", by = { key = "column", … } }]',
    "share": 'share = "50%"',
    "by": 'by = { key = "inhabitants" }',
    "last": "last = 2029",
    "opening": 'opening = "250000.00"',
    "allocation": 'allocation = { key = "inhabitants" }',
    "members": 'members = ["Utrecht", "Amersfoort"]',
    "years": 'years = { 2026 = "25", 2027 = "50", 2028 = "75", 2029 = "100" }',
    "percent": 'percent = "50"',
    "paid_by": 'paid_by = "fund"',
    "what": 'what = "…"',
    "payer": 'payer = "…"',
    "municipality": 'municipality = "Utrecht"',
    "otherwise": 'otherwise = "not_levied"',
    "underspend": 'underspend = "return"',
    "kind": 'kind = "province"',
}
_ALLOCATIONS: Final[dict[str, type[BaseModel]]] = {
    "inhabitants": PerInhabitantTable,
    "stepped": SteppedTable,
    "tariff": TariffTable,
    "fixed_plus_inhabitants": FixedPlusInhabitantsTable,
    "column": PerColumnTable,
    "shares": SharesTable,
    "amounts": AmountsTable,
    "products": ProductsTable,
    "step_amounts": StepAmountsTable,
    "mix": MixTable,
}
_YEARS: Final = (
    "year", "ledger", "first", "last", "since", "until", "joins", "leaves", "starts", "ends", "handed_over",
    "contract_ends",
)  # fmt: skip
_TABLES_OF_A_PROGRAMME: Final = ("income", "reserve", "cover")
_LISTS_OF_TABLES: Final = (*_TABLES_OF_A_PROGRAMME, "brackets", "steps", "size_classes", "parts")
_LONGEST_SHOWN: Final = 60


def explain_error(error: ErrorDetails, layers: Layers) -> Finding:
    """One error of the validation as a finding at the place where the value was written."""
    kind, context, value = error["type"], error.get("ctx", {}), error["input"]
    path = _path_in(layers.data, error["loc"])
    if kind == "union_tag_invalid":
        path, value = (*path, "key"), context["tag"]
    key = str(error["loc"][-1]) if error["loc"] else ""
    place = layers.place(path)
    if kind == "union_tag_not_found" and isinstance(value, dict):
        return Finding(place, _("The key {key!r} is missing here.", key="key"), _one_of(_ALLOCATIONS))
    if kind == "missing":
        return Finding(place, _("The key {key!r} is missing here.", key=key), _missing(key, path, layers))
    if kind == "extra_forbidden":
        return Finding(
            layers.key_place(path),
            _("There is no key {key!r} here.", key=key),
            _keys_there(key, path, layers),
        )
    if kind == "value_error":
        # A value may hold a colon and a remedy does not, so the last colon parts the two.
        what, colon, remedy = str(context["error"]).rpartition(": ")
        if error["loc"][-1] == "[key]":
            place = layers.key_place(path)
        return Finding(place, _sentence(what if colon else remedy), _sentence(remedy) if colon else _manual())
    if kind in ("literal_error", "union_tag_invalid"):
        words = _words(str(context["expected_tags" if kind == "union_tag_invalid" else "expected"]))
        return Finding(
            place,
            _("{value} is not one of the words that may stand here.", value=_shown(value)),
            _one_of(words),
        )
    if kind == "string_pattern_mismatch":
        return Finding(layers.key_place(path), *_name(path, value))
    return Finding(place, *_problem(kind, context, value, path))


def _name(path: KeyPath, value: object) -> tuple[str, str]:
    """That a table cannot be called so, and what it can be called."""
    if path[0] == "bodies":
        return (
            _("{value} is not a name for a body.", value=_shown(value)),
            _("Use small letters, digits and hyphens, such as provincie-utrecht; its title can be anything."),
        )
    if path[0] in ("programme_groups", "membership", "opt_outs") and len(path) == 2:
        return (
            _("{value} is not a name for a table.", value=_shown(value)),
            _("Use small letters, digits and hyphens, such as grote-steden."),
        )
    return (
        _("{value} is not a name for a programme.", value=_shown(value)),
        _("Use small letters, digits and hyphens, such as luisterend-oor."),
    )


def _path_in(data: Any, location: tuple[Any, ...]) -> KeyPath:
    """The location without the steps that are pydantic's own (the name of a kind of allocation)."""
    path: KeyPath = ()
    for index, part in enumerate(location):
        last = index == len(location) - 1
        if isinstance(data, dict) and data.get("key") == part and location[index - 1] != part:
            # The kind of allocation, of which a key may have the same name.
            continue
        if (isinstance(data, dict) and part in data) or (
            isinstance(part, int) and isinstance(data, (list, tuple)) and part < len(data)
        ):
            data, path = data[part], (*path, part)
        elif last and part != "[key]":
            path = (*path, part)
    return path


def _keys_there(key: str, path: KeyPath, layers: Layers) -> str:
    allowed = allowed_keys(layers.data, path[:-1])
    if len(path) == 4 and path[2] == "allocation":
        kind = layers.data["programmes"][path[1]]["allocation"].get("key")
        allowed = list(_ALLOCATIONS[kind].model_fields)
    return did_you_mean(key, allowed) + (
        _("Keys there: {names}.", names=names_there(allowed)) if allowed else _manual()
    )


def _missing(key: str, path: KeyPath, layers: Layers) -> str:
    if key == "source" and path[0] == "sweep":
        return _('A figure needs a source: write source = "where it comes from".')
    if key == "source":
        return _('A figure needs a source: write source = "where it comes from", here or once at the top of the file.')
    if key == "reference_date":
        return _("Write the 1 January whose inhabitants count: reference_date = 2017-01-01.")
    add = _("Write for example: {example}", example=_EXAMPLES.get(key, f"{key} = …"))
    if len(path) == 3 and path[0] == "programmes":
        names = [name for name in layers.data["programmes"] if name != path[1]]
        if close := did_you_mean(str(path[1]), names):
            return close + _("A new programme needs this key. {add}", add=add)
    return add


def _problem(kind: str, context: dict[str, Any], value: Any, path: KeyPath) -> tuple[str, str]:
    """What is wrong and what to do, for the kinds of error in which the value is not what belongs there."""
    shown = _shown(value)
    if kind in ("greater_than", "greater_than_equal"):
        least = _("Write a number above {limit}.") if kind == "greater_than" else _("Write {limit} or more.")
        remedy = least.format(limit=context.get("gt", context.get("ge")))
        if change_at(path, str(value)) is not None:
            # With a setting it would be so much less: in a file that stands between quotes.
            remedy += " " + _('So much less than the scenario that it extends says: write "{value}".', value=value)
        return _("{value} is too low here.", value=shown), remedy
    if kind == "less_than_equal":
        return _("{value} is too high here.", value=shown), _("Write {limit} or less.", limit=context["le"])
    if kind == "string_too_short":
        return _("There is nothing between the quotes."), _("Write a text, or take this out.")
    if kind == "string_too_long":
        return _("This text is longer than {limit} characters.", limit=context["max_length"]), _("Make it shorter.")
    if kind == "too_long":
        return _("There are more than {limit} here.", limit=context["max_length"]), _("Take some out.")
    if kind == "too_short":
        return _("This list is empty."), _("Write for example: {example}", example=_EXAMPLES.get(str(path[-1]), "[…]"))
    if kind == "string_type":
        example = f'"{value}"' if type(value) is int else '"…"'
        return _("{value} is not text.", value=shown), _("Write text between quotes: {example}", example=example)
    if kind in ("int_type", "int_parsing_size"):
        return (
            _("{value} is not a whole number.", value=shown),
            _(
                "Write a whole number without quotes, points or commas, such as {example}.",
                example=_whole_number(value, path),
            ),
        )
    if kind == "bool_type":
        return _("{value} is not true or false.", value=shown), _("Write true or false, without quotes.")
    if kind == "tuple_type" and isinstance(value, dict) and path[-1] in _LISTS_OF_TABLES:
        return (
            _("There may be more of these, so it is a list of tables, and this is one table."),
            _("Write for example: {example}", example=_list_of_tables(path)),
        )
    if kind == "tuple_type":
        example = f"[{shown}]" if isinstance(value, (str, int)) else '["…"]'
        if isinstance(value, str) and "," in value:
            parts = [part.strip() for part in value[:_LONGEST_SHOWN].split(",")]
            example = json.dumps([part for part in parts if part], ensure_ascii=False)
        return _("{value} is not a list.", value=shown), _("Write a list between [ ]: {example}", example=example)
    if kind in ("dict_type", "model_type", "model_attributes_type"):
        example = 'allocation = { key = "inhabitants" }' if path[-1] == "allocation" else f"[{_header(path)}]"
        return _("{value} is not a table.", value=shown), _("Write a table, such as: {example}", example=example)
    return _("{value} cannot stand here.", value=shown), _manual()


def _whole_number(value: Any, path: KeyPath) -> str:
    """The whole number that a value of another kind may mean, else one for an example."""
    if isinstance(value, datetime.date):
        return str(value.year)
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**9:
        return str(int(value))
    digits = re.sub(r"[., %]", "", value) if isinstance(value, str) else ""
    return digits[:20] if digits.isdecimal() else "2017" if path[-1] in _YEARS else "3"


def _list_of_tables(path: KeyPath) -> str:
    """How a list of tables at a path is written."""
    return f"[[{_header(path)}]]" if path[-1] in _TABLES_OF_A_PROGRAMME else f"{path[-1]} = [{{ … }}]"


def _header(path: KeyPath) -> str:
    """The header of the table that should stand at a path."""
    return ".".join(map(str, path)) + (".name" if len(path) == 1 else "")


def _words(expected: str) -> list[str]:
    """The words in pydantic's "'21%' or 'none'"."""
    return expected.replace(" or ", ", ").replace("'", "").split(", ")


def _one_of(words: Any) -> str:
    return _("Write {words}.", words=listed_with_or(f'"{word}"' for word in words))


def _shown(value: Any) -> str:
    """A value as TOML writes it, or its kind when it is long."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    if isinstance(value, dict):
        return _("A table")
    if isinstance(value, (list, tuple)):
        return _("A list")
    text = repr(value)
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 2] + "…" + text[-1]


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "]")) or not text else ".")


def _manual() -> str:
    return _("An example of every key stands in what this writes: gguplan scenario new FILE")
