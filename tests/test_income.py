"""Other people's money: it is taken off before a budget is divided, may be uncertain, and may end."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from gguplan.commands.cli import app
from gguplan.fund.allocation_keys import PerInhabitant
from gguplan.fund.opt_outs import Absence, OptOut
from gguplan.fund.problems import IncomeAboveBudget, Mistakes, ProgrammeCannotBeMade
from gguplan.fund.programme import Income, NetBudget, Programme, ReserveDraw
from gguplan.fund.settlements import settlement_named
from gguplan.fund.thresholds import Lapse
from gguplan.inputs.ledger.ledger_files import load_ledger
from gguplan.inputs.ledger.realised_years import realised_years
from gguplan.inputs.scenario.reading import read_scenario
from gguplan.model.drawn_income import income_deviation
from gguplan.model.money_bridge import money_bridge
from gguplan.model.numbers_of_draws import DRAWS
from gguplan.model.participation.settlement import settle
from gguplan.model.randomness import mean_of
from gguplan.model.result import RunResult, run
from gguplan.model.years_ahead.result import Horizon
from gguplan.runs.years_ahead import years_ahead_of
from tests.papers import paper
from tests.worlds import population

NUP: Final = """
title          = "NUP"
year           = 2016
reference_date = 2016-01-01
source         = "een proef"

[programmes.nup]
title      = "Beheer en behoud NUP"
net        = "964000.00"
vat        = "none"
kind       = "maintenance"
underspend = "carry_over"

