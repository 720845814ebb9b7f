"""What the reports say was budgeted and realised, in words."""

from __future__ import annotations

from gguplan.fund.ledger import PublishedTotal
from gguplan.language import _
from gguplan.wording.amounts import format_about


def published_in_words(total: PublishedTotal) -> str:
    """What was realised in the year of the ledger, and which budgets are not in that, in sentences."""
    sentence = _realised(total)
    if not total.not_realised:
        return sentence
    besides = _("Of {budget} besides no realised amount is published.", budget=format_about(total.not_realised, 1))
    return f"{sentence} {besides}"


def _realised(total: PublishedTotal) -> str:
    if total.provisional:
        return _(
            "The reports have {realised} realised of {budget} in {year}, without VAT, of which {provisional} is"
            " provisional. See gguplan ledger {year}.",
            realised=format_about(total.realised, 1),
            budget=format_about(total.net - total.not_realised, 1),
            year=total.year,
            provisional=format_about(total.provisional, 1),
        )
    return _(
        "The reports have {realised} realised of {budget} in {year}, without VAT. See gguplan ledger {year}.",
        realised=format_about(total.realised, 1),
        budget=format_about(total.net - total.not_realised, 1),
        year=total.year,
    )
