"""``extends = ["a.toml", "b.toml"]``: what-ifs that combine. What each changes of the one that they share counts, and
of a key of which two say something else the file that extends them says what holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from gguplan.findings import InputError
from gguplan.inputs.scenario.laying import read_layers
from gguplan.inputs.scenario.reading import ScenarioInputs, read_scenario
from gguplan.inputs.scenario.stated_keys import changed_keys
from gguplan.runs.results import result_of

BASE = """
title = "Base"
year = 2017
reference_date = 2017-01-01
source = "the base"
[programmes.a]
title = "A"
gross = "1000.00"
vat = "none"
[programmes.b]
title = "B"
gross = "2000.00"
vat = "none"
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "base.toml").write_text(BASE)
    return tmp_path


def what_if(name: str, own: str, extends: str = '"base.toml"') -> None:
    Path(f"{name}.toml").write_text(
        f'title = "{name}"\nextends = {extends}\nsource = "{name}"\n{own}', encoding="utf-8"
    )


def both(own: str = "", names: str = '["one.toml", "two.toml"]') -> str:
    what_if("both", own, names)
    return "both.toml"


def gross(inputs: ScenarioInputs, name: str) -> int:
    """The budget of a programme, in cents."""
    [budget] = [row.budget.gross for row in result_of(inputs).by_programme if row.name == name]
    return budget


def messages(name: str) -> list[str]:
    with pytest.raises(InputError) as error:
        read_scenario(name)
    return [str(finding) for finding in error.value.findings]


def test_what_each_changes_counts(folder: Path) -> None:
    what_if("one", '[programmes.a]\ngross = "1500.00"\n')
    what_if("two", '[opt_outs.b]\nmunicipalities = ["Utrecht"]\nsettlement = "shrink"\n')
    inputs = read_scenario(both())
    assert gross(inputs, "a") == 150_000
    assert gross(inputs, "b") == 200_000
    assert list(inputs.opt_outs) == ["b"]
    assert [Path(name).name for name in inputs.fund_year.origin.files] == [
        "both.toml",
        "two.toml",
        "one.toml",
        "base.toml",
    ]


def test_the_order_of_the_names_does_not_matter(folder: Path) -> None:
    what_if("one", '[programmes.a]\ngross = "+10%"\n')
    what_if("two", '[programmes.b]\ngross = "50%"\n[programmes.c]\ntitle = "C"\ngross = "5.00"\nvat = "none"\n')
    forth, back = read_scenario(both()), read_scenario(both(names='["two.toml", "one.toml"]'))
    assert result_of(forth).totals == result_of(back).totals
    assert gross(forth, "a") == 110_000 and gross(forth, "b") == 100_000


def test_one_that_extends_the_other_has_it_in_it_already(folder: Path) -> None:
    what_if("one", '[programmes.a]\ngross = "+10%"\n')
    what_if("two", '[programmes.a]\ngross = "+10%"\n', '"one.toml"')
    assert gross(read_scenario(both()), "a") == 121_000, "10 % and 10 %, and not a third time"


def test_two_that_say_otherwise_are_a_finding_with_both_places(folder: Path) -> None:
    what_if("one", '[programmes.a]\ngross = "1500.00"\n[programmes.b]\nvat = "21%"\n')
    what_if("two", '[programmes.a]\ngross = "1600.00"\n[programmes.b]\nnet = "900.00"\n')
    [message] = messages(both())
    assert message.startswith("both.toml:2")
    assert (
        "Of programmes.a.gross two of these say something else: 1500.00 (one.toml:5) and 1600.00 (two.toml:5)."
        in message
    )
    assert "Write here what holds for programmes.a.gross." in message


@pytest.mark.parametrize("own", ['[programmes.a]\ngross = "1550.00"\n', '[programmes.a]\nnet = "1550.00"\n'])
def test_the_file_itself_settles_it(folder: Path, own: str) -> None:
    what_if("one", '[programmes.a]\ngross = "1500.00"\n')
    what_if("two", '[programmes.a]\ngross = "1600.00"\n')
    assert gross(read_scenario(both(own)), "a") == 155_000


