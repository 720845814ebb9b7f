"""What a planner states about what will be spent, as a scenario file says it."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field, model_validator

from gguplan.fund.realisation import StatedRealisation
from gguplan.inputs.scenario.fields import Ratio, Text, Volume
from gguplan.inputs.scenario.stated_intervals import check_expected_lies_inside
from gguplan.inputs.strict_model import StrictModel
from gguplan.language import _


class StatedRealisationTable(StrictModel):
    """What somebody expects to be spent of one programme, instead of what its history says."""

    one_of: ClassVar = (("between", "volume_between"),)

    between: Annotated[tuple[Ratio, Ratio], Field(strict=False)] | None = None
    """The realisation ratio (realised ÷ net budget) lies between these two, such as ["0.80", "0.95"]."""
    volume_between: Annotated[tuple[Volume, Volume], Field(strict=False)] | None = None
    """The volume of a programme with `volume` and `price` lies between these two, such as [3900, 4700]: what is spent
    is fixed + that volume × price. In the years ahead it is the same part of the budget."""
    sure: Annotated[int, Field(ge=10, le=99)] = 90
    """How sure that is, in per cent."""
    source: Text
    """Who states it, and on what it rests."""

    @model_validator(mode="after")
    def _rises(self) -> StatedRealisationTable:
        if (self.between is None) == (self.volume_between is None):
            raise ValueError(
                _('between and volume_between are two ways to say it: give one of the two, such as ["0.80", "0.95"]')
            )
        if self.between is not None and self.between[0] >= self.between[1]:
            raise ValueError(
                _('the first ratio is not below the second: write the lower one first, as in ["0.80", "0.95"]')
            )
        if self.volume_between is not None and self.volume_between[0] >= self.volume_between[1]:
            raise ValueError(
                _("the first volume is not below the second: write the lower one first, as in [3900, 4700]")
            )
        if self.volume_between is not None and self.volume_between[0] == 0:
            raise ValueError(_("the first volume is 0: write one above 0, as in [3900, 4700]"))
        check_expected_lies_inside(*(self.between or self.volume_between or (0, 0)), self.sure)
        return self


def stated_realisation_of(table: StatedRealisationTable) -> StatedRealisation:
    """What a table states, as a noun of the fund."""
    return StatedRealisation(table.between, table.volume_between, table.sure, table.source)
