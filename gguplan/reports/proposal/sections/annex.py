"""The annex: what every municipality pays, before and after."""

from __future__ import annotations

from gguplan.language import _
from gguplan.model.bill import euros_per_inhabitant
from gguplan.model.comparison import Comparison
from gguplan.reports.before_cascades import before_each_cascade
from gguplan.reports.proposal.blocks import Heading, Paragraph, Part, Table
from gguplan.reports.proposal.material import Material
from gguplan.reports.proposal.sentences.change import rate
from gguplan.wording.amounts import format_euros, format_number, per_inhabitant, signed


def annex(material: Material) -> list[Part]:
    """Every municipality, by name, on a page of its own."""
    compared = material.comparison
    sentences = before_each_cascade(material.result) if compared is None else _before_cascades(compared)
    return [
        Heading(1, _("Annex: all municipalities"), new_page=True),
        Paragraph(_("Amounts include VAT; refunds to opt-outs are taken off.")),
        *(Paragraph(sentence) for sentence in sentences),
        _table(material),
    ]


def _before_cascades(comparison: Comparison) -> list[str]:
    """What the bills of either of the two leave out."""
    return [
        f"{bills.title}: {sentence}"
        for bills in dict.fromkeys((comparison.baseline, comparison.scenario))
        for sentence in before_each_cascade(bills.result)
    ]


def _table(material: Material) -> Table:
    result, compared = material.result, material.comparison
    municipalities = result.population.municipalities
    now = result.to_pay.tolist()
    was = compared.baseline.to_pay.tolist() if compared else now
    order = sorted(range(len(municipalities)), key=lambda place: _by_name(municipalities[place].name))
    lines = [(municipalities[place].name, municipalities[place].inhabitants, was[place], now[place]) for place in order]
    lines.append((_("Total"), result.population.total, sum(was), sum(now)))
    rows = []
    for name, inhabitants, before, after in lines:
        row = [name, format_number(inhabitants)]
        if compared:
            row.append(format_euros(before))
        row += [format_euros(after), per_inhabitant(rate(euros_per_inhabitant(after, inhabitants)))]
        if compared:
            row.append(signed(format_euros(after - before), after - before))
        rows.append(tuple(row))
    headings = [_("Municipality"), _("inhabitants"), _("proposal"), _("per inhabitant")]
    if compared:
        headings = [
            _("Municipality"),
            _("inhabitants"),
            _("baseline"),
            _("proposal"),
            _("per inhabitant"),
            _("effect"),
        ]
    return Table(
        "municipalities",
        _("Contribution of every municipality in {year}, including VAT", year=material.year),
        tuple(headings),
        tuple(rows),
        (26, 12, 17, 17, 13, 15) if compared else (40, 18, 24, 18),
        total=True,
    )


def _by_name(name: str) -> str:
    """As a Dutch list has it: 's-Gravenhage under the g."""
    bare = name.removeprefix("'s-").removeprefix("'t ").removeprefix("’s-")
    return bare.casefold()
