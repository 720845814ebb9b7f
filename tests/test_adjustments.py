"""A new division held against an old one: growth path, cap, compensation; and cover that municipalities have already.

The program against sums in fractions, written from docs/sums.md, and what holds of each, by name.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from gguplan.commands.cli import app
from gguplan.fund.adjustments import Cap, Compensation, OldDivision, PercentOfOld, PhaseIn
from gguplan.fund.allocation_keys import PerInhabitant
from gguplan.fund.municipalities import CountedIn, Municipality, Population
from gguplan.fund.problems import (
    CannotBeMade,
    CapCannotBeMet,
    CoverAboveBill,
    CoverOfNobody,
    NobodyCompensates,
    OldDivisionWithOptOuts,
)
from gguplan.inputs.ledger.ledger_files import load_ledger
from gguplan.inputs.ledger.realised_years import realised_years
from gguplan.inputs.scenario.reading import read_scenario
from gguplan.model.adjustments.against_the_old import bounds_of, capped, compensated, phased_in
from gguplan.model.allocation import budget_of
from gguplan.model.participation.of_a_programme import participation_of
from gguplan.model.participation.settlement import Participation
from gguplan.runs.results import result_of
from gguplan.runs.years_ahead import years_ahead_of
from tests.oracle import half_up, largest_remainder
from tests.worlds import opt_out, population, programme

OLD: Final = {"allocation": {"key": "inhabitants"}, "source": "invented for a test"}
BY: Final = {"source": "invented for a test"}
FIXED: Final = {"key": "fixed_plus_inhabitants", "fixed": "10.00"}


def paid(world: Population, *outside: Any, year: int = 2017, **keys: Any) -> Participation:
    made = programme(**{"gross": "100.00", "allocation": FIXED, **keys})
    return participation_of(made, budget_of(made, world), world, outside, year)


WORLD: Final = population(Aa=700, Bee=200, Cee=100)
"""Of 100,00 the old division is 70, 20 and 10; the new one is 10 each and 70 pro rata: 59, 24 and 17."""


@pytest.mark.parametrize(
    ("year", "amounts"),
    [(2016, [7000, 2000, 1000]), (2017, [6725, 2100, 1175]), (2018, [6450, 2200, 1350]), (2025, [5900, 2400, 1700])],
)
def test_a_growth_path_goes_a_step_a_year_from_the_old_division_to_the_new(year: int, amounts: list[int]) -> None:
    path = {"years": {"2017": "25", "2018": "50", "2019": "100"}, **BY}
    phased_in = paid(WORLD, year=year, old_division=OLD, phase_in=path)
    assert (phased_in.contributions.tolist(), phased_in.settled.tolist()) == (amounts, [5900, 2400, 1700])


def test_what_a_cap_takes_off_the_others_pay_and_who_reaches_it_then_is_held_too() -> None:
    """At most 5 % above 70, 20 and 10: Bee and Cee are held at 21 and 10,50, and Aa pays 68,50, its own cap being
    73,50. At most 25 %: Cee is held at 12,50; of 87,50 Aa pays 59/83 and Bee 24/83 = 25,30, above 25, so that it is
    held too."""
    cap = {"paid_by": "others", **BY}
    five = paid(WORLD, old_division=OLD, cap={"rise_percent": "5", **cap})
    assert five.contributions.tolist() == [6850, 2100, 1050] and five.drawn == 0
    quarter = paid(WORLD, old_division=OLD, cap={"rise_percent": "25", **cap})
    assert quarter.contributions.tolist() == [6250, 2500, 1250]


def test_the_fund_pays_what_a_cap_takes_off_and_gets_what_it_adds() -> None:
    cap = {"rise_euros": "1.00", "fall_per_inhabitant": "0.01", "paid_by": "fund", **BY}
    held = paid(WORLD, old_division=OLD, cap=cap)
    assert held.contributions.tolist() == [6300, 2100, 1100]
    assert held.drawn == 500 and held.available == 10_000


def test_compensation_is_a_part_of_the_loss_paid_by_who_does_not_lose_or_the_fund() -> None:
    """Bee loses 4,00 and Cee 7,00: half of it is 5,50, which Aa pays."""
    compensation = {"percent": "50", "paid_by": "others", **BY}
    assert paid(WORLD, old_division=OLD, compensation=compensation).contributions.tolist() == [6450, 2200, 1350]
    by_the_fund = paid(WORLD, old_division=OLD, compensation={**compensation, "paid_by": "fund"})
    assert by_the_fund.contributions.tolist() == [5900, 2200, 1350] and by_the_fund.drawn == 550


def test_amounts_that_were_paid_count_as_they_stand_for_a_cap_and_as_shares_for_a_growth_path() -> None:
    """In the year before 40, 20 and 20 euro were paid. Nobody more than 50 % above that: Aa 60, Bee 30, Cee 30; the new
    division is within it. In a growth path at 0 % the 100 euro are divided as the 80 were."""
    old = {"allocation": {"key": "column", "file": "x.csv", "column": "y"}, "as_paid": True, "source": "x"}
    held = paid(WORLD, weights=[40, 20, 20], old_division=old, cap={"rise_percent": "50", "paid_by": "others", **BY})
    assert held.contributions.tolist() == [5900, 2400, 1700]
    path = {"years": {"2030": "100"}, **BY}
    assert paid(WORLD, weights=[40, 20, 20], old_division=old, phase_in=path).contributions.tolist() == [
        5000,
        2500,
        2500,
    ]
    with pytest.raises(CannotBeMade) as error:
        paid(WORLD, weights=[40, 20, 20], old_division=old, cap={"rise_percent": "10", "paid_by": "others", **BY})
    assert error.value.problem == CapCannotBeMet(10_000 - 8_800)


def test_all_come_after_one_another_and_nothing_is_lost() -> None:
    """25 % of the path gives 67,25, 21 and 11,75; at most 10 % above the old holds Cee at 11, and of 89 Aa pays 67,82;
    Bee 21,18 and Cee 11 lose 1,18 and 1,00, of which half is 0,59 and 0,50; Aa pays these 1,09; Cee has cover for 2."""
    made = paid(
        WORLD,
        old_division=OLD,
        phase_in={"years": {"2017": "25"}, **BY},
        cap={"rise_percent": "10", "paid_by": "others", **BY},
        compensation={"percent": "50", "paid_by": "others", **BY},
        cover=[{"municipality": "GM0003", "amount": "2.00", "what": "own post", "source": "x"}],
        round_to="1",
    )
    words = [adjusted.adjustment.word for adjusted in made.adjusted]
    assert words == ["phase_in", "cap", "compensation", "cover", "round_to"]
    assert made.adjusted[0].after.tolist() == [6725, 2100, 1175]
    assert made.adjusted[1].after.tolist() == [6782, 2118, 1100]
    assert made.adjusted[2].after.tolist() == [6891, 2059, 1050]
    assert made.contributions.tolist() == [6900, 2100, 900]
    assert made.income == 200 and made.drawn == -100 and made.available == 10_000


def test_a_division_that_opt_outs_take_a_part_of_is_not_held_against_another() -> None:
    path = {"years": {"2017": "25"}, **BY}
    for settlement in ("shrink", "absorb", "refund"):
        with pytest.raises(CannotBeMade) as error:
            paid(WORLD, opt_out(WORLD, "Bee", settlement), old_division=OLD, phase_in=path)
        assert error.value.problem == OldDivisionWithOptOuts()
    left = paid(WORLD, opt_out(WORLD, "Bee", "redistribute"), old_division=OLD, phase_in=path)
    # Old: 7/8 and 1/8 of 100. New: 10 each and 80 by these, so 80 and 20. Of two halves the larger goes first.
    assert left.contributions.tolist() == [8563, 0, 1437]
    refunded = paid(WORLD, opt_out(WORLD, "Bee", "refund", "0.01"), old_division=OLD, phase_in=path)
    assert refunded.contributions.tolist() == [6725, 2100, 1175] and refunded.refunds.tolist() == [0, 200, 0]


def test_cover_of_who_is_not_there_or_of_more_than_the_bill_is_refused() -> None:
    row = {"municipality": "GM0009", "amount": "2.00", "what": "own post", "source": "x"}
    with pytest.raises(CannotBeMade) as error:
        paid(WORLD, cover=[row])
    assert error.value.problem == CoverOfNobody("GM0009")
    with pytest.raises(CannotBeMade) as error:
        paid(WORLD, cover=[{**row, "municipality": "GM0003", "amount": "17.01"}])
    assert error.value.problem == CoverAboveBill("Cee", 1701, 1700)


# --- against sums in fractions ----------------------------------------------------------------------


def towns(persons: Sequence[int]) -> Population:
    return Population(
        2017,
        "final",
        CountedIn("invented for a test"),
        tuple(
            Municipality(f"GM{code:04}", f"T{code}", "Utrecht", count) for code, count in enumerate(persons, start=1)
        ),
    )


def old(of_paid: bool = False) -> OldDivision:
    return OldDivision(PerInhabitant(), of_paid, "x")


pairs = st.integers(1, 12).flatmap(
    lambda size: st.tuples(
        st.lists(st.integers(0, 10**9) | st.integers(0, 50), min_size=size, max_size=size),
        st.lists(st.integers(0, 10**9) | st.integers(0, 50), min_size=size, max_size=size),
    )
)
"""What each pays by the new division, and by the old one."""


def of_one_total(new: list[int], before: list[int]) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Both as divisions of the total of the new one."""
    assume(sum(new) and sum(before))
    return np.array(new), np.array(largest_remainder(sum(new), before, range(len(before))))


