"""What a scenario states and a command does not use is named: on stderr, and in the JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from gguplan.commands.cli import app
from gguplan.inputs.scenario.reading import read_scenario
from gguplan.inputs.scenario.unused import unused
from gguplan.language import written_in

_FUND = """
title = "Fund"
year = 2020
reference_date = 2020-01-01
source = "invented for a test"
{first}
[programmes.ibd]
title = "IBD"
gross = "1000000.00"
vat = "none"
[programmes.akj]
title = "AKJ"
gross = "500000.00"
vat = "none"
"""
_CASCADE = '[cascades.ibd]\nsize_classes = [{ limit = "0.20" }]\n'
_OPT_OUT = '[opt_outs.ibd]\nmunicipalities = ["Utrecht"]\nsettlement = "shrink"\n'


def unused_in_run(folder: Path, more: str, first: str = "") -> list[str]:
    file = folder / "fund.toml"
    file.write_text(_FUND.format(first=first) + more, encoding="utf-8")
    return unused(read_scenario(file), "run")


def test_a_cascade_is_used_by_whoever_shows_a_bill_and_says_who_would_leave(tmp_path: Path) -> None:
    """tests/test_leavers.py has what each of them says; a forecast shows no bill."""
    assert unused_in_run(tmp_path, _CASCADE) == []
    (sentence,) = unused(read_scenario(tmp_path / "fund.toml"), "forecast")
    assert sentence == "Not used here: [cascades] (gguplan participation)."


def test_what_is_about_a_programme_that_is_left_out_is_named(tmp_path: Path) -> None:
    sentences = unused_in_run(tmp_path, _CASCADE + _OPT_OUT, 'without = ["ibd"]')
    assert sentences == ["Not used, because the programme is left out: [opt_outs.ibd] and [cascades.ibd]."]


def test_an_opt_out_from_more_than_what_is_left_out_counts(tmp_path: Path) -> None:
    both = '[opt_outs.both]\nprogrammes = ["all"]\nmunicipalities = ["Utrecht"]\nsettlement = "shrink"\n'
    first = 'without = ["ibd"]\nprogramme_groups = { all = ["ibd", "akj"] }'
    assert unused_in_run(tmp_path, both, first) == []


def test_a_group_that_nothing_names_is_named(tmp_path: Path) -> None:
    groups = '[groups.G1]\nmunicipalities = ["Utrecht"]\n[groups.G2]\nmunicipalities = ["G1"]\n'
    first = 'programme_groups = { all = ["ibd", "akj"] }'
    sentences = unused_in_run(tmp_path, groups, first)
    assert sentences == ["Not used, because nothing names it: [groups.G2] and programme_groups.all."]
    assert unused_in_run(tmp_path, groups + _OPT_OUT.replace("Utrecht", "G2")) == []


@pytest.mark.parametrize(
    ("words", "tables"),
    [
        (["run"], "[horizon] but for underspend and realised (gguplan horizon)"),
        (["estimate", "Zwolle", "-s"], "[horizon] (gguplan horizon) and [realisation] (gguplan forecast)"),
        (["forecast", "--draws", "100"], "[horizon] but for underspend and realised (gguplan horizon)"),
    ],
    ids=lambda words: words if isinstance(words, str) else words[0],
)
def test_a_command_names_the_tables_of_others_on_stderr_and_in_its_json(words: list[str], tables: str) -> None:
    name, sentence = "fonds-ggu-2020-2024", f"Not used here: {tables}."
    assert CliRunner().invoke(app, [*words, name]).stderr == f"{sentence}\n"
    outcome = CliRunner().invoke(app, [*words, name, "--json"])
    assert outcome.stderr == ""
    assert sentence in json.loads(outcome.stdout)["notes"]


def test_of_several_scenarios_it_is_said_of_which(tmp_path: Path) -> None:
    outcome = CliRunner().invoke(app, ["compare", "fonds-ggu-2020", "fonds-ggu-2020-2024", "--lang", "nl"])
    assert outcome.stderr == (
        "fonds-ggu-2020-2024: Hier niet gebruikt: [horizon] (gguplan horizon) en [realisation] (gguplan forecast).\n"
    )


def test_a_table_of_a_sweep_beside_vary_is_named() -> None:
    words = ["sweep", "hulplijn-in-varianten", "--vary", "programmes.luisterend-oor.gross=4000000.00:5000000.00:2"]
    assert "Not used here: [sweep], because --vary says what varies.\n" in CliRunner().invoke(app, words).stderr


def test_what_is_not_used_is_said_in_dutch(tmp_path: Path) -> None:
    unused_in_run(tmp_path, _CASCADE)
    with written_in("nl"):
        (sentence,) = unused(read_scenario(tmp_path / "fund.toml"), "forecast")
    assert sentence == "Hier niet gebruikt: [cascades] (gguplan participation)."


_ENDED = (
    '[horizon]\nlast = 2021\nopening = "0.00"\nunderspend = "general"\n[horizon.programmes.ibd]\nends = 2019\n'
    'opening = "1.00"\n'
)


def test_a_programme_without_a_budget_this_year_is_named_with_what_hangs_on_it(tmp_path: Path) -> None:
    sum_of_the_year = "Not in the sum of 2020: IBD, which by the years ahead has no budget in that year."
    tables = "Not used, because the programme has no budget in 2020: [opt_outs.ibd] and [cascades.ibd]."
    assert unused_in_run(tmp_path, _CASCADE + _OPT_OUT + _ENDED)[1:] == [tables]
    inputs = read_scenario(tmp_path / "fund.toml")
    assert unused(inputs, "compare")[1:] == [sum_of_the_year, tables]
    assert unused(inputs, "horizon") == []


def test_a_realisation_that_is_stated_beside_what_is_known_is_named(tmp_path: Path) -> None:
    known = '[realisation.ibd]\nbetween = ["0.50", "0.60"]\n' + _ENDED.replace(
        "ends = 2019", 'realised = { 2020 = "900000.00" }'
    )
    sentence = "Not used, because what is realised is known: [realisation.ibd]."
    assert unused_in_run(tmp_path, known)[-1] == sentence
    assert unused(read_scenario(tmp_path / "fund.toml"), "forecast")[-1] == sentence


def test_a_day_of_another_year_is_named_by_a_command_for_one_year(tmp_path: Path) -> None:
    horizon = '[horizon]\nlast = 2022\nopening = "0.00"\nunderspend = "general"\n'
    sentences = unused_in_run(tmp_path, _OPT_OUT + "joins = 2021-04-01\nleaves = 2020-07-01\n" + horizon)
    assert sentences[-1] == "Not used, because it is not a day of 2020: opt_outs.ibd.joins (gguplan horizon)."
    assert unused(read_scenario(tmp_path / "fund.toml"), "horizon") == []
