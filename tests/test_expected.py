"""What a scenario expects must come out, to the cent, whenever it is worked out; what does not is told."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

import gguplan
from gguplan.commands.cli import app
from gguplan.findings import InputError
from gguplan.inputs.scenario.reading import ScenarioInputs, read_again, read_scenario
from gguplan.language import written_in
from gguplan.money import plain_euros
from gguplan.runs.findings import unmet_findings
from gguplan.runs.results import comparison_of, result_of
from gguplan.wording.expectations import key_of

SCENARIO = """
title = "Voorstel"
year = 2017
reference_date = 2017-01-01
source = "invented for a test"

[programmes.hulplijn]
title = "Hulplijn"
gross = "1000000.00"
vat = "none"

[opt_outs.hulplijn]
municipalities = ["Utrecht"]
settlement = "refund"
rate = "0.10"
"""
"""343,038 people live in Utrecht and 17,081,507 in all (CBS, 1 January 2017; population_data/2017.csv): its refund is
€ 34.303,80, its part € 1.000.000 × 343038 ÷ 17081507 = € 20.082,4199…, so it gets € 14.221,38 back."""

COMES_OUT = """
[expected]
total = "1000000.00"
refunds = "34303.80"
available = "965696.20"
programmes = { hulplijn = "1000000.00" }
municipalities = { Utrecht = "-14221.38" }
"""

Write = Callable[..., str]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Writes scenarios by name; returns the name of the last."""
    monkeypatch.chdir(tmp_path)

    def written(**texts: str) -> str:
        for name, text in texts.items():
            Path(f"{name}.toml").write_text(text, encoding="utf-8")
        return f"{list(texts)[-1]}.toml"

    return written


def command(*words: str) -> Result:
    return CliRunner().invoke(app, words)


def unmet(name: str, *settings: str) -> list[str]:
    """The places in the scenario at which something else comes out than is expected there."""
    result = result_of(read_scenario(name, settings)).unmet
    return [".".join(key_of(unmet.expectation)) for unmet in result]


@pytest.fixture(scope="module")
def right(tmp_path_factory: pytest.TempPathFactory) -> ScenarioInputs:
    """The scenario with what comes out of it."""
    file = tmp_path_factory.mktemp("right") / "voorstel.toml"
    file.write_text(SCENARIO + COMES_OUT, encoding="utf-8")
    return read_scenario(file)


# --- what comes out ------------------------------------------------------------------------------


def test_amounts_worked_by_hand_come_out(write: Write) -> None:
    name = write(voorstel=SCENARIO + COMES_OUT)
    assert unmet(name) == []
    assert command("run", name).stderr == ""
    assert command("run", name).exit_code == 0


def test_what_does_not_come_out_is_told_after_the_result_with_place_difference_and_what_to_do(write: Write) -> None:
    name = write(voorstel=SCENARIO + COMES_OUT.replace('"34303.80"', '"34303.81"'))
    outcome = command("run", name)
    assert outcome.exit_code == 1
    assert outcome.stdout == command("run", write(right=SCENARIO)).stdout
    assert outcome.stderr == (
        "voorstel.toml:19\n"
        '   19 | refunds = "34303.81"\n'
        "      |           ^^^^^^^^^^\n"
        "  refunds: €34,303.80 comes out, €0.01 less than the €34,303.81 that is expected.\n"
        '  Look at the sum with gguplan explain. If what comes out is right, write "34303.80" here.\n'
        "\n"
        "1 expected amount does not come out.\n"
    )


def test_what_does_not_come_out_is_told_in_dutch(write: Write) -> None:
    outcome = command(
        "estimate", "Utrecht", "-s", write(voorstel=SCENARIO + '[expected]\ntotal = "2.00"\n'), "--lang", "nl"
    )
    assert "total: € 1.000.000,00 komt eruit, € 999.998,00 meer dan de verwachte € 2,00." in outcome.stderr
    assert "1 verwacht bedrag komt er niet uit." in outcome.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["run", "voorstel.toml"],
        ["estimate", "Utrecht", "-s", "voorstel.toml"],
        ["explain", "Utrecht", "-s", "voorstel.toml"],
        ["compare", "voorstel.toml", "uitnamen-2017"],
        ["compare", "uitnamen-2017", "voorstel.toml"],
        ["compare", "voorstel.toml", "fonds-ggu-2020"],
        ["participation", "voorstel.toml"],
        ["scenario", "check", "voorstel.toml"],
    ],
    ids=" ".join,
)
def test_every_command_that_works_a_scenario_out_checks_it(write: Write, words: list[str]) -> None:
    write(voorstel=SCENARIO + '[expected]\ntotal = "999999.99"\n')
    outcome = command(*words)
    assert outcome.exit_code == 1
    assert outcome.stderr.count("total: €1,000,000.00 comes out, €0.01 more than") == 1
    assert "is right" not in outcome.stdout
    write(voorstel=SCENARIO + '[expected]\ntotal = "1000000.00"\n')
    outcome = command(*words)
    assert (outcome.exit_code, outcome.stderr) == (0, "")


