"""What the reports say was budgeted and realised, in words."""

from __future__ import annotations

from gguplan.fund.ledger import PublishedTotal
from gguplan.language import _
from gguplan.wording.amounts import format_about


def published_in_words(total: PublishedTotal) -> str:
    """What was realised in the year of the ledger, in a sentence."""
    if total.provisional:
        return _(
            "The reports have {realised} realised of {budget} in {year}, without VAT, of which {provisional} is"
            " provisional. See gguplan ledger {year}.",
            realised=format_about(total.realised, 1),
            budget=format_about(total.net, 1),
            year=total.year,
            provisional=format_about(total.provisional, 1),
        )
    return _(
        "The reports have {realised} realised of {budget} in {year}, without VAT. See gguplan ledger {year}.",
        realised=format_about(total.realised, 1),
        budget=format_about(total.net, 1),
        year=total.year,
    )
