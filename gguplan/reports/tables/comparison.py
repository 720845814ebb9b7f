"""The effects of a comparison as a table, and the comparison for machines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gguplan.model.comparison import Comparison, Group
from gguplan.money import plain_euros
from gguplan.reports.tables.json import population_as_dict
from gguplan.reports.terminal.comparison import cascades_beside_each_other


def comparison_table(comparison: Comparison) -> dict[str, Any]:
    """Every municipality as columns; amounts in cents."""
    municipalities = comparison.population.municipalities
    return {
        "gm_code": [municipality.gm_code for municipality in municipalities],
        "name": [municipality.name for municipality in municipalities],
        "province": [municipality.province for municipality in municipalities],
        "inhabitants_baseline": comparison.baseline.inhabitants,
        "inhabitants_scenario": comparison.scenario.inhabitants,
        "baseline_cents": comparison.baseline.to_pay,
        "scenario_cents": comparison.scenario.to_pay,
        "effect_cents": comparison.effects,
        "leaves_by_cascade_baseline": comparison.baseline.leaves_by_cascade,
        "leaves_by_cascade_scenario": comparison.scenario.leaves_by_cascade,
    }


def comparison_as_dict(comparison: Comparison, unused_keys: Sequence[str] = ()) -> dict[str, Any]:
    """The comparison for a machine; amounts in euros as text. `unused_keys` say what of the scenarios is not in it."""
    columns = comparison_table(comparison)
    return {
        "baseline": comparison.baseline.result.fund_year.origin.name,
        "scenario": comparison.scenario.result.fund_year.origin.name,
        "baseline_population": population_as_dict(comparison.baseline.result.population),
        "scenario_population": population_as_dict(comparison.scenario.result.population),
        "municipalities_on": f"{comparison.population.year}-01-01",
        "total": _group_as_dict(comparison.total),
        "by_direction": [_group_as_dict(group) for group in comparison.by_direction()],
        "by_size": [_group_as_dict(group) for group in comparison.by_size()],
        "by_province": [_group_as_dict(group) for group in comparison.by_province()],
        "other_bodies": None if comparison.of_bodies is None else _group_as_dict(comparison.of_bodies),
        "concentration_of_a_tenth": comparison.concentration(),
        "notes": [*cascades_beside_each_other(comparison), *unused_keys],
        "municipalities": [
            {
                "gm_code": code,
                "name": name,
                "baseline": plain_euros(before),
                "scenario": plain_euros(after),
                "effect": plain_euros(effect),
            }
            for code, name, before, after, effect in zip(
                columns["gm_code"],
                columns["name"],
                columns["baseline_cents"],
                columns["scenario_cents"],
                columns["effect_cents"],
                strict=True,
            )
        ],
    }


def _group_as_dict(group: Group) -> dict[str, Any]:
    return {
        "name": group.name,
        "municipalities": group.municipalities,
        "inhabitants": group.inhabitants,
        "baseline": plain_euros(group.before),
        "scenario": plain_euros(group.after),
        "effect": plain_euros(group.effect),
    }
