"""Redistribution effects: who pays more or less than in the baseline."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from gguplan.language import _
from gguplan.model.bill import rate_of_one
from gguplan.model.comparison import Comparison, Group
from gguplan.reports.proposal.blocks import Heading, Paragraph, Part, Table, see
from gguplan.reports.proposal.material import Material
from gguplan.reports.proposal.pictures import map_of_effects, picture_by_size
from gguplan.reports.proposal.sentences.change import rate
from gguplan.reports.proposal.sentences.effects import by_size, directions, largest_shifts, same_for_all
from gguplan.reports.terminal.comparison import bodies_row, size_in_words
from gguplan.wording.amounts import format_euros, format_number, per_inhabitant, signed
from gguplan.wording.bodies import inhabitants_of, payer_heading
from gguplan.wording.concentration import concentrated

_LARGEST_SHOWN: Final = 10


def effects(material: Material) -> list[Part]:
    """Effects by direction, by size class, on the map, and the largest; without a baseline that there are none."""
    heading = Heading(2, _("Redistribution effects"))
    comparison, boundaries = material.comparison, material.boundaries
    if comparison is None or boundaries is None:
        return [
            heading,
            Paragraph(
                _(
                    "There is no earlier year or other proposal to compare with, so redistribution effects are not in "
                    "this paper."
                )
            ),
        ]
    sentences = [
        directions(*comparison.by_direction()),
        *largest_shifts(
            [municipality.name for municipality in comparison.population.municipalities], comparison.effects.tolist()
        ),
    ]
    parts: list[Part] = [heading, Paragraph(" ".join(sentences))]
    if not comparison.effects.any():
        return parts
    if _same_for_all(comparison):
        share, everybody = comparison.concentration(), len(comparison.population.without_bodies)
        nothing = "" if share else concentrated(share, everybody)
        return [*parts, Paragraph(" ".join(filter(None, [_same(comparison), nothing]))), *_largest_of(comparison)]
    more, less, _same_bill = comparison.by_direction()
    # Where all that changes goes one way, nothing shifts from some to others.
    tenth = (
        concentrated(comparison.concentration(), len(comparison.population.without_bodies))
        if more.municipalities and less.municipalities
        else ""
    )
    groups = comparison.by_size()
    sizes = [size_in_words(int(group.name)) for group in groups]
    sentences = [by_size(groups, sizes), tenth]
    shown = _(
        "{table} and {figure} show the effects by size class, {map} shows where they fall.",
        table=see("sizes"),
        figure=see("size-chart"),
        map=see("map"),
    )
    if not boundaries.areas:
        shown = _("{table} and {figure} show the effects by size class.", table=see("sizes"), figure=see("size-chart"))
    parts += [
        Heading(3, _("By size class")),
        Paragraph(" ".join(filter(None, [*sentences, shown]))),
        _groups(groups, sizes, comparison),
        picture_by_size(comparison),
        *_largest_of(comparison),
    ]
    if boundaries.areas:
        parts += [Heading(3, _("On the map")), map_of_effects(comparison, boundaries)]
    return parts


def _same_for_all(comparison: Comparison) -> bool:
    """Whether all change alike per inhabitant: then charts and a map by inhabitant have nothing to show."""
    return same_for_all(_rate_changes(comparison))


def _rate_changes(comparison: Comparison) -> list[Decimal]:
    before, after = comparison.rates
    return [Decimal(repr(change)) for change in (after - before)[~comparison.population.is_body].tolist()]


def _same(comparison: Comparison) -> str:
    change = rate(comparison.total.rate_change)
    amount = per_inhabitant(abs(change))
    if aside := max(abs(rate(rate_change) - change) for rate_change in _rate_changes(comparison)):
        amount = _("{amount}, but for at most {difference}", amount=amount, difference=per_inhabitant(aside))
    if change > 0:
        return _(
            "Every municipality pays the same amount more per inhabitant: {amount}. What differs in euros follows from "
            "how many inhabitants there are, so there is no chart and no map of it.",
            amount=amount,
        )
    if change < 0:
        return _(
            "Every municipality pays the same amount less per inhabitant: {amount}. What differs in euros follows from "
            "how many inhabitants there are, so there is no chart and no map of it.",
            amount=amount,
        )
    return _(
        "Per inhabitant every municipality pays as before. What differs in euros follows from how many inhabitants "
        "there are, so there is no chart and no map of it."
    )


def _largest_of(comparison: Comparison) -> list[Part]:
    return [
        Heading(3, _("Largest effects")),
        Paragraph(_("{table} has the municipalities whose contribution changes most, in euros.", table=see("largest"))),
        _largest(comparison),
    ]


def _groups(groups: Sequence[Group], names: Sequence[str], comparison: Comparison) -> Table:
    rows = tuple(
        (
            name,
            format_number(group.municipalities),
            format_euros(group.before),
            format_euros(group.after),
            signed(format_euros(group.effect), group.effect),
            "–" if group.rate_change_of_somebody is None else _rate(group.rate_change),
        )
        for name, group in [*zip(names, groups, strict=True), *bodies_row(comparison), (_("Total"), comparison.total)]
    )
    headings = (
        _("Inhabitants"),
        _("municipalities"),
        _("baseline"),
        _("proposal"),
        _("effect"),
        _("change of the rate"),
    )
    return Table(
        "sizes",
        _("Redistribution effects by size class, including VAT"),
        headings,
        rows,
        (20, 13, 19, 19, 16, 13),
        total=True,
    )


def _rate(exact: Decimal) -> str:
    euros = rate(exact)
    return signed(per_inhabitant(euros), euros)


def _rate_of_one(after: Decimal | None, before: Decimal | None) -> str:
    """The change of what one pays per inhabitant; a dash of who has none."""
    return "–" if after is None or before is None else _rate(after - before)


def _largest(comparison: Comparison) -> Table:
    before, after = comparison.baseline.to_pay.tolist(), comparison.scenario.to_pay.tolist()
    counted = comparison.baseline.inhabitants.tolist()
    rows = tuple(
        (
            municipality.name,
            inhabitants_of(municipality),
            format_euros(before[place]),
            format_euros(after[place]),
            signed(format_euros(after[place] - before[place]), after[place] - before[place]),
            _rate_of_one(
                rate_of_one(after[place], municipality.inhabitants), rate_of_one(before[place], counted[place])
            ),
        )
        for place in comparison.largest(_LARGEST_SHOWN)
        for municipality in [comparison.population.municipalities[place]]
    )
    headings = (
        payer_heading(comparison.population),
        _("inhabitants"),
        _("baseline"),
        _("proposal"),
        _("effect"),
        _("change of the rate"),
    )
    return Table(
        "largest", _("Largest redistribution effects, including VAT"), headings, rows, (26, 13, 17, 17, 15, 12)
    )
