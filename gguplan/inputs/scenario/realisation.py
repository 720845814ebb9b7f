"""What a planner states about what will be spent, as a scenario file says it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from gguplan.fund.realisation import StatedRealisation
from gguplan.inputs.scenario.fields import PositiveRate, Text
from gguplan.inputs.strict_model import StrictModel
from gguplan.language import _


class StatedRealisationTable(StrictModel):
    """What somebody expects to be spent of one programme, instead of what its history says."""

    between: Annotated[tuple[PositiveRate, PositiveRate], Field(strict=False)]
    """The realisation ratio (realised ÷ net budget) lies between these two, such as ["0.80", "0.95"]."""
    sure: Annotated[int, Field(ge=10, le=99)] = 90
    """How sure that is, in per cent."""
    source: Text
    """Who states it, and on what it rests."""

    @model_validator(mode="after")
    def _rises(self) -> StatedRealisationTable:
        if self.between[0] >= self.between[1]:
            raise ValueError(_('the first ratio is not below the second: write them as ["0.80", "0.95"]'))
        return self


def stated_realisation_of(table: StatedRealisationTable) -> StatedRealisation:
    """What a table states, as a noun of the fund."""
    return StatedRealisation(table.between, table.sure, table.source)
