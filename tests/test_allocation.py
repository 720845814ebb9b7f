"""What a programme costs and how it is divided: VAT and the allocation keys."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gguplan.fund.allocation_keys import Bracket, InColumn, PerColumn, Stepped, Weights
from gguplan.fund.problems import CannotBeMade, FixedAboveBudget
from gguplan.model.allocation import allocate, budget_of, stepped_tariff, vat_within
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
