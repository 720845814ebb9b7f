"""A budget that is changed by so much of what the scenario below it says."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from gguplan.commands.cli import app
from gguplan.findings import InputError, Place
from gguplan.fund.programme import GrossBudget
from gguplan.inputs.scenario.reading import read_scenario
from gguplan.inputs.scenario.relative_changes import changed_by, relative_change
from gguplan.money import LARGEST_AMOUNT, plain_euros

PATH = ("programmes", "fonds-ggu", "gross")


def gross(change: str) -> int:
    budget = read_scenario("fonds-ggu-2020", [f"{'.'.join(PATH)}={change}"]).programmes["fonds-ggu"].budget
    assert isinstance(budget, GrossBudget)
    return budget.cents


@pytest.mark.parametrize(
    ("change", "cents"),
    [
        ("+5%", 5_491_500_000),
        ("-10 %", 4_707_000_000),
        ("50%", 2_615_000_000),
        ("+0,5%", 5_256_150_000),
        ("-200000", 5_210_000_000),
        ("+0.01", 5_230_000_001),
        ("52000000.00", 5_200_000_000),
    ],
)
def test_a_budget_of_52_300_000_changes_by_so_much(change: str, cents: int) -> None:
    assert gross(change) == cents


def test_a_scenario_that_extends_another_says_it_the_same_way(tmp_path: Path) -> None:
    file = tmp_path / "minder.toml"
    file.write_text(
        'title = "Minder"\nextends = "fonds-ggu-2020"\nsource = "voorstel"\n[programmes.fonds-ggu]\ngross = "-10%"\n',
        encoding="utf-8",
    )
    budget = read_scenario(str(file)).programmes["fonds-ggu"].budget
    assert budget == GrossBudget(4_707_000_000)


def test_a_file_that_changes_a_part_of_what_is_said_another_way_is_told_which_way(tmp_path: Path) -> None:
    """`uitnamen-2017` states what the helpline can spend, without VAT."""
    file = tmp_path / "meer.toml"
    file.write_text(
        'title = "Meer"\nextends = "uitnamen-2017"\nsource = "voorstel"\n[programmes.luisterend-oor]\ngross = "+5%"\n',
        encoding="utf-8",
    )
    with pytest.raises(InputError) as raised:
        read_scenario(str(file))
    assert raised.value.findings[0].remedy == "Change programmes.luisterend-oor.net, which the scenario states."


@pytest.mark.parametrize(
    ("setting", "what"),
    [
        ("programmes.fonds-ggu.net=+5%", "There is no programmes.fonds-ggu.net to change."),
        ("programmes.fonds-ggu.gross=-100%", "Nothing is left of it."),
        ("programmes.fonds-ggu.gross=-99999999", "Nothing is left of it."),
    ],
)
def test_what_cannot_be_changed_is_told(setting: str, what: str) -> None:
    with pytest.raises(InputError) as caught:
        read_scenario("fonds-ggu-2020", [setting])
    assert [finding.what for finding in caught.value.findings] == [what]


@given(st.integers(1, LARGEST_AMOUNT // 10), st.integers(1, 500))
def test_up_and_the_same_part_of_it_are_the_same(cents: int, percent: int) -> None:
    data = {"programmes": {"x": {"gross": plain_euros(cents)}}}
    more, whole = relative_change(f"+{percent}%"), relative_change(f"{100 + percent}%")
    assert more is not None
    assert whole is not None
    results = [changed_by(data, ("programmes", "x", "gross"), change, Place("--set")) for change in (more, whole)]
    assert results[0] == results[1]


def test_what_else_is_an_amount_changes_by_a_part(tmp_path: Path) -> None:
    """A balance of 250,000.00 and 5 %: 262,500.00; a minus without a per cent is a negative balance itself."""
    file = tmp_path / "s.toml"
    file.write_text(
        'title = "S"\nextends = "fonds-ggu-2020-2024"\nsource = "own"\n[horizon]\nopening = "250000.00"\n',
        encoding="utf-8",
    )
    for written, cents in (("+5%", 26_250_000), ("50%", 12_500_000), ("-200000", -20_000_000)):
        horizon = read_scenario(file, (f"horizon.opening={written}",)).scenario.horizon
        assert horizon is not None
        assert horizon.opening == cents
    above = tmp_path / "above.toml"
    above.write_text('title = "T"\nextends = "s.toml"\nsource = "own"\n[horizon]\nopening = "-10%"\n', encoding="utf-8")
    horizon = read_scenario(above).scenario.horizon
    assert horizon is not None
    assert horizon.opening == 22_500_000


@pytest.mark.parametrize("written", ["3%", "+1%", "-1%"])
def test_a_percentage_is_no_part_of_what_stands_there(written: str) -> None:
    """3% of an indexation of 3.0 was 0.09 per cent."""
    with pytest.raises(InputError) as caught:
        read_scenario("fonds-ggu-2020-2024", [f"horizon.indexation.percent={written}"])
    (finding,) = caught.value.findings
    assert "percentage" in finding.what


def test_a_sweep_and_a_goal_vary_by_a_part() -> None:
    """The information-security service was budgeted at 2,000,000.00 in 2017: 5 % less and more."""
    for words in (
        ("sweep", "uitnamen-2017", "--vary", "programmes.ibd.gross=-5%:+5%:3"),
        ("sweep", "uitnamen-2017", "--vary", "programmes.ibd.gross=-5%,+5%"),
        (
            "seek",
            "uitnamen-2017",
            "--vary",
            "programmes.ibd.gross=-5%:+5%",
            "--until",
            "bill Zwolle <= 1",
            "--steps",
            "2",
        ),
    ):
        outcome = CliRunner().invoke(app, [*words, "--lang", "en"])
        text = outcome.stdout.replace("€", "").replace(",", "")
        assert "1900000.00" in text and "2100000.00" in text, outcome.output


@pytest.mark.parametrize("change", ["-200.000", "+200.000", "+1,250%", "-200000.5", "+1,250"])
def test_what_could_be_a_thousandfold_is_no_change(change: str) -> None:
    """-200.000 was 200 euros less of 52,300,000."""
    with pytest.raises(InputError):
        gross(change)


def test_so_many_less_stands_between_quotes_in_a_file(tmp_path: Path) -> None:
    """A setting has no quotes: -3 is three less there, and no volume that a fund can have."""
    base = 'title = "B"\nyear = 2020\nsource = "x"\n[programmes.a]\ntitle = "A"\nvat = "none"\n'
    (tmp_path / "base.toml").write_text(f'{base}volume = 100\nprice = "10.00"\n', encoding="utf-8")
    more, extends = tmp_path / "more.toml", 'title = "M"\nextends = "base.toml"\nsource = "x"\n[programmes.a]\n'
    for line, volume in (('"-3"', 97), ('"+5%"', 105)):
        more.write_text(f"{extends}volume = {line}\n", encoding="utf-8")
        assert read_scenario(more).scenario.programmes["a"].volume == volume
    assert read_scenario(tmp_path / "base.toml", ["programmes.a.volume=-3"]).scenario.programmes["a"].volume == 97
    more.write_text(f"{extends}volume = -3\n", encoding="utf-8")
    with pytest.raises(InputError, match='So much less than the scenario that it extends says: write "-3"'):
        read_scenario(more)
