"""What is to be said of a programme beside how its budget is divided: who else pays, and what is adjusted after it."""

from __future__ import annotations

import numpy as np

from gguplan.fund.allocation_keys import count_years_of
from gguplan.language import _
from gguplan.model.result import ProgrammeResult, RunResult
from gguplan.wording.adjustments import adjustment_in_words, reserve_in_words
from gguplan.wording.income import income_in_words
from gguplan.wording.shortlist import shortlist
from gguplan.wording.whole_sentences import whole_sentence


def source_and_beside(source: str, result: RunResult, billed: ProgrammeResult) -> str:
    """A source, and behind it in sentences what is to be said of the programme."""
    sentences = list(map(whole_sentence, beside_the_division(result, billed)))
    return " ".join([f"{source.rstrip('.')}.", *sentences]) if sentences else source


def beside_the_division(result: RunResult, billed: ProgrammeResult) -> list[str]:
    """In sentences: who pays a programme of a part of the fund, what others and the balance pay, each adjustment."""
    programme, municipalities = billed.programme, result.population.municipalities
    payers = np.flatnonzero(programme.pays(result.population)).tolist()
    alone = [municipalities[position].name for position in payers] if programme.payers is not None else []
    return [
        *([_("Members of this programme: {names}", names=shortlist(alone))] if alone else []),
        *(
            _("Divided by the inhabitants on 1 January {year}", year=year)
            for year in dict.fromkeys(count_years_of(programme.allocation))
        ),
        *map(income_in_words, programme.stated_income),
        *map(reserve_in_words, programme.stated_reserve),
        *(
            adjustment_in_words(adjusted.adjustment, result.fund_year.year, adjusted.from_balance)
            for adjusted in billed.participation.adjusted
        ),
    ]
