"""What others than the municipalities pay, in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from gguplan.fund.programme import Income, Programme
from gguplan.language import _, listed_with_and
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


def income_by_the_name_of(name: str, programmes: Iterable[Programme], years: Sequence[int]) -> str:
    """What comes in from a payer in whose name that of a municipality stands, such as the exit fee of one that left;
    empty without."""
    named = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
    fees = [income for programme in programmes for income in programme.stated_income if named.search(income.payer)]
    by_year = {year: sum(income.cents for income in fees if income.comes_in(year)) for year in years}
    amounts = [
        _("{amount} in {year}", amount=format_euros(cents), year=year) for year, cents in by_year.items() if cents
    ]
    if not amounts:
        return ""
    payers = dict.fromkeys(income.payer for income in fees if any(map(income.comes_in, years)))
    return _(
        "Besides its bill, as income of the fund ({payers}): {amounts}.",
        payers="; ".join(payers),
        amounts=listed_with_and(amounts),
    )
