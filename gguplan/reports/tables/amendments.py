"""A budget and its amendments as a table, and for machines."""

from __future__ import annotations

from typing import Any

from gguplan.model.amendments import Amendments
from gguplan.money import plain_euros


def amendments_table(amendments: Amendments) -> dict[str, Any]:
    """A row for each municipality and year: the budget, what each amendment changes, and what it comes to; cents."""
    rows = [(year, position) for year in amendments.years for position in range(len(year.population.municipalities))]
    columns: dict[str, Any] = {
        "year": [year.year for year, _position in rows],
        "gm_code": [year.population.municipalities[position].gm_code for year, position in rows],
        "name": [year.population.municipalities[position].name for year, position in rows],
    }
    parts = [year.of(position) for year, position in rows]
    columns["budget_cents"] = [part[0] for part in parts]
    for place, stage in enumerate(amendments.stages[1:], start=1):
        columns[f"amendment_{stage.number}_cents"] = [part[place] for part in parts]
    columns["amended_cents"] = [sum(part) for part in parts]
    return columns


def amendments_as_dict(amendments: Amendments) -> dict[str, Any]:
    """The stages with their sources, and every year; amounts in euros as text."""
    return {
        "stages": [
            {"amendment": stage.number, "title": stage.title, "source": stage.source} for stage in amendments.stages
        ],
        "years": [
            {
                "year": year.year,
                "total": list(map(plain_euros, year.total)),
                "municipalities": [
                    {
                        "gm_code": municipality.gm_code,
                        "name": municipality.name,
                        "amounts": list(map(plain_euros, year.of(position))),
                    }
                    for position, municipality in enumerate(year.population.municipalities)
                ],
            }
            for year in amendments.years
        ],
    }
