"""The bills of several years, for machines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gguplan.model.years_ahead import YearAhead
from gguplan.money import plain_euros
from gguplan.reports.before_cascades import cascades_beside_a_bill


def years_as_dict(title: str, years: Sequence[YearAhead]) -> dict[str, Any]:
    """The bills for a machine; amounts in euros as text."""
    one = years[0].bill.municipality
    return {
        "municipality": {"gm_code": one.gm_code, "name": one.name},
        "title": title,
        "years": [
            {
                "year": year.year,
                "reference_year": year.population.year,
                "status": year.population.status,
                "inhabitants": year.bill.municipality.inhabitants,
                "to_pay": plain_euros(year.bill.to_pay),
                "chance_10": plain_euros(year.low),
                "chance_90": plain_euros(year.high),
                "per_inhabitant": f"{year.bill.per_inhabitant(year.bill.to_pay):.4f}",
                "notes": cascades_beside_a_bill(year),
            }
            for year in years
        ],
    }
