"""What an opt-out does to the money, worked by hand over 30, 50 and 20 inhabitants."""

from __future__ import annotations

from typing import get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gguplan import run
from gguplan.fund.allocation_keys import InColumn, PerColumn, Weights
from gguplan.fund.hand_overs import HandOver
from gguplan.fund.municipalities import Population
from gguplan.fund.opt_outs import OptOut
from gguplan.fund.problems import AboveTheTariff, CannotBeMade, FixedAboveBudget, NobodyPays, RefundsAboveBudget
from gguplan.fund.settlements import SettlementWord
from gguplan.fund.thresholds import Lapse, Threshold
from gguplan.model.participation.settlement import Participation, check_threshold, part_of_days, settle
from tests.worlds import opt_out, outside, population, programme, settled

ABC = population(A=30, B=50, C=20)


def amounts(participation: Participation) -> tuple[list[int], list[int], int, int]:
    """Contributions, refunds, drawn from the balance, and what the programme can spend."""
    return (
        participation.contributions.tolist(),
        participation.refunds.tolist(),
        participation.drawn,
        participation.available,
    )


def test_refund_of_a_rate_everyone_pays_and_who_is_outside_gets_the_rate_back() -> None:
    # B gets 50 × 0.25 = 12.50 back, and the programme has 87.50.
    participation = settled(ABC, 10_000, "B", "refund", "0.25")
    assert amounts(participation) == ([3_000, 5_000, 2_000], [0, 1_250, 0], 0, 8_750)


def test_refund_without_a_rate_gives_back_exactly_what_was_paid() -> None:
    participation = settled(ABC, 10_000, "B", "refund")
    assert amounts(participation) == ([3_000, 5_000, 2_000], [0, 5_000, 0], 0, 5_000)


def test_shrink_the_others_pay_what_they_would_and_the_programme_shrinks() -> None:
    participation = settled(ABC, 10_000, "B", "shrink")
    assert amounts(participation) == ([3_000, 0, 2_000], [0, 0, 0], 0, 5_000)


def test_redistribute_the_others_pay_the_whole_budget() -> None:
    participation = settled(ABC, 10_000, "B", "redistribute")
    assert amounts(participation) == ([6_000, 0, 4_000], [0, 0, 0], 0, 10_000)


def test_absorb_the_balance_pays_what_is_missing() -> None:
    participation = settled(ABC, 10_000, "B", "absorb")
    assert amounts(participation) == ([3_000, 0, 2_000], [0, 0, 0], 5_000, 10_000)


def test_nobody_outside_is_everybody_inside() -> None:
    participation = settled(ABC, 10_000, "", "redistribute")
    assert amounts(participation) == ([3_000, 5_000, 2_000], [0, 0, 0], 0, 10_000)


def test_the_refund_of_2017_is_25_cents_for_each_inhabitant_of_ten_municipalities() -> None:
    """verantwoording-2017: realised € 4.173.856 (chapter 4) less € 3.375.000, € 62.719 and € 51.793 for the
    foundation (section 2.3) leaves € 684.344; the ten named there had 2.737.378 inhabitants on 1 January 2017."""
    printed = 4_173_856 - 3_375_000 - 62_719 - 51_793
    (helpline,) = (programme for programme in run("uitnamen-2017").by_programme if programme.name == "luisterend-oor")
    assert helpline.refunded == 68_434_450
    assert abs(helpline.refunded - printed * 100) == 50


def test_the_refund_of_2016_is_that_of_sixteen_municipalities_on_the_inhabitants_of_2015() -> None:
    """verantwoording-2016 section 2.4 prints € 722.000, and € 3,478 miljoen to spend; it names five municipalities,
    which would get € 591.655,50. See the competing readings of gguplan reconcile."""
    (helpline,) = (programme for programme in run("uitnamen-2016").by_programme if programme.name == "luisterend-oor")
    assert helpline.refunded == 72_200_450
    assert round(helpline.participation.available, -5) == 347_800_000


