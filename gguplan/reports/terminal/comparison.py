"""Redistribution effects on the terminal: the totals, who wins and loses, and the largest shifts."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from gguplan.language import _
from gguplan.model.comparison import SIZE_CLASSES, Comparison, Group
from gguplan.reports.before_cascades import cascades_in_words
from gguplan.reports.terminal.console import console, print_settings, table
from gguplan.wording.amounts import format_euros, format_number, per_inhabitant
from gguplan.wording.bodies import payer_heading
from gguplan.wording.concentration import concentrated
from gguplan.wording.other_dates import others_in_words
from gguplan.wording.population import inhabitants_line

if TYPE_CHECKING:
    from rich.table import Table


def print_comparison(comparison: Comparison, gm_codes: Sequence[str], how_many: int) -> None:
    """Print a comparison: `gm_codes` are the municipalities to show, next to the `how_many` largest shifts."""
    out = console()
    before, after = comparison.baseline.result, comparison.scenario.result
    out.print(
        _("{scenario} beside {baseline}", scenario=comparison.scenario.title, baseline=comparison.baseline.title),
        style="bold",
        soft_wrap=True,
    )
    print_settings(out, after.fund_year.origin)
    for line in dict.fromkeys(inhabitants_line(result.population) for result in (before, after)):
        out.print(line, soft_wrap=True)
    if comparison.over_mergers:
        out.print(merged_in_words(comparison.population.year), soft_wrap=True)
    for note in (*cascades_beside_each_other(comparison), *other_dates_beside_each_other(comparison)):
        out.print(note, soft_wrap=True)
    index = comparison.population.index
    for heading, chosen in (
        (_("Asked for, with VAT"), [index[code] for code in gm_codes]),
        (_("Largest effects, with VAT"), comparison.largest(how_many)),
    ):
        if chosen:
            out.print()
            out.print(heading, style="bold")
            out.print(_municipalities(comparison, chosen))
    words = {"more": _("pay more"), "less": _("pay less"), "same": _("pay the same")}
    for heading, groups in (
        (
            _("Who, amounts with VAT"),
            [(words[group.name], group) for group in comparison.by_direction() if group.municipalities],
        ),
        (
            _("Size class, amounts with VAT"),
            [(size_in_words(int(group.name)), group) for group in comparison.by_size()],
        ),
        (_("Province, amounts with VAT"), [(group.name, group) for group in comparison.by_province()]),
    ):
        out.print()
        out.print(_groups(heading, groups, comparison))
    sentence = concentrated(comparison.concentration(), len(comparison.population.without_bodies))
    if sentence:
        out.print()
        out.print(sentence, soft_wrap=True)


def _municipalities(comparison: Comparison, places: Sequence[int]) -> Table:
    before, after = comparison.rates
    rows = [
        [
            f"{municipality.name} ({municipality.gm_code})",
            format_euros(int(comparison.baseline.to_pay[place])),
            format_euros(int(comparison.scenario.to_pay[place])),
            format_euros(int(comparison.effects[place])),
            per_inhabitant(None if municipality.is_body else Decimal(str(after[place] - before[place]))),
        ]
        for place in places
        for municipality in [comparison.population.municipalities[place]]
    ]
    headings = [
        payer_heading(comparison.population),
        _("baseline"),
        _("scenario"),
        _("effect"),
        _("change of the rate"),
    ]
    return table(headings, rows)


def cascades_beside_each_other(comparison: Comparison) -> list[str]:
    """What the bills of either of the two leave out."""
    return [
        f"{bills.title}: {sentence}"
        for bills in dict.fromkeys((comparison.baseline, comparison.scenario))
        for sentence in cascades_in_words(bills.result)
    ]


def other_dates_beside_each_other(comparison: Comparison) -> list[str]:
    """What another reference date would change in each of the two, where it is an assumption."""
    sides = (comparison.scenario, comparison.baseline)
    return [f"{side.title}: {sentence}." for side in sides for sentence in others_in_words(side.result.other_dates)]


def merged_in_words(year: int) -> str:
    """How bills to the municipalities of an earlier date are held beside those of 1 January of `year`."""
    return _(
        "Where municipalities changed in between, one of 1 January {year} has what those that it came from are billed "
        "together.",
        year=year,
    )


def bodies_row(comparison: Comparison) -> list[tuple[str, Group]]:
    """The row of bodies without inhabitants below groups of municipalities; none without any."""
    bodies = comparison.of_bodies
    return [] if bodies is None else [(_("other bodies"), bodies)]


def _groups(heading: str, groups: Sequence[tuple[str, Group]], comparison: Comparison) -> Table:
    rows = [
        [
            name,
            format_number(group.municipalities),
            format_euros(group.before),
            format_euros(group.after),
            format_euros(group.effect),
            per_inhabitant(group.rate_change_of_somebody),
        ]
        for name, group in [*groups, *bodies_row(comparison), (_("Total"), comparison.total)]
    ]
    headings = [heading, _("municipalities"), _("baseline"), _("scenario"), _("effect"), _("change of the rate")]
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
