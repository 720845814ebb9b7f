"""What a programme cost per unit of what it is there for: realised ÷ volume, where both are published."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from gguplan.fund.inclusions import realised_on_programme
from gguplan.fund.indicators import Indicator
from gguplan.fund.ledger import Ledger
from gguplan.money import RATE_UNITS


class PublishedIndicator(Struct, frozen=True):
    """A printed volume or price. `unit_cost` is what was realised per unit, in ten-thousandths of a euro; None where
    it is not a volume that a programme is there for, or where no final realised amount is published."""

    indicator: Indicator
    unit_cost: int | None


def published_indicators(
    ledger: Ledger, years: Sequence[int], programmes: Sequence[str] = ()
) -> tuple[PublishedIndicator, ...]:
    """The indicators of these years, and those of years without a budget that the reports print to compare with; of
    all programmes, or of some; by programme, then by name, year and use."""
    elsewhere = set(ledger.years()) - set(years)
    rows = [
        row
        for row in ledger.indicators
        if (not programmes or row.programme in programmes) and row.year not in elsewhere
    ]
    programmes_in_order = list(ledger.programmes)
    names_in_order = list(dict.fromkeys(row.indicator for row in ledger.indicators))
    rows.sort(
        key=lambda row: (
            programmes_in_order.index(row.programme),
            names_in_order.index(row.indicator),
            row.year,
            not row.used,
        )
    )
    return tuple(PublishedIndicator(row, _unit_cost(ledger, row)) for row in rows)


def _unit_cost(ledger: Ledger, row: Indicator) -> int | None:
    """Realised ÷ volume, rounded half up. A refund to municipalities outside the programme is no cost of it; an
    amount that an account still to come may change is no evidence of one."""
    if not (row.costed and row.used and row.units) or ledger.provisional(row.programme, row.year):
        return None
    realised = realised_on_programme(ledger, row.programme, row.year)
    if realised is None:
        return None
    return int(realised * RATE_UNITS / (100 * row.units) * 2 + 1) // 2
