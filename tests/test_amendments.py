"""A budget and its numbered amendments: what each changes for whom, in its year and in the years ahead."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any, Final

from typer.testing import CliRunner

from gguplan.commands.cli import app
from gguplan.inputs.scenario.reading import read_scenario
from gguplan.runs.amendments import amendments_of
from gguplan.runs.results import result_of
from tests.workbooks import cells

BUDGET: Final = """
title          = "Begroting 2020"
year           = 2020
reference_date = 2019-01-01
source         = "een proef"

[programmes.dienst]
title      = "Dienst"
gross      = "1000000.00"
vat        = "none"
underspend = "general"
round_to   = "1"

[horizon]
last    = 2022
opening = "0.00"
"""
FIRST: Final = """
title     = "Eerste wijziging"
extends   = "begroting.toml"
amendment = 1
source    = "besluit van juni"

[programmes.dienst]
gross = "1100000.00"
"""
SECOND: Final = """
title     = "Tweede wijziging"
extends   = "wijziging-1.toml"
amendment = 2
source    = "besluit van december"

[horizon.programmes.dienst]
gross = { 2021 = "1250000.00" }
"""


def written(folder: Path) -> list[str]:
    names = {"begroting.toml": BUDGET, "wijziging-1.toml": FIRST, "wijziging-2.toml": SECOND}
    for name, text in names.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [str(folder / name) for name in names]


def test_each_amendment_changes_its_own_years(tmp_path: Path) -> None:
    """The first 100.000 in every year, the second 150.000 from 2021 on."""
    amendments = amendments_of([read_scenario(file) for file in written(tmp_path)])
    assert amendments is not None
    assert [stage.number for stage in amendments.stages] == [0, 1, 2]
    totals = {year.year: [round(cents / 1_000_000) for cents in year.total] for year in amendments.years}
    assert totals == {2020: [100, 10, 0], 2021: [100, 10, 15], 2022: [100, 10, 15]}


def test_the_budget_and_all_changes_are_what_each_pays_after_all(tmp_path: Path) -> None:
    files = written(tmp_path)
    amendments = amendments_of([read_scenario(file) for file in files])
    assert amendments is not None
    first = amendments.years[0]
    after = result_of(read_scenario(files[-1])).to_pay
    assert (first.to_pay[0] + first.changes.sum(axis=0)).tolist() == after.tolist()


def test_compare_shows_a_column_for_each_amendment_with_its_source(tmp_path: Path) -> None:
    files = written(tmp_path)
    text = CliRunner().invoke(app, ["compare", *files, "-m", "Urk", "--lang", "nl"]).stdout
    assert "De begroting en haar wijzigingen" in text
    assert "wijziging 1: Eerste wijziging (besluit van juni)" in text
    assert "wijziging 2: Tweede wijziging (besluit van december)" in text
    answer: dict[str, Any] = json.loads(CliRunner().invoke(app, ["compare", *files, "--json"]).stdout)
    (year, *_later) = answer["amendments"]["years"]
    assert len(year["total"]) == 3 and year["total"][2] == "0.00"
    urk = next(row for row in year["municipalities"] if row["name"] == "Urk")
    effects = [row for row in answer["comparisons"][1]["municipalities"] if row["name"] == "Urk"]
    assert sum(map(float, urk["amounts"][1:])) == float(effects[0]["effect"])


def test_the_table_has_every_member_and_year_and_comes_out_again(tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert CliRunner().invoke(app, ["compare", *written(tmp_path), "--out", str(out)]).exit_code == 0
    with (out / "amendments.csv").open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    assert {row["year"] for row in rows} == {"2020", "2021", "2022"}
    for row in rows:
        parts = [float(row[f"{name}_euros"]) for name in ("budget", "amendment_1", "amendment_2")]
        assert sum(parts) == float(row["amended_euros"])
    assert CliRunner().invoke(app, ["verify", str(out)]).exit_code == 0


def test_what_is_no_chain_has_no_such_table(tmp_path: Path) -> None:
    budget, first, second = map(read_scenario, written(tmp_path))
    assert amendments_of([budget, second]) is None
    assert amendments_of([second, first]) is None
    what_if = tmp_path / "wat-als.toml"
    what_if.write_text('title = "Wat als"\nextends = "wijziging-1.toml"\n', encoding="utf-8")
    assert read_scenario(str(what_if)).scenario.amendment is None
    assert amendments_of([budget, read_scenario(str(what_if))]) is None


def test_an_amendment_that_is_set_otherwise_is_still_that_amendment(tmp_path: Path) -> None:
    """The first is set at 1.200.000 instead of 1.100.000, and so the second as well."""
    budget, *others = written(tmp_path)
    changed = ("programmes.dienst.gross=1200000.00",)
    amendments = amendments_of([read_scenario(budget), *(read_scenario(file, settings=changed) for file in others)])
    assert amendments is not None
    totals = {year.year: [round(cents / 1_000_000) for cents in year.total] for year in amendments.years}
    assert totals == {2020: [100, 20, 0], 2021: [100, 20, 5], 2022: [100, 20, 5]}


def test_an_amendment_may_change_who_the_members_are(tmp_path: Path) -> None:
    budget, amended = tmp_path / "b.toml", tmp_path / "w.toml"
    members = 'members = ["Delft", "Urk"]\n'
    budget.write_text(BUDGET.replace("source ", f"{members}source "), encoding="utf-8")
    amended.write_text(
        'title = "Wijziging"\nextends = "b.toml"\namendment = 1\nsource = "x"\nmembers = ["Delft", "Dronten"]\n',
        encoding="utf-8",
    )
    amendments = amendments_of([read_scenario(str(file)) for file in (budget, amended)])
    assert amendments is not None
    (year, *_later) = amendments.years
    names = [municipality.name for municipality in year.population.municipalities]
    assert names == ["Urk", "Dronten", "Delft"]
    paid = (year.to_pay > 0).tolist()
    assert paid == [[True, False, True], [False, True, True]]


def test_the_workbook_has_a_sheet_of_each_year_that_adds_up(tmp_path: Path) -> None:
    files = written(tmp_path)
    outcome = CliRunner().invoke(app, ["compare", *files, "-o", str(tmp_path / "c.xlsx"), "--lang", "en"])
    assert outcome.exit_code == 0, outcome.output
    made = cells((tmp_path / "c.xlsx").read_bytes())
    sheets = {sheet for sheet, _row, _column in made}
    assert {"Amendments 2020", "Amendments 2021", "Amendments 2022"} <= sheets
    amendments = amendments_of([read_scenario(file) for file in files])
    assert amendments is not None
    of_2021 = amendments.years[1]
    row = next(
        row for sheet, row, column in made if made[sheet, row, column] == "GM0344" and sheet == "Amendments 2021"
    )
    shown = [made[place] for place in sorted(made) if place[:2] == ("Amendments 2021", row)][3:]
    position = of_2021.population.index["GM0344"]
    parts = of_2021.of(position)
    assert shown == [cents / 100 for cents in (*parts, sum(parts))]