def test_machines_read_it_beside_the_result(write: Write) -> None:
    outcome = command("run", write(voorstel=SCENARIO + '[expected]\ntotal = "2.00"\n'), "--json")
    answer = json.loads(outcome.stdout)
    assert answer["fund"]["contributions"] == "1000000.00"
    assert [(finding["line"], finding["file"]) for finding in answer["unmet"]] == [(17, "voorstel.toml")]
    checked = command("scenario", "check", "voorstel.toml", "--json")
    contents = {"findings": [], "unmet": answer["unmet"]}
    assert json.loads(checked.stdout) == {"format": 1, "answer": "scenario check", **contents}
    assert checked.exit_code == 1


@given(
    key=st.sampled_from(["total", "refunds", "available", "programmes.hulplijn", "municipalities.Utrecht"]),
    off=st.integers(-(10**12), 10**12).filter(bool),
)
def test_any_amount_that_is_off_by_a_cent_or_more_is_told_and_no_other(
    right: ScenarioInputs, key: str, off: int
) -> None:
    assert right.scenario.expected is not None
    cents = {".".join(map(str, path[1:])): amount for path, amount in right.scenario.expected.amounts()}
    inputs = read_again(right, [f"expected={{ {key} = {plain_euros(cents[key] + off)!r} }}"])
    result = result_of(inputs)
    (unmet,) = result.unmet
    assert (".".join(key_of(unmet.expectation)), unmet.computed) == (key, cents[key])
    (finding,) = unmet_findings([inputs], [result])
    assert finding.what.partition(":")[0] == key
    assert f'"{plain_euros(cents[key])}"' in finding.remedy


# --- for what it holds ---------------------------------------------------------------------------

EXTENDS = 'title = "Wat als"\nextends = "voorstel.toml"\nsource = "invented"\n[programmes.hulplijn]\ngross = "5.00"\n'


def test_expectation_holds_for_its_own_file_and_not_for_one_that_extends_it(write: Write) -> None:
    name = write(voorstel=SCENARIO.replace('"0.10"', '"0.00"') + '[expected]\ntotal = "1000000.00"\n', other=EXTENDS)
    assert read_scenario(name).scenario.expected is None
    assert unmet(name) == []


def test_extending_scenario_states_an_expectation_of_its_own(write: Write) -> None:
    base = SCENARIO.partition("[opt_outs")[0] + '[expected]\ntotal = "1000000.00"\nrefunds = "7.00"\n'
    name = write(voorstel=base, other=EXTENDS + '[expected]\ntotal = "6.00"\n')
    assert unmet(name) == ["total"]
    assert unmet("voorstel.toml") == ["refunds"]


def test_expectation_does_not_hold_with_set(write: Write) -> None:
    name = write(voorstel=SCENARIO + COMES_OUT)
    outcome = command("run", name, "--set", "programmes.hulplijn.gross=2000000.00")
    assert (outcome.exit_code, outcome.stderr) == (0, "")


def test_expectation_can_be_set(write: Write) -> None:
    assert unmet(write(voorstel=SCENARIO), "expected.total=1000000.00") == []
    assert unmet("voorstel.toml", "expected.total=1000000.01", "expected.refunds=34303.80") == ["total"]


def test_baseline_is_checked_on_its_own_inhabitants_when_it_is_held_beside_later_municipalities() -> None:
    """On 1 January 2016 Bussum was gone; what the scenario of 2016 expects holds for its 390 municipalities."""
    comparison = comparison_of(read_scenario("uitnamen-2016"), read_scenario("uitnamen-2017"))
    assert len(comparison.baseline.to_pay) == 388
    assert len(comparison.baseline.result.to_pay) == 390
    assert comparison.baseline.result.unmet == comparison.scenario.result.unmet == ()


def test_one_result_is_told_in_both_languages(right: ScenarioInputs) -> None:
    inputs = read_again(right, ["expected.total=1.00"])
    result = result_of(inputs)
    (english,) = unmet_findings([inputs], [result])
    with written_in("nl"):
        (dutch,) = unmet_findings([inputs, inputs], [result, result])
    assert english.place == dutch.place
    assert ("is expected" in english.what, "verwacht" in dutch.what) == (True, True)


# --- the scenarios that come with gguplan --------------------------------------------------------


@pytest.mark.parametrize("name", gguplan.scenarios())
def test_what_every_shipped_scenario_expects_comes_out(name: str) -> None:
    inputs = gguplan.load_scenario(name)
    expected = inputs.scenario.expected
    assert expected is not None
    # Of a tariff the rates are published, not what they come to together: then bills are expected.
    assert expected.total is not None or expected.municipalities
    assert gguplan.run(inputs).unmet == ()


def test_nothing_is_expected_in_what_is_no_amount(write: Write) -> None:
    with pytest.raises(InputError) as error:
        read_scenario(write(voorstel=SCENARIO + '[expected]\ntotal = "1e6"\navailable = nan\nrefunds = -1\n'))
    assert [finding.place.line for finding in error.value.findings] == [17, 18]
