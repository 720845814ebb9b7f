"""The page with every key of a scenario, in each language, from the descriptions that are its manual."""

from __future__ import annotations

from typing import Any, Final

from pydantic import BaseModel

from gguplan.inputs.scenario.adjustment_tables import (
    CapTable,
    CompensationTable,
    CoverTable,
    OldDivisionTable,
    PhaseInTable,
)
from gguplan.inputs.scenario.allocation_key_tables import (
    AmountsTable,
    AmountStepTable,
    BracketTable,
    FixedPlusInhabitantsTable,
    MixTable,
    PartOfMixTable,
    PerColumnTable,
    PerInhabitantTable,
    ProductsTable,
    SharesTable,
    StepAmountsTable,
    SteppedTable,
    TariffTable,
)
from gguplan.inputs.scenario.body_table import BodyTable
from gguplan.inputs.scenario.expectations_table import Expected
from gguplan.inputs.scenario.income import IncomeTable
from gguplan.inputs.scenario.membership_table import MembershipTable
from gguplan.inputs.scenario.participation_tables import CascadeTable, Group, OptOutTable, SizeClass, ThresholdTable
from gguplan.inputs.scenario.reserve import ReserveTable
from gguplan.inputs.scenario.schema import ProgrammeTable, Scenario
from gguplan.inputs.scenario.stated_realisation_table import StatedRealisationTable
from gguplan.inputs.scenario.sweep_table import Sweep, Varied
from gguplan.inputs.scenario.years_ahead_tables import HorizonProgrammeTable, HorizonTable, IndexationTable
from gguplan.inputs.strict_model import field_descriptions
from gguplan.language import Language, _, written_in

TABLES: Final[dict[str, type[BaseModel]]] = {
    "": Scenario,
    "[programmes.NAME]": ProgrammeTable,
    'allocation = { key = "inhabitants" }': PerInhabitantTable,
    'allocation = { key = "stepped" }': SteppedTable,
    "brackets = [{ … }]": BracketTable,
    'allocation = { key = "tariff" }': TariffTable,
    'allocation = { key = "fixed_plus_inhabitants" }': FixedPlusInhabitantsTable,
    'allocation = { key = "column" }': PerColumnTable,
    'allocation = { key = "shares" }': SharesTable,
    'allocation = { key = "amounts" }': AmountsTable,
    'allocation = { key = "products" }': ProductsTable,
    'allocation = { key = "step_amounts" }': StepAmountsTable,
    "steps = [{ … }]": AmountStepTable,
    'allocation = { key = "mix" }': MixTable,
    "parts = [{ … }]": PartOfMixTable,
    "[[programmes.NAME.income]]": IncomeTable,
    "[[programmes.NAME.reserve]]": ReserveTable,
    "[programmes.NAME.old_division]": OldDivisionTable,
    "[programmes.NAME.phase_in]": PhaseInTable,
    "[programmes.NAME.cap]": CapTable,
    "[programmes.NAME.compensation]": CompensationTable,
    "[[programmes.NAME.cover]]": CoverTable,
    "[groups.NAME]": Group,
    "[membership.NAME]": MembershipTable,
    "[bodies.NAME]": BodyTable,
    "[opt_outs.NAME]": OptOutTable,
    "[thresholds.NAME]": ThresholdTable,
    "[cascades.NAME]": CascadeTable,
    "size_classes = [{ … }]": SizeClass,
    "[realisation.NAME]": StatedRealisationTable,
    "[expected]": Expected,
    "[horizon]": HorizonTable,
    "[horizon.indexation]": IndexationTable,
    "[horizon.programmes.NAME]": HorizonProgrammeTable,
    "[sweep]": Sweep,
    '[sweep.levers."PATH"]': Varied,
}
"""Every table of a scenario, as it is written, and what says which keys it has."""