def test_more_refunded_than_there_is_cannot_be() -> None:
    with pytest.raises(CannotBeMade) as caught:
        settled(ABC, 1_000, "B", "refund", "0.25")
    assert caught.value.problem == RefundsAboveBudget(refunds=1_250, budget=1_000)


def test_nobody_left_to_pay_cannot_be() -> None:
    with pytest.raises(CannotBeMade) as caught:
        settled(ABC, 1_000, "ABC", "redistribute")
    assert caught.value.problem == NobodyPays()


# --- part of a year ------------------------------------------------------------------------------


def test_a_refund_for_part_of_a_year_is_the_rate_for_those_days() -> None:
    # B is outside on 73 of 365 days, a fifth: 50 × 0.25 ÷ 5 = 2.50.
    participation = settled(ABC, 10_000, "B", "refund", "0.25", days=73)
    assert amounts(participation) == ([3_000, 5_000, 2_000], [0, 250, 0], 0, 9_750)


def test_a_refund_of_what_was_paid_is_of_those_days() -> None:
    participation = settled(ABC, 10_000, "B", "refund", days=73)
    assert amounts(participation) == ([3_000, 5_000, 2_000], [0, 1_000, 0], 0, 9_000)


def test_shrink_for_part_of_a_year_does_not_invoice_those_days() -> None:
    participation = settled(ABC, 10_000, "B", "shrink", days=73)
    assert amounts(participation) == ([3_000, 4_000, 2_000], [0, 0, 0], 0, 9_000)


def test_absorb_for_part_of_a_year_takes_those_days_from_the_balance() -> None:
    participation = settled(ABC, 10_000, "B", "absorb", days=73)
    assert amounts(participation) == ([3_000, 4_000, 2_000], [0, 0, 0], 1_000, 10_000)


def test_redistribute_for_part_of_a_year_weighs_inhabitants_by_days() -> None:
    # B weighs 50 × 4 fifths = 40 against 30 and 20: 90 in all.
    participation = settled(ABC, 9_000, "B", "redistribute", days=73)
    assert amounts(participation) == ([3_000, 4_000, 2_000], [0, 0, 0], 0, 9_000)


def test_two_periods_are_together_never_more_than_the_whole() -> None:
    # Half a cent twice, rounded upwards each time, would be more than the cent that there is.
    world = population(A=1, B=1)
    halves = [opt_out(world, "A", "shrink", days=183), opt_out(world, "A", "shrink", days=182)]
    participation = settle(2, programme(gross="1.00").allocation, world, halves, 365)
    assert participation.contributions.tolist() == [0, 1]


def test_opt_outs_of_different_settlements_each_have_their_effect() -> None:
    # B pays nothing and the others all of it: 60.00 and 40.00. Then C does not pay its part either.
    both = [opt_out(ABC, "B", "redistribute"), opt_out(ABC, "C", "shrink")]
    participation = settle(10_000, programme(gross="1.00").allocation, ABC, both, 365)
    assert amounts(participation) == ([6_000, 0, 0], [0, 0, 0], 0, 6_000)
    assert participation.taking_part.tolist() == [1, 0, 1]


# --- several settlements of one municipality -----------------------------------------------------


@pytest.mark.parametrize(
    ("settlement", "contributions", "refunds", "drawn", "available"),
    [
        ("shrink", [3_000, 0, 2_000], [0, 0, 0], 0, 5_000),
        ("absorb", [3_000, 0, 2_000], [0, 0, 0], 4_000, 9_000),
        ("refund", [3_000, 4_000, 2_000], [0, 4_000, 0], 0, 5_000),
    ],
)
def test_who_is_outside_all_year_by_two_settlements_pays_nothing(
    settlement: SettlementWord, contributions: list[int], refunds: list[int], drawn: int, available: int
) -> None:
    # B is redistributed on 73 days and weighs 50 × 4 fifths = 40 of 90: 40.00 of 90.00, for the other 292 days. Those
    # are all taken off.
    both = [opt_out(ABC, "B", "redistribute", days=73), opt_out(ABC, "B", settlement, days=292)]
    participation = settle(9_000, programme(gross="1.00").allocation, ABC, both, 365)
    assert amounts(participation) == (contributions, refunds, drawn, available)


