"""What is taken along from the workbench: scenarios that are saved and opened, and long answers and files."""

from __future__ import annotations

import html
import io
import json
import time
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

import numpy as np
import pytest
from typer.testing import CliRunner

import gguplan
from gguplan.commands.cli import app
from gguplan.language import written_in
from gguplan.wording.amounts import format_euros
from gguplan.workbench.long.asking import task_of
from gguplan.workbench.long.jobs import LEFT_AFTER
from gguplan.workbench.long.task import Done, Kind
from gguplan.workbench.long.work import outcome_of
from tests.chromium import wait_for
from tests.workbenches import Visitor, open_workbench

CHANGES = {
    "a budget": ["programmes.ibd.gross=2100000.00"],
    "another way to say a budget": ["programmes.ibd.rate=0.15"],
    "a part of a budget": ["programmes.ibd.gross=-10%", "programmes.dkd.gross=+1000.00"],
    "programmes left out": ['without=["dkd", "ibd"]'],
    "a settlement": ["opt_outs.luisterend-oor.settlement=redistribute"],
    "names with quotes and accents": [
        'opt_outs.luisterend-oor.municipalities=["\'s-Gravenhage", "Súdwest-Fryslân", "GM0344"]'
    ],
    "an opt-out that is new": [
        'opt_outs.ibd.municipalities=["Utrecht"]', "opt_outs.ibd.settlement=shrink", "opt_outs.ibd.leaves=2017-07-01",
    ],
    "an allocation key": ['programmes.ibd.allocation={ key = "fixed_plus_inhabitants", fixed = "500.00" }'],
    "another year": ["year=2018"],
    "another date": ["reference_date=2016-01-01"],
    "a threshold": ["thresholds.ibd.municipalities=all", "thresholds.ibd.otherwise=not_levied"],
    "a title": ['title="Wat als \\"alles\\" <b>anders</b> gaat"'],
    "years ahead": ["horizon.last=2020", "horizon.opening=1000000.00", "horizon.underspend=general"],
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("scenarios")


@pytest.fixture(scope="module")
def visitor(folder: Path) -> Iterator[Visitor]:
    with open_workbench(folder=folder) as visitor:
        yield visitor


def address(*settings: str, base: str = "uitnamen-2017", **more: str) -> str:
    fields = [("scenario", base), *(("set", setting) for setting in settings), ("lang", "en"), *more.items()]
    return urlencode(fields)


def saved(visitor: Visitor, place: str, **more: Any) -> Any:
    reply = visitor.post("/save", address=place, title="Wat als", source="A working group", **more)
    assert reply.status == 200, reply.text
    return reply.json


# --- scenarios -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", CHANGES)
def test_a_saved_scenario_gives_the_same_cents(visitor: Visitor, name: str, tmp_path: Path) -> None:
    settings = CHANGES[name]
    text = saved(visitor, address(*settings))["text"]
    file = tmp_path / "voorstel.toml"
    file.write_text(text, encoding="utf-8")
    answer = visitor.workbench.bench
    (worked,) = answer.answer(_state(address(*settings))).variants
    result = gguplan.run(file)
    assert result.population.municipalities == worked.result.population.municipalities
    assert np.array_equal(result.to_pay, worked.result.to_pay)
    assert result.totals == worked.result.totals


def _state(place: str) -> Any:
    from gguplan.workbench.state import state_at

    return state_at(place, "uitnamen-2017")


@pytest.mark.parametrize("name", CHANGES)
def test_a_saved_scenario_that_is_opened_gives_the_same_cents(visitor: Visitor, name: str) -> None:
    text = saved(visitor, address(*CHANGES[name]))["text"]
    opened = visitor.act(address(), "open", text=text)
    assert opened.status == 200, opened.text
    bench = visitor.workbench.bench
    before, after = (bench.answer(_state(place)) for place in (address(*CHANGES[name]), opened.json["address"]))
    assert not after.worked.wrong
    assert np.array_equal(before.worked.result.to_pay, after.worked.result.to_pay)


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_saved_scenario_holds_only_what_differs_with_its_source(visitor: Visitor, language: str) -> None:
    place = address("programmes.ibd.gross=2100000.00", 'without=["dkd"]').replace("lang=en", f"lang={language}")
    text = saved(visitor, place)["text"]
    assert text == (
        'title   = "Wat als"\nextends = "uitnamen-2017"\nsource  = "A working group"\n\n'
        'without = ["dkd"]\n\n[programmes.ibd]\ngross = "2100000.00"\n'
    )


@pytest.mark.parametrize("field", ["title", "source"])
def test_a_scenario_without_a_title_or_a_source_is_not_saved(visitor: Visitor, field: str) -> None:
    texts = {"title": "Wat als", "source": "A working group", field: "  "}
    reply = visitor.post("/save", address=address("programmes.ibd.gross=2100000.00"), **texts)
    assert reply.status == 400
    assert reply.json["places"] == [f"save-{field}"]
    assert reply.json["findings"][0].startswith(f"A saved scenario needs a {field}.")


def test_a_scenario_with_a_mistake_is_not_saved(visitor: Visitor) -> None:
    reply = visitor.post("/save", address=address("programmes.ibd.gross=x"), title="a", source="b")
    assert reply.status == 400
    assert "A change is wrong" in reply.text


@pytest.mark.parametrize(
    "name",
    [
        "../buiten.toml", "/tmp/buiten.toml", "a/b.toml", "a\\b.toml", ".toml", "..toml", "voorstel", "voorstel.txt",
        "a..b.toml", "con\u0000.toml", "-.toml", " .toml", "é.toml", "x" * 150 + ".toml",
    ],
)  # fmt: skip
def test_nothing_is_written_outside_the_folder(visitor: Visitor, folder: Path, name: str) -> None:
    before = sorted(folder.parent.rglob("*.toml"))
    reply = visitor.post("/save", address=address("year=2018"), title="a", source="b", name=name)
    assert reply.status == 400
    assert reply.json["places"] == ["request" if "\0" in name else "save-name"]
    assert sorted(folder.parent.rglob("*.toml")) == before


def test_a_file_is_overwritten_only_when_that_is_asked(visitor: Visitor, folder: Path) -> None:
    assert saved(visitor, address("programmes.ibd.gross=1.00"), name="een.toml")["written"] == "Saved: een.toml"
    first = (folder / "een.toml").read_bytes()
    fields = {"address": address("programmes.ibd.gross=2.00"), "title": "a", "source": "b", "name": "een.toml"}
    reply = visitor.post("/save", **fields)
    assert reply.status == 400
    assert "This file is there already." in reply.text
    assert (folder / "een.toml").read_bytes() == first
    assert visitor.post("/save", **fields, overwrite=True).status == 200
    assert b'gross = "2.00"' in (folder / "een.toml").read_bytes()


def test_a_link_in_the_folder_leads_nowhere(visitor: Visitor, folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "buiten.toml"
    outside.write_text("mine", encoding="utf-8")
    (folder / "link.toml").symlink_to(outside)
    fields = {"address": address("year=2018"), "title": "a", "source": "b", "name": "link.toml", "overwrite": True}
    assert visitor.post("/save", **fields).status == 400
    assert outside.read_text(encoding="utf-8") == "mine"
    (folder / "link.toml").unlink()


def test_what_was_saved_in_the_folder_can_be_started_from(visitor: Visitor) -> None:
    saved(visitor, address("programmes.ibd.gross=3000000.00"), name="twee.toml")
    reply = visitor.act(address(), "start", value="twee.toml")
    assert dict(parse_qsl(reply.json["address"]))["scenario"] == "twee.toml"
    assert "3,000,000.00" in reply.json["fragments"]["levers-programmes.ibd"] or (
        "3000000.00" in reply.json["fragments"]["levers-programmes.ibd"]
    )


def test_a_saved_scenario_finds_its_base_or_says_where_to_put_it(tmp_path: Path) -> None:
    base = tmp_path / "within" / "mijn.toml"
    base.parent.mkdir()
    base.write_text('title = "Mijn"\nextends = "uitnamen-2017"\nsource = "brief"\nwithout = ["dkd"]\n', "utf-8")
    (tmp_path / "elsewhere").mkdir()
    place = address("programmes.ibd.gross=2100000.00", base="mijn.toml")
    together = "It extends mijn.toml: put the two in one folder."
    with open_workbench(str(base), folder=tmp_path) as visitor:
        downloaded = saved(visitor, place)
        assert 'extends = "mijn.toml"' in downloaded["text"]
        assert downloaded["written"] == together
        reply = saved(visitor, place, name="voorstel.toml")
        assert reply["written"] == "Saved: voorstel.toml"
        (worked,) = visitor.workbench.bench.answer(_state(place)).variants
        assert np.array_equal(gguplan.run(tmp_path / "voorstel.toml").to_pay, worked.result.to_pay)
        opened = visitor.act(address(base="mijn.toml"), "open", text=reply["text"]).json["address"]
        assert opened.startswith("scenario=mijn.toml&") and "programmes.ibd.gross" in opened
        unknown = reply["text"].replace("within/", "elsewhere/")
        assert visitor.act(address(base="mijn.toml"), "open", text=unknown).status == 400
    with open_workbench(str(base), folder=tmp_path / "elsewhere") as visitor:
        assert saved(visitor, place, name="voorstel.toml")["written"] == f"Saved: voorstel.toml {together}"
        # Where its base is not found, nothing can start from it.
        assert "voorstel.toml" not in visitor.workbench.bench.bases.names


def test_a_file_without_a_name_is_named_after_its_title(visitor: Visitor) -> None:
    names = {"Één stad eruit: 2028?": "een-stad-eruit-2028.toml", "€": "voorstel.toml"}
    for title, name in names.items():
        reply = visitor.post("/save", address=address(), title=title, source="A working group")
        assert reply.json["name"] == name
    assert saved(visitor, address(), name="")["written"] == "Saved: wat-als.toml"


def test_copies_have_titles_of_their_own(visitor: Visitor) -> None:
    """Which of them was saved could not be told."""
    reply = visitor.act(visitor.act(address(), "beside").json["address"], "beside").json
    assert reply["title"] == "Uitnamen gemeentefonds 2017 (3)"
    assert "2. Uitnamen gemeentefonds 2017 (2)" in reply["fragments"]["scenarios"]
    first = visitor.act(reply["address"], "show", "1").json
    assert first["title"] == "Uitnamen gemeentefonds 2017"


def test_without_a_folder_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with open_workbench() as visitor:
        fields = {"address": address("year=2018"), "title": "a", "source": "b", "name": "x.toml"}
        assert visitor.post("/save", **fields).json["written"] == ""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "title = 1 1",
        'extends = "/etc/passwd"',
        'extends = ["uitnamen-2017", "fonds-ggu-2018"]',
        'extends = "uitnamen-2017"\n[programmes.nieuw]\ngross = "1.00"\nvat = "none"',
        'extends = "uitnamen-2017"\n[programmes.ibd]\nprice_of_it = "1.00"',
        "a = " + "[" * 5_000,
    ],
)
def test_what_cannot_be_opened_is_told_with_what_to_do(visitor: Visitor, text: str) -> None:
    reply = visitor.act(address(), "open", text=text)
    assert reply.status == 400
    assert reply.json["findings"]


