"""A body that pays without inhabitants, as a scenario file says it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from gguplan.fund.bodies import BodyKind
from gguplan.inputs.scenario.fields import Text
from gguplan.inputs.strict_model import StrictModel


class BodyTable(StrictModel):
    """A body without inhabitants that pays, such as a province or a water board. Named in `members` of the fund it pays
    every programme that has no members of its own; named in `members` of a programme it pays that one. Lists, keys and
    columns call it by its name in brackets or by its title."""

    title: Annotated[Text, Field(max_length=100)]
    """The name that reports show, such as "Provincie Zeeland"."""
    kind: BodyKind
    """`province`, `water board` or `other`."""
    source: Text
    """Where it stands that it pays."""
