"""The lines of a sum that say what a municipality weighs, or pays by an agreement, before anything is divided.

Amounts are whole cents, rates ten-thousandths of a euro per inhabitant, inhabitants persons.
"""

from __future__ import annotations

from msgspec import Struct

from gguplan.fund.allocation_keys import InColumn, Weighing


class WeighsNothing(Struct, frozen=True):
    """The municipality takes part and weighs 0, so that nothing of what is divided falls to it."""


class FixedAmount(Struct, frozen=True):
    """The fixed amount of one municipality: `whole` for a year, `fixed` for the days for which it is weighed.

    `municipalities` is how many have a fixed amount, None when some of them are not weighed the whole year; `rest` is
    what is left to divide.
    """

    whole: int
    days: int
    days_in_year: int
    fixed: int
    municipalities: int | None
    rest: int


class WeightForDays(Struct, frozen=True):
    """What a municipality weighs, in pieces of a year, where some are not weighed the whole year.

    `takes_part` is whether it takes part on these days; otherwise some of them are taken off its part afterwards.
    """

    days: int
    days_in_year: int
    weight: int
    weighing: Weighing
    pieces: int
    takes_part: bool


class CountOfItsOwn(Struct, frozen=True):
    """How many inhabitants a municipality of now had on 1 January of `year`; `meant` where that is a later year."""

    inhabitants: int
    year: int
    meant: int


class WeightOfColumn(Struct, frozen=True):
    """What a municipality weighs by a column of a file."""

    weight: int
    column: str
    file: str


class Tariff(Struct, frozen=True):
    """What a municipality weighs by a stepped tariff, in ten-thousandths of a euro."""

    tariff: int


class TariffInCents(Struct, frozen=True):
    """A rate, in ten-thousandths of a euro, times the inhabitants of a municipality, in whole cents."""

    inhabitants: int
    rate: int
    cents: int


class ShareAgreed(Struct, frozen=True):
    """The share of a municipality that is agreed on: `part` of a `whole`; where it stands, or None."""

    part: int
    whole: int
    stands: InColumn | None


class AmountAgreed(Struct, frozen=True):
    """The amount of a municipality that is agreed on, in cents; where it stands, or None."""

    cents: int
    stands: InColumn | None


class ProductsTaken(Struct, frozen=True):
    """What a municipality pays for the mean of its units in some `years`, at a price in ten-thousandths of a euro, in
    whole cents; `units` are in `parts` of a unit, of all years together."""

    units: int
    parts: int
    years: int
    price: int
    cents: int
    stands: InColumn | None


class AmountOfStep(Struct, frozen=True):
    """The amount of the size class that a municipality falls in: above and up to so many inhabitants; None: no end."""

    inhabitants: int
    above: int
    up_to: int | None
    cents: int


class TariffOfBracket(Struct, frozen=True):
    """What some inhabitants add to a tariff."""

    inhabitants: int
    rate: int


class WeightsTogether(Struct, frozen=True):
    """What all who are weighed weigh together, where those in `names` are not weighed, or not the `whole_year`.

    Of the `payers` who are weighed some are `bodies` without inhabitants.
    """

    weights: int
    weighing: Weighing
    payers: int
    bodies: int
    names: tuple[str, ...]
    whole_year: bool


WeightLine = (
    WeighsNothing
    | FixedAmount
    | WeightForDays
    | CountOfItsOwn
    | WeightOfColumn
    | Tariff
    | TariffInCents
    | ShareAgreed
    | AmountAgreed
    | ProductsTaken
    | AmountOfStep
    | TariffOfBracket
    | WeightsTogether
)
"""Every line of a sum on what an allocation key makes of a municipality."""
