"""What the nouns of the fund say of themselves, without a file and without a sum."""

from __future__ import annotations

import pickle
from datetime import date
from fractions import Fraction
from typing import Final

import numpy as np
import pytest
from msgspec.structs import replace

from gguplan.fund.adjustments import (
    Adjustment,
    AmountOfEuros,
    Cap,
    Compensation,
    Cover,
    OldDivision,
    PercentOfOld,
    PhaseIn,
    RateOfInhabitants,
    Rounding,
    is_per_inhabitant,
    old_division_of,
    with_old_division,
)
from gguplan.fund.allocation_keys import (
    AllocationKey,
    Bracket,
    FixedAmounts,
    FixedPlusInhabitants,
    FixedShares,
    InColumn,
    InhabitantsOn,
    Mix,
    PaidByEach,
    PartOfMix,
    PerColumn,
    PerInhabitant,
    Products,
    RatePerInhabitant,
    StepAmounts,
    Stepped,
    UnmixedKey,
    Weights,
    agreed_together,
    paid_by_each,
    stated_amounts_of,
    takes_from_whoever_pays,
)
from gguplan.fund.cascades import NobodyToStart, NoCascades
from gguplan.fund.derived_budget import derivation
from gguplan.fund.fund_year import FundYear, Origin, days_in
from gguplan.fund.goals import (
    Balance,
    Bill,
    ChanceBelowFloor,
    ChanceOfOverspend,
    PaidFor,
    TakingPart,
    Total,
    Underspend,
    is_share,
)
from gguplan.fund.ledger import Ledger
from gguplan.fund.membership import members_of
from gguplan.fund.municipal_changes import ChangesMissing
from gguplan.fund.municipality_names import LONGEST_NAME, name_key
from gguplan.fund.problems import CannotBeMade, Mistakes, NobodyPays, ProgrammeCannotBeMade
from gguplan.fund.projection import CannotProject, TooFewYears
from gguplan.fund.reference_dates import ReasonOfTheDate
from gguplan.fund.settlements import RefundOfPart, RefundOfRate, settlement_named
from gguplan.fund.thresholds import Lapse, goes_to_the_balance, is_handed_over, is_levied, opt_outs_count
from gguplan.model.allocation import follows_inhabitants, weights_of
from gguplan.money import CannotSplit
from tests.worlds import population

WORLD: Final = population(Aa=700, Bee=200, Cee=100)
OLD: Final = OldDivision(PerInhabitant(), as_paid=False, source="invented for a test")
AGREED: Final = Weights(np.array([1, 2, 3], dtype=np.int64))
COLUMN: Final = InColumn("a.csv", "a")


# --- keys ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "paid", "from_whoever_pays", "by_inhabitants"),
    [
        (PerInhabitant(), None, False, True),
        (InhabitantsOn(2016, 2016, AGREED), None, False, False),
        (Stepped((Bracket(None, 1),), "part"), "tariffs", False, True),
        (RatePerInhabitant(1), "tariffs", False, True),
        (FixedPlusInhabitants(1), None, True, True),
        (PerColumn(COLUMN, AGREED), None, False, False),
        (FixedShares(AGREED, 6), None, False, False),
        (FixedAmounts(AGREED), "amounts", False, False),
        (Products(AGREED, 1, 1, 1), "products", False, False),
        (StepAmounts(()), "amounts", True, True),
    ],
)
def test_a_key_says_what_each_pays_of_its_own(
    key: UnmixedKey, paid: PaidByEach | None, from_whoever_pays: bool, by_inhabitants: bool
) -> None:
    assert follows_inhabitants(key) == by_inhabitants
    assert paid_by_each(key) == paid
    assert takes_from_whoever_pays(key) == from_whoever_pays
    assert stated_amounts_of(key) == (AGREED if key == FixedAmounts(AGREED) else None)
    assert paid_by_each(half_and_half(key)) is None is stated_amounts_of(half_and_half(key))


