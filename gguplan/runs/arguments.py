"""What a command or a function of Python is asked, held to what it takes: what it does not take is a finding."""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from pydantic import ValidationError

from gguplan.findings import Finding, InputError, Place
from gguplan.inputs.strict_model import StrictModel
from gguplan.inputs.written_years import read_years
from gguplan.language import _
from gguplan.visible_text import on_one_line
from gguplan.wording.amounts import format_number

Arguments = TypeVar("Arguments", bound=StrictModel)

_LONGEST_SHOWN = 60


def arguments_of(kind: type[Arguments], before: str = "", **values: Any) -> Arguments:
    """The arguments of a recipe. Raises InputError with every one that it does not take; `before` stands before their
    names where they were typed (``--``)."""
    try:
        return kind(**values)
    except ValidationError as problem:
        names = dict.fromkeys(str(error["loc"][0]) for error in problem.errors(include_url=False))
        raise InputError([_not_taken(kind, name, f"{before}{name}", values[name]) for name in names]) from None


def municipality_named(name: object, place: str = "name") -> str:
    """The name or the CBS code of a municipality, which may be a number. Raises InputError for what is neither."""
    if isinstance(name, str):
        return name
    if isinstance(name, int) and not isinstance(name, bool):
        return str(name)
    _refuse(place, name, _("Give the name of a municipality or its CBS code, such as {names}.", names='"Utrecht", 344'))


def file_named(file: object, place: str) -> Path:
    """The file that is named. Raises InputError for what names none."""
    if isinstance(file, (str, PathLike)):
        return Path(file)
    _refuse(place, file, _("Give the name of a file, such as {name}.", name='"verleden.csv"'))


def year_named(year: object) -> int:
    """The year that is meant. Raises InputError for what is none."""
    if isinstance(year, int) and not isinstance(year, bool):
        return year
    if isinstance(year, str) and year.strip().isdecimal() and len(year.strip()) == len("2026"):
        return int(year)
    _refuse("year", year, _("Give a year, such as 2026."))


def years_named(years: object) -> list[int]:
    """The years that are meant: one, ``"2026-2029"``, or years after one another, as a list or a range.

    Raises InputError for anything else.
    """
    if isinstance(years, Iterable) and not isinstance(years, str):
        given = list(years)
        if not given or given != list(range(year_named(given[0]), year_named(given[0]) + len(given))):
            _refuse("years", years, _("Give years after one another, such as {years}.", years="range(2026, 2030)"))
        return read_years(f"{given[0]}-{given[-1]}")
    return read_years(str(years))


def _not_taken(kind: type[StrictModel], argument: str, place: str, value: object) -> Finding:
    low: int | None = None
    high: int | None = None
    is_text = False
    for constraint in kind.model_fields[argument].metadata:
        is_text = is_text or hasattr(constraint, "max_length")
        low = getattr(constraint, "ge", getattr(constraint, "min_length", low))
        high = getattr(constraint, "le", getattr(constraint, "max_length", high))
    if low is None or high is None:
        remedy = _("Its description says what it takes.")
    elif is_text:
        remedy = _("Give a text of {low} to {high} characters.", low=format_number(low), high=format_number(high))
    else:
        remedy = _("Give a whole number from {low} to {high}.", low=format_number(low), high=format_number(high))
    return Finding(Place(place), _("This cannot be {value}.", value=_shown(value)), remedy)


def _refuse(place: str, value: object, remedy: str) -> NoReturn:
    raise InputError([Finding(Place(place), _("This cannot be {value}.", value=_shown(value)), remedy)])


def _shown(value: object) -> str:
    text = repr(value)
    return on_one_line(text, _LONGEST_SHOWN) + ("…" if len(text) > _LONGEST_SHOWN else "")
