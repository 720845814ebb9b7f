"""The years ahead of a fund as they are stated: balances, indexation, programmes that start, end or step.

Amounts are cents; those of a year stand under that year.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from msgspec import Struct, field

from gguplan.fund.hand_overs import HandOver
from gguplan.fund.underspend import ShortfallRule, UnderspendRule

PERCENT_UNITS: Final = 10_000
"""A percentage is held in ten-thousandths of a per cent, so that 3.4 is a whole number."""


class IndexParts(Struct, frozen=True):
    """What the known percentage of `year` is made of, in ten-thousandths of a per cent: `wages` and `prices` in `parts`
    so many to so many (None where it is not mixed), or `stated`, and a `correction` over past years."""

    year: int
    percent: int
    stated: int
    wages: int | None = None
    prices: int | None = None
    parts: tuple[int, int] = (1, 1)
    correction: int = 0


class Indexation(Struct, frozen=True):
    """By how much the budgets rise every year, in ten-thousandths of a per cent: `percent`, or a percentage in
    `between` with a certainty of `sure` per cent; `by_year` goes before both, with their `parts`."""

    percent: int | None
    between: tuple[int, int] | None
    sure: int
    by_year: Mapping[int, int]
    source: str
    parts: tuple[IndexParts, ...] = ()

    def parts_of(self, years: Iterable[int]) -> tuple[IndexParts, ...]:
        """What the percentages of these years are made of, of those that have parts."""
        wanted = set(years)
        return tuple(parts for parts in self.parts if parts.year in wanted)


class ProgrammeAhead(Struct, frozen=True):
    """One programme through the years. `gross`, `net` and `one_off` are its steps; `opening`, `from_balance`,
    `committed`, `realised` and `floor` are without VAT. `volume_growth` is in ten-thousandths of a per cent a year,
    `realised_volume` how many units there were. `committed_by` is the decision that binds the years of `committed`,
    `contract_ends` the last year under contract, `hand_over` says from which year on somebody else has it."""

    starts: int | None = None
    ends: int | None = None
    gross: Mapping[int, int] = field(default_factory=dict)
    net: Mapping[int, int] = field(default_factory=dict)
    one_off: Mapping[int, int] = field(default_factory=dict)
    indexed: bool = True
    volume_growth: int = 0
    opening: int = 0
    from_balance: Mapping[int, int] = field(default_factory=dict)
    committed: Mapping[int, int] = field(default_factory=dict)
    committed_by: str | None = None
    contract_ends: int | None = None
    realised: Mapping[int, int] = field(default_factory=dict)
    realised_volume: Mapping[int, int] = field(default_factory=dict)
    shortfall: ShortfallRule | None = None
    floor: int | None = None
    source: str = ""
    hand_over: HandOver | None = None

    def has_budget_in(self, year: int) -> bool:
        """Whether a year lies between the first and the last with a budget."""
        return (self.starts or year) <= year <= (self.ends or year) and not self.is_handed_over_in(year)

    def may_cost_in(self, year: int) -> bool:
        """Whether there may be a budget in a year, once or as every year, or would be had it not been handed over."""
        return self.has_budget_in(year) or bool(self.one_off.get(year)) or self.is_handed_over_in(year)

    def is_handed_over_in(self, year: int) -> bool:
        """Whether somebody else has it in a year."""
        return self.hand_over is not None and year >= self.hand_over.year


_NOTHING_IN_PARTICULAR: Final = ProgrammeAhead()


class BudgetGrowth(Struct, frozen=True):
    """How the budget of a year follows from the one that is stated: `stated` cents of the year `since`, times the
    indexation of each year after it (year, ten-thousandths of a per cent), and `once` cents on top. `parts` are what
    these percentages are made of, and `source` where they come from. Of a tariff it is the rate that follows: `rates`
    are that which is stated and that of the year, in ten-thousandths of a euro per inhabitant, half of one up; the
    amounts are then what all pay by them."""

    stated: int
    since: int
    percents: tuple[tuple[int, int], ...]
    once: int
    whole: int
    parts: tuple[IndexParts, ...] = ()
    source: str | None = None
    rates: tuple[int, int] | None = None


class YearsAhead(Struct, frozen=True):
    """An account from `first` to `last`: from which reserve, how budgets rise, what becomes of money left or short.

    `ledger` are the years of which budgets and realised amounts are those published.
    """

    first: int
    last: int
    opening: int
    underspend: UnderspendRule | None
    shortfall: ShortfallRule
    floor: int | None
    reserve_floor: int | None
    ledger: tuple[int, ...]
    indexation: Indexation | None
    programmes: Mapping[str, ProgrammeAhead]
    source: str

    @property
    def years(self) -> range:
        """Every year of the account."""
        return range(self.first, self.last + 1)

    def is_lower_bound(self, year: int) -> bool:
        """Whether nothing but prices moves since the budgets of `year`, and years lie between these and the account:
        then what was added in those is left out."""
        stated_later = any(
            ahead.gross or ahead.net or ahead.one_off or (ahead.starts or year) > year
            for ahead in self.programmes.values()
        )
        return self.first > year + 1 and self.indexation is not None and not stated_later

    def of(self, programme: str) -> ProgrammeAhead:
        """What is stated of a programme; nothing in particular when it is not named."""
        return self.programmes.get(programme, _NOTHING_IN_PARTICULAR)
