"""The sums at the ends of what may be written: exact, or refused, and never past what int64 holds."""

from __future__ import annotations

from fractions import Fraction
from typing import get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from gguplan.fund.acceptance import Acceptance
from gguplan.fund.allocation_keys import InColumn, PerColumn, Weights, unmixed_keys
from gguplan.fund.municipalities import CountedIn, Municipality, Population
from gguplan.fund.opt_outs import Absence, OptOut
from gguplan.fund.problems import BudgetOutOfReach, CannotBeMade, NobodyPays, RefundsAboveBudget, WeightsTooLarge
from gguplan.fund.settlements import SettlementWord
from gguplan.inputs.population.years import LARGEST_POPULATION, LARGEST_TOTAL
from gguplan.inputs.scenario.reading import read_scenario
from gguplan.inputs.scenario.weights_file import LARGEST_WEIGHT
from gguplan.inputs.written_amounts import parse_rate
from gguplan.model.allocation import allocate, budget_of, weights_of
from gguplan.model.participation.cascade import draw_limits, ends, rounds, tipping_budget
from gguplan.model.participation.settlement import Participation, settle
from gguplan.model.randomness import stream
from gguplan.money import LARGEST_AMOUNT, LARGEST_RATE, RATE_UNITS, rate_times
from gguplan.runs.results import result_of
from tests.oracle import largest_remainder
from tests.worlds import population, programme, settlement_as_written

DEAREST = "10000"
A_TENTH_OF_A_CENT = "0.001"
LEAP_YEAR = 366

amounts = st.integers(1, LARGEST_AMOUNT) | st.integers(LARGEST_AMOUNT - 100, LARGEST_AMOUNT)
# From 1 to 10,000,000: weights that differ by seven powers of ten.
inhabitants = st.lists(st.integers(1, 9) | st.integers(9_000_000, 10_000_000), min_size=1, max_size=12)


def of_sizes(sizes: list[int]) -> Population:
    """Municipalities with these inhabitants, with codes that rise."""
    municipalities = (
        Municipality(f"GM{code:06}", f"M{code}", "Utrecht", size) for code, size in enumerate(sizes, start=1)
    )
    return Population(2017, "final", CountedIn("invented for a test"), tuple(municipalities))


def hundred_thousand() -> Population:
    """100,000 municipalities from 1 to 10,000,000 inhabitants."""
    return of_sizes([1 + (place * 7_919) % 10_000_000 for place in range(100_000)])


def outside_for(world: Population, settlement: SettlementWord, rate: str | None, days: list[int]) -> OptOut:
    absence = Absence(np.array(days), world.inhabitants)
    return OptOut("a", absence, settlement_as_written(settlement, rate), "invented for a test")


