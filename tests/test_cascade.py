"""A cascade: whoever finds the rate too high leaves, and the rate rises for the rest, until nobody leaves."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from typer.testing import CliRunner

import gguplan
from gguplan.commands.cli import app
from gguplan.fund.acceptance import Acceptance
from gguplan.model.participation import cascade
from gguplan.model.participation.cascade import (
    CascadeResult,
    cascade_result_of,
    draw_limits,
    ends,
    rounds,
    tipping_budget,
    tipping_price,
)
from gguplan.model.participation.overview import overview_of
from gguplan.model.randomness import stream
from gguplan.model.result import run
from gguplan.money import Integers
from gguplan.reports.charts.drawing import svg_of
from gguplan.reports.charts.tipping import tipping_charts
from tests.worlds import population, settled


@st.composite
def worlds(draw: st.DrawFn) -> tuple[int, Integers, Integers]:
    """A budget in cents, inhabitants, and limits in ten-thousandths of a euro per inhabitant."""
    size = draw(st.integers(1, 12))
    inhabitants = draw(st.lists(st.integers(1, 900_000), min_size=size, max_size=size))
    rate = draw(st.integers(1, 5_000))
    limits = draw(st.lists(st.integers(0, 3 * rate), min_size=size, max_size=size))
    return sum(inhabitants) * rate // 100, np.array(inhabitants), np.array(limits)


def everybody(limits: Integers) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    return np.ones(len(limits), dtype=np.bool_)


def one_by_one(gross: int, inhabitants: Integers, limits: Integers, order: list[int]) -> set[int]:
    """Who is left when those who want to leave go one at a time, the first in `order` before the others."""
    left = set(range(len(limits)))
    while True:
        together = sum(int(inhabitants[place]) for place in left)
        unwilling = [place for place in order if place in left and int(limits[place]) * together < gross * 100]
        if not unwilling:
            return left
        left.remove(unwilling[0])


def test_by_hand_the_rate_rises_until_nobody_leaves() -> None:
    # 100 euros over 30, 50 and 20: 1.00 each. B accepts 0.90 and leaves: 2.00. C accepts 1.50 and leaves: 3.33.
    # A accepts 4.00 and stays, alone.
    played = rounds(10_000, np.array([30, 50, 20]), np.array([40_000, 9_000, 15_000]), everybody(np.arange(3)))
    assert [cascade_round.taking_part.tolist() for cascade_round in played] == [
        [True] * 3,
        [True, False, True],
        [True, False, False],
    ]
    assert [cascade_round.inhabitants for cascade_round in played] == [100, 50, 30]
    assert not played[-1].leaving.any()


def test_who_accepts_exactly_the_rate_stays() -> None:
    (only,) = rounds(10_000, np.array([50, 50]), np.array([10_000, 10_000]), everybody(np.arange(2)))
    assert not only.leaving.any()
    assert rounds(10_001, np.array([50, 50]), np.array([10_000, 10_000]), everybody(np.arange(2)))[-1].inhabitants == 0


@given(worlds(), st.data())
def test_the_end_does_not_depend_on_the_order_of_leaving(
    world: tuple[int, Integers, Integers], data: st.DataObject
) -> None:
    gross, inhabitants, limits = world
    order = data.draw(st.permutations(range(len(limits))))
    together = np.flatnonzero(rounds(gross, inhabitants, limits, everybody(limits))[-1].taking_part)
    assert one_by_one(gross, inhabitants, limits, order) == set(together.tolist())


@given(st.lists(worlds(), min_size=1, max_size=4))
def test_all_draws_at_once_end_where_their_rounds_do(some: list[tuple[int, Integers, Integers]]) -> None:
    gross, inhabitants, first = some[0]
    limits = np.array([first, *(np.resize(limits, len(first)) for _gross, _who, limits in some[1:])])
    ended = ends(gross, inhabitants, limits)
    for draw, limit in enumerate(limits):
        last = rounds(gross, inhabitants, limit, everybody(limit))[-1]
        assert int(ended.municipalities[draw]) == int(last.taking_part.sum())
        assert int(ended.inhabitants[draw]) == last.inhabitants


def test_results_do_not_depend_on_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    generator = stream(1, "test")
    inhabitants, limits = generator.integers(1, 1000, 50), generator.integers(1, 20_000, (40, 50))
    whole = ends(300_000, inhabitants, limits)
    monkeypatch.setattr(cascade, "_CELLS_IN_A_BLOCK", 150)
    parts = ends(300_000, inhabitants, limits)
    assert whole.municipalities.tolist() == parts.municipalities.tolist()
    assert whole.inhabitants.tolist() == parts.inhabitants.tolist()


@given(worlds(), st.integers(1, 4))
def test_the_tipping_budget_is_the_last_at_which_enough_stay(world: tuple[int, Integers, Integers], least: int) -> None:
    _gross, inhabitants, limits = world
    tipping = tipping_budget(inhabitants, limits, least)
    if tipping:
        assert int(ends(tipping, inhabitants, limits[None]).municipalities[0]) >= least
    assert int(ends(tipping + 1, inhabitants, limits[None]).municipalities[0]) < least


@given(worlds())
def test_the_root_is_where_the_formula_has_it(world: tuple[int, Integers, Integers]) -> None:
    """The k who accept most hold out up to limit(k) × their inhabitants; the tipping budget is the largest of these."""
    _gross, inhabitants, limits = world
    order = np.argsort(-limits)
    assert tipping_budget(inhabitants, limits) == int((limits[order] * np.cumsum(inhabitants[order])).max()) // 100


@given(worlds())
def test_no_cent_is_made_or_lost_in_any_round(world: tuple[int, Integers, Integers]) -> None:
    gross, inhabitants, limits = world
    names = "ABCDEFGHIJKL"[: len(limits)]
    here = population(**dict(zip(names, inhabitants.tolist(), strict=True)))
    for cascade_round in rounds(gross, inhabitants, limits, everybody(limits)):
        if cascade_round.inhabitants:
            left = "".join(name for name, inside in zip(names, cascade_round.taking_part, strict=True) if not inside)
            settled_here = settled(here, gross, left, "redistribute")
            assert settled_here.available == gross == int(settled_here.contributions.sum())


def test_ninety_per_cent_of_the_limits_lie_between_the_two_that_are_stated() -> None:
    """Share of 200,000 draws; the Monte Carlo error of a share of 0.9 is 0.0007, and four of those are allowed."""
    drawn = draw_limits(Acceptance(np.array([2_000]), np.array([4_500])), 200_000, stream(1, "test"))
    inside = ((drawn >= 2_000) & (drawn <= 4_500)).mean()
    assert abs(inside - 0.9) < 4 * 0.0007


def test_the_level_moves_all_limits_of_a_draw_together() -> None:
    given_limits = np.array([2_000, 3_000])
    drawn = draw_limits(Acceptance(given_limits, given_limits, (8_000, 12_500)), 1_000, stream(1, "test"))
    ratio = drawn[:, 1] / drawn[:, 0]
    assert np.abs(ratio - 1.5).max() < 0.002
    assert drawn[:, 0].std() > 100


def test_a_level_of_two_doubles_every_limit() -> None:
    limits = np.array([2_400, 9_000])
    assert (draw_limits(Acceptance(limits, limits, (20_000, 20_000)), 10, stream(1, "test")) == 2 * limits).all()


def test_a_limit_that_is_given_is_not_drawn() -> None:
    limits = np.array([2_400, 9_000])
    assert (draw_limits(Acceptance(limits, limits), 10, stream(1, "test")) == limits).all()


@pytest.mark.parametrize(
    ("high", "level", "given"),
    [
        ([2_000, 3_000], (10_000, 10_000), True),
        ([2_000, 3_001], (10_000, 10_000), False),
        ([2_000, 3_000], (10_000, 12_500), False),
        ([2_000, 3_000], (8_000, 10_000), False),
        ([2_001, 3_001], (8_000, 12_500), False),
    ],
)
def test_limits_are_given_where_neither_a_limit_nor_the_level_has_an_interval(
    high: list[int], level: tuple[int, int], given: bool
) -> None:
    assert Acceptance(np.array([2_000, 3_000]), np.array(high), level).is_given is given


def test_the_curve_is_the_share_of_inhabitants_that_accepts() -> None:
    overview = overview_of(gguplan.run("hulplijn-wordt-duurder"), 20, 1)
    cascade = overview.cascades["luisterend-oor"]
    rates = np.array([0.2, 0.25, 0.4])
    for rate, share in zip(rates, cascade.curve(rates).tolist(), strict=True):
        accepts = cascade.drawn >= round(rate * 10_000)
        assert share == pytest.approx(
            float((accepts * cascade.inhabitants).sum()) / (20 * int(cascade.inhabitants.sum()))
        )


def test_the_curve_over_draws_is_that_of_the_draws_one_by_one() -> None:
    cascade = overview_of(gguplan.run("hulplijn-wordt-duurder"), 50, 1).cascades["luisterend-oor"]
    rates = np.array([0.2, 0.4, 90.0])
    people = cascade.inhabitants[cascade.starting]
    one_by_one = [
        [int(people[limits[cascade.starting] >= round(10_000 * rate)].sum()) / int(people.sum()) for rate in rates]
        for limits in cascade.drawn
    ]
    assert np.array_equal(cascade.curve_between(rates, (0.1, 0.9)), np.quantile(one_by_one, (0.1, 0.9), axis=0))


def test_the_same_seed_gives_the_same_story_and_another_gives_another() -> None:
    result = gguplan.run("hulplijn-wordt-duurder")
    first, again, third = (
        overview_of(result, 500, seed).cascades["luisterend-oor"].chance_of_collapse for seed in (1, 1, 2)
    )
    assert first == again != third


def test_the_draws_of_one_uncertainty_do_not_depend_on_the_others() -> None:
    assert stream(1, "a").random() == stream(1, "a").random() != stream(1, "b").random()


def test_below_the_threshold_a_cascade_has_collapsed() -> None:
    result = gguplan.run("hulplijn-wordt-duurder")
    cascade = overview_of(result, 300, 1).cascades["luisterend-oor"]
    half = -(-result.population.total // 2)
    assert (cascade.collapsed == (cascade.ends.inhabitants < half)).all()


# --- worked out, by hand ---------------------------------------------------------------------------


def worked_out(a: int, b: int, needed: tuple[int, int] = (1, 0)) -> CascadeResult:
    """100 euros over A with 30 inhabitants and B with 50, who accept `a` and `b`; C with 20 does not start."""
    limits = np.array([a, b, 90_000])
    starting = np.array([True, True, False])
    who = np.array([30, 50, 20])
    return cascade_result_of("lijn", 10_000, who, starting, Acceptance(limits, limits), needed, 4, stream(1, "test"))


def test_who_does_not_start_is_not_counted() -> None:
    # 100 euros ÷ 80 inhabitants = 1.25, which both accept; up to 2.00 × 80 = 160 euros they would.
    budget = worked_out(20_000, 20_000)
    assert (budget.programme, budget.first_rate, budget.tipping_budget, budget.tipping_rate) == (
        "lijn",
        1.25,
        16_000,
        2.0,
    )
    assert budget.starting.tolist() == budget.rounds[-1].taking_part.tolist() == [True, True, False]
    assert budget.ends.inhabitants.tolist() == [80] * 4
    assert budget.chance_of_collapse == (0.0, 0.0)


@pytest.mark.parametrize(
    ("needed", "collapsed", "tipping"),
    [
        ((1, 0), False, 24_000),  # A alone holds out up to 8.00 × 30
        ((2, 0), False, 16_000),  # both up to 2.00 × 80
        ((1, 30), False, 24_000),
        ((1, 31), False, 16_000),
        ((1, 80), False, 16_000),
        ((1, 81), True, 0),
        ((3, 0), True, 0),
        ((0, 0), False, 24_000),
    ],
)
def test_too_few_left_is_a_collapse(needed: tuple[int, int], collapsed: bool, tipping: int) -> None:
    budget = worked_out(80_000, 20_000, needed)
    assert (budget.collapsed.tolist(), budget.tipping_budget) == ([collapsed] * 4, tipping)


def test_a_rate_that_nobody_accepts_leaves_nobody() -> None:
    budget = worked_out(1, 1, (0, 0))
    assert budget.collapsed.all()
    assert budget.curve(np.array([1.0])).tolist() == [0.0]
    assert budget.curve(np.array([0.0001, 1.0])).tolist() == [1.0, 0.0]


def test_the_rounds_are_those_of_the_draw_that_ends_in_the_middle() -> None:
    cascade = overview_of(gguplan.run("hulplijn-wordt-duurder"), 301, 1).cascades["luisterend-oor"]
    assert 0 < cascade.chance_of_collapse[0] < 1
    assert cascade.rounds[-1].inhabitants == int(np.sort(cascade.ends.inhabitants)[150])


# --- told ------------------------------------------------------------------------------------------


def test_a_story_tells_of_every_programme_with_an_opt_out_a_threshold_or_a_cascade() -> None:
    overview = overview_of(gguplan.run("hulplijn-wordt-duurder"), 20, 7)
    assert [programme.name for programme in overview.programmes] == ["luisterend-oor"]
    assert [cascade.programme for cascade in overview.cascades.values()] == ["luisterend-oor"]
    assert (overview.draws, overview.seed) == (20, 7)
    signed = overview_of(
        gguplan.run("iedereen-moet-tekenen", {"opt_outs.gezamenlijk-contract.municipalities": []}), 20, 1
    )
    assert {programme.name for programme in signed.programmes} == {"luisterend-oor", "akj", "kindertelefoon"}
    assert not signed.cascades
    tenth = overview_of(gguplan.run("uitnamen-2017"), 20, 1)
    assert [programme.name for programme in tenth.programmes] == ["luisterend-oor"]
    assert not tenth.cascades


def test_a_threshold_of_nearly_all_collapses_before_everybody_has_left() -> None:
    result = gguplan.run("hulplijn-wordt-duurder", {"thresholds.luisterend-oor.inhabitants_percent": 99})
    cascade = overview_of(result, 300, 1).cascades["luisterend-oor"]
    assert (cascade.collapsed == (cascade.ends.inhabitants < -(-99 * result.population.total // 100))).all()
    assert cascade.collapsed.sum() > cascade.ends.collapsed.sum()


def test_an_offer_at_a_price_has_one_round_and_its_tipping_price_is_the_limit_of_the_last_that_is_needed() -> None:
    """Limits of 1, 2 and 3 euros at a price of 2: the first leaves, and nobody pays more for it."""
    inhabitants, limits = np.array([30, 50, 20]), np.array([10_000, 20_000, 30_000])
    first, last = rounds(20_000, inhabitants, limits, everybody(limits), price=20_000)
    assert first.leaving.tolist() == [True, False, False]
    assert not last.leaving.any() and last.inhabitants == 70
    ended = ends(20_000, inhabitants, limits[None, :], price=20_000)
    assert (ended.municipalities.tolist(), ended.inhabitants.tolist()) == ([2], [70])
    assert [tipping_price(inhabitants, limits, least) for least in (1, 2, 3, 4)] == [30_000, 20_000, 10_000, 0]
    assert tipping_price(inhabitants, limits, 1, 71) == 10_000


def test_the_joint_offer_asks_everybody_the_same_and_one_refusal_ends_it() -> None:
    cascade = overview_of(gguplan.run("gezamenlijk-aanbod-2018"), 200, 1).cascades["gezamenlijk-aanbod"]
    assert cascade.first_rate == 0.92 and len(cascade.rounds) == 2
    assert (cascade.collapsed == (cascade.ends.municipalities < 388)).all()


def test_without_a_threshold_one_municipality_is_enough() -> None:
    result = gguplan.run("hulplijn-wordt-duurder")
    without = run(replace(result.fund_year, thresholds={}))
    cascade = overview_of(without, 300, 1).cascades["luisterend-oor"]
    assert (cascade.collapsed == cascade.ends.collapsed).all()


def test_of_an_offer_no_share_is_needed_to_raise_a_budget() -> None:
    """The price is what it is, whoever takes it: 0,92 a head, asked by Sensoor, AKJ and the Kindertelefoon."""
    offered = _printed("gezamenlijk-aanbod-2018")
    assert "needed to raise" not in offered and "│" not in offered
    assert "who stays pays what is asked: €0.9200." in offered
    of_a_budget = _printed("hulplijn-wordt-duurder")
    assert "needed to raise the budget" in of_a_budget and "│" in of_a_budget
    overviews = [
        overview_of(gguplan.run(name), 200, 1) for name in ("gezamenlijk-aanbod-2018", "hulplijn-wordt-duurder")
    ]
    charts = [svg_of(drawn).decode() for overview in overviews for drawn in tipping_charts(overview).values()]
    assert [">needed</text>" in chart for chart in charts] == [False, True]
    assert [chart.count('stroke-dasharray="6,4"') for chart in charts] == [0, 1]


def _printed(scenario: str) -> str:
    return CliRunner().invoke(app, ["participation", scenario, "--draws", "200"]).stdout