def test_a_scenario_that_extends_none_is_told_so_without_all_that_there_are(visitor: Visitor) -> None:
    (finding,) = visitor.act(address(), "open", text='title = "Eigen"\nyear = 2017').json["findings"]
    assert "stands by itself" in finding
    assert "fonds-ggu-2018" not in finding
    (finding,) = visitor.act(address(), "open", text='extends = "uitnamen-217"').json["findings"]
    assert "Did you mean 'uitnamen-2017'?" in finding
    assert "fonds-ggu-2018" not in finding


def test_a_change_in_any_file_behind_a_scenario_is_read(tmp_path: Path) -> None:
    lowest, middle, highest = (tmp_path / name for name in ("laag.toml", "midden.toml", "hoog.toml"))
    budget = 'title = "Laag"\nextends = "uitnamen-2017"\nsource = "x"\n[programmes.ibd]\ngross = "{}.00"\n'
    lowest.write_text(budget.format(3_000_000))
    for file, below in ((middle, lowest), (highest, middle)):
        file.write_text(f'title = "{file.stem}"\nextends = "{below.name}"\n')
    with open_workbench(str(highest)) as visitor:
        place = urlencode([("scenario", visitor.workbench.bench.bases.names[0])])
        before = visitor.act(place, "look").json["fragments"]["fund"]
        lowest.write_text(budget.format(3_500_000))
        after = visitor.act(place, "look").json["fragments"]["fund"]
    result = gguplan.run(highest)
    assert format_euros(result.totals["gross_cents"]) in html.unescape(after)
    assert before != after


