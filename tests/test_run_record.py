"""What a command writes with --out can be computed again from the record beside it, and `verify` says whether it is
what it was; what it cannot certify it refuses."""

from __future__ import annotations

import getpass
import json
import math
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.main import get_command
from typer.testing import CliRunner, Result

from gguplan.commands.cli import app
from gguplan.findings import InputError
from gguplan.inputs.population import years
from gguplan.language import set_language
from gguplan.runs import verification
from gguplan.runs.outputs import COMMANDS as COMMANDS_WITH_A_RECIPE
from gguplan.runs.record import LARGEST_RECORD, canonical, read_record, sealed, sha256, written
from gguplan.runs.verification import verify
from gguplan.shipped import shipped_folder
from gguplan.wording.file_names import public_name

SCENARIO = """
title = "Voorstel"
year = 2017
reference_date = 2017-01-01
source = "invented for a test"

[programmes.hulplijn]
title = "Hulplijn"
gross = "1000000.00"
vat = "none"

[programmes.dkd]
title = "=1+1"
net = "10.00"
vat = "21%"

[opt_outs.hulplijn]
municipalities = ["Utrecht"]
settlement = "refund"
rate = "0.10"
reference_date = 2016-01-01
"""
EXTENDS = 'title = "Wat als"\nextends = "basis.toml"\nsource = "invented"\n[programmes.dkd]\nnet = "11.00"\n'
BY_COLUMN = """
title = "Naar woningen"
year = 2017
reference_date = 2017-01-01
source = "invented for a test"

[programmes.a]
title = "A"
gross = "500.00"
vat = "none"
allocation = { key = "column", file = "woningen.csv", column = "woningen" }
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with a scenario in it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "basis.toml").write_text(SCENARIO, encoding="utf-8")
    (tmp_path / "anders.toml").write_text(EXTENDS, encoding="utf-8")
    return tmp_path


def command(*words: str) -> Result:
    return CliRunner().invoke(app, words)


def done(*words: str) -> str:
    """What a command writes, when all is well."""
    outcome = command(*words)
    assert (outcome.exit_code, outcome.stderr) == (0, ""), outcome.output
    return outcome.stdout


def contents(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small run."""
    folder = tmp_path_factory.mktemp("finished")
    (folder / "basis.toml").write_text(SCENARIO, encoding="utf-8")
    assert command("run", str(folder / "basis.toml"), "--out", str(folder / "uit")).exit_code == 0
    set_language("en")
    return folder / "uit"


@pytest.fixture
def uit(folder: Path, finished: Path) -> Path:
    """A copy of the small run, in the folder ``uit`` of the working folder."""
    return Path(shutil.copytree(finished, folder / "uit"))


