"""What each municipality has by an allocation key: shares, amounts, units, by name or in a column of a file."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Annotated, Any, ClassVar, Final

from pydantic import BeforeValidator, Field, model_validator

from gguplan.inputs.scenario.fields import LARGEST_VOLUME, Sort, amount_as_written, not_text
from gguplan.inputs.strict_model import StrictModel
from gguplan.inputs.written_amounts import plain_percentage
from gguplan.language import _

_MOST_YEARS: Final = 10
_PERCENTAGE: Final = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,6})?) ?%", re.ASCII)
_FRACTION: Final = re.compile(r"([0-9]{1,3})/([0-9]{1,3})", re.ASCII)
_UNITS: Final = re.compile(r"[0-9]{1,10}(\.[0-9]{1,4})?", re.ASCII)


def share_as_written(value: Any) -> Fraction:
    """A share such as "37.6%" or "1/3"; else ValueError with what to write."""
    written = value.strip() if isinstance(value, str) else ""
    if (percentage := _PERCENTAGE.fullmatch(written)) and Fraction(percentage[1]) <= 100:
        return Fraction(percentage[1]) / 100
    number = plain_percentage(str(value)) if type(value) is int or "%" in written else None
    if number is not None and 0 <= Fraction(number) <= 100:
        raise ValueError(
            _('the value {value} is not written as a share: write "{number}%"', value=_shown(value), number=number)
        )
    fraction = _FRACTION.fullmatch(written)
    if fraction and int(fraction[2]) > 0 and int(fraction[1]) <= int(fraction[2]):
        return Fraction(int(fraction[1]), int(fraction[2]))
    raise ValueError(
        _(
            "the value {value} is not a share: write a percentage between quotes with its sign, from 0% to 100%, "
            'such as "37.6%", or a fraction such as "1/3"',
            value=_shown(value),
        )
    )


def _amount_or_nothing(value: Any) -> int:
    cents = amount_as_written(value)
    if cents < 0:
        raise ValueError(_("the amount is below 0: write 0.00 for who pays nothing"))
    return cents


def _units_of_years(value: Any) -> tuple[Fraction, ...]:
    """The units of one year, or of some in a list; else ValueError with what to write."""
    years = value if isinstance(value, (list, tuple)) else [value]
    if not 0 < len(years) <= _MOST_YEARS:
        raise ValueError(_("a mean is over 1 to {count} years: write for example [110, 120, 124]", count=_MOST_YEARS))
    return tuple(map(_units, years))


def _units(value: Any) -> Fraction:
    if not_text(value):
        raise ValueError(not_text(value))
    written = str(value) if type(value) is int else value
    if not isinstance(written, str) or not _UNITS.fullmatch(written) or Fraction(written) > LARGEST_VOLUME:
        raise ValueError(
            _(
                "the value {value} is not a number of units: write a number from 0 to {most}, with at most four "
                'decimals between quotes, such as 120 or "12.5"',
                value=_shown(value),
                most=LARGEST_VOLUME,
            )
        )
    return Fraction(written)


def _shown(value: Any) -> str:
    return repr(value)[:60]


_A_SHARE: Final = {"type": "string", "pattern": r"^([0-9]{1,3}(\.[0-9]{1,6})? ?%|[0-9]{1,3}/[0-9]{1,3})$"}
_AN_AMOUNT: Final = {"type": ["string", "integer"], "pattern": r"^[0-9]+(\.[0-9]{2})?$"}
_ONE_YEAR: Final = {"type": ["string", "integer"], "pattern": r"^[0-9]+(\.[0-9]{1,4})?$"}
_SOME_YEARS: Final = {"anyOf": [_ONE_YEAR, {"type": "array", "items": _ONE_YEAR, "minItems": 1}]}

Percentage = Annotated[Any, BeforeValidator(share_as_written), Field(json_schema_extra=_A_SHARE)]
"""A share of everything, as a Fraction."""

AmountOrNothing = Annotated[
    int, BeforeValidator(_amount_or_nothing), Field(json_schema_extra=_AN_AMOUNT), Sort("amount")
]
Units = Annotated[Any, BeforeValidator(_units_of_years), Field(json_schema_extra=_SOME_YEARS)]
"""The units of each year, as a tuple of Fractions."""


class ValuesByName(StrictModel):
    """A table with a value for each municipality, under the key `values_in`, or in the column of a file."""

    values_in: ClassVar[str]
    nothing: ClassVar[str]
    """How a scenario says that the others have nothing."""

    def __hash__(self) -> int:
        """Of what it says, also where that stands in a table."""
        values = (getattr(self, field) for field in type(self).model_fields)
        return hash(tuple(tuple(value.items()) if isinstance(value, dict) else value for value in values))

    @model_validator(mode="after")
    def _by_name_or_in_a_file(self) -> ValuesByName:
        by_name, file, column = (getattr(self, key) for key in (self.values_in, "file", "column"))
        if (by_name is None) == (file is None and column is None):
            raise ValueError(
                _("there is one way to say what each has: give {values}, or file and column", values=self.values_in)
            )
        if by_name is None and (file is None or column is None):
            raise ValueError(_("a file goes with a column: give both"))
        if by_name is not None and not by_name:
            raise ValueError(_("nobody is named here: write for example { Utrecht = … }"))
        return self