def test_a_part_of_what_is_not_settled_settles_nothing(folder: Path) -> None:
    what_if("one", '[programmes.a]\ngross = "1500.00"\n')
    what_if("two", '[programmes.a]\ngross = "1600.00"\n')
    assert len(messages(both('[programmes.a]\ngross = "+5%"\n'))) == 1


def test_two_that_say_the_same_agree_and_their_sources_are_joined(folder: Path) -> None:
    what_if("one", '[programmes.a]\ngross = "+50%"\n')
    what_if("two", '[programmes.a]\ngross = "1500.00"\n')
    inputs = read_scenario(both())
    assert gross(inputs, "a") == 150_000
    assert inputs.programmes["a"].source == "one; two"


def test_a_key_that_one_takes_out_and_the_other_changes_is_a_finding(folder: Path) -> None:
    what_if("one", '[programmes.a]\nnet = "1000.00"\n')
    what_if("two", '[programmes.a]\ngross = "1600.00"\n')
    assert "nothing (" in messages(both())[0] and "1600.00 (two.toml:5)" in messages(both())[0]


def test_two_bases_contradict_each_other_in_all_that_they_say(folder: Path) -> None:
    Path("other.toml").write_text(BASE.replace("2017", "2018").replace('"Base"', '"Other"'))
    [year, date] = messages(both(names='["base.toml", "other.toml"]'))
    assert "Of year" in year and "Of reference_date" in date


def test_changes_are_shown_against_what_the_two_share(folder: Path) -> None:
    what_if("one", '[programmes.a]\ngross = "1500.00"\n')
    what_if("two", '[programmes.b]\ngross = "2500.00"\n')
    changed = {
        change.path: (change.old, change.new) for change in changed_keys(both('[programmes.b]\ngross = "1.00"\n'))
    }
    assert changed["programmes.b.gross"] == ("2000.00", "1.00")
    assert changed["programmes.a.gross"] == ("1000.00", "1500.00")


def test_the_place_of_a_value_is_where_it_was_said(folder: Path) -> None:
    what_if("one", '[programmes.a]\ngross = "1500.00"\n')
    what_if("two", '[programmes.b]\ngross = "2500.00"\n')
    layers = read_layers(both())
    files = [layers.place(("programmes", name, "gross")).file for name in ("a", "b")]
    assert files == ["one.toml", "two.toml"]


@pytest.mark.parametrize(
    ("names", "what"),
    [
        ('["one.toml", "one.toml"]', "stands here a second time"),
        ("[]", "no name of a scenario"),
        ('["one.toml", 3]', "no name of a scenario"),
        ('["one.toml", "both.toml"]', "extends itself"),
        ('["one.toml", "there-is-none.toml"]', "no scenario 'there-is-none.toml'"),
    ],
)
def test_names_that_cannot_be(folder: Path, names: str, what: str) -> None:
    what_if("one", "")
    assert what in messages(both(names=names))[0]


def test_what_several_change_is_held_against_what_they_share(tmp_path: Path) -> None:
    """Of two that say something else of one key, the old value is that of the scenario that both rest on."""
    above = '[programmes.ibd]\ngross = "{amount}"\n'
    for name, amount in (("a", "2100000.00"), ("b", "5000000.00")):
        head = f'title = "{name}"\nextends = "uitnamen-2017"\nsource = "own"\n'
        (tmp_path / f"{name}.toml").write_text(head + above.format(amount=amount), encoding="utf-8")
    head = 'title = "c"\nextends = ["a.toml", "b.toml"]\nsource = "own"\n'
    (tmp_path / "c.toml").write_text(head + above.format(amount="6000000.00"), encoding="utf-8")
    (tmp_path / "d.toml").write_text(
        'title = "d"\nextends = ["a.toml", "hulplijn-voor-dertig-cent"]\n', encoding="utf-8"
    )
    [settled] = [key for key in changed_keys(str(tmp_path / "c.toml")) if key.path == "programmes.ibd.gross"]
    assert (settled.old, settled.new) == ("2000000.00", "6000000.00")
    changes = {key.path: (key.old, key.new) for key in changed_keys(str(tmp_path / "d.toml"))}
    assert changes["programmes.ibd.gross"] == ("2000000.00", "2100000.00")
    assert changes["programmes.luisterend-oor.rate"] == ("", "0.30")
