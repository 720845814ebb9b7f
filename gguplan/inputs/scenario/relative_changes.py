"""An amount changed by so much: ``+5%``, ``50%`` of it, and a budget or a rate by ``-200000`` as well."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from msgspec import Struct

from gguplan.findings import Finding, InputError, Place
from gguplan.fund.sweep_plan import ValueSort
from gguplan.inputs.scenario.schema_walk import is_percentage_at, sort_at
from gguplan.inputs.toml_document import KeyPath
from gguplan.inputs.written_amounts import parse_euros, parse_price, parse_rate
from gguplan.language import _
from gguplan.money import RATE_UNITS, plain_euros, plain_rate

_CHANGE: Final = re.compile(r"(?P<sign>[+-])?(?P<number>[0-9]{1,15}([.,][0-9]{1,4})?)\s?(?P<percent>%)?", re.ASCII)
_IN_TWO_WAYS: Final = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}", re.ASCII)
"""A comma that may stand between thousands; a point is a decimal one in a scenario."""
_IN_CENTS: Final = re.compile(r"[+-]?[0-9]+([.,][0-9]{2})?", re.ASCII)
_OF_A_BUDGET: Final = {
    "programmes": ("gross", "net", "rate", "volume", "price", "fixed"),
    "opt_outs": ("rate",),
}
_UNITS_IN_ONE: Final = {"rate": RATE_UNITS, "price": RATE_UNITS, "whole_number": 1}
"""The smallest units in one of what is written: cents in a euro are 100."""
_MOST_PERCENT: Final = 100_000


class RelativeChange(Struct, frozen=True):
    """What a value becomes: `times` it, and then `plus` euros more."""

    times: Fraction
    plus: Fraction


def relative_change(text: str) -> RelativeChange | None:
    """``+5%`` is 5 % more, ``50%`` is half of it, ``-200000`` is so many euros less; None for a value as it is."""
    match = _CHANGE.fullmatch(text)
    if match is None or not (match["sign"] or match["percent"]):
        return None
    if _IN_TWO_WAYS.fullmatch(match["number"]):
        return None
    number = Fraction(Decimal(match["number"].replace(",", ".")))
    signed = -number if match["sign"] == "-" else number
    if not match["percent"]:
        return RelativeChange(Fraction(1), signed)
    if number > _MOST_PERCENT:
        return None
    return RelativeChange(signed / 100 if match["sign"] is None else 1 + signed / 100, Fraction(0))


def change_at(path: KeyPath, text: str) -> RelativeChange | None:
    """The change that is written at a path; None where the text is the value itself, or nothing there can change so.

    A budget and a rate that opt-outs get back change by a part or by so much; what else is an amount or a rate by a
    part only, because a balance may be negative: -200000 is then what it is. Of a percentage there is no part: 3% may
    be meant as three per cent.
    """
    if is_percentage_at(path):
        return None
    sort = sort_at(path)
    if not (of_a_budget := _is_of_a_budget(path)) and sort not in ("amount", "rate", "price"):
        return None
    change = relative_change(text)
    if change is not None and change.plus and sort == "amount" and not _IN_CENTS.fullmatch(text):
        # -200.000 is no 200 euros less: as an amount it is refused with what to write.
        return None
    return change if change is None or of_a_budget or not change.plus else None


def _is_of_a_budget(path: KeyPath) -> bool:
    return len(path) == 3 and path[2] in _OF_A_BUDGET.get(str(path[0]), ())


def changed_by(data: dict[str, Any], path: KeyPath, change: RelativeChange, place: Place) -> str | int:
    """The value at a path of the data of a scenario after a change, in whole cents, units or ten-thousandths of a euro.

    Halves go upwards. Raises InputError where there is no such value to change, or nothing is left of it.
    """
    here: Any = data
    for part in path:
        here = here.get(part) if isinstance(here, dict) else None
    sort, of_a_budget = sort_at(path), _is_of_a_budget(path)
    try:
        units = _units(sort, str(here))
    except ValueError:
        stated = [key for key in ("gross", "net", "rate", "price") if isinstance(_table(data, path).get(key), str)]
        raise InputError(
            [
                Finding(
                    place,
                    _("There is no {path} to change.", path=".".join(map(str, path))),
                    _("Change {key}, which the scenario states.", key=".".join(map(str, (*path[:-1], stated[0]))))
                    if stated
                    else _("Write the amount itself."),
                )
            ]
        ) from None
    if not units:
        what = _("{path} is 0, and so is any part of it.", path=".".join(map(str, path)))
        raise InputError([Finding(place, what, _("Write the amount itself."))])
    value = units * change.times + change.plus * _UNITS_IN_ONE.get(sort, 100)
    whole = (2 * value.numerator + value.denominator) // (2 * value.denominator)
    if whole <= 0 and of_a_budget:
        raise InputError(
            [
                Finding(
                    place,
                    _("Nothing is left of it."),
                    _("Leave the programme out with: --set 'without=[\"{name}\"]'", name=path[1])
                    if path[0] == "programmes"
                    else _("Write the amount itself."),
                )
            ]
        )
    if sort == "whole_number":
        return whole
    return plain_rate(whole) if sort in _UNITS_IN_ONE else plain_euros(whole)


def _units(sort: ValueSort, text: str) -> int:
    """What is written in its smallest units. Raises ValueError for another text."""
    match sort:
        case "rate":
            return parse_rate(text)
        case "price":
            return parse_price(text)
        case "whole_number":
            return int(text)
        case _:
            return -parse_euros(text[1:]) if text.startswith("-") else parse_euros(text)


def _table(data: dict[str, Any], path: KeyPath) -> dict[str, Any]:
    table: Any = data
    for part in path[:-1]:
        table = table.get(part, {}) if isinstance(table, dict) else {}
    return table if isinstance(table, dict) else {}
