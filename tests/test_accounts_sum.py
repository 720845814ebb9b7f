"""The sum of the accounts: worked by hand, as properties, and against plain loops over every draw and programme."""

from __future__ import annotations

from typing import Final

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import astuple

from gguplan.fund.underspend import ShortfallRule, UnderspendRule
from gguplan.model.years_ahead.account import Flows
from gguplan.model.years_ahead.accounts_sum import Movements, add_up, reserve_of
from gguplan.money import Integers

UNDERSPEND: Final[tuple[UnderspendRule, ...]] = ("carry_over", "return", "general", "earmark")
SHORTFALL: Final[tuple[ShortfallRule, ...]] = ("draw", "raise", "cut")


def one_programme(
    underspend: UnderspendRule,
    shortfall: ShortfallRule,
    contributions: list[int],
    realised: list[int],
    opening: int = 0,
    known: bool = False,
    committed: list[int] | None = None,
) -> Flows:
    """One programme in one draw; amounts in whole cents, one per year."""
    years = len(contributions)
    none = np.zeros((years, 1, 1), dtype=np.int64)
    movements = Movements(
        np.array([opening]),
        np.array(contributions)[:, None, None],
        none,
        none,
        none,
        none,
        np.array(realised)[:, None, None],
        np.full((years, 1), known),
        np.array(committed or [0] * years)[:, None],
    )
    return add_up(movements, [underspend], [shortfall])


def flat(amounts: Integers) -> list[int]:
    return [int(amount) for amount in amounts[:, 0, 0]]


def test_isd_beheer_carries_over_what_the_report_prints() -> None:
    """verantwoording-2017, 1.4: € 1.023.063 from 2016, € 9.173.554 levied, € 9.249.466 realised: € 947.151 is left."""
    flows = one_programme("carry_over", "draw", [917_355_400], [924_946_600], opening=102_306_300, known=True)
    assert flat(flows.closing) == [94_715_100]


def test_what_is_returned_goes_back_in_the_next_year() -> None:
    """100 levied, 80 and then 100 spent: the 20 of the first year goes back in the second, and nothing is left."""
    flows = one_programme("return", "draw", [100, 100, 0], [80, 100, 0])
    assert flat(flows.closing) == [20, 0, 0]
    assert flat(flows.returned) == [0, 20, 0]


def test_what_goes_to_the_reserve_leaves_nothing_on_the_programme() -> None:
    flows = one_programme("general", "draw", [100, 100], [80, 130])
    assert flat(flows.to_reserve) == [20, 0]
    assert flat(flows.from_reserve) == [0, 30]
    assert flat(flows.closing) == [0, 0]


def test_a_shortfall_first_eats_the_programmes_own_balance_and_then_the_reserve() -> None:
    flows = one_programme("carry_over", "draw", [100, 100], [70, 150])
    assert flat(flows.closing) == [30, 0]
    assert flat(flows.from_reserve) == [0, 20]


def test_a_shortfall_raises_the_contribution_of_the_next_year_by_as_much() -> None:
    flows = one_programme("carry_over", "raise", [100, 100, 100], [130, 100, 100])
    assert flat(flows.contributions) == [100, 130, 100]
    assert flat(flows.closing) == [-30, 0, 0]


def test_a_programme_that_is_cut_spends_what_it_has_and_no_more() -> None:
    flows = one_programme("carry_over", "cut", [100, 100], [80, 150])
    assert flat(flows.realised) == [80, 120]
    assert flat(flows.closing) == [20, 0]


def test_what_was_promised_is_not_cut_and_the_reserve_pays_it() -> None:
    flows = one_programme("carry_over", "cut", [100], [150], committed=[130])
    assert flat(flows.realised) == [130]
    assert flat(flows.from_reserve) == [30]


def test_what_was_promised_is_spent_at_least() -> None:
    """Also in a year without a budget, as of Operatie BRP in 2018 (verantwoording-2017, 1.5)."""
    flows = one_programme("carry_over", "draw", [100, 0], [50, 0], committed=[0, 40])
    assert flat(flows.realised) == [50, 40]
    assert flat(flows.closing) == [50, 10]


def test_what_is_known_is_neither_cut_nor_topped_up() -> None:
    flows = one_programme("carry_over", "cut", [100], [150], known=True, committed=[400])
    assert flat(flows.realised) == [150]
    assert flat(flows.from_reserve) == [50]


CENTS: Final = st.integers(-(10**13), 10**13)


