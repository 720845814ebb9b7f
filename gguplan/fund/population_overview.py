"""The population data seen as a whole: all years, one year, one municipality through the years, and their checks."""

from __future__ import annotations

from msgspec import Struct

from gguplan.fund.municipal_changes import MunicipalChange
from gguplan.fund.municipalities import Municipality, Status


class YearTotal(Struct, frozen=True):
    """One year: municipalities, persons in them, what CBS published for the whole country, or None."""

    year: int
    municipalities: int
    inhabitants: int
    published: int | None
    status: Status
    note: str
    note_nl: str

    @property
    def difference(self) -> int | None:
        """Persons more here than published; None when no total is known."""
        return None if self.published is None else self.inhabitants - self.published


class Group(Struct, frozen=True):
    """The municipalities of a province or a size class together; a size class from and below a number."""

    name: str
    municipalities: int
    inhabitants: int
    at_least: int | None = None
    below: int | None = None


class YearOverview(Struct, frozen=True):
    """One year: its totals, by province and by size class, and the largest and smallest municipalities."""

    total: YearTotal
    provinces: tuple[Group, ...]
    sizes: tuple[Group, ...]
    largest: tuple[Municipality, ...]
    smallest: tuple[Municipality, ...]


class Count(Struct, frozen=True):
    """The inhabitants of one municipality in one year, under the name it had."""

    year: int
    name: str
    inhabitants: int
    status: Status


class MunicipalityHistory(Struct, frozen=True):
    """One municipality through all years in which it has a count, and the changes it was part of."""

    gm_code: str
    name: str
    province: str
    counts: tuple[Count, ...]
    changes: tuple[MunicipalChange, ...]


class Check(Struct, frozen=True):
    """One check: what was checked and found, in a sentence, and whether it holds."""

    holds: bool
    text: str
