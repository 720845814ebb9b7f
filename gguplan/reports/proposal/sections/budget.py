"""What the budget buys: every programme with its amount, and what differs from the baseline."""

from __future__ import annotations

from gguplan.language import _
from gguplan.model.bill import euros_per_inhabitant
from gguplan.model.result import RunResult
from gguplan.reports.proposal.blocks import Heading, Paragraph, Part, Table, see
from gguplan.reports.proposal.material import Material
from gguplan.reports.proposal.sentences.change import rate, signed
from gguplan.reports.proposal.sentences.programmes import budget_sentence, programme_changes
from gguplan.reports.terminal.run import notes
from gguplan.wording.amounts import format_euros, per_inhabitant


def budget(material: Material) -> list[Part]:
    """The budget a programme."""
    result = material.result
    programmes = result.by_programme
    sentence = budget_sentence(
        [programme.programme.title for programme in programmes],
        [programme.budget.gross for programme in programmes],
        result.totals["vat_cents"],
    )
    parts: list[Part] = [
        Heading(1, _("What the budget buys")),
        Paragraph(sentence + " " + _("{table} has every programme.", table=see("programmes"))),
    ]
    if material.comparison is not None:
        changes = programme_changes(_by_name(material.comparison.baseline.result), _by_name(result))
        compared = _("This is compared with {baseline}.", baseline=material.baseline_title)
        parts.append(Paragraph(" ".join([*changes, compared])))
    parts.append(_table(material))
    parts += [Paragraph(note) for note in notes(result)]
    return parts


def _by_name(result: RunResult) -> dict[str, tuple[str, int]]:
    return {programme.name: (programme.programme.title, programme.budget.gross) for programme in result.by_programme}


def _table(material: Material) -> Table:
    result, totals = material.result, material.result.totals
    before = _by_name(material.comparison.baseline.result) if material.comparison else {}
    people = result.population.total
    lines = [
        (
            programme.programme.title,
            programme.budget.gross,
            programme.budget.net,
            before.get(programme.name, ("", 0))[1],
        )
        for programme in result.by_programme
    ]
    gone = [(title, 0, 0, gross) for name, (title, gross) in before.items() if name not in _by_name(result)]
    earlier = material.comparison.baseline.result.totals["gross_cents"] if material.comparison else 0
    lines += [*gone, (_("Total"), totals["gross_cents"], totals["net_cents"], earlier)]
    rows = [
        (
            title,
            format_euros(gross),
            format_euros(net),
            per_inhabitant(rate(euros_per_inhabitant(gross, people))),
            *((signed(format_euros(gross - was), gross - was),) if material.comparison else ()),
        )
        for title, gross, net, was in lines
    ]
    headings = [_("Programme"), _("including VAT"), _("without VAT"), _("per inhabitant")]
    compared = material.comparison is not None
    return Table(
        "programmes",
        _("Budget of {year} by programme", year=material.year),
        (*headings, *([_("change")] if compared else [])),
        tuple(rows),
        (33, 17, 17, 15, 18) if compared else (44, 21, 21, 14),
        total=True,
    )
