"""The program against the slow exact oracle, in cents, over random scenarios; and what holds of settlements, by name.

`python -m fuzz.sums --examples 50000` does the first for as long as anybody likes.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import get_args

import pytest
from hypothesis import HealthCheck, assume, given, reject, settings
from hypothesis import strategies as st

from gguplan.findings import InputError
from gguplan.fund.municipalities import CountedIn, Municipality, Population
from gguplan.inputs.scenario.reading import read_scenario
from gguplan.model.result import RunResult
from gguplan.runs.results import result_of
from tests.oracle import Key, OptOut, Programme, Settlement, half_up, money_of
from tests.oracle_check import check, done_again
from tests.random_scenarios import RandomScenario, scenarios

UTRECHT_AND_OTHERS = Population(
    2017,
    "final",
    CountedIn("invented for a test"),
    tuple(
        Municipality(code, name, "Utrecht", persons)
        for code, name, persons in (("GM0106", "Assen", 67), ("GM0193", "Zwolle", 126), ("GM0344", "Utrecht", 343))
    ),
)


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """Where the random scenarios are written, each over the one before."""
    with TemporaryDirectory() as name:
        yield Path(name)


@given(scenario=scenarios(with_bodies=True))
@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
def test_gguplan_works_out_what_the_oracle_works_out(scenario: RandomScenario, folder: Path) -> None:
    assert check(scenario, folder).differences == []


# --- what holds of settlements, of the program -------------------------------------------------------


def worked_out(scenario: RandomScenario, folder: Path) -> RunResult:
    """What the program makes of a scenario of which the sums can be made."""
    try:
        return result_of(read_scenario(scenario.written(folder), population=scenario.population))
    except InputError:
        reject()


@given(scenario=scenarios(most=1, first_is_outside=True))
@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
def test_who_is_outside_all_year_by_any_mixture_pays_nothing_on_balance(scenario: RandomScenario, folder: Path) -> None:
    """Redistribute, shrink, absorb and a refund of its part. Only a hand-over is paid by everybody."""
    (programme,) = worked_out(scenario, folder).by_programme
    assume(programme.participation.lapsed != "handed_over")
    assert int(programme.participation.days_outside[0]) == scenario.days
    assert programme.to_pay(0) == 0


@given(scenario=scenarios(most=1))
@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])
def test_a_refund_at_a_rate_pays_that_rate_for_its_own_days_whatever_holds_on_others(
    scenario: RandomScenario, folder: Path
) -> None:
    (programme,) = worked_out(scenario, folder).by_programme
    assume(programme.participation.lapsed in (None, "to_balance"))
    for place, back in enumerate(programme.participation.refunds.tolist()):
        own = [opt_out for opt_out in scenario.programmes["a"].opt_outs if place in opt_out.municipalities]
        if not any(opt_out.settlement == "refund" and opt_out.rate is None for opt_out in own):
            exact = [
                100 * opt_out.rate * opt_out.counted[place] * len(opt_out.days) / scenario.days
                for opt_out in own
                if opt_out.rate is not None
            ]
            assert back == sum(map(half_up, exact))


@given(scenario=scenarios())
@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])
def test_contributions_less_refunds_and_what_is_handed_over_are_what_can_be_spent(
    scenario: RandomScenario, folder: Path
) -> None:
    """With what is drawn from the balance, of each programme and of the fund. Nobody is billed less than nothing, but
    who gets more back than it pays, where the two together are rounded."""
    result = worked_out(scenario, folder)
    for programme in result.by_programme:
        participation = programme.participation
        money = programme.contributed - programme.refunded + participation.drawn - participation.handed_over
        assert money == participation.available
        assert money == 0 or not participation.lapsed
        assert (participation.settled >= 0).all()
        assert ((participation.contributions >= 0) | (participation.refunds > 0)).all()
    totals = result.totals
    together = totals["contributions_cents"] - totals["refunds_cents"] + totals["drawn_cents"]
    assert together - totals["handed_over_cents"] == totals["available_cents"]


CUT = """
title = "T"
year = 2017
reference_date = 2017-01-01
source = "invented for a test"
[programmes.p]
title = "P"
gross = "{gross}"
vat = "none"
[opt_outs.before]
programmes = ["p"]
municipalities = ["Utrecht", "Zwolle"]
settlement = "{before}"
joins = 2017-02-01
"""

PERIOD = """
[opt_outs.{name}]
programmes = ["p"]
municipalities = ["Utrecht"]
settlement = "{settlement}"
leaves = {first}
joins = {last}
"""


@given(
    gross=st.integers(1, 10**7),
    before=st.sampled_from(get_args(Settlement)),
    settlement=st.sampled_from(get_args(Settlement)),
    days=st.sets(st.integers(31, 364), min_size=3, max_size=3).map(sorted),
    overlap=st.integers(0, 2),
)
@settings(max_examples=60)
def test_a_day_outside_counts_once(
    gross: int, before: Settlement, settlement: Settlement, days: list[int], overlap: int, folder: Path
) -> None:
    """Days cut in two are the same days; and a second time on a day is refused, not counted."""
    first, cut, last = (date(2017, 1, 1) + timedelta(days=day) for day in days)
    head = CUT.format(gross=f"{gross / 100:.2f}", before=before)
    whole = head + PERIOD.format(name="whole", settlement=settlement, first=first, last=last)
    start = cut - timedelta(days=min(overlap, (cut - first).days - 1))
    halves = head + PERIOD.format(name="first", settlement=settlement, first=first, last=cut)
    halves += PERIOD.format(name="second", settlement=settlement, first=start, last=last)
    file = folder / "cut.toml"
    file.write_text(whole, encoding="utf-8")
    (expected,) = result_of(read_scenario(file, population=UTRECHT_AND_OTHERS)).by_programme
    file.write_text(halves, encoding="utf-8")
    if start < cut:
        with pytest.raises(InputError) as caught:
            read_scenario(file, population=UTRECHT_AND_OTHERS)
        assert [finding.what for finding in caught.value.findings] == [
            "Utrecht (GM0344) is outside already by opt_outs.first."
        ]
    else:
        (programme,) = result_of(read_scenario(file, population=UTRECHT_AND_OTHERS)).by_programme
        for amounts in ("contributions", "refunds", "days_outside"):
            assert (
                getattr(programme.participation, amounts).tolist() == getattr(expected.participation, amounts).tolist()
            )
        assert programme.participation.drawn == expected.participation.drawn


# --- the oracle itself, worked by hand -----------------------------------------------------------------


def test_the_oracle_redistributes_day_by_day() -> None:
    """Two municipalities of one inhabitant, one of them inside on one day of four: 20.00 is 16.00 and 4.00."""
    opt_out = OptOut("redistribute", frozenset({1}), frozenset({1, 2, 3}))
    money = money_of(Programme(0, Key(), gross=2_000, opt_outs=(opt_out,)), [1, 1], 4)
    assert money.contributions == [1_600, 400]


def test_the_oracle_takes_off_what_a_day_costs() -> None:
    """4.00 for two of four days: a day is 2.00. 12.00 over two of four days and four of four."""
    opt_outs = (
        OptOut("redistribute", frozenset({0}), frozenset({0, 1})),
        OptOut("absorb", frozenset({0}), frozenset({2})),
        OptOut("refund", frozenset({0}), frozenset({3}), Fraction(1, 2), (6, 1)),
    )
    money = money_of(Programme(0, Key(), gross=1_200, opt_outs=opt_outs), [1, 1], 4)
    assert (money.contributions, money.refunds, money.drawn, money.available) == ([200, 800], [75, 0], 200, 1_125)


def test_a_line_of_explain_is_done_again_as_it_stands() -> None:
    taken_off = "outside this programme: €15,205.89 × 183 ÷ 275 − €5,031.77 = €5,087.06 is not invoiced"
    wrong = "outside this programme: gets back €0.25 × 1,234 inhabitants × 73 ÷ 365 = €61.71"
    assert done_again(taken_off) == (508_706, 508_706)
    assert done_again(wrong) == (6_171, 6_170)
    assert done_again("outside this programme: not invoiced") is None
