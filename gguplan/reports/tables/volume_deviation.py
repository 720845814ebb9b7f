"""Deviations split into volume and price, for machines."""

from __future__ import annotations

from typing import Any

from gguplan.model.volume_deviation import VolumeDeviation
from gguplan.model.volumes import volume_cents
from gguplan.money import RATE_UNITS, plain_euros


def deviation_as_dict(row: VolumeDeviation) -> dict[str, Any]:
    """One deviation; amounts in euros as text, without VAT."""
    return {
        "programme": row.name,
        "year": row.year,
        "budget": plain_euros(volume_cents(row.budget)),
        "realised": plain_euros(row.realised),
        "fixed": plain_euros(row.budget.fixed),
        "volume_budgeted": row.budget.volume,
        "volume_realised": row.volume,
        "price_budgeted": _price(row.budget.price),
        "price_realised": None if row.price is None else _price(row.price),
        "effect_of_volume": plain_euros(row.of_volume),
        "effect_of_price": plain_euros(row.of_price),
    }


def _price(units: int) -> str:
    sign, units = ("-", -units) if units < 0 else ("", units)
    return f"{sign}{units // RATE_UNITS}.{units % RATE_UNITS:04}"
