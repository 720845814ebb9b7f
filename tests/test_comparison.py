"""Redistribution effects: they sum to the difference of the totals, to the cent, also through mergers."""

from __future__ import annotations

import csv
import json
from itertools import pairwise
from pathlib import Path

import pytest
from typer.testing import CliRunner

import gguplan
from gguplan.commands.cli import app
from gguplan.model.comparison import Comparison
from gguplan.runs.results import comparison_of

SCENARIOS = gguplan.scenarios()


def compared(baseline: str, scenario: str) -> Comparison:
    return comparison_of(gguplan.load_scenario(baseline), gguplan.load_scenario(scenario))


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_scenario_beside_itself_has_no_effect_at_all(name: str) -> None:
    comparison = compared(name, name)
    assert not comparison.effects.any()
    assert comparison.concentration() == 0
    assert comparison.largest(5) == []


@pytest.mark.parametrize(("first", "second"), [*pairwise(SCENARIOS), ("uitnamen-2016", "fonds-ggu-2020")])
def test_the_effects_sum_to_the_difference_of_the_totals(first: str, second: str) -> None:
    comparison = compared(first, second)
    difference = int(gguplan.run(second).to_pay.sum()) - int(gguplan.run(first).to_pay.sum())
    assert int(comparison.effects.sum()) == comparison.total.effect == difference
    for groups in (comparison.by_direction(), comparison.by_province(), comparison.by_size()):
        assert sum(group.effect for group in groups) == difference
        assert sum(group.municipalities for group in groups) == len(comparison.effects)


def test_a_merged_municipality_is_compared_with_the_sum_of_what_it_was() -> None:
    """Meierijstad came of Schijndel, Sint-Oedenrode and Veghel on 1 January 2017 (population_data/mergers.csv)."""
    comparison = comparison_of(
        gguplan.load_scenario("fonds-ggu-2018", {"reference_date": "2016-01-01"}),
        gguplan.load_scenario("fonds-ggu-2018", {"reference_date": "2017-01-01"}),
    )
    then = gguplan.run("fonds-ggu-2018", {"reference_date": "2016-01-01"})
    place = comparison.population.index["GM1948"]
    parts = [int(then.to_pay[then.population.index[code]]) for code in ("GM0844", "GM0846", "GM0860")]
    assert int(comparison.baseline.to_pay[place]) == sum(parts)


def test_a_baseline_counts_its_own_people_over_the_municipalities_of_the_later_date() -> None:
    """CBS: 16.979.120 inhabitants on 1 January 2016; 355 municipalities on 1 January 2019."""
    comparison = compared("uitnamen-2016", "fonds-ggu-2020")
    assert (int(comparison.baseline.inhabitants.sum()), len(comparison.baseline.inhabitants)) == (16_979_120, 355)
    assert (comparison.population.year, len(comparison.population.municipalities)) == (2019, 355)


def test_an_opt_out_that_merged_since_is_an_opt_out_of_its_own_year(tmp_path: Path) -> None:
    """Leerdam is a municipality on 1 January 2017, and outside the helpline there; in 2019 it merged."""
    file = tmp_path / "leerdam.toml"
    out = '[opt_outs.fonds-ggu]\nmunicipalities = ["Leerdam"]\nsettlement = "shrink"\nsource = "eigen"\n'
    file.write_text(f'title = "Leerdam eruit"\nextends = "fonds-ggu-2018"\nreference_date = 2017-01-01\n{out}')
    comparison = comparison_of(gguplan.load_scenario(file), gguplan.load_scenario("fonds-ggu-2020"))
    alone = gguplan.run(file)
    index = alone.population.index
    parts = [int(alone.to_pay[index[code]]) for code in ("GM0545", "GM0620", "GM0707")]
    assert parts[0] == 0
    assert int(comparison.baseline.to_pay[comparison.population.index["GM1961"]]) == sum(parts)


def test_every_message_names_the_boundaries_that_are_used() -> None:
    """388 municipalities on 1 January 2017, Leerdam among them; 355 on 1 January 2019 (population_data)."""
    outcome = CliRunner().invoke(app, ["compare", "uitnamen-2017", "fonds-ggu-2020", "--lang", "nl"])
    assert "17.081.507 inwoners in 388 gemeenten op 1 januari 2017" in outcome.stdout
    assert "17.282.163 inwoners in 355 gemeenten op 1 januari 2019" in outcome.stdout
    for pair in (["uitnamen-2017", "fonds-ggu-2020"], ["fonds-ggu-2020", "uitnamen-2017"]):
        outcome = CliRunner().invoke(app, ["compare", *pair, "-m", "Leerdam", "--lang", "nl"])
        assert '"Leerdam" is geen gemeente op 1 januari 2019.' in outcome.stderr
        assert "schrijf Vijfheerenlanden" in outcome.stderr
    outcome = CliRunner().invoke(app, ["compare", "uitnamen-2017", "fonds-ggu-2020", "--json"])
    (answer,) = json.loads(outcome.stdout)["comparisons"]
    counted = [answer[name]["municipalities"] for name in ("baseline_population", "scenario_population")]
    assert (counted, answer["municipalities_on"]) == ([388, 355], "2019-01-01")


def test_the_order_of_the_two_only_turns_the_signs() -> None:
    comparison, back = compared("fonds-ggu-2018", "fonds-ggu-2020"), compared("fonds-ggu-2020", "fonds-ggu-2018")
    assert (comparison.effects == -back.effects).all()


def test_a_change_pro_rata_shifts_nothing_between_municipalities() -> None:
    """Half the fund: everybody pays half, so nothing is redistributed."""
    comparison = compared("fonds-ggu-2020", "half-fonds-ggu")
    assert comparison.total.effect == -2_615_000_000
    assert comparison.concentration() == 0


def test_the_largest_effects_come_first_whichever_way_they_go() -> None:
    comparison = compared("uitnamen-2017", "grote-steden-verlaten-de-hulplijn")
    effects = [abs(int(comparison.effects[place])) for place in comparison.largest(20)]
    assert effects == sorted(effects, reverse=True)


def test_the_command_writes_every_effect(tmp_path: Path) -> None:
    words = ["compare", "uitnamen-2017", "grote-steden-verlaten-de-hulplijn", "hulplijn-voor-dertig-cent"]
    outcome = CliRunner().invoke(app, [*words, "-m", "Zwolle", "--out", str(tmp_path)])
    assert outcome.exit_code == 0, outcome.stderr
    assert outcome.stdout.count("Zwolle (GM0193)") == 2
    files = sorted(tmp_path.glob("*.csv"))
    assert [file.name for file in files] == [
        "effects-1-grote-steden-verlaten-de-hulplijn.csv",
        "effects-2-hulplijn-voor-dertig-cent.csv",
    ]
    rows = list(csv.DictReader(files[0].open(encoding="utf-8")))
    assert sum(round(100 * float(row["effect_euros"])) for row in rows) == 68_434_450
