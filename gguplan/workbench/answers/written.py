"""Differences, with their sign."""

from __future__ import annotations

from decimal import Decimal

from gguplan.wording.amounts import format_euros, per_inhabitant, signed


def difference(cents: int) -> str:
    """An amount more or less, with its sign; a dash for nothing."""
    if not cents:
        return "–"
    return signed(format_euros(cents), cents)


def rate_difference(euros: Decimal | float) -> str:
    """Euros per inhabitant more or less, with their sign; a dash for what four decimals do not show."""
    rounded = round(Decimal(str(euros)), 4)
    if not rounded:
        return "–"
    return signed(per_inhabitant(rounded), rounded)
