"""What is billed in the years of a horizon, of each municipality and of all: a small region, worked by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
import pytest

from gguplan.inputs.scenario.reading import read_scenario
from gguplan.model.billed_municipality import BilledMunicipality
from gguplan.model.randomness import quantiles_of_what_is_left
from gguplan.model.years_ahead import accounts
from gguplan.model.years_ahead.account import CHANCES
from gguplan.model.years_ahead.bill_in_a_year import InInterval
from gguplan.model.years_ahead.bills import bills, bills_for, bills_of_all
from gguplan.model.years_ahead.result import Horizon
from gguplan.money import split
from gguplan.runs.years_ahead import years_ahead_of

REGION: Final = """
title = "A region"
year = 2016
reference_date = 2016-01-01
source = "invented for a test"
members = ["Delft", "Rotterdam", "Zoetermeer"]
[programmes.a]
title = "A"
net = "1000.00"
vat = "21%"
underspend = "carry_over"
"""


def years_to(last: int, of_a: str, more: str = "") -> str:
    """The years ahead up to the last, what is said of the programme in them, and of the account."""
    return f'[horizon]\nlast = {last}\nopening = "0.00"\n{more}[horizon.programmes.a]\n{of_a}\n'


def horizon_of(folder: Path, more: str, year: int = 2016, region: str = REGION) -> Horizon:
    file = folder / "fund.toml"
    file.write_text(region.replace("2016", str(year)) + more, encoding="utf-8")
    return years_ahead_of(read_scenario(file), [], draws=40)


def hold_all_beside_each(horizon: Horizon) -> None:
    """The bills of all in a year are those of each, with their intervals."""
    codes = [municipality.gm_code for municipality in horizon.by_year[0].population.municipalities]
    of_each = [bills(horizon, [code] * len(horizon.years)) for code in codes]
    for place in range(len(horizon.years)):
        of_all = bills_of_all(horizon, place)
        assert of_all is not None
        assert of_all.to_pay.tolist() == [bills_of_it[place].bill.to_pay for bills_of_it in of_each]
        assert of_all.low.tolist() == [bills_of_it[place].low for bills_of_it in of_each]
        assert of_all.high.tolist() == [bills_of_it[place].high for bills_of_it in of_each]
        assert of_all.to_pay.sum() == horizon.to_pay[place]


def test_what_was_short_is_raised_of_each_with_its_vat(tmp_path: Path) -> None:
    """100,00 short is 121,00 more in the next year; with that the second year is short by another 100,00."""
    known = 'realised = { 2016 = "1100.00", 2017 = "1100.00", 2018 = "1000.00" }'
    horizon = horizon_of(tmp_path, years_to(2018, known, 'shortfall = "raise"\n'))
    assert horizon.to_pay.tolist() == [121_000, 133_100, 133_100]
    assert [account.raised.tolist() for account in horizon.programmes] == [[0, 10_000, 10_000]]
    people = horizon.by_year[1].population
    of_all = bills_of_all(horizon, 1)
    assert of_all is not None
    parts = split([121_000, 12_100], people.inhabitants, people.codes)
    assert of_all.to_pay.tolist() == parts.sum(axis=0).tolist() == of_all.low.tolist() == of_all.high.tolist()
    hold_all_beside_each(horizon)


@pytest.mark.parametrize("realised", ["1000.01", "1300.00"])
def test_what_is_raised_is_divided_as_the_budget_is_down_to_a_cent(tmp_path: Path, realised: str) -> None:
    """A fifth, three tenths and a half, of 363,00 with VAT; a cent has no VAT, and who pays most pays it."""
    shares = 'allocation = { key = "shares", shares = { Delft = "20%", Rotterdam = "30%", Zoetermeer = "50%" } }\n'
    known = f'realised = {{ 2016 = "{realised}", 2017 = "1000.00" }}'
    horizon = horizon_of(tmp_path, shares + years_to(2017, known, 'shortfall = "raise"\n'))
    raised = 1 if realised == "1000.01" else 363_00
    people = horizon.by_year[1].population
    of_all = bills_of_all(horizon, 1)
    assert of_all is not None and horizon.to_pay.tolist() == [121_000, 121_000 + raised]
    assert of_all.to_pay.tolist() == split([121_000, raised], [2, 3, 5], people.codes).sum(axis=0).tolist()
    hold_all_beside_each(horizon)


def test_a_shortfall_of_a_programme_that_ended_is_paid_by_inhabitants(tmp_path: Path) -> None:
    programme_b = '[programmes.b]\ntitle = "B"\nnet = "500.00"\nvat = "none"\nunderspend = "general"\n'
    known = '[horizon.programmes.b]\nrealised = { 2016 = "500.00", 2017 = "500.00", 2018 = "500.00" }\n'
    more = years_to(2018, 'ends = 2016\nrealised = { 2016 = "1100.00" }', 'shortfall = "raise"\n')
    horizon = horizon_of(tmp_path, programme_b + more + known)
    people = horizon.by_year[1].population
    first = bills(horizon, [people.municipalities[0].gm_code] * 3)[1]
    raised = split([12_100], people.inhabitants, people.codes)[0]
    assert [(line.programme, line.to_pay, line.raised) for line in first.bill.lines][1:] == [("a", raised[0], True)]
    hold_all_beside_each(horizon)
    assert horizon.to_pay.tolist() == [171_000, 62_100, 50_000]


def test_a_shortfall_that_is_not_known_is_divided_by_inhabitants_where_nothing_else_is_paid(tmp_path: Path) -> None:
    """What is spent of 1.800,00, of which 1.000,00 is paid for, is not known, and the programme that is left lapses: in
    the year after what is short is all there is to pay."""
    left = (
        '[programmes.b]\ntitle = "B"\nnet = "500.00"\nvat = "none"\nunderspend = "general"\n'
        '[opt_outs.b]\nmunicipalities = ["Delft"]\nsettlement = "shrink"\n'
        '[thresholds.b]\nmunicipalities = "all"\notherwise = "not_levied"\n'
    )
    more = years_to(2017, 'ends = 2016\nfrom_balance = { 2016 = "800.00" }', 'shortfall = "raise"\n')
    horizon = horizon_of(tmp_path, left + more)
    of_all, people = bills_of_all(horizon, 1), horizon.by_year[1].population.inhabitants
    assert of_all is not None and horizon.by_year[1].result is not None
    assert bills(horizon, ["GM0599"] * 2)[1].interval == InInterval(shortfall=True)
    low, high = np.quantile(horizon.to_pay_drawn[:, 1], [0.1, 0.9])
    assert 0 < low < of_all.to_pay.sum() < high
    for ends, whole in ((of_all.low, low), (of_all.high, high)):
        # Each is rounded for itself.
        assert np.abs(ends - whole * people / people.sum()).max() < 1


def test_where_nobody_pays_there_are_no_bills_of_all(tmp_path: Path) -> None:
    horizon = horizon_of(tmp_path, years_to(2017, 'ends = 2016\nrealised = { 2016 = "1000.00" }'))
    assert bills_of_all(horizon, 1) is None and bills_of_all(horizon, 0) is not None


@pytest.mark.parametrize(
    ("indexation", "budget", "held"),
    [
        ("percent = 0", 'net = "1000.00"', InInterval(inhabitants=True)),
        ("between = [1, 3]", 'net = "1000.00"', InInterval(inhabitants=True, indexation=True)),
        ("percent = 0", 'rate = "1.00"', InInterval(inhabitants=True, growing_budget=True)),
    ],
)
def test_in_a_year_to_come_the_bills_of_all_have_the_intervals_of_each(
    tmp_path: Path, indexation: str, budget: str, held: InInterval
) -> None:
    index = f'[horizon.indexation]\n{indexation}\nsource = "invented for a test"\n'
    region = REGION.replace('net = "1000.00"', budget)
    horizon = horizon_of(tmp_path, years_to(2028, "", index), 2026, region)
    hold_all_beside_each(horizon)
    last = bills(horizon, ["GM0503"] * 3)[-1]
    assert last.interval == held and last.low < last.bill.to_pay < last.high
    assert bills(horizon, ["GM0503"] * 3)[0].interval == InInterval()


def test_of_two_programmes_what_one_is_short_is_raised_and_nothing_is_drawn(tmp_path: Path) -> None:
    programme_b = '[programmes.b]\ntitle = "B"\nnet = "500.00"\nvat = "none"\nunderspend = "general"\n'
    known = '[horizon.programmes.b]\nrealised = { 2016 = "500.00", 2017 = "500.00" }\nfloor = "1.00"\n'
    more = years_to(2017, 'shortfall = "raise"\nrealised = { 2016 = "1100.00", 2017 = "1000.00" }')
    horizon = horizon_of(tmp_path, programme_b + more + known)
    assert horizon.to_pay.tolist() == [171_000, 183_100]
    assert [account.floor for account in horizon.accounts] == [None, 1_00, None, None]
    hold_all_beside_each(horizon)
    of_all = bills_of_all(horizon, 1)
    assert of_all is not None and (of_all.low == of_all.to_pay).all() and (of_all.high == of_all.to_pay).all()


def test_a_bill_says_what_it_is_of_and_is_drawn_in_the_years_that_are_asked_for(tmp_path: Path) -> None:
    index = '[horizon.indexation]\nbetween = [1, 3]\nsource = "invented for a test"\n'
    horizon = horizon_of(tmp_path, years_to(2018, "ends = 2017", index))
    delft = {year: BilledMunicipality(0) for year in horizon.years}
    of_years = bills_for(horizon, delft, drawn=[2017])
    assert [bill.year for bill in of_years] == [2016, 2017, 2018]
    assert [bill.bill.municipality.name for bill in of_years] == ["Delft"] * 3
    assert [bill.result for bill in of_years] == [year.result for year in horizon.by_year]
    assert [bill.growth for bill in of_years] == [year.growth for year in horizon.by_year] and of_years[1].growth
    assert of_years[1].interval == InInterval(indexation=True) and of_years[1].low < of_years[1].high
    assert bills_for(horizon, delft, drawn=[2016])[1].interval == InInterval()
    assert [bill.year for bill in bills_for(horizon, {2017: delft[2017]})] == [2017]


# --- the accounts --------------------------------------------------------------------------------


def test_a_year_is_known_when_something_is_and_nothing_is_forecast(tmp_path: Path) -> None:
    horizon = horizon_of(tmp_path, years_to(2018, 'ends = 2017\nrealised = { 2016 = "1000.00" }'))
    assert horizon.fund.known.tolist() == [True, False, False] == horizon.reserve.known.tolist()
    (a,) = horizon.programmes
    assert (a.known.tolist(), a.underspend, a.vat_percent, a.scope) == (
        [True, False, False],
        "carry_over",
        21,
        "programme",
    )
    assert (horizon.fund.underspend, horizon.fund.vat_percent, horizon.fund.scope) == (None, 0, "fund")


@pytest.mark.parametrize(("floor", "below"), [("100.00", [0, 1]), ("100.01", [1, 1]), ("0.00", [0, 0]), (None, [0, 0])])
def test_a_balance_at_its_floor_is_not_below_it(tmp_path: Path, floor: str | None, below: list[int]) -> None:
    """100,00 is left of 2016, and 40,00 of both years."""
    known = 'realised = { 2016 = "900.00", 2017 = "1060.00" }'
    horizon = horizon_of(tmp_path, years_to(2017, known, f'floor = "{floor}"\n' if floor else ""))
    assert horizon.fund.expected.closing.tolist() == [100_00, 40_00]
    assert horizon.chance_below.tolist() == below
    assert np.cumsum(horizon.fund.chance_first).tolist() == below


def test_a_year_opens_as_the_year_before_closed_also_where_the_reserve_has_all_that_is_left(tmp_path: Path) -> None:
    """Of 1.000,00 a year 1.100,00 and 1.200,00 were spent, and the municipalities pay what is short in the next year:
    100,00 and then 200,00. At the end 50,00 is left, for the reserve."""
    known = 'realised = { 2016 = "1100.00", 2017 = "1200.00", 2018 = "950.00" }'
    region = REGION.replace("carry_over", "general")
    horizon = horizon_of(tmp_path, years_to(2018, known, 'shortfall = "raise"\n'), region=region)
    (a,) = horizon.programmes
    assert a.expected.closing.tolist() == [-100_00, -200_00, 0]
    assert a.expected.to_reserve.tolist() == [0, 0, 50_00] == horizon.reserve.expected.closing.tolist()
    for account in horizon.accounts:
        assert account.expected.opening.tolist() == [0, *account.expected.closing[:-1]]
        assert account.expected.worked_out().tolist() == account.expected.closing.tolist()
    assert a.raised.tolist() == [0, 100_00, 200_00]
    assert [account.raised.tolist() for account in (horizon.reserve, horizon.fund)] == [[0, 0, 0]] * 2
    assert [account.chance_ever_overdrawn for account in horizon.accounts] == [1, 0, 1]


TWO: Final = """
[[programmes.a.income]]
amount = "242.00"
payer = "others"
source = "invented for a test"
[programmes.b]
title = "B"
gross = "500.00"
vat = "none"
underspend = "general"
[[programmes.b.reserve]]
what = "the equalisation reserve"
amount = "50.00"
source = "invented for a test"
[opt_outs.b]
municipalities = ["Delft"]
settlement = "refund"
rate = "0.0001"
"""
INDEX: Final = '[horizon.indexation]\nbetween = [1, 5]\nsource = "invented for a test"\n'


def test_what_comes_in_is_on_average_what_is_billed_in_the_draws(tmp_path: Path) -> None:
    """Without VAT and with it; what others pay and a rate that is paid back do not rise with the budget."""
    region = REGION.replace('vat = "21%"', 'vat = "none"')
    horizon = horizon_of(tmp_path, TWO + years_to(2018, "", INDEX), region=region)
    flows = horizon.fund.expected
    billed = horizon.to_pay_drawn.mean(axis=0)
    assert np.abs(billed - (flows.contributions - flows.refunds)).max() <= 2
    assert np.ptp(horizon.to_pay_drawn[:, 2]) > 0 and (flows.income == 242_00).all()
    assert np.abs(billed - horizon.to_pay).max() <= 2
    b = horizon.programmes[1].expected
    # What is left of b is the reserve's, and the reserve pays 50,00 of it and what is short.
    assert b.closing.tolist() == [0, 0, 0] and (b.from_reserve >= 50_00).all()
    for account in horizon.accounts:
        assert account.expected.worked_out().tolist() == account.expected.closing.tolist()


def test_accounts_that_are_worked_out_in_blocks_are_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    together = horizon_of(tmp_path, TWO + years_to(2018, "", INDEX))
    monkeypatch.setattr(accounts, "_CELLS_IN_A_BLOCK", 1)
    apart = horizon_of(tmp_path, TWO + years_to(2018, "", INDEX))
    assert (apart.to_pay_drawn == together.to_pay_drawn).all() and (apart.fund_closing == together.fund_closing).all()
    for account, alone in zip(together.accounts, apart.accounts, strict=True):
        assert account.expected.closing.tolist() == alone.expected.closing.tolist()
        assert account.quantiles.tolist() == alone.quantiles.tolist()
        assert account.realised_quantiles.tolist() == alone.realised_quantiles.tolist()


def test_in_every_draw_what_is_billed_and_what_others_and_the_reserve_pay_is_on_the_account(tmp_path: Path) -> None:
    """Others pay 242,00 and the reserve 50,00 a year of what rises by 1 to 5 %, and 1.000,00 is spent."""
    income, reserve = TWO[: TWO.index("[programmes.b]")], TWO[TWO.index("[[programmes.b.r") : TWO.index("[opt_outs")]
    region = REGION.replace('vat = "21%"', 'vat = "none"')
    spent = 'realised = { 2016 = "1000.00", 2017 = "1000.00", 2018 = "1000.00" }'
    horizon = horizon_of(
        tmp_path, income + reserve.replace("b.reserve", "a.reserve") + years_to(2018, spent, INDEX), region=region
    )
    closing = np.cumsum(horizon.to_pay_drawn + 242_00 + 50_00 - 1_000_00, axis=1)
    (a,) = horizon.programmes
    assert a.quantiles.tolist() == quantiles_of_what_is_left(closing.T, CHANCES, axis=1).tolist()
    assert np.ptp(closing[:, 2]) > 0 and a.expected.from_reserve.tolist() == [50_00] * 3
    assert (horizon.fund_closing == closing - 50_00 * np.arange(1, 4)).all()
