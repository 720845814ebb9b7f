"""The allocation keys: what a budget is divided by."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Literal, assert_never

from msgspec import Struct
from msgspec.structs import replace

from gguplan.money import Integers


class PerInhabitant(Struct, frozen=True):
    """Everybody pays the same per inhabitant: the rule of the fund."""


class Bracket(Struct, frozen=True):
    """One size class of a stepped tariff: up to and including so many inhabitants (None: the last class), at a rate in
    ten-thousandths of a euro per inhabitant."""

    up_to: int | None
    rate: int


class Stepped(Struct, frozen=True):
    """A tariff that steps with the size of the municipality, as the VNG's membership fee does; classes from small to
    large.

    ``part``: each rate holds for the inhabitants within its class. ``all``: the rate of the class that the municipality
    falls in holds for all its inhabitants.
    """

    brackets: tuple[Bracket, ...]
    applies_to: Literal["part", "all"]


class RatePerInhabitant(Struct, frozen=True):
    """Each pays a rate, in ten-thousandths of a euro, times its own inhabitants, in whole cents, half a cent up.

    What all pay together follows from these parts. Joint offer of the helplines of April 2017: 0,92 × 213.804
    inhabitants of Tilburg on 1 January 2017 = € 196.699,68.
    """

    rate: int


class FixedPlusInhabitants(Struct, frozen=True):
    """Everybody pays the same amount, in cents for a whole year, and the rest is divided pro rata to inhabitants."""

    fixed: int


class Weights(Struct, frozen=True, eq=False):
    """Whole numbers that the user brings, shape (municipalities,). They are equal to themselves only, so that variants
    of a scenario can share them and be remembered by them."""

    values: Integers


class InhabitantsOn(Struct, frozen=True):
    """Everybody pays the same per inhabitant of 1 January of `year`, which is not the day of the fund.

    `meant` is the year that is stated, a later one where its count is not there yet. `counts` are the persons of then
    in each municipality of now.
    """

    year: int
    meant: int
    counts: Weights


class InColumn(Struct, frozen=True):
    """The column of a file in which the values stand."""

    file: str
    column: str


class PerColumn(Struct, frozen=True):
    """Pro rata to a column that the user brings: households, dwellings."""

    stands: InColumn
    weights: Weights


class FixedShares(Struct, frozen=True):
    """Each pays a share that is agreed on: `parts` of a `whole` that they sum to."""

    parts: Weights
    whole: int
    stands: InColumn | None = None


class FixedAmounts(Struct, frozen=True):
    """Each pays an amount that is agreed on, in `cents`; what all pay together follows from these parts."""

    cents: Weights
    stands: InColumn | None = None


class Products(Struct, frozen=True):
    """Each pays for what it takes: its units × a price in ten-thousandths of a euro, in whole cents, half a cent up.

    `units` are what each took in all `years` together, in `parts` of a unit (10: in tenths); the mean of the years
    counts.
    """

    units: Weights
    parts: int
    years: int
    price: int
    stands: InColumn | None = None


class AmountStep(Struct, frozen=True):
    """One size class: each with up to and including so many inhabitants (None: the last class) pays so many cents."""

    up_to: int | None
    cents: int


class StepAmounts(Struct, frozen=True):
    """Each pays the amount of the size class that it falls in; classes from small to large.

    Sport agreement 2019: € 10.000 up to 20.000 inhabitants, € 20.000 up to 40.000, and so on.
    """

    steps: tuple[AmountStep, ...]


Weighing = Literal["inhabitants", "tariff", "column"]
"""What an amount is divided pro rata to: inhabitants, ten-thousandths of a euro, or whole numbers of the user."""

AgreedKey = FixedShares | FixedAmounts | Products | StepAmounts
"""What each pays is agreed on, whoever else takes part."""

UnmixedKey = PerInhabitant | InhabitantsOn | Stepped | RatePerInhabitant | FixedPlusInhabitants | PerColumn | AgreedKey
"""One key for the whole of an amount."""


class PartOfMix(Struct, frozen=True):
    """A part of an amount, `share` of what the shares of all parts come to together, and the key that divides it."""

    share: int
    key: UnmixedKey


class Mix(Struct, frozen=True):
    """Each part of an amount is divided by a key of its own: half by inhabitants, half by dwellings."""

    parts: tuple[PartOfMix, ...]


AllocationKey = UnmixedKey | Mix

PaidByEach = Literal["tariffs", "amounts", "products"]
"""What each pays of its own, by a key of which the total follows from the parts."""


def parts_of(key: AllocationKey) -> tuple[PartOfMix, ...]:
    """The parts of a mix; one key is the one part, which has everything."""
    match key:
        case Mix(parts):
            return parts
        case PerInhabitant() | InhabitantsOn() | Stepped() | RatePerInhabitant() | FixedPlusInhabitants() | PerColumn():
            return (PartOfMix(1, key),)
        case FixedShares() | FixedAmounts() | Products() | StepAmounts():
            return (PartOfMix(1, key),)
        case _:
            assert_never(key)


def unmixed_keys(key: AllocationKey) -> tuple[UnmixedKey, ...]:
    """The keys that divide an amount: that of each part of a mix, or the one key."""
    return tuple(part.key for part in parts_of(key))


def with_keys(key: AllocationKey, unmixed: Iterable[UnmixedKey]) -> AllocationKey:
    """The key with other keys in the place of those that divide an amount."""
    parts = tuple(replace(part, key=of_part) for part, of_part in zip(parts_of(key), unmixed, strict=True))
    return Mix(parts) if len(parts) > 1 else parts[0].key


def agreed_together(key: AllocationKey) -> Fraction:
    """Which part of everything those who pay agreed on together: less than 1 after one of them left. Of a mix that of
    the part in which it is least; 1 by a key without shares."""
    shares = (unmixed for unmixed in unmixed_keys(key) if isinstance(unmixed, FixedShares))
    return min((Fraction(int(unmixed.parts.values.sum()), unmixed.whole) for unmixed in shares), default=Fraction(1))


def columns_of(key: AllocationKey) -> tuple[InColumn, ...]:
    """Where the values of a key stand, when that is in columns that the user brings."""
    stands = (_column_of(unmixed) for unmixed in unmixed_keys(key))
    return tuple(column for column in stands if column is not None)


def _column_of(key: UnmixedKey) -> InColumn | None:
    match key:
        case PerColumn(stands=stands):
            return stands
        case FixedShares(stands=column) | FixedAmounts(stands=column) | Products(stands=column):
            return column
        case (
            PerInhabitant() | InhabitantsOn() | Stepped() | RatePerInhabitant() | FixedPlusInhabitants() | StepAmounts()
        ):
            return None
        case _:
            assert_never(key)


def stated_amounts_of(key: AllocationKey) -> Weights | None:
    """What each pays in cents, where a key states that; else None."""
    match key:
        case FixedAmounts(cents=cents):
            return cents
        case PerInhabitant() | InhabitantsOn() | Stepped() | RatePerInhabitant() | FixedPlusInhabitants() | PerColumn():
            return None
        case FixedShares() | Products() | StepAmounts() | Mix():
            return None
        case _:
            assert_never(key)


def count_years_of(key: AllocationKey) -> tuple[int, ...]:
    """The years whose inhabitants divide a part of an amount, and are not those of the fund."""
    years = (_count_year_of(unmixed) for unmixed in unmixed_keys(key))
    return tuple(year for year in years if year is not None)


def _count_year_of(key: UnmixedKey) -> int | None:
    match key:
        case InhabitantsOn(year=year):
            return year
        case PerInhabitant() | Stepped() | RatePerInhabitant() | FixedPlusInhabitants() | PerColumn():
            return None
        case FixedShares() | FixedAmounts() | Products() | StepAmounts():
            return None
        case _:
            assert_never(key)


def has_values_of_its_own(key: AllocationKey) -> bool:
    """Whether a key has a value for each municipality that no count of inhabitants gives: a column, shares, amounts."""
    return any(_has_values_of_its_own(unmixed) for unmixed in unmixed_keys(key))


def _has_values_of_its_own(key: UnmixedKey) -> bool:
    match key:
        case PerColumn() | FixedShares() | FixedAmounts() | Products():
            return True
        case (
            PerInhabitant() | InhabitantsOn() | Stepped() | RatePerInhabitant() | FixedPlusInhabitants() | StepAmounts()
        ):
            return False
        case _:
            assert_never(key)


def takes_from_whoever_pays(key: UnmixedKey) -> bool:
    """Whether who has no inhabitants pays something by a key of inhabitants: an amount for each, or that of the
    smallest class."""
    match key:
        case FixedPlusInhabitants() | StepAmounts():
            return True
        case PerInhabitant() | InhabitantsOn() | Stepped() | RatePerInhabitant() | PerColumn():
            return False
        case FixedShares() | FixedAmounts() | Products():
            return False
        case _:
            assert_never(key)


def paid_by_each(key: AllocationKey) -> PaidByEach | None:
    """What each pays of its own by a key that says what all pay together; None for one that divides an amount only."""
    match key:
        case Stepped() | RatePerInhabitant():
            return "tariffs"
        case FixedAmounts() | StepAmounts():
            return "amounts"
        case Products():
            return "products"
        case PerInhabitant() | InhabitantsOn() | FixedPlusInhabitants() | PerColumn() | FixedShares() | Mix():
            return None
        case _:
            assert_never(key)
