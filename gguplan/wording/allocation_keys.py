"""The allocation keys in words."""

from __future__ import annotations

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
)
from gguplan.language import _, listed_with_and
from gguplan.wording.amounts import format_price, format_share


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
