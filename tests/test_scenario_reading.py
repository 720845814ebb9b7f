"""Reading a scenario gives the scenario or every mistake in it, never anything else; and the manual, the
schema and the new file say the same as the reader."""

from __future__ import annotations

import datetime
import json
import os
import tempfile
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from gguplan.findings import InputError
from gguplan.inputs.scenario.new_scenario import json_schema, new_scenario
from gguplan.inputs.scenario.participation_tables import OptOutTable
from gguplan.inputs.scenario.reading import read_scenario
from gguplan.inputs.scenario.scenario_files import shipped_scenarios
from gguplan.inputs.scenario.schema import ProgrammeTable, Scenario
from gguplan.runs.results import result_of


def _as_json(value: Any) -> Any:
    """TOML's dates as an editor's JSON Schema sees them."""
    if isinstance(value, dict):
        return {key: _as_json(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_as_json(item) for item in value]
    return value.isoformat() if isinstance(value, (datetime.date, datetime.time)) else value


@cache
def _checker() -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(json_schema())


def _schema_accepts(text: str) -> bool:
    return _checker().is_valid(_as_json(tomllib.loads(text)))


SHIPPED = shipped_scenarios()
MADE = {"alone": new_scenario(), "extending": new_scenario("uitnamen-2017")}


# --- the schema ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SHIPPED)
def test_schema_accepts_every_shipped_scenario(name: str) -> None:
    assert _schema_accepts(SHIPPED[name].read_text(encoding="utf-8"))


@pytest.mark.parametrize("form", MADE)
def test_schema_accepts_a_new_scenario(form: str) -> None:
    assert _schema_accepts(MADE[form])


def test_schema_is_a_schema() -> None:
    jsonschema_rs.meta.validate(json_schema())


@pytest.mark.parametrize(
    "change",
    [
        ('title = "', 'titel = "x"\ntitle = "'),
        ("[programmes.voorbeeld]", '[programmes.voorbeeld]\nbudget = "1.00"'),
        ("[opt_outs.voorbeeld]", '[opt_outs.voorbeeld]\nnames = "x"'),
        ('gross = "1000000.00"', 'gross = "1.000.000,00"'),
        ("year = 2026", 'year = "2026"'),
        ('vat = "21%"', 'vat = "9%"'),
        ("[programmes.voorbeeld]", "[programmes.Voorbeeld]"),
    ],
    ids=["key", "programme-key", "opt-out-key", "amount", "year", "vat", "programme-name"],
)
def test_schema_refuses_what_the_reader_refuses(change: tuple[str, str], scenario_file: Path) -> None:
    assert change[0] in MADE["alone"]
    text = MADE["alone"].replace(*change)
    assert not _schema_accepts(text)
    scenario_file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError):
        read_scenario(scenario_file)


def test_every_key_has_a_description_in_the_schema() -> None:
    schema = json_schema()
    tables = [schema, *schema["$defs"].values()]
    keys = [(name, key) for table in tables for name, key in table.get("properties", {}).items()]
    assert keys and all(key.get("description") for _name, key in keys), [n for n, k in keys if "description" not in k]


# --- a new file ------------------------------------------------------------------------------------


@pytest.fixture
def scenario_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.chdir(tmp_path)
    yield tmp_path / "scenario.toml"


@pytest.mark.parametrize("form", MADE)
def test_new_scenario_runs_as_it_is(form: str, scenario_file: Path) -> None:
    scenario_file.write_text(MADE[form], encoding="utf-8")
    result = result_of(read_scenario(scenario_file))
    assert result.totals["gross_cents"] > 0


def test_new_extension_is_its_base_until_something_is_changed(scenario_file: Path) -> None:
    scenario_file.write_text(MADE["extending"], encoding="utf-8")
    assert (result_of(read_scenario(scenario_file)).to_pay == result_of(read_scenario("uitnamen-2017")).to_pay).all()


@pytest.mark.parametrize("kind", [Scenario, ProgrammeTable, OptOutTable])
def test_new_scenario_shows_every_key(kind: type[Scenario] | type[ProgrammeTable] | type[OptOutTable]) -> None:
    tables = {"programmes", "opt_outs", "groups", "thresholds", "cascades", "realisation", "expected"}
    tables |= {
        "bodies",
        "horizon",
        "sweep",
        "income",
        "reserve",
        "old_division",
        "phase_in",
        "cap",
        "compensation",
        "cover",
        "membership",
    }
    missing = [key for key in kind.model_fields if key not in tables and f"{key} = " not in MADE["alone"]]
    assert missing == []


