"""A repository of scenarios: the schema beside the files, and the check of each on GitHub and before a commit."""

from __future__ import annotations

import json
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from gguplan.commands.cli import app
from gguplan.findings import Finding, Place
from gguplan.inputs.scenario.new_scenario import SCHEMA_FILE, json_schema
from gguplan.reports.annotations import github_annotations
from tests.documentation.pages import DOCS

_WRONG = 'title = "Fund"\nyear = 2020\nsource = "invented"\nreference_date = 2020-01-01\nprogramma = 1\n'


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def gguplan(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def test_a_new_scenario_names_the_schema_beside_it() -> None:
    outcome = gguplan("scenario", "new", "scenarios/a.toml", "--json")
    written: dict[str, Any] = json.loads(outcome.stdout)
    assert (written["file"], written["schema"]) == ("scenarios/a.toml", f"scenarios/{SCHEMA_FILE}")
    first, *_rest = Path("scenarios/a.toml").read_text(encoding="utf-8").splitlines()
    assert first == f"#:schema ./{SCHEMA_FILE}"
    assert json.loads(Path(written["schema"]).read_text(encoding="utf-8")) == json_schema()


def test_the_same_schema_serves_every_scenario_of_a_folder_and_another_stays(here: Path) -> None:
    assert gguplan("scenario", "new", "a.toml").exit_code == 0
    before = (here / SCHEMA_FILE).stat()
    assert gguplan("scenario", "new", "b.toml", "--extends", "a.toml", "--lang", "nl").exit_code == 0
    after = (here / SCHEMA_FILE).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)

    # One of an earlier version makes place, and takes no --force, which would cover the scenario too.
    earlier = {**json_schema(), "description": "One year."}
    (here / SCHEMA_FILE).write_text(json.dumps(earlier))
    assert gguplan("scenario", "new", "a.toml").exit_code == 2
    assert json.loads((here / SCHEMA_FILE).read_text(encoding="utf-8")) == earlier
    assert gguplan("scenario", "new", "d.toml").exit_code == 0
    assert json.loads((here / SCHEMA_FILE).read_text(encoding="utf-8")) == json_schema()

    (here / SCHEMA_FILE).write_text("{}")
    refused = gguplan("scenario", "new", "c.toml")
    assert (refused.exit_code, f"{SCHEMA_FILE}\n  This file is there already." in refused.stderr) == (2, True)
    assert not (here / "c.toml").exists()
    assert gguplan("scenario", "new", "c.toml", "--force").exit_code == 0
    assert json.loads((here / SCHEMA_FILE).read_text(encoding="utf-8")) == json_schema()


def test_a_mistake_stands_at_its_line_of_a_pull_request(here: Path) -> None:
    (here / "a.toml").write_text(_WRONG, encoding="utf-8")
    outcome = gguplan("scenario", "check", "a.toml", "uitnamen-2017", "--format", "github")
    right, *marks = outcome.stdout.splitlines()
    assert (outcome.exit_code, right) == (2, "uitnamen-2017 is right.")
    findings = json.loads(gguplan("scenario", "check", "a.toml", "--json").stdout)["findings"]
    assert len(marks) == len(findings)
    (mark,) = [mark for mark in marks if "programma" in mark]
    assert mark.startswith("::error file=a.toml,line=5,col=1,endColumn=10,title=gguplan::There is no key 'programma'")
    assert "There is no key" in outcome.stderr


def test_an_amount_that_does_not_come_out_is_marked_too(here: Path) -> None:
    expected = 'title = "T"\nextends = "fonds-ggu-2020"\n[expected]\ntotal = "2.00"\n'
    (here / "a.toml").write_text(expected, encoding="utf-8")
    outcome = gguplan("scenario", "check", "a.toml", "--format", "github")
    assert outcome.exit_code == 1
    assert outcome.stdout.startswith("::error file=a.toml,line=4,")


def test_no_name_or_text_ends_a_mark_or_begins_another(here: Path) -> None:
    name = "a,b:c%.toml"
    (here / name).touch()
    finding = Finding(Place(name, 1, 2, 3), "50%\r\n::stop-commands::x", "do")
    nowhere = Finding(Place("--set a=1"), "what\x1b[0m", "do")
    assert github_annotations([finding, nowhere]) == [
        "::error file=a%2Cb%3Ac%25.toml,line=1,col=2,endColumn=5,title=gguplan::50%25%0D%0A::stop-commands::x%0Ado",
        "::error title=gguplan::--set a=1: what\N{REPLACEMENT CHARACTER}[0m%0Ado",
    ]


def test_findings_are_asked_for_in_one_form() -> None:
    outcome = gguplan("scenario", "check", "uitnamen-2017", "--format", "github", "--json")
    assert (outcome.exit_code, outcome.stderr.splitlines()[0]) == (2, "--format")


def test_the_hook_before_a_commit_is_a_command_that_takes_files() -> None:
    hooks = (DOCS.parent / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    (entry,) = re.findall(r"^  entry: gguplan (.*)$", hooks, re.MULTILINE)
    assert gguplan(*entry.split(), "uitnamen-2017", "fonds-ggu-2020").exit_code == 0


@pytest.mark.parametrize("file", ["", ".", "/"])
def test_a_new_scenario_is_no_folder_and_no_nothing(file: str) -> None:
    refused = gguplan("scenario", "new", file, "--force")
    assert refused.exit_code == 2
    assert refused.stderr.startswith("FILE\n  A folder, or nothing at all, is no file to write.\n")


@pytest.mark.parametrize("words", [("scenario", "schema"), ("scenario", "new", "-")], ids=" ".join)
def test_keys_that_python_leaves_unexplained_are_not_written(
    words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gguplan.findings.sys", SimpleNamespace(flags=SimpleNamespace(optimize=2)))
    outcome = gguplan(*words)
    assert (outcome.exit_code, outcome.stdout) == (2, "")
    assert "Without docstrings the keys of a scenario cannot be explained." in outcome.stderr
