"""The allocation keys in words."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import assert_never

from gguplan.fund.allocation_keys import (
    AllocationKey,
    FixedAmounts,
    FixedPlusInhabitants,
    FixedShares,
    InhabitantsOn,
    Mix,
    PerColumn,
    PerInhabitant,
    Products,
    RatePerInhabitant,
    StepAmounts,
    Stepped,
    agreed_together,
)
from gguplan.fund.programme import Programme
from gguplan.language import _, listed_with_and
from gguplan.wording.amounts import format_price, format_share


def shares_left_in_words(by_year: Iterable[tuple[int, Iterable[Programme]]]) -> list[str]:
    """That those who pay a programme agreed on less than everything together, because somebody left: a sentence for
    each programme and part, with its first year."""
    first: dict[tuple[str, Fraction], int] = {}
    for year, programmes in by_year:
        for programme in programmes:
            if (together := agreed_together(programme.allocation)) < 1:
                first.setdefault((programme.title, together), year)
    return [
        _(
            "{title}: from {year} on those who pay it have {share} of the shares together; each pays its part of that.",
            title=title,
            year=year,
            share=format_share(together),
        )
        for (title, together), year in first.items()
    ]


def key_in_words(key: AllocationKey) -> str:
    """What a budget is divided by, in a few words."""
    match key:
        case PerInhabitant():
            return _("inhabitants")
        case InhabitantsOn(year=year):
            return _("inhabitants on 1 January {year}", year=year)
        case Stepped():
            return _("stepped tariff")
        case RatePerInhabitant():
            return _("tariff per inhabitant")
        case FixedPlusInhabitants():
            return _("fixed amount + inhabitants")
        case PerColumn(stands=stands):
            return _("column {column}", column=stands.column)
        case FixedShares():
            return _("fixed shares")
        case FixedAmounts():
            return _("fixed amounts")
        case Products(price=price):
            return _("products × {price}", price=format_price(price))
        case StepAmounts():
            return _("amounts by size")
        case Mix(parts):
            whole = sum(part.share for part in parts)
            return listed_with_and(
                [
                    _("{share} {key}", share=format_share(Fraction(part.share, whole)), key=key_in_words(part.key))
                    for part in parts
                ]
            )
        case _:
            assert_never(key)