def test_who_ends_the_server_is_told_what_was_not_saved(visitor: Visitor) -> None:
    unsaved = visitor.workbench.unsaved
    reply = visitor.act(address(), "set", "programmes.ibd.gross", "4000000.00", tab="7")
    assert any("4000000.00" in str(state) for state in unsaved.states())
    saved(visitor, reply.json["address"], tab="7")
    assert not any("4000000.00" in str(state) for state in unsaved.states())


# --- long answers ----------------------------------------------------------------------------------


def outcome(visitor: Visitor, place: str, kind: Kind, *vary: str) -> Done:
    """What the process of a long answer gives back, worked out in this one: starting another takes longer."""
    task = task_of(kind, _state(place), visitor.workbench.bench, vary)
    with written_in(task.language), pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", "100")
        return outcome_of(task, lambda progress: None)


def outcome_of_its_process(visitor: Visitor, **question: Any) -> Any:
    """How a long answer stands when its process has ended."""
    begun = visitor.post("/begin", **question)
    assert begun.status == 200, begun.text
    path = f"/job/{begun.json['job']}"
    wait_for(lambda: visitor.ask("GET", path).json["state"] not in ("waiting", "working"), 60)
    return visitor.ask("GET", path).json


def command(*words: str) -> str:
    return CliRunner().invoke(app, [*words, "--lang", "en"], env={"COLUMNS": "100"}).stdout


