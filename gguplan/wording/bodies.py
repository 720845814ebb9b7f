"""Bodies without inhabitants that pay, in words: what they are, and what stands where others have inhabitants."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from gguplan.fund.bodies import Body, BodyKind, bodies_of
from gguplan.fund.municipalities import Municipality, Population
from gguplan.language import _, listed_with_and
from gguplan.wording.amounts import format_number


def kind_in_words(kind: BodyKind) -> str:
    """What sort of body it is."""
    match kind:
        case "province":
            return _("province")
        case "water board":
            return _("water board")
        case "other":
            return _("other body")
        case _:
            assert_never(kind)


def place_of(municipality: Municipality) -> str:
    """The province that a municipality lies in; of a body what sort of body it is."""
    return f"({kind_in_words(municipality.kind)})" if isinstance(municipality, Body) else municipality.province


def inhabitants_of(municipality: Municipality) -> str:
    """How many inhabitants it has; a dash of a body, which has none."""
    return "–" if municipality.is_body else format_number(municipality.inhabitants)


def bodies_not_drawn(population: Population) -> str:
    """That bodies stand on no map of municipalities; empty without any."""
    bodies = bodies_of(population)
    if not bodies:
        return ""
    return _("Not on the map: {names}.", names=listed_with_and([body.name for body in bodies]))


def payer_heading(population: Population) -> str:
    """What stands above the names of who pays."""
    return _("Municipality or other body") if population.bodies else _("Municipality")


def code_heading(population: Population) -> str:
    """What stands above the CBS codes of who pays; a body has what the scenario calls it there."""
    return _("CBS code or name in the scenario") if population.bodies else _("CBS code")


def of_what_municipalities_pay(population: Population) -> list[str]:
    """That amounts per inhabitant leave out who has none, in a sentence; none where only municipalities pay."""
    bodies = bodies_of(population)
    if not bodies:
        return []
    return [
        _(
            "Amounts per inhabitant are of what the municipalities pay, without {names}.",
            names=listed_with_and([body.name for body in bodies]),
        )
    ]


def with_kinds(bodies: Sequence[Body]) -> list[str]:
    """Each with what it is."""
    return [f"{body.name} ({kind_in_words(body.kind)})" for body in bodies]
