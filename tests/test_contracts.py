"""What binds later years, and which budgets lie after the end of a contract."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from gguplan.commands.cli import app
from gguplan.findings import InputError
from gguplan.inputs.ledger.ledger_files import load_ledger
from gguplan.shipped import shipped_folder
from tests.papers import paper

YEARS_AHEAD = """
[horizon]
last       = 2019
opening    = "0.00"
underspend = "general"
source     = "een proef"
"""


def horizon(folder: Path, text: str) -> list[str]:
    file = folder / "voorstel.toml"
    file.write_text(f'title = "Vooruit"\nextends = "uitnamen-2017"\nsource = "een proef"\n{text}', encoding="utf-8")
    outcome = CliRunner().invoke(app, ["horizon", str(file), "--draws", "100", "--json"])
    assert outcome.exit_code == 0, outcome.stderr
    answer: dict[str, Any] = json.loads(outcome.stdout)
    notes: list[str] = answer["notes"]
    return notes


def about(notes: list[str], words: str) -> list[str]:
    return [note for note in notes if words in note]


@pytest.mark.parametrize(
    ("programme", "last", "extended"),
    [
        ("akj", 2017, None),
        ("luisterend-oor", 2017, 2018),
        ("kindertelefoon", 2018, None),
        ("doventolk-leefdomein", 2018, None),
        ("opvoeden-nl", 2016, None),
    ],
)
def test_a_contract_ends_when_the_newest_report_says(programme: str, last: int, extended: int | None) -> None:
    contract = load_ledger().contract(programme)
    assert contract is not None
    assert (contract.last_year, contract.may_be_extended_to) == (last, extended)
    assert contract.sentence in CliRunner().invoke(app, ["ledger", "-p", programme]).stdout.replace("\n", " ")


def test_a_programme_of_the_ledger_is_warned_of_past_its_printed_contract(tmp_path: Path) -> None:
    past = about(horizon(tmp_path, YEARS_AHEAD), "the contract runs to the end of")
    assert {note.partition(":")[0] for note in past} == {
        "Stichting Advies- en Klachtenbureau Jeugdzorg",
        "24 uur telefonisch of elektronisch luisterend oor en advies",
        "Kindertelefoon",
        "Landelijke doventolkvoorziening leefdomein",
    }
    (child_line,) = about(past, "Kindertelefoon:")
    assert "to the end of 2018; no contract is behind the budget of 2019." in child_line
    assert "het contract loopt daarmee tot eind 2018" in child_line
    (helpline,) = about(past, "luisterend oor")
    assert "It may be extended to the end of 2018." in helpline


def test_what_the_scenario_says_goes_before_the_ledger_and_an_end_in_time_is_no_warning(tmp_path: Path) -> None:
    own = (
        "[horizon.programmes.kindertelefoon]\ncontract_ends = 2019\n[horizon.programmes.akj]\nends = 2017\n"
        "[horizon.programmes.ibd]\ncontract_ends = 2017\n"
    )
    past = about(horizon(tmp_path, YEARS_AHEAD + own), "the contract runs to the end of")
    assert not about(past, "Kindertelefoon:")
    (ibd,) = about(past, "IBD")
    assert "to the end of 2017; no contract is behind the budget of 2018–2019." in ibd


def test_what_is_promised_for_later_years_is_named_with_what_binds_it(tmp_path: Path) -> None:
    own = (
        '[horizon.programmes.ibd]\ncommitted = { 2017 = "1.00", 2018 = "1000.00", 2019 = "500.00" }\n'
        'committed_by = "ALV van juni 2016, vierde besluit"\n'
    )
    (note,) = about(horizon(tmp_path, YEARS_AHEAD + own), "promised for later years")
    assert "€1,000.00 in 2018 and €500.00 in 2019" in note
    assert note.endswith("What binds these years: ALV van juni 2016, vierde besluit.")


@pytest.mark.usefixtures("undrawn")
def test_a_proposal_asks_to_take_on_what_binds_later_years(tmp_path: Path) -> None:
    horizon(
        tmp_path,
        YEARS_AHEAD
        + '[horizon.programmes.ibd]\ncommitted = { 2018 = "1000.00" }\ncommitted_by = "ALV van juni 2016"\n',
    )
    text = paper(tmp_path, str(tmp_path / "voorstel.toml"), "--lang", "en").under("Decision asked")
    taken_on = (
        "to take on obligations for later years for Informatie Beveiligingsdienst (IBD), without VAT: €1,000.00 in"
    )
    assert f"{taken_on} 2018" in text
    assert "(ALV van juni 2016)" in text


def test_years_of_a_contract_that_do_not_follow_each_other_are_found(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(shipped_folder("ledger_data"), tmp_path / "ledger_data"))
    file = folder / "contracts.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("akj,2015,2016", "akj,2017,2016"), encoding="utf-8")
    with pytest.raises(InputError, match="do not follow each other"):
        load_ledger(folder)
