"""Values that TOML does not take and that people write."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gguplan.inputs.misread_values import misread, value_in


@pytest.mark.parametrize(
    "value, remedy",
    [
        ("0,25", 'Write "0.25", between quotes.'),
        ("-3,5", 'Write "-3.5", between quotes.'),
        ("1.234.567,89", 'Write "1234567.89", between quotes.'),
        ("1-1-2020", "Write it as 2020-01-01."),
        ("31/12/2020", "Write it as 2020-12-31."),
        ("2026-13-01", "Write a year, a month and a day, such as 2017-01-01."),
        ("2020-1-1", "Write a year, a month and a day, such as 2017-01-01."),
    ],
)
def test_a_value_with_one_meaning_is_proposed(value: str, remedy: str) -> None:
    misreading = misread(value)
    assert misreading is not None and misreading[1] == remedy


@pytest.mark.parametrize("value", ["1,950", "1,234,567.89", "12.34,5", "100,-", "0,2500"])
def test_a_comma_that_may_be_either_is_not_guessed(value: str) -> None:
    misreading = misread(value)
    assert misreading is not None and "1234567.89" in misreading[1]


@pytest.mark.parametrize("value", ["0.25", "100", "true", "Utrecht, Zwolle", "2017-01-01T00:00:00", ""])
def test_another_value_is_none_of_these(value: str) -> None:
    assert misread(value) is None


@given(st.text())
def test_any_line_has_a_value_or_none(line: str) -> None:
    value = value_in(line)
    if value is not None:
        assert line[value[0] - 1 :].startswith(value[1])
        misread(value[1])
