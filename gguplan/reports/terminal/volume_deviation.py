"""Why a programme cost something else than fixed + volume × price, in a sentence."""

from __future__ import annotations

from gguplan.language import _
from gguplan.model.volume_deviation import VolumeDeviation
from gguplan.wording.amounts import format_euros, format_number, format_price


def deviation_in_words(row: VolumeDeviation) -> str:
    """What was spent more or less than budgeted, and how much of that comes of the volume and of the price."""
    amounts = {
        "title": row.title,
        "year": row.year,
        "amount": format_euros(abs(row.deviation)),
        "planned": format_number(row.budget.volume),
        "came": format_number(row.volume),
        "of_volume": format_euros(row.of_volume),
        "budgeted": format_price(row.budget.price),
        "paid": "–" if row.price is None else format_price(row.price),
        "of_price": format_euros(row.of_price),
    }
    if row.deviation < 0:
        return _(
            "{title} {year}: {amount} less was spent than budgeted. By the volume ({planned} → {came}): {of_volume}; "
            "by the price per unit ({budgeted} → {paid}): {of_price}.",
            **amounts,
        )
    return _(
        "{title} {year}: {amount} more was spent than budgeted. By the volume ({planned} → {came}): {of_volume}; by "
        "the price per unit ({budgeted} → {paid}): {of_price}.",
        **amounts,
    )
