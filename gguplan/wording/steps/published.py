"""The lines of a sum that say where a figure was published, and what became of it, in sentences."""

from __future__ import annotations

from typing import assert_never

from gguplan.fund.steps.published import (
    DerivedFrom,
    FromSource,
    OwnShareRealised,
    PrintedElsewhere,
    PublishedLine,
    RealisedAsPublished,
    Remark,
)
from gguplan.language import _
from gguplan.wording.amounts import format_about, format_euros
from gguplan.wording.ledger import in_language
from gguplan.wording.sources import stated_source
from gguplan.wording.steps.budget import vat_factor


def published_line_in_words(line: PublishedLine) -> str:
    """What a line of a sum says, as one line of text."""
    match line:
        case FromSource(source):
            return _("source: {source}", source=stated_source(source))
        case Remark(text):
            return in_language(text)
        case DerivedFrom():
            return _derived(line)
        case PrintedElsewhere(printed, document, section):
            return _(
                "printed elsewhere: {printed} ({document}, {section})",
                printed=printed or _("nothing"),
                document=document,
                section=section,
            )
        case RealisedAsPublished():
            return _realised(line)
        case OwnShareRealised(name, paid, realised, net, share):
            return _(
                "of what {name} pays of it, without VAT: {paid} × {realised} ÷ {budget} = {share} spent",
                name=name,
                paid=format_euros(paid),
                realised=format_euros(realised),
                budget=format_euros(net),
                share=format_euros(share),
            )
        case _:
            assert_never(line)


def _derived(line: DerivedFrom) -> str:
    sentence = _(
        "derived, as it is printed without VAT: of the multiples of {multiple} only {gross} is the printed {net} after"
        " ÷ {factor} and rounding to {unit}",
        multiple=format_about(line.multiple, 1),
        gross=format_about(line.gross, 1),
        net=format_about(line.net, 1),
        factor=vat_factor(line.percent),
        unit=format_about(line.rounded_to, 1),
    )
    if line.others:
        others = ", ".join(format_about(amount, 1) for amount in line.others)
        sentence += "; " + _("{others} gives the same print, and is less round", others=others)
    if line.elsewhere:
        sentence += "; " + _("the same amount stands in {source}", source=line.elsewhere)
    return sentence


def _realised(line: RealisedAsPublished) -> str:
    realised, budget = format_euros(line.realised), format_euros(line.net)
    if line.provisional:
        return _(
            "realised in {year}, as far as the reports know (provisional): {realised} of {budget}, without VAT",
            year=line.year,
            realised=realised,
            budget=budget,
        )
    return _(
        "realised in {year}, by the reports: {realised} of {budget}, without VAT",
        year=line.year,
        realised=realised,
        budget=budget,
    )
