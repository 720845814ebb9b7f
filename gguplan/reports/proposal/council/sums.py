"""The sum behind the bill of one municipality, so that its controller can redo it from the paper alone."""

from __future__ import annotations

from gguplan.fund.steps.adjustment import CappedShares, OldAmount, OldAmountScaled
from gguplan.fund.steps.bill import VatWithin
from gguplan.fund.steps.cascade import BeforeCascade, LeavesByCascade
from gguplan.fund.steps.division import PortionOfMix
from gguplan.fund.steps.step import Step
from gguplan.language import _
from gguplan.model.allocation import has_one_rate, price_of
from gguplan.model.explanation.tree import steps_of_a_bill
from gguplan.model.result import ProgrammeResult
from gguplan.reports.proposal.blocks import Heading, Items, Paragraph, Part, see
from gguplan.reports.proposal.council.material import CouncilMaterial
from gguplan.wording.amounts import format_euros, format_number
from gguplan.wording.population import inhabitants_line
from gguplan.wording.steps.step import line_in_words


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
    by_inhabitants = has_one_rate(key) and price_of(key) is None
    nothing_after = not (billed.opt_outs or participation.adjusted) and participation.lapsed is None
    return by_inhabitants and billed.programme.payers is None and nothing_after and divided_whole


def _lines(material: CouncilMaterial, billed: ProgrammeResult) -> str:
    """The lines of one sum up to what is paid, without the VAT in it, which is in the bill as a whole; of a
    cascade only that it may change this."""
    steps = steps_of_a_bill(material.result, billed, material.position)
    lines = list[str]()
    for step in steps:
        if not isinstance(step.line, BeforeCascade | LeavesByCascade | VatWithin):
            lines += [line for line in [_with_what_is_behind(step, lines)] if line not in lines]
    paid = format_euros(billed.to_pay(material.position))
    if lines and not lines[-1].rstrip(".").endswith(paid):
        lines.append(_("to pay: {amount}", amount=paid))
    redone = f"{billed.programme.title}: {'; '.join(lines).rstrip('.')}."
    if not any(isinstance(step.line, BeforeCascade | LeavesByCascade) for step in steps):
        return redone
    return f"{redone} " + _(
        "This is what is paid as long as everybody takes part; who leaves when the price is too high is in the "
        "proposal."
    )


def _with_what_is_behind(step: Step, before: list[str]) -> str:
    """A line, and between brackets the sum of a part of a mix, of the old division or of what a cap leaves that stands
    behind it, where none of the lines `before` has it."""
    line = line_in_words(step.line)
    behind = [
        words
        for deeper in step.behind
        if isinstance(step.line, PortionOfMix) or isinstance(deeper.line, OldAmount | OldAmountScaled | CappedShares)
        for words in [line_in_words(deeper.line)]
        if not any(words in earlier for earlier in before)
    ]
    return f"{line} ({'; '.join(behind)})" if behind else line
