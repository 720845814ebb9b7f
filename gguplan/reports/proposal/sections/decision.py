"""What the assembly is asked to decide, and the whole paper in a few lines."""

from __future__ import annotations

from gguplan.language import _, plural
from gguplan.model.bill import euros_per_inhabitant
from gguplan.reports.proposal.blocks import Heading, Items, Paragraph, Part
from gguplan.reports.proposal.material import Material
from gguplan.reports.proposal.sentences.change import contribution_change, rate
from gguplan.reports.proposal.sentences.effects import directions
from gguplan.reports.proposal.sentences.spending import in_short
from gguplan.wording.amounts import format_euros, format_number, per_inhabitant


def decision(material: Material) -> list[Part]:
    """The decision asked, with the figures that the rest of the paper explains."""
    result, totals = material.result, material.result.totals
    to_pay = totals["contributions_cents"] - totals["refunds_cents"]
    per_head = per_inhabitant(rate(euros_per_inhabitant(to_pay, result.population.total)))
    points = [
        _(
            "to set the budget of {year} at {gross}, of which {vat} is VAT;",
            year=material.year,
            gross=format_euros(totals["gross_cents"]),
            vat=format_euros(totals["vat_cents"]),
        )
        if totals["vat_cents"]
        else _(
            "to set the budget of {year} at {gross};", year=material.year, gross=format_euros(totals["gross_cents"])
        ),
        _(
            "to set the contribution of the municipalities together at {amount}, which is {rate} per inhabitant;",
            amount=format_euros(to_pay),
            rate=per_head,
        )
        if material.one_rate
        else _(
            "to set the contribution of the municipalities together at {amount}, on average {rate} per inhabitant;",
            amount=format_euros(to_pay),
            rate=per_head,
        ),
    ]
    if any(programme.opt_outs for programme in result.by_programme):
        points.append(_("to agree with what opt-outs do to the contributions, as described under risks;"))
    if totals["drawn_cents"] > 0:
        points.append(_("to draw {amount} from the balance of the fund;", amount=format_euros(totals["drawn_cents"])))
    if totals["drawn_cents"] < 0:
        points.append(_("to add {amount} to the balance of the fund;", amount=format_euros(-totals["drawn_cents"])))
    if material.spending is not None:
        points.append(_("to agree with the proposed settlement of what is not spent;"))
    last = points[-1].rstrip(";") + "."
    parts: list[Part] = [
        Heading(1, _("Decision asked")),
        Paragraph(_("The ALV is asked:")),
        Items((*points[:-1], last), numbered=True),
        Heading(1, _("In short")),
    ]
    description = _own_description(material).strip()
    if description:
        parts.append(Paragraph(description))
    parts.append(Items(tuple(_in_short(material, to_pay))))
    return parts


def _own_description(material: Material) -> str:
    """What the scenario says of itself: the description of one that it extends is about that one."""
    return material.result.fund_year.origin.description


def _in_short(material: Material, to_pay: int) -> list[str]:
    population = material.result.population
    sentences = [
        plural(
            "{inhabitants} inhabitants of one municipality pay {amount}.",
            "{inhabitants} inhabitants in {count} municipalities pay {amount} together.",
            len(population.municipalities),
            inhabitants=format_number(population.total),
            amount=format_euros(to_pay),
        )
    ]
    if material.comparison is not None:
        total = material.comparison.total
        sentences.append(contribution_change(total.before, total.after, material.baseline_title))
        sentences.append(directions(*material.comparison.by_direction()))
    if material.spending is not None:
        sentences.append(in_short(material.spending))
    lapsed = [programme.programme.title for programme in material.result.by_programme if programme.participation.lapsed]
    if lapsed:
        sentences.append(_("Too few take part in these programmes, which lapse: {titles}.", titles=", ".join(lapsed)))
    return sentences
