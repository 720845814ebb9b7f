"""Bodies that pay without inhabitants: a province, a water board, another body."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

from msgspec.structs import replace

from gguplan.fund.municipalities import Municipality, Population

BodyKind = Literal["province", "water board", "other"]
"""What sort of body it is, as a scenario writes it."""


class Body(Municipality, frozen=True):
    """A payer that is no municipality. It stands in the arrays behind the municipalities, with 0 inhabitants; its
    `gm_code` is what the scenario calls it, and `place` settles ties. `pays_all` when it is a member of the whole fund,
    and not only of the programmes that name it."""

    kind: BodyKind
    pays_all: bool
    place: int

    @property
    def number(self) -> int:
        """What settles ties, as the CBS code does for municipalities."""
        return self.place

    @property
    def is_body(self) -> bool:
        """True: it is no municipality."""
        return True

    @property
    def pays_every_programme(self) -> bool:
        """Whether it pays the programmes that name no members of their own."""
        return self.pays_all


def bodies_of(population: Population) -> tuple[Body, ...]:
    """The bodies of a population."""
    return tuple(body for body in population.bodies if isinstance(body, Body))


def with_bodies(country: Population, bodies: Iterable[Body]) -> Population:
    """All municipalities of a day with these bodies behind them, by what the scenario calls them, and no others."""
    in_order = tuple(sorted(bodies, key=lambda body: body.gm_code))
    return country if in_order == country.bodies else _with_bodies(country, in_order)


@lru_cache(maxsize=64)
def _with_bodies(country: Population, bodies: tuple[Body, ...]) -> Population:
    # Remembered, so that its arrays and the index of its names are made once.
    return replace(country, municipalities=(*country.without_bodies, *bodies))
