"""The allocation keys: what a budget is divided by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, assert_never

from gguplan.money import Integers


@dataclass(frozen=True)
class PerInhabitant:
    """Everybody pays the same per inhabitant: the rule of the fund."""


@dataclass(frozen=True)
class Bracket:
    """One size class of a stepped tariff: up to and including so many inhabitants (None: the last class), at a rate in
    ten-thousandths of a euro per inhabitant."""

    up_to: int | None
    rate: int


@dataclass(frozen=True)
class Stepped:
    """A tariff that steps with the size of the municipality, as the VNG's membership fee does; classes from small to
    large.

    ``part``: each rate holds for the inhabitants within its class. ``all``: the rate of the class that the municipality
    falls in holds for all its inhabitants.
    """

    brackets: tuple[Bracket, ...]
    applies_to: Literal["part", "all"]


@dataclass(frozen=True)
class RatePerInhabitant:
    """Each pays a rate, in ten-thousandths of a euro, times its own inhabitants, in whole cents, half a cent up.

    What all pay together follows from these parts. Joint offer of the helplines of April 2017: 0,92 × 213.804
    inhabitants of Tilburg on 1 January 2017 = € 196.699,68.
    """

    rate: int


@dataclass(frozen=True)
class FixedPlusInhabitants:
    """Everybody pays the same amount, in cents for a whole year, and the rest is divided pro rata to inhabitants."""

    fixed: int


@dataclass(frozen=True, eq=False)
class Weights:
    """Whole numbers that the user brings, shape (municipalities,). They are equal to themselves only, so that variants
    of a scenario can share them and be remembered by them."""

    values: Integers


@dataclass(frozen=True)
class PerColumn:
    """Pro rata to a column that the user brings: households, dwellings."""

    file: str
    column: str
    weights: Weights


Weighing = Literal["inhabitants", "tariff", "column"]
"""What an amount is divided pro rata to: inhabitants, ten-thousandths of a euro, or whole numbers of the user."""

AllocationKey = PerInhabitant | Stepped | RatePerInhabitant | FixedPlusInhabitants | PerColumn


def column_of(key: AllocationKey) -> PerColumn | None:
    """The key, where its weights are a column that the user brings; else None."""
    match key:
        case PerColumn():
            return key
        case PerInhabitant() | Stepped() | RatePerInhabitant() | FixedPlusInhabitants():
            return None
        case _:
            assert_never(key)