_WORDS: Final[dict[Language, dict[str, str]]] = {
    "en": {
        "title": "Every key of a scenario",
        "other": "[Nederlands](scenario.nl.md)",
        "intro": "A scenario is a text file in [TOML](https://toml.io). `gguplan scenario new voorstel.toml` writes\n"
        "one that works, with these texts as comments; `gguplan scenario check voorstel.toml` says what is wrong with\n"
        "yours; `gguplan scenario schema` prints the JSON Schema, with which an editor completes keys. Amounts stand\n"
        "between quotes, with a point before the cents and nothing between thousands. A key that is not here\n"
        "is an error.",
        "first": "At the top of the file",
        "key": "key", "written": "written as", "says": "what it says", "needed": "needed",
        "text": "text", "integer": "whole number", "boolean": "`true` or `false`", "date": "date",
        "euros": "euros", "rate": "number in quotes", "percent": "per cent in quotes", "list": "list",
        "pair": "two values", "table": "table", "value": "value", "or": "or", "default": "Without it: `{value}`.",
    },
    "nl": {
        "title": "Alle sleutels van een scenario",
        "other": "[English](scenario.en.md)",
        "intro": "Een scenario is een tekstbestand in [TOML](https://toml.io). `gguplan scenario new voorstel.toml`\n"
        "schrijft een scenario dat werkt, met deze teksten als toelichting; `gguplan scenario check voorstel.toml`\n"
        "zegt wat er fout is in dat van u; `gguplan scenario schema` schrijft het JSON Schema, waarmee een editor\n"
        "sleutels aanvult. Bedragen staan tussen aanhalingstekens, met een punt voor de centen en niets tussen\n"
        "duizendtallen. Een sleutel die hier niet staat, is een fout.",
        "first": "Bovenaan het bestand",
        "key": "sleutel", "written": "geschreven als", "says": "wat hij zegt", "needed": "nodig",
        "text": "tekst", "integer": "geheel getal", "boolean": "`true` of `false`", "date": "datum",
        "euros": "euro's", "rate": "getal tussen aanhalingstekens", "percent": "procent tussen aanhalingstekens",
        "list": "lijst", "pair": "twee waarden", "table": "tabel", "value": "waarde", "or": "of",
        "default": "Zonder deze sleutel: `{value}`.",
    },
}  # fmt: skip


def scenario_page(language: Language) -> str:
    """The page ``reference/scenario.<language>.md``. Raises ValueError when a table of the scenario is not in it."""
    words = _WORDS[language]
    schema = Scenario.model_json_schema()
    if missing := set(schema["$defs"]) - {kind.__name__ for kind in TABLES.values()}:
        raise ValueError(f"tests/documentation/scenario_keys.py lacks {', '.join(sorted(missing))}")
    with written_in(language):
        lines = [f"# {words['title']}", "", words["other"], "", words["intro"]]
        for path, kind in TABLES.items():
            own = schema if kind is Scenario else schema["$defs"][kind.__name__]
            lines += ["", f"## {f'`{path}`' if path else words['first']}", "", _(_one_line(kind.__doc__)), ""]
            lines += [f"| {words['key']} | {words['written']} | {words['says']} |", "|---|---|---|"]
            descriptions = field_descriptions(kind)
            for name, field in kind.model_fields.items():
                needed = f" ({words['needed']})" if field.is_required() else ""
                text = _(_one_line(descriptions.get(name))) + _default(field.default, words)
                lines.append(f"| `{name}`{needed} | {_form(own['properties'][name], words)} | {_cell(text)} |")
    return "\n".join(lines) + "\n"


def _one_line(text: str | None) -> str:
    return " ".join((text or "").split())


def _default(value: Any, words: dict[str, str]) -> str:
    if not isinstance(value, (bool, int, str)):
        return ""
    return " " + words["default"].format(value=str(value).lower() if isinstance(value, bool) else value)


def _form(schema: dict[str, Any], words: dict[str, str]) -> str:
    """How a value is written, in words."""
    if "anyOf" in schema:
        forms = [_form(form, words) for form in schema["anyOf"] if form.get("type") != "null"]
        return f" {words['or']} ".join(dict.fromkeys(forms))
    if "enum" in schema or "const" in schema:
        return f" {words['or']} ".join(f'`"{word}"`' for word in schema.get("enum") or [schema["const"]])
    if "pattern" in schema and isinstance(schema.get("type"), list):
        pattern = schema["pattern"]
        return words["euros" if "{2}" in pattern else "percent" if "{1,3}" in pattern else "rate"]
    kind = schema.get("type")
    if kind == "array":
        return words["pair" if schema.get("maxItems") == 2 else "list"]
    if kind == "object" or "$ref" in schema or "oneOf" in schema or "allOf" in schema:
        return words["table"]
    if kind == "string":
        return words["date" if schema.get("format") == "date" else "text"]
    return words.get(str(kind), words["value"])


def _cell(text: str) -> str:
    return text.replace("|", r"\|")