def test_each_settlement_takes_effect_on_its_own_days() -> None:
    # B's 40.00 of 90.00 are for 292 days: 146 days of shrink take half of it off, 73 of absorb a quarter; 73 are left.
    three = [
        opt_out(ABC, "B", "redistribute", days=73),
        opt_out(ABC, "B", "shrink", days=146),
        opt_out(ABC, "B", "absorb", days=73),
    ]
    participation = settle(9_000, programme(gross="1.00").allocation, ABC, three, 365)
    assert amounts(participation) == ([3_000, 1_000, 2_000], [0, 0, 0], 1_000, 7_000)


def test_a_refund_of_a_rate_is_for_its_own_days_of_the_year_also_beside_redistribution() -> None:
    # B pays 40.00 for 292 days and gets 50 × 0.25 for a year back for 73 of 365 of them: 2.50.
    both = [opt_out(ABC, "B", "redistribute", days=73), opt_out(ABC, "B", "refund", "0.25", days=73)]
    participation = settle(9_000, programme(gross="1.00").allocation, ABC, both, 365)
    assert amounts(participation) == ([3_000, 4_000, 2_000], [0, 250, 0], 0, 8_750)


def test_a_fixed_amount_is_of_the_days_of_a_year_when_all_are_redistributed_for_some() -> None:
    # 365 cents each a year: A is weighed for 292 days, B for 73. 10.00 − 2.92 − 0.73 = 6.35 over 292 and 73.
    key = programme(gross="1.00", allocation={"key": "fixed_plus_inhabitants", "fixed": "3.65"}).allocation
    world = population(A=1, B=1)
    both = [opt_out(world, "A", "redistribute", days=73), opt_out(world, "B", "redistribute", days=292)]
    participation = settle(1_000, key, world, both, 365)
    assert participation.contributions.tolist() == [292 + 508, 73 + 127]


def test_weights_of_ones_own_divide_what_the_others_pay() -> None:
    key = PerColumn(InColumn("f.csv", "c"), Weights(np.array([1, 5, 3])))
    participation = settle(10_000, key, ABC, [opt_out(ABC, "B", "redistribute")], 365)
    assert amounts(participation) == ([2_500, 0, 7_500], [0, 0, 0], 0, 10_000)


# --- thresholds ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("otherwise", "contributions", "drawn", "handed_over"),
    [
        ("not_levied", [0, 0, 0], 0, 0),
        ("to_balance", [3_000, 0, 2_000], -5_000, 0),
        ("handed_over", [3_000, 5_000, 2_000], 0, 10_000),
    ],
)
def test_below_the_threshold_a_programme_lapses(
    otherwise: Lapse, contributions: list[int], drawn: int, handed_over: int
) -> None:
    """verantwoording-2017 chapter 2: not all signed, and the money went to the ministry with the service."""
    threshold = Threshold("all", None, otherwise, "invented for a test")
    assert not check_threshold(threshold, ABC, outside(ABC, "B")).met
    participation = settled(ABC, 10_000, "B", "shrink", lapsed=otherwise)
    assert (participation.contributions.tolist(), participation.drawn, participation.handed_over) == (
        contributions,
        drawn,
        handed_over,
    )
    assert participation.available == 0
    assert participation.lapsed == otherwise
    assert participation.days_outside.tolist() == [0, 365, 0]
    # Where everybody pays, nothing is taken off.
    assert [effect.tolist() for effect in participation.effects] == [[0, 0 if handed_over else 5_000, 0]]


def test_what_is_handed_over_is_what_municipalities_pay_without_what_others_and_the_balance_would() -> None:
    key = programme(gross="1.00").allocation
    participation = settle(10_000, key, ABC, [], 365, "handed_over", income=1_000, reserve=2_000)
    assert (participation.contributions.tolist(), participation.handed_over) == ([2_100, 3_500, 1_400], 7_000)


