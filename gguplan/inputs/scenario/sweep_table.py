"""The table ``[sweep]`` of a scenario: what to vary, between which bounds, and how to sample it."""

from __future__ import annotations

import datetime
from typing import Annotated, Any, ClassVar, Final

from pydantic import BeforeValidator, Field, model_validator

from gguplan.fund.sweep_plan import LARGEST_SWEEP, Sample, enough_variants
from gguplan.inputs.scenario.fields import OWN, Text, not_text
from gguplan.inputs.strict_model import StrictModel
from gguplan.language import _

MOST_FACTORS: Final = 50
"""The most values that one sweep varies."""

MOST_CHOICES: Final = 1_000
"""The most steps or choices of one value."""


def _plain(value: Any) -> Any:
    """The value, when it is text, a whole number or a date; else ValueError with what to write."""
    if isinstance(value, str) or type(value) in (int, datetime.date):
        return value
    raise ValueError(not_text(value) or _('this cannot be varied over: write text, a whole number or a date: "0.25"'))


def _plain_or_list(value: Any) -> Any:
    if isinstance(value, list):
        if not all(isinstance(item, str) or type(item) is int for item in value):
            raise ValueError(_('in a list that is varied over stand names or numbers: write ["Utrecht", "Zwolle"]'))
        return tuple(value)
    return _plain(value)


_PLAIN: Final = {"type": ["string", "integer"]}

Plain = Annotated[Any, BeforeValidator(_plain), Field(json_schema_extra=_PLAIN)]
Choice = Annotated[
    Any, BeforeValidator(_plain_or_list), Field(json_schema_extra={"type": ["string", "integer", "array"]})
]


class Varied(StrictModel):
    """One value of the scenario that a sweep varies: between two bounds, or over choices that are equally likely."""

    own_source: ClassVar = True
    """Each needs a source of its own: that of the file does not stand for it."""

    between: Annotated[tuple[Plain, ...], Field(strict=False)] | None = None
    """The lowest and the highest value, each written as the scenario writes it: `["0.20", "0.35"]`. In a designed
    sample every value between them is equally likely, unless there is a `most_likely`."""
    most_likely: Plain | None = None
    """For a designed sample: the value that is likeliest; the chance falls in a straight line to nothing at both
    bounds (a triangular distribution)."""
    steps: Annotated[int, Field(ge=2, le=MOST_CHOICES)] | None = None
    """For a grid: how many values from the lowest to the highest, both included, equally far apart."""
    choices: Annotated[tuple[Choice, ...], Field(max_length=MOST_CHOICES, strict=False)] | None = None
    """The values themselves, where they do not lie between bounds: `["refund", "shrink"]`, or lists of names
    such as `[["Amsterdam"], ["Amsterdam", "Utrecht"]]`."""
    source: Text
    """Why these bounds or choices: where they stand, or who assumes them."""

    @model_validator(mode="after")
    def _one_way(self) -> Varied:
        if (self.between is None) == (self.choices is None):
            raise ValueError(_("a value is varied in one way: give between or choices"))
        if self.between is not None and len(self.between) != 2:
            raise ValueError(_('between takes two values: write them as ["0.20", "0.35"]'))
        if self.choices is not None and len(self.choices) < 2:
            raise ValueError(_('with fewer than two choices nothing varies: write them as ["refund", "shrink"]'))
        if self.choices is not None and (self.steps is not None or self.most_likely is not None):
            raise ValueError(_("steps and most_likely go with between only: take them out"))
        return self


class Sweep(StrictModel):
    """Many variants of this scenario at once: what the assembly decides (`levers`) and what happens to it
    (`uncertainties`), kept apart; see gguplan sweep."""

    sample: Sample = "grid"
    """`grid`: every combination of the steps and choices. `latin_hypercube` or `sobol`: a designed sample of `size`
    variants over all values at once; `sobol` fills the space more evenly."""
    size: Annotated[int, Field(ge=2, le=LARGEST_SWEEP)] | None = None
    """How many variants a designed sample has; for `sobol` a power of two. To tell what each value explains, 512 are
    enough, or 32 for each range and each choice after the first, where that is more."""
    levers: Annotated[dict[Text, Varied], Field(max_length=MOST_FACTORS), OWN] = Field(default_factory=dict)
    """What the assembly decides, one table for each path of the scenario as `--set` names it:
    `[sweep.levers."programmes.luisterend-oor.rate"]`."""
    uncertainties: Annotated[dict[Text, Varied], Field(max_length=MOST_FACTORS), OWN] = Field(default_factory=dict)
    """What happens to it, one table for each path: `[sweep.uncertainties."opt_outs.luisterend-oor.municipalities"]`."""

    @property
    def comparisons(self) -> int:
        """How many differences say in outline what all levers and uncertainties do."""
        varied = (*self.levers.values(), *self.uncertainties.values())
        return sum(max(len(value.choices or ()) - 1, 1) for value in varied)

    @model_validator(mode="after")
    def _sample_fits(self) -> Sweep:
        if not self.levers and not self.uncertainties:
            raise ValueError(_('nothing is varied here: add a table [sweep.levers."path"]'))
        if self.sample == "grid":
            if self.size is not None:
                raise ValueError(_("a grid has as many variants as its steps and choices make: take size out"))
            return self
        if self.size is None:
            raise ValueError(
                _("the number of variants is missing: add size = {size}", size=enough_variants(self.comparisons))
            )
        if self.sample == "sobol" and self.size & (self.size - 1):
            below = 1 << (self.size.bit_length() - 1)
            raise ValueError(
                _(
                    "a Sobol sample of {size} variants is lopsided: write {below} or {above}, a power of two",
                    size=self.size,
                    below=below,
                    above=min(2 * below, 1 << (LARGEST_SWEEP.bit_length() - 1)),
                )
            )
        return self
