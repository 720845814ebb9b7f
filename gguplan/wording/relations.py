"""What the reports state about their own figures, in sentences."""

from __future__ import annotations

from typing import assert_never

from gguplan.fund.relations import CountedGroup, CountedTwice, PrintedTwice, Relation, Statement, WithAndWithoutVat
from gguplan.fund.two_languages import TwoLanguages
from gguplan.language import _
from gguplan.wording.indicators import period_of
from gguplan.wording.ledger import figure_in_words, in_language


def statement_in_words(statement: Statement) -> str:
    """What a relation states."""
    match statement:
        case TwoLanguages():
            return in_language(statement)
        case WithAndWithoutVat(reading, title):
            return _("{figure}: with VAT ÷ 1,21", figure=figure_in_words(reading, title))
        case PrintedTwice(reading, title):
            return _("{figure}: printed twice", figure=figure_in_words(reading, title))
        case CountedTwice(indicator, title):
            return _(
                "{title}, {indicator}, {period}: printed twice",
                title=title,
                indicator=in_language(indicator.name),
                period=period_of(indicator),
            )
        case _:
            assert_never(statement)


def group_in_words(group: CountedGroup) -> str:
    """The municipalities that are counted together."""
    title = in_language(group.title)
    return f"{title} + {group.extra}" if group.extra else title


def known_in_words(relation: Relation) -> str:
    """Why a relation is known to contradict; empty when it is not."""
    return "" if relation.known is None else in_language(relation.known)
