"""What a scenario file may say. The descriptions of the fields are the manual: the same text is the JSON
Schema for editors and the comments in the file that ``gguplan scenario new`` writes."""

from __future__ import annotations

import datetime
import math
from decimal import Decimal
from typing import Annotated, Any, Final, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    field_validator,
    model_validator,
)

from gguplan.inputs.toml_document import unseen
from gguplan.language import _, listed_with_and
from gguplan.money import parse_euros, parse_rate

Settlement = Literal["refund", "shrink", "redistribute", "absorb"]
"""What an opt-out does to the money: design of the fund, verantwoording-2017 section 2.3 for ``refund``."""

VAT_PERCENT: Final = {"21%": 21, "none": 0}
LARGEST_NUMBER_OF_PROGRAMMES: Final = 1_000
BUDGETS: Final = ("gross", "net", "rate")
"""The three ways to say how much: one excludes the others, also when an extending scenario says it."""


def _cents(value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        raise ValueError(_not_text(value) or _('this is not an amount: write euros and cents, such as "1234567.89"'))
    return parse_euros(value)


def _not_text(value: Any) -> str:
    """What to write for a number without quotes, which would not stay exact; empty for anything else."""
    if not isinstance(value, float) or not math.isfinite(value):
        return ""
    written = Decimal(repr(value))
    decimals = max(2, -int(written.as_tuple().exponent))
    return _(
        'the number {value} does not stand between quotes: write "{text}"',
        value=f"{written:f}",
        text=f"{written:.{decimals}f}",
    )


def _positive_cents(value: Any) -> int:
    cents = _cents(value)
    if cents <= 0:
        raise ValueError(
            _("there is nothing to divide in an amount that is not above 0: {remedy}", remedy=_leave_out())
        )
    return cents


def _leave_out() -> str:
    return _('to leave the programme out, write without = ["name"] above the tables')


def _rate(value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return parse_rate(str(value))
    if not isinstance(value, str):
        raise ValueError(_not_text(value) or _('this is not a rate: write euros an inhabitant, such as "0.25"'))
    return parse_rate(value)


def _positive_rate(value: Any) -> int:
    rate = _rate(value)
    if rate == 0:
        raise ValueError(_("the rate is 0: {remedy}", remedy=_leave_out()))
    return rate


def _seen(text: str) -> str:
    if any(map(unseen, text)):
        raise ValueError(_("a character stands in this text that cannot be seen: take it out, or write the text again"))
    return text


def _first_of_january(value: Any) -> Any:
    if type(value) is datetime.date and (value.month, value.day) != (1, 1):
        raise ValueError(_("CBS counts on 1 January: write {year}-01-01", year=value.year))
    if type(value) is not datetime.date:
        raise ValueError(_("this is not a date: write 2017-01-01, without quotes or a time"))
    return value


_AMOUNT: Final = {"type": ["string", "integer"], "pattern": r"^[0-9]+(\.[0-9]{2})?$"}
_A_RATE: Final = {"type": ["string", "integer"], "pattern": r"^[0-9]+(\.[0-9]{1,4})?$"}

Amount = Annotated[int, BeforeValidator(_positive_cents), Field(json_schema_extra=_AMOUNT)]
Rate = Annotated[int, BeforeValidator(_rate), Field(json_schema_extra=_A_RATE)]
PositiveRate = Annotated[int, BeforeValidator(_positive_rate), Field(json_schema_extra=_A_RATE)]
Text = Annotated[str, Field(min_length=1, max_length=2_000), AfterValidator(_seen)]
Identifier = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
Column = Annotated[str, Field(min_length=1, max_length=100)]

_BY_NAME: Final = Field(max_length=LARGEST_NUMBER_OF_PROGRAMMES, json_schema_extra={"additionalProperties": False})


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, use_attribute_docstrings=True)


class PerInhabitant(_Strict):
    """Everybody pays the same an inhabitant: the rule of the fund."""

    key: Literal["inhabitants"] = "inhabitants"
    """The word `inhabitants`."""


class Bracket(_Strict):
    """One size class of a stepped tariff."""

    up_to: Annotated[int, Field(gt=0, le=100_000_000)] | None = None
    """The class reaches up to and including this number of inhabitants; the last class has none."""
    rate: Rate
    """Euros an inhabitant in this class, such as "1.92"."""


class Stepped(_Strict):
    """A tariff that steps with the size of the municipality, as the VNG's membership fee does.

    With an amount (`gross` or `net`) the tariffs are proportions of it; without one they are what is paid.
    """

    key: Literal["stepped"]
    """The word `stepped`."""
    brackets: Annotated[tuple[Bracket, ...], Field(min_length=1, max_length=100, strict=False)]
    """The size classes, from small to large."""
    applies_to: Literal["part", "all"]
    """`part`: each rate holds for the inhabitants within its class (marginal). `all`: the rate of the class
    that the municipality falls in holds for all its inhabitants."""

    @field_validator("brackets")
    @classmethod
    def _brackets_rise(cls, brackets: tuple[Bracket, ...]) -> tuple[Bracket, ...]:
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


class FixedPlusInhabitants(_Strict):
    """Everybody pays the same fixed amount, and the rest is divided pro rata to inhabitants."""

    key: Literal["fixed_plus_inhabitants"]
    """The words `fixed_plus_inhabitants`."""
    fixed: Amount
    """Euros for each municipality, including VAT, such as "500.00"."""


class PerColumn(_Strict):
    """Pro rata to a column that you bring: households, dwellings."""

    key: Literal["column"]
    """The word `column`."""
    file: Text
    """A CSV file or workbook beside the scenario, with a column of municipal codes."""
    column: Column
    """The column with the weights: whole numbers, one for each municipality."""


AllocationKey = Annotated[PerInhabitant | Stepped | FixedPlusInhabitants | PerColumn, Field(discriminator="key")]


class Programme(_Strict):
    """One budget line. Say how much with exactly one of `gross`, `net` and `rate`."""

    title: Text
    """The name that reports show."""
    gross: Amount | None = None
    """Budget including VAT, in euros: what the municipalities pay together. For example "4200000.00"."""
    net: Amount | None = None
    """Budget without VAT, in euros: what the programme can spend; gross = net × (1 + VAT)."""
    rate: PositiveRate | None = None
    """Euros an inhabitant including VAT; the budget is the rate times all inhabitants. For example "0.25"."""
    vat: Literal["21%", "none"]
    """`21%` when VAT is paid away from the gross budget, else `none`."""
    source: Text
    """Where the figures come from: document, section, and the print."""
    allocation: AllocationKey = PerInhabitant()
    """How the budget is divided over the municipalities."""

    @model_validator(mode="after")
    def _one_budget(self) -> Programme:
        said = [key for key in BUDGETS if getattr(self, key) is not None]
        if len(said) > 1:
            raise ValueError(_("the budget is given as {keys}: keep one", keys=listed_with_and(said)))
        if not said and not isinstance(self.allocation, Stepped):
            raise ValueError(_('there is no budget: give gross, net or rate, such as gross = "1000000.00"'))
        if self.rate is not None and not isinstance(self.allocation, PerInhabitant):
            raise ValueError(_('a rate goes with the allocation "inhabitants" only: give gross or net instead'))
        return self


class OptOut(_Strict):
    """Who stands outside one programme, and what that does to the money."""

    municipalities: Annotated[tuple[Text, ...], Field(max_length=10_000, strict=False)]
    """Names or CBS codes. An empty list: nobody."""
    settlement: Settlement
    """`refund`: everyone pays, those outside get a rate an inhabitant back, and the programme has that much
    less. `shrink`: those outside do not pay, the others pay what they would, the programme shrinks.
    `redistribute`: those outside do not pay, the others pay the whole budget. `absorb`: as shrink, but the
    balance of the fund pays what is missing."""
    rate: Rate | None = None
    """For `refund`: euros an inhabitant. Without it each gets back exactly what it paid."""
    source: Text
    """Where it stands who is outside and what they get."""

    @model_validator(mode="after")
    def _rate_is_for_refunds(self) -> OptOut:
        if self.rate is not None and self.settlement != "refund":
            raise ValueError(_('a rate goes with settlement = "refund" only: take it out'))
        return self


class Scenario(_Strict):
    """One year of the fund: what is budgeted, who is outside, whose inhabitants count."""

    title: Text
    """What reports are headed with."""
    description: Text | None = None
    """What this scenario is about, in a few sentences."""
    extends: Text | None = None
    """The scenario that this one starts from: a shipped name, or a file beside this one. Only what differs
    is written here: a table is added to, key by key; a list or a value is replaced."""
    source: Text | None = None
    """Where the figures in this file come from; required wherever a figure has no source of its own."""
    year: Annotated[int, Field(ge=1900, le=2200)]
    """The year for which is paid."""
    reference_date: Annotated[datetime.date, BeforeValidator(_first_of_january)]
    """The 1 January whose inhabitants count, such as 2017-01-01."""
    reference_date_source: Text | None = None
    """Why this date: an official statement, or that it is an assumption."""
    ledger: Annotated[int, Field(ge=1900, le=2200)] | None = None
    """Take every programme with a published budget of this year from the ledger, with its source."""
    without: Annotated[tuple[Identifier, ...], Field(max_length=LARGEST_NUMBER_OF_PROGRAMMES, strict=False)] = ()
    """Programmes to leave out."""
    programmes: Annotated[dict[Identifier, Programme], _BY_NAME] = {}
    """The budget lines, one table for each: `[programmes.name]`."""
    opt_outs: Annotated[dict[Identifier, OptOut], _BY_NAME] = {}
    """Who stands outside, one table a programme: `[opt_outs.name]`."""
