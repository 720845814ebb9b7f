"""The years ahead of a fund: budgets, forecasts and balances of whole scenarios, and what the reports print of them."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np
import pytest
from msgspec.structs import asdict
from typer.testing import CliRunner

from gguplan.commands.cli import app
from gguplan.fund.hand_overs import HandOver
from gguplan.fund.opt_outs import OptOut
from gguplan.fund.thresholds import Lapse
from gguplan.fund.years_ahead import Indexation, ProgrammeAhead
from gguplan.inputs.ledger.ledger_files import load_ledger
from gguplan.inputs.ledger.realised_years import realised_years
from gguplan.inputs.population.years import load_population
from gguplan.inputs.scenario.reading import read_scenario
from gguplan.model.allocation import budget_of
from gguplan.model.bill import bill_of
from gguplan.model.participation.of_a_programme import participation_of
from gguplan.model.result import ProgrammeResult
from gguplan.model.years_ahead.account import CHANCES, Account, AccountScope, Flows
from gguplan.model.years_ahead.bill_in_a_year import InInterval
from gguplan.model.years_ahead.bills import bills
from gguplan.model.years_ahead.indexation import index_path
from gguplan.model.years_ahead.remarks import NotPublished, Provisional, Remark
from gguplan.model.years_ahead.result import Horizon
from gguplan.model.years_ahead.year_of_horizon import NetMoney, net_money, paid_in_draws
from gguplan.money import times_fraction
from gguplan.runs.results import result_of
from gguplan.runs.years_ahead import years_ahead_of
from tests.worlds import opt_out, population
from tests.worlds import programme as programme_with

HEAD: Final = """
title = "A fund"
year = 2016
reference_date = 2016-01-01
source = "invented for a test"
"""


def years_of(text: str, folder: Path, *settings: str, draws: int = 200, seed: int = 1) -> Horizon:
    """The horizon of a scenario in a file."""
    file = folder / "fund.toml"
    file.write_text(HEAD + text, encoding="utf-8")
    return years_ahead_of(read_scenario(file, settings), realised_years(load_ledger()), draws, seed)


@cache
def shipped(name: str, *settings: str) -> Horizon:
    return years_ahead_of(read_scenario(name, settings), realised_years(load_ledger()), 300)


def euros(amounts: np.ndarray[tuple[int], np.dtype[np.int64]]) -> list[str]:
    return [f"{int(amount) / 100:.2f}" for amount in amounts]


# --- what the reports print ------------------------------------------------------------------------


def test_operatie_brp_keeps_what_the_report_of_2017_prints() -> None:
    """verantwoording-2017, 1.5: 12,4 miljoen made available, 6.926.191 realised; after 275.000 with VAT in 2018 there
    is 6.344.309 with VAT. To the cent the budget of 2017 is 1.000.000 ÷ 1,21."""
    (brp,) = shipped("operatie-brp").programmes
    assert euros(brp.expected.closing) == ["5930506.93", "5470503.21", "5243230.48", "5243230.48"]
    assert [round(brp.with_vat(int(cents)) / 100) for cents in brp.expected.closing[2:]] == [6_344_309, 6_344_309]
    realised = brp.expected.realised
    assert euros(realised) == ["230583.00", "1286450.00", "227272.73", "0.00"]
    # 1.286.450 + 5.639.741 up to the end of 2016 = 6.926.191, and 12.396.694 − 6.926.191 = 5.470.503.
    assert round(15_000_000 / 1.21) - 6_926_191 == round(int(brp.expected.closing[1]) / 100) == 5_470_503
    assert brp.with_vat(22_727_273) == 27_500_000


def test_the_report_of_2016_mixes_amounts_with_and_without_vat() -> None:
    """verantwoording-2016, 1.5: € 14 miljoen with VAT less € 5,627 miljoen without leaves the € 8,373 miljoen."""
    (brp,) = shipped("operatie-brp-verslag-2016").programmes
    assert euros(brp.expected.closing) == ["8373000.00"]


def test_i_sociaal_domein_with_and_without_initiate() -> None:
    """verantwoording-2017, 3.3: 3.089.771 less 1.104.096 is the printed 1.985.675; with the 707.246 (and a euro) of
    Initiate, as in chapter 4, it is 1.278.428."""
    assert euros(shipped("i-sociaal-domein").fund.expected.opening) == ["3089771.00", "3089771.00"]
    assert euros(shipped("i-sociaal-domein").fund.expected.closing) == ["3089771.00", "1278428.00"]
    assert euros(shipped("i-sociaal-domein-zonder-initiate").fund.expected.closing)[1] == "1985675.00"
    assert 1_104_096 + 707_246 + 1 == 1_811_343


def test_isd_beheer_and_the_other_reading_of_its_realised_amount() -> None:
    """verantwoording-2017, 1.4: 1.023.063 from 2016 and 947.151 over 2017; with the 9.246.466 of the text 950.151.
    The print 9.173.554 of the budget of 2017 is 11.100.000 ÷ 1,21, rounded up by 28 cents."""
    assert euros(shipped("isd-beheer").fund.expected.closing) == ["1023063.00", "947150.72"]
    horizon = shipped("isd-beheer", "horizon.programmes.isd-beheer.realised.2017=9246466.00")
    assert euros(horizon.fund.expected.closing) == ["1023063.00", "950150.72"]
    # 9.338.843, as the report of 2016 prints the budget of 11,3 miljoen without VAT.
    assert round(int(shipped("isd-beheer").fund.expected.contributions[0]) / 100) == 9_338_843


def test_opvoeden_nl_spent_what_it_got_of_municipalities_and_others_and_134_euros_more() -> None:
    """verantwoording-2016, 2.9: € 700.000, € 74.600 of external means, € 13.304 over from 2015, € 134 overspent."""
    fund = shipped("opvoeden-nl").fund.expected
    assert euros(fund.contributions) == ["700000.00"]
    assert euros(fund.income) == ["74600.00"]
    assert euros(fund.closing) == ["-134.00"]


@pytest.mark.parametrize("name", ["operatie-brp", "i-sociaal-domein", "isd-beheer", "opvoeden-nl", "naar-vws"])
def test_what_is_known_is_not_drawn(name: str) -> None:
    """Every draw closes where the account closes: the interval is a point."""
    horizon = shipped(name)
    assert (horizon.fund_closing == horizon.fund.expected.closing).all()
    assert (horizon.closing_quantile([0.01, 0.99]) == horizon.fund.expected.closing).all()
    assert horizon.fund.chance_ever_below == 0
    assert (horizon.fund.realised_quantiles == horizon.fund.expected.realised).all()
    assert (horizon.fund.scope, horizon.reserve.scope) == ("fund", "reserve")


# --- budgets ---------------------------------------------------------------------------------------


def test_budgets_start_end_step_and_rise(tmp_path: Path) -> None:
    """By hand: 1,000.00 + 10 % a year is 1,100.00, 1,210.00 and 1,331.00. The step of 2018 is in the prices of 2018,
    so 2019 is 2,000.00 + 10 %; in 2017 50.00 comes on top once. The agreement in euros stays 500.00; what starts in
    2018 has risen twice by then, and what ends in 2017 is not there any more."""
    horizon = years_of(
        """
        [programmes.steps]
        title = "Steps"
        net = "1000.00"
        vat = "none"
        [programmes.agreement]
        title = "Agreement"
        net = "500.00"
        vat = "none"
        [programmes.later]
        title = "Later"
        net = "100.00"
        vat = "none"
        [programmes.ending]
        title = "Ending"
        net = "10.00"
        vat = "none"
        [horizon]
        last = 2019
        opening = "0.00"
        underspend = "general"
        [horizon.indexation]
        percent = 10
        [horizon.programmes.steps]
        net = { 2018 = "2000.00" }
        one_off = { 2017 = "50.00" }
        [horizon.programmes.agreement]
        indexed = false
        [horizon.programmes.later]
        starts = 2018
        [horizon.programmes.ending]
        ends = 2017
        """,
        tmp_path,
    )
    assert [euros(programme.expected.contributions) for programme in horizon.programmes] == [
        ["1000.00", "1150.00", "2000.00", "2200.00"],
        ["500.00", "500.00", "500.00", "500.00"],
        ["0.00", "0.00", "121.00", "133.10"],
        ["10.00", "11.00", "0.00", "0.00"],
    ]
    assert euros(horizon.to_pay) == ["1510.00", "1661.00", "2621.00", "2833.10"]


def test_a_programme_has_budgets_from_its_first_year_to_its_last_until_somebody_else_has_it() -> None:
    """What is budgeted once may be paid in any year, and what it would cost stays known of who handed it over."""
    years = range(2017, 2023)
    stated = ProgrammeAhead(starts=2018, ends=2020, one_off={2022: 500, 2017: 0})
    assert [year for year in years if stated.has_budget_in(year)] == [2018, 2019, 2020]
    assert [year for year in years if stated.may_cost_in(year)] == [2018, 2019, 2020, 2022]
    assert not any(map(stated.is_handed_over_in, years))
    gone = ProgrammeAhead(starts=2018, ends=2020, one_off={2022: 500}, hand_over=HandOver(2020, "VWS"))
    assert [year for year in years if gone.has_budget_in(year)] == [2018, 2019]
    assert [year for year in years if gone.is_handed_over_in(year)] == [2020, 2021, 2022]
    assert [year for year in years if gone.may_cost_in(year)] == [2018, 2019, 2020, 2021, 2022]
    assert all(map(ProgrammeAhead().has_budget_in, years))


def test_an_index_is_rounded_once_and_not_every_year(tmp_path: Path) -> None:
    """0.15 × 1.1 × 1.1 = 0.1815, so 0.18; rounded every year it would be 0.17 and 0.19."""
    horizon = years_of(
        '[programmes.a]\ntitle = "A"\nnet = "0.15"\nvat = "none"\n'
        '[horizon]\nlast = 2018\nopening = "0.00"\nunderspend = "general"\n[horizon.indexation]\npercent = 10\n',
        tmp_path,
    )
    assert euros(horizon.fund.expected.contributions) == ["0.15", "0.17", "0.18"]


def test_a_rate_is_multiplied_by_the_inhabitants_of_each_year(tmp_path: Path) -> None:
    horizon = years_of(
        '[programmes.a]\ntitle = "A"\nrate = "0.25"\nvat = "21%"\n'
        '[horizon]\nlast = 2018\nopening = "0.00"\nunderspend = "general"\n',
        tmp_path,
    )
    assert horizon.to_pay.tolist() == [25 * load_population(year).total for year in (2016, 2017, 2018)]


def test_a_published_year_is_a_step_and_a_year_without_a_budget_ends_it() -> None:
    (programme,) = shipped("i-sociaal-domein").programmes
    assert euros(programme.expected.contributions) == ["3950000.00", "0.00"]


HELPLINE: Final = """
[programmes.helpline]
title = "Helpline"
gross = "4200000.00"
vat = "none"
[horizon]
last = 2017
opening = "1000000.00"
underspend = "carry_over"
[opt_outs.helpline]
municipalities = ["Utrecht"]
"""


def test_refunds_of_a_rate_follow_the_inhabitants_and_not_the_index(tmp_path: Path) -> None:
    horizon = years_of(
        HELPLINE + 'settlement = "refund"\nrate = "0.25"\n[horizon.indexation]\nbetween = ["1.0", "9.0"]\n', tmp_path
    )
    utrecht = [load_population(year).municipalities[load_population(year).index["GM0344"]] for year in (2016, 2017)]
    assert horizon.fund.expected.refunds.tolist() == [25 * population.inhabitants for population in utrecht]
    paid = horizon.to_pay_drawn[:, 1]
    assert paid.min() < horizon.to_pay[1] < paid.max()
    assert horizon.to_pay_drawn[0, 0] == horizon.to_pay[0] == 420_000_000 - 25 * utrecht[0].inhabitants


@pytest.mark.parametrize(
    ("period", "cents"),
    [
        # CBS: together 209.111 inhabitants on 1 January 2016, and 210.251 on 1 January 2017.
        ("joins = 2017-01-01", [209_111 * 25, 0, 0]),
        ("joins = 2018-01-01", [209_111 * 25, 210_251 * 25, 0]),
        ("joins = 2016-01-01", [0, 0, 0]),
        ("leaves = 2017-01-01\njoins = 2018-01-01", [0, 210_251 * 25, 0]),
    ],
)
def test_who_stands_outside_joins_or_leaves_in_any_year(tmp_path: Path, period: str, cents: list[int]) -> None:
    """The six municipalities of the Peel joined the helpline in 2017 (verantwoording-2017, 2.3; which these are:
    ledger_data/relations.toml), and were paid 25 cents per inhabitant before."""
    peel = '["Asten", "Deurne", "Gemert-Bakel", "Helmond", "Laarbeek", "Someren"]'
    text = HELPLINE.replace('["Utrecht"]', peel).replace("last = 2017", "last = 2018")
    horizon = years_of(f'{text}settlement = "refund"\nrate = "0.25"\n{period}\n', tmp_path)
    assert horizon.fund.expected.refunds.tolist() == cents


def test_who_joins_half_way_a_later_year_is_paid_for_the_days_before(tmp_path: Path) -> None:
    """Utrecht is outside in all of 2016 and on 181 of the 365 days of 2017."""
    text = f'{HELPLINE}settlement = "refund"\nrate = "0.25"\njoins = 2017-07-01\n'
    horizon = years_of(text, tmp_path)
    utrecht = [load_population(year).municipalities[load_population(year).index["GM0344"]] for year in (2016, 2017)]
    whole, half = horizon.fund.expected.refunds.tolist()
    assert whole == 25 * utrecht[0].inhabitants
    assert half == (2 * 25 * utrecht[1].inhabitants * 181 + 365) // (2 * 365)


UNCERTAIN: Final = '[horizon.indexation]\nbetween = ["1.0", "9.0"]\n'
ZWOLLE_GETS_ITS_PART_BACK: Final = """
[opt_outs.other]
programmes = ["helpline"]
municipalities = ["Zwolle"]
settlement = "refund"
"""


def test_a_refund_of_a_rate_stays_the_same_beside_one_that_follows_the_budget(tmp_path: Path) -> None:
    rate = 'settlement = "refund"\nrate = "0.25"\n'
    alone = years_of(HELPLINE + rate + UNCERTAIN, tmp_path)
    both = years_of(HELPLINE + rate + ZWOLLE_GETS_ITS_PART_BACK + UNCERTAIN, tmp_path)
    zwolle = years_of(
        HELPLINE + rate + ZWOLLE_GETS_ITS_PART_BACK + UNCERTAIN, tmp_path, "opt_outs.helpline.municipalities=[]"
    )
    utrecht = load_population(2017).municipalities[load_population(2017).index["GM0344"]]
    assert (both.to_pay_drawn[:, 1] == zwolle.to_pay_drawn[:, 1] - 25 * utrecht.inhabitants).all()
    for horizon in (alone, both):
        assert (bills(horizon, ["GM0344"] * 2)[1].low, bills(horizon, ["GM0344"] * 2)[1].high) == (
            bills(alone, ["GM0344"] * 2)[1].low,
            bills(alone, ["GM0344"] * 2)[1].high,
        )


def test_a_part_that_is_paid_back_leaves_as_much_to_spend_as_one_that_is_not_invoiced(tmp_path: Path) -> None:
    """In every draw, to the cent that each of the two is rounded by."""
    refunded, not_invoiced = (
        years_of(f'{HELPLINE}settlement = "{settlement}"\n{UNCERTAIN}', tmp_path) for settlement in ("refund", "shrink")
    )
    assert refunded.fund.expected.refunds.min() > 0 == not_invoiced.fund.expected.refunds.max()
    assert np.abs(refunded.fund_closing - not_invoiced.fund_closing).max() <= 4
    assert np.abs(refunded.fund.realised_quantiles - not_invoiced.fund.realised_quantiles).max() <= 4


def test_a_programme_that_lapsed_to_the_balance_keeps_nothing_in_any_draw(tmp_path: Path) -> None:
    """Refunds of a rate stay when the budget is another: the balance has what is left of it."""
    threshold = '[thresholds.helpline]\nmunicipalities = "all"\notherwise = "to_balance"\n'
    rate = 'settlement = "refund"\nrate = "0.25"\n'
    horizon = years_of(HELPLINE + rate + threshold + UNCERTAIN, tmp_path)
    (programme,) = horizon.programmes
    assert programme.expected.realised.tolist() == programme.expected.closing.tolist() == [0, 0]
    drawn = horizon.to_pay_drawn
    assert drawn[:, 1].min() < drawn[:, 1].max()
    assert (horizon.fund_closing[:, 1] == 100_000_000 + drawn.sum(axis=1)).all()


def test_what_the_balance_absorbs_is_taken_from_the_reserve(tmp_path: Path) -> None:
    """As an opt-out that is absorbed: the programme keeps its budget, and the reserve has that much less."""
    known = 'settlement = "absorb"\n[horizon.programmes.helpline]\nrealised = { 2016 = "4200000.00" }\n'
    horizon = years_of(HELPLINE + known, tmp_path)
    (programme,) = horizon.programmes
    own = bill_of(
        result_of(read_scenario(tmp_path / "fund.toml", ["opt_outs.helpline.municipalities=[]"])), "GM0344"
    ).to_pay
    assert int(programme.expected.from_reserve[0]) == own
    assert int(programme.expected.contributions[0]) + own == 420_000_000
    assert int(horizon.reserve.expected.closing[0]) == 100_000_000 - own


# --- a programme without VAT ------------------------------------------------------------------------

WORLD: Final = population(A=500, B=300, C=200)
SUPPLIER: Final = {"payer": "Supplier", "amount": "121.00", "source": "invented for a test"}
BALANCE: Final = {"what": "Reserve", "amount": "60.50", "source": "invented for a test"}


def billed(*opt_outs: OptOut, lapsed: Lapse | None = None, **keys: Any) -> ProgrammeResult:
    """A programme of 1,210.00 with 21 % VAT among A, B and C."""
    made = programme_with(**{"gross": "1210.00", "vat": "21%", **keys})
    budget = budget_of(made, WORLD)
    return ProgrammeResult(made, budget, opt_outs, participation_of(made, budget, WORLD, opt_outs, 2017, lapsed))


@pytest.mark.parametrize(
    ("result", "money"),
    [
        (billed(), NetMoney(1_000_00, 0, 0, 0, 0, 1_000_00, 0, False, 0)),
        (billed(income=[SUPPLIER]), NetMoney(900_00, 100_00, 0, 0, 0, 1_000_00, 0, False, 0)),
        (billed(reserve=[BALANCE]), NetMoney(950_00, 0, 0, 50_00, 0, 1_000_00, 0, False, 50_00)),
        # A gets 500 × 0.25 = 125.00 back, which is 103.31 without VAT, and 1,085.00 ÷ 1.21 = 896.69 is left.
        (
            billed(opt_out(WORLD, "A", "refund", "0.25")),
            NetMoney(1_000_00, 0, 103_31, 0, 0, 896_69, 103_31, False, 0),
        ),
        (billed(opt_out(WORLD, "B", "refund")), NetMoney(1_000_00, 0, 300_00, 0, 0, 700_00, 0, False, 0)),
        (billed(opt_out(WORLD, "C", "absorb")), NetMoney(800_00, 0, 0, 200_00, 0, 1_000_00, 0, False, 0)),
        (
            billed(opt_out(WORLD, "C", "absorb"), income=[SUPPLIER], reserve=[BALANCE]),
            NetMoney(680_00, 100_00, 0, 220_00, 0, 1_000_00, 0, False, 50_00),
        ),
        (billed(lapsed="handed_over"), NetMoney(1_000_00, 0, 0, 0, 1_000_00, 0, 0, False, 0)),
        (billed(lapsed="to_balance"), NetMoney(1_000_00, 0, 0, -1_000_00, 0, 0, 0, True, 0)),
        (billed(lapsed="not_levied"), NetMoney(0, 0, 0, 0, 0, 0, 0, False, 0)),
    ],
    ids=["all", "income", "reserve", "rate", "part", "absorb", "both", "handed over", "to the balance", "not levied"],
)
def test_what_a_programme_has_without_vat_adds_up(result: ProgrammeResult, money: NetMoney) -> None:
    """1,210.00 is 1,000.00 without VAT, 121.00 is 100.00 and 60.50 is 50.00; of the 850.00 then left C pays a fifth."""
    assert net_money(result) == money
    came = money.contributions + money.income + money.drawn
    assert came - money.refunds - money.handed_over == money.available


@pytest.mark.parametrize(
    ("result", "paid"),
    [
        (billed(), [605_00, 1_210_00, 1_331_00]),
        # What others and the balance pay stays what it is: 605 − 121, and 605 − 60.50.
        (billed(income=[SUPPLIER]), [484_00, 1_089_00, 1_210_00]),
        (billed(reserve=[BALANCE]), [544_50, 1_149_50, 1_270_50]),
        # So does a rate that is paid back; a part that is paid back moves with the budget: 30 % of it.
        (billed(opt_out(WORLD, "A", "refund", "0.25")), [480_00, 1_085_00, 1_206_00]),
        (billed(opt_out(WORLD, "B", "refund")), [423_50, 847_00, 931_70]),
        (
            billed(opt_out(WORLD, "A", "refund", "0.25"), opt_out(WORLD, "B", "refund")),
            [298_50, 722_00, 806_70],
        ),
    ],
    ids=["all", "income", "reserve", "rate", "part", "rate and part"],
)
def test_half_a_budget_and_a_tenth_more_change_what_is_divided_and_not_what_is_an_amount(
    result: ProgrammeResult, paid: list[int]
) -> None:
    assert paid_in_draws(result, np.array([0.5, 1.0, 1.1])).tolist() == paid


# --- draws -----------------------------------------------------------------------------------------

FORECAST: Final = """
ledger = 2016
[horizon]
last = 2018
opening = "5000000.00"
underspend = "general"
floor = "0.00"
[horizon.indexation]
between = ["1.0", "4.0"]
years = { 2017 = "2.0" }
"""


def test_an_empty_scenario_differs_by_nothing_in_any_draw(tmp_path: Path) -> None:
    base = years_of(FORECAST, tmp_path)
    (tmp_path / "same.toml").write_text('title = "Same"\nextends = "fund.toml"\n', encoding="utf-8")
    same = years_ahead_of(read_scenario(tmp_path / "same.toml"), realised_years(load_ledger()), 200)
    assert (same.fund_closing - base.fund_closing == 0).all()
    assert (same.to_pay_drawn - base.to_pay_drawn == 0).all()


def test_a_change_of_one_programme_leaves_the_draws_of_the_others(tmp_path: Path) -> None:
    base = years_of(FORECAST, tmp_path)
    horizon = years_of(FORECAST, tmp_path, "programmes.ibd.gross=4000000.00")
    for programme, two in zip(base.programmes, horizon.programmes, strict=True):
        assert (programme.name == "ibd") == bool((programme.realised_quantiles != two.realised_quantiles).any())


def test_another_seed_gives_other_draws_of_the_same_budgets(tmp_path: Path) -> None:
    base, horizon = years_of(FORECAST, tmp_path, draws=100), years_of(FORECAST, tmp_path, draws=100, seed=2)
    assert (base.to_pay == horizon.to_pay).all()
    assert (base.fund_closing != horizon.fund_closing).any()


def test_what_is_expected_is_the_mean_of_the_draws(tmp_path: Path) -> None:
    """To the cents that rounding leaves: half a cent an amount, of nine amounts, a programme and a year."""
    horizon = years_of(FORECAST, tmp_path)
    away = np.abs(horizon.fund_closing.mean(axis=0) - horizon.fund.expected.closing)
    assert away.max() <= 0.5 * 9 * len(horizon.accounts) * len(horizon.years)
    low, high = horizon.closing_quantile([0.1, 0.9])
    assert (low < horizon.fund.expected.closing).all()
    assert (horizon.fund.expected.closing < high).all()


def test_every_account_of_a_whole_fund_adds_up(tmp_path: Path) -> None:
    horizon = years_of(FORECAST, tmp_path)
    for account in horizon.accounts:
        assert (account.expected.worked_out() == account.expected.closing).all()
    accounts = [*horizon.programmes, horizon.reserve]
    assert (np.sum([account.expected.closing for account in accounts], axis=0) == horizon.fund.expected.closing).all()
    assert not (horizon.fund.expected.from_reserve.any() or horizon.fund.expected.to_reserve.any())


def test_a_higher_floor_is_never_broken_less_often(tmp_path: Path) -> None:
    chances = [
        years_of(FORECAST, tmp_path, f"horizon.floor={floor}").fund for floor in ("-5000000.00", "0.00", "5000000.00")
    ]
    for low, high in pairwise(chances):
        assert (low.chance_below <= high.chance_below).all()
        assert low.chance_ever_below <= high.chance_ever_below
    assert 0 < chances[1].chance_ever_below < 1


def test_the_chances_of_the_first_year_are_those_of_the_draws(tmp_path: Path) -> None:
    horizon = years_of(FORECAST, tmp_path)
    below = horizon.fund_closing < 0
    assert horizon.fund.chance_below.tolist() == below.mean(axis=0).tolist()
    first = [np.flatnonzero(row)[0] for row in below if row.any()]
    counts = np.bincount(first, minlength=3) / len(below)
    assert horizon.fund.chance_first.tolist() == counts.tolist()


def test_an_interval_narrows_to_a_point_when_all_is_known(tmp_path: Path) -> None:
    """The ledger has what was realised in 2016 and 2017, but for woz in 2017 (a misprint) and the years after."""
    drawn, known = (years_of(FORECAST, tmp_path, *more).fund.between() for more in ((), ("horizon.ledger=[2016]",)))
    assert drawn[0][0] < drawn[1][0]
    assert known[0][0] == known[1][0]
    assert known[0][1] < known[1][1]


def test_blocks_of_programmes_change_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = years_of(FORECAST, tmp_path)
    monkeypatch.setattr("gguplan.model.years_ahead.accounts._CELLS_IN_A_BLOCK", 1)
    assert (years_of(FORECAST, tmp_path).fund_closing == whole.fund_closing).all()


def test_an_index_that_is_not_known_lies_where_it_is_said_to_lie() -> None:
    """90 % sure between 1 and 3 %: with 20,000 draws an end has a standard error of about 0.0002 in the factor, and
    the correlation of two years, which is stated at 0.5, one of 0.005. The mean is what is expected, exactly."""
    indexation = Indexation(None, (10_000, 30_000), 90, {2017: 50_000}, "invented")
    path = index_path(indexation, 2016, 2019, 20_000, 1)
    assert path.factor(2016, 2017) == Fraction(105, 100)
    assert (path.drawn[:, :2] == 1).all()
    growth = path.drawn[:, 2:] / path.drawn[:, 1:-1] * float(path.factor(2017, 2018))
    assert np.abs(np.quantile(growth[:, 0], [0.05, 0.95]) - [1.01, 1.03]).max() < 0.0006
    assert abs(float(np.asarray(np.corrcoef(growth.T))[0, 1]) - 0.5) < 0.02
    assert np.abs(path.drawn.mean(axis=0) - 1).max() < 1e-12


def test_more_years_change_no_earlier_year(tmp_path: Path) -> None:
    short, long = years_of(FORECAST, tmp_path, "horizon.last=2017"), years_of(FORECAST, tmp_path)
    assert (short.fund_closing == long.fund_closing[:, :2]).all()


# --- what is asked of a horizon -------------------------------------------------------------------


def account_named(name: str, scope: AccountScope = "programme") -> Account:
    none, chances = np.zeros(2, dtype=np.int64), np.zeros(2)
    rows = np.arange(len(CHANCES))[:, None] * np.array([1, 10])
    return Account(
        *(name, name.upper(), None, Flows(*[none] * 10), np.array([True, False]), rows, rows, None),
        *(chances, chances, chances, none),
        scope=scope,
    )


def horizon_drawn(closing: Sequence[int], *remarks: Remark) -> Horizon:
    """Programmes a and b, the reserve and the fund in 2016 and 2017; what is paid is as much as the fund closes at, and
    in 2017 all is twice as much."""
    drawn = np.array(closing)[:, None] * np.array([1, 2])
    programmes, reserve, fund = (
        (account_named("a"), account_named("b")),
        account_named("reserve", "reserve"),
        account_named("fund", "fund"),
    )
    return Horizon("F", (2016, 2017), programmes, reserve, fund, drawn, (), drawn[0], drawn, len(drawn), 1, remarks)


def test_an_interval_holds_as_many_of_the_draws_as_it_says() -> None:
    """Of ten draws the k-th from 0 is the quantile at (k + ½) ÷ 10: 0.1 lies between the first two, and 0.25 is the
    third."""
    horizon = horizon_drawn([900, 0, 100, 300, 200, 500, 400, 700, 600, 800])
    assert [ends.tolist() for ends in horizon.to_pay_between()] == [[50, 100], [850, 1_700]]
    assert [ends.tolist() for ends in horizon.to_pay_between(0.5)] == [[200, 400], [700, 1_400]]
    assert horizon.closing_quantile([0.25, 0.9]).tolist() == [[200, 400], [850, 1_700]]
    # Of an account the quantiles of 5, 10, 25, 50, 75, 90 and 95 % are kept.
    assert [ends.tolist() for ends in horizon.fund.between()] == [[1, 10], [5, 50]]
    assert [[ends.tolist() for ends in horizon.fund.between(sure)] for sure in (0.5, 0.9)] == [
        [[2, 20], [4, 40]],
        [[0, 0], [6, 60]],
    ]


def test_the_error_of_an_end_is_how_far_twenty_parts_of_the_draws_lie_apart() -> None:
    """40 draws in pairs of 0, 0, 100, 100 … 1,900, 1,900: the ends of the parts are 0, 100 … 1,900, with a variance of
    100² × 20 × 21 ÷ 12 = 350,000, and the second year has twice that deviation: 2 × √(350,000 ÷ 20)."""
    draws = [100 * (number // 2) for number in range(40)]
    assert horizon_drawn(draws).closing_error() == pytest.approx(2 * (350_000 / 20) ** 0.5)
    assert horizon_drawn([0, 100]).closing_error() == pytest.approx(2 * (5_000 / 2) ** 0.5)
    assert horizon_drawn([500]).closing_error() == 0


def test_what_may_change_yet_is_that_of_its_programme_in_its_year_and_of_the_fund() -> None:
    horizon = horizon_drawn([0], Provisional(2017, ("b",), ("B",)), NotPublished(2016, ("A",)))
    assert [[horizon.is_provisional(account, place) for place in (0, 1)] for account in horizon.accounts] == [
        [False, False],
        [False, True],
        [False, False],
        [False, True],
    ]


# --- bills -----------------------------------------------------------------------------------------


def test_the_first_bill_is_that_of_the_scenario_itself() -> None:
    horizon = shipped("fonds-ggu-2020-2024")
    first, *later = bills(horizon, ["GM0637"] * 5)
    assert first.bill.to_pay == bill_of(result_of(read_scenario("fonds-ggu-2020")), "GM0637").to_pay
    assert first.low == first.high == first.bill.to_pay
    assert all(year.low < year.bill.to_pay < year.high for year in later)


def test_bills_of_all_municipalities_are_what_is_paid_in_all() -> None:
    horizon = shipped("fonds-ggu-2020-2024")
    codes = [municipality.gm_code for municipality in horizon.by_year[0].population.municipalities]
    one_year = Horizon(**{**asdict(horizon), "by_year": horizon.by_year[:1]})
    assert sum(bills(one_year, [code])[0].bill.to_pay for code in codes) == horizon.to_pay[0]


RAISED: Final = """
[programmes.a]
title = "A"
net = "1000000.00"
vat = "21%"
[horizon]
last = 2017
opening = "0.00"
underspend = "carry_over"
shortfall = "raise"
[horizon.programmes.a]
realised = { 2016 = "1100000.00", 2017 = "1000000.00" }
"""


def test_a_shortfall_stands_on_the_bill_of_the_next_year_with_its_vat(tmp_path: Path) -> None:
    """100,000.00 short in 2016 is 121,000.00 more to pay in 2017, divided to the cent."""
    horizon = years_of(RAISED, tmp_path)
    assert euros(horizon.to_pay) == ["1210000.00", "1331000.00"]
    population = horizon.by_year[1].population
    last = [bills(horizon, [municipality.gm_code] * 2)[1] for municipality in population.municipalities[:3]]
    for bill in last:
        own, more = bill.bill.lines
        assert (more.programme, more.title, more.raised) == ("a", "A", True)
        assert more.vat == times_fraction(more.to_pay, 21, 121)
        assert abs(more.to_pay - own.to_pay / 10) <= 1
        assert bill.low == bill.high == bill.bill.to_pay


def test_indexation_and_share_widen_the_interval_together() -> None:
    """A projected year with an index that is not known is less certain than either alone."""
    settings = ("horizon.last=2028",)
    both = bills(shipped("fonds-ggu-2020-2024", *settings), ["GM0344"] * 9)[-1]
    share = bills(shipped("fonds-ggu-2020-2024", *settings, "horizon.indexation.percent=2.2"), ["GM0344"] * 9)[-1]
    paid = shipped("fonds-ggu-2020-2024", *settings).to_pay_drawn[:, -1]
    index = np.quantile(paid, [0.1, 0.9]) / shipped("fonds-ggu-2020-2024", *settings).to_pay[-1]
    assert both.population.status == "projected"
    # The budget is an amount, so it does not grow with the inhabitants; no shortfall is raised.
    assert both.interval == InInterval(inhabitants=True, indexation=True)
    assert share.interval == InInterval(inhabitants=True)
    assert (both.high - both.low) / both.bill.to_pay > (share.high - share.low) / share.bill.to_pay
    assert (both.high - both.low) / both.bill.to_pay > index[1] - index[0]


# --- the commands ----------------------------------------------------------------------------------


def gguplan(*words: str) -> str:
    outcome = CliRunner().invoke(app, words)
    assert outcome.exit_code == 0, outcome.output
    return outcome.stdout


def test_a_programme_that_lapses_through_mergers_says_so() -> None:
    """CBS: 352 municipalities on 1 January 2021, 345 on 1 January 2022."""
    threshold = [
        f"thresholds.fonds-ggu.{setting}" for setting in ("municipalities=350", "otherwise=not_levied", "source=test")
    ]
    settings = [word for setting in threshold for word in ("--set", setting)]
    outcome = gguplan("horizon", "fonds-ggu-2020-2024", "--draws", "100", *settings)
    assert (
        "Too few take part in Fonds Gezamenlijke Gemeentelijke Uitvoering in 2023: 345 municipalities "
        "(at least 350 needed) take part all year. The programme lapses: nobody is invoiced."
    ) in outcome.splitlines()


def test_estimate_takes_the_budgets_of_the_horizon() -> None:
    answer = json.loads(
        gguplan("estimate", "Zoetermeer", "--scenario", "fonds-ggu-2020-2024", "--years", "2023-2024", "--json")
    )
    assert [year_ahead["year"] for year_ahead in answer["years"]] == [2023, 2024]
    horizon = shipped("fonds-ggu-2020-2024")
    for year_ahead, place in zip(answer["years"], (3, 4), strict=True):
        assert float(year_ahead["per_inhabitant"]) == pytest.approx(
            horizon.to_pay[place] / 100 / horizon.by_year[place].population.total, abs=1e-4
        )
        assert float(year_ahead["chance_10"]) < float(year_ahead["to_pay"]) < float(year_ahead["chance_90"])


def test_files_have_every_account_and_every_year(tmp_path: Path) -> None:
    gguplan("horizon", "operatie-brp", "--out", str(tmp_path / "out"))
    with (tmp_path / "out" / "accounts.csv").open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    assert [(row["account"], row["year"]) for row in rows[:4]] == [("brp", str(year)) for year in range(2016, 2020)]
    assert rows[2]["closing_euros"] == "5243230.48"
    assert rows[2]["closing_with_vat_euros"] == "6344308.88"
    assert rows[3]["known"] == "False"
    assert gguplan("verify", str(tmp_path / "out"))


def test_the_question_comes_first_in_both_languages() -> None:
    english = gguplan("horizon", "operatie-brp", "--lang", "en").splitlines()
    dutch = gguplan("horizon", "operatie-brp", "--lang", "nl").splitlines()
    assert english[1] == "The fund: the balance stays at or above its floor of €0."
    assert dutch[1] == "Het fonds: het saldo blijft op of boven de bodem van € 0."
    assert any("6,344,309" in line for line in english)


def test_the_chart_is_written(tmp_path: Path) -> None:
    gguplan("horizon", "operatie-brp", "--chart", str(tmp_path / "saldo.svg"))
    assert b"<svg" in (tmp_path / "saldo.svg").read_bytes()


def test_a_scenario_that_extends_another_says_only_what_differs_in_its_years_ahead(tmp_path: Path) -> None:
    """One amount of one year is laid over the others, and the source is that of the file that says it."""
    (tmp_path / "less.toml").write_text(
        'title = "Less"\nextends = "operatie-brp"\nsource = "what if"\n'
        '[horizon.programmes.brp]\nrealised = { 2017 = "0.00" }\n',
        encoding="utf-8",
    )
    inputs = read_scenario(tmp_path / "less.toml")
    horizon, base = inputs.scenario.horizon, read_scenario("operatie-brp").scenario.horizon
    assert horizon is not None
    assert base is not None
    brp, before = horizon.programmes["brp"], base.programmes["brp"]
    assert brp.realised == before.realised | {"2017": 0}
    assert (brp.source, brp.opening, horizon.source) == ("what if", before.opening, base.source)


def test_what_comes_out_for_machines_has_numbers_and_truths() -> None:
    answer = json.loads(gguplan("horizon", "operatie-brp", "--json"))
    (last,) = [account for account in answer["accounts"] if (account["account"], account["year"]) == ("fund", 2018)]
    assert (last["known"], last["floor"], last["chance_below_floor"]) == (True, "0.00", 0.0)
    assert (last["closing"], last["closing_with_vat"]) == ("5243230.48", "6344308.88")
    assert answer["accounts"][0]["chance_below_floor"] is None
    assert answer["chance_ever_below_floor"] == 0.0


def test_what_is_left_out_is_billed_in_no_year_also_where_a_shortfall_is_raised(tmp_path: Path) -> None:
    """p has 100.00 and promised 500.00: by hand, the reserve pays 400.00 and nobody is invoiced for it."""
    years = years_of(
        """
        without = ["p"]
        [programmes.p]
        title = "P"
        gross = "1000.00"
        vat = "none"
        [programmes.q]
        title = "Q"
        gross = "1000.00"
        vat = "none"
        [horizon]
        last = 2018
        opening = "900.00"
        underspend = "carry_over"
        shortfall = "raise"
        [horizon.programmes.p]
        opening = "100.00"
        committed = { 2017 = "500.00" }
        realised = { 2016 = "0.00", 2017 = "500.00", 2018 = "0.00" }
        [horizon.programmes.q]
        realised = { 2016 = "1000.00", 2017 = "1000.00", 2018 = "1000.00" }
        """,
        tmp_path,
    )
    (left_out,) = (account for account in years.programmes if account.name == "p")
    assert left_out.expected.contributions.tolist() == [0, 0, 0]
    assert years.to_pay.tolist() == [100_000, 100_000, 100_000]
    assert euros(left_out.expected.closing) == ["100.00", "0.00", "0.00"]
    assert euros(years.fund.expected.closing) == ["1000.00", "500.00", "500.00"]


def test_a_reserve_of_programmes_with_the_same_vat_has_it_in_what_was_paid() -> None:
    """4,165,247.08 × 1.21 = 5,039,948.9668: by the one rate of all programmes."""
    answer = json.loads(gguplan("horizon", "fonds-ggu-2027", "--json"))
    balances = {(row["account"], row["year"]): row for row in answer["accounts"]}
    for account in ("reserve", "fund"):
        row = balances[account, 2027]
        assert (row["closing"], row["closing_with_vat"]) == ("4165247.08", "5039948.97")


_OF_750_EUROS = """
title = "Klein fonds"
source = "invented for a test"
year = 2020
reference_date = 2019-01-01
members = ["Delft", "Zoetermeer"]
[programmes.a]
title = "A"
vat = "none"
underspend = "general"
gross = "{gross}"
[horizon]
last = 2021
opening = "0.00"
"""


def test_a_small_fund_is_told_in_euros_and_a_large_one_in_thousands(tmp_path: Path) -> None:
    """In thousands a fund of 750 euros would have 0 on every line."""
    small, large = tmp_path / "klein.toml", tmp_path / "groot.toml"
    small.write_text(_OF_750_EUROS.format(gross="750.00"), encoding="utf-8")
    large.write_text(_OF_750_EUROS.format(gross="7500000.00"), encoding="utf-8")
    lines = {line.split()[0]: line.split()[1:] for line in gguplan("horizon", str(small)).splitlines() if line}
    assert lines["contributions"] == ["€750", "€750"]
    assert lines["closing"][0].startswith("-€") and 0 < int(lines["closing"][0][2:].replace(",", "")) < 750
    closing = [line for line in gguplan("horizon", str(large)).splitlines() if line.startswith("closing")]
    assert closing[0].split()[1].endswith(",000")
