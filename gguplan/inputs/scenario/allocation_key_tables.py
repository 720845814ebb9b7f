"""The allocation keys as a scenario file says them: what a budget is divided by."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Literal, assert_never

from pydantic import Field, field_validator

from gguplan.fund.allocation_keys import (
    AllocationKey,
    Bracket,
    FixedPlusInhabitants,
    PerColumn,
    PerInhabitant,
    RatePerInhabitant,
    Stepped,
    Weights,
)
from gguplan.inputs.scenario.fields import Amount, Column, PositiveRate, Rate, Text
from gguplan.inputs.strict_model import StrictModel
from gguplan.language import _


class PerInhabitantTable(StrictModel):
    """Everybody pays the same per inhabitant: the rule of the fund."""

    key: Literal["inhabitants"] = "inhabitants"
    """The word `inhabitants`."""


class BracketTable(StrictModel):
    """One size class of a stepped tariff."""

    up_to: Annotated[int, Field(gt=0, le=100_000_000)] | None = None
    """The class reaches up to and including this number of inhabitants; the last class has none."""
    rate: Rate
    """Euros per inhabitant in this class, such as "1.92"."""


class SteppedTable(StrictModel):
    """A tariff that steps with the size of the municipality, as the VNG's membership fee does.

    With an amount (`gross` or `net`) the tariffs are proportions of it; without one they are what is paid.
    """

    key: Literal["stepped"]
    """The word `stepped`."""
    brackets: Annotated[tuple[BracketTable, ...], Field(min_length=1, max_length=100, strict=False)]
    """The size classes, from small to large."""
    applies_to: Literal["part", "all"]
    """`part`: each rate holds for the inhabitants within its class (marginal). `all`: the rate of the class
    that the municipality falls in holds for all its inhabitants."""

    @field_validator("brackets")
    @classmethod
    def _brackets_rise(cls, brackets: tuple[BracketTable, ...]) -> tuple[BracketTable, ...]:
        *limits, last = [bracket.up_to for bracket in brackets]
        bounds = [limit for limit in limits if limit is not None]
        if len(bounds) < len(limits) or bounds != sorted(set(bounds)):
            raise ValueError(_("the classes do not rise: give each a larger up_to, and the last one none"))
        if last is not None:
            raise ValueError(
                _(
                    "the last class ends at {limit}, and what is larger is in none: take its up_to out",
                    limit=last,
                )
            )
        if not any(bracket.rate for bracket in brackets):
            raise ValueError(_("every rate is 0, so nobody would pay: give a class a rate above 0"))
        return brackets


class TariffTable(StrictModel):
    """A price per inhabitant, as in an offer that each municipality takes or leaves: each pays the rate times its own
    inhabitants, in whole cents. What all pay together follows from that, so there is no amount beside it."""

    key: Literal["tariff"]
    """The word `tariff`."""
    rate: PositiveRate
    """Euros per inhabitant, including VAT, such as "0.92"."""


class FixedPlusInhabitantsTable(StrictModel):
    """Everybody pays the same fixed amount, and the rest is divided pro rata to inhabitants."""

    key: Literal["fixed_plus_inhabitants"]
    """The words `fixed_plus_inhabitants`."""
    fixed: Amount
    """Euros for each municipality, including VAT, such as "500.00"."""


class PerColumnTable(StrictModel):
    """Pro rata to a column that you bring: households, dwellings."""

    key: Literal["column"]
    """The word `column`."""
    file: Text
    """A CSV file or workbook beside the scenario, with a column of municipal codes."""
    column: Column
    """The column with the weights: whole numbers, one for each municipality."""


AllocationKeyTable = Annotated[
    PerInhabitantTable | SteppedTable | TariffTable | FixedPlusInhabitantsTable | PerColumnTable,
    Field(discriminator="key"),
]


def allocation_key_of(table: AllocationKeyTable, read_weights: Callable[[PerColumnTable], Weights]) -> AllocationKey:
    """The allocation key that a table says; `read_weights` reads the column that it may name."""
    match table:
        case PerInhabitantTable():
            return PerInhabitant()
        case SteppedTable():
            brackets = tuple(Bracket(bracket.up_to, bracket.rate) for bracket in table.brackets)
            return Stepped(brackets, table.applies_to)
        case TariffTable():
            return RatePerInhabitant(table.rate)
        case FixedPlusInhabitantsTable():
            return FixedPlusInhabitants(table.fixed)
        case PerColumnTable():
            return PerColumn(table.file, table.column, read_weights(table))
        case _:
            assert_never(table)
