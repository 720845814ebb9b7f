"""A cascade is beside every bill, not in it: each command says who would leave, in text, for machines and in files."""

from __future__ import annotations

import csv
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import gguplan
from gguplan.commands.cli import app
from gguplan.model.participation.overview import overview_of
from gguplan.model.result import RunResult
from gguplan.reports.before_cascades import cascades_in_words

SCENARIO = """
title = "Cascade"
year = 2026
reference_date = 2026-01-01
source = "verzonnen voor een test"
[programmes.a]
title = "Hulplijn"
gross = "5000000.00"
vat = "none"
"""
GIVEN = """
[cascades.a]
limits = { Amsterdam = "0.20", Rotterdam = "0.28", Utrecht = "0.29", Zwolle = "0.31" }
size_classes = [{ limit = "1.00" }]
source = "verzonnen voor een test"
"""
BEFORE = "These amounts are those before the cascade of Hulplijn: everybody who takes part now pays."
OUTCOME = "By its limits 3 of 342 municipalities leave (Amsterdam, Rotterdam, Utrecht); the others then pay €0.3099"
LEAVES = "Amsterdam leaves Hulplijn in round 1 of its cascade, when €0.2758 per inhabitant is asked."

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    monkeypatch.chdir(tmp_path)

    def make(*parts: str, name: str = "cascade.toml") -> Path:
        file = tmp_path / name
        file.write_text("".join((SCENARIO, *parts)), encoding="utf-8")
        return file

    return make


def result_of(file: Path) -> RunResult:
    return gguplan.run(file)


def printed_by(*words: str) -> str:
    outcome = CliRunner().invoke(app, [*words, "--lang", "en"])
    assert outcome.exit_code == 0, outcome.stderr
    return outcome.stdout


def test_given_limits_are_gone_through_round_by_round(write: Write) -> None:
    """€ 5.000.000 over 18.130.208 inhabitants is € 0,2758, more than the 20 cents of Amsterdam; without its 941.927 it
    is € 0,2909, more than the 28 and 29 cents of Rotterdam and Utrecht; then € 0,3099, less than Zwolle's 31 cents."""
    result = result_of(write(GIVEN))
    (leavers,) = result.leavers
    names = [municipality.name for municipality in result.population.municipalities]
    left = {name: number for name, number in zip(names, leavers.round_of_leaving.tolist(), strict=True) if number}
    assert left == {"Amsterdam": 1, "Rotterdam": 2, "Utrecht": 2}
    assert [round(leavers.rate(number), 4) for number in (1, 2, 3)] == [0.2758, 0.2909, 0.3099]
    assert int(result.to_pay[names.index("Amsterdam")]) == 25_976_729
    assert int(result.to_pay.sum()) == 500_000_000


@pytest.mark.parametrize("scenario", ["hulplijn-wordt-duurder", None])
def test_it_is_the_cascade_of_participation(scenario: str | None, write: Write) -> None:
    result = gguplan.run(scenario or write(GIVEN))
    (leavers,), overview = result.leavers, overview_of(result, 10_000, 1)
    assert leavers.cascade is not None
    (shown,) = overview.cascades.values()
    assert [cascade_round.leaving.tolist() for cascade_round in leavers.cascade.rounds] == [
        cascade_round.leaving.tolist() for cascade_round in shown.rounds
    ]


@pytest.mark.parametrize(
    ("cascade", "expected"),
    [
        ('size_classes = [{ limit = "1.00" }]', "By its limits nobody leaves."),
        ('size_classes = [{ limit = "0.01" }]', "By its limits all 342 municipalities leave."),
        (
            'limits = { Ameland = "0.01" }\nsize_classes = [{ limit = "9.00" }]',
            "By its limits 1 of 342 municipalities leaves (Ameland); the others go on paying",
        ),
        ('size_classes = [{ between = ["0.01", "0.02"] }]', "By the middle one of 10,000 draws of its limits (seed 1)"),
    ],
)
def test_what_comes_of_a_cascade_is_said_whatever_it_is(cascade: str, expected: str, write: Write) -> None:
    result = result_of(write(f'[cascades.a]\nsource = "verzonnen"\n{cascade}\n'))
    (text,) = cascades_in_words(result)
    assert text.startswith(f"{BEFORE} {expected}")
    assert text.endswith("See gguplan participation.")


