"""The shipped outlook, and the weighted mix of wages and prices that it rises by."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError
from typer.testing import CliRunner

from gguplan.commands.cli import app
from gguplan.fund.years_ahead import Indexation, ProgrammeAhead, YearsAhead
from gguplan.inputs.scenario.reading import read_scenario
from gguplan.inputs.scenario.years_ahead_tables import IndexationTable
from gguplan.language import set_language
from gguplan.model.years_ahead.indexation import index_path
from gguplan.wording.amounts import format_number
from gguplan.wording.years_ahead import lower_bound_in_words


def known(**keys: object) -> dict[str, int]:
    return IndexationTable.model_validate({"source": "own", **keys}).known


def test_hengelo_2025_is_one_third_prices_and_two_thirds_wages() -> None:
    """begroting.hengelo.nl, grondslagen voor de ramingen: 1/3 prices of 2.10 and 2/3 wages of 4.60, 3.77 %."""
    percents = known(wages={"2025": "4.60"}, prices={"2025": "2.10"}, mix=[2, 1])
    assert percents == {"2025": 37_667}
    assert round(Fraction(percents["2025"], 10_000), 2) == Fraction("3.77")


def test_half_and_half_is_the_mean() -> None:
    """Dienst Dommelvallei 2020: wages 3.4, materials 1.6, "gewogen kostenontwikkeling" 2.5 %."""
    assert known(wages={"2020": "3.4"}, prices={"2020": "1.6"}, mix=[1, 1]) == {"2020": 25_000}


def test_a_correction_over_past_years_comes_on_top() -> None:
    """Zoetermeer, perspectiefnota 2024: prices 3.9, and 4.6 of correction = 8.5; 2025: 2.2 - 0.2 = 2.0."""
    assert known(years={"2024": "3.9", "2025": "2.2"}, correction={"2024": "4.6", "2025": "-0.2"}) == {
        "2024": 85_000,
        "2025": 20_000,
    }
    assert known(percent="2.0", correction={"2026": "0.5"}) == {"2026": 25_000}


@pytest.mark.parametrize(
    ("keys", "what"),
    [
        ({"wages": {"2025": "4.6"}}, "wages, prices and mix go together"),
        ({"percent": "2.0", "mix": [2, 1]}, "wages, prices and mix go together"),
        ({"wages": {"2025": "4.6"}, "prices": {"2026": "2.1"}, "mix": [2, 1]}, "of 2025 there are wages or prices"),
        (
            {"years": {"2025": "3"}, "wages": {"2025": "4.6"}, "prices": {"2025": "2.1"}, "mix": [2, 1]},
            "the percentage of 2025 stands in years and is mixed",
        ),
        ({"between": ["1", "3"], "correction": {"2025": "1"}}, "2025 has no known percentage to correct"),
    ],
)
def test_what_cannot_be_mixed_or_corrected_is_told(keys: dict[str, object], what: str) -> None:
    set_language("en")
    with pytest.raises(ValidationError, match=what):
        known(**keys)


def test_the_outlook_is_the_last_published_total_times_the_published_figures() -> None:
    """52,300,000 × 1.022667 × 1.026333 × 1.034 × 1.051 × 1.037667, and the middle of 0.5 to 6.5 % twice."""
    ahead = read_scenario("fonds-ggu-2027").fund_year.years_ahead
    assert ahead is not None
    index = index_path(ahead.indexation, 2020, 2030, 100, 1)
    assert index.percents[:5] == (22_667, 26_333, 34_000, 51_000, 37_667)
    until_2025 = 52_300_000 * index.factor(2020, 2025)
    assert format_number(round(until_2025)) == "61,902,115"


def test_the_outlook_says_that_it_is_a_lower_bound_and_shows_its_own_years() -> None:
    printed = CliRunner().invoke(app, ["estimate", "Zwolle", "--scenario", "fonds-ggu-2027", "--lang", "nl"]).stdout
    assert "een ondergrens, zonder wat er sinds 2020 bijkwam" in printed
    assert [line[:4] for line in printed.splitlines() if line[:2] == "20"] == ["2027", "2028", "2029", "2030"]
    sum_behind = CliRunner().invoke(app, ["explain", "Zwolle", "--scenario", "fonds-ggu-2027", "--lang", "en"]).stdout
    assert "× 1.022667 (2021) × 1.026333 (2022) × 1.034 (2023) × 1.051 (2024) × 1.037667 (2025)" in sum_behind


def test_a_year_of_a_mix_outside_the_account_is_told_at_its_place(tmp_path: Path) -> None:
    file = tmp_path / "later.toml"
    file.write_text(
        'title = "L"\nextends = "fonds-ggu-2027"\nsource = "own"\n[horizon.indexation]\n'
        'wages = { 2035 = "2.0" }\nprices = { 2035 = "2.0" }\n',
        encoding="utf-8",
    )
    outcome = CliRunner().invoke(app, ["scenario", "check", str(file), "--lang", "en"])
    assert outcome.exit_code != 0
    assert outcome.output.count("Nothing is indexed in 2035.") == 2


def test_a_command_for_one_year_shows_the_first_of_a_later_account(tmp_path: Path) -> None:
    """What `run` shows of the outlook is the fund of 2027, with the budget and the inhabitants of `estimate`."""
    ran, estimated = shown_by("run", "fonds-ggu-2027"), shown_by("estimate", "Zwolle", "--scenario", "fonds-ggu-2027")
    [first, *_later] = estimated["years"]
    assert (ran["year"], ran["population"]["reference_date"]) == (2027, "2026-01-01")
    assert ran["fund"]["contributions"] == first["budget"]
    [compared] = shown_by("compare", "fonds-ggu-2020", "fonds-ggu-2027")["comparisons"]
    assert compared["total"]["scenario"] == first["budget"]


@pytest.mark.parametrize("year", [2027, 2028])
def test_a_year_of_its_account_has_the_budget_that_its_years_ahead_have(year: int) -> None:
    ran, horizon = shown_by("run", "fonds-ggu-2027", "--year", str(year)), shown_by("horizon", "fonds-ggu-2027")
    [paid] = [row["to_pay"] for row in horizon["contributions"] if row["year"] == year]
    assert ran["fund"]["contributions"] == paid
    itself = shown_by("run", "fonds-ggu-2027", "--year", "2020")
    assert itself["fund"]["contributions"] == "52300000.00"


def test_explain_opens_the_index_into_wages_and_prices() -> None:
    """2021 by Etten-Leur: (2 × 2.7 + 1.4) ÷ 3 = 2.2667 %; 2025 by Hengelo: (2 × 4.60 + 2.10) ÷ 3 = 3.7667 %."""
    words = ["explain", "Zwolle", "--scenario", "fonds-ggu-2027", "--year", "2027", "--lang", "en"]
    shown = CliRunner().invoke(app, words).stdout
    assert "2021: (2 × 2.7 % for wages + 1 × 1.4 % for prices) ÷ 3 = 2.2667 %" in shown
    assert "2025: (2 × 4.6 % for wages + 1 × 2.1 % for prices) ÷ 3 = 3.7667 %" in shown
    assert "(2021 en 2022 zoals in 2019 geraamd" in shown, "the vintage of the figures"


def test_another_year_of_the_outlook_is_no_mistake_of_its_file() -> None:
    """With a number for the year, and with fewer years ahead: what was said of years that are not ahead is left out."""
    for words in (
        ["estimate", "Zwolle", "--scenario", "fonds-ggu-2027", "--year", "2027", "--rate", "3.45"],
        ["run", "fonds-ggu-2027", "--set", "year=2027"],
        ["horizon", "fonds-ggu-2020-2024", "--set", "horizon.last=2022"],
    ):
        outcome = CliRunner().invoke(app, words)
        assert outcome.exit_code == 0, outcome.stderr
    wrong = ["horizon", "fonds-ggu-2020-2024", "--set", "horizon.last=2022", "--set", "horizon.indexation.years.2024=3"]
    assert CliRunner().invoke(app, wrong).exit_code == 2, "what a setting says itself is told"


def shown_by(*words: str) -> dict[str, Any]:
    outcome = CliRunner().invoke(app, [*words, "--json", "--lang", "en"])
    assert outcome.exit_code == 0, outcome.stderr
    answer: dict[str, Any] = json.loads(outcome.stdout)
    return answer


@pytest.mark.parametrize(
    "words",
    [
        ("estimate", "Zwolle", "--scenario", "fonds-ggu-2027"),
        ("explain", "Zwolle", "--scenario", "fonds-ggu-2027", "--years", "2027"),
        ("horizon", "fonds-ggu-2027"),
        ("run", "fonds-ggu-2027"),
        ("compare", "fonds-ggu-2020", "fonds-ggu-2027"),
    ],
    ids=lambda words: words[0],
)
def test_every_answer_says_in_the_language_that_it_is_a_lower_bound_and_no_estimate(words: tuple[str, ...]) -> None:
    outcome = CliRunner().invoke(app, [*words, "--lang", "en"])
    assert "A lower bound, not an estimate" in outcome.stdout + outcome.stderr
    assert "With 80 % certainty the municipalities together" not in outcome.stdout + outcome.stderr


def account_from(first: int, programme: ProgrammeAhead, indexation: Indexation | None) -> YearsAhead:
    return YearsAhead(first, 2029, 0, None, "draw", None, None, (), indexation, {"a": programme}, "own")


@pytest.mark.parametrize(
    ("first", "programme", "is_lower_bound"),
    [
        (2026, ProgrammeAhead(), True),
        (2025, ProgrammeAhead(), False),
        (2026, ProgrammeAhead(starts=2024, ends=2028, committed={2027: 5}), True),
        (2026, ProgrammeAhead(starts=2025), False),
        (2026, ProgrammeAhead(gross={2027: 5}), False),
        (2026, ProgrammeAhead(net={2027: 5}), False),
        (2026, ProgrammeAhead(one_off={2027: 5}), False),
    ],
)
def test_prices_alone_over_years_that_are_passed_over_give_a_lower_bound(
    first: int, programme: ProgrammeAhead, is_lower_bound: bool
) -> None:
    """Budgets of 2024: what was added in the years up to the account is left out, unless somebody states it."""
    prices = Indexation(20_000, None, 90, {}, "own")
    assert account_from(first, programme, prices).is_lower_bound(2024) is is_lower_bound
    assert not account_from(first, programme, None).is_lower_bound(2024)


def test_who_states_a_later_budget_has_no_lower_bound() -> None:
    inputs = read_scenario("fonds-ggu-2027", ["horizon.programmes.fonds-ggu.gross.2027=61000000.00"])
    assert lower_bound_in_words(inputs.fund_year) == ""


def test_forecast_and_run_are_of_the_year_that_is_shown() -> None:
    """The budget of 2027, 66,289,311.06 with VAT, is 54,784,554.60 without; that of 2020 is 43,223,140.50."""
    shown = json.loads(CliRunner().invoke(app, ["forecast", "fonds-ggu-2027", "--json"]).stdout)
    assert (shown["year"], shown["total"]["net"]) == (2027, "54784554.60")
    stated = json.loads(CliRunner().invoke(app, ["forecast", "fonds-ggu-2027", "--year", "2020", "--json"]).stdout)
    assert (stated["year"], stated["total"]["net"]) == (2020, "43223140.50")
    refused = CliRunner().invoke(app, ["forecast", "--year", "2020"])
    assert (refused.exit_code, "Without a scenario" in refused.stderr) == (2, True)


def test_a_proposal_says_that_its_own_budget_has_no_interval(tmp_path: Path) -> None:
    file = tmp_path / "paper.md"
    CliRunner().invoke(app, ["proposal", "fonds-ggu-2027", "--out", str(file), "--lang", "en"])
    assert "The budget of 2027 is the one that is proposed, so it has no interval" in file.read_text(encoding="utf-8")
