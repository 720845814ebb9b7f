"""Redistribution effects on the terminal: the totals, who wins and loses, and the largest shifts."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from gguplan.language import _
from gguplan.model.comparison import SIZE_CLASSES, Comparison, Group
from gguplan.model.explanation.cascades import cascades_in_words
from gguplan.money import plain_euros
from gguplan.reports.tables.json import population_as_dict
from gguplan.reports.terminal.console import console, inhabitants_line, per_inhabitant, print_settings, table
from gguplan.wording.amounts import format_euros, format_number

if TYPE_CHECKING:
    from rich.table import Table


def print_comparison(comparison: Comparison, asked: Sequence[str], how_many: int) -> None:
    """Print a comparison: `asked` are the codes of municipalities to show, next to the `how_many` largest shifts."""
    out = console()
    before, after = comparison.baseline.result, comparison.scenario.result
    out.print(
        _("{scenario} beside {baseline}", scenario=comparison.scenario.title, baseline=comparison.baseline.title),
        style="bold",
        soft_wrap=True,
    )
    print_settings(out, after.inputs)
    for line in dict.fromkeys(inhabitants_line(result.population) for result in (before, after)):
        out.print(line, soft_wrap=True)
    if comparison.over_mergers:
        out.print(merged_in_words(comparison.population.year), soft_wrap=True)
    for note in cascades_beside_each_other(comparison):
        out.print(note, soft_wrap=True)
    index = comparison.population.index
    for heading, chosen in (
        (_("Asked for"), [index[code] for code in asked]),
        (_("Largest effects"), comparison.largest(how_many)),
    ):
        if chosen:
            out.print()
            out.print(heading, style="bold")
            out.print(_municipalities(comparison, chosen))
    words = {"more": _("pay more"), "less": _("pay less"), "same": _("pay the same")}
    for heading, groups in (
        (_("Who"), [(words[one.name], one) for one in comparison.by_direction() if one.municipalities]),
        (_("Size class"), [(size_in_words(int(one.name)), one) for one in comparison.by_size()]),
        (_("Province"), [(one.name, one) for one in comparison.by_province()]),
    ):
        out.print()
        out.print(_groups(heading, groups, comparison.total))
    out.print()
    out.print(
        _(
            "Of all that shifts between municipalities, the tenth of them with the largest shifts carries {share} %.",
            share=format_number(round(100 * comparison.concentration())),
        ),
        soft_wrap=True,
    )


def _municipalities(comparison: Comparison, places: Sequence[int]) -> Table:
    before, after = comparison.rates
    rows = [
        [
            f"{one.name} ({one.gm_code})",
            format_euros(int(comparison.baseline.to_pay[place])),
            format_euros(int(comparison.scenario.to_pay[place])),
            format_euros(int(comparison.effects[place])),
            per_inhabitant(Decimal(str(after[place] - before[place]))),
        ]
        for place in places
        for one in [comparison.population.municipalities[place]]
    ]
    headings = [_("Municipality"), _("baseline"), _("scenario"), _("effect"), _("per inhabitant")]
    return table(headings, rows)


def cascades_beside_each_other(comparison: Comparison) -> list[str]:
    """What the bills of either of the two leave out."""
    return [
        f"{bills.title}: {sentence}"
        for bills in dict.fromkeys((comparison.baseline, comparison.scenario))
        for sentence in cascades_in_words(bills.result)
    ]


def merged_in_words(year: int) -> str:
    """How bills to the municipalities of an earlier date are held beside those of 1 January of `year`."""
    return _(
        "Where municipalities changed in between, one of 1 January {year} has what those that it came from are billed "
        "together.",
        year=year,
    )


def _groups(heading: str, groups: Sequence[tuple[str, Group]], total: Group) -> Table:
    rows = [
        [
            name,
            format_number(one.municipalities),
            format_euros(one.before),
            format_euros(one.after),
            format_euros(one.effect),
            per_inhabitant(one.rate_change),
        ]
        for name, one in [*groups, (_("Total"), total)]
    ]
    headings = [heading, _("municipalities"), _("baseline"), _("scenario"), _("effect"), _("per inhabitant")]
    return table(headings, rows, total=True)


def size_in_words(low: int) -> str:
    """A size class by its lower bound, 0 or one of `SIZE_CLASSES`: "20,000 to 50,000"."""
    if low == 0:
        return _("below {below}", below=format_number(SIZE_CLASSES[0]))
    if low == SIZE_CLASSES[-1]:
        return _("{at_least} and more", at_least=format_number(low))
    return _(
        "{at_least} to {below}",
        at_least=format_number(low),
        below=format_number(SIZE_CLASSES[SIZE_CLASSES.index(low) + 1]),
    )


def comparison_table(comparison: Comparison) -> dict[str, Any]:
    """Every municipality as columns; amounts in cents."""
    every = comparison.population.municipalities
    return {
        "gm_code": [one.gm_code for one in every],
        "name": [one.name for one in every],
        "province": [one.province for one in every],
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
        "baseline": comparison.baseline.result.inputs.name,
        "scenario": comparison.scenario.result.inputs.name,
        "baseline_population": population_as_dict(comparison.baseline.result.population),
        "scenario_population": population_as_dict(comparison.scenario.result.population),
        "municipalities_on": f"{comparison.population.year}-01-01",
        "total": _group_as_dict(comparison.total),
        "by_direction": [_group_as_dict(one) for one in comparison.by_direction()],
        "by_size": [_group_as_dict(one) for one in comparison.by_size()],
        "by_province": [_group_as_dict(one) for one in comparison.by_province()],
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


def _group_as_dict(one: Group) -> dict[str, Any]:
    return {
        "name": one.name,
        "municipalities": one.municipalities,
        "inhabitants": one.inhabitants,
        "baseline": plain_euros(one.before),
        "scenario": plain_euros(one.after),
        "effect": plain_euros(one.effect),
    }
