"""What the balance of the fund pays of a programme before it is divided, as a scenario file says it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, field_validator, model_validator

from gguplan.fund.programme import ReserveDraw
from gguplan.inputs.scenario.fields import Balance, Text
from gguplan.inputs.scenario.stated_intervals import check_years_are_in_order
from gguplan.inputs.strict_model import StrictModel
from gguplan.language import _


class ReserveTable(StrictModel):
    """What the balance of the fund pays of a programme: it is taken off before the budget is divided."""

    what: Text
    """What it is: a reserve by its name, a surplus of an earlier year, a rounding that is printed."""
    amount: Balance
    """Euros in a year, as they are taken off the budget including VAT; below 0 is what the municipalities pay on top,
    for the balance. For example "42296.00"."""
    since: Annotated[int, Field(ge=1900, le=2199)] | None = None
    """The first year in which the balance pays it. Without it that is the year of the scenario."""
    until: Annotated[int, Field(ge=1900, le=2199)] | None = None
    """The last year in which the balance pays it; after it the municipalities pay that part. Without it there is no
    end."""
    source: Text
    """Where the amount comes from, or that it is an assumption."""

    @field_validator("amount")
    @classmethod
    def _is_something(cls, cents: int) -> int:
        if cents == 0:
            raise ValueError(_("an amount of 0 changes nothing: take the table out"))
        return cents

    @model_validator(mode="after")
    def _agrees(self) -> ReserveTable:
        check_years_are_in_order(self.since, self.until)
        return self


def reserve_of(table: ReserveTable) -> ReserveDraw:
    """What a table states, as a noun of the fund."""
    return ReserveDraw(table.what, table.amount, table.source, table.until, table.since)