@pytest.mark.parametrize(
    ("otherwise", "end"),
    [
        ('"not_levied"', "The programme lapses: nobody is invoiced."),
        ('"to_balance"', "The programme lapses: the balance of the fund gets its money."),
        ('"handed_over"', "The programme is handed over: its money goes to whoever takes it over."),
    ],
)
def test_a_threshold_that_is_no_longer_met_is_said_with_what_follows(otherwise: str, end: str, write: Write) -> None:
    threshold = f'[thresholds.a]\nmunicipalities = 340\notherwise = {otherwise}\nsource = "verzonnen"\n'
    file = write(GIVEN, threshold)
    (text,) = cascades_in_words(result_of(file))
    assert f"Too few are then left. {end}" in text
    assert f"Too few are then left. {end}" in printed_by("participation", str(file))


def test_a_cascade_that_cannot_be_worked_out_does_not_stop_a_bill_and_is_said(write: Write) -> None:
    file = write(GIVEN.replace("[cascades.a]", "[cascades.b]"), PER_TARIFF)
    text = printed_by("run", str(file))
    assert "before the cascade of Tarief" in text
    assert "It cannot be: 'b' is not divided pro rata to inhabitants: it has no one rate that rises." in text


PER_TARIFF = """
[programmes.b]
title = "Tarief"
vat = "none"
allocation = { key = "stepped", applies_to = "all", brackets = [{ rate = "0.10" }] }
"""


def test_without_a_cascade_nothing_is_said(write: Write) -> None:
    result = result_of(write())
    assert result.leavers == ()
    assert set(result.leaves_by_cascade) == {""}
    assert "cascade" not in printed_by("run", "cascade.toml").replace("Cascade", "").replace("cascade.toml", "")


# --- every command ---------------------------------------------------------------------------------

HORIZON = '[horizon]\nunderspend = "general"\nlast = 2027\nopening = "0.00"\nsource = "verzonnen voor een test"\n'
COMMANDS: dict[str, tuple[str, ...]] = {
    "run": ("run", "cascade.toml", "--top", "0"),
    "estimate": ("estimate", "Zwolle", "-s", "cascade.toml"),
    "estimate --years": ("estimate", "Zwolle", "-s", "cascade.toml", "--years", "2026"),
    "explain": ("explain", "Zwolle", "-s", "cascade.toml"),
    "compare": ("compare", "plain.toml", "cascade.toml", "--top", "0"),
    "horizon": ("horizon", "horizon.toml", "--draws", "100"),
    "sweep": ("sweep", "cascade.toml", "--vary", "programmes.a.gross=4000000.00:5000000.00:2"),
}


@pytest.fixture
def every_file(write: Write) -> None:
    write(name="plain.toml")
    write(GIVEN)
    write(GIVEN, HORIZON, name="horizon.toml")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_that_shows_who_pays_says_who_would_leave(name: str, every_file: None) -> None:
    for more in ((), ("--json",)):
        text = printed_by(*COMMANDS[name], *more)
        assert BEFORE in text
        assert OUTCOME in text
        if more:
            json.loads(text)


@pytest.mark.parametrize(
    "words",
    [
        ("run", "cascade.toml", "-m", "Amsterdam", "--top", "0"),
        ("estimate", "Amsterdam", "-s", "cascade.toml"),
    ],
)
def test_the_bill_of_who_leaves_says_so_beside_it(words: tuple[str, ...], every_file: None) -> None:
    assert LEAVES in printed_by(*words)


def test_the_sum_of_who_leaves_says_so_at_its_end(every_file: None) -> None:
    *_lines, last = printed_by("explain", "Amsterdam", "-s", "cascade.toml").splitlines()
    assert "By its limits this municipality leaves in round 1, when €0.2758 per inhabitant is asked." in last


def rows_of(file: Path) -> list[dict[str, Any]]:
    return list(csv.DictReader(file.open(encoding="utf-8")))


