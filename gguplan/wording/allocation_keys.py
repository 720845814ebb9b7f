"""The allocation keys in words."""

from __future__ import annotations

from typing import assert_never

from gguplan.fund.allocation_keys import (
    AllocationKey,
    FixedPlusInhabitants,
    PerColumn,
    PerInhabitant,
    RatePerInhabitant,
    Stepped,
)
from gguplan.language import _


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
        case PerColumn(column=column):
            return _("column {column}", column=column)
        case _:
            assert_never(key)
