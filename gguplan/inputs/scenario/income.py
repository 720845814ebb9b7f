"""What others than the municipalities pay of a programme, as a scenario file says it."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field, model_validator

from gguplan.fund.programme import Income
from gguplan.inputs.scenario.fields import Amount, Text
from gguplan.inputs.scenario.stated_intervals import check_expected_lies_inside, check_years_are_in_order
from gguplan.inputs.strict_model import StrictModel
from gguplan.language import _


class IncomeTable(StrictModel):
    """What somebody else than the municipalities pays of a programme: it is taken off before the budget is divided."""

    goes_with: ClassVar = {"sure": "between"}

    payer: Text
    """Who pays it: suppliers, a ministry, those who use it."""
    amount: Amount
    """Euros in a year, as they are taken off the budget including VAT. For example "105000.00"."""
    between: Annotated[tuple[Amount, Amount], Field(strict=False)] | None = None
    """What comes in lies between these two, such as ["80000.00", "120000.00"], because it is not certain. `amount` is
    what is taken off; in the years ahead the balance of the programme has what comes in more or less."""
    sure: Annotated[int, Field(ge=10, le=99)] = 90
    """How sure it is that it lies between these two, in per cent."""
    since: Annotated[int, Field(ge=1900, le=2199)] | None = None
    """The first year in which it comes in, such as that of an exit fee. Without it that is the year of the scenario."""
    until: Annotated[int, Field(ge=1900, le=2199)] | None = None
    """The last year in which it comes in; after it the municipalities pay that part. Without it there is no end."""
    source: Text
    """Where the amount comes from, or that it is an assumption."""

    @model_validator(mode="after")
    def _agrees(self) -> IncomeTable:
        check_years_are_in_order(self.since, self.until)
        if self.between is None and "sure" in self.model_fields_set:
            raise ValueError(_("sure goes with between only: take it out"))
        if self.between is not None and self.between[0] > self.between[1]:
            raise ValueError(
                _('the first amount is above the second: write the lower one first, as in ["80000.00", "120000.00"]')
            )
        if self.between is not None and not self.between[0] <= self.amount <= self.between[1]:
            raise ValueError(_("the amount does not lie between these two: change amount or between"))
        if self.between is not None and self.between[0] == self.between[1]:
            raise ValueError(_("both amounts of between are the same: take between out"))
        if self.between is not None:
            check_expected_lies_inside(*self.between, self.sure)
        return self


def income_of(table: IncomeTable) -> Income:
    """What a table states, as a noun of the fund."""
    return Income(table.payer, table.amount, table.source, table.between, table.sure, table.until, table.since)
