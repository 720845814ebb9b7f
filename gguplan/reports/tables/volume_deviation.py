"""Deviations split into volume and price, for machines."""

from __future__ import annotations

from typing import Any

from gguplan.model.volume_deviation import VolumeDeviation
from gguplan.model.volumes import volume_cents
from gguplan.money import plain_euros, plain_rate


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
        "price_budgeted": plain_rate(row.budget.price),
        "price_realised": None if row.price is None else plain_rate(row.price),
        "effect_of_volume": plain_euros(row.of_volume),
        "effect_of_price": plain_euros(row.of_price),
    }
