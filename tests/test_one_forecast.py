"""One scenario has one forecast, whichever command shows it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import gguplan
from gguplan.commands.cli import app
from gguplan.inputs.ledger.ledger_files import load_ledger
from gguplan.inputs.ledger.realised_years import realised_years
from gguplan.model.spending import spending_of
from gguplan.runs.outputs.forecast import Arguments as ForecastArguments
from gguplan.runs.outputs.forecast import work_out as forecast
from gguplan.runs.outputs.run import Arguments as RunArguments
from gguplan.runs.outputs.run import work_out as run
from gguplan.runs.request import request_of


def answer(*words: str) -> dict[str, Any]:
    outcome = CliRunner().invoke(app, [*words, "--json", "--lang", "en"])
    assert outcome.exit_code == 0, outcome.output
    shown: dict[str, Any] = json.loads(outcome.stdout)
    return shown


@pytest.mark.parametrize("seed", [1, 7])
@pytest.mark.parametrize("scenario", ["uitnamen-2017", "fonds-ggu-2020"])
def test_a_run_and_a_forecast_of_the_same_seed_are_the_same_to_the_cent(scenario: str, seed: int) -> None:
    inputs = gguplan.load_scenario(scenario)
    worked = run(request_of("run", [inputs], RunArguments(seed=seed))).spending
    asked_for = forecast(request_of("forecast", [inputs], ForecastArguments(draws=20_000, seed=seed))).spending
    assert worked is not None
    assert (worked.total == asked_for.total).all()
    assert worked.underspend.between() == asked_for.underspend.between()


def test_a_seed_is_asked_for_at_a_run_too() -> None:
    usual, repeated, drawn_otherwise = (
        CliRunner().invoke(app, ["run", "uitnamen-2017", "--seed", seed, "--lang", "en"]).stdout
        for seed in ("1", "1", "2")
    )
    assert "is left over" in usual
    assert usual == repeated != drawn_otherwise


def test_the_total_of_one_programme_is_that_programme() -> None:
    spending = spending_of(gguplan.run("fonds-ggu-2020"), realised_years(load_ledger()))
    assert spending is not None
    assert spending.total_quantiles().tolist() == spending.realised_quantiles()[0].tolist()
    low, high = spending.underspend.between()
    quantiles = spending.realised_quantiles()[0].tolist()
    budget = int(spending.budgets[0])
    assert {budget - high, budget - low} <= set(quantiles)
    [of_rule] = spending.underspend_by_rule().values()
    assert of_rule.between() == (low, high)


def test_the_record_of_a_workbook_has_the_draws_and_the_seed(tmp_path: Path) -> None:
    file = tmp_path / "run.xlsx"
    outcome = CliRunner().invoke(app, ["run", "fonds-ggu-2020", "--seed", "3", "--draws", "1000", "-o", str(file)])
    assert outcome.exit_code == 0, outcome.output
    [record] = [json.loads(path.read_text(encoding="utf-8")) for path in tmp_path.glob("*.json")]
    assert (record["draws"], record["seed"]) == (1_000, 3)
    assert CliRunner().invoke(app, ["verify", str(next(tmp_path.glob("*.json")))]).exit_code == 0
