"""Amounts and rates as they are typed: which marks are thousands, which are decimals, and what is refused."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gguplan.inputs.typed_amounts import UnreadableAmount, typed, typed_euros, typed_price, typed_rate
from gguplan.language import Language, written_in
from gguplan.money import LARGEST_AMOUNT, LARGEST_PRICE, LARGEST_RATE
from gguplan.wording.amounts import format_euros, format_price, format_rate

LANGUAGES: tuple[Language, Language] = ("en", "nl")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("2100000", 210_000_000),
        ("2.100.000", 210_000_000),
        ("2,100,000", 210_000_000),
        ("2 100 000", 210_000_000),
        ("€ 2.100.000,50", 210_000_050),
        ("€2,100,000.50", 210_000_050),
        ("-1.234,00", -123_400),
        ("1.234,-", 123_400),
        ("61,50", 6_150),
        ("61.50", 6_150),
        ("61,5 mln", 6_150_000_000),
        ("61.5 mln", 6_150_000_000),
        ("400 duizend", 40_000_000),
    ],
)
def test_an_amount_with_one_reading_is_read_in_either_language(language: Language, text: str, cents: int) -> None:
    with written_in(language):
        assert typed_euros(text) == cents


@pytest.mark.parametrize(
    ("language", "text", "cents"),
    [("nl", "400.000", 40_000_000), ("en", "400,000", 40_000_000), ("nl", "1,250 mln", 125_000_000)],
)
def test_three_digits_are_thousands_of_euros_and_decimals_of_millions_where_the_language_has_that(
    language: Language, text: str, cents: int
) -> None:
    with written_in(language):
        assert typed_euros(text) == cents


@pytest.mark.parametrize(
    ("read", "language", "text", "advice"),
    [
        (typed_euros, "nl", "400,000", "Schrijf 400 of 400000."),
        (typed_euros, "nl", "3,450", "Schrijf 3,45 of 3450."),
        (typed_euros, "en", "3.450", "Write 3.45 or 3450."),
        (typed_euros, "nl", "1.250 mln", "Schrijf 1,25 mln of 1250 mln."),
        (typed_euros, "en", "1,250 mln", "Write 1.25 mln or 1250 mln."),
        (typed_rate, "nl", "3.450", "Schrijf 3,45 of 3450."),
        (typed_rate, "en", "3,450", "Write 3.45 or 3450."),
        (typed_rate, "nl", "3.455", "Schrijf 3,455 of 3455."),
        (typed_price, "en", "2,500", "Write 2.50 or 2500."),
    ],
)
def test_what_can_be_two_amounts_is_refused_and_both_ways_to_write_it_are_said(
    read: Callable[[str], int], language: Language, text: str, advice: str
) -> None:
    with written_in(language):
        with pytest.raises(UnreadableAmount) as caught:
            read(text)
        assert caught.value.remedy == advice
        for written in re.findall(r"[0-9][0-9.,]*[0-9](?: mln)?", advice):
            read(written)


@pytest.mark.parametrize(
    ("language", "text", "units"),
    [
        ("nl", "3,45", 34_500),
        ("nl", "3.45", 34_500),
        ("en", "3,45", 34_500),
        ("nl", "3,450", 34_500),
        ("en", "3.450", 34_500),
        ("nl", "0.125", 1_250),
        ("en", "0,125", 1_250),
        ("en", "€ 0.5", 5_000),
        ("nl", "1.250,5", 12_505_000),
    ],
)
def test_a_rate_has_up_to_four_decimals(language: Language, text: str, units: int) -> None:
    with written_in(language):
        assert typed_rate(text) == units


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("read", "text"),
    [
        (typed_euros, "61.5"),
        (typed_euros, "61,5"),
        (typed_euros, "0.125"),
        (typed_euros, "1.23456"),
        (typed_euros, "0.000000001 mln"),
        (typed_euros, "1e6"),
        (typed_euros, "nan"),
        (typed_euros, ""),
        (typed_euros, "-"),
        (typed_euros, "1.13.352"),
        (typed_euros, "9" * 20),
        (typed_euros, "9" * 20_000),
        (typed_euros, "２"),
        (typed_rate, "-1"),
        (typed_rate, "0.12345"),
        (typed_rate, "3 mln"),
        (typed_rate, "10001"),
        (typed_rate, "veel"),
        (typed_price, "10000001"),
    ],
)
def test_what_is_no_amount_is_refused_with_an_example(
    read: Callable[[str], int], text: str, language: Language
) -> None:
    with written_in(language), pytest.raises(UnreadableAmount) as caught:
        read(text)
    assert len(caught.value.what) < 120
    assert "Schrijf" in caught.value.remedy if language == "nl" else "Write" in caught.value.remedy


@given(st.integers(-LARGEST_AMOUNT, LARGEST_AMOUNT), st.sampled_from(LANGUAGES))
def test_every_amount_that_is_shown_is_read_back(cents: int, language: Language) -> None:
    with written_in(language):
        assert typed_euros(format_euros(cents)) == cents
        assert typed_euros(typed(cents)) == cents


@given(st.integers(0, LARGEST_RATE), st.integers(0, LARGEST_PRICE), st.sampled_from(LANGUAGES))
def test_every_rate_and_price_that_is_shown_is_read_back(rate: int, price: int, language: Language) -> None:
    with written_in(language):
        assert typed_rate(format_rate(rate)) == rate
        assert typed_price(format_price(price)) == price
