"""What the budget buys: every programme with its amount, and what differs from the baseline."""

from __future__ import annotations

from gguplan.language import _
from gguplan.model.bill import euros_per_inhabitant
from gguplan.model.money_bridge import carried_out, lapsed
from gguplan.model.result import RunResult
from gguplan.reports.proposal.blocks import Heading, Paragraph, Part, Table, see
from gguplan.reports.proposal.markdown import parts_of
from gguplan.reports.proposal.material import Material
from gguplan.reports.proposal.sentences.change import rate
from gguplan.reports.proposal.sentences.programmes import budget_sentence, programme_changes, title_of_a_lapsed
from gguplan.reports.terminal.run import beside_the_budget, not_levied, other_prints
from gguplan.wording.amounts import format_euros, per_inhabitant, signed


def budget(material: Material) -> list[Part]:
    """The budget a programme."""
    result = material.result
    programmes = carried_out(result)
    sentence = budget_sentence(
        [programme.programme.title for programme in programmes],
        [programme.budget.gross for programme in programmes],
        sum(programme.budget.vat for programme in programmes),
    )
    parts: list[Part] = [
        Heading(2, _("What the budget buys")),
        Paragraph(
            f"{sentence} {_('{table} has every programme.', table=see('programmes'))}"
            if len(programmes) > 1
            else f"{sentence} {_('{table} has the amounts.', table=see('programmes'))}"
        ),
    ]
    if material.comparison is not None:
        titles = {programme.name: title_of_a_lapsed(programme) for programme in lapsed(result)}
        changes = programme_changes(_by_name(material.comparison.baseline.result), _by_name(result), titles)
        compared = _("This is compared with {baseline}.", baseline=material.baseline_title)
        parts.append(Paragraph(" ".join([*changes, compared])))
    parts.append(_table(material))
    beside = [*not_levied(result), *other_prints(result), *beside_the_budget(result)]
    parts += [Paragraph(sentence) for sentence in beside]
    for programme in carried_out(result):
        texts = [*parts_of(programme.programme.purpose), *parts_of(programme.programme.description)]
        parts += [Heading(3, programme.programme.title), *texts] if texts else []
    return parts


def _by_name(result: RunResult) -> dict[str, tuple[str, int]]:
    return {programme.name: (programme.programme.title, programme.budget.gross) for programme in carried_out(result)}


def _table(material: Material) -> Table:
    result = material.result
    before = _by_name(material.comparison.baseline.result) if material.comparison else {}
    people = result.population.total
    lines = [
        (
            programme.programme.title,
            programme.budget.gross,
            programme.budget.net,
            before.get(programme.name, ("", 0))[1],
            programme.budget.to_divide,
            programme.divided_over_municipalities(result.population),
        )
        for programme in carried_out(result)
    ]
    lines += [
        (title_of_a_lapsed(programme), 0, 0, before.get(programme.name, ("", 0))[1], 0, 0)
        for programme in lapsed(result)
    ]
    names = {programme.name for programme in result.by_programme}
    lines += [(title, 0, 0, gross, 0, 0) for name, (title, gross) in before.items() if name not in names]
    _titles, gross_of_all, net_of_all, before_of_all, divided_of_all, of_all = zip(*lines, strict=True)
    together = (sum(gross_of_all), sum(net_of_all), sum(before_of_all), sum(divided_of_all), sum(of_all))
    lines.append((_("Total"), *together))
    # What others and the balance pay is not divided: the rate is that of the amount that stands before it.
    others_pay = gross_of_all != divided_of_all
    compared = material.comparison is not None
    rows = [
        (
            title,
            *((format_euros(was),) if compared else ()),
            format_euros(gross),
            *((signed(format_euros(gross - was), gross - was),) if compared else ()),
            format_euros(net),
            *((format_euros(divided),) if others_pay else ()),
            per_inhabitant(rate(euros_per_inhabitant(of_municipalities, people))),
        )
        for title, gross, net, was, divided, of_municipalities in lines
    ]
    change = [_("baseline, including VAT"), _("proposal, including VAT"), _("change, including VAT")]
    headings = [*(change if compared else [_("including VAT")]), _("without VAT")]
    headings += [_("to divide, including VAT")] if others_pay else []
    headings.append(_("per inhabitant, including VAT"))
    widths: tuple[int, ...] = (26, 16, 16, 15, 15) if compared else (44, 21, 21)
    if others_pay:
        widths = (22, 14, 14, 13, 13, 13) if compared else (36, 18, 18, 18)
    return Table(
        "programmes",
        _("Budget of {year} by programme", year=material.year),
        (_("Programme"), *headings),
        tuple(rows),
        (*widths, 100 - sum(widths)),
        total=True,
    )
