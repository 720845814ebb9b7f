"""Volumes and prices of the reports as a table, and for machines."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from gguplan.model.result import Table
from gguplan.model.unit_costs import PublishedIndicator
from gguplan.money import RATE_UNITS
from gguplan.wording.ledger import in_language


def indicators_table(rows: Sequence[PublishedIndicator]) -> Table:
    """One row for each print; `cost_per_unit` is what was realised per unit, in euros."""
    return {
        "programme": [row.indicator.programme for row in rows],
        "indicator": [row.indicator.indicator for row in rows],
        "title": [in_language(row.indicator.name) for row in rows],
        "year": [row.indicator.year for row in rows],
        "since": [row.indicator.since for row in rows],
        "period": [row.indicator.period for row in rows],
        "kind": [row.indicator.kind for row in rows],
        "printed": [row.indicator.printed for row in rows],
        "value": [_plain(row.indicator.value) for row in rows],
        "unit": [row.indicator.unit for row in rows],
        "qualifier": [row.indicator.qualifier for row in rows],
        "used": [row.indicator.used for row in rows],
        "cost_per_unit": [_euros(row.unit_cost) for row in rows],
        "source": [f"{row.indicator.document}, {row.indicator.section}" for row in rows],
        "sentence": [row.indicator.sentence for row in rows],
        "remark": [
            "" if row.indicator.remark_to_show is None else in_language(row.indicator.remark_to_show) for row in rows
        ],
    }


def indicators_as_list(rows: Sequence[PublishedIndicator]) -> list[dict[str, Any]]:
    """The same for a machine, a print each; null where nothing is known."""
    table = indicators_table(rows)
    listed = [dict(zip(table, cells, strict=True)) for cells in zip(*table.values(), strict=True)]
    for row in listed:
        row["value"] = row["value"] or None
        row["cost_per_unit"] = row["cost_per_unit"] or None
    return listed


def _plain(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}"


def _euros(cost: int | None) -> str:
    return "" if cost is None else f"{Decimal(cost) / RATE_UNITS:.4f}"
