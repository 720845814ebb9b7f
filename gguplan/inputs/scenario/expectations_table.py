"""What must come out of a scenario, as its file says it: amounts that are checked whenever it is worked out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Final

from pydantic import BeforeValidator, Field, model_validator

from gguplan.inputs.scenario.fields import BY_PROGRAMME, OWN, Identifier, Sort, Text, amount_as_written
from gguplan.inputs.strict_model import StrictModel
from gguplan.inputs.toml_document import KeyPath
from gguplan.language import _

_FUND: Final = ("total", "refunds", "available")


_SCHEMA: Final = {"type": ["string", "integer"], "pattern": r"^-?[0-9]+(\.[0-9]{2})?$"}

Outcome = Annotated[int, BeforeValidator(amount_as_written), Field(json_schema_extra=_SCHEMA), Sort("amount")]
"""Cents that come out; 0 and less are possible."""


class Expected(StrictModel):
    """What must come out of this file, to the cent. It is checked whenever the scenario is worked out, and what does
    not come out is told. It holds for the file as it stands: not for one that extends it, and not with --set."""

    total: Outcome | None = None
    """What all municipalities together are invoiced, including VAT, before refunds. For example "4200000.00"."""
    refunds: Outcome | None = None
    """What opt-outs get back together."""
    available: Outcome | None = None
    """What all programmes together can spend, including VAT."""
    programmes: Annotated[dict[Identifier, Outcome], *BY_PROGRAMME] = Field(default_factory=dict)
    """What all municipalities together are invoiced for a programme: `luisterend-oor = "4200000.00"`."""
    municipalities: Annotated[dict[Text, Outcome], Field(max_length=1_000), OWN] = Field(default_factory=dict)
    """The bill of a municipality, its refunds taken off: `Utrecht = "1074377.81"`."""
    source: Text | None = None
    """Where these amounts are published. Without it they are what gguplan computed when somebody last looked."""

    @model_validator(mode="after")
    def _something(self) -> Expected:
        if not any(True for _amount in self.amounts()):
            raise ValueError(_('nothing is expected here: write an amount, such as total = "4200000.00"'))
        return self

    def amounts(self) -> Iterator[tuple[KeyPath, int]]:
        """Every expected amount: where it stands in the scenario, and its cents."""
        for key in _FUND:
            cents = getattr(self, key)
            if cents is not None:
                yield ("expected", key), cents
        for group in ("programmes", "municipalities"):
            for name, cents in getattr(self, group).items():
                yield ("expected", group, name), cents
