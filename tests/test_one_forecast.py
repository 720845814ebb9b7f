"""One scenario has one forecast, whichever command shows it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import gguplan
from gguplan.commands.cli import app
from gguplan.inputs.ledger.ledger_files import load_ledger
from gguplan.inputs.ledger.realised_years import realised_years
from gguplan.inputs.scenario.reading import read_scenario
from gguplan.model.numbers_of_draws import DRAWS
from gguplan.model.spending import spending_of
from gguplan.runs.outputs.forecast import Arguments as ForecastArguments
from gguplan.runs.outputs.forecast import work_out as forecast
from gguplan.runs.outputs.run import Arguments as RunArguments
from gguplan.runs.outputs.run import work_out as run
from gguplan.runs.request import request_of
from gguplan.runs.results import result_of
from gguplan.runs.years_ahead import years_ahead_of


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
    asked_for = forecast(request_of("forecast", [inputs], ForecastArguments(draws=DRAWS, seed=seed))).spending
    assert worked is not None
    assert (worked.total == asked_for.total).all()
    assert worked.underspend.between() == asked_for.underspend.between()


SOURCE = "horizon.programmes.fonds-ggu.source=a test"
OVER_THREE_YEARS = ("horizon.opening=250000.00", "horizon.source=a test", "horizon.underspend=general")
"""What makes years ahead of a scenario for one year."""


@pytest.mark.parametrize(
    "scenario, settings",
    [
        ("fonds-ggu-2020-2024", ()),
        ("fonds-ggu-2020", (*OVER_THREE_YEARS, "horizon.last=2021")),
        ("uitnamen-2017", (*OVER_THREE_YEARS, "horizon.last=2018")),
        ("hulplijn-in-varianten", (*OVER_THREE_YEARS, "horizon.last=2018")),
        ("doventolk-naar-gebruik", (*OVER_THREE_YEARS, "horizon.last=2021")),
        ("uitnamen-2017", (*OVER_THREE_YEARS, "horizon.last=2018", "horizon.shortfall=cut", "horizon.ledger=[2017]")),
        ("fonds-ggu-2020-2024", ("horizon.programmes.fonds-ggu.from_balance.2020=300000", SOURCE)),
        ("fonds-ggu-2020-2024", ("horizon.programmes.fonds-ggu.committed.2020=40000000", SOURCE)),
    ],
)
def test_the_first_year_of_the_years_ahead_is_what_a_run_shows_to_the_cent(
    scenario: str, settings: tuple[str, ...]
) -> None:
    """What is spent of each programme and together, expected and at every chance, and so the balance at its end."""
    inputs = read_scenario(scenario, settings)
    rows = realised_years(load_ledger())
    spending, ahead = spending_of(result_of(inputs), rows, seed=7), years_ahead_of(inputs, rows, seed=7)
    assert spending is not None
    accounts = {account.name: account for account in ahead.programmes}
    for programme, expected, quantiles in zip(
        spending.programmes, spending.expected.tolist(), spending.quantiles.tolist(), strict=True
    ):
        account = accounts[programme.name]
        assert expected == account.expected.realised[0]
        assert quantiles == account.realised_quantiles[:, 0].tolist()
    assert spending.expected_total == ahead.fund.expected.realised[0]
    assert spending.total_quantiles.tolist() == ahead.fund.realised_quantiles[:, 0].tolist()
    begins = int(ahead.fund.expected.opening[0]) - int(ahead.fund.expected.returned[0]) - spending.from_balance
    assert begins + spending.underspend.expected == ahead.fund.expected.closing[0]
    low, high = (int(ends[0]) for ends in ahead.fund.between())
    assert tuple(begins + end for end in spending.underspend.between()) == (low, high)


def test_every_output_prints_one_figure(tmp_path: Path) -> None:
    """What is left over of the outlook of 2020, and the balance at the end of its first and of its last year."""
    scenario, one_year = "fonds-ggu-2020-2024", ("--vary", "horizon.opening=0.00,1.00")
    ran, forecast_of_it = answer("run", scenario)["forecast"], answer("forecast", scenario)["underspend"]["total"]
    swept = answer("sweep", scenario, *one_year)["variants"][0]
    ahead = answer("horizon", scenario)
    first, last = (fund_in(ahead, place) for place in (0, -1))
    left = [ran[f"underspend_{what}"] for what in ("expected", "chance_10", "chance_90")]
    assert left == [forecast_of_it[what] for what in ("expected", "chance_10", "chance_90")]
    assert left == first
    assert last == [swept[f"balance_{what}_euros"] for what in ("expected", "chance_10", "chance_90")]
    with_draws = answer("sweep", scenario, *one_year, "--draws", str(DRAWS))["variants"][0]
    assert left == [with_draws[f"underspend_{what}_euros"] for what in ("expected", "chance_10", "chance_90")]
    paper = answer("proposal", scenario)
    tables = {part["table"]: part["rows"] for part in paper["parts"] if "table" in part}
    *_ignored, expected, low, high = tables["rules"][-1]
    year, *_flows, closing, lowest, highest = tables["balance"][0]
    assert year == "2020" and (expected, low, high) == (closing, lowest, highest)


def fund_in(ahead: dict[str, Any], place: int) -> list[str]:
    """The balance of the fund in a year: expected, and between."""
    of_year = [row for row in ahead["accounts"] if row["account"] == "fund"][place]
    return [of_year["closing"], of_year["closing_chance_10"], of_year["closing_chance_90"]]


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
    assert spending.total_quantiles.tolist() == spending.quantiles[0].tolist()
    low, high = spending.underspend.between()
    quantiles = spending.quantiles[0].tolist()
    budget = int(spending.budgets[0])
    assert {budget - high, budget - low} <= set(quantiles)
    [of_rule] = spending.underspend_by_rule.values()
    assert of_rule.between() == (low, high)


def test_the_record_of_a_workbook_has_the_draws_and_the_seed(tmp_path: Path) -> None:
    file = tmp_path / "run.xlsx"
    outcome = CliRunner().invoke(app, ["run", "fonds-ggu-2020", "--seed", "3", "--draws", "1000", "-o", str(file)])
    assert outcome.exit_code == 0, outcome.output
    [record] = [json.loads(path.read_text(encoding="utf-8")) for path in tmp_path.glob("*.json")]
    assert (record["draws"], record["seed"]) == (1_000, 3)
    assert CliRunner().invoke(app, ["verify", str(next(tmp_path.glob("*.json")))]).exit_code == 0


def test_paper_and_terminal_round_each_amount_alike_and_the_rows_add_up() -> None:
    """What is carried over of 2017 was €21,752,000 on the terminal and €21,753,000 in the paper."""
    paper = answer("proposal", "uitnamen-2017")
    tables = {part["table"]: part["rows"] for part in paper["parts"] if "table" in part}
    words = ["forecast", "uitnamen-2017", "--lang", "en"]
    shown = CliRunner().invoke(app, words, env={"COLUMNS": "250"}).stdout.splitlines()
    # A long title goes on in the next line: its amounts stand in the first.
    printed = [re.split(r"  +", line.strip()) for line in shown if "€" in line and "  " in line]
    rows = [amounts for _title, _basis, *amounts in tables["spending"][:-1]]
    assert [cells[2:] for cells in printed if len(cells) == 6] == rows
    by_rule = {cells[0]: cells[1:] for cells in printed if len(cells) == 5}
    assert {rule: amounts for rule, *amounts in tables["rules"][:-1]}.items() <= by_rule.items()
    *parts, total = ([int(re.sub(r"[^0-9-]", "", cell)) for cell in row[1:3]] for row in tables["rules"])
    assert [sum(column) for column in zip(*parts, strict=True)] == total
