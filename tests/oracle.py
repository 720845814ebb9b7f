"""The slow exact oracle: largest remainder in fractions, one step at a time, written from the rule alone."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction


def largest_remainder(total: int, weights: Sequence[int], codes: Sequence[int]) -> list[int]:
    """Hamilton's method: whole cents down, then one cent each to the largest remainders; a tie goes to the
    larger weight, then to the lower code."""
    exact = [Fraction(total * weight, sum(weights)) for weight in weights]
    parts = [share.numerator // share.denominator for share in exact]
    queue = sorted(range(len(weights)), key=lambda unit: (parts[unit] - exact[unit], -weights[unit], codes[unit]))
    for unit in queue[: total - sum(parts)]:
        parts[unit] += 1
    return parts
