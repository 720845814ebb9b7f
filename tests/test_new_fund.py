"""A scenario of a fund of some municipalities from one command, that works as it is written."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import gguplan
from gguplan.commands.cli import app

SOURCE = ("--source", "Begroting 2026, blz. 12")


def new(file: Path, *options: str) -> Result:
    return CliRunner().invoke(app, ["scenario", "new", str(file), *options, "--lang", "en"])


def test_names_codes_and_a_name_with_a_comma_are_the_members(tmp_path: Path) -> None:
    file = tmp_path / "veiligheidsregio.toml"
    members = "Utrecht, GM0355, Nuenen, Gerwen en Nederwetten, Zoetermeer"
    outcome = new(file, "--members", members, "--total", "1000000.00", "--year", "2026", *SOURCE)
    assert outcome.exit_code == 0, outcome.stderr
    result = gguplan.run(file)
    names = {municipality.name for municipality in result.population.municipalities}
    assert names == {"Utrecht", "Zeist", "Nuenen, Gerwen en Nederwetten", "Zoetermeer"}
    assert int(result.to_pay.sum()) == 100_000_000
    assert (result.fund_year.year, result.population.year) == (2026, 2025)
    assert result.fund_year.source == "Begroting 2026, blz. 12"
    assert result.fund_year.title == "Veiligheidsregio"


def test_a_whole_province_is_a_group(tmp_path: Path) -> None:
    file = tmp_path / "zeeland.toml"
    assert new(file, "--members", "provincie Zeeland, Breda", "--total", "61000000", *SOURCE).exit_code == 0
    provinces = [municipality.province for municipality in gguplan.run(file).population.municipalities]
    assert set(provinces) == {"Zeeland", "Noord-Brabant"}
    assert provinces.count("Noord-Brabant") == 1


def test_a_name_that_is_also_a_village_elsewhere_is_written_by_its_code(tmp_path: Path) -> None:
    file = tmp_path / "fund.toml"
    assert new(file, "--members", "GM0603, Delft", "--total", "1", *SOURCE).exit_code == 0
    assert {municipality.gm_code for municipality in gguplan.run(file).population.municipalities} == {
        "GM0503",
        "GM0603",
    }


def test_a_quotation_mark_in_a_source_stays_text(tmp_path: Path) -> None:
    file = tmp_path / "fund.toml"
    assert new(file, "--members", "Utrecht", "--total", "1", "--source", 'de "begroting" \\').exit_code == 0
    assert gguplan.load_scenario(file).scenario.source == 'de "begroting" \\'


@pytest.mark.parametrize(
    ("options", "what"),
    [
        (("--members", "Utregt", "--total", "1", *SOURCE), '"Utregt" is not a municipality on 1 January'),
        (("--members", "Weesp", "--total", "1", *SOURCE), "write Amsterdam."),
        (
            ("--members", "Utrecht, GM0344", "--total", "1", *SOURCE),
            "Utrecht (GM0344) stands in this list a second time.",
        ),
        (("--members", "", "--total", "1", *SOURCE), "No municipality is named here."),
        (("--members", "Utrecht", "--total", "veel", *SOURCE), "'veel' is not an amount."),
        (("--members", "Utrecht", "--total", "-5", *SOURCE), "'-5' is not an amount."),
        (("--members", "Utrecht", "--total", "1"), "Nothing says where the amount and the members come from."),
        (("--members", "Utrecht", *SOURCE), "A new fund takes --members and --total"),
        (("--total", "1", *SOURCE), "A new fund takes --members and --total"),
        (("--members", "Utrecht", "--total", "1", "--year", "20270", *SOURCE), "20270 is not a year of a fund."),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_written(tmp_path: Path, options: tuple[str, ...], what: str) -> None:
    outcome = new(tmp_path / "fund.toml", *options)
    assert outcome.exit_code == 2
    assert what in outcome.stderr
    assert list(tmp_path.iterdir()) == []
