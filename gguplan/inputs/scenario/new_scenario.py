"""The manual of the scenario file, made from the descriptions of its fields: JSON Schema and a new file."""

from __future__ import annotations

import json
import textwrap
from typing import Any, Final

from pydantic import BaseModel

from gguplan.findings import fail_without_docstrings
from gguplan.inputs.scenario.adjustment_tables import (
    CapTable,
    CompensationTable,
    CoverTable,
    OldDivisionTable,
    PhaseInTable,
)
from gguplan.inputs.scenario.allocation_key_tables import (
    AmountsTable,
    FixedPlusInhabitantsTable,
    MixTable,
    PerColumnTable,
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
from gguplan.inputs.scenario.participation_tables import CascadeTable, Group, OptOutTable, ThresholdTable
from gguplan.inputs.scenario.reserve import ReserveTable
from gguplan.inputs.scenario.schema import ProgrammeTable, Scenario
from gguplan.inputs.scenario.schema_walk import is_sourced, models
from gguplan.inputs.scenario.stated_realisation_table import StatedRealisationTable
from gguplan.inputs.scenario.sweep_table import Sweep
from gguplan.inputs.scenario.years_ahead_tables import HorizonProgrammeTable, HorizonTable, IndexationTable
from gguplan.inputs.strict_model import described_schema, field_descriptions
from gguplan.language import _

SCHEMA_FILE: Final = "scenario.schema.json"
"""What the JSON Schema is called in the folder of the scenarios that name it."""

_WIDTH: Final = 100


def json_schema() -> dict[str, Any]:
    """JSON Schema for editors. In a file that extends another every key may be missing, so only the shape
    of what is there is checked. Raises InputError where Python leaves out what describes the tables."""
    _fail_without_docstrings()
    schema = described_schema(Scenario, models())
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["anyOf"] = [{"required": ["extends"]}, {"required": schema.pop("required")}]
    for model in filter(is_sourced, models()):
        schema["$defs"][model.__name__].pop("required", None)
    named: dict[str, Any] = _called_after_the_tables(schema)
    return named


def written_schema() -> str:
    """The text of the JSON Schema as a file."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"


def is_schema_of_scenarios(text: bytes) -> bool:
    """Whether a file is a JSON Schema of scenarios as some version of gguplan writes it."""
    try:
        schema = json.loads(text)
    except ValueError:
        return False
    if not isinstance(schema, dict) or schema.get("title") != "Scenario":
        return False
    return "$schema" in schema and "programmes" in (schema.get("properties") or ())


def _called_after_the_tables(schema: Any) -> Any:
    """The schema with every table called as a scenario calls it: ``OptOut``, not ``OptOutTable``."""
    if isinstance(schema, list):
        return [_called_after_the_tables(item) for item in schema]
    if isinstance(schema, str):
        return schema.removesuffix("Table") if schema.startswith("#/$defs/") else schema
    if not isinstance(schema, dict):
        return schema
    named = {key: _called_after_the_tables(item) for key, item in schema.items()}
    if "$defs" in named:
        named["$defs"] = {name.removesuffix("Table"): table for name, table in named["$defs"].items()}
    if isinstance(schema.get("title"), str):
        named["title"] = schema["title"].removesuffix("Table")
    return named


def new_scenario(extends: str | None = None) -> str:
    """A commented scenario file that works as it is: one of its own, or one that extends another."""
    lines = [_wrapped(text_of(Scenario)), ""]
    if extends:
        lines += [
            _field(Scenario, "title", _("'\"What if …\"'")),
            _field(Scenario, "extends", f'"{extends}"'),
            _field(Scenario, "source", _("'\"What-if: my own assumption\"'")),
            "",
            _wrapped(_("Write below only what differs, for example:")),
            '# [programmes.ibd]\n# gross = "2100000.00"',
            "",
        ]
        return "\n".join(lines)
    lines += [
        _field(Scenario, "title", _("'\"My scenario\"'")),
        _field(
            Scenario,
            "description",
            _("'\"An example to change: one programme of a million euros.\"'"),
            off=True,
        ),
        _field(Scenario, "year", "2026"),
        _field(Scenario, "reference_date", "2025-01-01"),
        _field(Scenario, "reference_date_source", _("'\"Assumption\"'")),
        _field(Scenario, "reference_date_assumed", "true"),
        _field(Scenario, "source", _("'\"Example: replace by where the figures come from\"'")),
        _field(Scenario, "extends", '"uitnamen-2017"', off=True),
        _field(Scenario, "members", '["Utrecht", "Amersfoort", "GM0355"]', off=True),
        _field(Scenario, "amendment", "1", off=True),
        _field(Scenario, "ledger", "2017", off=True),
        _field(Scenario, "without", '["kindertelefoon"]', off=True),
        _field(Scenario, "programme_groups", '{ alles = ["voorbeeld"] }', off=True),
        _heading("programmes.voorbeeld", ProgrammeTable),
        _field(ProgrammeTable, "title", _("'\"Example\"'")),
        _field(ProgrammeTable, "gross", '"1000000.00"'),
        _field(ProgrammeTable, "net", '"826446.28"', off=True),
        _field(ProgrammeTable, "rate", '"0.25"', off=True),
        _field(ProgrammeTable, "volume", "4263", off=True),
        _field(ProgrammeTable, "price", '"2129.96"', off=True),
        _field(ProgrammeTable, "fixed", '"800000.00"', off=True),
        _field(ProgrammeTable, "vat", '"21%"'),
        _field(ProgrammeTable, "kind", '"project"', off=True),
        _field(ProgrammeTable, "underspend", '"return"', off=True),
        _field(ProgrammeTable, "round_to", '"1"', off=True),
        _field(ProgrammeTable, "rounding", '"fund"', off=True),
        _field(ProgrammeTable, "purpose", _("'\"What it is to reach\"'"), off=True),
        _field(ProgrammeTable, "description", _("'\"What municipalities get for it\"'"), off=True),
        _field(ProgrammeTable, "allocation", '{ key = "inhabitants" }'),
        _wrapped(text_of(SteppedTable)),
        '# allocation = { key = "stepped", applies_to = "part", '
        'brackets = [{ up_to = 5000, rate = "1.92" }, { rate = "0.75" }] }\n',
        _wrapped(text_of(TariffTable)),
        '# allocation = { key = "tariff", rate = "0.92" }\n',
        _wrapped(text_of(FixedPlusInhabitantsTable)),
        '# allocation = { key = "fixed_plus_inhabitants", fixed = "500.00" }\n',
        _wrapped(text_of(PerColumnTable)),
        '# allocation = { key = "column", file = "huishoudens.csv", column = "huishoudens" }\n',
        _wrapped(text_of(SharesTable)),
        '# allocation = { key = "shares", shares = { Nuenen = "56.7%", "Son en Breugel" = "43.3%" }, others = "0%" }\n',
        _wrapped(text_of(AmountsTable)),
        '# allocation = { key = "amounts", amounts = { Tilburg = "196699.68" }, others = "0.00" }\n',
        _wrapped(text_of(ProductsTable)),
        '# allocation = { key = "products", price = "86.55", units = { Nuenen = [110, 120, 124] }, others = 0 }\n',
        _wrapped(text_of(StepAmountsTable)),
        '# allocation = { key = "step_amounts", '
        'steps = [{ up_to = 20000, amount = "10000.00" }, { amount = "20000.00" }] }\n',
        _wrapped(text_of(MixTable)),
        '# allocation = { key = "mix", parts = [{ share = "50%", by = { key = "inhabitants" } }, '
        '{ share = "50%", by = { key = "column", file = "woningen.csv", column = "woningen" } }] }\n',
        _example(
            IncomeTable,
            "[[programmes.voorbeeld.income]]",
            'payer = "…"',
            'amount = "105000.00"',
            'between = ["80000.00", "120000.00"]',
            "until = 2028",
            'source = "…"',
        ),
        _example(
            ReserveTable,
            "[[programmes.voorbeeld.reserve]]",
            'what = "…"',
            'amount = "42296.00"',
            "until = 2028",
            'source = "…"',
        ),
        _example(
            OldDivisionTable,
            "[programmes.voorbeeld.old_division]",
            'allocation = { key = "inhabitants" }',
            'source = "…"',
        ),
        _example(
            PhaseInTable,
            "[programmes.voorbeeld.phase_in]",
            'years = { 2026 = "25", 2027 = "50", 2028 = "75", 2029 = "100" }',
            'source = "…"',
        ),
        _example(
            CapTable,
            "[programmes.voorbeeld.cap]",
            'rise_percent = "5"',
            'fall_percent = "10"',
            'paid_by = "others"',
            'source = "…"',
        ),
        _example(
            CompensationTable,
            "[programmes.voorbeeld.compensation]",
            'percent = "50"',
            'paid_by = "fund"',
            'source = "…"',
        ),
        _example(
            CoverTable,
            "[[programmes.voorbeeld.cover]]",
            'municipality = "Utrecht"',
            'amount = "1000.00"',
            'what = "…"',
            'source = "…"',
        ),
        _heading("opt_outs.voorbeeld", OptOutTable),
        _field(OptOutTable, "municipalities", '["Den Haag", "GM0344"]'),
        _field(OptOutTable, "settlement", '"refund"'),
        _field(OptOutTable, "rate", '"0.05"'),
        _field(OptOutTable, "reference_date", "2025-01-01", off=True),
        _field(OptOutTable, "programmes", '["voorbeeld"]', off=True),
        _field(OptOutTable, "joins", "2026-04-01", off=True),
        _field(OptOutTable, "leaves", "2026-10-01", off=True),
        _example(Group, "[groups.G4]", 'municipalities = ["Amsterdam", "Rotterdam", "Den Haag", "Utrecht"]'),
        _example(Group, "[groups.groot]", "more_than = 100000"),
        _example(MembershipTable, "[membership.zwolle]", 'municipalities = ["Zwolle"]', "joins = 2027"),
        _example(BodyTable, "[bodies.provincie-zeeland]", 'title = "Provincie Zeeland"', 'kind = "province"'),
        _example(StatedRealisationTable, "[realisation.voorbeeld]", 'between = ["0.80", "0.95"]', "sure = 90"),
        _example(
            ThresholdTable,
            "[thresholds.voorbeeld]",
            'municipalities = "all"',
            'otherwise = "handed_over"',
            "handed_over = 2028",
            'handed_over_to = "VWS"',
        ),
        _example(
            CascadeTable,
            "[cascades.voorbeeld]",
            'limits = { Amsterdam = "0.05" }',
            'size_classes = [{ up_to = 50000, limit = "0.08" }, { between = ["0.04", "0.10"] }]',
        ),
        _example(Expected, "[expected]", 'total = "1000000.00"', 'programmes = { voorbeeld = "1000000.00" }'),
        _example(HorizonTable, "[horizon]", "last = 2029", 'opening = "250000.00"', 'underspend = "general"'),
        _example(
            IndexationTable,
            "[horizon.indexation]",
            'between = ["1.5", "4.0"]',
            'years = { 2027 = "2.5" }',
            'wages = { 2028 = "4.6" }',
            'prices = { 2028 = "2.1" }',
            "mix = [2, 1]",
            'correction = { 2028 = "-0.5" }',
            'wages_realised = { 2028 = "5.4" }',
            'tolerance_points = "0.5"',
            'vintage = "CPB"',
        ),
        _example(
            HorizonProgrammeTable,
            "[horizon.programmes.voorbeeld]",
            'net = { 2028 = "900000.00" }',
            'one_off = { 2027 = "50000.00" }',
            'committed = { 2029 = "300000.00" }',
            "contract_ends = 2029",
        ),
        _example(
            Sweep,
            "[sweep]",
            'sample = "sobol"',
            "size = 256",
            "",
            '[sweep.levers."programmes.voorbeeld.gross"]',
            'between = ["900000.00", "1200000.00"]',
            'source = "…"',
        ),
    ]
    return "\n".join(lines) + "\n"


def descriptions_of(kind: type[BaseModel]) -> list[str]:
    """Every text of the manual on one table, for the catalogue of translations."""
    texts = (kind.__doc__, *field_descriptions(kind).values())
    return [_one_line(text) for text in texts if text]


def _fail_without_docstrings() -> None:
    fail_without_docstrings(_("Without docstrings the keys of a scenario cannot be explained."))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def text_of(kind: type[BaseModel], field: str | None = None) -> str:
    """What the manual says of a table, or of a key in it, on one line in the language of the moment.

    Raises InputError where Python leaves that out.
    """
    _fail_without_docstrings()
    text = (field_descriptions(kind)[field] if field else kind.__doc__) or ""
    return _(_one_line(text))


def field_with_description(kind: type[BaseModel], name: str, value: str) -> str:
    """One key, its value as TOML writes it, with its description above it as a comment."""
    return f"{_wrapped(text_of(kind, name))}\n{name} = {value}\n"


def _wrapped(text: str) -> str:
    return textwrap.fill(text, _WIDTH, initial_indent="# ", subsequent_indent="# ")


def _heading(path: str, kind: type[BaseModel]) -> str:
    return f"\n{_wrapped(text_of(kind))}\n[{path}]"


def _example(kind: type[BaseModel], *lines: str) -> str:
    """A table left out as a comment, with what it is for above it."""
    return "\n".join(["", _wrapped(text_of(kind)), *(f"# {line}" for line in lines)])


def _field(kind: type[BaseModel], name: str, value: str, off: bool = False) -> str:
    """One key with its description above it; `off` leaves it out as a comment."""
    return f"{_wrapped(text_of(kind, name))}\n{'# ' if off else ''}{name} = {value.strip(chr(39))}\n"
