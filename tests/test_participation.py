"""What an opt-out does to the money, worked by hand over 30, 50 and 20 inhabitants."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gguplan.inputs.scenario.schema import Settlement
from gguplan.model.participation import Participation, everybody_takes_part
from tests.worlds import outside, population, programme, settled

ABC = population(A=30, B=50, C=20)


def amounts(one: Participation) -> tuple[list[int], list[int], int, int]:
    """Contributions, refunds, drawn from the balance, and what the programme can spend."""
    return one.contributions.tolist(), one.refunds.tolist(), one.drawn, one.available


def test_refund_of_a_rate_everyone_pays_and_who_is_outside_gets_the_rate_back() -> None:
    # B gets 50 × 0.25 = 12.50 back, and the programme has 87.50.
    one = settled(ABC, 10_000, "B", "refund", "0.25")
    assert amounts(one) == ([3_000, 5_000, 2_000], [0, 1_250, 0], 0, 8_750)


def test_refund_without_a_rate_gives_back_exactly_what_was_paid() -> None:
    one = settled(ABC, 10_000, "B", "refund")
    assert amounts(one) == ([3_000, 5_000, 2_000], [0, 5_000, 0], 0, 5_000)


def test_shrink_the_others_pay_what_they_would_and_the_programme_shrinks() -> None:
    one = settled(ABC, 10_000, "B", "shrink")
    assert amounts(one) == ([3_000, 0, 2_000], [0, 0, 0], 0, 5_000)


def test_redistribute_the_others_pay_the_whole_budget() -> None:
    one = settled(ABC, 10_000, "B", "redistribute")
    assert amounts(one) == ([6_000, 0, 4_000], [0, 0, 0], 0, 10_000)


def test_absorb_the_balance_pays_what_is_missing() -> None:
    one = settled(ABC, 10_000, "B", "absorb")
    assert amounts(one) == ([3_000, 0, 2_000], [0, 0, 0], 5_000, 10_000)


def test_nobody_outside_is_everybody_inside() -> None:
    one = everybody_takes_part(10_000, programme(gross="1.00").allocation, ABC, None)
    assert amounts(one) == ([3_000, 5_000, 2_000], [0, 0, 0], 0, 10_000)


def test_the_refund_of_2017_is_25_cents_for_each_inhabitant_of_ten_municipalities() -> None:
    """verantwoording-2017: realised € 4.173.856 (chapter 4) less € 3.375.000, € 62.719 and € 51.793 for the
    foundation (section 2.3) leaves € 684.344; the ten named there had 2.737.378 inhabitants on 1 January 2017."""
    printed = 4_173_856 - 3_375_000 - 62_719 - 51_793
    from gguplan import run

    (helpline,) = (one for one in run("uitnamen-2017").by_programme if one.name == "luisterend-oor")
    assert helpline.refunded == 68_434_450
    assert abs(helpline.refunded - printed * 100) == 50


def test_more_refunded_than_there_is_cannot_be() -> None:
    with pytest.raises(ValueError, match=r"refunds together, €12\.50, are more"):
        settled(ABC, 1_000, "B", "refund", "0.25")


def test_nobody_left_to_pay_cannot_be() -> None:
    with pytest.raises(ValueError, match="nobody"):
        settled(ABC, 1_000, "ABC", "redistribute")


@given(
    inhabitants=st.lists(st.integers(1, 900_000), min_size=2, max_size=8),
    gross=st.integers(1, 10**12),
    settlement=st.sampled_from(["refund", "shrink", "redistribute", "absorb"]),
    data=st.data(),
)
def test_no_cent_is_made_or_lost_in_any_settlement(
    inhabitants: list[int], gross: int, settlement: Settlement, data: st.DataObject
) -> None:
    """contributions − refunds + drawn from the balance = what the programme can spend."""
    world = population(**dict(zip("ABCDEFGH", inhabitants, strict=False)))
    names = "".join(one.name for one in world.municipalities)
    who = data.draw(st.sets(st.sampled_from(names), max_size=len(names) - 1).map(lambda some: "".join(sorted(some))))
    one = settled(world, gross, who, settlement)
    apart, everybody = outside(world, who), settled(world, gross, "", settlement).contributions
    assert int(one.contributions.sum()) - int(one.refunds.sum()) + one.drawn == one.available
    assert (one.contributions >= 0).all()
    assert not one.refunds[~apart].any()
    if settlement in ("redistribute", "absorb"):
        assert one.available == gross
    if settlement in ("refund", "shrink"):
        assert one.available == gross - int(everybody[apart].sum())
    if settlement != "redistribute":
        assert (one.contributions[~apart] == everybody[~apart]).all()
    if settlement != "refund":
        assert not one.contributions[apart].any()
