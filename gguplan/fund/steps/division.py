"""The lines of a sum that divide an amount, to the cent.

Amounts are whole cents, rates ten-thousandths of a euro per inhabitant, inhabitants persons.
"""

from __future__ import annotations

from msgspec import Struct

from gguplan.fund.allocation_keys import UnmixedKey, Weighing


class NotDivided(Struct, frozen=True):
    """Nobody is invoiced, so nothing is divided."""


class NoMemberOfTheProgramme(Struct, frozen=True):
    """The programme has members of its own, and the municipality is none."""


class OutsideTheWholeYear(Struct, frozen=True):
    """The municipality has no part in the division: the others pay the whole budget."""


class PortionOfMix(Struct, frozen=True):
    """A municipality has `amount` of a `portion` of what there is to divide `together`, all in cents: the `share` of a
    `whole` that one `key` of a mix divides."""

    together: int
    share: int
    whole: int
    portion: int
    key: UnmixedKey
    amount: int


class Share(Struct, frozen=True):
    """The exact share of one weight in an amount."""

    total: int
    weight: int
    weights: int
    weighing: Weighing


class WholeCents(Struct, frozen=True):
    """The same share in whole cents, and what the division leaves."""

    total: int
    weight: int
    weights: int
    whole: int
    remainder: int


class CentsLeftOver(Struct, frozen=True):
    """How many cents of an amount all whole cents together leave over."""

    total: int
    whole: int
    left_over: int


class PlaceInQueue(Struct, frozen=True):
    """Where a municipality stands in the queue of `queue` by largest remainder, and whether it gets a cent."""

    rank: int
    queue: int
    gets_a_cent: bool


class EndOfCents(Struct, frozen=True):
    """Who is the last in the queue to get a cent, and who is the first without, each with its remainder."""

    last: str
    remainder: int
    first_without: str
    remainder_without: int


class OrderOfQueue(Struct, frozen=True):
    """Who goes first of those with equal remainders."""


class Part(Struct, frozen=True):
    """What the division comes to for one municipality, its fixed amount included."""

    cents: int


DivisionLine = (
    NotDivided
    | NoMemberOfTheProgramme
    | OutsideTheWholeYear
    | PortionOfMix
    | Share
    | WholeCents
    | CentsLeftOver
    | PlaceInQueue
    | EndOfCents
    | OrderOfQueue
    | Part
)
"""Every line of a sum on the division."""