def resealed(file: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Change a record and give it the hashes that it should have: what somebody does who wants to deceive."""
    answer = json.loads(file.read_text(encoding="utf-8"))
    change(answer)
    for scenario in answer["scenarios"]:
        scenario["sha256"] = sha256(canonical(scenario["resolved"]))
    del answer["seal"]
    file.write_bytes(canonical({**answer, "seal": sha256(canonical(answer))}))


# --- identical -----------------------------------------------------------------------------------

COMMANDS = [
    [
        "run",
        "anders.toml",
        "--set",
        "programmes.hulplijn.rate=0.30",
        "--set",
        'opt_outs.hulplijn.municipalities=["Zwolle"]',
    ],
    ["run", "uitnamen-2017", "--lang", "nl"],
    ["compare", "uitnamen-2016", "uitnamen-2017", "anders.toml", "--set", "programmes.dkd.net=12.00"],
    ["forecast", "--draws", "100", "--seed", "7"],
    ["horizon", "isd-beheer", "--draws", "100"],
    ["estimate", "Zwolle", "--scenario", "basis.toml", "--years", "2017-2018"],
    ["sweep", "anders.toml", "--vary", "programmes.dkd.net=1.00:9.00:3", "-m", "Utrecht", "--draws", "100"],
    ["ledger", "2017"],
    ["page", "basis.toml", "anders.toml"],
]
FILES = [
    ["run", "anders.toml", "--municipality", "Zwolle", "--out", "boek.xlsx"],
    ["sweep", "basis.toml", "--vary", "opt_outs.hulplijn.rate=0.10:0.20:2", "--out", "varianten.csv"],
    ["sweep", "basis.toml", "--vary", "opt_outs.hulplijn.rate=0.10:0.20:2", "--out", "varianten.parquet"],
    ["page", "basis.toml", "--lang", "en", "--out", "bladzij.html"],
    ["proposal", "anders.toml", "--date", "2026-05-20", "--out", "voorstel.docx"],
]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_run_with_out_leaves_a_record_from_which_it_comes_out_again(folder: Path, words: list[str]) -> None:
    done(*words, "--out", "uit")
    before = contents(folder)
    assert done("verify", "uit").startswith("Identical: ")
    assert contents(folder) == before


@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize("words", FILES, ids=" ".join)
def test_one_file_has_its_record_beside_it(folder: Path, words: list[str]) -> None:
    """Another file in the same folder has another record, so no record goes over another."""
    file = words[-1]
    before = set(contents(folder))
    done(*words)
    assert set(contents(folder)) - before == {file, f"{file}.run.json"}
    again = command(*words)
    assert (again.exit_code, again.stdout) == (2, "")
    assert done("verify", file).startswith("Identical: 1 file comes out again")


def test_every_command_with_out_can_be_verified() -> None:
    """A command that writes results has a recipe, so that what it wrote can be made again."""
    program: Any = get_command(app)
    writing = {
        name for name, command in program.commands.items() if any("--out" in option.opts for option in command.params)
    }
    assert writing == set(COMMANDS_WITH_A_RECIPE)


def test_verdict_comes_in_both_languages_and_for_machines_by_folder_or_record(folder: Path) -> None:
    done("run", "basis.toml", "--lang", "nl", "--out", "uit")
    assert done("verify", "uit/run.json").startswith("Identical: 5 files come out again")
    assert done("verify", "uit", "--lang", "nl").startswith("Identiek: 5 bestanden")
    answer = json.loads(done("verify", "uit", "--json"))
    assert answer["identical"] is True
    assert {output["name"]: (output["on_disk"], output["comes_out"]) for output in answer["outputs"]} == {
        f"{name}.csv": ("identical", True)
        for name in ("programmes", "municipalities", "contributions", "opt_outs", "adjustments")
    }


@pytest.mark.parametrize("words", COMMANDS[0::4], ids=" ".join)
def test_the_same_inputs_give_the_same_bytes_wherever_and_whenever(
    folder: Path, words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    done(*words, "--out", "uit")
    elsewhere = folder / "map van Ánna"
    elsewhere.mkdir()
    for name in ("basis.toml", "anders.toml"):
        shutil.copy(name, elsewhere)
    monkeypatch.chdir(elsewhere)
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    monkeypatch.setenv("USER", "anna")
    done(
        *[str(elsewhere / word) if word.endswith(".toml") else word for word in words], "--out", str(elsewhere / "uit")
    )
    assert contents(elsewhere / "uit") == contents(folder / "uit")


def test_record_says_nothing_of_the_machine_the_user_or_the_time(folder: Path) -> None:
    done("run", str(folder / "anders.toml"), "--out", str(folder / "uit"))
    text = (folder / "uit" / "run.json").read_text(encoding="utf-8")
    for telling in (
        str(folder),
        folder.name,
        str(Path.home()),
        str(Path.cwd()),
        f'"{getpass.getuser()}"',
        "time",
        "/tmp",
    ):
        assert telling not in text


def test_record_says_what_went_in_and_what_came_out(folder: Path) -> None:
    done("run", "anders.toml", "--set", "programmes.dkd.net=12.00", "--out", "uit")
    record = read_record(folder / "uit" / "run.json")
    (scenario,) = record.scenarios
    assert (record.command, record.language, record.seed, record.draws) == ("run", "en", 1, 20_000)
    assert (scenario.name, scenario.settings) == ("anders.toml", ("programmes.dkd.net=12.00",))
    assert [file.name for file in scenario.files] == ["anders.toml", "basis.toml"]
    assert [file.sha256 for file in scenario.files] == [
        sha256((folder / file.name).read_bytes()) for file in scenario.files
    ]
    dkd: Any = scenario.resolved["programmes"]
    assert dkd["dkd"] == {"title": "=1+1", "net": "12.00", "vat": "21%", "source": "set on the command line"}
    assert scenario.resolved["reference_date"] == {"$date": "2017-01-01"}
    shipped = (shipped_folder("population_data") / "2017.csv").read_bytes()
    assert record.data["population_data/2017.csv"] == sha256(shipped)
    assert {"Python", "gguplan", "gguplan code", "numpy", "scipy", "pandas"} <= set(record.versions)
    assert record.outputs == {
        name: sha256(content) for name, content in contents(folder / "uit").items() if name != "run.json"
    }
    assert {f"{name}.csv": table for name, table in scenario.tables.items()} == record.outputs


def test_draws_and_seed_stand_in_the_record(folder: Path) -> None:
    done("forecast", "--draws", "100", "--seed", "7", "--out", "uit")
    record = read_record(folder / "uit" / "run.json")
    assert (record.draws, record.seed) == (100, 7)
    assert "(100 draws, seed 7)" in done("verify", "uit")


def test_no_number_in_a_record_is_rounded(folder: Path) -> None:
    done("run", "uitnamen-2017", "--out", "uit")
    json.loads((folder / "uit" / "run.json").read_text(encoding="utf-8"), parse_float=pytest.fail)


@pytest.mark.parametrize(
    ("expected", "sentence"),
    [("", "nothing"), ('[expected]\ntotal = "1000012.10"\n', "met"), ('[expected]\ntotal = "1.00"\n', "unmet")],
)
def test_record_says_whether_what_was_expected_came_out(folder: Path, expected: str, sentence: str) -> None:
    (folder / "basis.toml").write_text(SCENARIO + expected, encoding="utf-8")
    assert command("run", "basis.toml", "--out", "uit").exit_code == (1 if sentence == "unmet" else 0)
    assert read_record(folder / "uit" / "run.json").scenarios[0].expected == sentence
    outcome = done("verify", "uit")
    assert ("At the run, what the scenario expects did not come out." in outcome) == (sentence == "unmet")


# --- the scenario is in the record ---------------------------------------------------------------


def test_run_comes_out_again_when_its_scenario_is_gone(folder: Path) -> None:
    done("run", "anders.toml", "--out", "uit")
    for name in ("anders.toml", "basis.toml"):
        (folder / name).unlink()
    assert done("verify", "uit").startswith("Identical: 5 files")


def test_scenario_that_changed_since_is_told_and_makes_no_difference(folder: Path) -> None:
    done("run", "anders.toml", "--out", "uit")
    (folder / "basis.toml").write_text(SCENARIO.replace("1000000.00", "1.00"), encoding="utf-8")
    outcome = done("verify", "uit")
    assert outcome.startswith("Identical: 5 files")
    assert "• scenario: basis.toml; verified is what it said at the run" in outcome


# --- files that the user brings ------------------------------------------------------------------


@pytest.fixture
def divided_by_dwellings(folder: Path) -> Path:
    rows = [
        f"{municipality.gm_code},{100 + place}"
        for place, municipality in enumerate(years.load_population(2017).municipalities)
    ]
    (folder / "woningen.csv").write_text("\n".join(["gm_code,woningen", *rows]), encoding="utf-8")
    (folder / "kolom.toml").write_text(BY_COLUMN, encoding="utf-8")
    done("run", "kolom.toml", "--out", "uit")
    return folder


def test_weights_are_read_again_from_the_working_folder_or_beside_the_record(divided_by_dwellings: Path) -> None:
    assert done("verify", "uit").startswith("Identical")
    (divided_by_dwellings / "woningen.csv").rename(divided_by_dwellings / "uit" / "woningen.csv")
    assert done("verify", "uit").startswith("Identical")


@pytest.mark.parametrize(("change", "what"), [(True, "is not what it was"), (False, "is not there")])
def test_run_whose_weights_are_gone_or_changed_is_refused(divided_by_dwellings: Path, change: bool, what: str) -> None:
    file = divided_by_dwellings / "woningen.csv"
    text = file.read_text(encoding="utf-8")
    file.unlink()
    if change:
        file.write_text(text.replace(",100", ",101"), encoding="utf-8")
    outcome = command("verify", "uit")
    assert outcome.exit_code == 2
    assert "woningen.csv" in outcome.stderr
    assert what in outcome.stderr


def test_history_that_the_user_brings_must_be_what_it_was(folder: Path) -> None:
    (folder / "eigen.csv").write_text(
        "programme,year,budget,realised\na,2015,100,90\na,2016,100,95\nb,2015,50,50\nb,2016,60,55\n", encoding="utf-8"
    )
    written = command("forecast", "--ledger", str(folder / "eigen.csv"), "--draws", "100", "--out", "uit")
    assert written.exit_code == 0
    assert "budgets together €310.00, realised €290.00" in written.stderr
    assert done("verify", "uit").startswith("Identical")
    (folder / "eigen.csv").write_text("programme,year,budget,realised\na,2015,100,91\n", encoding="utf-8")
    assert command("verify", "uit").exit_code == 2
    (folder / "eigen.csv").unlink()
    assert "'eigen.csv', which the run used, is not there" in command("verify", "uit").stderr


# --- different -----------------------------------------------------------------------------------


def different(*says: str) -> None:
    outcome = command("verify", "uit")
    assert (outcome.exit_code, outcome.stderr) == (1, "")
    for text in says:
        assert text in outcome.stdout


def test_file_that_changed_is_gone_or_is_a_link_is_told(folder: Path, uit: Path) -> None:
    out = folder / "uit"
    (out / "programmes.csv").write_bytes((out / "programmes.csv").read_bytes() + b"\n")
    (out / "opt_outs.csv").unlink()
    (out / "municipalities.csv").rename(folder / "municipalities.csv")
    (out / "municipalities.csv").symlink_to(folder / "municipalities.csv")
    different(
        "Not identical: 3 of 5 files differ.\n",
        "programmes.csv was changed after the run.\n",
        "opt_outs.csv is not there any more.\n",
        "municipalities.csv is a link to another file.\n",
    )
    assert "comes out differently" not in command("verify", "uit").stdout


def own_year(folder: Path, change: Callable[[str], str]) -> None:
    """Replace the inhabitants of 2017 by the user's own, changed."""
    shipped = shipped_folder("population_data")
    own = folder / "population_data"
    own.mkdir()
    lines = (shipped / "years.csv").read_text(encoding="utf-8").splitlines()
    rows = [line for line in lines if line.startswith(("year", "2017"))]
    (own / "years.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (own / "2017.csv").write_text(change((shipped / "2017.csv").read_text(encoding="utf-8")), encoding="utf-8")
    for name in ("mergers.csv", "aliases.csv"):
        shutil.copy(shipped / name, own)
    years.forget()


def test_data_that_changed_are_named_with_the_files_that_come_out_differently(folder: Path, uit: Path) -> None:
    own_year(folder, lambda text: text.replace("Utrecht,Utrecht,343038", "Utrecht,Utrecht,343039"))
    different(
        "municipalities.csv comes out differently now.\n",
        "What municipalities pay in the scenario comes out differently.\n",
        "Changed since the run:\n",
        "• data: ./population_data/2017.csv\n",
    )


def test_data_that_changed_without_a_difference_are_told(folder: Path, uit: Path) -> None:
    own_year(folder, lambda text: text)
    outcome = done("verify", "uit")
    assert outcome.startswith("Identical: 5 files come out again, byte for byte.\n")
    assert "Changed since the run, without a difference:\n" in outcome
    assert "• data: ./population_data/2017.csv\n" in outcome


def test_run_that_present_data_cannot_make_is_refused_with_what_changed(folder: Path, uit: Path) -> None:
    own_year(folder, lambda text: text.replace("GM0344,Utrecht,Utrecht,343038\n", ""))
    outcome = command("verify", "uit")
    assert outcome.exit_code == 2
    assert "cannot be computed again" in outcome.stderr
    assert "./population_data/2017.csv" in outcome.stderr
    assert '"Utrecht"' in outcome.stderr


def test_version_that_changed_is_told(folder: Path, uit: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record = read_record(folder / "uit" / "run.json")
    now = record.versions | {"numpy": "99.0", "gguplan code": "0" * 64}
    monkeypatch.setattr(verification, "versions", lambda: now)
    outcome = done("verify", "uit")
    assert outcome.startswith("Identical: ")
    assert f"• version of numpy: {record.versions['numpy']}, now 99.0\n" in outcome
    assert "• the code of gguplan\n" in outcome


def test_file_that_is_written_otherwise_is_told_from_figures_that_differ(
    folder: Path, uit: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gguplan.runs.outputs import run

    usual = run.files
    monkeypatch.setattr(run, "files", lambda result, request: usual(result, request) | {"programmes.csv": b"otherwise"})
    different(
        "Not identical: 1 of 5 files differ.\n",
        "programmes.csv comes out differently now.\n",
        "What every municipality pays in the scenario comes out the same.\n",
        "Of what the record keeps nothing changed: another machine computes it otherwise.\n",
    )


# --- one folder, one record ----------------------------------------------------------------------


def test_record_of_another_command_is_not_overwritten_even_when_asked(folder: Path) -> None:
    done("run", "basis.toml", "--out", "uit")
    before = contents(folder)
    assert command("run", "basis.toml", "--out", "uit").exit_code == 2
    outcome = command("compare", "basis.toml", "anders.toml", "--out", "uit", "--force")
    assert outcome.exit_code == 2
    assert "The record of gguplan run stands here." in outcome.stderr
    assert contents(folder) == before
    done("run", "anders.toml", "--out", "uit", "--force")
    assert done("verify", "uit").startswith("Identical")


# --- what cannot be certified --------------------------------------------------------------------


def refused(folder: Path, run: str = "uit") -> str:
    """What is said of a run that cannot be certified; nothing in the folder changes."""
    before = contents(folder)
    outcome = command("verify", run)
    assert (outcome.exit_code, outcome.stdout) == (2, ""), outcome.output
    assert outcome.exception is None or isinstance(outcome.exception, SystemExit)
    assert contents(folder) == before
    return outcome.stderr


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe{}",
        b"[]",
        b"null",
        b'{"gguplan_run": 2}',
        b'{"gguplan_run": 2, "gguplan_run": 2}',
        b'{"gguplan_run": NaN}',
        b'{"gguplan_run": true, "command": "run"}',
        b'{"gguplan_run": 2, "command": "\\ud800"}',
        b'{"gguplan_run": ' + b"9" * 5_000 + b"}",
        b'{"gguplan_run": 2, "arguments": ' + b'{"a": ' * 60 + b"1" + b"}" * 60 + b"}",
        b'{"gguplan_run": 2, "arguments": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    ],
    ids=lambda content: content[:40].decode(errors="replace"),
)
def test_what_is_no_record_is_refused(folder: Path, content: bytes) -> None:
    (folder / "uit").mkdir()
    (folder / "uit" / "run.json").write_bytes(content)
    assert "record" in refused(folder)


def test_record_larger_than_any_is_not_read(folder: Path) -> None:
    with (folder / "run.json").open("wb") as file:
        file.truncate(LARGEST_RECORD + 1)
    assert "larger than any record" in command("verify", "run.json").stderr


def test_record_that_is_a_link_is_refused(folder: Path, uit: Path) -> None:
    (folder / "ergens").mkdir()
    (folder / "ergens" / "run.json").symlink_to(folder / "uit" / "run.json")
    assert "This is a link" in refused(folder, "ergens")


def _set(*path: str | int, to: object) -> Callable[[dict[str, Any]], object]:
    def change(record: Any) -> None:
        for part in path[:-1]:
            record = record[part]
        record[path[-1]] = to

    return change


RESOLVED = ("scenarios", 0, "resolved")


@pytest.mark.parametrize(
    "change",
    [
        _set("outputs", "../buiten.csv", to="0" * 64),
        _set("outputs", "/etc/passwd", to="0" * 64),
        _set("outputs", "..", to="0" * 64),
        _set("outputs", "a\\b", to="0" * 64),
        _set("outputs", to={}),
        _set("outputs", "programmes.csv", to="no hash"),
        _set("command", to="population"),
        _set("command", to="../run"),
        _set("command", to="asked"),
        _set("arguments", to={"out": "/tmp/x"}),
        _set("arguments", to={"seed": 3}),
        _set("seed", to=-3),
        _set("draws", to=-1),
        _set("scenarios", to=[]),
        _set("scenarios", 0, "name", to="../basis.toml"),
        _set("scenarios", 0, "weights", to={"hulplijn": {"file": "../../etc/passwd", "sha256": "0" * 64}}),
        _set("scenarios", 0, "not_levied", to=["no such"]),
        _set("brought", to={"ledger": {"name": "../geheim.csv", "sha256": "0" * 64}}),
        _set("brought", to={"ledger": {"name": "geheim.csv", "sha256": "0" * 64}}),
        _set(*RESOLVED, to={}),
        _set(*RESOLVED, "title", to=7),
        _set(*RESOLVED, "ledger", to=1950),
        _set(*RESOLVED, "ledger", to="2017"),
        _set(*RESOLVED, "programmes", to=[]),
        _set(*RESOLVED, "programmes", "hulplijn", to="x"),
        _set(*RESOLVED, "programmes", "hulplijn", "gross", to=1e300),
        _set(*RESOLVED, "programmes", "hulplijn", "gross", to="-1.00"),
        _set(*RESOLVED, "programmes", "hulplijn", "rate", to="0.25"),
        _set(*RESOLVED, "programmes", "hulplijn", "allocation", to={"key": "column", "file": "x.csv", "column": "a"}),
        _set(*RESOLVED, "reference_date", to={"$date": "2017-13-45"}),
        _set(*RESOLVED, "reference_date", to="2017-01-01"),
        _set(*RESOLVED, "opt_outs", "hulplijn", "municipalities", to=["=cmd|' /C calc'!A0"]),
        _set("more", to=1),
    ],
)
def test_record_made_to_deceive_is_refused(folder: Path, uit: Path, change: Callable[[dict[str, Any]], object]) -> None:
    (folder / "geheim.csv").write_text("programme,year,budget,realised\nsecret,2015,1,1\n", encoding="utf-8")
    resealed(folder / "uit" / "run.json", change)
    assert "secret" not in refused(folder)


def test_record_that_says_another_amount_is_told_from_the_files_even_when_it_is_resealed(
    folder: Path, uit: Path
) -> None:
    resealed(folder / "uit" / "run.json", _set(*RESOLVED, "programmes", "hulplijn", "gross", to="1000001.00"))
    different("programmes.csv comes out differently now.\n")


def test_record_that_is_resealed_as_it_was_is_the_same_record(folder: Path, uit: Path) -> None:
    before = contents(folder)
    resealed(folder / "uit" / "run.json", _set("gguplan_run", to=2))
    assert contents(folder) == before


def test_record_is_written_in_one_way_only(folder: Path, uit: Path) -> None:
    file = folder / "uit" / "run.json"
    record = read_record(file)
    assert written(record) == file.read_bytes()
    assert sealed(record.model_dump(mode="json", exclude={"seal"})) == record
    file.write_text(json.dumps(json.loads(file.read_text(encoding="utf-8"))), encoding="utf-8")
    assert "damaged or changed" in refused(folder)


# --- any byte ------------------------------------------------------------------------------------


@given(place=st.floats(0, 1, exclude_max=True), bits=st.integers(1, 255))
@settings(max_examples=300)
def test_any_flipped_byte_in_a_record_is_refused(finished: Path, place: float, bits: int) -> None:
    file = finished / "run.json"
    whole = file.read_bytes()
    flipped = bytearray(whole)
    flipped[math.floor(place * len(whole))] ^= bits
    damaged = finished / "damaged.run.json"
    damaged.write_bytes(flipped)
    with pytest.raises(InputError):
        read_record(damaged)
    damaged.unlink()


@given(name=st.sampled_from(["programmes.csv", "municipalities.csv", "opt_outs.csv", "contributions.csv"]),
       place=st.floats(0, 1, exclude_max=True), bits=st.integers(1, 255))  # fmt: skip
@settings(max_examples=15)
def test_any_flipped_byte_in_a_file_is_told(finished: Path, name: str, place: float, bits: int) -> None:
    file = finished / name
    whole = file.read_bytes()
    flipped = bytearray(whole)
    flipped[math.floor(place * len(whole))] ^= bits
    file.write_bytes(flipped)
    verification = verify(finished)
    file.write_bytes(whole)
    assert not verification.identical
    assert [output.name for output in verification.outputs if not output.identical] == [name]


def test_name_of_a_file_says_nothing_of_its_folder_and_steers_no_screen() -> None:
    assert public_name("/home/anna/voor\nstel:1.xlsx") == "voor_stel_1.xlsx"
    assert public_name(Path("basis.toml")) == "basis.toml"