@pytest.mark.parametrize(
    ("amount", "counted", "weighed", "taken_off"),
    [(100, 1, 3, 33), (200, 1, 3, 67), (1, 1, 2, 1), (1, 1, 3, 0), (5, 1, 1, 5), (0, 0, 0, 0)],
)
def test_a_part_for_some_days_is_rounded_to_the_nearest_cent_half_a_cent_upwards(
    amount: int, counted: int, weighed: int, taken_off: int
) -> None:
    assert part_of_days(np.array([amount]), np.array([counted]), np.array([weighed])).tolist() == [taken_off]


@pytest.mark.parametrize("otherwise", get_args(Lapse))
def test_a_programme_that_lapses_needs_only_the_sums_that_are_made(otherwise: Lapse) -> None:
    """30.00 each for three are more than 80.00; for the two that stay they are not. Everybody's is for a hand-over."""
    key = programme(gross="1.00", allocation={"key": "fixed_plus_inhabitants", "fixed": "30.00"}).allocation
    apart = [opt_out(ABC, "C", "redistribute")]
    if otherwise == "handed_over":
        with pytest.raises(CannotBeMade) as caught:
            settle(8_000, key, ABC, apart, 365, otherwise)
        assert caught.value.problem == FixedAboveBudget(fixed=9_000, budget=8_000)
    else:
        paid = [0, 0, 0] if otherwise == "not_levied" else [3_750, 4_250, 0]
        participation = settle(8_000, key, ABC, apart, 365, otherwise)
        assert amounts(participation) == (paid, [0, 0, 0], -sum(paid), 0)


@pytest.mark.parametrize("otherwise", get_args(Lapse))
def test_refunds_that_nobody_gets_may_be_more_than_the_budget(otherwise: Lapse) -> None:
    if otherwise == "to_balance":
        with pytest.raises(CannotBeMade) as caught:
            settled(ABC, 1_000, "B", "refund", "0.25", lapsed=otherwise)
        assert caught.value.problem == RefundsAboveBudget(refunds=1_250, budget=1_000)
    else:
        participation = settled(ABC, 1_000, "B", "refund", "0.25", lapsed=otherwise)
        assert amounts(participation)[1:] == ([0, 0, 0], 0, 0)


@pytest.mark.parametrize(("percent", "met"), [(50, True), (51, False)])
def test_a_threshold_of_inhabitants_is_met_when_it_is_reached(percent: int, met: bool) -> None:
    threshold = Threshold(None, percent, "not_levied", "invented for a test")
    assert check_threshold(threshold, ABC, outside(ABC, "B")).met is met


def test_a_threshold_of_half_an_inhabitant_is_a_whole_one() -> None:
    # Half of 101 inhabitants is 50.5: 51 must take part, and no number of municipalities is asked.
    threshold = Threshold(None, 50, "not_levied", "invented for a test")
    world = population(A=33, B=33, C=35)
    outcome = check_threshold(threshold, world, outside(world, ""))
    assert (outcome.inhabitants_needed, outcome.municipalities_needed) == (51, 0)


def test_a_threshold_of_municipalities_asks_no_inhabitants() -> None:
    threshold = Threshold(2, None, "not_levied", "invented for a test")
    outcome = check_threshold(threshold, ABC, outside(ABC, "B"))
    assert (outcome.municipalities_needed, outcome.inhabitants_needed, outcome.met) == (2, 0, True)


def test_who_is_outside_for_a_day_does_not_take_part_the_whole_year() -> None:
    threshold = Threshold(3, None, "not_levied", "invented for a test")
    assert check_threshold(threshold, ABC, settled(ABC, 10_000, "B", "shrink", days=1).outside).municipalities == 2


# --- conservation --------------------------------------------------------------------------------


