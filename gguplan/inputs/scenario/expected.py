"""What must come out of a scenario, as its file says it: amounts that are checked whenever it is worked out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any, Final

from pydantic import BeforeValidator, Field, model_validator

from gguplan.fund.municipalities import Population
from gguplan.inputs.findings import Findings
from gguplan.inputs.population.municipalities import UnknownMunicipality, look_up
from gguplan.inputs.scenario.fields import BY_NAME, Identifier, Text, not_text
from gguplan.inputs.strict import Strict
from gguplan.inputs.suggestions import did_you_mean, shortlist
from gguplan.inputs.toml_document import KeyPath
from gguplan.inputs.written_amounts import parse_euros
from gguplan.language import _

if TYPE_CHECKING:
    from gguplan.inputs.scenario.layers import Layers
    from gguplan.inputs.scenario.schema import Scenario

_FUND: Final = ("total", "refunds", "available")


def _any_cents(value: Any) -> int:
    """Cents of an amount that may be 0 or, where somebody gets money back, below it."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        raise ValueError(not_text(value) or _('this is not an amount: write euros and cents, such as "1234567.89"'))
    return parse_euros(value)


_SCHEMA: Final = {"type": ["string", "integer"], "pattern": r"^-?[0-9]+(\.[0-9]{2})?$"}

Outcome = Annotated[int, BeforeValidator(_any_cents), Field(json_schema_extra=_SCHEMA)]
"""Cents that come out; 0 and less are possible."""


class Expected(Strict):
    """What must come out of this file, to the cent. It is checked whenever the scenario is worked out, and what does
    not come out is told. It holds for the file as it stands: not for one that extends it, and not with --set."""

    total: Outcome | None = None
    """What all municipalities together are invoiced, including VAT, before refunds. For example "4200000.00"."""
    refunds: Outcome | None = None
    """What opt-outs get back together."""
    available: Outcome | None = None
    """What all programmes together can spend, including VAT."""
    programmes: Annotated[dict[Identifier, Outcome], BY_NAME] = Field(default_factory=dict)
    """What all municipalities together are invoiced for a programme: `luisterend-oor = "4200000.00"`."""
    municipalities: Annotated[dict[Text, Outcome], Field(max_length=1_000)] = Field(default_factory=dict)
    """The bill of a municipality, its refunds taken off: `Utrecht = "1074377.81"`."""
    source: Text | None = None
    """Where these amounts are published. Without it they are what gguplan computed when somebody last looked."""

    @model_validator(mode="after")
    def _something(self) -> Expected:
        if not any(True for _one in self.amounts()):
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


def check_expected(scenario: Scenario, population: Population, layers: Layers, findings: Findings) -> None:
    """Fail if something is expected of a programme or a municipality that is not there, or of one twice."""
    if scenario.expected is None:
        return
    programmes = [name for name in scenario.programmes if name not in scenario.without]
    for name in scenario.expected.programmes:
        if name not in programmes:
            findings.add(
                layers.key_place(("expected", "programmes", name)),
                _("There is no programme {name!r}.", name=name),
                did_you_mean(name, programmes) + _("Programmes: {names}.", names=shortlist(programmes)),
            )
    seen: set[str] = set()
    for name in scenario.expected.municipalities:
        place = layers.key_place(("expected", "municipalities", name))
        try:
            found = look_up(name, population)
        except UnknownMunicipality as problem:
            findings.add(place, problem.what, problem.remedy)
            continue
        if found.gm_code in seen:
            findings.add(
                place,
                _("{name} ({code}) stands here a second time.", name=found.name, code=found.gm_code),
                _("Keep it once."),
            )
        seen.add(found.gm_code)
