"""Amounts that are only roughly known and stand under each other: rounded so that they still add up."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from gguplan.wording.amounts import format_about


def about(cents: int, unit: int) -> int:
    """Cents rounded as `format_about` prints them; what prints alike is equal."""
    return 100 * unit * round(Decimal(cents) / 100 / unit)


def rounded_to(parts: Sequence[int], total: int, unit: int) -> list[int]:
    """Parts in cents, rounded to `unit` euros so that they add up to a `total` that is rounded already.

    Each is rounded down, and what is left goes to the largest remainders, as with whole cents; a part of 0 stays 0
    where any other is not.
    """
    step = 100 * unit
    rounded = [part // step * step for part in parts]
    open_places = [place for place, part in enumerate(parts) if part] or list(range(len(parts)))
    left = (total - sum(rounded)) // step
    order = sorted(open_places, key=lambda place: Fraction(parts[place] % step, step), reverse=left > 0)
    whole, more = divmod(abs(left), len(order)) if order else (0, 0)
    for position, place in enumerate(order):
        rounded[place] += (step if left > 0 else -step) * (whole + (position < more))
    return rounded


def formatted_to(parts: Sequence[int], total: int, unit: int) -> list[str]:
    """Parts in cents as they are printed above their total: the prints add up to that of `format_about(total)`."""
    return [format_about(cents, unit) for cents in rounded_to(parts, about(total, unit), unit)]
