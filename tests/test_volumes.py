"""A budget of fixed + volume × price: what it comes to, what it becomes, and why it came out otherwise."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from typer.testing import CliRunner, Result

from gguplan.commands.cli import app
from gguplan.fund.programme import VolumeBudget
from gguplan.inputs.ledger.ledger_files import load_ledger
from gguplan.inputs.ledger.realised_years import realised_years
from gguplan.inputs.scenario.reading import read_scenario
from gguplan.model.result import run
from gguplan.model.spending import spending_of
from gguplan.model.volume_deviation import VolumeDeviation
from gguplan.model.volumes import cost_of_volume, in_a_later_year, volume_cents
from gguplan.runs.years_ahead import years_ahead_of
from tests.papers import paper

EXAMPLE = "doventolk-naar-gebruik"


def gguplan(*words: str) -> Result:
    return CliRunner().invoke(app, words)


def answer(*words: str) -> dict[str, Any]:
    outcome = gguplan(*words, "--json")
    assert outcome.exit_code == 0, outcome.stderr
    shown: dict[str, Any] = json.loads(outcome.stdout)
    return shown


@pytest.mark.parametrize(
    ("fixed", "volume", "price", "cents"),
    [
        (80_000_000, 4_263, 21_299_554, 987_999_987),  # 800.000 + 4.263 × 2.129,9554 = 9.879.999,87
        (0, 12_000_000, 779, 93_480_000),  # 12 million calls at € 0,0779
        (0, 1, 50, 1),  # half a cent is a cent
        (0, 1, 49, 0),
        (100, 0, 21_299_554, 100),
    ],
)
def test_the_budget_is_fixed_plus_volume_times_price(fixed: int, volume: int, price: int, cents: int) -> None:
    assert volume_cents(VolumeBudget(fixed, volume, price)) == cents


def test_the_example_gives_what_the_report_realised_in_2016_but_for_the_price_in_four_decimals() -> None:
    """verantwoording-2016 section 2.2: 9.080 + 800 = 9.880 thousand euro."""
    result = run(read_scenario(EXAMPLE).fund_year)
    assert result.totals["gross_cents"] == result.totals["net_cents"] == 9_879_999_87
    output = gguplan("explain", "Utrecht", "-s", EXAMPLE).stdout
    assert "€800,000.00 + 4,263 × €2,129.9554 = €9,879,999.87" in output


def test_vat_is_added_to_a_budget_that_follows_from_a_volume() -> None:
    result = run(read_scenario(EXAMPLE, ["programmes.doventolk-leefdomein.vat=21%"]).fund_year)
    assert result.totals["gross_cents"] == 9_879_999_87 + 2_074_799_97  # 21 % of it is 2.074.799,9727


def test_what_was_realised_more_is_of_the_volume_and_of_the_price() -> None:
    """verantwoording-2017: 10.340.000 realised, 4.241 users. −22 × 2.129,9554 = −46.859,02; the rest is the price."""
    (row,) = answer("run", EXAMPLE)["volume_deviations"]
    assert (row["effect_of_volume"], row["effect_of_price"]) == ("-46859.02", "506859.15")
    assert (row["price_budgeted"], row["price_realised"]) == ("2129.9554", "2249.4695")
    (ahead,) = answer("horizon", EXAMPLE, "--draws", "100")["volume_deviations"]
    assert ahead == row
    assert "door het aantal (4.263 → 4.241)" in gguplan("run", EXAMPLE, "--lang", "nl").stdout.replace("Door", "door")


@given(
    fixed=st.integers(0, 10**12),
    volumes=st.tuples(st.integers(0, 10**9), st.integers(0, 10**9)),
    price=st.integers(1, 10**11),
    realised=st.integers(0, 10**14),
)
def test_both_effects_are_the_deviation_to_the_cent(
    fixed: int, volumes: tuple[int, int], price: int, realised: int
) -> None:
    row = VolumeDeviation("a", "A", 2017, VolumeBudget(fixed, volumes[0], price), volumes[1], realised)
    assert row.of_volume + row.of_price == row.deviation
    if volumes[0] == volumes[1]:
        assert row.of_volume == 0


@given(volume=st.integers(0, 10**9), price=st.integers(1, 10**11))
def test_fewer_units_cost_as_much_less_as_more_cost_more(volume: int, price: int) -> None:
    assert cost_of_volume(-volume, price) == -cost_of_volume(volume, price)


def test_the_volume_grows_and_the_price_rises_with_the_indexation() -> None:
    """4.263 × 1,01 = 4.305,63, so 4.306; price and fixed part × 1,03: 2.193,8541 and 824.000."""
    later = in_a_later_year(VolumeBudget(80_000_000, 4_263, 21_299_554), Fraction(101, 100), Fraction(103, 100), 0)
    assert later == VolumeBudget(82_400_000, 4_306, 21_938_541)
    inputs = read_scenario(EXAMPLE, ["horizon.indexation.percent=3.0", "horizon.indexation.source=a test"])
    horizon = years_ahead_of(inputs, realised_years(load_ledger()), 100, 1)
    assert horizon.by_year[1].by_programme["doventolk-leefdomein"].budget.net == volume_cents(later)
    assert horizon.by_year[0].by_programme["doventolk-leefdomein"].budget.net == 9_879_999_87


def test_a_volume_that_is_not_sure_makes_the_forecast() -> None:
    """90 % between 4.000 and 4.500 users: spent is 800.000 + that × 2.129,9554, so 9.319.821,60 to 10.384.799,30."""
    inputs = read_scenario(EXAMPLE)
    open_year = run(replace(inputs.fund_year, years_ahead=None))
    spending = spending_of(open_year, realised_years(load_ledger()), 2_000)
    assert spending is not None and spending.basis == ("stated",)
    low, high = (spending.forecast.quantile([0.05, 0.95])[0] * 9_879_999_87).tolist()
    assert np.allclose([low, high], [9_319_821_60, 10_384_799_30], atol=200)


def test_a_volume_is_swept_and_changed_by_a_part() -> None:
    path = "programmes.doventolk-leefdomein.volume"
    swept = answer("sweep", EXAMPLE, "--vary", f"{path}=4000:4500:2")
    totals = json.dumps(swept)
    assert "9319821.60" in totals and "10384799.30" in totals
    more = run(read_scenario(EXAMPLE, [f"{path}=+10%"]).fund_year)
    assert more.totals["net_cents"] == volume_cents(VolumeBudget(80_000_000, 4_689, 21_299_554))
    dearer = run(read_scenario(EXAMPLE, ["programmes.doventolk-leefdomein.price=+0.5"]).fund_year)
    assert dearer.totals["net_cents"] == volume_cents(VolumeBudget(80_000_000, 4_263, 21_304_554))


def test_another_way_to_say_the_budget_takes_the_place_of_the_volume(tmp_path: Path) -> None:
    file = tmp_path / "voorstel.toml"
    file.write_text(
        f'title = "Vast"\nextends = "{EXAMPLE}"\nsource = "een proef"\nwithout = []\n'
        '[programmes.doventolk-leefdomein]\ngross = "1000.00"\n'
        "[horizon.programmes.doventolk-leefdomein]\nvolume_growth = 0\nrealised_volume = {}\n",
        encoding="utf-8",
    )
    outcome = gguplan("run", str(file))
    assert outcome.exit_code == 2
    assert "doventolk-leefdomein has no volume." in outcome.stderr
    assert "price and fixed" not in outcome.stderr


@pytest.mark.usefixtures("undrawn")
def test_a_proposal_says_the_deviation_of_its_year_once(tmp_path: Path) -> None:
    assert paper(tmp_path, EXAMPLE, "--lang", "en").text.count("By the volume (4,263 → 4,241)") == 1
