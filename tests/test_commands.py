"""The commands as a user types them."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from gguplan.commands.cli import app
from gguplan.shipped import shipped_folder

COMMANDS = [
    ["run", "uitnamen-2017"],
    ["estimate", "Utrecht"],
    ["explain", "Utrecht"],
    ["scenario", "list"],
    ["scenario", "check", "uitnamen-2017"],
    ["population", "show"],
    ["population", "projection"],
    ["participation", "hulplijn-wordt-duurder", "--draws", "100"],
    ["reconcile"],
    ["forecast", "uitnamen-2017"],
    ["forecast", "--backtest"],
    ["compare", "uitnamen-2017", "grote-steden-verlaten-de-hulplijn"],
]


def gguplan(*words: str) -> str:
    """What a command writes to stdout, when all is well."""
    outcome = CliRunner().invoke(app, list(words))
    assert outcome.exit_code == 0, outcome.stderr
    assert outcome.stderr == ""
    return outcome.stdout


def test_help_names_every_command() -> None:
    shown = gguplan("--help")
    for name in ("run", "estimate", "explain", "participation", "reconcile", "scenario", "population"):
        assert f"  {name}" in shown


@pytest.mark.parametrize("width", [80, 160])
def test_the_list_of_scenarios_has_a_line_for_each(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    written = io.StringIO()
    monkeypatch.setattr("gguplan.reports.terminal.console.console", lambda: Console(file=written, width=width))
    gguplan("scenario", "list")
    heading, _line, *rows = written.getvalue().splitlines()
    names = sorted(file.stem for file in shipped_folder("scenarios").glob("*.toml"))
    assert sorted(row.split()[0] for row in rows if row.strip()) == names
    assert ("Extends" in heading) == (width == 160)


def test_the_version_is_shown() -> None:
    assert gguplan("--version").startswith("gguplan 0.")


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_speaks_both_languages(words: list[str]) -> None:
    english, dutch = (gguplan(*words, "--lang", language) for language in ("en", "nl"))
    assert english != dutch


@pytest.mark.parametrize("words", [*COMMANDS, ["scenario", "schema"]], ids=" ".join)
def test_every_command_writes_json(words: list[str]) -> None:
    json.loads(gguplan(*words, "--json"))


def test_the_bill_comes_first() -> None:
    assert gguplan("estimate", "Utrecht").splitlines()[0] == "Utrecht (GM0344) pays €1,067,857.76"


def test_a_bill_in_dutch_has_dutch_amounts() -> None:
    assert gguplan("estimate", "Utrecht", "--lang", "nl").splitlines()[0].endswith("€ 1.067.857,76")


def test_the_language_is_that_of_the_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "nl_NL.UTF-8")
    assert "€ 1.067.857,76" in gguplan("estimate", "Utrecht")


@pytest.mark.parametrize("name", ["Den Haag", "den haag", "'s-Gravenhage", "GM0518", "0518", "518"])
def test_a_municipality_may_be_named_in_any_of_its_ways(name: str) -> None:
    assert gguplan("estimate", name).startswith("'s-Gravenhage (GM0518) pays")


def test_a_name_of_several_words_needs_no_quotation_marks() -> None:
    assert gguplan("estimate", "Oude", "IJsselstreek") == gguplan("estimate", "Oude IJsselstreek")
    assert "\nFonds GGU 2020: 's-Gravenhage (GM0518) pays" in gguplan("explain", "Den", "Haag")


def test_a_bill_says_how_to_ask_for_the_next_four() -> None:
    """The newest inhabitants are those of 2026; the horizon of the other scenario is 2020 to 2024."""
    last = gguplan("estimate", "Zwolle").splitlines()[-1]
    assert last == "Other years: gguplan estimate GM0193 --scenario fonds-ggu-2020 --years 2027-2030"
    shown = gguplan(*last.split()[3:])
    assert all(f"\n{year} " in shown for year in range(2027, 2031))
    outcome = CliRunner().invoke(app, ["estimate", "Zwolle", "--scenario", "fonds-ggu-2020-2024"])
    assert outcome.stdout.splitlines()[-1].endswith("--years 2020-2024")
    assert gguplan("estimate", "Brielle").splitlines()[-1] == (
        "Other years: Brielle (GM0501) became part of Voorne aan Zee (GM1992) on 1 January 2023; write Voorne aan Zee."
    )


@pytest.mark.parametrize("words", [["run", "uitnamen-2017"], ["compare", "uitnamen-2017", "uitnamen-2017"]])
def test_what_is_changed_with_set_stands_above_the_figures(words: list[str]) -> None:
    shown = gguplan(*words, "--set", "opt_outs.luisterend-oor.settlement=redistribute")
    assert shown.splitlines()[1] == "Changed with --set: opt_outs.luisterend-oor.settlement=redistribute"


def test_provisional_inhabitants_are_called_so_wherever_they_are_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "population_data"
    own.mkdir()
    shutil.copy(shipped_folder("population_data") / "2026.csv", own)
    (own / "years.csv").write_text("year,municipalities,national_total,status,note\n2026,342,,provisional,\n")
    monkeypatch.chdir(tmp_path)
    later = ["--set", "reference_date=2026-01-01"]
    assert "(provisional)" in gguplan("run", "fonds-ggu-2020", *later)
    assert "(provisional)" in gguplan("estimate", "Utrecht", *later)
    assert "(provisional)" in gguplan("explain", "Utrecht", *later)
    assert json.loads(gguplan("run", "fonds-ggu-2020", "--json", *later))["population"]["status"] == "provisional"


def test_estimate_and_run_and_explain_agree() -> None:
    bill = json.loads(gguplan("estimate", "Zwolle", "--scenario", "uitnamen-2017", "--json"))
    whole = json.loads(gguplan("run", "uitnamen-2017", "--json"))
    (zwolle,) = (row for row in whole["municipalities"] if row["name"] == "Zwolle")
    tree = json.loads(gguplan("explain", "Zwolle", "--scenario", "uitnamen-2017", "--json"))
    assert bill["to_pay"] == zwolle["to_pay"] == f"{tree['cents'] / 100:.2f}"


def test_a_setting_changes_only_what_it_says() -> None:
    before = json.loads(gguplan("run", "uitnamen-2017", "--json"))
    after = json.loads(gguplan("run", "uitnamen-2017", "--json", "--set", "programmes.woz.gross=2000000.00"))
    changed = [
        new["programme"] for old, new in zip(before["programmes"], after["programmes"], strict=True) if old != new
    ]
    assert changed == ["woz"]
    assert after["settings"] == ["programmes.woz.gross=2000000.00"]


def test_run_writes_tidy_tables(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "tables"
    gguplan("run", "uitnamen-2017", "--out", str(folder))
    tables = {file.name: list(csv.DictReader(file.open(encoding="utf-8"))) for file in folder.glob("*.csv")}
    assert {name: len(rows) for name, rows in tables.items()} == {
        "programmes.csv": 21, "municipalities.csv": 388, "contributions.csv": 21 * 388, "opt_outs.csv": 10,
        "adjustments.csv": 0,
    }  # fmt: skip
    cents = sum(int(row["contribution_euros"].replace(".", "")) for row in tables["contributions.csv"])
    assert cents == sum(int(row["gross_euros"].replace(".", "")) for row in tables["programmes.csv"])


def test_tables_are_the_same_to_the_byte_each_time(tmp_path: Path) -> None:
    for name in ("one", "two"):
        gguplan("run", "uitnamen-2017", "--out", str(tmp_path / name))
    for file in (tmp_path / "one").iterdir():
        assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes()


def test_nothing_is_overwritten_unasked(tmp_path: Path) -> None:
    (tmp_path / "programmes.csv").write_text("mine")
    outcome = CliRunner().invoke(app, ["run", "--out", str(tmp_path)])
    assert outcome.exit_code == 2
    assert "there already" in outcome.stderr
    assert [file.name for file in tmp_path.iterdir()] == ["programmes.csv"]
    assert (tmp_path / "programmes.csv").read_text() == "mine"
    gguplan("run", "--out", str(tmp_path), "--force")
    assert (tmp_path / "programmes.csv").read_text().startswith("programme,")


def test_a_title_that_a_spreadsheet_would_run_is_made_text(tmp_path: Path) -> None:
    file = tmp_path / "s.toml"
    file.write_text(
        'title = "T"\nsource = "invented for a test"\nyear = 2020\nreference_date = 2020-01-01\n'
        '[programmes.a]\ntitle = "=1+1"\nvat = "none"\ngross = "1.00"\n'
    )
    gguplan("run", str(file), "--out", str(tmp_path / "out"))
    (row,) = csv.DictReader((tmp_path / "out" / "programmes.csv").open(encoding="utf-8"))
    assert row["title"] == "'=1+1"


def test_a_title_is_never_read_as_markup(tmp_path: Path) -> None:
    file = tmp_path / "s.toml"
    file.write_text(
        'title = "[red]T[/red]"\nsource = "[bold]x"\nyear = 2020\nreference_date = 2020-01-01\n'
        '[programmes.a]\ntitle = "[/]"\nvat = "none"\ngross = "1.00"\n'
    )
    assert "[red]T[/red]" in gguplan("run", str(file))
    assert "[/]" in gguplan("explain", "Utrecht", "--scenario", str(file))


def test_a_new_scenario_works_as_it_is(tmp_path: Path) -> None:
    for language in ("en", "nl"):
        own, extending = tmp_path / f"own-{language}.toml", tmp_path / f"extending-{language}.toml"
        gguplan("scenario", "new", str(own), "--lang", language)
        gguplan("scenario", "new", str(extending), "--extends", "uitnamen-2017", "--lang", language)
        gguplan("scenario", "check", str(own), str(extending))


def test_a_scenario_that_extends_and_changes_nothing_comes_to_the_same(tmp_path: Path) -> None:
    file = tmp_path / "same.toml"
    file.write_text('title = "Same"\nextends = "uitnamen-2017"\n')
    same, base = (json.loads(gguplan("run", name, "--json")) for name in (str(file), "uitnamen-2017"))
    assert same["municipalities"] == base["municipalities"]
    assert same["programmes"] == base["programmes"]


def test_another_fund_is_forecast_from_its_own_table(tmp_path: Path) -> None:
    """The Dutch state budget, 187 articles and more: tests/data/README.md. Nothing in the answer is NaN."""
    ledger = Path(__file__).parent / "data" / "nl_rijksbegroting.csv"
    outcome = gguplan("forecast", "--ledger", str(ledger), "--draws", "500", "--json", "--out", str(tmp_path / "out"))
    answer = json.loads(outcome)
    assert answer["year"] == 2020
    assert len(answer["programmes"]) > 100
    assert "NaN" not in outcome
    rows = list(csv.DictReader((tmp_path / "out" / "forecast.csv").open(encoding="utf-8")))
    assert len(rows) == len(answer["programmes"])
