"""The annex: what every municipality pays, before and after."""

from __future__ import annotations

from gguplan.language import _
from gguplan.model.bill import rate_of_one
from gguplan.model.comparison import Comparison
from gguplan.reports.before_cascades import before_each_cascade
from gguplan.reports.proposal.blocks import Heading, Paragraph, Part, Table
from gguplan.reports.proposal.material import Material
from gguplan.reports.proposal.sentences.change import rate
from gguplan.wording.amounts import format_euros, format_number, per_inhabitant, signed
from gguplan.wording.bodies import of_what_municipalities_pay, payer_heading


def annex(material: Material) -> list[Part]:
    """Every municipality, by name, on a page of its own."""
    compared = material.comparison
    sentences = before_each_cascade(material.result) if compared is None else _before_cascades(compared)
    return [
        Heading(1, _("Annex: all municipalities"), new_page=True),
        Paragraph(" ".join(_what_they_are(material))),
        *(Paragraph(sentence) for sentence in sentences),
        _table(material),
    ]


def _what_they_are(material: Material) -> list[str]:
    """What is in the amounts, and what is not in those per inhabitant."""
    result, compared = material.result, material.comparison
    runs = [result, *([compared.baseline.result] if compared else [])]
    refunded = any(run.totals["refunds_cents"] for run in runs)
    vat = _("Amounts include VAT; refunds to opt-outs are taken off.") if refunded else _("Amounts include VAT.")
    return [vat, *of_what_municipalities_pay(result.population)]


def _before_cascades(comparison: Comparison) -> list[str]:
    """What the bills of either of the two leave out."""
    return [
        f"{bills.title}: {sentence}"
        for bills in dict.fromkeys((comparison.baseline, comparison.scenario))
        for sentence in before_each_cascade(bills.result)
    ]


def _table(material: Material) -> Table:
    result, compared = material.result, material.comparison
    municipalities = compared.population.municipalities if compared else result.population.municipalities
    inhabitants_now = (compared.scenario.inhabitants if compared else result.population.inhabitants).tolist()
    now = (compared.scenario.to_pay if compared else result.to_pay).tolist()
    was = compared.baseline.to_pay.tolist() if compared else now
    order = sorted(range(len(municipalities)), key=lambda place: _by_name(municipalities[place].name))
    lines = [
        (municipalities[place].name, inhabitants_now[place], was[place], now[place], now[place]) for place in order
    ]
    lines.append((_("Total"), result.population.total, sum(was), sum(now), result.paid_by_municipalities))
    rows = []
    for name, inhabitants, before, after, of_municipalities in lines:
        row = [name, format_number(inhabitants) if inhabitants else "–"]
        average = rate_of_one(of_municipalities, inhabitants)
        if compared:
            row.append(format_euros(before))
        row += [format_euros(after), per_inhabitant(None if average is None else rate(average))]
        if compared:
            row.append(signed(format_euros(after - before), after - before))
        rows.append(tuple(row))
    who = payer_heading(result.population)
    headings = [who, _("inhabitants"), _("proposal"), _("per inhabitant")]
    if compared:
        headings = [
            who,
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