[[programmes.nup.income]]
payer  = "Leveranciers"
amount = "105000.00"
source = "Verantwoording 2016, paragraaf 1.6: Bijdrage leveranciers 105"
"""
"""verantwoording-2016 section 1.6, Dekking: Opdracht VNG 859, Bijdrage leveranciers 105, together 964."""

YEARS: Final = """
[horizon]
last    = 2018
opening = "0.00"
"""


def scenario(folder: Path, text: str) -> str:
    file = folder / "nup.toml"
    file.write_text(text, encoding="utf-8")
    return str(file)


def worked_out(folder: Path, text: str) -> RunResult:
    return run(read_scenario(scenario(folder, text)).fund_year)


def ahead(folder: Path, text: str, draws: int = 400) -> Horizon:
    return years_ahead_of(read_scenario(scenario(folder, text)), realised_years(load_ledger()), draws, 1)


def test_what_suppliers_pay_the_municipalities_do_not(tmp_path: Path) -> None:
    """964 − 105 = 859 thousand euro, as the report prints it, and 964 to spend."""
    totals = worked_out(tmp_path, NUP).totals
    assert totals["contributions_cents"] == 859_000_00
    assert totals["income_cents"] == 105_000_00
    assert totals["available_cents"] == totals["gross_cents"] == 964_000_00


def test_the_sum_behind_a_bill_says_who_pays_the_rest(tmp_path: Path) -> None:
    output = CliRunner().invoke(app, ["explain", "Utrecht", "-s", scenario(tmp_path, NUP)]).stdout
    assert "to divide: €964,000.00 − €105,000.00 from others = €859,000.00" in output
    assert "income from Leveranciers: €105,000.00" in output
    assert "Bijdrage leveranciers 105" in output


def test_a_run_says_it_for_people_and_for_machines(tmp_path: Path) -> None:
    file = scenario(tmp_path, NUP)
    answer: dict[str, Any] = json.loads(CliRunner().invoke(app, ["run", file, "--json"]).stdout)
    assert answer["fund"]["income"] == answer["programmes"][0]["income"] == "105000.00"
    dutch = CliRunner().invoke(app, ["run", file, "--verbose", "--lang", "nl"]).stdout
    assert "Leveranciers betaalt er € 105.000,00 van." in dutch
    assert "Inkomsten van anderen" in dutch


def test_income_comes_in_from_its_first_year_on(tmp_path: Path) -> None:
    """An exit fee of a member that leaves in 2017: 964 in 2016, and 964 − 105 = 859 in 2017 and 2018."""
    text = NUP.replace("amount = ", "since = 2017\namount = ") + YEARS
    fund = ahead(tmp_path, text).fund.expected
    assert fund.income.tolist() == [0, 105_000_00, 105_000_00]
    assert fund.contributions.tolist() == [964_000_00, 859_000_00, 859_000_00]
    shown = (
        CliRunner().invoke(app, ["explain", "Utrecht", "--scenario", scenario(tmp_path, text), "--lang", "en"]).stdout
    )
    assert "Leveranciers" not in shown
    shown = CliRunner().invoke(app, ["run", scenario(tmp_path, text), "-v", "--lang", "en"]).stdout
    assert "The first year of that is 2017." in shown


def test_what_others_and_the_balance_pay_is_that_of_the_year_and_the_rest_of_later_years_stays_known() -> None:
    always = Income("Always", 1, "own")
    ending, beginning = Income("Ending", 2, "own", until=2017), Income("Beginning", 3, "own", since=2018)
    until, since = ReserveDraw("Until", 4, "own", until=2017), ReserveDraw("Since", 5, "own", since=2019)
    stated = Programme(
        *("a", "A", NetBudget(100), 0, PerInhabitant(), "own", None, None),
        income=(always, ending),
        reserve=(until,),
        income_to_come=(beginning,),
        reserve_to_come=(since,),
    )
    by_year = {year: stated.in_year(year) for year in (2017, 2018, 2019)}
    assert {year: (of_year.income, of_year.reserve) for year, of_year in by_year.items()} == {
        2017: ((always, ending), (until,)),
        2018: ((always, beginning), ()),
        2019: ((always, beginning), (since,)),
    }
    assert {year: (of_year.income_to_come, of_year.reserve_to_come) for year, of_year in by_year.items()} == {
        2017: ((beginning,), (since,)),
        2018: ((), (since,)),
        2019: ((), ()),
    }
    assert by_year[2017].stated_income == (always, ending, beginning)
    assert by_year[2017].stated_reserve == (until, since)


def test_income_that_ends_before_it_begins_is_a_mistake(tmp_path: Path) -> None:
    shown = CliRunner().invoke(
        app,
        ["run", scenario(tmp_path, NUP.replace("amount = ", "since = 2018\nuntil = 2017\namount = ")), "--lang", "en"],
    )
    assert (shown.exit_code, "Until is before since" in shown.stderr) == (2, True)


@pytest.mark.usefixtures("undrawn")
def test_income_that_may_be_more_than_the_budget_leaves_nothing_to_divide(tmp_path: Path) -> None:
    """Between 80.000,00 and 1.000.000,00 of a budget of 964.000,00."""
    with pytest.raises(Mistakes) as wrong:
        worked_out(tmp_path, NUP.replace("105000.00", '105000.00"\nbetween = ["80000.00", "1000000.00"] #'))
    assert wrong.value.mistakes == (ProgrammeCannotBeMade("nup", IncomeAboveBudget(100_000_000, 96_400_000)),)


def test_a_proposal_says_who_pays_and_its_bridge_closes(tmp_path: Path) -> None:
    made = paper(tmp_path, scenario(tmp_path, NUP), "--lang", "en")
    assert "Leveranciers pays €105,000.00 of it." in made.text
    amounts = {row[0]: row[1] for row in made.table("fund")}
    assert amounts["Income from others"] == "€105,000.00"
    bridge = money_bridge(worked_out(tmp_path, NUP))
    assert bridge.budget - bridge.income - bridge.not_invoiced == bridge.contributions == 859_000_00
    assert bridge.contributions + bridge.income - bridge.refunds + bridge.drawn == bridge.available


def test_a_rate_per_inhabitant_stands_beside_the_amount_that_it_is_of(tmp_path: Path) -> None:
    """859 thousand of 16.979.120 inhabitants is 0.0506; all 964 would be 0.0568."""
    file = scenario(tmp_path, NUP)
    shown = CliRunner().invoke(app, ["run", file, "-v", "--lang", "en"]).stdout
    row = next(line.split() for line in shown.splitlines() if line.startswith("nup "))
    assert row[-4:] == ["€964,000.00", "€964,000.00", "€859,000.00", "€0.0506"]
    table = paper(tmp_path, file, "--lang", "en").table("programmes")
    assert [cells[1:] for cells in table[-2:]] == [["€964,000.00", "€964,000.00", "€859,000.00", "€0.0506"]] * 2


def test_income_does_not_rise_with_the_indexation_and_ends_in_its_last_year(tmp_path: Path) -> None:
    """964 × 1,02 = 983,28: 878,28 is left for the municipalities in 2017, and all of 1.002.945,60 in 2018."""
    index = '[horizon.indexation]\npercent = "2.0"\n'
    text = NUP.replace("amount = ", "until = 2017\namount = ") + YEARS + index
    fund = ahead(tmp_path, text).fund.expected
    assert fund.income.tolist() == [105_000_00, 105_000_00, 0]
    assert fund.contributions.tolist() == [859_000_00, 878_280_00, 1_002_945_60]
    assert (fund.worked_out() == fund.closing).all()


def test_what_comes_in_less_is_lost_to_the_balance_and_not_billed(tmp_path: Path) -> None:
    """Nothing else is uncertain here: what is realised of each year is known but for the last."""
    uncertain = NUP.replace("amount = ", 'between = ["60000.00", "150000.00"]\namount = ')
    known = '[horizon.programmes.nup]\nrealised = { 2016 = "964000.00", 2017 = "964000.00" }\n'
    horizon = ahead(tmp_path, uncertain + YEARS + known, 2_000)
    assert horizon.to_pay.tolist() == [859_000_00] * 3
    certain = ahead(tmp_path, NUP + YEARS + known, 2_000)
    # In a year that is known there is no draw; in one that is not the interval is wider with the income.
    assert horizon.fund.between()[0][1] == horizon.fund.between()[1][1] == 0
    assert np.ptp([ends[2] for ends in horizon.fund.between()]) > np.ptp([ends[2] for ends in certain.fund.between()])


def test_a_forecast_says_what_of_what_is_left_is_income_above_the_plan(tmp_path: Path) -> None:
    """Budget + income above plan = realised + left over, of each programme and together, expected."""
    uncertain = NUP.replace("amount = ", 'between = ["60000.00", "200000.00"]\namount = ')
    file = scenario(tmp_path, uncertain)
    answer: dict[str, Any] = json.loads(CliRunner().invoke(app, ["forecast", file, "--json"]).stdout)
    for row in (answer["total"], answer["programmes"][0]):
        left = answer["underspend"]["total"]["expected"]
        assert Decimal(row["net"]) + Decimal(row["income_above_plan"]) == Decimal(row["expected"]) + Decimal(left)
    deviation = income_deviation("nup", read_scenario(file).programmes["nup"].income, 0, 2016, DRAWS, 1)
    more = int(mean_of(964_000_00 + deviation)) - 964_000_00
    assert Decimal(answer["total"]["income_above_plan"]) * 100 == more > 10_000_00
    for command in ("forecast", "run"):
        printed = CliRunner().invoke(app, [command, file, "--lang", "en"]).stdout
        assert "What others pay is not certain: €1" in printed
        assert "more than planned is expected, without VAT" in printed
    assert "What others pay is not certain: €1" in paper(tmp_path, file, "--lang", "en").text
    certain = CliRunner().invoke(app, ["forecast", scenario(tmp_path, NUP), "--lang", "en"]).stdout
    assert "What others pay is not certain" not in certain


SETTLEMENTS: Final = ("refund", "shrink", "redistribute", "absorb")


@given(
    gross=st.integers(1_000, 10**11),
    part=st.integers(0, 99),
    word=st.sampled_from(SETTLEMENTS),
    days=st.integers(0, 366),
    lapsed=st.sampled_from([None, "not_levied", "to_balance", "handed_over"]),
)
def test_contributions_and_income_less_refunds_and_with_what_is_drawn_are_what_can_be_spent(
    gross: int, part: int, word: Any, days: int, lapsed: Lapse | None
) -> None:
    world = population(Aa=500, Bee=300, Cee=200)
    outside = np.array([days, 0, 0], dtype=np.int64)
    opt_out = OptOut("a", Absence(outside, world.inhabitants), settlement_named(word), "a test")
    income = gross * part // 100
    paid = settle(gross, PerInhabitant(), world, [opt_out], 366, lapsed, income)
    contributions, refunds = int(paid.contributions.sum()), int(paid.refunds.sum())
    assert paid.available == contributions + paid.income - refunds + paid.drawn - paid.handed_over
    assert int(paid.allocation.parts.sum()) in (gross - income, 0)
    if lapsed is None:
        assert paid.income == income
        if word in ("redistribute", "absorb"):
            assert paid.available == gross
    else:
        assert paid.income == 0
        assert paid.available == 0


def test_the_first_year_ahead_is_the_forecast_where_income_is_uncertain(tmp_path: Path) -> None:
    """docs/sums.md: the balance has what comes in more or less than planned; what is spent stays as it was."""
    uncertain = NUP.replace("amount = ", 'between = ["10000.00", "106000.00"]\namount = ')
    file = scenario(tmp_path, uncertain + YEARS)
    spent, ahead_of_it = (
        json.loads(CliRunner().invoke(app, [command, file, "--json"]).stdout) for command in ("forecast", "horizon")
    )
    certain = json.loads(CliRunner().invoke(app, ["forecast", scenario(tmp_path, NUP), "--json"]).stdout)
    of_2016 = {row["account"]: row for row in ahead_of_it["accounts"] if row["year"] == 2016}
    assert spent["total"]["expected"] == of_2016["fund"]["realised"] == certain["total"]["expected"]
    assert spent["underspend"]["total"]["expected"] == of_2016["fund"]["closing"]
