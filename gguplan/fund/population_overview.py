"""The population data seen as a whole: all years, one year, one municipality through the years, and their checks."""

from __future__ import annotations

from dataclasses import dataclass

from gguplan.fund.municipal_changes import MunicipalChange
from gguplan.fund.municipalities import Municipality, Status


@dataclass(frozen=True)
class YearTotal:
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


@dataclass(frozen=True)
class Group:
    """The municipalities of a province or a size class together; a size class from and below a number."""

    name: str
    municipalities: int
    inhabitants: int
    at_least: int | None = None
    below: int | None = None


@dataclass(frozen=True)
class YearOverview:
    """One year: its totals, by province and by size class, and the largest and smallest municipalities."""

    total: YearTotal
    provinces: tuple[Group, ...]
    sizes: tuple[Group, ...]
    largest: tuple[Municipality, ...]
    smallest: tuple[Municipality, ...]


@dataclass(frozen=True)
class Count:
    """The inhabitants of one municipality in one year, under the name it had."""

    year: int
    name: str
    inhabitants: int
    status: Status


@dataclass(frozen=True)
class MunicipalityHistory:
    """One municipality through all years in which it has a count, and the changes it was part of."""

    gm_code: str
    name: str
    province: str
    counts: tuple[Count, ...]
    changes: tuple[MunicipalChange, ...]


@dataclass(frozen=True)
class Check:
    """One check: what was checked and found, in a sentence, and whether it holds."""

    holds: bool
    text: str
