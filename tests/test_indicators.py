"""The volumes and prices that both reports print: each with its print and its sentence, contradictions included."""

from __future__ import annotations

import csv
import json
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from typer.testing import CliRunner

from gguplan.commands.cli import app
from gguplan.findings import InputError
from gguplan.inputs.ledger.ledger_files import load_ledger
from gguplan.model.unit_costs import published_indicators
from gguplan.shipped import shipped_folder


def indicators(programme: str, *words: str) -> list[dict[str, Any]]:
    outcome = CliRunner().invoke(app, ["ledger", "--programme", programme, "--json", *words])
    rows: list[dict[str, Any]] = json.loads(outcome.stdout)["indicators"]
    return rows


@pytest.mark.parametrize(
    ("programme", "indicator", "year", "value"),
    [
        ("doventolk-leefdomein", "users", 2016, 4263),
        ("doventolk-leefdomein", "users", 2017, 4241),
        ("kindertelefoon", "talks", 2016, 131_252),
        ("akj", "contacts", 2016, 52_000),
        ("lkha", "cases", 2015, 23),
        ("lkha", "cases", 2016, 36),
        ("14-netnummer", "calls", 2016, 12_000_000),
        ("14-netnummer", "calls", 2017, 13_000_000),
        ("isd-beheer", "messages", 2015, 700_000),
        ("isd-beheer", "messages", 2016, 2_823_839),
        ("isd-beheer", "messages", 2017, 6_000_000),
        ("gmsd", "delivering", 2016, 288),
        ("gmsd", "delivering", 2017, 324),
        ("woz", "execution-cost-an-object", 2015, Decimal("16.45")),
    ],
)
def test_a_volume_in_use_is_the_one_that_is_printed(
    programme: str, indicator: str, year: int, value: int | Decimal
) -> None:
    (row,) = (
        row
        for row in load_ledger().indicators
        if (row.programme, row.indicator, row.year, row.used) == (programme, indicator, year, True)
    )
    assert row.units == value


@pytest.mark.parametrize(
    ("programme", "indicator", "year", "printed"),
    [
        ("ibd", "incidents", 2016, ["248", "375"]),
        ("woz", "execution-cost-an-object", 2015, ["16,45", "16,50"]),
        ("woz", "objects", 2017, ["257.000", "249.000"]),
        ("isd-beheer", "messages", 2016, ["2.823.839", "2,8"]),
    ],
)
def test_what_the_reports_contradict_stands_there_twice_with_the_one_in_use_first(
    programme: str, indicator: str, year: int, printed: list[str]
) -> None:
    rows = [row for row in indicators(programme) if (row["indicator"], row["year"]) == (indicator, year)]
    assert [row["printed"] for row in rows] == printed
    assert [row["used"] for row in rows] == [True, False]
    assert rows[1]["remark"]


def test_two_programmes_disagree_on_how_many_municipalities_there_are() -> None:
    """verantwoording-2016, sections 1.3 and 1.8."""
    rows = [row for row in load_ledger().indicators if row.indicator == "municipalities"]
    assert {(row.programme, row.printed) for row in rows} == {("gmsd", "390"), ("14-netnummer", "388")}
    assert all(row.remark and row.remark_nl for row in rows)


def test_cost_per_unit_is_realised_by_volume() -> None:
    """Doventolk: 9.880.000 ÷ 4.263 = 2.317,62 in 2016, 10.340.000 ÷ 4.241 = 2.438,10 in 2017."""
    costs = {
        row["year"]: row["cost_per_unit"] for row in indicators("doventolk-leefdomein") if row["indicator"] == "users"
    }
    assert costs == {2016: "2317.6167", 2017: "2438.1042"}
    output = CliRunner().invoke(app, ["ledger", "-p", "doventolk-leefdomein"]).stdout
    assert "€2,317.62" in output
    assert "€2,438.10" in output


def test_a_provisional_amount_makes_no_cost_per_unit() -> None:
    """The accounts of LKHA, of AKJ in both years and of the helpline were still to come."""
    for programme in ("lkha", "akj", "luisterend-oor"):
        assert {row["cost_per_unit"] for row in indicators(programme)} == {None}


def test_a_refund_is_no_cost_of_a_talk() -> None:
    """4.173.856 − 25 cents × 2.737.378 inhabitants = 3.489.511,50, ÷ 250.000 talks, were the account final."""
    ledger = load_ledger()
    final = replace(
        ledger,
        readings=tuple(
            replace(reading, status="final") if reading.status == "provisional" else reading
            for reading in ledger.readings
        ),
    )
    (talks,) = (
        row for row in published_indicators(final, (2017,), ("luisterend-oor",)) if row.indicator.indicator == "talks"
    )
    assert talks.unit_cost == 139_580


def test_a_year_shows_its_own_volumes_and_those_of_years_without_a_budget() -> None:
    years = [row.indicator.year for row in published_indicators(load_ledger(), (2016,), ("lkha", "isd-beheer"))]
    assert set(years) == {2015, 2016}


def test_the_files_have_them_beside_the_budgets(tmp_path: Path) -> None:
    outcome = CliRunner().invoke(app, ["ledger", "--out", str(tmp_path / "uit"), "--lang", "en", "--csv", "plain"])
    assert outcome.exit_code == 0, outcome.stderr
    with (tmp_path / "uit" / "indicators.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(load_ledger().indicators)
    assert {row["printed"] for row in rows} >= {"131.252", "zeven", "16,50"}


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        (",4263,one,", ",4236,one,", "'4236' does not stand in its sentence."),
        ("users,Mensen die een tolk inzetten,", "users,Tolken,", "'users' of this programme has another title"),
        (",share,95,percent,exact,no", ",share,95,percent,exact,yes", "Only a volume has a cost per unit."),
        (",375,one,exact,no", ",375,one,roughly,no", "qualifier is 'roughly', and takes "),
        ("\nlkha,2016,,year,advice", "\nlkhb,2016,,year,advice", "'lkhb' is not in programmes.csv."),
    ],
)
def test_a_mistake_in_a_row_is_found_at_its_line(tmp_path: Path, old: str, new: str, what: str) -> None:
    folder = Path(shutil.copytree(shipped_folder("ledger_data"), tmp_path / "ledger_data"))
    file = folder / "indicators.csv"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError) as error:
        load_ledger(folder)
    finding = error.value.findings[0]
    assert what in finding.what
    assert finding.place.file.endswith("ledger_data/indicators.csv")
    assert finding.place.line


def test_a_second_reading_in_use_is_found(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(shipped_folder("ledger_data"), tmp_path / "ledger_data"))
    file = folder / "indicators.csv"
    text = file.read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if line.startswith("lkha,2016,,year,advice"))
    file.write_text(f"{text}{row}\n", encoding="utf-8")
    with pytest.raises(InputError, match="A second reading of this figure is marked as used"):
        load_ledger(folder)
