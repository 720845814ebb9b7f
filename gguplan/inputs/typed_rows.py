"""A row of a CSV file of one's own format, cell by cell of the type that its column has."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from types import NoneType
from typing import Any, Final, Literal, TypeVar, get_args, get_origin

from msgspec import Struct, ValidationError, convert
from msgspec.structs import FieldInfo, fields

from gguplan.language import _

Row = TypeVar("Row", bound=Struct)

_YES_OR_NO: Final = {"yes": True, "no": False}


class WrongCells(ValueError):  # noqa: N818 - reads as a sentence where it is raised
    """The cells that are not of the type of their column, in words."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))


def typed_row(kind: type[Row], cells: Mapping[str, Any]) -> Row:
    """The row of which `cells` has the text of each column; what is not there is as the row has it by itself.

    True and false are written yes and no; an empty cell is None where a column may have that. Raises WrongCells with
    every cell that is wrong.
    """
    stated = [column for column in _columns(kind) if column.name in cells or column.required]
    meant = {column.name: _meant(cells.get(column.name), column.type) for column in stated}
    try:
        return convert(meant, kind, strict=False)
    except ValidationError:
        # It names the first cell only.
        raise WrongCells(_problems(stated, meant, cells)) from None


@cache
def _columns(kind: type[Struct]) -> tuple[FieldInfo, ...]:
    """The columns of a kind of row: their types stand in its file as text, and are made of it once."""
    return fields(kind)


def _problems(columns: list[FieldInfo], meant: Mapping[str, Any], cells: Mapping[str, Any]) -> list[str]:
    """What is wrong with each cell that is not of the type of its column."""
    problems = []
    for column in columns:
        try:
            convert(meant[column.name], column.type, strict=False)
        except ValidationError:
            cell = cells.get(column.name) or ""
            taken = _taken(column.type)
            problems.append(_("{column} is {cell!r}, and takes {words}", column=column.name, cell=cell, words=taken))
    return problems


def _taken(kind: Any) -> str:
    """What a column with that type takes, in words."""
    if kind is bool:
        return "yes, no"
    if get_origin(kind) is Literal:
        return ", ".join(word or _("nothing") for word in get_args(kind))
    if kind is date:
        return _("a date such as 2017-01-01")
    if kind is str:
        return _("a text")
    return _("a number")


def _meant(cell: Any, kind: Any) -> Any:
    """What a cell says of a column with that type."""
    if kind is bool:
        return _YES_OR_NO.get(cell, "")
    return None if cell == "" and NoneType in get_args(kind) else cell
