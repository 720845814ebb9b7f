"""What a scenario file says is done to the amounts after a budget is divided, as nouns of the fund."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final

from pydantic import BeforeValidator, Field

from gguplan.fund.adjustments import Adjustment, Rounding
from gguplan.inputs.scenario.fields import Sort
from gguplan.inputs.written_amounts import parse_euros
from gguplan.language import _

if TYPE_CHECKING:
    from gguplan.inputs.scenario.schema import ProgrammeTable

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


_WRITTEN: Final = {"type": ["string", "integer"], "pattern": r"^[0-9]+(\.[0-9]{2})?$"}

RoundedTo = Annotated[int, BeforeValidator(_unit), Field(json_schema_extra=_WRITTEN), Sort("amount")]
"""Cents, of which amounts become whole multiples."""


def adjustments_of(table: ProgrammeTable) -> tuple[Adjustment, ...]:
    """What a table says is done after the division, in the order in which it is done."""
    adjustments: list[Adjustment] = []
    if table.round_to is not None:
        adjustments.append(Rounding(table.round_to, table.rounding))
    return tuple(adjustments)
