"""Who becomes a member of a fund, or no longer is one, as a scenario file says it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from gguplan.inputs.scenario.fields import Text, Year
from gguplan.inputs.strict_model import StrictModel
from gguplan.language import _


class MembershipTable(StrictModel):
    """Municipalities that become members, or no longer are, from 1 January of a year."""

    municipalities: Annotated[tuple[Text, ...], Field(min_length=1, max_length=1_000, strict=False)]
    """Names or CBS codes: of who joins on the reference date of that year, of who leaves on that of the year before."""
    joins: Year | None = None
    """The first year for which they pay."""
    leaves: Year | None = None
    """The first year for which they no longer pay."""
    source: Text
    """Where it stands that they join or leave."""

    @model_validator(mode="after")
    def _one_of_the_two(self) -> MembershipTable:
        if (self.joins is None) == (self.leaves is None):
            raise ValueError(_("a change of members takes one of the two: give joins or leaves, with a year"))
        return self
