"""Redistribution effects: who pays more or less than in the baseline."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from gguplan.language import _
from gguplan.model.bill import euros_per_inhabitant
from gguplan.model.comparison import Comparison, Group
from gguplan.reports.proposal.content import Heading, Paragraph, Part, Table, see
from gguplan.reports.proposal.material import Material
from gguplan.reports.proposal.pictures import map_of_effects, picture_by_size
from gguplan.reports.proposal.sentences.change import rate, signed
from gguplan.reports.proposal.sentences.effects import by_size, concentrated, directions, largest_shifts
from gguplan.reports.terminal.comparison import size_in_words
from gguplan.reports.terminal.console import per_inhabitant
from gguplan.wording.amounts import format_euros, format_number

_LARGEST_SHOWN: Final = 10


def effects(material: Material) -> list[Part]:
    """Effects by direction, by size class, on the map, and the largest; without a baseline that there are none."""
    heading = Heading(1, _("Redistribution effects"))
    found = material.comparison
    if found is None:
        return [
            heading,
            Paragraph(
                _(
                    "There is no earlier year or other proposal to compare with, so redistribution effects are not in "
                    "this paper."
                )
            ),
        ]
    said = [
        directions(*found.by_direction()),
        *largest_shifts(
            [municipality.name for municipality in found.population.municipalities], found.effects.tolist()
        ),
    ]
    parts: list[Part] = [heading, Paragraph(" ".join(said))]
    if not found.effects.any():
        return parts
    groups = found.by_size()
    sizes = [size_in_words(int(group.name)) for group in groups]
    said = [by_size(groups, sizes), concentrated(found.concentration())]
    shown = _(
        "{table} and {figure} show the effects by size class, {map} shows where they fall.",
        table=see("sizes"),
        figure=see("size-chart"),
        map=see("map"),
    )
    return [
        *parts,
        Heading(2, _("By size class")),
        Paragraph(" ".join(filter(None, [*said, shown]))),
        _groups(groups, sizes, found.total),
        picture_by_size(found),
        Heading(2, _("Largest effects")),
        Paragraph(_("{table} has the municipalities whose contribution changes most, in euros.", table=see("largest"))),
        _largest(found),
        Heading(2, _("On the map")),
        map_of_effects(found),
    ]


def _groups(groups: Sequence[Group], names: Sequence[str], total: Group) -> Table:
    rows = tuple(
        (
            name,
            format_number(group.municipalities),
            format_euros(group.before),
            format_euros(group.after),
            signed(format_euros(group.effect), group.effect),
            _rate(group.rate_change),
        )
        for name, group in [*zip(names, groups, strict=True), (_("Total"), total)]
    )
    headings = (
        _("Inhabitants"),
        _("municipalities"),
        _("baseline"),
        _("proposal"),
        _("effect"),
        _("per inhabitant"),
    )
    return Table(
        "sizes", _("Redistribution effects by size class"), headings, rows, (20, 13, 19, 19, 16, 13), total=True
    )


def _rate(exact: Decimal) -> str:
    euros = rate(exact)
    return signed(per_inhabitant(euros), euros)


def _largest(found: Comparison) -> Table:
    before, after = found.baseline.to_pay.tolist(), found.scenario.to_pay.tolist()
    counted = found.baseline.inhabitants.tolist()
    rows = tuple(
        (
            municipality.name,
            format_number(municipality.inhabitants),
            format_euros(before[place]),
            format_euros(after[place]),
            signed(format_euros(after[place] - before[place]), after[place] - before[place]),
            _rate(
                euros_per_inhabitant(after[place], municipality.inhabitants)
                - euros_per_inhabitant(before[place], counted[place])
            ),
        )
        for place in found.largest(_LARGEST_SHOWN)
        for municipality in [found.population.municipalities[place]]
    )
    headings = (
        _("Municipality"),
        _("inhabitants"),
        _("baseline"),
        _("proposal"),
        _("effect"),
        _("per inhabitant"),
    )
    return Table("largest", _("Largest redistribution effects"), headings, rows, (26, 13, 17, 17, 15, 12))