@st.composite
def worlds(draw: st.DrawFn) -> tuple[Movements, list[UnderspendRule], list[ShortfallRule]]:
    """Up to four years, three draws and four programmes, with amounts of any sign and size."""
    years, draws, programmes = (draw(st.integers(1, most)) for most in (4, 3, 4))
    generator = np.random.default_rng(draw(st.integers(0, 2**32)))
    largest = draw(st.sampled_from((1, 10, 1_000, 10**13)))

    def amounts(*shape: int) -> Integers:
        return generator.integers(-largest, largest, shape, endpoint=True)

    wide = (years, draws, programmes)
    movements = Movements(
        amounts(programmes),
        amounts(*wide),
        amounts(*wide),
        amounts(years, 1, programmes),
        amounts(*wide),
        amounts(years, 1, programmes),
        amounts(*wide),
        generator.random((years, programmes)) < 0.3,
        np.abs(amounts(years, programmes)),
    )
    rules = draw(st.lists(st.sampled_from(UNDERSPEND), min_size=programmes, max_size=programmes))
    return movements, rules, draw(st.lists(st.sampled_from(SHORTFALL), min_size=programmes, max_size=programmes))


@given(worlds())
def test_every_account_adds_up_to_the_cent_and_opens_where_it_closed(
    world: tuple[Movements, list[UnderspendRule], list[ShortfallRule]],
) -> None:
    flows = add_up(*world)
    assert (flows.worked_out() == flows.closing).all()
    assert (flows.opening[1:] == flows.closing[:-1]).all()
    assert (flows.opening[0] == world[0].opening).all()


@given(worlds(), CENTS)
def test_the_fund_holds_what_its_programmes_and_its_reserve_hold(
    world: tuple[Movements, list[UnderspendRule], list[ShortfallRule]], opening: int
) -> None:
    flows = add_up(*world)
    reserve = reserve_of(opening, flows.from_reserve.sum(axis=2), flows.to_reserve.sum(axis=2))
    assert (reserve.worked_out() == reserve.closing).all()
    came = flows.contributions + flows.income - flows.refunds - flows.handed_over - flows.realised - flows.returned
    before = np.cumsum(came.sum(axis=2), axis=0) + opening + int(world[0].opening.sum())
    assert (before == flows.closing.sum(axis=2) + reserve.closing).all()


@given(worlds())
def test_the_order_of_the_programmes_changes_nothing(
    world: tuple[Movements, list[UnderspendRule], list[ShortfallRule]],
) -> None:
    movements, rules, shortfalls = world
    turned = Movements(*(array[..., ::-1] for array in astuple(movements)))
    flows, turned_flows = add_up(movements, rules, shortfalls), add_up(turned, rules[::-1], shortfalls[::-1])
    assert all(
        (column == two[..., ::-1]).all()
        for column, two in zip(flows.as_columns().values(), turned_flows.as_columns().values(), strict=True)
    )


@given(worlds())
def test_arrays_give_what_plain_loops_give(world: tuple[Movements, list[UnderspendRule], list[ShortfallRule]]) -> None:
    movements, rules, shortfalls = world
    flows = add_up(movements, rules, shortfalls)
    years, draws, programmes = flows.closing.shape
    for draw in range(draws):
        for place in range(programmes):
            balance = int(movements.opening[place])
            for year in range(years):
                balance, expected = _one_year(movements, rules[place], shortfalls[place], year, draw, place, balance)
                assert {name: int(getattr(flows, name)[year, draw, place]) for name in expected} == expected


def _one_year(
    movements: Movements, rule: UnderspendRule, shortfall: ShortfallRule, year: int, draw: int, place: int, balance: int
) -> tuple[int, dict[str, int]]:
    """The oracle: one programme in one year of one draw, in Python's own whole numbers and plain words."""

    def of(amounts: Integers) -> int:
        return int(amounts[year, draw if amounts.shape[1] > 1 else 0, place])

    returned = balance if rule == "return" and balance > 0 else 0
    raised = -balance if shortfall == "raise" and balance < 0 else 0
    contributions = of(movements.contributions) + raised
    has = balance + contributions + of(movements.income) + of(movements.drawn) - returned
    has -= of(movements.refunds) + of(movements.handed_over)
    realised = of(movements.realised)
    committed = int(movements.committed[year, place])
    if not movements.known[year, place]:
        realised = max(realised, committed) if committed > 0 else realised
        if shortfall == "cut" and realised > has:
            realised = min(realised, max(has, committed, 0))
    left = has - realised
    from_reserve, to_reserve = of(movements.drawn), 0
    if left < 0 and shortfall != "raise":
        from_reserve, left = from_reserve - left, 0
    if left > 0 and rule == "general":
        to_reserve, left = left, 0
    return left, {
        "contributions": contributions,
        "returned": returned,
        "realised": realised,
        "from_reserve": from_reserve,
        "to_reserve": to_reserve,
        "closing": left,
    }
