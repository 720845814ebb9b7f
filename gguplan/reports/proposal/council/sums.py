"""The sum behind the bill of one municipality, so that its controller can redo it from the paper alone."""

from __future__ import annotations

from gguplan.fund.adjustment_steps import OldAmount, OldAmountScaled
from gguplan.fund.steps import PortionOfMix, Step
from gguplan.language import _
from gguplan.model.allocation import has_one_rate
from gguplan.model.explanation.tree import steps_of_a_bill
from gguplan.model.result import ProgrammeResult
from gguplan.reports.proposal.blocks import Heading, Items, Paragraph, Part, see
from gguplan.reports.proposal.council.material import CouncilMaterial
from gguplan.wording.amounts import format_number
from gguplan.wording.population import inhabitants_line
from gguplan.wording.steps import line_in_words


def redone_sum(material: CouncilMaterial) -> list[Part]:
    """By which rule the parts of the table come about, and each sum that follows another rule."""
    result, municipality = material.result, material.municipality
    plain = [billed for billed in result.by_programme if _is_plain(billed)]
    others = [billed for billed in result.by_programme if not _is_plain(billed)]
    parts: list[Part] = [Heading(1, _("The sum"))]
    sentences = [
        _("{name} has no inhabitants, and pays what is agreed.", name=municipality.name)
        if municipality.is_body
        else _(
            "{name} has {inhabitants} of the {population}.",
            name=municipality.name,
            inhabitants=format_number(municipality.inhabitants),
            population=inhabitants_line(result.population),
        )
    ]
    if plain:
        sentences.append(
            _(
                "Each amount to divide in {table} × {inhabitants} ÷ {all} is the part of {name}, in whole cents; the "
                "cents that are left over go to the largest remainders, so that all parts are the amount itself.",
                table=see("bill"),
                inhabitants=format_number(municipality.inhabitants),
                all=format_number(result.population.total),
                name=municipality.name,
            )
        )
    if plain and others:
        sentences.append(_("What follows a sum of its own stands below."))
    parts.append(Paragraph(" ".join(sentences)))
    example = [_lines(material, billed) for billed in plain[:1]]
    shown = [_lines(material, billed) for billed in others]
    if plain:
        parts.append(Items((_("For example {sum}", sum=example[0]), *shown)))
    elif shown:
        parts.append(Items(tuple(shown)))
    return parts


def _is_plain(billed: ProgrammeResult) -> bool:
    """Whether every municipality pays its part by inhabitants of the whole amount, and nothing happens to it after."""
    key, participation = billed.programme.allocation, billed.participation
    divided_whole = participation.allocation.total == billed.budget.to_divide
    everybody = billed.programme.payers is None
    return has_one_rate(key) and everybody and not billed.opt_outs and participation.lapsed is None and divided_whole


def _lines(material: CouncilMaterial, billed: ProgrammeResult) -> str:
    """The lines of one sum without the VAT in it, which is in the bill as a whole."""
    steps = steps_of_a_bill(material.result, billed, material.position)
    # The last line is the VAT where there is any in it.
    until = len(steps) - int(bool(billed.programme.vat_percent and billed.to_pay(material.position)))
    return f"{billed.programme.title}: {'; '.join(map(_with_what_is_behind, steps[:until]))}."


def _with_what_is_behind(step: Step) -> str:
    """A line, and between brackets the sum of a part of a mix or of the old division that stands behind it."""
    line = line_in_words(step.line)
    behind = [
        line_in_words(deeper.line)
        for deeper in step.behind
        if isinstance(step.line, PortionOfMix) or isinstance(deeper.line, OldAmount | OldAmountScaled)
    ]
    return f"{line} ({'; '.join(behind)})" if behind else line
