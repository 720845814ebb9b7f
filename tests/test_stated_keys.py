"""Every key of a scenario with where it was said, and a whole what-if on one screen: old → new."""

from __future__ import annotations

import json
from pathlib import Path
from zipfile import ZipFile

from msgspec.structs import replace
from typer.testing import CliRunner

import gguplan
from gguplan.commands.cli import app
from gguplan.fund.stated_keys import ChangedKey
from gguplan.inputs.scenario.stated_keys import changed_keys, stated_keys
from gguplan.language import set_language
from gguplan.wording.changes import changes_in_words


def shown(*words: str) -> str:
    outcome = CliRunner().invoke(app, ["scenario", "show", *words])
    assert outcome.exit_code == 0, outcome.output
    return outcome.stdout


def test_every_key_says_where_it_was_said(tmp_path: Path) -> None:
    file = tmp_path / "minder.toml"
    file.write_text(
        'title = "Minder"\nextends = "fonds-ggu-2020"\nsource = "voorstel"\n[programmes.fonds-ggu]\ngross = "-10%"\n',
        encoding="utf-8",
    )
    keys = {key.path: key for key in stated_keys(str(file))}
    assert keys["programmes.fonds-ggu.gross"].value == "47070000.00"
    assert keys["programmes.fonds-ggu.gross"].where.endswith("minder.toml:5")
    assert keys["programmes.fonds-ggu.vat"].where.endswith("fonds-ggu-2020.toml:19")
    [change] = [key for key in changed_keys(str(file)) if key.path.endswith("gross")]
    assert (change.old, change.new) == ("52300000.00", "47070000.00")


def test_the_whole_what_if_stands_on_one_screen() -> None:
    lines = shown("grote-steden-verlaten-de-hulplijn", "--changes").splitlines()
    assert [line.split("  (")[0] for line in lines[1:]] == [
        "opt_outs.luisterend-oor.settlement: refund → redistribute",
        "opt_outs.luisterend-oor.rate: 0.25 → –",
    ]
    assert lines[0].startswith(
        "opt_outs.luisterend-oor.municipalities: [Amsterdam, Rotterdam, Den Haag, Utrecht, Berkelland"
    )


def test_a_setting_is_a_change_and_a_scenario_without_one_has_none() -> None:
    changed = shown("fonds-ggu-2020", "--changes", "--set", "programmes.fonds-ggu.gross=+5%")
    assert changed == "programmes.fonds-ggu.gross: 52300000.00 → 54915000.00  (--set programmes.fonds-ggu.gross=+5%)\n"
    assert shown("fonds-ggu-2020", "--changes") == "Nothing is changed.\n"


def test_machines_get_every_key() -> None:
    keys = json.loads(shown("fonds-ggu-2020", "--json"))["keys"]
    assert {"path": "year", "value": "2020", "where": keys[2]["where"]} in keys


def test_documents_carry_what_a_scenario_changes_and_come_out_again(tmp_path: Path) -> None:
    """Half of the fund of 2020: one amount, old and new, on the page, in the workbook and in the paper."""
    change = "including VAT: €52,300,000.00 → €26,150,000.00"
    for command, name in (("page", "p.html"), ("run", "r.xlsx"), ("proposal", "v.md")):
        file = tmp_path / name
        words = [command, "half-fonds-ggu", "-o", str(file), "--lang", "en"]
        assert CliRunner().invoke(app, words).exit_code == 0
        shown = ZipFile(file).read("xl/sharedStrings.xml").decode() if name == "r.xlsx" else file.read_text("utf-8")
        assert change in shown, name
        assert "What differs from fonds-ggu-2020.toml" in shown
        assert CliRunner().invoke(app, ["verify", str(tmp_path / f"{name}.run.json")]).exit_code == 0


def test_what_differs_is_said_with_titles_amounts_and_words_on_page_paper_and_cover() -> None:
    """A key without words of its own is shown as it is written."""
    set_language("en")
    changed = (
        ChangedKey("programmes.a.gross", "100.00", "250.50", ""),
        ChangedKey("opt_outs.a.municipalities", "", "[Zwolle, Urk]", ""),
        ChangedKey("thresholds.a.otherwise", "", "not_levied", ""),
        ChangedKey("without", "", "[b]", ""),
        ChangedKey("opt_outs.a.settlement", "refund", "redistribute", ""),
        ChangedKey("opt_outs.a.leaves", "", "2027-07-01", ""),
        ChangedKey("members", "[Delft, Zwolle]", "[Delft, GM0603]", ""),
        ChangedKey("programmes.a.allocation.amounts.Delft", "300000.00", "250000.00", ""),
        ChangedKey("programmes.a.price", "181.2550", "190.0000", ""),
        ChangedKey("horizon.last", "2029", "2030", ""),
        ChangedKey("horizon.shortfall", "raise", "draw", ""),
        ChangedKey("horizon.indexation.between", "", "[1.5, 4.5]", ""),
        ChangedKey("horizon.programmes.a.realised.2026", "", "-5.00", ""),
        ChangedKey("reference_date_source", "assumed", "", ""),
        ChangedKey("programmes.a.kind", "project", "ceiling", ""),
        ChangedKey("programmes.a.cap.rise_percent", "", "10", ""),
        ChangedKey("programmes.a.income", "", "[a list]", ""),
    )
    fund_year = gguplan.run("fonds-ggu-2020").fund_year
    origin = replace(fund_year.origin, changed=changed)
    assert changes_in_words(replace(fund_year, origin=origin, titles={"a": "Helpline", "b": "AI"}))[1] == [
        "Budget of Helpline, including VAT: €100.00 → €250.50",
        "Who does not take part in Helpline: – → Zwolle, Urk",
        "Money of Helpline should too few take part: – → nobody is invoiced",
        "Left out: – → AI",
        "Settlement for who does not take part in Helpline: refund → not invoiced; the others pay the whole budget",
        "First day without Helpline for who leaves: – → 1 July 2027",
        "Members: Rijswijk (GM0603) as well; no longer Zwolle",
        "Amount of Delft in Helpline: €300,000.00 → €250,000.00",
        "Price per unit of Helpline, without VAT: €181.255 → €190.00",
        "Last year of the account: 2029 → 2030",
        "When a programme comes short: the contribution of the next year rises → the reserve of the fund pays",
        "How budgets rise, in per cent a year, between: – → 1.5 and 4.5",
        "Spent of Helpline in 2026, without VAT: – → -€5.00",
        "Helpline, kind of budget: project → ceiling",
        "Helpline, largest rise, in per cent: – → 10",
        "programmes.a.income: – → [a list]",
    ]
