"""gguplan from Python, as a notebook uses it."""

from __future__ import annotations

import subprocess
import sys

import pandas as pd
import pytest

import gguplan


def test_a_scenario_is_loaded_run_and_looked_into() -> None:
    scenario = gguplan.load_scenario("uitnamen-2017", {"opt_outs.luisterend-oor.municipalities": ["Utrecht"]})
    result = gguplan.run(scenario)
    (outside,) = result.frame("opt_outs").itertuples()
    assert (outside.name, outside.inhabitants, outside.refund_cents) == ("Utrecht", 343_038, 8_575_950)


@pytest.mark.parametrize("table", ["programmes", "municipalities", "contributions", "opt_outs"])
def test_tables_are_data_frames_with_amounts_in_whole_cents(table: str) -> None:
    frame = gguplan.run("uitnamen-2017").frame(table)
    assert isinstance(frame, pd.DataFrame)
    amounts = [name for name in frame.columns if name.endswith("_cents")]
    assert amounts
    assert all(frame[name].dtype == "int64" for name in amounts)


def test_a_municipality_is_looked_up() -> None:
    """CBS, 1 January 2024; see population_data/README.md."""
    found = gguplan.municipality("Den Bosch", year=2024)
    assert (found.gm_code, found.name, found.province) == ("GM0796", "'s-Hertogenbosch", "Noord-Brabant")


def test_a_name_that_is_none_says_what_is_close() -> None:
    with pytest.raises(ValueError, match="'s-Hertogenbosch"):
        gguplan.municipality("Den Bosh", year=2024)


def test_the_population_is_a_data_frame() -> None:
    frame = gguplan.population(2025)
    assert int(frame["inhabitants"].sum()) == 18_044_027  # CBS, national total of 1 January 2025


def test_the_ledger_is_a_data_frame_in_which_the_misprint_is_missing() -> None:
    """verantwoording-2017 chapter 4, Wet WOZ: "€ 1.13.352"."""
    frame = gguplan.ledger()
    (amount,) = frame.loc[frame["printed"] == "€ 1.13.352", "amount_cents"]
    assert pd.isna(amount)


def test_every_mistake_comes_in_one_error() -> None:
    with pytest.raises(gguplan.InputError) as caught:
        gguplan.load_scenario("uitnamen-2017", {"yeer": 2018, "programmes.wozz.gross": "1.00"})
    assert len(caught.value.findings) == 2


def test_importing_gguplan_is_quick_because_it_leaves_the_heavy_libraries_alone() -> None:
    code = "import gguplan, sys; print([name for name in ('pandas', 'scipy', 'numpy') if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "[]"


def test_help_and_a_bill_leave_pandas_alone() -> None:
    code = (
        "import sys; from typer.testing import CliRunner; from gguplan.commands.cli import app; "
        "CliRunner().invoke(app, {words}); print([name for name in ({heavy}) if name in sys.modules])"
    )
    for words, heavy in (
        (["--help"], "'pandas', 'numpy', 'pydantic'"),
        (["estimate", "Utrecht"], "'pandas', 'scipy'"),
    ):
        said = subprocess.run(
            [sys.executable, "-c", code.format(words=words, heavy=heavy)], capture_output=True, text=True
        )
        assert said.stdout.strip() == "[]", said
