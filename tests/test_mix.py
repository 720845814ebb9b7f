"""A mix of keys: each part of a budget is divided by a key of its own; by hand, in later years and in files."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Final

import numpy as np
import pytest
from typer.testing import CliRunner

import gguplan
from gguplan.commands.cli import app
from gguplan.fund.allocation_keys import (
    FixedAmounts,
    InColumn,
    InhabitantsOn,
    Mix,
    PartOfMix,
    PerColumn,
    PerInhabitant,
    Weights,
    columns_of,
    count_years_of,
    parts_of,
    unmixed_keys,
    with_keys,
)
from gguplan.inputs.scenario.reading import read_scenario
from gguplan.model.allocation import allocate, portions_of
from gguplan.reports.page.figures import figures_of
from gguplan.runs.comparison import over_the_latest
from gguplan.runs.results import result_of
from gguplan.runs.years_ahead import years_ahead_of
from tests.worlds import population, programme

HALVES: Final = [
    {"share": "50%", "by": {"key": "inhabitants"}},
    {"share": "50%", "by": {"key": "shares", "shares": {"A": "10%", "B": "20%", "C": "70%"}}},
]
FUND: Final = """title = "A"
source = "invented for a test"
year = 2020
reference_date = 2019-01-01
members = ["Delft", "Zoetermeer"]
[programmes.a]
title = "A"
vat = "none"
gross = "100.01"
[programmes.a.allocation]
key = "mix"
parts = [
  { share = "50%", by = { key = "inhabitants" } },
  { share = "50%", by = { key = "column", file = "woningen.csv", column = "woningen" } },
]
"""
DWELLINGS: Final = "gemeente,woningen\nDelft,30\nZoetermeer,10\nGouda,40\n"
"""Not those of a year: invented for a test."""


@pytest.fixture
def fund(tmp_path: Path) -> Path:
    (tmp_path / "woningen.csv").write_text(DWELLINGS, encoding="utf-8")
    (tmp_path / "fund.toml").write_text(FUND, encoding="utf-8")
    return tmp_path / "fund.toml"


def test_each_half_is_divided_by_its_own_key() -> None:
    """€ 10,01 is 501 and 500 cents, a tie that goes to the first. 501 over 1, 2 and 1 inhabitants is 125,25, 250,5 and
    125,25: 125, 251 and 125. 500 by 10, 20 and 70 % is 50, 100 and 350."""
    world = population(A=1, B=2, C=1)
    mixed = programme(world=world, gross="10.01", allocation={"key": "mix", "parts": HALVES})
    assert portions_of(1_001, mixed.allocation) == [501, 500]
    divided = allocate(1_001, mixed.allocation, world, np.array([1, 1, 1]), 1)
    assert [portion.parts.tolist() for portion in divided.portions] == [[125, 251, 125], [50, 100, 350]]
    assert divided.parts.tolist() == [175, 351, 475]


def test_the_cent_that_is_left_over_goes_to_the_largest_remainder_of_the_shares() -> None:
    """100 cents by 1/3 and 2/3 are 33,33 and 66,67; 5 cents by 1/6, 1/3 and 1/2 are 0,83, 1,67 and 2,5."""
    parts = [{"share": share, "by": {"key": "inhabitants"}} for share in ("1/3", "2/3")]
    assert portions_of(100, programme(gross="1.00", allocation={"key": "mix", "parts": parts}).allocation) == [33, 67]
    parts = [{"share": share, "by": {"key": "inhabitants"}} for share in ("1/6", "1/3", "1/2")]
    assert portions_of(5, programme(gross="1.00", allocation={"key": "mix", "parts": parts}).allocation) == [1, 2, 2]


def test_other_keys_in_a_mix_leave_its_shares_and_one_key_is_no_mix() -> None:
    dwellings = PerColumn(InColumn("woningen.csv", "woningen"), Weights(np.array([30, 10])))
    homes = FixedAmounts(Weights(np.array([5, 7])), InColumn("huizen.csv", "huizen"))
    earlier = InhabitantsOn(2015, 2015, Weights(np.array([1, 2])))
    mixed = Mix((PartOfMix(30, PerInhabitant()), PartOfMix(70, dwellings)))
    assert with_keys(mixed, unmixed_keys(mixed)) == mixed
    later_key = with_keys(mixed, [earlier, homes])
    assert later_key == Mix((PartOfMix(30, earlier), PartOfMix(70, homes)))
    assert with_keys(PerInhabitant(), [dwellings]) == dwellings
    # One key is the one part, which has everything.
    assert [parts_of(key) for key in (dwellings, homes)] == [(PartOfMix(1, dwellings),), (PartOfMix(1, homes),)]
    with pytest.raises(ValueError, match="shorter"):
        with_keys(mixed, [dwellings])
    assert (columns_of(mixed), columns_of(later_key)) == ((InColumn("woningen.csv", "woningen"),), (homes.stands,))
    assert (count_years_of(mixed), count_years_of(later_key)) == ((), (2015,))


def test_a_column_in_a_mix_is_read_again_in_later_years_and_of_who_joins(fund: Path) -> None:
    """In 2021 Gouda has half of the dwellings."""
    ahead = '[horizon]\nlast = 2021\nopening = "0.00"\nunderspend = "general"\n'
    joins = '[membership.gouda]\nmunicipalities = ["Gouda"]\njoins = 2021\n'
    fund.write_text(FUND + ahead + joins, encoding="utf-8")
    horizon = years_ahead_of(read_scenario(fund), [], draws=10)
    before, after = (year.result for year in horizon.by_year)
    assert before is not None and after is not None
    (_by_inhabitants, dwellings) = before.by_programme[0].participation.allocation.portions
    assert dwellings.parts.tolist() == [3_750, 1_250]
    (_by_inhabitants, dwellings) = after.by_programme[0].participation.allocation.portions
    assert dwellings.parts.tolist() == [1_875, 2_500, 625]


def test_the_sum_of_each_part_stands_in_the_explanation_in_both_languages(fund: Path) -> None:
    command = ["explain", "Delft", "--scenario", str(fund)]
    text = CliRunner().invoke(app, [*command, "--lang", "en"]).stdout
    assert "50 % of €100.01 is divided by inhabitants: €50.01; of that" in text
    assert "50 % of €100.01 is divided by column woningen: €50.00; of that €37.50" in text
    text = CliRunner().invoke(app, [*command, "--lang", "nl"]).stdout
    assert "50 % van € 100,01 wordt verdeeld naar kolom woningen: € 50,00; daarvan € 37,50" in text


def test_the_page_has_the_sum_of_each_part_for_everybody(fund: Path) -> None:
    result = result_of(read_scenario(fund))
    figures = figures_of(over_the_latest([result]), [])
    behind = figures["scenarios"][0]["programmes"][0]["sum"]
    assert sorted(behind["instead"]) == [0, 1]
    steps = [figures["steps"][place] for place in behind["instead"][0]]
    assert [step[0].partition(":")[0] for step in steps][:2] == [
        "50 % of €100.01 is divided by inhabitants",
        "50 % of €100.01 is divided by column woningen",
    ]


def test_a_file_of_a_mix_comes_from_the_folder_of_who_says_it_and_its_record_comes_out_again(
    fund: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    below = tmp_path / "region"
    below.mkdir()
    for file in (fund, tmp_path / "woningen.csv"):
        file.rename(below / file.name)
    monkeypatch.chdir(tmp_path)
    Path("what-if.toml").write_text(
        'title = "B"\nextends = "region/fund.toml"\nsource = "x"\n[programmes.a]\ngross = "200.00"\n', encoding="utf-8"
    )
    assert CliRunner().invoke(app, ["run", "what-if.toml", "--out", "out"]).exit_code == 0
    # A record finds its files beside it, or in the working folder.
    shutil.copy(below / "woningen.csv", ".")
    assert CliRunner().invoke(app, ["verify", "out"]).exit_code == 0
    assert gguplan.run("what-if.toml").to_pay.sum() == 20_000


def test_the_shares_of_a_mix_can_be_set_all_of_them(fund: Path) -> None:
    """One alone leaves the others as they are, so that they no longer are everything."""
    settings = ["programmes.a.allocation.parts.0.share=30%", "programmes.a.allocation.parts.1.share=70%"]
    command = ["run", str(fund), "--json", *(word for setting in settings for word in ("--set", setting))]
    answer = json.loads(CliRunner().invoke(app, command).stdout)
    (delft,) = [row for row in answer["municipalities"] if row["name"] == "Delft"]
    result = gguplan.run(fund)
    people = result.population.inhabitants
    assert float(delft["to_pay"]) == pytest.approx(100.01 * (0.3 * people[0] / people.sum() + 0.7 * 0.75), abs=0.011)
    alone = CliRunner().invoke(app, ["run", str(fund), "--set", settings[0]])
    assert alone.exit_code == 2
    assert "80 %" in alone.stderr
