"""What a programme costs and how it is divided: VAT and the allocation keys."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Final, Literal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from gguplan.fund.allocation_keys import (
    Bracket,
    InColumn,
    PerColumn,
    Products,
    StepAmounts,
    Stepped,
    Weights,
    unmixed_keys,
)
from gguplan.fund.problems import (
    BudgetOutOfReach,
    CannotBeMade,
    FixedAboveBudget,
    IncomeAboveBudget,
    PaidOtherwiseAboveBudget,
)
from gguplan.fund.programme import GrossBudget, Income, NetBudget, Payers, Programme, ReserveDraw, VolumeBudget
from gguplan.model.allocation import (
    allocate,
    budget_of,
    fixed_part_of,
    grows_with_inhabitants,
    has_one_rate,
    nothing_divided,
    price_of,
    products_in_cents,
    step_amounts,
    stepped_tariff,
    vat_within,
    weighing_of,
)
from gguplan.money import LARGEST_AMOUNT
from tests.worlds import population, programme

ABC = population(A=30, B=50, C=20)
EVERYBODY = np.ones(3, dtype=np.int64)

# Proposed membership fee of the VNG for 2024, euros per inhabitant (binnenlandsbestuur.nl, "VNG verhoogt
# contributie met 6,1 procent"); whether a rate holds for the part or for all is not published.
MEMBERSHIP_FEE = [
    {"up_to": 5_000, "rate": "1.92"},
    {"up_to": 25_000, "rate": "1.76"},
    {"up_to": 200_000, "rate": "1.52"},
    {"rate": "0.75"},
]


def stepped(applies_to: Literal["part", "all"]) -> Stepped:
    fee = [(5_000, 19_200), (25_000, 17_600), (200_000, 15_200), (None, 7_500)]
    return Stepped(tuple(Bracket(up_to, rate) for up_to, rate in fee), applies_to)


# --- VAT -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("gross", "printed_net_in_thousands"),
    [
        (2_000, 1_653),
        (611, 505),
        (130, 107),
        (11_300, 9_339),
        (1_000, 826),
        (350, 289),
        (1_180, 975),
        (1_588, 1_312),
    ],
)
def test_gross_and_net_of_2016_hold_within_their_rounding(gross: int, printed_net_in_thousands: int) -> None:
    """verantwoording-2016, financial summary of chapter 1: uitname and te besteden, × € 1.000. The summary
    prints 9.338 for ISD beheer; its section 1.4 has 9.338.843, which rounds to 9.339."""
    net = budget_of(programme(gross=f"{gross}000.00", vat="21%"), ABC).net
    assert abs(net - printed_net_in_thousands * 100_000) <= 50_000


def test_net_times_1_21_is_gross() -> None:
    """verantwoording-2017 chapter 4, IBD: € 1.652.893; × 1,21 = 2.000.000,53."""
    budget = budget_of(programme(net="1652893.00", vat="21%"), ABC)
    assert (budget.gross, budget.net, budget.vat) == (200_000_053, 165_289_300, 34_710_753)


def test_without_vat_gross_is_net() -> None:
    budget = budget_of(programme(net="100.00"), ABC)
    assert (budget.gross, budget.net, budget.vat) == (10_000, 10_000, 0)


def test_a_rate_makes_the_budget() -> None:
    assert budget_of(programme(rate="0.25"), ABC).gross == 2_500


@given(st.integers(1, LARGEST_AMOUNT))
def test_vat_within_an_amount_is_the_nearest_cent(gross: int) -> None:
    assert abs(vat_within(gross, 21) - Fraction(gross * 21, 121)) <= Fraction(1, 2)


# --- keys ----------------------------------------------------------------------------------------


def test_pro_rata_to_inhabitants() -> None:
    key = programme(gross="1.00").allocation
    assert allocate(10_000, key, ABC, EVERYBODY, 1).parts.tolist() == [3_000, 5_000, 2_000]


def test_who_does_not_take_part_pays_nothing_and_the_others_the_whole() -> None:
    key = programme(gross="1.00").allocation
    taking_part = np.array([1, 0, 1])
    assert allocate(10_000, key, ABC, taking_part, 1).parts.tolist() == [6_000, 0, 4_000]


def test_a_fixed_amount_each_and_the_rest_pro_rata() -> None:
    # 100 euros, 10 each, 70 left: 21, 35 and 14.
    key = programme(gross="1.00", allocation={"key": "fixed_plus_inhabitants", "fixed": "10.00"}).allocation
    assert allocate(10_000, key, ABC, EVERYBODY, 1).parts.tolist() == [3_100, 4_500, 2_400]


def test_a_fixed_amount_is_for_a_whole_year_also_when_nobody_takes_part_in_it() -> None:
    # A takes part in 2 of 5 pieces of the year, B in 4, C in 1: 4.00, 8.00 and 2.00 of 10.00 each, and 86.00 left
    # over 60, 200 and 20: 18.43, 61.43 and 6.14.
    key = programme(gross="1.00", allocation={"key": "fixed_plus_inhabitants", "fixed": "10.00"}).allocation
    divided = allocate(10_000, key, ABC, np.array([2, 4, 1]), 5)
    (portion,) = divided.portions
    assert portion.fixed.tolist() == [400, 800, 200]
    assert divided.parts.tolist() == [2_243, 6_943, 814]


def test_fixed_amounts_above_the_budget_are_refused() -> None:
    key = programme(gross="1.00", allocation={"key": "fixed_plus_inhabitants", "fixed": "40.00"}).allocation
    with pytest.raises(CannotBeMade) as caught:
        allocate(10_000, key, ABC, EVERYBODY, 1)
    assert caught.value.problem == FixedAboveBudget(fixed=12_000, budget=10_000)


def test_pro_rata_to_a_column_of_ones_own() -> None:
    key = PerColumn(InColumn("x.csv", "households"), Weights(np.array([1, 2, 3])))
    assert allocate(600, key, ABC, EVERYBODY, 1).parts.tolist() == [100, 200, 300]


def test_a_marginal_tariff_counts_each_class_at_its_own_rate() -> None:
    # 30,000 inhabitants: 5,000 × 1.92 + 20,000 × 1.76 + 5,000 × 1.52 = 9,600 + 35,200 + 7,600 = 52,400.
    assert stepped_tariff(stepped("part"), np.array([30_000])).tolist() == [524_000_000]


def test_a_tariff_on_all_inhabitants_takes_the_rate_of_the_class() -> None:
    # 30,000 inhabitants are in the third class: 30,000 × 1.52 = 45,600.
    assert stepped_tariff(stepped("all"), np.array([30_000])).tolist() == [456_000_000]


@pytest.mark.parametrize(
    ("inhabitants", "rate"), [(5_000, 19_200), (5_001, 17_600), (200_000, 15_200), (200_001, 7_500)]
)
def test_a_class_reaches_up_to_and_including_its_limit(inhabitants: int, rate: int) -> None:
    assert stepped_tariff(stepped("all"), np.array([inhabitants])).tolist() == [inhabitants * rate]


@given(st.lists(st.integers(1, 1_000_000), min_size=2, max_size=20))
def test_a_marginal_tariff_never_falls_when_a_municipality_grows(inhabitants: list[int]) -> None:
    """The same cannot be said of a tariff on all inhabitants: 5,001 pay less than 5,000 there."""
    ordered = np.sort(np.array(inhabitants))
    assert (np.diff(stepped_tariff(stepped("part"), ordered)) >= 0).all()
    assert np.diff(stepped_tariff(stepped("all"), np.array([5_000, 5_001])))[0] < 0


def test_a_tariff_without_an_amount_is_what_is_paid() -> None:
    world = population(A=4_000, B=30_000)
    own_programme = programme(allocation={"key": "stepped", "applies_to": "part", "brackets": MEMBERSHIP_FEE})
    budget = budget_of(own_programme, world)
    parts = allocate(budget.gross, own_programme.allocation, world, np.ones(2, dtype=np.int64), 1).parts
    assert parts.tolist() == [768_000, 5_240_000]


def test_an_offer_per_inhabitant_is_paid_in_whole_cents_and_the_total_follows() -> None:
    """The joint offer for 2018: 0,92 × 213.804 inhabitants of Tilburg = € 196.699,68 (published: 196.700). At
    92.55 cents half a cent goes up: 0,9255 × 10 = 9,255."""
    world = population(A=213_804, B=10)
    for rate, expected in (("0.92", [19_669_968, 920]), ("0.9255", [19_787_560, 926])):
        own_programme = programme(allocation={"key": "tariff", "rate": rate})
        budget = budget_of(own_programme, world)
        parts = allocate(budget.gross, own_programme.allocation, world, np.ones(2, dtype=np.int64), 1).parts
        assert (parts.tolist(), budget.gross) == (expected, sum(expected))


def test_a_tariff_with_an_amount_says_the_proportions() -> None:
    world = population(A=4_000, B=30_000)
    own_programme = programme(
        gross="1.00", allocation={"key": "stepped", "applies_to": "part", "brackets": MEMBERSHIP_FEE}
    )
    parts = allocate(6_008, own_programme.allocation, world, np.ones(2, dtype=np.int64), 1).parts
    assert parts.tolist() == [768, 5_240]


# --- what a budget leaves to divide ------------------------------------------------------------------


def _with(cents: int, *incomes: Income, reserve: tuple[int, ...] = ()) -> Programme:
    draws = tuple(ReserveDraw("a plan", drawn, "invented for a test") for drawn in reserve)
    return replace(programme(gross=f"{cents // 100}.{cents % 100:02}"), income=incomes, reserve=draws)


def _income(cents: int, *between: int) -> Income:
    low_and_high = (between[0], between[1]) if between else None
    return Income("a province", cents, "invented for a test", low_and_high)


def test_income_and_what_the_balance_pays_are_taken_off_the_budget() -> None:
    budget = budget_of(_with(10_000, _income(2_000), _income(999, 500, 1_500), reserve=(3_000, 500)), ABC)
    assert (budget.gross, budget.income, budget.reserve) == (10_000, 2_999, 3_500)
    assert budget.to_divide == 10_000 - 2_999 - 3_500


@pytest.mark.parametrize(
    ("incomes", "reserve", "problem"),
    [
        ((_income(9_999),), (), None),
        ((_income(10_000),), (), IncomeAboveBudget(10_000, 10_000)),
        # What counts is the most that it may be.
        ((_income(5_000, 1_000, 9_999),), (), None),
        ((_income(5_000, 1_000, 10_000),), (), IncomeAboveBudget(10_000, 10_000)),
        ((_income(4_000),), (5_999,), None),
        ((_income(4_000),), (6_000,), PaidOtherwiseAboveBudget(10_000, 10_000)),
        # Other than income, what the balance pays may be below 0: the municipalities pay it on top.
        ((), (-1_000,), None),
        ((), (-LARGEST_AMOUNT + 10_000,), None),
        ((), (-LARGEST_AMOUNT + 9_999,), BudgetOutOfReach(LARGEST_AMOUNT + 1)),
    ],
)
def test_something_is_left_to_divide_and_no_more_than_can_be(
    incomes: tuple[Income, ...], reserve: tuple[int, ...], problem: object
) -> None:
    costs = _with(10_000, *incomes, reserve=reserve)
    if problem is None:
        assert 0 < budget_of(costs, ABC).to_divide <= LARGEST_AMOUNT
        return
    with pytest.raises(CannotBeMade) as caught:
        budget_of(costs, ABC)
    assert caught.value.problem == problem


def test_a_volume_is_a_budget_without_vat_and_its_limits_hold_with_vat() -> None:
    # 100 × 10.00 and 5.00 are 1,005.00, and 21 % of that is 211.05.
    budget = budget_of(programme(vat="21%", volume=100, price="10.00", fixed="5.00"), ABC)
    assert (budget.gross, budget.net, budget.vat) == (121_605, 100_500, 21_105)
    for cents in (1, LARGEST_AMOUNT):
        assert budget_of(replace(programme(gross="1.00"), budget=VolumeBudget(cents, 0, 0)), ABC).gross == cents
    for cents in (0, LARGEST_AMOUNT + 1):
        with pytest.raises(CannotBeMade) as caught:
            budget_of(replace(programme(gross="1.00"), budget=VolumeBudget(cents, 0, 0)), ABC)
        assert caught.value.problem == BudgetOutOfReach(cents)


def test_a_budget_without_vat_is_out_of_reach_with_it() -> None:
    """90 % of the largest amount is 108,9 % of it with 21 % VAT."""
    with pytest.raises(CannotBeMade) as caught:
        budget_of(replace(programme(gross="1.00", vat="21%"), budget=NetBudget(LARGEST_AMOUNT * 9 // 10)), ABC)
    assert caught.value.problem == BudgetOutOfReach(LARGEST_AMOUNT * 1089 // 1000)


@pytest.mark.parametrize("cents", [0, -1, LARGEST_AMOUNT + 1])
def test_a_budget_of_nothing_or_too_much_is_out_of_reach(cents: int) -> None:
    with pytest.raises(CannotBeMade) as caught:
        budget_of(replace(programme(gross="1.00"), budget=GrossBudget(cents)), ABC)
    assert caught.value.problem == BudgetOutOfReach(cents)
    assert budget_of(replace(programme(gross="1.00"), budget=GrossBudget(1)), ABC).gross == 1


# --- what a key is -----------------------------------------------------------------------------------

_KEYS: Final[dict[str, dict[str, Any]]] = {
    "inhabitants": {"key": "inhabitants"},
    "fixed": {"key": "fixed_plus_inhabitants", "fixed": "0.10"},
    "stepped": {"key": "stepped", "applies_to": "all", "brackets": [{"rate": "1.00"}]},
    "tariff": {"key": "tariff", "rate": "0.92"},
    "column": {"key": "column", "file": "a.csv", "column": "a"},
    "shares": {"key": "shares", "shares": {"A": "10%", "B": "20%", "C": "70%"}},
    "amounts": {"key": "amounts", "amounts": {"A": "1.00", "B": "2.00", "C": "3.00"}},
    "products": {"key": "products", "price": "86.55", "units": {"A": 1, "B": 2, "C": 3}},
    "step amounts": {"key": "step_amounts", "steps": [{"amount": "1.00"}]},
}
_ALONE: Final = ("stepped", "tariff", "amounts", "products", "step amounts")
"""These say what all pay together, so that they need no budget."""


@pytest.mark.parametrize(
    ("name", "weighing", "one_rate", "price", "grows"),
    [
        ("inhabitants", "inhabitants", True, None, None),
        ("fixed", "inhabitants", False, None, None),
        ("stepped", "tariff", False, None, True),
        ("tariff", "tariff", True, 9_200, True),
        ("column", "column", False, None, None),
        ("shares", "column", False, None, None),
        ("amounts", "tariff", False, None, False),
        ("products", "tariff", False, None, False),
        ("step amounts", "tariff", False, None, True),
    ],
)
def test_of_each_key_what_it_weighs_and_whether_one_rate_holds_for_all(
    name: str, weighing: str, one_rate: bool, price: int | None, grows: bool | None
) -> None:
    keys: dict[str, Any] = {"allocation": _KEYS[name], **({} if name in _ALONE else {"gross": "100.00"})}
    made = programme([1, 2, 3], ABC, **keys)
    (key,) = unmixed_keys(made.allocation)
    assert (weighing_of(key), has_one_rate(key), price_of(key)) == (weighing, one_rate, price)
    assert fixed_part_of(key) == (10 if name == "fixed" else None)
    assert grows_with_inhabitants(made) == bool(grows)


def test_a_rate_grows_with_the_inhabitants_and_a_mix_has_no_one_rate() -> None:
    assert grows_with_inhabitants(programme(rate="0.25"))
    assert not grows_with_inhabitants(programme(net="100.00"))
    assert not grows_with_inhabitants(programme(volume=100, price="10.00"))
    halves = [{"share": "50%", "by": {"key": "inhabitants"}}] * 2
    assert not has_one_rate(programme(gross="1.00", allocation={"key": "mix", "parts": halves}).allocation)


def test_where_nothing_is_divided_everybody_has_nothing() -> None:
    nothing = nothing_divided(programme(gross="1.00").allocation, 3)
    (portion,) = nothing.portions
    assert (nothing.parts.tolist(), nothing.total, nothing.is_divided) == ([0, 0, 0], 0, False)
    assert portion.key == programme(gross="1.00").allocation
    assert (portion.fixed.tolist(), portion.split.whole.tolist()) == ([0, 0, 0], [0, 0, 0])
    assert (portion.split.remainder.tolist(), portion.split.left_over) == ([0, 0, 0], 0)
    assert portion.split.rank.tolist() == [1, 2, 3]
    assert all(column.dtype == np.int64 for column in (portion.fixed, portion.split.weights, portion.split.parts))


def test_fixed_amounts_may_be_the_whole_amount() -> None:
    key = programme(gross="1.00", allocation={"key": "fixed_plus_inhabitants", "fixed": "0.10"}).allocation
    assert allocate(30, key, ABC, np.ones(3, dtype=np.int64), 1).parts.tolist() == [10, 10, 10]


def test_half_units_and_the_first_inhabitant_count() -> None:
    """Of half units over two years: (1.5 + 2) ÷ 2 = 1.75 × 0.03 = 0.0525, 5 cents; and a class that ends at 1."""
    allocation = {"key": "products", "price": "0.03", "units": {"A": ["1.5", "2"], "B": [0, 0], "C": [0, 0]}}
    (key,) = unmixed_keys(programme((), ABC, allocation=allocation).allocation)
    assert isinstance(key, Products)
    assert products_in_cents(key).tolist() == [5, 0, 0]
    steps = [{"up_to": 1, "amount": "1.00"}, {"amount": "2.00"}]
    (classes,) = unmixed_keys(programme((), ABC, allocation={"key": "step_amounts", "steps": steps}).allocation)
    assert isinstance(classes, StepAmounts)
    assert step_amounts(classes, np.array([0, 1, 2])).tolist() == [100, 100, 200]


def test_the_tariffs_of_a_programme_are_those_of_who_pays_it() -> None:
    made = replace(
        programme(allocation={"key": "tariff", "rate": "1.00"}), payers=Payers(np.array([True, False, True]))
    )
    assert budget_of(made, ABC).gross == 5_000
