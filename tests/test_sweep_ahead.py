"""A sweep over the years ahead and over cascades: every variant is what the commands for those give with ``--set``."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from gguplan.commands.cli import app
from gguplan.inputs.ledger.ledger_files import load_ledger
from gguplan.inputs.ledger.realised_years import realised_years
from gguplan.inputs.scenario.reading import read_scenario
from gguplan.runs.cascades import cascades_of
from gguplan.runs.results import result_of
from gguplan.runs.years_ahead import years_ahead_of

DRAWS = 200
HORIZON = ("fonds-ggu-2020-2024", "--vary", "horizon.opening=0:2000000:2", "--draws", str(DRAWS))
CASCADE = ("hulplijn-wordt-duurder", "--vary", 'cascades.luisterend-oor.level=["0.9", "1.1"],["0.7", "1.3"]')


def sweep(*words: str) -> Result:
    return CliRunner().invoke(app, ["sweep", *words])


def answer(*words: str) -> dict[str, Any]:
    outcome = sweep(*words, "--json")
    assert outcome.exit_code == 0, outcome.stderr
    shown: dict[str, Any] = json.loads(outcome.stdout)
    return shown


def test_the_balance_of_a_variant_is_that_of_the_years_ahead() -> None:
    shown, rows = answer(*HORIZON), realised_years(load_ledger())
    assert shown["outcome"] == "balance_expected" and shown["draws_ahead"] == DRAWS
    for variant, opening in zip(shown["variants"], ("0.00", "2000000.00"), strict=True):
        inputs = read_scenario("fonds-ggu-2020-2024", (f"horizon.opening={opening}",))
        fund = years_ahead_of(inputs, rows, DRAWS, 1).fund
        low, high = fund.between()
        assert variant["balance_expected_euros"] == f"{fund.expected.closing[-1] / 100:.2f}"
        assert variant["balance_chance_10_euros"] == f"{low[-1] / 100:.2f}"
        assert variant["balance_chance_90_euros"] == f"{high[-1] / 100:.2f}"
        assert float(variant["chance_below_floor"]) == pytest.approx(fund.chance_ever_below)


def test_who_takes_part_in_a_variant_is_what_its_cascade_comes_to() -> None:
    shown = answer(*CASCADE, "--draws", str(DRAWS))
    assert shown["outcome"] == "taking_part_luisterend-oor"
    for variant, level in zip(shown["variants"], ('["0.9", "1.1"]', '["0.7", "1.3"]'), strict=True):
        inputs = read_scenario("hulplijn-wordt-duurder", (f"cascades.luisterend-oor.level={level}",))
        result = result_of(inputs)
        cascade = cascades_of(inputs, result, DRAWS, 1).cascades["luisterend-oor"]
        share = cascade.ends.municipalities.mean() / len(result.population.municipalities)
        assert float(variant["taking_part_luisterend-oor"]) == pytest.approx(share, abs=1e-6)
        assert float(variant["chance_of_collapse_luisterend-oor"]) == pytest.approx(cascade.chance_of_collapse[0])


def test_without_them_a_sweep_has_no_such_columns() -> None:
    shown = answer("uitnamen-2017", "--vary", "programmes.luisterend-oor.rate=0.20:0.30:2")
    assert not {"balance_expected_euros", "chance_below_floor"} & shown["variants"][0].keys()
    assert "draws_ahead" not in shown


def test_a_chance_is_a_percentage_with_its_draws_beside_it() -> None:
    shown = sweep(*HORIZON, "--outcome", "chance_below_floor").stdout
    assert "One at a time, the rest as it is: Chance that the balance is ever below its floor" in shown
    assert f"What is to come is drawn {DRAWS} times (seed 1), the same for every variant." in shown


def test_files_have_amounts_and_shares_apart(tmp_path: Path) -> None:
    outcome = sweep(*HORIZON, "--out", str(tmp_path / "out"))
    assert outcome.exit_code == 0, outcome.stderr
    with (tmp_path / "out" / "swings.csv").open(encoding="utf-8") as file:
        rows = {row["outcome"]: row for row in csv.DictReader(file)}
    assert rows["chance_below_floor"]["at_low_euros"] == "" and float(rows["chance_below_floor"]["at_low_share"]) < 1
    assert rows["balance_expected"]["at_low_share"] == "" and rows["balance_expected"]["at_low_euros"]
    verified = CliRunner().invoke(app, ["verify", str(tmp_path / "out")])
    assert verified.exit_code == 0, verified.stdout


def test_a_workbook_of_it_opens(tmp_path: Path) -> None:
    import openpyxl

    file = tmp_path / "out.xlsx"
    assert sweep(*HORIZON, "--out", str(file)).exit_code == 0
    assert len(openpyxl.load_workbook(file).worksheets) >= 3


def test_a_chance_is_not_drawn_as_a_tornado(tmp_path: Path) -> None:
    outcome = sweep(*HORIZON, "--outcome", "chance_below_floor", "--chart", str(tmp_path / "x.svg"))
    assert outcome.exit_code == 2 and "only amounts are drawn" in outcome.stderr


def test_nothing_is_said_to_be_unused_that_is_varied() -> None:
    assert "[horizon]" not in sweep(*HORIZON).stderr