def exactly(participation: Participation, gross: int, days: list[int], settlement: SettlementWord) -> None:
    """Hold a settlement without a rate against whole numbers of Python, which have no largest."""
    contributions, refunds = participation.contributions.tolist(), participation.refunds.tolist()
    assert sum(contributions) - sum(refunds) + participation.drawn == participation.available
    parts = participation.allocation.parts.tolist()
    taken = [(2 * part * day + LEAP_YEAR) // (2 * LEAP_YEAR) for part, day in zip(parts, days, strict=True)]
    if settlement == "redistribute":
        assert contributions == parts
    elif settlement == "refund":
        assert refunds == taken and contributions == parts
    else:
        assert contributions == [part - off for part, off in zip(parts, taken, strict=True)]
        assert participation.drawn == (sum(taken) if settlement == "absorb" else 0)
    assert sum(parts) == gross


@given(amounts, inhabitants, st.data())
def test_every_settlement_is_exact_up_to_a_million_million_euros(
    gross: int, sizes: list[int], data: st.DataObject
) -> None:
    world = of_sizes(sizes)
    settlement = data.draw(st.sampled_from(get_args(SettlementWord)))
    days = data.draw(st.lists(st.integers(0, LEAP_YEAR), min_size=len(sizes), max_size=len(sizes)))
    if settlement == "redistribute" and min(days) == LEAP_YEAR:
        days[0] = 0
    key = programme(gross="1.00").allocation
    participation = settle(gross, key, world, [outside_for(world, settlement, None, days)], LEAP_YEAR)
    exactly(participation, gross, days, settlement)
    if settlement == "redistribute":
        weights = [size * (LEAP_YEAR - day) for size, day in zip(sizes, days, strict=True)]
        assert participation.contributions.tolist() == largest_remainder(gross, weights, range(len(sizes)))
    else:
        assert participation.allocation.parts.tolist() == largest_remainder(gross, sizes, range(len(sizes)))


@given(amounts)
def test_one_municipality_pays_all(gross: int) -> None:
    key = programme(gross="1.00").allocation
    assert settle(gross, key, population(A=1), (), LEAP_YEAR).contributions.tolist() == [gross]


def test_one_municipality_that_is_outside_leaves_nobody_to_pay() -> None:
    world = population(A=1)
    with pytest.raises(CannotBeMade) as caught:
        settle(
            LARGEST_AMOUNT,
            programme(gross="1.00").allocation,
            world,
            [outside_for(world, "redistribute", None, [LEAP_YEAR])],
            LEAP_YEAR,
        )
    assert caught.value.problem == NobodyPays()


@pytest.mark.parametrize("settlement", get_args(SettlementWord))
def test_a_hundred_thousand_municipalities_are_exact(settlement: SettlementWord) -> None:
    world = hundred_thousand()
    days = [(place % 7) * 50 for place in range(100_000)]
    participation = settle(
        LARGEST_AMOUNT,
        programme(gross="1.00").allocation,
        world,
        [outside_for(world, settlement, None, days)],
        LEAP_YEAR,
    )
    exactly(participation, LARGEST_AMOUNT, days, settlement)
    weights = participation.allocation.portions[0].split.weights.tolist()
    together = sum(weights)
    assert all(
        abs(part * together - LARGEST_AMOUNT * weight) < together
        for part, weight in zip(participation.allocation.parts.tolist(), weights, strict=True)
    )


@given(st.sampled_from(["0.0001", A_TENTH_OF_A_CENT, "0.0015", DEAREST]), inhabitants, st.data())
def test_a_rate_gives_back_the_nearest_cent(rate: str, sizes: list[int], data: st.DataObject) -> None:
    world = of_sizes(sizes)
    days = data.draw(st.lists(st.integers(0, LEAP_YEAR), min_size=len(sizes), max_size=len(sizes)))
    exact = [
        Fraction(parse_rate(rate) * size * day, RATE_UNITS // 100 * LEAP_YEAR)
        for size, day in zip(sizes, days, strict=True)
    ]
    cents = [(2 * share.numerator + share.denominator) // (2 * share.denominator) for share in exact]
    key = programme(gross="1.00").allocation
    opt_out = outside_for(world, "refund", rate, days)
    if sum(cents) > LARGEST_AMOUNT:
        with pytest.raises(CannotBeMade) as caught:
            settle(LARGEST_AMOUNT, key, world, [opt_out], LEAP_YEAR)
        assert isinstance(caught.value.problem, RefundsAboveBudget)
    else:
        assert settle(LARGEST_AMOUNT, key, world, [opt_out], LEAP_YEAR).refunds.tolist() == cents


def test_the_largest_rate_for_the_largest_municipality_is_exact() -> None:
    # 10,000 euros × 100,000,000 = a million million euros, for every day of a leap year.
    world = of_sizes([LARGEST_POPULATION])
    participation = settle(
        LARGEST_AMOUNT,
        programme(gross="1.00").allocation,
        world,
        [outside_for(world, "refund", DEAREST, [LEAP_YEAR])],
        LEAP_YEAR,
    )
    assert (participation.refunds.tolist(), participation.available) == ([LARGEST_AMOUNT], 0)


@given(st.integers(1, LARGEST_RATE), st.integers(1, LARGEST_TOTAL))
def test_a_rate_times_all_inhabitants_is_exact(rate: int, people: int) -> None:
    assert int(rate_times(rate, people)) == (2 * rate * people + 100) // 200


def test_a_budget_beyond_a_million_million_euros_is_refused() -> None:
    world = of_sizes([LARGEST_POPULATION] * 2)
    with pytest.raises(CannotBeMade) as caught:
        budget_of(programme(rate=DEAREST), world)
    assert isinstance(caught.value.problem, BudgetOutOfReach)
    assert budget_of(programme(rate=DEAREST), of_sizes([LARGEST_POPULATION])).gross == LARGEST_AMOUNT


@pytest.mark.parametrize("applies_to", ["part", "all"])
def test_the_dearest_tariff_over_the_most_inhabitants_is_exact_or_refused(applies_to: str) -> None:
    brackets = [{"up_to": 5_000, "rate": A_TENTH_OF_A_CENT}, {"rate": DEAREST}]
    key = {"key": "stepped", "applies_to": applies_to, "brackets": brackets}
    own_programme = programme(gross="1000000000000.00", allocation=key)
    sizes = [LARGEST_POPULATION] * (LARGEST_TOTAL // LARGEST_POPULATION)
    cheap = (5_000, 10) if applies_to == "part" else (0, 0)
    tariff = cheap[0] * cheap[1] + (LARGEST_POPULATION - cheap[0]) * LARGEST_RATE
    (own_key,) = unmixed_keys(own_programme.allocation)
    assert weights_of(own_key, of_sizes(sizes)).tolist() == [tariff] * len(sizes)
    whole_year = np.ones(len(sizes), dtype=np.int64)
    divided = allocate(LARGEST_AMOUNT, own_programme.allocation, of_sizes(sizes), whole_year, 1)
    assert divided.parts.tolist() == [LARGEST_AMOUNT // len(sizes)] * len(sizes)
    with pytest.raises(CannotBeMade) as caught:
        allocate(LARGEST_AMOUNT, own_programme.allocation, of_sizes(sizes), whole_year * LEAP_YEAR, LEAP_YEAR)
    assert caught.value.problem == WeightsTooLarge()


def test_the_largest_weights_of_ones_own_are_exact_for_days_of_a_year() -> None:
    world, key = of_sizes([1] * 1_000), PerColumn(InColumn("f.csv", "c"), Weights(np.full(1_000, LARGEST_WEIGHT)))
    days = np.full(1_000, LEAP_YEAR)
    days[0] = 365
    divided = allocate(LARGEST_AMOUNT, key, world, days, LEAP_YEAR)
    assert divided.parts.tolist() == largest_remainder(
        LARGEST_AMOUNT, [LARGEST_WEIGHT * day for day in days.tolist()], range(1_000)
    )


def test_the_widest_limits_of_a_cascade_never_turn_negative() -> None:
    """90 % between a tenth of a cent and 10,000 euros per inhabitant: a drawn limit can be beyond int64."""
    world = np.array([1, 10, 1_000, 10_000_000])
    acceptance = Acceptance(np.full(4, 1), np.full(4, LARGEST_RATE), (1, LARGEST_RATE))
    limits = draw_limits(acceptance, 5_000, stream(1, "extreme limits"))
    assert limits.min() >= 0
    assert limits.max() == LARGEST_RATE
    ended = ends(LARGEST_AMOUNT, world, limits)
    for draw in range(0, 5_000, 50):
        left = rounds(LARGEST_AMOUNT, world, limits[draw], np.ones(4, dtype=np.bool_))[-1]
        assert left.inhabitants == int(ended.inhabitants[draw])
        people = {place: int(world[place]) for place in range(4)}
        while gone := [
            person for person in people if int(limits[draw, person]) * sum(people.values()) < LARGEST_AMOUNT * 100
        ]:
            for name in gone:
                del people[name]
        assert left.inhabitants == sum(people.values())


def test_the_tipping_budget_of_the_largest_limits_is_exact() -> None:
    limits = np.full(100, LARGEST_RATE)
    people = np.full(100, LARGEST_TOTAL // 100)
    assert tipping_budget(people, limits) == 10_000 * 100 * LARGEST_TOTAL


def test_the_sum_of_a_thousand_of_the_largest_programmes_is_exact() -> None:
    inputs = read_scenario("uitnamen-2017")
    largest, one_less = programme(gross="1000000000000.00"), programme(gross="999999999999.00")
    most = {f"p{number}": one_less if number == 500 else largest for number in range(1_000)}
    scenario = inputs.scenario.model_copy(update={"expected": None})
    result = result_of(replace(inputs, scenario=scenario, programmes=most, opt_outs={}, acceptance={}))
    assert result.totals["gross_cents"] == 1_000 * LARGEST_AMOUNT - 100
    assert sum(map(int, result.to_pay.tolist())) == 1_000 * LARGEST_AMOUNT - 100
