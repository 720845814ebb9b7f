"""A programme: one line of the budget."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from gguplan.fund.adjustments import Adjustment
from gguplan.fund.allocation_keys import AllocationKey
from gguplan.fund.municipalities import Mask, Population
from gguplan.fund.underspend import UnderspendRule

ProgrammeKind = Literal["fixed_agreement", "ceiling", "demand_driven", "maintenance", "project"]
"""What sort of budget it is, which says how it tends to be spent."""


class GrossBudget(Struct, frozen=True):
    """Cents including VAT: what the municipalities and others pay together."""

    cents: int


class NetBudget(Struct, frozen=True):
    """Cents without VAT: what the programme can spend."""

    cents: int


class RateBudget(Struct, frozen=True):
    """Ten-thousandths of a euro per inhabitant, including VAT: the budget is the rate times all inhabitants."""

    rate: int


class TariffBudget(Struct, frozen=True):
    """What all municipalities pay by the tariffs of the allocation key, including VAT."""


class VolumeBudget(Struct, frozen=True):
    """Without VAT: `fixed` cents, and `volume` units at `price` ten-thousandths of a euro."""

    fixed: int
    volume: int
    price: int


StatedBudget = GrossBudget | NetBudget | RateBudget | TariffBudget | VolumeBudget


class Income(Struct, frozen=True):
    """What somebody else than the municipalities pays of a programme in a year, in cents as it comes in: a supplier, a
    ministry. With a certainty of `sure` per cent it lies `between` two amounts; None where it is certain. `since` is
    its first year and `until` its last; None without a beginning or an end."""

    payer: str
    cents: int
    source: str
    between: tuple[int, int] | None = None
    sure: int = 90
    until: int | None = None
    since: int | None = None

    def comes_in(self, year: int) -> bool:
        """Whether it comes in in a year."""
        return _counts(year, self.since, self.until)


class ReserveDraw(Struct, frozen=True):
    """What the balance of the fund pays of a programme in a year, in cents as it is taken off; negative where the
    municipalities pay it on top, for the balance. `what` it is, in the words of who states it. `since` is its first
    year and `until` its last; None without a beginning or an end."""

    what: str
    cents: int
    source: str
    until: int | None = None
    since: int | None = None

    def counts_in(self, year: int) -> bool:
        """Whether it counts in a year."""
        return _counts(year, self.since, self.until)


def _counts(year: int, since: int | None, until: int | None) -> bool:
    return (since is None or since <= year) and (until is None or year <= until)


class Payers(Struct, frozen=True, eq=False):
    """Who of the fund pays a programme of a part of them, shape (municipalities,). They are equal to themselves only,
    so that variants of a scenario can share them and be remembered by them."""

    mask: Mask


class Programme(Struct, frozen=True):
    """One line of the budget.

    `vat_percent` is 21, or 0 where no VAT is paid away. `kind` and `underspend` are None where they are not known.
    `income` and `reserve` are taken off before the budget is divided, and `adjustments` change the amounts after it, in
    that order. `purpose` and `description` are Markdown, empty where nothing is
    said. `payers` are the members of the programme; None where all are that are members of the whole fund.
    `income_to_come` and `reserve_to_come` begin in a later year.
    """

    name: str
    title: str
    budget: StatedBudget
    vat_percent: int
    allocation: AllocationKey
    source: str
    kind: ProgrammeKind | None
    underspend: UnderspendRule | None
    income: tuple[Income, ...] = ()
    purpose: str = ""
    description: str = ""
    reserve: tuple[ReserveDraw, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    payers: Payers | None = None
    income_to_come: tuple[Income, ...] = ()
    reserve_to_come: tuple[ReserveDraw, ...] = ()

    @property
    def stated_income(self) -> tuple[Income, ...]:
        """What others pay in its year and in later ones."""
        return (*self.income, *self.income_to_come)

    @property
    def stated_reserve(self) -> tuple[ReserveDraw, ...]:
        """What the balance pays in its year and in later ones."""
        return (*self.reserve, *self.reserve_to_come)

    def in_year(self, year: int) -> Programme:
        """The programme with what others and the balance pay in a year, that of its own or a later one."""
        return replace(
            self,
            income=tuple(row for row in self.stated_income if row.comes_in(year)),
            reserve=tuple(row for row in self.stated_reserve if row.counts_in(year)),
            income_to_come=tuple(row for row in self.stated_income if (row.since or year) > year),
            reserve_to_come=tuple(row for row in self.stated_reserve if (row.since or year) > year),
        )

    def pays(self, population: Population) -> Mask:
        """Who of the fund pays it, shape (municipalities,)."""
        if self.payers is not None:
            return self.payers.mask
        return population.pays_every_programme

    def persons(self, population: Population) -> int:
        """The inhabitants of all who pay it."""
        return population.total if self.payers is None else int(population.inhabitants[self.payers.mask].sum())
