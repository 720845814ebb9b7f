"""The kinds of value in a scenario file: amounts, rates, texts, dates. Each says what to write instead."""

from __future__ import annotations

import datetime
import math
from decimal import Decimal
from typing import Annotated, Any, Final, Literal

from msgspec import Struct
from pydantic import AfterValidator, BeforeValidator, Field

from gguplan.fund.sweep_plan import ValueSort
from gguplan.inputs.written_amounts import parse_euros, parse_price, parse_rate, parse_ratio
from gguplan.language import _
from gguplan.visible_text import has_unseen

LARGEST_NUMBER_OF_PROGRAMMES: Final = 1_000
LARGEST_VOLUME: Final = 10**9


def amount_as_written(value: Any) -> int:
    """Euros and cents in cents; else ValueError with what to write."""
    return parse_euros(text_as_written(value, _('this is not an amount: write euros and cents, such as "1234567.89"')))


def text_as_written(value: Any, what_to_write: str) -> str:
    """A number as it is written, between quotes or as a whole number; else ValueError."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise ValueError(not_text(value) or what_to_write)
    return value


def not_text(value: Any) -> str:
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
    cents = amount_as_written(value)
    if cents <= 0:
        raise ValueError(_("this amount is not above 0: write one above 0, or take it out"))
    return cents


def _budget_cents(value: Any) -> int:
    cents = amount_as_written(value)
    if cents <= 0:
        raise ValueError(
            _("there is nothing to divide in an amount that is not above 0: {remedy}", remedy=_leave_out())
        )
    return cents


def _leave_out() -> str:
    return _('to leave the programme out, write without = ["name"] above the tables')


def _rate(value: Any) -> int:
    return parse_rate(text_as_written(value, _('this is not a rate: write euros per inhabitant, such as "0.25"')))


def _positive_rate(value: Any) -> int:
    rate = _rate(value)
    if rate == 0:
        raise ValueError(_("the rate is 0: {remedy}", remedy=_leave_out()))
    return rate


def _ratio(value: Any) -> int:
    return parse_ratio(text_as_written(value, _('this is not a factor: write for example "0.95"')))


def _price(value: Any) -> int:
    return parse_price(text_as_written(value, _('this is not a price: write euros per unit, such as "2129.96"')))


def _seen(text: str) -> str:
    if has_unseen(text):
        raise ValueError(_("a character stands in this text that cannot be seen: take it out, or write the text again"))
    return text


def first_of_january(value: Any) -> Any:
    """The value, when it is a 1 January; else ValueError with what to write."""
    if type(value) is datetime.date and (value.month, value.day) != (1, 1):
        raise ValueError(_("CBS counts on 1 January: write {year}-01-01", year=value.year))
    if type(value) is not datetime.date:
        raise ValueError(_("this is not a date: write 2017-01-01, without quotes or a time"))
    return value


class Sort(Struct, frozen=True):
    """What sort of value a field holds, where its type does not say it."""

    what: ValueSort


class IsPercentage(Struct, frozen=True):
    """A field that holds a percentage: what is written there with a per cent is no part of what stands there."""


class KeysAre(Struct, frozen=True):
    """What the keys of a table are that are no fields: names that stand there, those of programmes, or years."""

    what: Literal["own", "programmes", "own_and_programmes", "years"]


_AMOUNT: Final = {"type": ["string", "integer"], "pattern": r"^[0-9]+(\.[0-9]{2})?$"}
_A_RATE: Final = {"type": ["string", "integer"], "pattern": r"^[0-9]+(\.[0-9]{1,4})?$"}

_BALANCE: Final = {"type": ["string", "integer"], "pattern": r"^-?[0-9]+(\.[0-9]{2})?$"}

Amount = Annotated[int, BeforeValidator(_positive_cents), Field(json_schema_extra=_AMOUNT), Sort("amount")]
Budget = Annotated[int, BeforeValidator(_budget_cents), Field(json_schema_extra=_AMOUNT), Sort("amount")]
Balance = Annotated[int, BeforeValidator(amount_as_written), Field(json_schema_extra=_BALANCE), Sort("amount")]
Rate = Annotated[int, BeforeValidator(_rate), Field(json_schema_extra=_A_RATE), Sort("rate")]
PositiveRate = Annotated[int, BeforeValidator(_positive_rate), Field(json_schema_extra=_A_RATE), Sort("rate")]
Ratio = Annotated[int, BeforeValidator(_ratio), Field(json_schema_extra=_A_RATE), Sort("rate")]
Price = Annotated[int, BeforeValidator(_price), Field(json_schema_extra=_A_RATE), Sort("price")]
Volume = Annotated[int, Field(ge=0, le=LARGEST_VOLUME)]
Year = Annotated[int, Field(ge=1900, le=2199)]
Text = Annotated[str, Field(min_length=1, max_length=2_000), AfterValidator(_seen)]
Identifier = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
Column = Annotated[str, Field(min_length=1, max_length=100)]

BY_NAME: Final = Field(max_length=LARGEST_NUMBER_OF_PROGRAMMES, json_schema_extra={"additionalProperties": False})
BY_PROGRAMME: Final = (BY_NAME, KeysAre("programmes"))
BY_OWN_NAME: Final = (BY_NAME, KeysAre("own_and_programmes"))
OWN: Final = KeysAre("own")

FirstOfJanuary = Annotated[datetime.date, BeforeValidator(first_of_january), Sort("first_of_january")]
Names = Annotated[tuple[Text, ...], Field(max_length=10_000, strict=False)]
