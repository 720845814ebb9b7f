"""Whole cents: reading, writing and dividing them."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gguplan.inputs.written_amounts import parse_dutch, parse_euros, parse_rate
from gguplan.language import set_language
from gguplan.money import (
    LARGEST_AMOUNT,
    CannotSplit,
    plain_euros,
    plain_rate,
    rate_times,
    split,
    split_with_steps,
    splits_with_steps,
    times_fraction,
)
from gguplan.wording.amounts import format_about, format_euros, format_number, format_rate
from tests.oracle import largest_remainder

ordinary_weights = st.lists(st.integers(0, 1_000_000), min_size=1, max_size=40)
huge_weights = st.lists(st.integers(0, 10**16), min_size=1, max_size=40)
weights_lists = (ordinary_weights | huge_weights).filter(any)
totals = st.integers(0, LARGEST_AMOUNT)


@st.composite
def units(draw: st.DrawFn) -> tuple[list[int], list[int]]:
    weights = draw(weights_lists)
    return weights, draw(st.permutations(range(1, len(weights) + 1)))


# --- dividing ------------------------------------------------------------------------------------


def test_the_cents_left_over_go_to_the_largest_remainders() -> None:
    # 100 cents over 3, 3 and 4 of 10 are whole; 101 cents leave one, and 0.4 is the largest remainder.
    assert split(101, [3, 3, 4]).tolist() == [[30, 30, 41]]


def test_a_tie_goes_to_the_larger_weight() -> None:
    # 2 cents over 1 and 3: exact shares 0.5 and 1.5, equal remainders.
    assert split(2, [1, 3]).tolist() == [[0, 2]]


def test_a_tie_between_equal_weights_goes_to_the_lower_code() -> None:
    assert split(1, [5, 5], codes=[20, 10]).tolist() == [[0, 1]]


def test_a_larger_total_can_lower_a_part() -> None:
    """The Alabama paradox: the method does not promise otherwise, so nothing here claims it."""
    before, after = split([10, 11], [6, 6, 2]).tolist()
    assert (before, after) == ([4, 4, 2], [5, 5, 1])


@given(total=totals, unit=units())
def test_the_fast_split_is_the_exact_one(total: int, unit: tuple[list[int], list[int]]) -> None:
    weights, codes = unit
    assert split(total, weights, codes)[0].tolist() == largest_remainder(total, weights, codes)
    assert split_with_steps(total, weights, codes).parts.tolist() == largest_remainder(total, weights, codes)


@given(many=st.lists(totals, min_size=1, max_size=5), unit=units())
def test_many_totals_at_once_are_the_same_as_one_by_one(many: list[int], unit: tuple[list[int], list[int]]) -> None:
    weights, codes = unit
    together = split(many, weights, codes)
    assert together.tolist() == [split(total, weights, codes)[0].tolist() for total in many]
    for total, steps in zip(many, splits_with_steps(many, weights, codes), strict=True):
        by_itself = split_with_steps(total, weights, codes)
        assert (steps.total, steps.left_over) == (total, by_itself.left_over)
        for of_each in ("weights", "whole", "remainder", "parts", "codes", "rank"):
            assert getattr(steps, of_each).tolist() == getattr(by_itself, of_each).tolist(), of_each


@given(total=totals, unit=units())
def test_the_parts_sum_to_the_total(total: int, unit: tuple[list[int], list[int]]) -> None:
    assert int(split(total, *unit).sum()) == total


@given(total=totals, unit=units())
def test_no_part_is_a_cent_or_more_from_its_exact_share(total: int, unit: tuple[list[int], list[int]]) -> None:
    weights, codes = unit
    for weight, part in zip(weights, split(total, weights, codes)[0].tolist(), strict=True):
        assert abs(part - Fraction(total * weight, sum(weights))) < 1


@given(total=totals, unit=units(), data=st.data())
def test_the_order_of_the_rows_does_not_matter(
    total: int, unit: tuple[list[int], list[int]], data: st.DataObject
) -> None:
    weights, codes = (np.array(column) for column in unit)
    order = np.array(data.draw(st.permutations(range(len(weights)))))
    assert split(total, weights[order], codes[order])[0].tolist() == split(total, weights, codes)[0][order].tolist()


@given(total=totals, unit=units())
def test_equal_weights_differ_by_a_cent_at_most(total: int, unit: tuple[list[int], list[int]]) -> None:
    weights, codes = unit
    parts = split(total, weights, codes)[0].tolist()
    for weight in set(weights):
        same = [part for part, weight_of_one in zip(parts, weights, strict=True) if weight_of_one == weight]
        assert max(same) - min(same) <= 1


@given(total=totals, unit=units())
def test_a_credit_is_divided_as_the_amount_is(total: int, unit: tuple[list[int], list[int]]) -> None:
    assert split(-total, *unit).tolist() == (-split(total, *unit)).tolist()


def test_who_weighs_nothing_pays_nothing() -> None:
    assert split(1, [0, 3, 0]).tolist() == [[0, 1, 0]]


def test_the_largest_amount_over_a_hundred_thousand_units_is_exact() -> None:
    weights = np.arange(1, 100_001)
    assert int(split(LARGEST_AMOUNT, weights).sum()) == LARGEST_AMOUNT


@pytest.mark.parametrize("weights", [[], [0, 0], [-1, 2]])
def test_an_amount_cannot_be_divided_over_nobody(weights: list[int]) -> None:
    with pytest.raises(CannotSplit) as caught:
        split(100, weights)
    assert caught.value.reason == "nobody_weighs"


def test_weights_that_int64_cannot_sum_are_refused() -> None:
    with pytest.raises(CannotSplit) as caught:
        split(100, [2**62, 2**62])
    assert caught.value.reason == "weights_too_large"


# --- reading -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("4200000.00", 420_000_000),
        ("0.01", 1),
        ("12", 1200),
        ("-3.50", -350),
        ("1000000000000.00", LARGEST_AMOUNT),
    ],
)
def test_euros_are_read_into_cents(text: str, cents: int) -> None:
    assert parse_euros(text) == cents


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("1.000,50", 'write "1000.50"'),
        ("1000.5", 'write "1000.50"'),
        ("€ 1.000", 'write "1000.00"'),
        ("€ 1 234,50", 'write "1234.50"'),
        ("1234,567", "1234567.89"),
        ("1000.123", "1234567.89"),
        ("1,000.50", "1000.50"),
        ("1e6", "1234567.89"),
        ("١٢", "1234567.89"),
        ("nan", "1234567.89"),
        ("", "1234567.89"),
        ("1000000000000.01", "million million"),
    ],
)
def test_another_notation_is_refused_with_what_to_write(text: str, advice: str) -> None:
    with pytest.raises(ValueError, match=advice):
        parse_euros(text)


@given(st.integers(-LARGEST_AMOUNT, LARGEST_AMOUNT))
def test_what_is_written_for_a_machine_is_read_back(cents: int) -> None:
    assert parse_euros(plain_euros(cents)) == cents


@pytest.mark.parametrize(("text", "rate"), [("0.25", 2500), ("1", 10_000), ("0.0035", 35)])
def test_a_rate_is_held_in_ten_thousandths_of_a_euro(text: str, rate: int) -> None:
    assert parse_rate(text) == rate


@pytest.mark.parametrize("text", ["0,25", "-0.25", "0.00001", "10000.01", "inf", ""])
def test_another_rate_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a rate|is below 0"):
        parse_rate(text)


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("€ 1.652.893", Decimal("1652893")),
        ("€ 1,65 miljoen", Decimal("1.65")),
        ("€ 276.473,00", Decimal("276473.00")),
        ("- 506", Decimal("-506")),
        ("€ 1.13.352", None),
        ("€ -", None),
    ],
)
def test_a_print_is_read_as_dutch_and_a_misprint_is_missing(printed: str, number: Decimal | None) -> None:
    """verantwoording-2016 sections 1.1, 1.2 and 2.1; verantwoording-2017 chapter 4."""
    assert parse_dutch(printed) == number


# --- writing and reckoning -----------------------------------------------------------------------


def test_amounts_are_written_as_the_language_does() -> None:
    assert format_euros(123_456_789) == "€1,234,567.89"
    assert format_rate(35) == "€0.0035"
    set_language("nl")
    assert format_euros(123_456_789) == "€ 1.234.567,89"
    assert format_rate(2500) == "€ 0,25"


def test_an_amount_that_is_only_roughly_known_has_no_cents() -> None:
    assert format_about(123_456_789, 1_000) == "€1,235,000"
    assert format_about(-123_456_789, 1) == "-€1,234,568"
    set_language("nl")
    assert format_about(123_456_789, 1_000) == "€ 1.235.000"
    assert format_about(-123_456_789, 1) == "-€ 1.234.568"


def test_counts_and_other_numbers_have_the_marks_of_the_language() -> None:
    assert (format_number(17_081_507), format_number(Decimal("0.125"))) == ("17,081,507", "0.125")
    set_language("nl")
    assert (format_number(17_081_507), format_number(Decimal("0.125"))) == ("17.081.507", "0,125")


def test_a_rate_times_inhabitants_is_a_whole_number() -> None:
    assert rate_times(5_000, [3, 1]).dtype == np.int64


def test_half_a_cent_goes_up_in_a_rate_times_inhabitants() -> None:
    assert rate_times(35, [1, 2, 3]).tolist() == [0, 1, 1]  # 0.35, 0.70 and 1.05 cents
    assert rate_times(50, [1, 3]).tolist() == [1, 2]  # 0.5 and 1.5 cents


@given(st.integers(-LARGEST_AMOUNT, LARGEST_AMOUNT), st.integers(0, 1000), st.integers(1, 1000))
def test_a_fraction_of_an_amount_is_the_nearest_cent(cents: int, numerator: int, denominator: int) -> None:
    exact = Fraction(cents * numerator, denominator)
    assert abs(times_fraction(cents, numerator, denominator) - exact) <= Fraction(1, 2)
    assert times_fraction(-cents, numerator, denominator) == -times_fraction(cents, numerator, denominator)


@pytest.mark.parametrize(
    "misprint", ["5€5", "--5", "- € -5", "€€ 5", "1.234,56 miljoen miljoen", "5 -", "1e5", "1.23.456", "１２"]
)
def test_a_print_without_one_reading_is_not_guessed(misprint: str) -> None:
    assert parse_dutch(misprint) is None


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("4,200", 'can be read in two ways: write "4200.00" or "4.20"'),
        ("€10,000", 'can be read in two ways: write "10000.00" or "10.00"'),
        ("1.234,50", 'write "1234.50"'),
        ("1,234.50", 'write "1234.50"'),
        ("1 234 567", 'write "1234567.00"'),
        ("12 34", "is not an amount"),
        ("5€5", "is not an amount"),
    ],
)
def test_advice_on_an_amount_says_both_readings_or_the_one_there_is(text: str, advice: str) -> None:
    with pytest.raises(ValueError, match=re.escape(advice)):
        parse_euros(text)


def test_machines_read_amounts_and_rates_with_a_point() -> None:
    assert [plain_euros(cents) for cents in (0, -5, 123_456_789)] == ["0.00", "-0.05", "1234567.89"]
    assert plain_rate(34_500) == "3.4500"


def test_many_totals_over_many_units_are_the_same_as_one_by_one() -> None:
    """300 totals over 1,000 units are divided in several blocks, of which the last is not full."""
    weights = np.arange(1_000) % 97
    totals = np.arange(300) * 12_345 - 100_000
    together = split(totals, weights)
    assert (together.shape, together.sum(axis=1).tolist()) == ((300, 1_000), totals.tolist())
    for place in (0, 130, 131, 132, 261, 262, 263, 299):
        assert (together[place] == split(totals[place], weights)[0]).all()


def test_the_steps_of_a_split_say_who_gets_the_cents_that_are_left_over() -> None:
    """10 cents over 1, 1 and 2 is 2½, 2½ and 5: two of them leave 2 ÷ 4 cent, and one cent is left over."""
    steps = split_with_steps(10, [1, 1, 2], [20, 10, 30])
    assert (steps.whole.tolist(), steps.remainder.tolist(), steps.left_over) == ([2, 2, 5], [2, 2, 0], 1)
    # Both weigh as much, so the lower code goes first.
    assert (steps.rank.tolist(), steps.parts.tolist()) == ([2, 1, 3], [2, 3, 5])
    assert steps.parts.dtype == split([10], [1, 1, 2]).dtype == np.int64


def test_of_equal_remainders_the_larger_weight_goes_first() -> None:
    """2 cents over 1 and 3 is ½ and 1½: both leave 2 ÷ 4 cent, and the larger weight goes first, whatever its code."""
    steps = split_with_steps(2, [1, 3], [10, 20])
    assert (steps.remainder.tolist(), steps.rank.tolist(), steps.parts.tolist()) == ([2, 2], [2, 1], [0, 2])


def test_several_totals_in_several_blocks_have_the_steps_of_each() -> None:
    """Over 30,000 units four totals are divided together, so that five are two blocks; without codes the place
    settles."""
    totals = [1, 30_002, 0, 2, 30_001]
    made = splits_with_steps(totals, np.ones(30_000, dtype=np.int64))
    assert [steps.total for steps in made] == totals
    first_three = [[1, 0, 0], [2, 2, 1], [0, 0, 0], [1, 1, 0], [2, 1, 1]]
    assert [steps.parts[:3].tolist() for steps in made] == first_three


def test_weights_that_int64_just_holds_are_divided_by_and_come_out_as_int64() -> None:
    """2⁶² and 2⁶² − 1: of 3 cents the larger gets 2, because it leaves more."""
    weights = [2**62 - 1, 2**62]
    assert split([3], weights).tolist() == [[1, 2]]
    steps = split_with_steps(3, weights)
    arrays = (steps.weights, steps.whole, steps.remainder, steps.parts)
    assert [array.dtype for array in arrays] == [np.int64] * 4
    assert (steps.whole.tolist(), steps.left_over, steps.parts.tolist()) == ([1, 1], 1, [1, 2])


def test_a_tie_of_weights_that_no_float_tells_apart_goes_to_the_larger() -> None:
    """Half of the sum over 2⁶⁰ + 1, 2⁶⁰ + 3 and 2 leaves half a cent of the first two; as floats both are 2⁶⁰."""
    assert split([2**60 + 3], [2**60 + 1, 2**60 + 3, 2]).tolist() == [[2**59, 2**59 + 2, 1]]