@given(amounts=pairs, part=st.integers(0, 10_000))
def test_a_growth_path_is_the_mixture_in_fractions(amounts: tuple[list[int], list[int]], part: int) -> None:
    new, before = of_one_total(*amounts)
    exact = [
        Fraction((10_000 - part) * int(earlier) + part * int(later), 10_000)
        for earlier, later in zip(before, new, strict=True)
    ]
    made = phased_in(PhaseIn(old(), ((2017, part),), "x"), new, before, 2017, np.arange(len(new)))
    assert made.after.tolist() == largest_remainder(int(new.sum()), exact, range(len(new)))


def factor_of(total: int, new: Sequence[int], low: Sequence[int], high: Sequence[int]) -> Fraction | None:
    """The factor with which all amounts between their bounds are the total: by trying the piece between each two
    factors at which somebody reaches a bound."""

    def together(factor: Fraction) -> Fraction:
        return sum(
            (Fraction(lowest) if not amount else min(max(factor * amount, Fraction(lowest)), Fraction(highest)))
            for amount, lowest, highest in zip(new, low, high, strict=True)
        ) + Fraction(0)

    turns = sorted(
        {Fraction(bound, amount) for bounds in (low, high) for bound, amount in zip(bounds, new, strict=True) if amount}
    )
    for first, last in zip([Fraction(0), *turns], turns, strict=False):
        start, end = together(first), together(last)
        if start <= total <= end:
            return first if start == end else first + (last - first) * (total - start) / (end - start)
    return None