def test_inhabitants_of_another_day_weigh_as_they_were_counted_then() -> None:
    assert weights_of(InhabitantsOn(2016, 2016, AGREED), WORLD).tolist() == [1, 2, 3]
    assert weights_of(PerInhabitant(), WORLD).tolist() == [700, 200, 100]


def half_and_half(key: UnmixedKey) -> Mix:
    return Mix((PartOfMix(1, key), PartOfMix(1, PerInhabitant())))


def test_shares_are_together_less_than_all_after_one_left() -> None:
    """1, 2 and 3 of 6 are all; of 8 three quarters, of 12 a half. Of a mix the part in which it is least counts."""
    all_of_it, three_quarters, half = (FixedShares(AGREED, whole) for whole in (6, 8, 12))
    keys: list[AllocationKey] = [all_of_it, three_quarters, half_and_half(half), PerInhabitant()]
    keys.append(Mix((PartOfMix(1, three_quarters), PartOfMix(1, half))))
    assert [agreed_together(key) for key in keys] == [1, Fraction(3, 4), Fraction(1, 2), 1, Fraction(1, 2)]


# --- adjustments and settlements -----------------------------------------------------------------


def cap(rise: PercentOfOld | AmountOfEuros | RateOfInhabitants | None, fall: RateOfInhabitants | None = None) -> Cap:
    return Cap(OLD, rise, fall, "others", "invented for a test")


@pytest.mark.parametrize(
    ("adjustment", "per_inhabitant", "against_the_old"),
    [
        (PhaseIn(OLD, ((2018, 5_000),), ""), False, True),
        (Compensation(OLD, 5_000, "fund", ""), False, True),
        (Cover(()), False, False),
        (Rounding(100, "fund"), False, False),
        (cap(PercentOfOld(500)), False, True),
        (cap(AmountOfEuros(500)), False, True),
        (cap(RateOfInhabitants(500)), True, True),
        (cap(PercentOfOld(500), RateOfInhabitants(500)), True, True),
        (cap(None, RateOfInhabitants(500)), True, True),
    ],
)
def test_an_adjustment_says_whether_it_is_per_inhabitant_and_against_an_old_division(
    adjustment: Adjustment, per_inhabitant: bool, against_the_old: bool
) -> None:
    assert is_per_inhabitant(adjustment) == per_inhabitant
    as_paid = replace(OLD, as_paid=True)
    assert old_division_of(adjustment) == (OLD if against_the_old else None)
    assert old_division_of(with_old_division(adjustment, as_paid)) == (as_paid if against_the_old else None)
    assert with_old_division(with_old_division(adjustment, as_paid), OLD) == adjustment


def test_before_a_growth_path_nothing_is_of_the_new_division_and_after_it_its_last_part_stays() -> None:
    path = PhaseIn(OLD, ((2018, 2_500), (2020, 7_500)), "")
    assert [path.part_in(year) for year in range(2017, 2022)] == [0, 2_500, 2_500, 7_500, 7_500]


def test_a_refund_of_a_rate_keeps_the_year_of_its_inhabitants() -> None:
    assert settlement_named("refund", 2_500, 2015) == RefundOfRate(2_500, 2015)
    assert settlement_named("refund") == RefundOfPart()


@pytest.mark.parametrize(
    ("lapse", "levied", "to_the_balance", "handed_over", "counted"),
    [
        (None, True, False, False, True),
        ("not_levied", False, False, False, False),
        ("to_balance", True, True, False, True),
        ("handed_over", True, False, True, False),
    ],
)
def test_what_becomes_of_the_money_of_a_programme_that_lapses(
    lapse: Lapse | None, levied: bool, to_the_balance: bool, handed_over: bool, counted: bool
) -> None:
    """Who is outside pays with the others where somebody else has the service, and is not counted where nobody pays."""
    assert (is_levied(lapse), goes_to_the_balance(lapse), is_handed_over(lapse)) == (
        levied,
        to_the_balance,
        handed_over,
    )
    assert opt_outs_count(lapse) == counted


