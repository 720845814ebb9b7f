"""Services that a ministry takes over: what a municipality no longer pays and no longer receives.

verantwoording-2017, chapter 2: from 1 January 2018 VWS pays for the helpline, AKJ and the Kindertelefoon, and what was
taken out of the gemeentefonds for them goes back to the budget of VWS.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import pytest
from typer.testing import CliRunner

from gguplan.commands.cli import app
from gguplan.findings import InputError
from gguplan.fund.hand_overs import HandOver
from gguplan.inputs.ledger.ledger_files import load_ledger
from gguplan.inputs.ledger.realised_years import realised_years
from gguplan.inputs.population.years import load_population
from gguplan.inputs.scenario.reading import read_scenario
from gguplan.inputs.sweep.plan import read_plan
from gguplan.language import written_in
from gguplan.model.years_ahead.bills import bills
from gguplan.model.years_ahead.remarks import GoneToOthers
from gguplan.model.years_ahead.result import Horizon
from gguplan.reports.terminal.horizon_answer import notes
from gguplan.runs.results import result_of
from gguplan.runs.sweep.variants import Variants, task_of
from gguplan.runs.years_ahead import years_ahead_of
from gguplan.wording.thresholds import threshold_in_words

UTRECHT, ZWOLLE = "GM0344", "GM0193"

HELPLINE: Final = """
title = "A fund"
year = 2017
reference_date = 2017-01-01
source = "verantwoording-2017, chapter 2"
[programmes.helpline]
title = "Helpline"
gross = "4200000.00"
vat = "none"
[programmes.other]
title = "Other"
gross = "1000000.00"
vat = "none"
[horizon]
last = 2019
opening = "0.00"
underspend = "general"
[opt_outs.helpline]
municipalities = ["Utrecht"]
settlement = "refund"
rate = "0.25"
"""
TO_VWS: Final = 'handed_over = 2018\nhanded_over_to = "VWS"\n'
BY_PLAN: Final = HELPLINE + "[horizon.programmes.helpline]\n" + TO_VWS
BY_THRESHOLD: Final = HELPLINE + '[thresholds.helpline]\nmunicipalities = "all"\notherwise = "handed_over"\n' + TO_VWS


def horizon_of(folder: Path, text: str, *settings: str) -> Horizon:
    file = folder / "fund.toml"
    file.write_text(text, encoding="utf-8")
    return years_ahead_of(read_scenario(file, settings), realised_years(load_ledger()), 100)


@pytest.mark.parametrize("text", [BY_PLAN, BY_THRESHOLD])
def test_from_its_year_on_nobody_pays_and_nobody_receives(tmp_path: Path, text: str) -> None:
    """Utrecht got 25 cents per inhabitant back, so it paid less than its part of what leaves the gemeentefonds."""
    horizon = horizon_of(tmp_path, text)
    before, first, second = bills(horizon, [UTRECHT] * 3)
    assert [line.programme for line in before.bill.lines] == ["helpline", "other"]
    assert before.handed_over == ()
    for year, number in ((first, 2018), (second, 2019)):
        assert [line.programme for line in year.bill.lines] == ["other"]
        (gone,) = year.handed_over
        population = load_population(number)
        inhabitants = population.municipalities[population.index[UTRECHT]].inhabitants
        assert (gone.hand_over, gone.budget) == (HandOver(2018, "VWS"), 420_000_000)
        assert abs(gone.no_longer_received - 420_000_000 * inhabitants / population.total) < 1
        assert gone.no_longer_paid == gone.no_longer_received - 25 * inhabitants
        assert gone.on_balance == -25 * inhabitants


@pytest.mark.parametrize("text", [BY_PLAN, BY_THRESHOLD])
def test_who_took_part_pays_and_receives_as_much_less(tmp_path: Path, text: str) -> None:
    (gone,) = bills(horizon_of(tmp_path, text), [ZWOLLE] * 3)[1].handed_over
    assert gone.no_longer_paid == gone.no_longer_received > 0


def test_what_is_no_longer_paid_is_what_would_have_been_paid(tmp_path: Path) -> None:
    """The bill of a fund that keeps it, to the cent, with its indexation and another opt-out."""
    index = '[horizon.indexation]\npercent = "2.0"\n'
    gone = bills(horizon_of(tmp_path, BY_PLAN + index), [UTRECHT] * 3)
    kept = bills(horizon_of(tmp_path, HELPLINE + index), [UTRECHT] * 3)
    for without, with_it in zip(gone, kept, strict=True):
        assert without.bill.to_pay + sum(row.no_longer_paid for row in without.handed_over) == with_it.bill.to_pay


def test_all_that_is_no_longer_received_is_the_whole_budget(tmp_path: Path) -> None:
    horizon = horizon_of(tmp_path, BY_PLAN)
    (remark,) = [remark for remark in horizon.remarks if isinstance(remark, GoneToOthers)]
    utrecht = [
        load_population(year).municipalities[load_population(year).index[UTRECHT]].inhabitants for year in (2018, 2019)
    ]
    assert remark.by_year == (
        (2018, 420_000_000 - 25 * utrecht[0], 420_000_000),
        (2019, 420_000_000 - 25 * utrecht[1], 420_000_000),
    )
    assert horizon.fund.expected.contributions.tolist() == [520_000_000, 100_000_000, 100_000_000]
    assert any(line.startswith("Helpline: From 2018 on VWS has it") for line in notes(horizon))
    with written_in("nl"):
        assert any("Vanaf 2018 heeft VWS het, en het geld gaat mee uit het gemeentefonds." in x for x in notes(horizon))


def test_a_threshold_that_is_met_hands_nothing_over(tmp_path: Path) -> None:
    horizon = horizon_of(tmp_path, BY_THRESHOLD, "opt_outs.helpline.municipalities=[]")
    assert [year.handed_over for year in horizon.by_year] == [()] * 3
    assert horizon.fund.expected.contributions.tolist() == [520_000_000] * 3


def test_only_the_year_before_decides(tmp_path: Path) -> None:
    """Utrecht joins in 2018, so in 2017 too few take part and in 2018 all do: a hand-over in 2019 does not happen, and
    one in 2018 does."""
    text = BY_THRESHOLD.replace('rate = "0.25"\n', 'rate = "0.25"\njoins = 2018-01-01\n')
    in_2018 = horizon_of(tmp_path, text)
    in_2019 = horizon_of(tmp_path, text, "thresholds.helpline.handed_over=2019")
    assert [len(year.handed_over) for year in in_2018.by_year] == [0, 1, 1]
    assert [len(year.handed_over) for year in in_2019.by_year] == [0, 0, 0]


def test_until_then_the_programme_goes_on_and_says_what_follows(tmp_path: Path) -> None:
    """In 2017 the municipalities paid for the helpline as ever, though not all had signed."""
    horizon_of(tmp_path, BY_THRESHOLD)
    helpline, _other = result_of(read_scenario(tmp_path / "fund.toml")).by_programme
    assert (helpline.participation.lapsed, helpline.contributed) == (None, 420_000_000)
    assert threshold_in_words(helpline.threshold, None) == (
        "387 municipalities (at least 388 needed) take part all year. Too few take part. From 2018 on VWS has it, "
        "and its money leaves the gemeentefonds with it."
    )


def test_what_is_budgeted_once_for_it_is_paid_and_leaves_no_gemeentefonds(tmp_path: Path) -> None:
    """Such as what winding up costs: nobody else has that."""
    horizon = horizon_of(tmp_path, BY_PLAN + 'one_off = { 2018 = "42000.00" }\n', "opt_outs.helpline.municipalities=[]")
    assert horizon.fund.expected.contributions.tolist() == [520_000_000, 104_200_000, 100_000_000]
    assert [gone.budget for year in horizon.by_year for gone in year.handed_over] == [420_000_000] * 2


def test_a_year_in_which_everything_is_handed_over_has_no_bill_and_still_says_so(tmp_path: Path) -> None:
    years = bills(horizon_of(tmp_path, BY_PLAN, 'without=["other"]'), [ZWOLLE] * 3)
    assert [year.bill.to_pay > 0 for year in years] == [True, False, False]
    assert [len(year.handed_over) for year in years] == [0, 1, 1]


def test_what_others_pay_never_came_out_of_the_gemeentefonds(tmp_path: Path) -> None:
    """Of 4.200.000, 200.000 comes from others: 4.000.000 is divided, and leaves."""
    income = '[[programmes.helpline.income]]\npayer = "VWS"\namount = "200000.00"\nsource = "invented for a test"\n'
    horizon = horizon_of(tmp_path, BY_PLAN.replace("[programmes.other]", income + "[programmes.other]"))
    (gone,) = horizon.by_year[1].handed_over
    assert (gone.budget, int(gone.no_longer_received.sum())) == (400_000_000, 400_000_000)


def test_a_municipality_that_was_not_there_yet_has_what_those_before_it_had(tmp_path: Path) -> None:
    """Vijfheerenlanden came in 2019 of Leerdam, Vianen and Zederik (population_data/mergers.csv)."""
    file = tmp_path / "fund.toml"
    file.write_text(BY_PLAN, encoding="utf-8")
    words = ["estimate", "Vijfheerenlanden", "--scenario", str(file), "--years", "2018-2019", "--json"]
    shown = json.loads(CliRunner().invoke(app, words).stdout)
    horizon = horizon_of(tmp_path, BY_PLAN)
    (whole,) = horizon.by_year[1].handed_over
    index = horizon.by_year[1].population.index
    parts = sum(int(whole.no_longer_received[index[code]]) for code in ("GM0545", "GM0620", "GM0707"))
    (gone,) = shown["years"][0]["handed_over"]
    assert gone["no_longer_received"] == gone["no_longer_paid"] == f"{parts / 100:.2f}"


def test_estimate_and_explain_show_it(tmp_path: Path) -> None:
    file = tmp_path / "fund.toml"
    file.write_text(BY_PLAN, encoding="utf-8")
    words = ["Utrecht", "--scenario", str(file), "--years", "2018"]
    shown = json.loads(CliRunner().invoke(app, ["estimate", *words, "--json"]).stdout)
    (gone,) = shown["years"][0]["handed_over"]
    # Utrecht had 347.483 of 17.181.084 inhabitants on 1 January 2018: 4.200.000 × that = 84.943,92; less 86.870,75.
    assert gone == {
        "programme": "helpline",
        "title": "Helpline",
        "from": 2018,
        "to": "VWS",
        "budget": "4200000.00",
        "no_longer_paid": "-1926.83",
        "no_longer_received": "84943.92",
        "on_balance": "-86870.75",
    }
    for command in ("estimate", "explain"):
        text = CliRunner().invoke(app, [command, *words, "--lang", "nl"]).stdout
        assert "84.943,92" in text
        assert "niet meer" in text


# --- the shipped scenario, and in a sweep --------------------------------------------------------------


def shipped(*settings: str) -> Horizon:
    inputs = read_scenario("naar-vws", settings)
    return years_ahead_of(inputs, realised_years(load_ledger()), 100, 1)


def test_the_three_services_of_2017_are_with_vws_from_2018_on() -> None:
    """verantwoording-2017, chapter 4: 7.500.000 + 4.200.000 + 3.655.000. Utrecht was outside the helpline: of 0,25 ×
    343.038 it got back, and of its part of the whole it receives as much less."""
    of_2017, of_2018 = shipped().by_year
    assert of_2017.handed_over == ()
    assert [gone.budget for gone in of_2018.handed_over] == [750_000_000, 420_000_000, 365_500_000]
    assert {gone.hand_over.to for gone in of_2018.handed_over} == {"het ministerie van VWS"}
    (before, after) = bills(shipped(), [UTRECHT] * 2)
    assert (before.bill.to_pay, after.bill.to_pay) == (22_260_606, 0)
    helpline = after.handed_over[1]
    assert helpline.no_longer_paid - helpline.no_longer_received == -8_687_075


@pytest.mark.parametrize("command", [["run"], ["page", "-o", "page"], ["proposal"]])
def test_a_year_in_which_nobody_pays_is_refused_with_what_became_of_it(command: list[str]) -> None:
    name, *words = command
    outcome = CliRunner().invoke(app, [name, "naar-vws", "--year", "2018", *words, "--lang", "en"])
    assert outcome.exit_code == 2
    assert outcome.stderr.startswith("--year 2018\n  Nobody pays for anything in 2018 (Stichting Advies")
    assert "Kindertelefoon: from 2018 on het ministerie van VWS has it)." in outcome.stderr
    assert "gguplan explain MUNICIPALITY --scenario naar-vws --year 2018" in outcome.stderr
    assert "--set" not in outcome.stderr


@pytest.mark.parametrize("text", [BY_PLAN, BY_THRESHOLD], ids=["by plan", "by a threshold"])
@pytest.mark.parametrize("words", [("--year", "2018"), ("--set", "year=2018", "--set", 'without=["helpline"]')])
def test_in_the_year_of_a_hand_over_the_other_programmes_are_paid(
    tmp_path: Path, text: str, words: tuple[str, ...]
) -> None:
    (tmp_path / "a.toml").write_text(text, encoding="utf-8")
    outcome = CliRunner().invoke(app, ["run", str(tmp_path / "a.toml"), *words, "--json"])
    assert outcome.exit_code == 0, outcome.stderr
    paid = {row["programme"]: row["contributions"] for row in json.loads(outcome.stdout)["programmes"]}
    assert paid == {"other": "1000000.00"}


def test_a_sweep_varies_the_year_of_a_hand_over_as_a_setting_does() -> None:
    base = read_scenario("naar-vws", ["horizon.last=2020"])
    plan = read_plan(base, ["horizon.programmes.akj.handed_over=2018,2019,2020"])
    outcomes = Variants(task_of(base, plan, (), realised_years(load_ledger()), 100, 1)).work_out([[0], [1], [2]])
    assert outcomes.problems == (("", ""),) * 3
    closing = outcomes.columns.index("balance_expected_cents")
    by_setting = [
        int(shipped("horizon.last=2020", f"horizon.programmes.akj.handed_over={year}").fund.expected.closing[-1])
        for year in (2018, 2019, 2020)
    ]
    assert outcomes.rows[:, closing].tolist() == by_setting
    assert len(set(by_setting)) == 3


def test_a_year_in_which_nothing_can_be_handed_over_is_told_of_its_variant_alone() -> None:
    base = read_scenario("naar-vws")
    with pytest.raises(InputError) as caught:
        read_plan(base, ["horizon.programmes.akj.handed_over=2017,2018"])
    assert "Nothing is handed over in 2017 by this account." in caught.value.findings[0].what
