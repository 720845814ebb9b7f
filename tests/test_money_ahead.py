"""No money that is stated for the years ahead vanishes: it is in an account, or it is named as changing nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

import numpy as np
import pytest
from msgspec.structs import replace
from typer.testing import CliRunner

from gguplan.commands.cli import app
from gguplan.findings import InputError
from gguplan.fund.allocation_keys import PerInhabitant
from gguplan.fund.fund_year import FundYear, Origin
from gguplan.fund.hand_overs import HandOver
from gguplan.fund.ledger import Ledger, Reading
from gguplan.fund.programme import NetBudget, Programme
from gguplan.fund.years_ahead import ProgrammeAhead, YearsAhead
from gguplan.inputs.ledger.realised_years import realised_years
from gguplan.inputs.scenario.reading import read_scenario
from gguplan.model.years_ahead.account import Account
from gguplan.model.years_ahead.budgets import Budgets
from gguplan.model.years_ahead.remarks import (
    GoneToOthers,
    NoBudget,
    NotPublished,
    Obligation,
    PlanOfKnownYear,
    PromiseAboveKnown,
    Remark,
    remarks_on,
)
from gguplan.model.years_ahead.result import Horizon
from gguplan.model.years_ahead.year_of_horizon import YearOfHorizon
from gguplan.reports.terminal.horizon_remarks import remark_in_words, remedy_in_words
from gguplan.runs.results import result_of
from gguplan.runs.years_ahead import years_ahead_of
from tests.worlds import population

FUND: Final = """
title = "A fund"
year = 2016
reference_date = 2016-01-01
source = "invented for a test"
[programmes.stays]
title = "Stays"
net = "1000.00"
vat = "none"
underspend = "carry_over"
[programmes.stops]
title = "Stops"
net = "500.00"
vat = "none"
underspend = "carry_over"
[horizon]
last = 2018
opening = "0.00"
[horizon.programmes.stays]
realised = { 2016 = "1000.00", 2017 = "1000.00", 2018 = "1000.00" }
"""


NOTHING_PUBLISHED: Final = Ledger({}, {}, ())


def horizon_of(folder: Path, more: str, *settings: str) -> Horizon:
    file = folder / "fund.toml"
    file.write_text(FUND + more, encoding="utf-8")
    inputs = read_scenario(file, settings)
    return years_ahead_of(inputs, realised_years(inputs.fund_year.ledger), 100)


def account(horizon: Horizon, name: str) -> Account:
    return next(account for account in horizon.programmes if account.name == name)


def remarks(horizon: Horizon) -> list[str]:
    return [f"{remark_in_words(remark)} {remedy_in_words(remark)}".strip() for remark in horizon.remarks]


def closing(horizon: Horizon, name: str) -> list[int]:
    return [int(cents) for cents in account(horizon, name).expected.closing]


LEFT_OUT: Final = 'without=["stops"]'


def test_a_programme_that_is_left_out_keeps_its_balance_and_its_promises(tmp_path: Path) -> None:
    """1,300.00 to begin with, of which 400.00 was promised for 2017: 900.00 is left, and nobody pays for it."""
    more = '[horizon.programmes.stops]\nopening = "1300.00"\ncommitted = { 2017 = "400.00" }\n'
    horizon = horizon_of(tmp_path, more, LEFT_OUT)
    assert closing(horizon, "stops") == [130_000, 90_000, 90_000]
    assert not account(horizon, "stops").expected.contributions.any()
    assert horizon.to_pay.tolist() == [100_000] * 3
    assert remarks(horizon) == [
        "Stops is left out: nobody pays for it in any year. Its money stays in the account: to begin with €1,300.00, "
        "promised €400.00."
    ]


@pytest.mark.parametrize(
    ("rule", "to_reserve", "returned", "left"),
    [
        ("general", [1300, 0, 0], [0, 0, 0], 0),
        ("return", [0, 0, 0], [1300, 0, 0], 0),
        ("earmark", [0] * 3, [0] * 3, 1300),
    ],
)
def test_what_a_programme_that_is_left_out_has_goes_by_its_rule(
    tmp_path: Path, rule: str, to_reserve: list[int], returned: list[int], left: int
) -> None:
    settings = (LEFT_OUT, f"programmes.stops.underspend={rule}")
    horizon = horizon_of(tmp_path, '[horizon.programmes.stops]\nopening = "1300.00"\n', *settings)
    flows = account(horizon, "stops").expected
    assert flows.to_reserve.tolist() == [100 * euros for euros in to_reserve]
    assert flows.returned.tolist() == [100 * euros for euros in returned]
    assert flows.closing.tolist()[-1] == 100 * left


def test_what_is_known_to_be_spent_of_a_programme_that_is_left_out_is_paid(tmp_path: Path) -> None:
    more = '[horizon.programmes.stops]\nopening = "300.00"\nrealised = { 2017 = "450.00" }\n'
    horizon = horizon_of(tmp_path, more, LEFT_OUT)
    assert closing(horizon, "stops") == [30_000, 0, 0]
    assert horizon.reserve.expected.closing.tolist() == [0, -15_000, -15_000]
    assert "realised €450.00" in remarks(horizon)[0]


def test_budgets_of_a_programme_that_is_left_out_are_left_out_and_named(tmp_path: Path) -> None:
    more = '[horizon.programmes.stops]\nnet = { 2017 = "600.00" }\none_off = { 2018 = "50.00" }\n'
    horizon = horizon_of(tmp_path, more, LEFT_OUT)
    assert [account.name for account in horizon.programmes] == ["stays"]
    assert remarks(horizon) == [
        "Stops is left out: nobody pays for it in any year. What is stated as its budget of 2017, 2018 is left out as "
        "well."
    ]


def test_a_programme_that_is_left_out_without_money_is_not_spoken_of(tmp_path: Path) -> None:
    horizon = horizon_of(tmp_path, "", LEFT_OUT)
    assert [account.name for account in horizon.programmes] == ["stays"]
    assert not horizon.remarks


def test_money_that_is_left_out_needs_a_rule_as_well(tmp_path: Path) -> None:
    without_rule = FUND.replace('vat = "none"\nunderspend = "carry_over"\n[horizon]', 'vat = "none"\n[horizon]')
    file = tmp_path / "fund.toml"
    file.write_text(without_rule + '[horizon.programmes.stops]\nopening = "1300.00"\n', encoding="utf-8")
    with pytest.raises(InputError, match="what becomes of what these do not spend: stops"):
        read_scenario(file, [LEFT_OUT])


def remarked(
    ahead: Mapping[str, ProgrammeAhead],
    with_account: Sequence[str],
    budgeted: Sequence[str],
    published: Ledger = NOTHING_PUBLISHED,
    *years: int,
) -> list[Remark]:
    """What is remarked of a fund of 2016 with years up to 2019, of which some programmes have an account and some of
    these a budget, and gone is left out; in some `years` of what is published."""
    world, day, source = population(A=1), date(2016, 1, 1), "invented for a test"
    stated = YearsAhead(2016, 2019, 0, None, "draw", None, None, years, None, ahead, source)
    titles = {name: name.upper() for name in ahead}
    no_one: dict[str, Any] = {}
    base = FundYear(
        *("F", None, source, 2016, day, None, world, no_one, no_one, no_one, no_one, (), no_one),
        *(stated, titles, frozenset({"gone"}), Origin("F"), lambda: published),
    )
    accounts = {
        name: Programme(name, name.upper(), NetBudget(1), 0, PerInhabitant(), source, None, None)
        for name in with_account
    }
    drawn = {name: np.ones(1) for name in budgeted}
    by_year = [YearOfHorizon(year, world, None, None, drawn) for year in stated.years]
    return list(remarks_on(base, stated, accounts, by_year, published))


def test_all_that_is_stated_of_a_programme_without_a_budget_is_named() -> None:
    money: dict[str, Any] = {"opening": 1, "from_balance": {2017: 2, 2018: 3}, "committed": {2017: 4, 2018: 5}}
    gone = ProgrammeAhead(gross={2019: 1}, net={2017: 1}, one_off={2018: 1}, realised={2015: 6, 2014: 7}, **money)
    idle = ProgrammeAhead(gross={2019: 1}, **money)
    ahead = {"gone": gone, "idle": idle, "silent": ProgrammeAhead(), "runs": ProgrammeAhead(opening=9)}
    assert remarked(ahead, ["idle", "runs"], ["runs"]) == [
        NoBudget("GONE", True, 1, 5, 9, 13, (2017, 2018, 2019)),
        NoBudget("IDLE", False, 1, 5, 9, 0, ()),
    ]


def test_a_promise_binds_later_years_of_which_is_not_known_what_was_realised() -> None:
    promises = {2016: 10, 2018: 30, 2017: 20, 2019: 40}
    by_the_council = ProgrammeAhead(committed=promises, committed_by="the council", source="a letter")
    by_its_source = ProgrammeAhead(committed={2017: 50, 2018: 40}, realised={2017: 49, 2018: 40}, source="a letter")
    planned = ProgrammeAhead(
        committed={2019: 1}, from_balance={2017: 7, 2018: 8}, realised={2018: 0}, source="a letter"
    )
    names = ["a", "b", "c"]
    without_budget = ProgrammeAhead(committed={2018: 1})
    ahead = {"idle": without_budget, **dict(zip(names, (by_the_council, by_its_source, planned), strict=True))}
    assert remarked(ahead, names, names) == [
        PromiseAboveKnown("B", 2017, 50, 49),
        PlanOfKnownYear("C", 2018, 8),
        Obligation("A", ((2017, 20), (2018, 30), (2019, 40)), "the council"),
        Obligation("C", ((2019, 1),), "a letter"),
    ]


def test_a_programme_of_which_no_budget_is_published_in_a_year_of_the_ledger_is_named() -> None:
    """Printed with VAT or without; not where the scenario states a step of its own, or nothing is to be expected."""
    net = Reading(
        *("net", 2018, "net", "", "1", "euro", "excluded", "report", "1.1", "table", True, ""), amount=1, rounding=0
    )
    ledger = Ledger({}, {}, (net, replace(net, programme="gross", quantity="gross")))
    ahead = {name: ProgrammeAhead() for name in ("net", "gross", "gone", "missing")}
    ahead |= {"stated": ProgrammeAhead(net={2018: 1}), "ended": ProgrammeAhead(ends=2017)}
    assert remarked(ahead, list(ahead), list(ahead), ledger, 2018) == [NotPublished(2018, ("MISSING",))]
    assert remarked(ahead, list(ahead), list(ahead), ledger, 2016) == []


def test_every_programme_that_somebody_else_has_is_named_but_those_that_are_left_out() -> None:
    """Also one that would have had no budget: then no year of it is."""
    hand_over = HandOver(2018, "the ministry")
    ahead = {name: ProgrammeAhead(hand_over=hand_over) for name in ("gone", "b", "c")}
    assert remarked({"a": ProgrammeAhead(), **ahead}, [], []) == [
        GoneToOthers("B", hand_over, ()),
        GoneToOthers("C", hand_over, ()),
    ]


# --- before the first year and after the last --------------------------------------------------------


@pytest.mark.parametrize("years", ["starts = 2017", "ends = 2015"])
def test_a_programme_without_a_budget_in_the_year_of_the_scenario_is_in_no_bill_of_it(
    tmp_path: Path, years: str
) -> None:
    horizon = horizon_of(tmp_path, f"[horizon.programmes.stops]\n{years}\n")
    result = result_of(read_scenario(tmp_path / "fund.toml"))
    assert [programme.name for programme in result.by_programme] == ["stays"]
    assert int(result.to_pay.sum()) == horizon.to_pay[0] == 100_000
    outcome = CliRunner().invoke(app, ["run", str(tmp_path / "fund.toml"), "--json"])
    assert json.loads(outcome.stdout)["notes"][0] == (
        "Not in the sum of 2016: Stops, which by the years ahead has no budget in that year."
    )


def test_what_ended_before_the_first_year_keeps_its_money(tmp_path: Path) -> None:
    more = '[horizon.programmes.stops]\nends = 2015\nopening = "300.00"\ncommitted = { 2018 = "100.00" }\n'
    horizon = horizon_of(tmp_path, more)
    assert closing(horizon, "stops") == [30_000, 30_000, 20_000]
    assert remarks(horizon) == [
        "Stops has no budget in any of these years. Its money stays in the account: to begin with €300.00, promised "
        "€100.00."
    ]


def test_what_is_budgeted_once_after_the_last_year_is_paid(tmp_path: Path) -> None:
    more = '[horizon.programmes.stops]\nends = 2016\none_off = { 2018 = "50.00" }\n'
    horizon = horizon_of(tmp_path, more)
    assert account(horizon, "stops").expected.contributions.tolist() == [50_000, 0, 5_000]


@pytest.mark.parametrize("key", ["net", "gross", "one_off"])
def test_a_budget_of_the_year_of_the_scenario_stands_with_the_programme(tmp_path: Path, key: str) -> None:
    """Else a bill of `run` and the first bill of the horizon would differ."""
    with pytest.raises(InputError, match="the year of the scenario, stands with the programme itself") as error:
        horizon_of(tmp_path, f'[horizon.programmes.stops]\n{key} = {{ 2016 = "600.00" }}\n')
    (finding,) = error.value.findings
    assert "[programmes.stops]" in finding.remedy


def test_a_step_that_repeats_the_budget_of_the_year_of_the_scenario_is_no_mistake(tmp_path: Path) -> None:
    horizon = horizon_of(tmp_path, '[horizon.programmes.stops]\nnet = { 2016 = "500.00" }\n')
    assert horizon.to_pay[0] == 150_000


def test_a_fund_of_which_nothing_has_started_is_a_finding(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No programme has a budget in 2016"):
        horizon_of(tmp_path, "starts = 2017\n[horizon.programmes.stops]\nstarts = 2018\n")


# --- known years -------------------------------------------------------------------------------------


def test_a_plan_and_a_promise_that_a_known_year_overtakes_are_named(tmp_path: Path) -> None:
    more = (
        '[horizon.programmes.stops]\nopening = "900.00"\nrealised = { 2017 = "450.00" }\n'
        'committed = { 2017 = "700.00" }\nfrom_balance = { 2017 = "200.00" }\n'
    )
    horizon = horizon_of(tmp_path, more)
    assert account(horizon, "stops").expected.realised.tolist()[1] == 45_000
    assert remarks(horizon) == [
        "Stops: of the €700.00 that was promised for 2017, €450.00 is known to be realised; no more is paid.",
        "Stops: the €200.00 planned out of its balance in 2017 changes nothing, because it is known what was realised.",
    ]


def test_what_is_known_of_a_programme_that_lapses_is_paid_and_named(tmp_path: Path) -> None:
    more = (
        '[horizon.programmes.stops]\nopening = "900.00"\nrealised = { 2016 = "450.00" }\n'
        '[thresholds.stops]\nmunicipalities = 390\notherwise = "not_levied"\n'
        '[opt_outs.stops]\nmunicipalities = ["Utrecht"]\nsettlement = "shrink"\n'
    )
    horizon = horizon_of(tmp_path, more)
    assert closing(horizon, "stops")[0] == 45_000
    for command in ("run", "forecast"):
        outcome = CliRunner().invoke(app, [command, str(tmp_path / "fund.toml"), "--lang", "en"])
        assert "Stops has nothing to spend, yet €450.00 is known to be realised in 2016" in outcome.output


# --- published years ---------------------------------------------------------------------------------


def published(name: str, *years: int) -> Horizon:
    ahead = [f"last={max(years)}", "opening=0.00", "underspend=carry_over", f"ledger={list(years)}", "source=test"]
    inputs = read_scenario(name, [f"horizon.{setting}" for setting in ahead])
    return years_ahead_of(inputs, realised_years(inputs.fund_year.ledger), 100)


def test_what_is_new_in_a_published_year_is_named_with_what_to_write() -> None:
    """verantwoording-2017, chapter 4: € 1.570.248 for Privacy/Ensia, which 2016 has under Digitale Agenda."""
    sentences = remarks(published("uitnamen-2016", 2016, 2017))
    (new,) = (sentence for sentence in sentences if sentence.startswith("New in the ledger of 2017"))
    assert "Privacy/Ensia 2016 en 2017, €1,570,248.00 without VAT" in new
    assert "[programmes.privacy-ensia]" in new
    assert "[horizon.programmes.privacy-ensia] with starts = 2017" in new


def test_what_is_new_can_be_taken_along_as_it_says(tmp_path: Path) -> None:
    (tmp_path / "more.toml").write_text(
        'title = "With Privacy/Ensia"\nextends = "uitnamen-2016"\nsource = "verantwoording-2017, 4"\n'
        '[programmes.privacy-ensia]\ntitle = "Privacy/Ensia"\nnet = "1570248.00"\nvat = "21%"\n'
        '[horizon]\nlast = 2017\nopening = "0.00"\nunderspend = "carry_over"\nledger = [2016, 2017]\n'
        "[horizon.programmes.privacy-ensia]\nstarts = 2017\n",
        encoding="utf-8",
    )
    inputs = read_scenario(tmp_path / "more.toml")
    horizon = years_ahead_of(inputs, realised_years(inputs.fund_year.ledger), 100)
    flows = account(horizon, "privacy-ensia").expected
    # 1.900.000 ÷ 1,21, printed as 1.570.248.
    assert flows.contributions.tolist() == [0, 157_024_793]
    assert flows.realised.tolist() == [0, 96_862_600]
    assert int(result_of(inputs).to_pay.sum()) == int(result_of(read_scenario("uitnamen-2016")).to_pay.sum())
    assert not any(sentence.startswith("New") for sentence in remarks(horizon))


def test_what_has_no_published_budget_any_more_is_named() -> None:
    sentences = remarks(published("uitnamen-2016", 2016, 2017))
    (ended,) = (sentence for sentence in sentences if sentence.startswith("The ledger has no budget of 2017"))
    assert "Stichting Opvoeden.nl" in ended


def test_a_scenario_with_programmes_of_its_own_is_not_told_of_others() -> None:
    assert not published("isd-beheer", 2016, 2017).remarks


def test_a_refund_other_than_the_published_one_is_named() -> None:
    sentences = remarks(published("uitnamen-2016", 2016, 2017))
    (refund,) = (sentence for sentence in sentences if "is refunded in 2017" in sentence)
    assert "counts €684,344.50 as realised" in refund
    assert not any("is refunded in 2016" in sentence for sentence in sentences)
    assert not any("is refunded" in sentence for sentence in remarks(published("uitnamen-2017", 2017)))


def test_remarks_stand_in_what_machines_read(tmp_path: Path) -> None:
    horizon_of(tmp_path, '[horizon.programmes.stops]\nopening = "1300.00"\n', LEFT_OUT)
    words = [str(tmp_path / "fund.toml"), "--set", LEFT_OUT, "--draws", "100"]
    outcome = CliRunner().invoke(app, ["horizon", *words, "--json"])
    assert any(note.startswith("Stops is left out") for note in json.loads(outcome.stdout)["notes"])


def test_what_is_planned_out_of_the_balance_is_spent_besides_what_is_available() -> None:
    extra = np.array([[5, 0]])
    assert Budgets(("a", "b"), ((None, None),), extra, np.zeros((1, 2), dtype=np.int64)).spending.tolist() == [[5, 0]]