def test_a_sweep_prints_what_its_command_prints_and_has_a_tornado(visitor: Visitor) -> None:
    vary = ["programmes.ibd.gross=1900000.00,2100000.00", "programmes.dkd.gross=600000.00,700000.00"]
    done = outcome_of_its_process(visitor, address=address(municipality="GM0193"), kind="sweep", vary=vary)
    printed = command("sweep", "uitnamen-2017", *(word for text in vary for word in ("--vary", text)), "-m", "Zwolle")
    assert done["printed"].split() == printed.split()
    (picture,) = done["pictures"]
    assert visitor.ask("GET", picture["address"]).text.startswith("<svg")
    assert picture["words"]


def test_a_key_that_was_changed_is_varied_from_what_it_is_now(visitor: Visitor) -> None:
    done = outcome(visitor, address("programmes.ibd.gross=2100000.00"), "sweep", "programmes.ibd.gross=-10%,+10%")
    result = gguplan.run("uitnamen-2017", {"programmes.ibd.gross": "2100000.00"})
    assert f"As it is: {format_euros(int(result.to_pay.sum()))}" in done.printed
    assert "€1,890,000.00; €2,310,000.00" in done.printed


def test_who_leaves_is_what_the_command_prints(visitor: Visitor) -> None:
    done = outcome(visitor, address(base="hulplijn-wordt-duurder"), "collapse")
    assert done.printed.split() == command("participation", "hulplijn-wordt-duurder").split()


