"""A result for machines: amounts in euros as text with two decimals, so that none is rounded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from gguplan.findings import Finding
from gguplan.fund.bodies import bodies_of
from gguplan.fund.ledger import PublishedTotal
from gguplan.fund.municipalities import Population
from gguplan.fund.reference_dates import OtherDate
from gguplan.model.bill import Bill
from gguplan.model.result import RunResult, Table
from gguplan.money import plain_euros
from gguplan.reports.tables.volume_deviation import deviation_as_dict
from gguplan.reports.terminal.run import deviations_of, notes

if TYPE_CHECKING:
    from gguplan.model.credit import Credit
    from gguplan.model.spending import Spending


def run_as_dict(
    result: RunResult,
    spending: Spending | None,
    unmet: Sequence[Finding],
    unused_keys: Sequence[str],
    published: PublishedTotal | None = None,
) -> dict[str, Any]:
    """A whole run: the fund, the programmes, the opt-outs, every municipality, what the reports say of its year, and
    what is expected and does not come out; `unused_keys` are what was not used, in sentences."""
    tables = result.tables
    return {
        **_head(result),
        "fund": {name.removesuffix("_cents"): plain_euros(cents) for name, cents in result.totals.items()},
        "programmes": _records(tables["programmes"]),
        "opt_outs": _records(tables["opt_outs"]),
        "adjustments": _records(tables["adjustments"]),
        "municipalities": _records(tables["municipalities"]),
        "forecast": None if spending is None else _spending(spending),
        "published": None
        if published is None
        else {
            "net": plain_euros(published.net),
            "realised": plain_euros(published.realised),
            "provisional": plain_euros(published.provisional),
        },
        "volume_deviations": [deviation_as_dict(row) for row in deviations_of(result)],
        "unmet": [finding.as_dict() for finding in unmet],
        "notes": [*notes(result), *unused_keys],
    }


def _spending(spending: Spending) -> dict[str, str]:
    low, high = spending.underspend.between()
    return {
        "realised_expected": plain_euros(spending.expected_total),
        "income_above_plan_expected": plain_euros(int(spending.income_above_plan.sum())),
        "underspend_expected": plain_euros(spending.underspend.expected),
        "underspend_chance_10": plain_euros(low),
        "underspend_chance_90": plain_euros(high),
    }


def bill_as_dict(
    result: RunResult,
    bill: Bill,
    credit: Credit | None,
    unused_keys: Sequence[str],
    dates: Sequence[OtherDate] = (),
) -> dict[str, Any]:
    """One municipality's bill, what it can expect back of it, and what it would be over the inhabitants of other
    `dates`; `unused_keys` are what was not used, in sentences."""
    municipality = bill.municipality
    return {
        "municipality": {
            "gm_code": municipality.gm_code,
            "name": municipality.name,
            "province": municipality.province,
            "inhabitants": municipality.inhabitants,
        },
        **bill.as_dict(),
        "leaves_by_cascade": result.leaves_by_cascade[result.population.index[municipality.gm_code]],
        "credit": None
        if credit is None
        else {
            "expected": plain_euros(credit.expected),
            "without_vat": plain_euros(credit.net),
            "known": credit.known,
            "provisional": credit.provisional,
            "chance_10": plain_euros(credit.low),
            "chance_90": plain_euros(credit.high),
        },
        "other_reference_dates": [
            {
                "reference_year": date.year,
                "to_pay": None if date.to_pay is None else plain_euros(date.to_pay),
                "comparable": date.comparable,
            }
            for date in dates
        ],
        **_head(result),
        "notes": [*notes(result), *unused_keys],
    }


def _head(result: RunResult) -> dict[str, Any]:
    scenario = result.fund_year
    return {
        "scenario": result.fund_year.origin.name,
        "title": scenario.title,
        "year": scenario.year,
        "settings": list(result.fund_year.origin.settings),
        "extends": list(result.fund_year.origin.files[1:]),
        "population": population_as_dict(result.population),
    }


def population_as_dict(population: Population) -> dict[str, Any]:
    """Whose inhabitants count."""
    return {
        "reference_date": f"{population.year}-01-01",
        "status": population.status,
        "inhabitants": population.total,
        "municipalities": len(population.without_bodies),
        "other_bodies": [
            {"name": body.gm_code, "title": body.name, "kind": body.kind} for body in bodies_of(population)
        ],
    }


def _records(table: Table) -> list[dict[str, Any]]:
    columns = {
        name.removesuffix("_cents"): [plain_euros(value) for value in values]
        if name.endswith("_cents")
        else [value.item() if hasattr(value, "item") else value for value in values]
        for name, values in table.items()
    }
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
