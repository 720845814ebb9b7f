"""Comparisons with a baseline as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec.structs import replace

from gguplan.language import _
from gguplan.model.amendments import Amendments
from gguplan.model.comparison import Comparison, Group
from gguplan.model.result import Table
from gguplan.reports.tables.amendments import amendments_table
from gguplan.reports.tables.comparison import comparison_table
from gguplan.reports.terminal.comparison import (
    bodies_row,
    cascades_beside_each_other,
    merged_in_words,
    size_in_words,
)
from gguplan.reports.workbook.table_book import TableSheet, table_workbook
from gguplan.wording.amounts import format_euros, format_number
from gguplan.wording.population import inhabitants_line

_EFFECT = {"effect_cents": {"scenario_cents": 1, "baseline_cents": -1}}
_ADDED = frozenset(("inhabitants_baseline", "inhabitants_scenario", "baseline_cents", "scenario_cents", "effect_cents"))


def comparison_workbook(comparisons: Sequence[Comparison], amendments: Amendments | None = None) -> bytes:
    """The effects of each scenario on every municipality, by size class and by province; of a budget and its amendments
    what each changes, a sheet for each year."""
    several = len(comparisons) > 1
    answer: list[str] = []
    sheets: list[TableSheet] = []
    for number, comparison in enumerate(comparisons, start=1):
        behind = f" {number}" if several else ""
        title = _(
            "{scenario} beside {baseline}", scenario=comparison.scenario.title, baseline=comparison.baseline.title
        )
        answer += [title, _in_words(comparison), *_remarks(comparison)]
        sheets += [
            TableSheet(_("Effects") + behind, title, comparison_table(comparison), _ADDED, _EFFECT),
            TableSheet(
                _("Size classes") + behind,
                title,
                _groups([(size_in_words(int(group.name)), group) for group in comparison.by_size()], comparison),
                _ADDED,
                _EFFECT,
            ),
            TableSheet(
                _("Provinces") + behind,
                title,
                _groups([(group.name, group) for group in comparison.by_province()], comparison),
                _ADDED,
                _EFFECT,
            ),
        ]
    if amendments is not None:
        sheets += [_of_a_year(replace(amendments, years=(year,))) for year in amendments.years]
    baseline = comparisons[0].baseline
    results = [baseline.result, *(comparison.scenario.result for comparison in comparisons)]
    sources = {result.fund_year.title: inhabitants_line(result.population) for result in results}
    day = date(comparisons[0].population.year, 1, 1)
    return table_workbook(
        _("Effects beside {baseline}", baseline=baseline.title), answer, list(sources.items()), sheets, day
    )


def _of_a_year(amendments: Amendments) -> TableSheet:
    """What each amendment changes in one year, and what it comes to."""
    table, (year,) = amendments_table(amendments), amendments.years
    parts = [name for name in table if name.endswith("_cents") and name != "amended_cents"]
    sums = {"amended_cents": dict.fromkeys(parts, 1)}
    titles = "; ".join(stage.title for stage in amendments.stages)
    added = frozenset((*parts, "amended_cents"))
    return TableSheet(_("Amendments {year}", year=year.year), titles, table, added, sums)


def _in_words(comparison: Comparison) -> str:
    counts = {group.name: group.municipalities for group in comparison.by_direction()}
    return _(
        "{more} municipalities pay more, {less} pay less and {same} the same; together {before} becomes {after}.",
        more=format_number(counts.get("more", 0)),
        less=format_number(counts.get("less", 0)),
        same=format_number(counts.get("same", 0)),
        before=format_euros(comparison.total.before),
        after=format_euros(comparison.total.after),
    )


def _remarks(comparison: Comparison) -> list[str]:
    merged = [merged_in_words(comparison.population.year)] if comparison.over_mergers else []
    return [*merged, *cascades_beside_each_other(comparison)]


def _groups(of_municipalities: Sequence[tuple[str, Group]], comparison: Comparison) -> Table:
    groups = [*of_municipalities, *bodies_row(comparison)]
    return {
        "group": [name for name, _group in groups],
        "municipalities": [group.municipalities for _name, group in groups],
        "inhabitants": [group.inhabitants for _name, group in groups],
        "baseline_cents": [group.before for _name, group in groups],
        "scenario_cents": [group.after for _name, group in groups],
        "effect_cents": [group.effect for _name, group in groups],
    }
