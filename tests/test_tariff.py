"""A tariff is the rate times one's own inhabitants: nobody pays more of it because others are outside."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import numpy as np
import pytest
from typer.testing import CliRunner

from gguplan.commands.cli import app
from gguplan.findings import InputError
from gguplan.fund.allocation_keys import RatePerInhabitant
from gguplan.fund.problems import AboveTheTariff, CannotBeMade
from gguplan.fund.settlements import SettlementWord
from gguplan.inputs.scenario.reading import read_scenario
from gguplan.inputs.sweep.plan import read_plan
from gguplan.model.participation.departure import if_they_leave
from gguplan.model.participation.settlement import settle
from gguplan.money import rate_times
from gguplan.runs.results import result_of
from gguplan.runs.sweep.variants import Variants, task_of
from gguplan.runs.years_ahead import years_ahead_of
from tests.worlds import opt_out, population

WORLD: Final = population(A=30, B=50, C=20)
TARIFF: Final = RatePerInhabitant(10_000)
"""One euro per inhabitant."""

OFFER: Final = """
title = "Aanbod"
year = 2018
reference_date = 2017-01-01
source = "invented for a test"

[programmes.aanbod]
title = "Aanbod"
vat = "none"
allocation = { key = "tariff", rate = "0.92" }

[opt_outs.aanbod]
municipalities = ["Tilburg"]
settlement = "shrink"
"""
WHY: Final = "the others would pay more than that"


@pytest.fixture
def offer(tmp_path: Path) -> str:
    file = tmp_path / "aanbod.toml"
    file.write_text(OFFER, encoding="utf-8")
    return str(file)


@pytest.mark.parametrize(
    ("settlement", "to_pay", "available", "drawn"),
    [
        ("shrink", [3000, 0, 2000], 5000, 0),
        ("refund", [3000, 0, 2000], 5000, 0),
        ("absorb", [3000, 0, 2000], 10000, 5000),
    ],
)
def test_who_takes_part_pays_its_own_inhabitants_times_the_rate(
    settlement: SettlementWord, to_pay: list[int], available: int, drawn: int
) -> None:
    participation = settle(10_000, TARIFF, WORLD, [opt_out(WORLD, "B", settlement)], 365)
    assert (participation.contributions - participation.refunds).tolist() == to_pay
    assert (participation.available, participation.drawn) == (available, drawn)


@pytest.mark.parametrize("days", [1, 365])
def test_the_others_do_not_pay_for_those_outside(days: int) -> None:
    with pytest.raises(CannotBeMade) as caught:
        settle(10_000, TARIFF, WORLD, [opt_out(WORLD, "B", "redistribute", days=days)], 365)
    assert caught.value.problem == AboveTheTariff(opt_out(WORLD, "B", "redistribute").name, "tariffs")


def test_an_opt_out_of_nobody_leaves_nothing_to_the_others() -> None:
    participation = settle(10_000, TARIFF, WORLD, [opt_out(WORLD, "", "redistribute")], 365)
    assert participation.contributions.tolist() == [3000, 5000, 2000]


def test_a_setting_is_refused_as_the_file_is(offer: str) -> None:
    with pytest.raises(InputError) as caught:
        result_of(read_scenario(offer, ["opt_outs.aanbod.settlement=redistribute"]))
    (finding,) = caught.value.findings
    assert WHY in finding.what
    assert finding.place.file == "--set opt_outs.aanbod.settlement=redistribute"


def test_a_variant_of_a_sweep_is_refused_and_the_others_are_not(offer: str) -> None:
    base = read_scenario(offer)
    plan = read_plan(base, ["opt_outs.aanbod.settlement=shrink,redistribute,absorb"])
    first, second, third = Variants(task_of(base, plan)).work_out([[0], [1], [2]]).problems
    assert (first, third) == (("", ""), ("", ""))
    assert WHY in second[0]
    assert "de anderen zouden meer betalen dan dat" in second[1]


def test_a_year_of_a_horizon_is_refused_in_which_somebody_is_outside(tmp_path: Path) -> None:
    ahead = '\nleaves = 2019-07-01\n[horizon]\nlast = 2020\nopening = "0.00"\nunderspend = "general"\n'
    file = tmp_path / "jaren.toml"
    file.write_text(OFFER.replace('"shrink"\n', '"redistribute"' + ahead), encoding="utf-8")
    inputs = read_scenario(str(file))
    assert result_of(inputs).totals["contributions_cents"] == 1_571_498_644
    with pytest.raises(InputError) as caught:
        years_ahead_of(inputs, (), 100, 1)
    assert [finding.place.line for finding in caught.value.findings] == [14]
    assert WHY in caught.value.findings[0].what
    checked = CliRunner().invoke(app, ["scenario", "check", str(file), "--lang", "en"])
    assert checked.exit_code == 2
    assert WHY in checked.stderr and "jaren.toml:14" in checked.stderr


def test_an_indexed_tariff_stays_rate_times_own_inhabitants(tmp_path: Path) -> None:
    """0,92 × 1,024 = 0,94208, in hundredths of a cent 0,9421, and 215.521 × 0,9421 = 203.042,33 for Tilburg in 2019;
    0,92 × 1,024² = 0,96469…, 0,9647, and 217.259 × 0,9647 = 209.589,76 in 2020."""
    ahead = '[horizon]\nlast = 2020\nopening = "0.00"\nunderspend = "general"\n[horizon.indexation]\npercent = "2.4"\n'
    file = tmp_path / "jaren.toml"
    file.write_text(OFFER.partition("[opt_outs")[0] + ahead, encoding="utf-8")
    by_year = years_ahead_of(read_scenario(str(file)), (), 100, 1).by_year
    for year, rate in zip(by_year, (9_200, 9_421, 9_647), strict=True):
        assert year.result is not None
        paid = year.result.by_programme[0].participation.contributions
        assert paid.tolist() == rate_times(rate, year.population.inhabitants).tolist()
        assert year.by_programme["aanbod"].budget.gross == int(paid.sum())
    tilburg = by_year[1].population.index["GM0855"]
    assert by_year[1].result is not None and int(by_year[1].result.to_pay[tilburg]) == 20_304_233
    explained = CliRunner().invoke(app, ["explain", "Tilburg", "-s", str(file), "--year", "2020", "--lang", "en"])
    assert "tariff of 2018: €0.92 per inhabitant × 1.024 (2019) × 1.024 (2020) = €0.9647" in explained.stdout
    assert "217,259 inhabitants × €0.9647 = €209,589.76" in explained.stdout
    shown = CliRunner().invoke(app, ["run", str(file), "--year", "2019", "--json"])
    assert json.loads(shown.stdout)["fund"]["contributions"] == "16186299.23"


def test_what_would_happen_if_some_left_leaves_it_out_of_a_tariff(offer: str) -> None:
    result = result_of(read_scenario(offer))
    leaving = np.zeros(len(result.population.municipalities), dtype=np.bool_)
    leaving[0] = True
    words = [departure.settlement.word for departure in if_they_leave(result, leaving)]
    assert words == ["refund", "shrink", "absorb"]
