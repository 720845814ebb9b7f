"""What is done to the amounts after the division, as a scenario file says it."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Any, ClassVar, Final

from pydantic import BeforeValidator, Field, model_validator

from gguplan.fund.adjustments import AdjustmentPayer
from gguplan.inputs.scenario.allocation_key_tables import AllocationKeyTable, PerColumnTable
from gguplan.inputs.scenario.fields import Amount, IsPercentage, Rate, Sort, Text, text_as_written
from gguplan.inputs.scenario.years_ahead_tables import BY_YEAR, YearKey
from gguplan.inputs.strict_model import StrictModel
from gguplan.inputs.written_amounts import fail_if_with_a_sign, parse_euros
from gguplan.language import _

LARGEST_UNIT: Final = 10**8
"""The coarsest rounding, in cents: to a million euros."""


def _unit(value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        raise ValueError(_('this is not an amount to round to: write euros between quotes, such as "1" or "0.50"'))
    cents = parse_euros(value)
    if not 1 < cents <= LARGEST_UNIT:
        raise ValueError(
            _('amounts are rounded to more than a cent and at most a million euros: write "1" for whole euros')
        )
    return cents


def _hundredths(value: Any) -> int:
    what_to_write = _('this is not a percentage from 0 to 100: write for example "25" or "2.5"')
    value = text_as_written(value, what_to_write)
    fail_if_with_a_sign(value, 0, 100)
    if not re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,2})?", value) or Decimal(value) > 100:
        raise ValueError(what_to_write)
    return int(Decimal(value) * 100)


_EUROS: Final = {"type": ["string", "integer"], "pattern": r"^[0-9]+(\.[0-9]{2})?$"}
_PART: Final = {"type": ["string", "integer"], "pattern": r"^[0-9]{1,3}(\.[0-9]{1,2})?$"}

RoundedTo = Annotated[int, BeforeValidator(_unit), Field(json_schema_extra=_EUROS), Sort("amount")]
"""Cents, of which amounts become whole multiples."""

PartOfWhole = Annotated[int, BeforeValidator(_hundredths), Field(json_schema_extra=_PART), Sort("rate"), IsPercentage()]
"""From 0 to 100 per cent, in hundredths of a per cent."""


class OldDivisionTable(StrictModel):
    """How the budget was divided before: what a growth path starts from, and a cap and compensation are held against.
    The same amount is divided by it, over the same municipalities and days."""

    allocation: AllocationKeyTable
    """The old key, such as `{ key = "inhabitants" }` or a column of a file."""
    as_paid: bool = False
    """`true` when the column has whole euros that were paid: they count as they stand, whatever the budget is now. A
    growth path takes their shares of the amount of now."""
    source: Text
    """Where it stands."""

    @model_validator(mode="after")
    def _paid_is_a_column(self) -> OldDivisionTable:
        if self.as_paid and not isinstance(self.allocation, PerColumnTable):
            raise ValueError(_("only a column of euros goes with as_paid: name one in allocation, or take as_paid out"))
        return self


class PhaseInTable(StrictModel):
    """A growth path from the old division to the new one, a step a year."""

    years: Annotated[dict[YearKey, PartOfWhole], *BY_YEAR]
    """How many per cent of the new division holds in each year: `{ 2026 = "25", 2027 = "50", 2028 = "75", 2029 = "100"
    }`. Before the first of them the old division holds; after the last its part stays."""
    source: Text
    """Where it stands, or that it is an assumption."""

    def __hash__(self) -> int:
        """Variants of a scenario are remembered by their tables."""
        return hash((tuple(self.years.items()), self.source))

    @model_validator(mode="after")
    def _rises(self) -> PhaseInTable:
        parts = [self.years[year] for year in sorted(self.years)]
        if not parts:
            raise ValueError(_("a growth path has a year at least: write a year and its percentage"))
        if any(later < earlier for earlier, later in pairwise(parts)):
            raise ValueError(_("the part of the new division becomes smaller in a later year: correct the percentages"))
        return self


class CapTable(StrictModel):
    """How far what a municipality pays may lie from the old division. Give a rise, a fall, or both."""

    one_of: ClassVar = (
        ("rise_percent", "rise_euros", "rise_per_inhabitant"),
        ("fall_percent", "fall_euros", "fall_per_inhabitant"),
    )

    rise_percent: PartOfWhole | None = None
    """At most so many per cent more than by the old division; "0" is not more."""
    rise_euros: Amount | None = None
    """At most so many euros more than by the old division."""
    rise_per_inhabitant: Rate | None = None
    """At most so many euros per inhabitant more than by the old division."""
    fall_percent: PartOfWhole | None = None
    """At most so many per cent less than by the old division."""
    fall_euros: Amount | None = None
    """At most so many euros less than by the old division."""
    fall_per_inhabitant: Rate | None = None
    """At most so many euros per inhabitant less than by the old division."""
    paid_by: AdjustmentPayer
    """Who pays what is cut off: the `others`, pro rata to their own amounts and within their own cap, or the `fund`,
    out of its balance."""
    source: Text
    """Where it stands, or that it is an assumption."""

    @model_validator(mode="after")
    def _one_of_each(self) -> CapTable:
        for keys in self.one_of:
            stated = [key for key in keys if getattr(self, key) is not None]
            if len(stated) > 1:
                raise ValueError(
                    _("two keys say the same, {first} and {second}: keep one", first=stated[0], second=stated[1])
                )
        if all(getattr(self, key) is None for keys in self.one_of for key in keys):
            raise ValueError(_('a cap is on a rise or a fall: give for example rise_percent = "5"'))
        return self


class CompensationTable(StrictModel):
    """Who pays more than by the old division gets a part of that back."""

    percent: PartOfWhole
    """How many per cent of what is paid more comes back."""
    paid_by: AdjustmentPayer
    """Who pays it: the `others` that do not pay more, pro rata to their own amounts, or the `fund`, out of its
    balance."""
    source: Text
    """Where it stands, or that it is an assumption."""


class CoverTable(StrictModel):
    """What a municipality has cover for already: it is taken off its bill, and the programme has it all the same."""

    municipality: Text
    """Its name or CBS code."""
    amount: Amount
    """Euros in a year, including VAT. For example "58000.00"."""
    what: Text
    """What it is: a post in its own budget, people who move along."""
    source: Text
    """Where the amount comes from, or that it is an assumption."""
