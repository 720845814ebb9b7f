"""The allocation keys in words."""

from __future__ import annotations

from typing import assert_never

from gguplan.fund.allocation_keys import (
    AllocationKey,
    FixedAmounts,
    FixedPlusInhabitants,
    FixedShares,
    PerColumn,
    PerInhabitant,
    Products,
    RatePerInhabitant,
    StepAmounts,
    Stepped,
)
from gguplan.language import _
from gguplan.wording.amounts import format_price


def key_in_words(key: AllocationKey) -> str:
    """What a budget is divided by, in a few words."""
    match key:
        case PerInhabitant():
            return _("inhabitants")
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
        case _:
            assert_never(key)
