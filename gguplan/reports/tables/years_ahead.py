"""The bills of several years, for machines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gguplan.model.bill import plain_average
from gguplan.model.result import Table
from gguplan.model.years_ahead.bill_in_a_year import BilledHandOver, YearAhead
from gguplan.money import plain_euros
from gguplan.reports.before_cascades import cascades_beside_a_bill


def years_table(years: Sequence[YearAhead]) -> Table:
    """One row a year: the budget of the fund, all inhabitants, those of the municipality, and what it pays."""
    return {
        "year": [year.year for year in years],
        "reference_year": [year.population.year for year in years],
        "population_status": [year.population.status for year in years],
        "gross_cents": [0 if year.result is None else year.result.totals["gross_cents"] for year in years],
        "inhabitants_together": [year.population.total for year in years],
        "came_from": [", ".join(came_from.name for came_from in year.came_from) for year in years],
        "gm_code": [year.bill.municipality.gm_code for year in years],
        "name": [year.bill.municipality.name for year in years],
        "inhabitants": [year.bill.municipality.inhabitants for year in years],
        "to_pay_cents": [year.bill.to_pay for year in years],
        "to_pay_chance_10_cents": [year.low for year in years],
        "to_pay_chance_90_cents": [year.high for year in years],
        "no_longer_paid_cents": [sum(gone.no_longer_paid for gone in year.handed_over) for year in years],
        "no_longer_received_cents": [sum(gone.no_longer_received for gone in year.handed_over) for year in years],
        "average_euros_per_inhabitant": [
            plain_average(year.bill.per_inhabitant(year.bill.to_pay)) or "" for year in years
        ],
    }


def years_as_dict(title: str, years: Sequence[YearAhead]) -> dict[str, Any]:
    """The bills for a machine; amounts in euros as text."""
    municipality = years[-1].bill.municipality
    return {
        "municipality": {"gm_code": municipality.gm_code, "name": municipality.name},
        "title": title,
        "years": [
            {
                "year": year.year,
                "reference_year": year.population.year,
                "status": year.population.status,
                "inhabitants": year.bill.municipality.inhabitants,
                "inhabitants_together": year.population.total,
                "budget": plain_euros(0 if year.result is None else year.result.totals["gross_cents"]),
                "came_from": [{"gm_code": came_from.gm_code, "name": came_from.name} for came_from in year.came_from],
                "to_pay": plain_euros(year.bill.to_pay),
                "chance_10": plain_euros(year.low),
                "chance_90": plain_euros(year.high),
                "per_inhabitant": plain_average(year.bill.per_inhabitant(year.bill.to_pay)),
                "handed_over": [_hand_over_as_dict(gone) for gone in year.handed_over],
                "notes": cascades_beside_a_bill(year),
            }
            for year in years
        ],
    }


def _hand_over_as_dict(gone: BilledHandOver) -> dict[str, Any]:
    return {
        "programme": gone.name,
        "title": gone.title,
        "from": gone.hand_over.year,
        "to": gone.hand_over.to,
        "budget": plain_euros(gone.budget),
        "no_longer_paid": plain_euros(gone.no_longer_paid),
        "no_longer_received": plain_euros(gone.no_longer_received),
        "on_balance": plain_euros(gone.on_balance),
    }