def test_the_years_ahead_are_what_the_command_prints(visitor: Visitor) -> None:
    done = outcome(visitor, address(base="fonds-ggu-2020-2024"), "years")
    assert done.printed.split() == command("horizon", "fonds-ggu-2020-2024").split()
    assert len(done.pictures) == 1


def test_what_will_be_spent_is_the_sentence_of_the_command_without_commands(visitor: Visitor) -> None:
    changed = "programmes.ibd.gross=2100000.00"
    printed = command("run", "uitnamen-2017", "--set", changed)
    (sentence,) = [line for line in printed.splitlines() if line.startswith("Expected to be spent")]
    done = outcome(visitor, address(changed), "spending")
    assert done.printed.startswith(sentence.removesuffix(" See gguplan forecast."))
    assert "gguplan" not in done.printed


def test_a_long_answer_that_cannot_be_given_says_why(visitor: Visitor) -> None:
    with pytest.raises(gguplan.InputError) as error:
        outcome(visitor, address(), "years")
    assert error.value.findings[0].what == "This scenario has no years ahead."


def test_a_sweep_that_is_too_large_is_refused(visitor: Visitor) -> None:
    vary = [f"programmes.{name}.gross=1000000:3000000:1000" for name in ("ibd", "dkd")]
    reply = visitor.post("/begin", address=address(), kind="sweep", vary=vary)
    assert reply.status == 400
    assert "1,000,000 variants" in reply.json["findings"][0]


def test_what_varies_wrongly_is_told_without_an_option_that_nobody_typed(visitor: Visitor) -> None:
    for vary in ([], ["programmes.ibd.gross"], ["programmes.ibd.gross=2100000.00"]):
        reply = visitor.post("/begin", address=address("programmes.ibd.gross=2100000.00"), kind="sweep", vary=vary)
        assert reply.status == 400
        assert "--" not in reply.json["findings"][0]


@pytest.mark.parametrize("line", ["nothing=1,2", "programmes.ibd.gross 1800000:2400000:4", "programmes.ibd.gross="])
def test_what_varies_wrongly_is_told_before_a_process_begins(visitor: Visitor, line: str) -> None:
    reply = visitor.post("/begin", address=address(), kind="sweep", vary=[line])
    assert reply.status == 400
    assert reply.json["findings"]


def test_a_long_answer_is_stopped_and_holds_up_no_quick_one(visitor: Visitor) -> None:
    vary = ["programmes.ibd.gross=1000000:3000000:1000", "programmes.dkd.gross=600000:700000:50"]
    begun = visitor.post("/begin", address=address(), kind="sweep", vary=vary).json["job"]
    job = visitor.workbench.jobs.get(begun)
    assert job is not None and job.process is not None
    process = job.process
    began = time.monotonic()
    for cents in range(10):
        assert visitor.act(address(), "set", "programmes.ibd.gross", f"2100000.{cents:02}").status == 200
    assert time.monotonic() - began < 5
    assert job.outcome is None
    assert visitor.post("/stop", job=begun).status == 200
    # The thread that follows it waits for the process too: which of the two hears its end first is open.
    wait_for(lambda: not process.is_alive())
    assert visitor.ask("GET", f"/job/{begun}").status == 404


def test_an_answer_that_is_cut_off_says_so_in_the_language_of_the_page(visitor: Visitor) -> None:
    vary = ["programmes.ibd.gross=1000000:3000000:1000"]
    place = address().replace("lang=en", "lang=nl")
    begun = visitor.post("/begin", address=place, kind="sweep", vary=vary).json["job"]
    job = visitor.workbench.jobs.get(begun)
    assert job is not None and job.process is not None
    job.process.kill()
    wait_for(lambda: job.outcome is not None)
    standing = visitor.ask("GET", f"/job/{begun}").json
    assert standing["findings"] == ["Het is voortijdig geëindigd: misschien is er te weinig geheugen."]


