"""What is to be said of a programme beside how its budget is divided: who else pays, and what is adjusted after it."""

from __future__ import annotations

from gguplan.model.result import ProgrammeResult
from gguplan.wording.adjustments import adjustment_in_words, reserve_in_words
from gguplan.wording.income import income_in_words


def beside_the_division(billed: ProgrammeResult) -> list[str]:
    """In sentences: what others pay, what the balance pays, and each adjustment."""
    programme = billed.programme
    return [
        *map(income_in_words, programme.income),
        *map(reserve_in_words, programme.reserve),
        *(
            adjustment_in_words(adjusted.adjustment, adjusted.from_balance)
            for adjusted in billed.participation.adjusted
        ),
    ]