@given(
    amounts=pairs,
    rise=st.none() | st.integers(0, 10_000),
    fall=st.none() | st.integers(0, 10_000),
    scaled=st.integers(50, 150),
)
@settings(max_examples=300)
def test_a_cap_paid_by_the_others_is_one_factor_between_bounds(
    amounts: tuple[list[int], list[int]], rise: int | None, fall: int | None, scaled: int
) -> None:
    """Also where what was paid is another total. Conserved to the cent, within every bound, and no cent from exact."""
    assume(rise is not None or fall is not None)
    new, before = of_one_total(*amounts)
    before = before * scaled // 100
    world = towns([1] * len(new))
    limits = [None if percent is None else PercentOfOld(percent) for percent in (rise, fall)]
    cap = Cap(old(), limits[0], limits[1], "others", "x")
    low, high = bounds_of(cap, new, before, world)
    factor = factor_of(int(new.sum()), new.tolist(), low.tolist(), high.tolist())
    if factor is None:
        with pytest.raises(CannotBeMade):
            capped(cap, new, before, world)
        return
    after = capped(cap, new, before, world).after.tolist()
    assert sum(after) == sum(new.tolist())
    for amount, lowest, highest, made in zip(new.tolist(), low.tolist(), high.tolist(), after, strict=True):
        assert lowest <= made <= highest
        exact = Fraction(lowest) if not amount else min(max(factor * amount, Fraction(lowest)), Fraction(highest))
        assert abs(made - exact) < 1