@st.composite
def worlds(draw: st.DrawFn) -> tuple[Population, list[OptOut]]:
    """Some municipalities, and opt-outs of any settlement on days that do not overlap."""
    inhabitants = draw(st.lists(st.integers(1, 900_000), min_size=2, max_size=8))
    world = population(**dict(zip("ABCDEFGH", inhabitants, strict=False)))
    names = "".join(municipality.name for municipality in world.municipalities)[1:]
    left = dict.fromkeys(names, 365)
    opt_outs = []
    settlements: list[SettlementWord] = draw(st.lists(st.sampled_from(get_args(SettlementWord)), max_size=4))
    for settlement in settlements:
        who = draw(st.sets(st.sampled_from(names)).map(lambda some: "".join(sorted(some))))
        days = draw(st.integers(1, 365))
        if who and all(left[name] >= days for name in who):
            left.update({name: left[name] - days for name in who})
            opt_outs.append(opt_out(world, who, settlement, days=days))
    return world, opt_outs


@given(some=worlds(), gross=st.integers(1, 10**12), otherwise=st.sampled_from(get_args(Lapse)))
def test_no_cent_is_made_or_lost_for_parts_of_a_year_and_below_a_threshold(
    some: tuple[Population, list[OptOut]], gross: int, otherwise: Lapse
) -> None:
    """contributions − refunds + drawn from the balance − handed over = what the programme can spend."""
    world, opt_outs = some
    key = programme(gross="1.00").allocation
    participation = settle(gross, key, world, opt_outs, 365)
    assert int(participation.allocation.parts.sum()) == gross
    assert (participation.contributions >= 0).all()
    assert (participation.contributions - participation.refunds >= 0).all()
    took_off = sum(int(effect.sum()) for effect in participation.effects)
    absorbed = participation.drawn
    assert participation.available == gross - took_off + absorbed
    after = settle(gross, key, world, opt_outs, 365, otherwise)
    assert int(after.contributions.sum()) - int(after.refunds.sum()) + after.drawn - after.handed_over == 0


@given(
    inhabitants=st.lists(st.integers(1, 900_000), min_size=2, max_size=8),
    gross=st.integers(1, 10**12),
    settlement=st.sampled_from(["refund", "shrink", "redistribute", "absorb"]),
    data=st.data(),
)
def test_no_cent_is_made_or_lost_in_any_settlement(
    inhabitants: list[int], gross: int, settlement: SettlementWord, data: st.DataObject
) -> None:
    """contributions − refunds + drawn from the balance = what the programme can spend."""
    world = population(**dict(zip("ABCDEFGH", inhabitants, strict=False)))
    names = "".join(municipality.name for municipality in world.municipalities)
    who = data.draw(st.sets(st.sampled_from(names), max_size=len(names) - 1).map(lambda some: "".join(sorted(some))))
    participation = settled(world, gross, who, settlement)
    apart, everybody = outside(world, who), settled(world, gross, "", settlement).contributions
    assert (
        int(participation.contributions.sum()) - int(participation.refunds.sum()) + participation.drawn
        == participation.available
    )
    assert (participation.contributions >= 0).all()
    assert not participation.refunds[~apart].any()
    if settlement in ("redistribute", "absorb"):
        assert participation.available == gross
    if settlement in ("refund", "shrink"):
        assert participation.available == gross - int(everybody[apart].sum())
    if settlement != "redistribute":
        assert (participation.contributions[~apart] == everybody[~apart]).all()
    if settlement != "refund":
        assert not participation.contributions[apart].any()


# --- a programme with members of its own -------------------------------------------------------------

AB = np.array([True, True, False])


def test_a_programme_of_some_is_divided_over_them_also_where_it_is_handed_over() -> None:
    key = programme(gross="1.00").allocation
    assert settle(8_000, key, ABC, (), 365, payers=AB).contributions.tolist() == [3_000, 5_000, 0]
    redistributed = settle(8_000, key, ABC, [opt_out(ABC, "B", "redistribute")], 365, payers=AB)
    assert redistributed.contributions.tolist() == [8_000, 0, 0]
    handed_over = settle(8_000, key, ABC, [opt_out(ABC, "B", "shrink")], 365, "handed_over", payers=AB)
    assert (handed_over.contributions.tolist(), handed_over.handed_over) == ([3_000, 5_000, 0], 8_000)


