"""A bill in each draw is what the fund would bill over the inhabitants and with the budgets of that draw."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import numpy as np
import pytest
from msgspec.structs import replace

from gguplan.fund.fund_year import FundYear, Origin
from gguplan.fund.ledger import Ledger
from gguplan.fund.municipalities import Population
from gguplan.fund.opt_outs import OptOut
from gguplan.fund.programme import Programme
from gguplan.fund.settlements import RefundOfRate, SettlementWord
from gguplan.fund.thresholds import Threshold
from gguplan.model.billed_municipality import BilledMunicipality
from gguplan.model.result import run
from gguplan.model.years_ahead.drawn_bills import DrawnBills, drawn_bills
from tests.worlds import opt_out, population, programme

EXPECTED: Final = population(Aa=700, Bee=200, Cee=100)
DRAWN: Final = (population(Aa=700, Bee=200, Cee=100), population(Aa=500, Bee=300, Cee=200))
HALF_AND_TWICE: Final = {"a": np.array([0.5, 2.0])}
AS_EXPECTED: Final = {"a": np.array([1.0, 1.0])}


def fund(
    of: Programme, world: Population, opt_outs: tuple[OptOut, ...] = (), threshold: Threshold | None = None
) -> FundYear:
    """A fund of 2017 with one programme."""
    outside, thresholds = {"a": opt_outs} if opt_outs else {}, {} if threshold is None else {"a": threshold}
    return FundYear(
        *("F", None, None, 2017, date(2017, 1, 1), None, world, {"a": of}, outside, thresholds),
        *({}, (), {}, None, {"a": "A"}, frozenset(), Origin("F"), lambda: Ledger({}, {}, ())),
    )


def drawn(year: FundYear, factors: dict[str, np.ndarray[Any, Any]] | None) -> DrawnBills:
    """The bills of all in both draws; that of each alone and what all pay are the same amounts."""
    result = run(year)
    of_all = drawn_bills(result, None, DRAWN, factors)
    for position in range(3):
        of_one = drawn_bills(result, BilledMunicipality(position), DRAWN, factors)
        assert of_one.own.tolist() == of_all.own[:, position].tolist()
        assert of_one.together.tolist() == of_all.together.tolist() == of_all.own.sum(axis=1).tolist()
    return of_all


def paid(of: Programme, world: Population, opt_outs: tuple[OptOut, ...] = ()) -> list[int]:
    return [int(cents) for cents in run(fund(of, world, opt_outs)).to_pay]


@pytest.mark.parametrize(
    "key", [{"key": "inhabitants"}, {"key": "fixed_plus_inhabitants", "fixed": "10.00"}, {"key": "column"}]
)
def test_an_amount_is_divided_over_the_inhabitants_of_the_draw(key: dict[str, str]) -> None:
    """1.000,00, half and twice of which are 500,00 and 2.000,00."""
    weights: tuple[int, ...] = ()
    if key["key"] == "column":
        key, weights = {"key": "column", "file": "a.csv", "column": "a"}, (1, 2, 3)
    of = {gross: programme(weights, gross=gross, allocation=key) for gross in ("1000.00", "500.00", "2000.00")}
    bills = drawn(fund(of["1000.00"], EXPECTED), HALF_AND_TWICE)
    assert bills.own.tolist() == [paid(of["500.00"], DRAWN[0]), paid(of["2000.00"], DRAWN[1])]
    without = drawn(fund(of["1000.00"], EXPECTED), None)
    assert without.own.tolist() == [paid(of["1000.00"], world) for world in DRAWN]


def test_of_a_rate_for_all_the_budget_grows_with_the_inhabitants_unless_it_is_indexed() -> None:
    """1,00 per inhabitant is 1,00 for each in every draw; indexed it is an amount of 1.000,00, times its factor."""
    rate = programme(rate="1.00")
    more = (DRAWN[0], population(Aa=1_400, Bee=400, Cee=200))
    grown = drawn_bills(run(fund(rate, EXPECTED)), None, more, AS_EXPECTED)
    assert grown.own.tolist() == [[700_00, 200_00, 100_00], [1_400_00, 400_00, 200_00]]
    indexed = drawn_bills(run(fund(rate, EXPECTED)), None, more, HALF_AND_TWICE)
    assert indexed.own.tolist() == [[350_00, 100_00, 50_00], [1_400_00, 400_00, 200_00]]


@pytest.mark.parametrize("settlement", ["redistribute", "shrink", "absorb", "refund"])
def test_who_is_outside_is_outside_in_every_draw(settlement: SettlementWord) -> None:
    before, half, twice = (programme(gross=gross) for gross in ("1000.00", "500.00", "2000.00"))
    outside = (opt_out(EXPECTED, "Bee", settlement=settlement),)
    bills = drawn(fund(before, EXPECTED, outside), HALF_AND_TWICE)
    assert bills.own[:, 1].tolist() == [0, 0]
    assert bills.own.tolist() == [paid(half, DRAWN[0], outside), paid(twice, DRAWN[1], outside)]


def test_a_rate_that_is_paid_back_is_times_the_inhabitants_of_the_draw_unless_it_counts_those_of_a_year() -> None:
    """0,25 over 200 is 50,00 of 200,00; over the 300 of the second draw 75,00 of 600,00."""
    before = programme(gross="1000.00")
    counted = opt_out(EXPECTED, "Bee", settlement="refund", rate="0.25")
    assert drawn(fund(before, EXPECTED, (counted,)), None).own[:, 1].tolist() == [150_00, 300_00 - 75_00]
    of_a_year = replace(counted, settlement=RefundOfRate(2_500, 2016))
    assert drawn(fund(before, EXPECTED, (of_a_year,)), None).own[:, 1].tolist() == [150_00, 300_00 - 50_00]


def test_a_budget_that_is_too_low_in_a_draw_is_then_that_of_what_is_expected() -> None:
    """10,00 each of 30,00 can be; of 15,00 it cannot."""
    fixed = programme(gross="30.00", allocation={"key": "fixed_plus_inhabitants", "fixed": "10.00"})
    assert drawn(fund(fixed, EXPECTED), HALF_AND_TWICE).own.tolist() == [[1000] * 3, [2500, 1900, 1600]]


def test_a_budget_is_at_least_a_cent_in_every_draw() -> None:
    """A hundredth of a cent is a cent, and twice a cent is two."""
    hundredth = {"a": np.array([0.01, 2.0])}
    assert drawn(fund(programme(gross="0.01"), EXPECTED), hundredth).together.tolist() == [1, 2]


def test_who_pays_through_a_threshold_is_decided_in_every_draw() -> None:
    """Without Bee 80 % of all inhabitants take part, and 70 % in the second draw: at least 75 % are needed."""
    outside = (opt_out(EXPECTED, "Bee", settlement="redistribute"),)
    threshold = Threshold(None, 75, "not_levied", "invented for a test")
    bills = drawn(fund(programme(gross="1000.00"), EXPECTED, outside, threshold), AS_EXPECTED)
    assert bills.own.tolist() == [[875_00, 0, 125_00], [0, 0, 0]]
    everybody = Threshold("all", None, "not_levied", "invented for a test")
    assert drawn(fund(programme(gross="1000.00"), EXPECTED, (), everybody), None).own.sum() == 2 * 1_000_00


def test_a_bill_has_all_programmes_in_every_draw() -> None:
    """One by inhabitants, divided with others like it at once, and two that are divided by themselves."""
    fixed = programme(gross="100.00", allocation={"key": "fixed_plus_inhabitants", "fixed": "10.00"})
    by_name = {"a": programme(gross="1000.00"), "b": fixed, "c": replace(fixed, name="c")}
    programmes = {name: replace(of, name=name) for name, of in by_name.items()}
    year = replace(fund(by_name["a"], EXPECTED), programmes=programmes)
    apart = [drawn_bills(run(fund(of, EXPECTED)), None, DRAWN, None).own for of in (by_name["a"], fixed, fixed)]
    assert drawn(year, None).own.tolist() == np.sum(apart, axis=0).tolist()
