"""The allocation keys as a scenario file says them: what a budget is divided by."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm
from typing import Annotated, Final, Literal, Protocol, assert_never

from pydantic import Field, field_validator, model_validator

from gguplan.findings import Findings, InputError
from gguplan.fund.allocation_keys import (
    AllocationKey,
    AmountStep,
    Bracket,
    FixedAmounts,
    FixedPlusInhabitants,
    FixedShares,
    InhabitantsOn,
    Mix,
    PartOfMix,
    PerColumn,
    PerInhabitant,
    Products,
    RatePerInhabitant,
    StepAmounts,
    Stepped,
    UnmixedKey,
)
from gguplan.inputs.scenario.fields import OWN, Amount, Column, FirstOfJanuary, PositiveRate, Price, Rate, Text
from gguplan.inputs.scenario.values_by_name import AmountOrNothing, Percentage, Units, ValuesByName
from gguplan.inputs.strict_model import StrictModel
from gguplan.inputs.toml_document import KeyPath
from gguplan.language import _
from gguplan.wording.amounts import format_share


class PerInhabitantTable(StrictModel):
    """Everybody pays the same per inhabitant: the rule of the fund."""

    key: Literal["inhabitants"] = "inhabitants"
    """The word `inhabitants`."""
    reference_date: FirstOfJanuary | None = None
    """The 1 January whose inhabitants divide this, such as 2022-01-01, when it is not that of the scenario. In another
    year it lies as many years before it."""


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
        _fail_unless_classes_rise([bracket.up_to for bracket in brackets])
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


class SharesTable(ValuesByName):
    """Each pays a share that is agreed on. The shares sum to 100 %."""

    values_in = "shares"
    nothing = 'others = "0%"'

    key: Literal["shares"]
    """The word `shares`."""
    shares: Annotated[dict[Text, Percentage], Field(max_length=10_000), OWN] | None = None
    """The share of each municipality: `{ Nuenen = "35.3%", "Son en Breugel" = "27%" }`, or a fraction: "1/3"."""
    others: Percentage | None = None
    """The share of each that is not named, such as "0%". Without it all must be named."""
    file: Text | None = None
    """Instead of `shares`: a CSV file or workbook beside the scenario, with a column of municipalities."""
    column: Column | None = None
    """The column of that file with the shares, in per cent."""


class AmountsTable(ValuesByName):
    """Each pays an amount that is agreed on, such as a contract of one municipality. What all pay together follows
    from that; with a budget (`gross` or `net`) beside it the amounts must sum to what there is to divide."""

    values_in = "amounts"
    nothing = 'others = "0.00"'

    key: Literal["amounts"]
    """The word `amounts`."""
    amounts: Annotated[dict[Text, AmountOrNothing], Field(max_length=10_000), OWN] | None = None
    """Euros for each municipality, including VAT: `{ Tilburg = "196699.68" }`."""
    others: AmountOrNothing | None = None
    """Euros for each that is not named, such as "0.00". Without it all must be named."""
    file: Text | None = None
    """Instead of `amounts`: a CSV file or workbook beside the scenario, with a column of municipalities."""
    column: Column | None = None
    """The column of that file with the amounts, in euros."""


class ProductsTable(ValuesByName):
    """Each pays for what it takes: its units (products, hours, calls) times a price, in whole cents.

    What all pay together follows from that; with an amount (`gross`, `net` or `volume`) these are proportions of it.
    """

    values_in = "units"
    nothing = "others = 0"

    key: Literal["products"]
    """The word `products`."""
    price: Price
    """Euros per unit, including VAT, with at most four decimals, such as "86.55"."""
    units: Annotated[dict[Text, Units], Field(max_length=10_000), OWN] | None = None
    """The units of each municipality, `{ Nuenen = 120 }`, or of some years, of which the mean counts:
    `{ Nuenen = [110, 120, 124] }`. Beside such a list one number is that of each year. Units with decimals stand
    between quotes: "12.5"."""
    others: Units | None = None
    """The units of each that is not named, such as 0. Without it all must be named."""
    file: Text | None = None
    """Instead of `units`: a CSV file or workbook beside the scenario, with a column of municipalities."""
    column: Column | None = None
    """The column of that file with the units."""

    @model_validator(mode="after")
    def _as_many_years_for_all(self) -> ProductsTable:
        if len(self._numbers_of_years - {1}) > 1:
            raise ValueError(_("some have the units of more years than others: give the same years for each"))
        return self

    @property
    def years(self) -> int:
        """Of how many years the mean counts."""
        return max(self._numbers_of_years, default=1)

    def in_all_years(self, units: tuple[Fraction, ...]) -> Fraction:
        """Units of all years together; one number is that of each year."""
        return sum(units, Fraction(0)) * (self.years // len(units))

    @property
    def _numbers_of_years(self) -> set[int]:
        return {len(units) for units in (*(self.units or {}).values(), self.others) if units is not None}


class AmountStepTable(StrictModel):
    """One size class with an amount for each municipality in it."""

    up_to: Annotated[int, Field(gt=0, le=100_000_000)] | None = None
    """The class reaches up to and including this number of inhabitants; the last class has none."""
    amount: AmountOrNothing
    """Euros for each municipality in this class, including VAT, such as "10000.00"."""


class StepAmountsTable(StrictModel):
    """Each pays the amount of the size class that it falls in.

    What all pay together follows from that; with an amount (`gross`, `net` or `volume`) these are proportions of it.
    """

    key: Literal["step_amounts"]
    """The word `step_amounts`."""
    steps: Annotated[tuple[AmountStepTable, ...], Field(min_length=1, max_length=100, strict=False)]
    """The size classes, from small to large."""

    @field_validator("steps")
    @classmethod
    def _steps_rise(cls, steps: tuple[AmountStepTable, ...]) -> tuple[AmountStepTable, ...]:
        _fail_unless_classes_rise([step.up_to for step in steps])
        if not any(step.amount for step in steps):
            raise ValueError(_("every amount is 0, so nobody would pay: give a class an amount above 0"))
        return steps


def _fail_unless_classes_rise(up_to: list[int | None]) -> None:
    """Fail if size classes are not from small to large with a last one without an end."""
    *limits, last = up_to
    bounds = [limit for limit in limits if limit is not None]
    if len(bounds) < len(limits) or bounds != sorted(set(bounds)):
        raise ValueError(_("the classes do not rise: give each a larger up_to, and the last one none"))
    if last is not None:
        raise ValueError(
            _("the last class ends at {limit}, and what is larger is in none: take its up_to out", limit=last)
        )


PortionKeyTable = Annotated[
    PerInhabitantTable
    | SteppedTable
    | FixedPlusInhabitantsTable
    | PerColumnTable
    | SharesTable
    | ProductsTable
    | StepAmountsTable,
    Field(discriminator="key"),
]
"""A key that can divide a part of an amount: not one by which each pays what is agreed, whatever the amount."""


class PartOfMixTable(StrictModel):
    """A part of what there is to divide, with a key of its own."""

    share: Percentage
    """Which part of the amount: "50%", or a fraction: "1/3"."""
    by: PortionKeyTable
    """The allocation key of this part: `{ key = "inhabitants" }`. No tariff and no amounts: these say themselves what
    is paid."""


class MixTable(StrictModel):
    """Each part of the amount is divided by a key of its own: half by inhabitants, half by dwellings.

    The parts are shares of what there is to divide, in whole cents, and sum to 100 %.
    """

    key: Literal["mix"]
    """The word `mix`."""
    parts: Annotated[tuple[PartOfMixTable, ...], Field(min_length=1, max_length=20, strict=False)]
    """The parts: `[{ share = "50%", by = { key = "inhabitants" } }, …]`."""

    @field_validator("parts")
    @classmethod
    def _parts_are_everything(cls, parts: tuple[PartOfMixTable, ...]) -> tuple[PartOfMixTable, ...]:
        if len(parts) == 1:
            raise ValueError(_("one part is no mix: write its key as the allocation itself"))
        together = sum((part.share for part in parts), Fraction(0))
        if together != 1:
            raise ValueError(
                _("the parts sum to {together}: correct their shares to 100 %", together=format_share(together))
            )
        if not all(part.share for part in parts):
            raise ValueError(_("a part has a share of 0 %, so nothing is divided by it: take it out"))
        if lcm(*(part.share.denominator for part in parts)) > MOST_SHARES_OF_A_MIX:
            raise ValueError(_("the shares have more decimals than can be divided by exactly: round them to four"))
        return parts


MOST_SHARES_OF_A_MIX: Final = 10**9
"""The shares of a mix are whole numbers of which no more than this are everything."""

UnmixedKeyTable = Annotated[
    PerInhabitantTable
    | SteppedTable
    | TariffTable
    | FixedPlusInhabitantsTable
    | PerColumnTable
    | SharesTable
    | AmountsTable
    | ProductsTable
    | StepAmountsTable,
    Field(discriminator="key"),
]

AllocationKeyTable = Annotated[
    PerInhabitantTable
    | SteppedTable
    | TariffTable
    | FixedPlusInhabitantsTable
    | PerColumnTable
    | SharesTable
    | AmountsTable
    | ProductsTable
    | StepAmountsTable
    | MixTable,
    Field(discriminator="key"),
]


def keys_in(table: AllocationKeyTable) -> list[tuple[KeyPath, UnmixedKeyTable]]:
    """The tables of the keys that divide something, each with where it stands in this one."""
    match table:
        case MixTable(parts=parts):
            return [(("parts", place, "by"), part.by) for place, part in enumerate(parts)]
        case PerInhabitantTable() | SteppedTable() | TariffTable() | FixedPlusInhabitantsTable() | StepAmountsTable():
            return [((), table)]
        case PerColumnTable() | SharesTable() | AmountsTable() | ProductsTable():
            return [((), table)]
        case _:
            assert_never(table)


def files_named_by(table: AllocationKeyTable) -> dict[KeyPath, str]:
    """The files that a key reads, as the scenario names them, by where the key that names one stands in the table."""
    files = ((under, _file_named_by(unmixed)) for under, unmixed in keys_in(table))
    return {under: file for under, file in files if file is not None}


def _file_named_by(table: UnmixedKeyTable) -> str | None:
    match table:
        case PerColumnTable() | SharesTable() | AmountsTable() | ProductsTable():
            return table.file
        case PerInhabitantTable() | SteppedTable() | TariffTable() | FixedPlusInhabitantsTable() | StepAmountsTable():
            return None
        case _:
            assert_never(table)


class ValuesOfKeys(Protocol):
    """Reads what a key has for each municipality, from its table or the file that it names."""

    def at(self, under: KeyPath) -> ValuesOfKeys:
        """The same of a key that stands in the table of this one."""

    def of_count(self, table: PerInhabitantTable) -> InhabitantsOn:
        """The key with the inhabitants of a day of its own."""

    def of_column(self, table: PerColumnTable) -> PerColumn:
        """The key with the weights of a column."""

    def of_shares(self, table: SharesTable) -> FixedShares:
        """The key with the shares of all."""

    def of_amounts(self, table: AmountsTable) -> FixedAmounts:
        """The key with the amounts of all."""

    def of_products(self, table: ProductsTable) -> Products:
        """The key with the units of all."""


def allocation_key_of(table: AllocationKeyTable, values: ValuesOfKeys) -> AllocationKey:
    """The allocation key that a table says; `values` reads what each municipality has."""
    match table:
        case MixTable(parts=parts):
            return _mix_of(parts, keys_in(table), values)
        case PerInhabitantTable() | SteppedTable() | TariffTable() | FixedPlusInhabitantsTable() | StepAmountsTable():
            return unmixed_key_of(table, values)
        case PerColumnTable() | SharesTable() | AmountsTable() | ProductsTable():
            return unmixed_key_of(table, values)
        case _:
            assert_never(table)


def _mix_of(
    parts: Sequence[PartOfMixTable], keys: Sequence[tuple[KeyPath, UnmixedKeyTable]], values: ValuesOfKeys
) -> Mix:
    """The parts with their keys; what is wrong in any of them is told of all."""
    whole, findings, read = lcm(*(part.share.denominator for part in parts)), Findings(), []
    for part, (under, key) in zip(parts, keys, strict=True):
        try:
            read.append(PartOfMix(int(part.share * whole), unmixed_key_of(key, values.at(under))))
        except InputError as error:
            findings.gathered.extend(error.findings)
    findings.raise_if_any()
    return Mix(tuple(read))


def unmixed_key_of(table: UnmixedKeyTable, values: ValuesOfKeys) -> UnmixedKey:
    """The one allocation key that a table says; `values` reads what each municipality has."""
    match table:
        case PerInhabitantTable(reference_date=None):
            return PerInhabitant()
        case PerInhabitantTable():
            return values.of_count(table)
        case SteppedTable():
            brackets = tuple(Bracket(bracket.up_to, bracket.rate) for bracket in table.brackets)
            return Stepped(brackets, table.applies_to)
        case TariffTable():
            return RatePerInhabitant(table.rate)
        case FixedPlusInhabitantsTable():
            return FixedPlusInhabitants(table.fixed)
        case PerColumnTable():
            return values.of_column(table)
        case SharesTable():
            return values.of_shares(table)
        case AmountsTable():
            return values.of_amounts(table)
        case ProductsTable():
            return values.of_products(table)
        case StepAmountsTable():
            return StepAmounts(tuple(AmountStep(step.up_to, step.amount) for step in table.steps))
        case _:
            assert_never(table)
