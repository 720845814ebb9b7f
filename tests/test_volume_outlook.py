"""Volume and price of the year ahead, and which of them moves what is spent."""

from __future__ import annotations

import json
from math import hypot, log
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from gguplan.commands.cli import app
from gguplan.fund.ledger import Ledger
from gguplan.inputs.ledger.ledger_files import load_ledger
from gguplan.inputs.ledger.realised_years import realised_years
from gguplan.model.realisation.planned_programmes import latest
from gguplan.model.spending import Spending, forecast_of
from gguplan.model.volume_outlook import VolumeOutlook, last_change, volume_outlooks, volume_years

EXAMPLE = Path(__file__).parent.parent / "scenarios" / "doventolk-naar-gebruik.toml"


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    return load_ledger()


@pytest.fixture(scope="module")
def spending(ledger: Ledger) -> Spending:
    rows = realised_years(ledger)
    return forecast_of(latest(rows, {}), rows, 2018, {}, {}, 100, 1)


@pytest.fixture(scope="module")
def outlooks(ledger: Ledger, spending: Spending) -> dict[str, VolumeOutlook]:
    outlooks = volume_outlooks(spending, realised_years(ledger), ledger.indicators, {})
    assert [title.split()[-1] for title in outlooks.without_price] == ["Domein", "WOZ", "Jeugdzorg"]
    return {row.name: row for row in outlooks.rows}


def forecast(*words: str, language: str = "en") -> str:
    outcome = CliRunner().invoke(app, ["forecast", *words, "--draws", "100", "--lang", language])
    assert outcome.exit_code == 0, outcome.stderr
    return outcome.stdout


def open_example(tmp_path: Path, *left_out: str) -> str:
    """The example without what was realised, and without the lines that begin so: its year is open."""
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines(keepends=True)
    file = tmp_path / "doventolk.toml"
    kept = [line for line in lines if not line.startswith(("realised ", "realised_volume", *left_out))]
    file.write_text("".join(kept), encoding="utf-8")
    return str(file)


def test_what_was_spent_more_is_split_by_hand(ledger: Ledger) -> None:
    """Interpreters: 9.880 thousand over 4.263 users, then 10.340 over 4.241: −22 × 2.317,617 = −50.987,57."""
    change = last_change(volume_years("doventolk-leefdomein", realised_years(ledger), ledger.indicators, 2018), 0)
    assert change is not None and (change.since, change.until) == (2016, 2017)
    assert (change.of_volume, change.of_price) == (-50_987_57, 510_987_57)


def test_volume_times_price_is_what_is_expected_to_be_spent(
    outlooks: dict[str, VolumeOutlook], spending: Spending
) -> None:
    expected = dict(zip((row.name for row in spending.programmes), spending.expected.tolist(), strict=True))
    assert set(outlooks) == {"isd-beheer", "14-netnummer", "doventolk-leefdomein"}
    for name, row in outlooks.items():
        assert row.spent(row.volume.expected, row.price.expected) == expected[name]


def test_both_widths_together_are_the_width_of_the_forecast(
    outlooks: dict[str, VolumeOutlook], spending: Spending
) -> None:
    row = outlooks["doventolk-leefdomein"]
    place = [programme.name for programme in spending.programmes].index(row.name)
    low, high = (float(ends[place]) for ends in spending.forecast.interval(0.8))
    assert row.volume.ends is not None and row.price.ends is not None
    by_volume, by_price = (ends[1] / ends[0] for ends in (row.volume.ends, row.price.ends))
    assert hypot(log(by_volume), log(by_price)) == pytest.approx(log(high / low))
    assert by_price > by_volume  # the price moved more than the number of users
    assert row.mover == "both"  # but one change of each does not say mostly


def test_what_does_not_follow_the_volume_is_said_to(outlooks: dict[str, VolumeOutlook]) -> None:
    """Messages went from 2,8 million to more than 6, and what they cost from 8,86 to 9,22 million euros."""
    row = outlooks["isd-beheer"]
    assert row.mover == "neither" and row.spent_if_volume_moves() is None
    assert row.change is not None and row.change.cancelled_out
    words = forecast()
    assert "neither by itself" in words and "Two published years are one change of each" in words
    assert "Messages (iWmo and iJw) 2017 (more than 6,000,000)" in words
    assert "orde van grootte" in forecast(language="nl")


def test_one_year_before_says_nothing(ledger: Ledger) -> None:
    assert last_change(volume_years("doventolk-leefdomein", realised_years(ledger), ledger.indicators, 2017), 0) is None


def test_a_stated_volume_moves_what_is_spent_and_the_price_counts_as_budgeted(tmp_path: Path) -> None:
    shown: dict[str, Any] = json.loads(forecast(open_example(tmp_path), "--json"))
    (row,) = shown["volumes_and_prices"]
    assert row["mover"] == "stated_volume" and row["price"]["expected"] == "2129.9554"
    assert row["price"]["between"] is None
    (programme,) = shown["programmes"]
    for end, chance in zip(row["volume"]["spent_if_it_moves"], ("0.1", "0.9"), strict=True):
        assert float(end) == pytest.approx(float(programme["realised"][chance]), abs=1_000)


def test_without_a_stated_volume_it_asks_for_one(tmp_path: Path) -> None:
    words = forecast(open_example(tmp_path, "[realisation", "volume_between", 'source         = "aangenomen'))
    assert "cannot be said" in words and "[realisation.doventolk-leefdomein] with volume_between" in words


def test_of_a_known_year_it_says_what_moved_it() -> None:
    words = forecast(str(EXAMPLE))
    assert "By the volume (4,263 → 4,241): -€46,859.02" in words and "Volume and price" not in words


def test_the_ledger_of_another_fund_has_no_volumes(tmp_path: Path) -> None:
    file = tmp_path / "my.csv"
    file.write_text(
        "programme,year,budget,realised\nisd-beheer,2016,100,90\nisd-beheer,2017,100,95\n", encoding="utf-8"
    )
    assert "Volume and price" not in forecast("--ledger", str(file))