# --- no text makes anything but a scenario or an InputError -------------------------------------------


def _read(content: bytes) -> None:
    """Read a file with this content: right, or wrong with findings, and nothing else."""
    handle, name = tempfile.mkstemp(suffix=".toml")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        result_of(read_scenario(name))
    except InputError as error:
        assert error.findings
        assert all(finding.what and finding.remedy and str(finding.place) for finding in error.findings)
    finally:
        Path(name).unlink()


_moderately = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@_moderately
@given(st.binary(max_size=200))
@example(b"\xff\xfet\x00")
@example(b"\x00")
def test_any_bytes_are_a_scenario_or_an_input_error(content: bytes) -> None:
    _read(content)


_WORDS = [
    *Scenario.model_fields,
    *ProgrammeTable.model_fields,
    *OptOutTable.model_fields,
    "a",
    "b c",
    "é",
    "key",
    "brackets",
]
_values = st.one_of(
    st.none().map(lambda _none: float("nan")),
    st.booleans(),
    st.integers(-(10**25), 10**25),
    st.floats(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.text(max_size=20),
    st.sampled_from(
        ["1000.00", "0.25", "21%", "none", "refund", "column", "stepped", "uitnamen-2017", "Utrecht", "../x"]
    ),
    st.sampled_from([2017, datetime.date(2017, 1, 1), ["Utrecht"], {"key": "inhabitants"}, {"key": "stepped"}]),
)
_tables = st.recursive(
    _values,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(_WORDS) | st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=12,
)


def _toml(value: Any) -> str:
    """A value as TOML writes it on one line."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(key)} = {_toml(item)}" for key, item in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    return json.dumps(value).replace("NaN", "nan").replace("Infinity", "inf").replace("\x7f", "\\u007f")


@_moderately
@given(st.dictionaries(st.sampled_from(_WORDS), _tables, max_size=8))
def test_any_table_is_a_scenario_or_an_input_error(table: dict[str, Any]) -> None:
    _read("\n".join(f"{json.dumps(key)} = {_toml(value)}" for key, value in table.items()).encode())


_WORKING = tomllib.loads(
    """
    title = "A"
    year = 2017
    reference_date = 2017-01-01
    source = "s"
    without = []
    programmes.a = { title = "A", gross = "1000.00", vat = "none", allocation = { key = "inhabitants" } }
    opt_outs.a = { municipalities = ["Utrecht"], settlement = "refund", rate = "0.0001" }
    """
)


def _paths(table: dict[str, Any], above: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    paths = [(*above, key) for key in table]
    return paths + [
        path for key, item in table.items() if isinstance(item, dict) for path in _paths(item, (*above, key))
    ]


@_moderately
@given(st.sampled_from(_paths(_WORKING)), _tables)
@example(("programmes", "a", "allocation"), {"key": {"a": 1}})
@example(("programmes", "a", "allocation"), {"key": ["stepped"]})
@example(
    ("programmes", "a", "allocation"),
    {"key": "stepped", "applies_to": "all", "brackets": [{"up_to": 10**30}]},
)
@example(("programmes", "a", "gross"), 10**30)
@example(("extends",), "\x00")
@example(("extends",), "x" * 5000)
@example(("programmes", "a", "allocation"), {"key": "column", "file": "x" * 2000, "column": "a"})
@example(("programmes", "a", "gross"), "9" * 40)
@example(("without",), {"a": 1})
@example(("ledger",), 10**30)
def test_any_value_in_a_working_scenario_is_a_scenario_or_an_input_error(path: tuple[str, ...], value: Any) -> None:
    changed = _as_toml_data(_WORKING)
    table = changed
    for key in path[:-1]:
        table = table[key]
    table[path[-1]] = value
    _read("\n".join(f"{json.dumps(key)} = {_toml(item)}" for key, item in changed.items()).encode())


def _as_toml_data(table: dict[str, Any]) -> dict[str, Any]:
    return {key: _as_toml_data(item) if isinstance(item, dict) else item for key, item in table.items()}


@_moderately
@given(st.text(max_size=40), st.text(max_size=20))
@example("extends", "\x00")
@example("without.0", "a")
@example("opt_outs.luisterend-oor.municipalities", "[" * 3000)
@example("programmes.ibd.allocation.brackets.0.rate", "1")
@example("reference_date", "0001-01-01")
@example("year", "9" * 5000)
def test_any_setting_is_applied_or_an_input_error(path: str, value: str) -> None:
    try:
        read_scenario("uitnamen-2017", [f"{path}={value}"])
    except InputError as error:
        assert error.findings