def test_a_threshold_of_all_is_of_those_who_pay_and_a_hand_over_goes_along() -> None:
    hand_over = HandOver(2019, "the province")
    threshold = Threshold("all", 100, "handed_over", "invented for a test", hand_over)
    outcome = check_threshold(threshold, ABC, outside(ABC, "C"), AB)
    assert (outcome.municipalities, outcome.municipalities_needed) == (2, 2)
    assert (outcome.inhabitants, outcome.inhabitants_needed, outcome.met) == (80, 80, True)
    assert outcome.hand_over == hand_over


# --- where nothing is divided, and what is left of income --------------------------------------------


def test_what_is_not_levied_needs_nobody_to_pay() -> None:
    with pytest.raises(CannotBeMade) as caught:
        settled(ABC, 10_000, "ABC", "redistribute")
    assert caught.value.problem == NobodyPays()
    nothing = settled(ABC, 10_000, "ABC", "redistribute", lapsed="not_levied")
    assert amounts(nothing) == ([0, 0, 0], [0, 0, 0], 0, 0)
    assert (nothing.allocation.is_divided, nothing.allocation.parts.tolist()) == (False, [0, 0, 0])
    assert nothing.weighed.tolist() == [0, 0, 0]


@pytest.mark.parametrize(("lapsed", "income"), [(None, 1_000), ("not_levied", 0), ("to_balance", 0)])
def test_income_comes_in_for_a_programme_that_goes_on(lapsed: Lapse | None, income: int) -> None:
    key = programme(gross="1.00").allocation
    assert settle(10_000, key, ABC, (), 365, lapsed, income=1_000).income == income


def test_a_refund_is_held_against_the_budget_without_what_others_pay() -> None:
    # Of 100.00 others pay 10.00: who is outside gets 100 × 1.00 back of the 90.00 that is paid.
    key = programme(gross="1.00").allocation
    with pytest.raises(CannotBeMade) as caught:
        settle(10_000, key, ABC, [opt_out(ABC, "ABC", "refund", "1.00")], 365, income=1_000)
    assert caught.value.problem == RefundsAboveBudget(10_000, 9_000)


@pytest.mark.parametrize("settlement", ["refund", "shrink", "absorb"])
def test_three_thirds_of_a_year_outside_take_off_the_whole_part(settlement: SettlementWord) -> None:
    # 1 cent for a year is 0.33 for each: rounded by itself, each would be nothing.
    alone = population(A=1)
    thirds = [opt_out(alone, "A", settlement, days=days) for days in (122, 122, 121)]
    settled_in_thirds = settle(1, programme(gross="1.00").allocation, alone, thirds, 365)
    assert sum(int(effect.sum()) for effect in settled_in_thirds.effects) == 1
    assert int(settled_in_thirds.contributions.sum() - settled_in_thirds.refunds.sum()) == 0


@pytest.mark.parametrize(
    ("allocation", "problem"),
    [
        ({"key": "amounts", "amounts": {"A": "1.00", "B": "2.00", "C": "3.00"}}, AboveTheTariff("a", "amounts")),
        ({"key": "tariff", "rate": "0.10"}, AboveTheTariff("a", "tariffs")),
        # With an amount these are proportions of it, so that the others may pay more.
        ({"key": "stepped", "applies_to": "all", "brackets": [{"rate": "0.06"}]}, None),
        ({"key": "inhabitants"}, None),
    ],
    ids=lambda given: given["key"] if isinstance(given, dict) else "",
)
def test_the_others_pay_no_more_than_they_agreed_on(allocation: dict[str, object], problem: object) -> None:
    budget = {"gross": "6.00"} if problem is None else {}
    key = programme((), ABC, **{**budget, "allocation": allocation}).allocation
    if problem is None:
        assert settle(600, key, ABC, [opt_out(ABC, "B", "redistribute")], 365).contributions.sum() == 600
        return
    with pytest.raises(CannotBeMade) as caught:
        settle(600, key, ABC, [opt_out(ABC, "B", "redistribute")], 365)
    assert caught.value.problem == problem