@given(amounts=pairs, rise=st.integers(0, 10_000), fall=st.integers(0, 10_000))
def test_a_cap_on_one_amount_divided_in_two_ways_can_always_be_met_and_holds_when_done_again(
    amounts: tuple[list[int], list[int]], rise: int, fall: int
) -> None:
    """But for who pays nothing by the new division: nobody can pay more pro rata to nothing."""
    new, before = of_one_total(*amounts)
    assume((new > 0).all())
    cap, world = Cap(old(), PercentOfOld(rise), PercentOfOld(fall), "others", "x"), towns([1] * len(new))
    once = capped(cap, new, before, world).after
    assert capped(cap, once, before, world).after.tolist() == once.tolist()
    if not rise and not fall:
        assert once.tolist() == before.tolist()


@given(amounts=pairs, rise=st.integers(0, 5_000), more=st.integers(0, 5_000))
def test_a_wider_cap_never_lowers_who_is_held_by_it(amounts: tuple[list[int], list[int]], rise: int, more: int) -> None:
    new, before = of_one_total(*amounts)
    assume((new > 0).all())
    world = towns([1] * len(new))
    narrow = capped(Cap(old(), PercentOfOld(rise), None, "fund", "x"), new, before, world)
    wide = capped(Cap(old(), PercentOfOld(rise + more), None, "fund", "x"), new, before, world)
    assert (wide.after >= narrow.after).all() and wide.from_balance <= narrow.from_balance
    for made in (narrow, wide):
        assert int(made.after.sum()) + made.from_balance == int(new.sum())


@given(amounts=pairs, percent=st.integers(0, 10_000), by_the_fund=st.booleans())
def test_compensation_is_a_part_of_each_loss_in_fractions(
    amounts: tuple[list[int], list[int]], percent: int, by_the_fund: bool
) -> None:
    new, before = np.array(amounts[0]), np.array(amounts[1])
    losses = [max(0, later - earlier) for later, earlier in zip(*amounts, strict=True)]
    back = [half_up(Fraction(loss * percent, 10_000)) for loss in losses]
    compensation = Compensation(old(), percent, "fund" if by_the_fund else "others", "x")
    payers = [0 if loss else amount for loss, amount in zip(losses, amounts[0], strict=True)]
    if sum(back) and not sum(payers) and not by_the_fund:
        with pytest.raises(CannotBeMade) as error:
            compensated(compensation, new, before, np.arange(len(new)))
        assert error.value.problem == NobodyCompensates(sum(back))
        return
    made = compensated(compensation, new, before, np.arange(len(new)))
    more = [0] * len(back)
    if sum(back) and not by_the_fund:
        more = largest_remainder(sum(back), payers, range(len(payers)))
    assert made.change.tolist() == [paid_more - returned for paid_more, returned in zip(more, back, strict=True)]
    assert made.from_balance == (sum(back) if by_the_fund else 0)
    # Who loses never gets back more than the loss.
    assert all(returned <= loss for returned, loss in zip(back, losses, strict=True))


# --- in the commands ---------------------------------------------------------------------------------

PATH: Final = """
title          = "Ingroei"
year           = 2020
reference_date = 2019-01-01
source         = "een proef"

[programmes.dienst]
title      = "Dienst"
gross      = "1000000.00"
vat        = "none"
underspend = "general"
allocation = { key = "fixed_plus_inhabitants", fixed = "1000.00" }

[programmes.dienst.old_division]
allocation = { key = "inhabitants" }
source     = "een proef"

[programmes.dienst.phase_in]
years  = { 2020 = "25", 2021 = "50", 2022 = "100" }
source = "een besluit"

[programmes.dienst.cap]
rise_percent = "30"
paid_by      = "others"
source       = "een besluit"

[programmes.dienst.compensation]
percent = "10"
paid_by = "fund"
source  = "een besluit"

[[programmes.dienst.cover]]
municipality = "Nuenen"
amount       = "200.00"
what         = "eigen post"
source       = "een proef"

[horizon]
last    = 2023
opening = "100000.00"
"""


