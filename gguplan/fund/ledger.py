"""Budgets and realised amounts as published, each with the print it was read from."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Final, Literal

from msgspec import Struct

from gguplan.fund.contracts import Contract
from gguplan.fund.derived_budget import Derivation, DerivedBudget, derivation
from gguplan.fund.indicators import Indicator
from gguplan.fund.programme import ProgrammeKind
from gguplan.fund.two_languages import TwoLanguages
from gguplan.fund.underspend import PublishedUnderspend, UnderspendRule

Unit = Literal["euro", "thousand_euro", "million_euro", "eurocent_per_inhabitant"]
VatBasis = Literal["included", "excluded", "none", "unknown"]
"""Included or excluded: 21 % VAT lies between gross and net. None: gross and net are equal."""

VAT_PERCENT: Final = 21
"""The rate of VAT of both years, which lies between a budget with and without it."""

Status = Literal["", "final", "provisional"]
"""What a realised amount in use is: the last word of the report, or one that an account still to come may change."""

Includes = Literal["", "refund", "prepayment", "remainder"]
"""What a realised amount includes besides what was spent of the year's own budget: nothing that is stated, what
opt-outs got back, what was paid ahead for the next year, or what was paid from the remainder of earlier years."""


class Document(Struct, frozen=True):
    """A published report that figures come from."""

    document: str
    title: str
    publisher: str
    published: str
    note: str


class LedgerProgramme(Struct, frozen=True):
    """A programme through the years: one id, its kind and what happens to its underspend, with the
    sentences in the reports that say so."""

    programme: str
    title: str
    title_en: str
    kind: ProgrammeKind
    kind_document: str
    kind_section: str
    kind_sentence: str
    underspend: PublishedUnderspend
    underspend_document: str
    underspend_section: str
    underspend_sentence: str
    note: str

    @property
    def underspend_rule(self) -> UnderspendRule | None:
        """What happens to its underspend; None where no report says."""
        return None if self.underspend == "not_stated" else self.underspend


class PrintedFigure(Struct, frozen=True):
    """One figure as it is printed. `detail` is empty for the programme as a whole; `remark_nl` is the remark in Dutch.
    `status` says whether a realised amount in use is final, and `status_sentence`, in
    `status_section` of the same document, that it is; a final amount has a sentence where it equals its budget.
    `includes` says what is in a realised amount besides what was spent of the year's own budget, and the sentence that
    it is there."""

    programme: str
    year: int
    quantity: str
    detail: str
    printed: str
    unit: Unit
    vat: VatBasis
    document: str
    section: str
    place: str
    used: bool
    remark: str
    remark_nl: str = ""
    status: Status = ""
    status_section: str = ""
    status_sentence: str = ""
    includes: Includes = ""
    includes_section: str = ""
    includes_sentence: str = ""


class Reading(PrintedFigure, frozen=True, kw_only=True):
    """One printed figure, with the amount that was read from it."""

    amount: int | None
    """Cents (for a rate: cents per inhabitant), read from the print; None when the print is empty or has no reading."""
    rounding: int
    """Cents by which the figure behind a rounded print can lie off: half of its last digit."""

    @property
    def source(self) -> str:
        """Where it stands, in words."""
        return f"{self.document}, {self.section}: {self.printed}"

    @property
    def remark_to_show(self) -> TwoLanguages | None:
        """The remark in both languages, in English where it has no Dutch; None without one."""
        return TwoLanguages(self.remark, self.remark_nl or self.remark) if self.remark else None


class RefundedMunicipalities(Struct, frozen=True):
    """Who got a printed rate per inhabitant back, where the report prints no total of it: the municipalities, and how
    many inhabitants they had together on a 1 January, as CBS counted them."""

    programme: str
    year: int
    municipalities: str
    counted_on: date
    inhabitants: int
    document: str
    section: str
    sentence: str


class PublishedTotal(Struct, frozen=True):
    """The sums of a year over the lines that have the amount; `both` is the underspend of those that have budget and
    realised amount, `missing` how many lack one, `provisional` what an account still to come may change of
    `realised`, `not_realised` the budgets of which no realised amount is published, `net_of_both` those of the
    lines that have both."""

    year: int
    net: int
    realised: int
    both: int
    missing: int
    provisional: int
    not_realised: int
    net_of_both: int

    @property
    def realised_of_both(self) -> int:
        """What was realised of the lines that have both."""
        return self.net_of_both - self.both

    @property
    def ratio_of_both(self) -> float | None:
        """Realised ÷ budget of the lines that have both; None without a budget."""
        return self.realised_of_both / self.net_of_both if self.net_of_both else None


class PriceRise(Struct, frozen=True):
    """By how many per cent consumer prices in a year were above those of the year before."""

    year: int
    change_percent: float


class Ledger(Struct, frozen=True, dict=True):
    """Everything that was published, and what is used of it."""

    documents: dict[str, Document]
    programmes: dict[str, LedgerProgramme]
    readings: tuple[Reading, ...]
    refunded: tuple[RefundedMunicipalities, ...] = ()
    price_rises: tuple[PriceRise, ...] = ()
    derived: tuple[DerivedBudget, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    contracts: tuple[Contract, ...] = ()

    def provisional(self, programme: str, year: int) -> Reading | None:
        """The realised amount in use that an account still to come may change; None where what is realised is final."""
        return next(
            (reading for reading in self.used(programme, year, "realised") if reading.status == "provisional"), None
        )

    def contract(self, programme: str) -> Contract | None:
        """What the newest report that says so says of the contract of a programme."""
        return next((row for row in reversed(self.contracts) if row.programme == programme), None)

    def price_rise(self, year: int) -> float:
        """The rise of consumer prices in a year over the year before, as a part (0.014 is 1.4 %): of the nearest year
        that is known."""
        if not self.price_rises:
            return 0.0
        nearest = min(self.price_rises, key=lambda row: abs(row.year - year))
        return nearest.change_percent / 100

    def years(self) -> tuple[int, ...]:
        """The years for which a budget was published."""
        return tuple(sorted({reading.year for reading in self.readings if reading.quantity == "net" and reading.used}))

    def of(self, programme: str, year: int, quantity: str | None = None) -> tuple[Reading, ...]:
        """Every reading of a programme in a year, of all quantities or of one."""
        readings = self._by_programme_and_year.get((programme, year), ())
        return tuple(reading for reading in readings if quantity in (None, reading.quantity))

    @cached_property
    def _by_programme_and_year(self) -> dict[tuple[str, int], list[Reading]]:
        readings: dict[tuple[str, int], list[Reading]] = {}
        for reading in self.readings:
            readings.setdefault((reading.programme, reading.year), []).append(reading)
        return readings

    def used(self, programme: str, year: int, quantity: str) -> tuple[Reading, ...]:
        """The readings that make up the figure in use: the total, or else the finer lines to be summed."""
        used = tuple(
            reading for reading in self.of(programme, year, quantity) if reading.used and reading.amount is not None
        )
        return tuple(reading for reading in used if not reading.detail) or used

    def amount(self, programme: str, year: int, quantity: str) -> int | None:
        """The figure in use in cents; None when it is missing. A budget with VAT may be derived from its print
        without."""
        derived = self.derived_budget(programme, year) if quantity == "gross" else None
        if derived is not None:
            return derived.gross
        amounts = [reading.amount for reading in self.used(programme, year, quantity)]
        return sum(cents for cents in amounts if cents is not None) if amounts else None

    def derived_budget(self, programme: str, year: int) -> DerivedBudget | None:
        """The budget with VAT where the reports print it without; None where it is printed, or has no VAT."""
        return next((row for row in self.derived if (row.programme, row.year) == (programme, year)), None)

    def derivation(self, programme: str, year: int) -> Derivation | None:
        """How the budget with VAT follows from the print without it; None where that print gives no single amount."""
        printed = self.used(programme, year, "net")
        if len(printed) != 1 or printed[0].amount is None or printed[0].vat != "excluded":
            return None
        return derivation(printed[0].amount, printed[0].rounding, VAT_PERCENT)

    def same_budget_printed(self, derived: DerivedBudget) -> Reading | None:
        """The print of the same amount with VAT, as the budget of the programme in another year; None without one."""
        return next(
            (
                reading
                for reading in self.readings
                if (reading.programme, reading.quantity, reading.used) == (derived.programme, "gross", True)
                and reading.amount == derived.gross
            ),
            None,
        )

    def budget_quantity(self, programme: str, year: int) -> str:
        """What the budget in use is: ``gross`` where that is printed or derived, else ``net``."""
        printed = self.used(programme, year, "gross")
        return "gross" if printed or self.derived_budget(programme, year) else "net"

    def budget_readings(self, programme: str, year: int) -> tuple[Reading, ...]:
        """The prints of the budget in use: with VAT where that is printed, else without."""
        return self.used(programme, year, "gross") or self.used(programme, year, "net")

    def budget_source(self, programme: str, year: int) -> str:
        """Where the budget in use is printed, in words."""
        return "; ".join(reading.source for reading in self.budget_readings(programme, year))

    def has_no_vat(self, programme: str, year: int) -> bool:
        """True where nothing says that VAT lies between the gross and the net budget of that year."""
        budgets = (*self.used(programme, year, "net"), *self.used(programme, year, "gross"))
        known = [budget.vat for budget in budgets if budget.vat != "unknown"]
        return not known or known[0] == "none"

    def contradictions(self, programme: str, year: int, quantity: str) -> tuple[Reading, ...]:
        """The other readings of the same figure that say more than rounding can explain, or nothing."""
        used = self.used(programme, year, quantity)
        amount = sum(reading.amount or 0 for reading in used)
        rounding = max((reading.rounding for reading in used), default=0)
        return tuple(
            reading
            for reading in self.of(programme, year, quantity)
            if not reading.used
            and not reading.detail
            and (reading.amount is None or not used or abs(reading.amount - amount) > max(rounding, reading.rounding))
        )

    def disputed_budget(self, programme: str, year: int) -> tuple[Reading, ...]:
        """The readings of the budget, with or without VAT, that contradict the one in use."""
        return self.contradictions(programme, year, "gross") + self.contradictions(programme, year, "net")