def test_two_are_at_work_and_more_wait_for_their_turn(visitor: Visitor) -> None:
    vary = ["programmes.ibd.gross=1000000:3000000:1000", "programmes.dkd.gross=600000:700000:50"]

    def standing(job: str) -> str:
        state: str = visitor.ask("GET", f"/job/{job}").json["state"]
        return state

    begun = [visitor.post("/begin", address=address(), kind="sweep", vary=vary) for _number in range(9)]
    assert [reply.status for reply in begun] == [200] * 8 + [400]
    jobs = [reply.json["job"] for reply in begun[:8]]
    assert list(map(standing, jobs)) == ["working"] * 2 + ["waiting"] * 6
    visitor.post("/stop", job=jobs[3])
    visitor.post("/stop", job=jobs[0])
    assert visitor.ask("GET", f"/job/{jobs[3]}").status == 404
    assert [standing(job) for job in (jobs[1], jobs[2], jobs[4])] == ["working", "working", "waiting"]
    at_work = visitor.workbench.jobs.get(jobs[1])
    assert at_work is not None and at_work.process is not None
    at_work.process.kill()
    wait_for(lambda: standing(jobs[4]) == "working")
    for job in jobs:
        visitor.post("/stop", job=job)


def test_a_long_answer_that_no_page_asks_for_any_more_gives_its_place_to_another(visitor: Visitor) -> None:
    """The browser was ended: nobody can stop what it began."""
    vary = ["programmes.ibd.gross=1000000:3000000:1000", "programmes.dkd.gross=600000:700000:50"]
    left, followed = (
        visitor.post("/begin", address=address(), kind="sweep", vary=vary).json["job"] for _number in range(2)
    )
    job = visitor.workbench.jobs.get(left)
    assert job is not None and job.process is not None
    process = job.process
    job.asked_at -= LEFT_AFTER + 1
    third = visitor.post("/begin", address=address(), kind="sweep", vary=vary)
    assert third.status == 200
    assert visitor.ask("GET", f"/job/{third.json['job']}").json["state"] == "working"
    wait_for(lambda: not process.is_alive())
    assert visitor.ask("GET", f"/job/{left}").status == 404
    for begun in (followed, third.json["job"]):
        assert visitor.post("/stop", job=begun).status == 200


@pytest.mark.parametrize("kind", ["workbook", "effects", "page", "proposal"])
def test_a_file_comes_with_a_record_of_what_is_in_it(visitor: Visitor, kind: Kind) -> None:
    file = outcome(visitor, address("programmes.ibd.gross=2100000.00", municipality="GM0344"), kind).file
    assert file is not None
    contents, record = _unpacked(file[1])
    assert json.loads(contents.pop(record))["outputs"] == {
        name: sha256(content).hexdigest() for name, content in contents.items()
    }


def test_a_file_is_made_by_a_process_of_its_own_and_verifies(
    visitor: Visitor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = address("programmes.ibd.gross=2100000.00")
    file = outcome_of_its_process(visitor, address=place, kind="tables")["file"]
    assert file["name"] == "gguplan-run-csv-uitnamen-gemeentefonds-2017.zip"
    contents, record = _unpacked(visitor.fetch(file["address"]))
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(app, ["verify", record, "--lang", "en"]).stdout.startswith("Identical")


def _unpacked(packed: bytes) -> tuple[dict[str, bytes], str]:
    """The files in a ZIP, and the name of the record among them."""
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    (record,) = [name for name in contents if name.endswith("run.json")]
    return contents, record


@pytest.mark.parametrize("path", ["/job/nothing", "/job/nothing/file", "/job/nothing/0.svg"])
def test_there_is_no_other_job(visitor: Visitor, path: str) -> None:
    assert visitor.ask("GET", path).status == 404