# --- municipalities ------------------------------------------------------------------------------


def test_the_number_of_a_municipality_is_its_whole_code() -> None:
    aa = WORLD.municipalities[0]
    assert [replace(aa, gm_code=code).number for code in ("GM0001", "GM0344", "GM1680")] == [1, 344, 1680]


def test_members_keep_the_year_the_status_and_the_source_of_their_count() -> None:
    some = members_of(WORLD, ["GM0001", "GM0003"])
    assert (some.year, some.status, some.source) == (WORLD.year, WORLD.status, WORLD.source)
    assert [member.name for member in some.municipalities] == ["Aa", "Cee"] and some.country is WORLD


def test_points_are_no_part_of_a_name_and_a_text_that_is_too_long_is_none() -> None:
    assert name_key("Nergens (N.N.)") == name_key("Nergens (NN)") == "nergens nn"
    assert name_key("a" * LONGEST_NAME) == "a" * LONGEST_NAME
    assert name_key("a" * (LONGEST_NAME + 1)) == ""


# --- years ---------------------------------------------------------------------------------------


def fund_year(**otherwise: object) -> FundYear:
    nothing = FundYear(
        *("A", None, None, 2017, date(2016, 1, 1), None, WORLD, {}, {}, {}, {}, (), {}, None, {}, frozenset()),
        *(Origin("a"), lambda: Ledger({}, {}, ())),
    )
    return replace(nothing, **otherwise)


def test_a_year_has_as_many_days_as_it_has() -> None:
    assert [days_in(year) for year in (1900, 2000, 2016, 2017)] == [365, 366, 366, 365]
    assert fund_year(year=2016).days == 366


def test_why_a_day_counts_is_said_where_there_is_something_to_say() -> None:
    assert fund_year().reason_of_the_date is None
    stated = fund_year(reference_date_source="the statute")
    assert stated.reason_of_the_date == ReasonOfTheDate("the statute", False, True, None, False)
    assumed = fund_year(reference_date_assumed=True, reference_date=date(2015, 1, 1))
    assert assumed.reason_of_the_date == ReasonOfTheDate(None, True, False, None, False)
    missing = fund_year(missing_count=2016, reference_date=date(2015, 1, 1), population=members_of(WORLD, ["GM0001"]))
    assert missing.reason_of_the_date == ReasonOfTheDate(None, False, True, 2016, True)


# --- goals and budgets ---------------------------------------------------------------------------


def test_a_goal_is_an_amount_or_a_share() -> None:
    shares = (ChanceOfOverspend(), TakingPart("a"), ChanceBelowFloor(None))
    amounts = (Total(), Bill(WORLD.municipalities[0]), PaidFor("a"), Underspend(), Balance(2017))
    assert [is_share(outcome) for outcome in (*shares, *amounts)] == [True] * len(shares) + [False] * len(amounts)


def test_a_print_that_may_be_nothing_gives_no_budget() -> None:
    """€ 0,50 to within half a euro is € 0 up to € 1,21 with VAT, and nothing is a multiple of everything."""
    assert derivation(50, 50, 21) is None


# --- mistakes ------------------------------------------------------------------------------------


def test_what_cannot_be_made_comes_whole_from_another_process() -> None:
    for mistake in (
        CannotBeMade(NobodyPays()),
        Mistakes((ProgrammeCannotBeMade("a", NobodyPays()),)),
        NoCascades((NobodyToStart("a"),)),
        CannotProject(TooFewYears(2015, 2016, 4, 5)),
        ChangesMissing(2017, ("GM0001",)),
        CannotSplit("nobody_weighs"),
    ):
        again = pickle.loads(pickle.dumps(mistake))
        assert (again.args, vars(again)) == (mistake.args, vars(mistake))
