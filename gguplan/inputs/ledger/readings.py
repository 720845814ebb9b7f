"""Budgets and realised amounts as published, each with the print it was read from.

The amount of a reading is never written apart from its print: it is parsed from it, so a controller who
holds the report beside the file compares the same characters. A print without a reading is missing.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Final, Literal, TypeVar

from pydantic import TypeAdapter, ValidationError

from gguplan.inputs.findings import Findings, Place
from gguplan.inputs.shipped import shipped_folder, shown
from gguplan.language import _, current_language
from gguplan.money import parse_dutch

Unit = Literal["euro", "thousand_euro", "million_euro", "eurocent_per_inhabitant"]
Vat = Literal["included", "excluded", "none", "unknown"]
"""Included or excluded: 21 % VAT lies between gross and net. None: gross and net are equal."""

Kind = Literal["fixed_agreement", "ceiling", "demand_driven", "maintenance", "project"]
Underspend = Literal["carry_over", "return", "general", "earmark", "not_stated"]

CENTS_IN_A_UNIT: Final[dict[str, int]] = {
    "euro": 100,
    "thousand_euro": 100_000,
    "million_euro": 100_000_000,
    "eurocent_per_inhabitant": 1,
}

_Row = TypeVar("_Row")


@dataclass(frozen=True)
class Document:
    """A published report that figures come from."""

    document: str
    title: str
    publisher: str
    published: str
    note: str


@dataclass(frozen=True)
class LedgerProgramme:
    """A programme through the years: one id, its kind and what happens to its underspend, with the
    sentences in the reports that say so."""

    programme: str
    title: str
    title_en: str
    kind: Kind
    kind_document: str
    kind_section: str
    kind_sentence: str
    underspend: Underspend
    underspend_document: str
    underspend_section: str
    underspend_sentence: str
    note: str


@dataclass(frozen=True)
class Reading:
    """One printed figure. `detail` is empty for the programme as a whole; `amount` is in cents; `remark_nl` is
    the remark in Dutch."""

    programme: str
    year: int
    quantity: str
    detail: str
    printed: str
    unit: Unit
    vat: Vat
    document: str
    section: str
    place: str
    used: bool
    remark: str
    remark_nl: str = ""

    @property
    def remark_in_language(self) -> str:
        """The remark in the language of the user."""
        return self.remark_nl or self.remark if current_language() == "nl" else self.remark

    @property
    def amount(self) -> int | None:
        """Cents (for a rate: cents an inhabitant); None when the print is empty or has no reading."""
        number = parse_dutch(self.printed) if self.printed else None
        return None if number is None else int(number * CENTS_IN_A_UNIT[self.unit])

    @property
    def rounding(self) -> int:
        """Cents by which the figure behind a rounded print can lie off: half of its last digit."""
        decimals = re.search(r",(\d+)", self.printed)
        steps: int = 10 ** len(decimals[1]) if decimals else 1
        return CENTS_IN_A_UNIT[self.unit] // (2 * steps)

    @property
    def source(self) -> str:
        """Where it stands, in words."""
        return f"{self.document}, {self.section}: {self.printed}"


@dataclass(frozen=True)
class Placeholder:
    """A realised amount that is none: it repeats the budget, because the account was still to come; `sentence` says
    so."""

    programme: str
    year: int
    document: str
    section: str
    sentence: str


@dataclass(frozen=True)
class PriceRise:
    """By how many per cent consumer prices in a year were above those of the year before."""

    year: int
    change_percent: float


@dataclass(frozen=True)
class Ledger:
    """Everything that was published, and what is used of it."""

    documents: dict[str, Document]
    programmes: dict[str, LedgerProgramme]
    readings: tuple[Reading, ...]
    placeholders: tuple[Placeholder, ...] = ()
    price_rises: tuple[PriceRise, ...] = ()

    def is_placeholder(self, programme: str, year: int) -> bool:
        """True where the realised amount stands in for an account that was still to come."""
        return any((row.programme, row.year) == (programme, year) for row in self.placeholders)

    def price_rise(self, year: int) -> float:
        """The rise of consumer prices in a year over the year before, as a part (0.014 is 1.4 %): of the nearest year
        that is known."""
        if not self.price_rises:
            return 0.0
        nearest = min(self.price_rises, key=lambda row: abs(row.year - year))
        return nearest.change_percent / 100

    def years(self) -> tuple[int, ...]:
        """The years for which a budget was published."""
        return tuple(sorted({one.year for one in self.readings if one.quantity == "net" and one.used}))

    def of(self, programme: str, year: int, quantity: str | None = None) -> tuple[Reading, ...]:
        """Every reading of a programme in a year, of all quantities or of one."""
        every = self._by_programme_and_year.get((programme, year), ())
        return tuple(one for one in every if quantity in (None, one.quantity))

    @cached_property
    def _by_programme_and_year(self) -> dict[tuple[str, int], list[Reading]]:
        found: dict[tuple[str, int], list[Reading]] = {}
        for one in self.readings:
            found.setdefault((one.programme, one.year), []).append(one)
        return found

    def used(self, programme: str, year: int, quantity: str) -> tuple[Reading, ...]:
        """The readings that make up the figure in use: the total, or else the finer lines to be summed."""
        used = tuple(one for one in self.of(programme, year, quantity) if one.used and one.amount is not None)
        return tuple(one for one in used if not one.detail) or used

    def amount(self, programme: str, year: int, quantity: str) -> int | None:
        """The figure in use in cents; None when it is missing."""
        amounts = [one.amount for one in self.used(programme, year, quantity)]
        return sum(one for one in amounts if one is not None) if amounts else None

    def budget_quantity(self, programme: str, year: int) -> str:
        """What the budget in use was published as: ``gross`` where that is known, else ``net``."""
        return "gross" if self.used(programme, year, "gross") else "net"

    def budget_source(self, programme: str, year: int) -> str:
        """Where the budget in use is printed, in words."""
        used = self.used(programme, year, self.budget_quantity(programme, year))
        return "; ".join(one.source for one in used)

    def has_no_vat(self, programme: str, year: int) -> bool:
        """True where nothing says that VAT lies between the gross and the net budget of that year."""
        budgets = (*self.used(programme, year, "net"), *self.used(programme, year, "gross"))
        known = [one.vat for one in budgets if one.vat != "unknown"]
        return not known or known[0] == "none"

    def contradictions(self, programme: str, year: int, quantity: str) -> tuple[Reading, ...]:
        """The other readings of the same figure that say more than rounding can explain, or nothing."""
        used = self.used(programme, year, quantity)
        amount = sum(one.amount or 0 for one in used)
        rounding = max((one.rounding for one in used), default=0)
        return tuple(
            one
            for one in self.of(programme, year, quantity)
            if not one.used
            and not one.detail
            and (one.amount is None or not used or abs(one.amount - amount) > max(rounding, one.rounding))
        )

    def disputed_budget(self, programme: str, year: int) -> tuple[Reading, ...]:
        """The readings of the budget, with or without VAT, that contradict the one in use."""
        return self.contradictions(programme, year, "gross") + self.contradictions(programme, year, "net")


@cache
def load_ledger(folder: Path | None = None) -> Ledger:
    """Read the shipped ledger, or that in `folder`. Raises InputError with every mistake in it."""
    where = folder or shipped_folder("ledger_data")
    findings = Findings()
    documents = _read(where / "documents.csv", Document, findings)
    programmes = _read(where / "programmes.csv", LedgerProgramme, findings)
    readings = _read(where / "readings.csv", Reading, findings)
    placeholders = _read(where / "placeholders.csv", Placeholder, findings)
    price_rises = _read(where / "prices.csv", PriceRise, findings)
    known, named = {one.programme for one in programmes}, {one.document for one in documents}
    seen: dict[tuple[str, int, str], int] = {}
    name_of_file = shown(where / "readings.csv")
    for line, one in enumerate(readings, start=2):
        place = Place(name_of_file, line, excerpt=f"{one.programme},{one.year},{one.quantity}")
        if one.programme not in known:
            findings.add(
                place,
                _("{name!r} is not in programmes.csv.", name=one.programme),
                _("Add the programme there first."),
            )
        if one.document not in named:
            findings.add(
                place,
                _("{name!r} is not in documents.csv.", name=one.document),
                _("A figure without a source is not used: add the document."),
            )
        key = (one.programme, one.year, one.quantity)
        seen[key] = seen.get(key, 0) + (one.used and not one.detail and one.quantity in _ONE_TOTAL)
        if seen[key] > 1:
            findings.add(
                place,
                _("A second reading of this figure is marked as used."),
                _("Mark one of them, and say why in its remark."),
            )
            seen[key] = 1
    findings.raise_if_any()
    return Ledger(
        {d.document: d for d in documents},
        {p.programme: p for p in programmes},
        tuple(readings),
        tuple(placeholders),
        tuple(price_rises),
    )


_ONE_TOTAL: Final = ("gross", "net", "realised")


def _read(file: Path, kind: type[_Row], findings: Findings) -> list[_Row]:
    adapter = TypeAdapter(kind)
    made: list[_Row] = []
    try:
        with file.open(encoding="utf-8-sig", newline="") as source:
            for line, row in enumerate(csv.DictReader(source), start=2):
                try:
                    made.append(adapter.validate_python(row))
                except ValidationError as error:
                    problems = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
                    findings.add(
                        Place(shown(file), line, excerpt=",".join(map(str, row.values()))),
                        _("This row cannot be read: {problem}.", problem=problems),
                        _("See README.md beside the file for its columns and the words they take."),
                    )
    except (OSError, UnicodeDecodeError) as problem:
        findings.add(
            Place(shown(file)),
            _("This file cannot be read: {problem}.", problem=problem),
            _("Save it as a CSV file in UTF-8."),
        )
    return made