def written(folder: Path, text: str = PATH) -> str:
    file = folder / "ingroei.toml"
    file.write_text(text, encoding="utf-8")
    return str(file)


def test_a_bill_opens_up_into_path_cap_compensation_and_cover(tmp_path: Path) -> None:
    text = CliRunner().invoke(app, ["explain", "Nuenen", "-s", written(tmp_path)]).stdout
    assert "growth path in 2020: €1,341.61 × 75 % + €1,865.34 × 25 % = €1,472.54" in text
    assert "not held by the cap: €1,472.54 × " in text
    assert "× 10 % = €13.35 comes back" in text
    assert "cover already there, eigen post: €200.00 is not billed" in text
    dutch = CliRunner().invoke(app, ["explain", "Schiermonnikoog", "-s", written(tmp_path), "--lang", "nl"]).stdout
    assert "begrenzing: hoogstens 30 % boven de oude € 54,16, dus € 299,35 wordt € 70,40" in dutch


def test_what_is_written_of_a_run_says_the_same_and_adds_up(tmp_path: Path) -> None:
    answer: dict[str, Any] = json.loads(CliRunner().invoke(app, ["run", written(tmp_path), "--json"]).stdout)
    (line,) = answer["programmes"]
    cents = {key: round(100 * float(line[key])) for key in ("contributions", "income", "drawn", "available")}
    assert cents["contributions"] + cents["income"] + cents["drawn"] == cents["available"] == 100_000_000
    assert line["income"] == "200.00" and line["drawn"] == line["adjusted"]
    assert {row["adjustment"] for row in answer["adjustments"]} == {"phase_in", "cap", "compensation", "cover"}


def test_each_year_of_a_horizon_goes_a_step_on(tmp_path: Path) -> None:
    """Of a growth path alone: 25, 50 and 100 %, which then stays."""
    alone = PATH[: PATH.index("[programmes.dienst.cap]")] + PATH[PATH.index("[horizon]") :]
    inputs = read_scenario(written(tmp_path, alone))
    horizon = years_ahead_of(inputs, realised_years(load_ledger()), 100, 1)
    for year, part in zip(horizon.by_year, (25, 50, 100, 100), strict=True):
        assert year.result is not None
        (billed,) = year.result.by_programme
        (adjusted,) = billed.participation.adjusted
        assert adjusted.old is not None
        exact = ((100 - part) * adjusted.old + part * adjusted.before) / 100
        assert (np.abs(adjusted.after - exact) < 1).all()
        assert int(adjusted.change.sum()) == 0
    whole = years_ahead_of(read_scenario(written(tmp_path)), realised_years(load_ledger()), 100, 1)
    assert (whole.fund.expected.worked_out() == whole.fund.expected.closing).all()


def test_a_sweep_over_the_cap_reads_the_old_division_of_each_variant(tmp_path: Path) -> None:
    column = "gm_code,was\n" + "".join(
        f"{municipality.gm_code},{municipality.inhabitants % 997 + 1}\n"
        for municipality in result_of(read_scenario(written(tmp_path))).population.municipalities
    )
    (tmp_path / "was.csv").write_text(column, encoding="utf-8")
    text = PATH.replace('{ key = "inhabitants" }', '{ key = "column", file = "was.csv", column = "was" }')
    file = written(tmp_path, text)
    out = tmp_path / "out"
    assert CliRunner().invoke(app, ["run", file, "--out", str(out)]).exit_code == 0
    assert CliRunner().invoke(app, ["verify", str(out)]).exit_code == 2
    (out / "was.csv").write_text(column, encoding="utf-8")
    assert CliRunner().invoke(app, ["verify", str(out)]).exit_code == 0
    words = ["sweep", file, "--vary", "programmes.dienst.cap.rise_percent=10:30:2", "-m", "Urk", "--json"]
    outcome = CliRunner().invoke(app, words)
    assert outcome.exit_code == 0, outcome.stderr
    alone = [
        result_of(read_scenario(file, [f"programmes.dienst.cap.rise_percent={percent}"])) for percent in ("10", "30")
    ]
    urk = [int(result.to_pay[result.population.index["GM0184"]]) for result in alone]
    for cents in urk:
        assert f"{cents / 100:.2f}" in outcome.stdout
    assert urk[0] != urk[1]