def test_files_say_who_leaves_in_a_column(every_file: None, tmp_path: Path) -> None:
    printed_by("run", "cascade.toml", "--out", "run")
    (programme,) = rows_of(tmp_path / "run" / "programmes.csv")
    assert programme["leave_by_cascade"] == "3"
    left = {row["name"]: row["leaves_by_cascade"] for row in rows_of(tmp_path / "run" / "municipalities.csv")}
    assert {name for name, programmes in left.items() if programmes == "a"} == {"Amsterdam", "Rotterdam", "Utrecht"}
    rounds = {row["name"]: row["leaves_in_round"] for row in rows_of(tmp_path / "run" / "contributions.csv")}
    assert (rounds["Amsterdam"], rounds["Utrecht"], rounds["Zwolle"]) == ("1", "2", "")
    printed_by("compare", "plain.toml", "cascade.toml", "--out", "compare")
    effects = rows_of(tmp_path / "compare" / "effects-1-cascade.csv")
    assert {row["leaves_by_cascade_baseline"] for row in effects} == {""}
    left = {row["name"]: row["leaves_by_cascade_scenario"] for row in effects}
    assert {name for name, programmes in left.items() if programmes == "a"} == {"Amsterdam", "Rotterdam", "Utrecht"}
    printed_by("horizon", "horizon.toml", "--draws", "100", "--out", "horizon")
    years = rows_of(tmp_path / "horizon" / "contributions.csv")
    assert [row["leave_by_cascade"] for row in years] == ["3", "3"]
    printed_by("sweep", *COMMANDS["sweep"][1:], "--out", "sweep.csv")
    assert {row["before_cascades_of"] for row in rows_of(tmp_path / "sweep.csv")} == {"a"}


def test_documents_say_it_beside_the_figures(every_file: None, tmp_path: Path) -> None:
    in_dutch = "Deze bedragen zijn die van vóór de cascade van Hulplijn"
    for words in (("run", "cascade.toml", "--out", "boek.xlsx"), ("page", "cascade.toml", "--out", "kaart.html")):
        outcome = CliRunner().invoke(app, [*words, "--lang", "nl"])
        assert outcome.exit_code == 0, outcome.stderr
    with zipfile.ZipFile(tmp_path / "boek.xlsx") as book:
        texts = book.read("xl/sharedStrings.xml").decode()
        sheets = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
    assert texts.count(in_dutch) >= 3  # the cover, and above the bill and the municipalities
    assert len(sheets) >= 3
    page = (tmp_path / "kaart.html").read_text(encoding="utf-8")
    assert f"<li>{in_dutch}" in page
    assert (
        f"{in_dutch}: iedereen die nu deelneemt, betaalt mee. Volgens de grenzen stapt deze gemeente er in ronde"
        in page
    )


def test_pictures_say_it_in_their_note(every_file: None, tmp_path: Path) -> None:
    printed_by("run", "cascade.toml", "--map", "map.svg")
    printed_by("compare", "plain.toml", "cascade.toml", "--chart", "effects.svg")
    printed_by("estimate", "Zwolle", "-s", "cascade.toml", "--years", "2025-2026", "--chart", "bill.svg")
    for name in ("map.svg", "effects.svg", "bill.svg"):
        assert "Cascades are not worked out in these amounts" in (tmp_path / name).read_text(encoding="utf-8"), name


@pytest.mark.parametrize(
    ("settlement", "rate"), [("shrink", None), ("refund", None), ("absorb", None), ("redistribute", "€0.0582")]
)
def test_a_cascade_starts_from_the_rate_that_the_bills_are_made_with(
    settlement: str, rate: str | None, write: Write
) -> None:
    """€ 1.000.000 over 18.130.208 inhabitants (CBS, 1 January 2026) is € 0,0552, and € 0,0582 without the 941.927 of
    Amsterdam where the others pay for it: only that is more than the € 0,0570 that Zwolle accepts."""
    file = write(
        f"""
        [programmes.p]
        title = "P"
        gross = "1000000.00"
        vat = "none"
        [opt_outs.p]
        municipalities = ["Amsterdam"]
        settlement = "{settlement}"
        [cascades.p]
        limits = {{ Zwolle = "0.0570" }}
        size_classes = [{{ limit = "1.00" }}]
        """
    )
    (sentence,) = cascades_in_words(result_of(file))
    assert (rate in sentence) if rate else ("nobody leaves" in sentence)


def test_a_programme_that_has_lapsed_has_no_cascade_any_more(write: Write) -> None:
    file = write(
        """
        [programmes.p]
        title = "P"
        gross = "1000000.00"
        vat = "none"
        [opt_outs.p]
        municipalities = ["Utrecht"]
        settlement = "shrink"
        [thresholds.p]
        municipalities = "all"
        otherwise = "not_levied"
        [cascades.p]
        size_classes = [{ limit = "0.05" }]
        """
    )
    assert cascades_in_words(result_of(file)) == []
