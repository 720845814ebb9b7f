"""Volume and price of the year ahead, for machines."""

from __future__ import annotations

from typing import Any

from gguplan.model.volume_outlook import FactorOutlook, VolumeOutlook
from gguplan.money import RATE_UNITS, plain_euros


def outlook_as_dict(row: VolumeOutlook) -> dict[str, Any]:
    """One outlook; prices and amounts in euros as text, without VAT. An 80 % interval is null where nothing says
    how far it may move."""
    change = row.change
    return {
        "programme": row.name,
        "counted": None if row.counted is None else row.counted.english,
        "fixed": plain_euros(row.fixed),
        "volume": {
            "expected": round(row.volume.expected),
            "between": None if row.volume.ends is None else [round(end) for end in row.volume.ends],
            "spent_if_it_moves": _euros(row.spent_if_volume_moves()),
        },
        "price": {
            "expected": _price(row.price.expected),
            "between": _prices(row.price),
            "spent_if_it_moves": _euros(row.spent_if_price_moves()),
        },
        "mover": row.mover,
        "years": [year.year for year in row.years],
        "last_change": None
        if change is None
        else {
            "since": change.since,
            "until": change.until,
            "of_volume": plain_euros(change.of_volume),
            "of_price": plain_euros(change.of_price),
        },
    }


def _euros(ends: tuple[int, int] | None) -> list[str] | None:
    return None if ends is None else [plain_euros(cents) for cents in ends]


def _prices(price: FactorOutlook) -> list[str] | None:
    return None if price.ends is None else [_price(end) for end in price.ends]


def _price(units: float) -> str:
    return f"{units / RATE_UNITS:.4f}"
