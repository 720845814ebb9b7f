"""What others than the municipalities pay, in a sentence."""

from __future__ import annotations

from gguplan.fund.programme import Income
from gguplan.language import _
from gguplan.wording.amounts import format_euros
from gguplan.wording.sources import stated_source


def income_in_words(income: Income) -> str:
    """Who pays how much, whether that is certain, from when and until when, and where it comes from."""
    sentences = [_("{payer} pays {amount} of it.", payer=income.payer, amount=format_euros(income.cents))]
    if income.between is not None:
        low, high = map(format_euros, income.between)
        sentences.append(
            _("With {sure} % certainty it lies between {low} and {high}.", sure=income.sure, low=low, high=high)
        )
    if income.since is not None:
        sentences.append(_("The first year of that is {year}.", year=income.since))
    if income.until is not None:
        sentences.append(_("The last year of that is {year}.", year=income.until))
    sentences.append(_("Source: {source}", source=stated_source(income.source)))
    return " ".join(sentences)
