"""The fund in one year, with all that a sum needs of it: who is in it, what is budgeted, who stands outside."""

from __future__ import annotations

from calendar import isleap
from collections.abc import Callable, Mapping
from datetime import date

from msgspec import Struct

from gguplan.fund.acceptance import Acceptance
from gguplan.fund.expectations import Expectation
from gguplan.fund.ledger import Ledger
from gguplan.fund.municipalities import Population
from gguplan.fund.opt_outs import OptOut
from gguplan.fund.programme import Programme
from gguplan.fund.realisation import StatedRealisation
from gguplan.fund.reference_dates import ReasonOfTheDate
from gguplan.fund.stated_keys import ChangedKey
from gguplan.fund.thresholds import Threshold
from gguplan.fund.years_ahead import YearsAhead


def days_in(year: int) -> int:
    """The days of a year: 365 or 366."""
    return 366 if isleap(year) else 365


class Origin(Struct, frozen=True):
    """Where a year of the fund was read, for who wants to read it again.

    `name` is what it was asked for by; `files` are the names of its file and of those that this extends, the one at
    the bottom last; `description` is what the first of these says of itself. Of a year of the ledger (`ledger_year`)
    `not_levied` are the programmes that no budget was published for. `changed` is what is said otherwise than in the
    scenario that it extends.
    """

    name: str
    files: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    description: str = ""
    ledger_year: int | None = None
    not_levied: tuple[str, ...] = ()
    changed: tuple[ChangedKey, ...] = ()


class FundYear(Struct, frozen=True):
    """A year of the fund. `programmes` are those that are paid for in it; `opt_outs`, `thresholds` and `acceptance`
    (the limits of a cascade) are those of each programme that has any; `titles` has every programme that is named,
    also those that are `left_out` or without a budget this year.

    `published` gives what was published, which is read when a sum asks for it. `reference_date_assumed` when nobody has
    stated the date, and `missing_count` is the year of the count that is meant where that is not there yet.
    """

    title: str
    description: str | None
    source: str | None
    year: int
    reference_date: date
    reference_date_source: str | None
    population: Population
    programmes: Mapping[str, Programme]
    opt_outs: Mapping[str, tuple[OptOut, ...]]
    thresholds: Mapping[str, Threshold]
    acceptance: Mapping[str, Acceptance]
    expectations: tuple[Expectation, ...]
    realisation: Mapping[str, StatedRealisation]
    years_ahead: YearsAhead | None
    titles: Mapping[str, str]
    left_out: frozenset[str]
    origin: Origin
    published: Callable[[], Ledger]
    reference_date_assumed: bool = False
    missing_count: int | None = None

    @property
    def reason_of_the_date(self) -> ReasonOfTheDate | None:
        """Why the reference date is what it is; None where nothing is said of it."""
        meant = self.missing_count or self.reference_date.year
        reason = ReasonOfTheDate(
            self.reference_date_source,
            self.reference_date_assumed,
            meant == self.year - 1,
            self.missing_count,
            self.population.country is not None,
        )
        return reason if reason.source or reason.assumed or reason.missing else None

    @property
    def ledger(self) -> Ledger:
        """What was published."""
        return self.published()

    @property
    def days(self) -> int:
        """The days of the year that is paid for."""
        return days_in(self.year)

    def has_no_budget(self, programme: str) -> bool:
        """Whether by the years ahead a programme that is not left out has no budget in this year."""
        ahead = self.years_ahead
        return ahead is not None and programme not in self.left_out and not ahead.of(programme).has_budget_in(self.year)
