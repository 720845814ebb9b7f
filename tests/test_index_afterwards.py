"""An index that is corrected afterwards, where wages rose otherwise by more than a stated number of points.

Frame of a region for its joint arrangements (toetsingskaders gemeenschappelijke regelingen): a deviation of the wage
percentage of more than 0.5 points, up or down, is settled with the municipalities afterwards.
"""

from __future__ import annotations

from fractions import Fraction
from math import floor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gguplan.fund.years_ahead import PERCENT_UNITS
from gguplan.inputs.scenario.years_ahead_tables import IndexationTable


def index(**keys: Any) -> IndexationTable:
    own = {
        "wages": {"2025": "3.00", "2026": "3.00"},
        "prices": {"2025": "1.50", "2026": "1.50"},
        "mix": [2, 1],
        "source": "invented for a test",
    }
    return IndexationTable.model_validate(own | keys)


@pytest.mark.parametrize(
    ("realised", "percent"),
    [("3.50", "2.50"), ("2.50", "2.50"), ("3.60", "2.90"), ("2.40", "2.10"), ("3.00", "2.50")],
)
def test_only_a_difference_of_more_than_half_a_point_is_in_the_percentage_of_the_next_year(
    realised: str, percent: str
) -> None:
    """Two parts of 3 % and one of 1,5 % are 2,5 %. Wages rose 3,6 %: two thirds of 0,6 is 0,4 points more."""
    known = index(wages_realised={"2025": realised}, tolerance_points="0.5").known
    assert known["2025"] == 25 * PERCENT_UNITS // 10
    assert known["2026"] == round(float(percent) * PERCENT_UNITS)


@given(
    realised=st.integers(0, 1_000),
    tolerance=st.none() | st.integers(0, 300),
    mix=st.tuples(st.integers(1, 9), st.integers(1, 9)),
)
def test_the_correction_is_the_whole_difference_for_the_part_of_wages(
    realised: int, tolerance: int | None, mix: tuple[int, int]
) -> None:
    """In hundredths of a point; both ways alike, and nothing within the tolerance."""
    stated = {} if tolerance is None else {"tolerance_points": f"{tolerance / 100:.2f}"}
    made = index(wages_realised={"2025": f"{realised / 100:.2f}"}, mix=list(mix), **stated)
    points = (realised - 300) * PERCENT_UNITS // 100
    if abs(realised - 300) <= (tolerance or 0):
        assert made.corrected_afterwards == {}
    else:
        exact = Fraction(points * mix[0], sum(mix))
        assert made.corrected_afterwards == {"2026": floor(exact + Fraction(1, 2))}
    assert made.known["2026"] == index(mix=list(mix)).known["2026"] + made.corrected_afterwards.get("2026", 0)
