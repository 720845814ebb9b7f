"""Budgets and realised amounts as published, each with the print it was read from.

The amount of a reading is never written apart from its print: it is parsed from it, so a controller who
holds the report beside the file compares the same characters. A print without a reading is missing.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Final, Literal, TypeVar

from pydantic import TypeAdapter, ValidationError

from gguplan.inputs.findings import Findings, Place
from gguplan.inputs.shipped import shipped_folder, shown
from gguplan.inputs.written_amounts import parse_dutch
from gguplan.language import _, current_language

Unit = Literal["euro", "thousand_euro", "million_euro", "eurocent_per_inhabitant"]
Vat = Literal["included", "excluded", "none", "unknown"]
"""Included or excluded: 21 % VAT lies between gross and net. None: gross and net are equal."""

Includes = Literal["", "refund"]
"""What a realised amount includes besides what the programme itself cost: nothing that is stated, or what opt-outs got
back."""

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
    the remark in Dutch. `includes` says what is in a realised amount besides the programme itself, and the sentence in
    `includes_section` of the same document that it is there."""

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
    includes: Includes = ""
    includes_section: str = ""
    includes_sentence: str = ""

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
class RefundedMunicipalities:
    """Who got a printed rate an inhabitant back, where the report prints no total of it: the municipalities, and how
    many inhabitants they had together on a 1 January, as CBS counted them."""

    programme: str
    year: int
    municipalities: str
    counted_on: date
    inhabitants: int
    document: str
    section: str
    sentence: str


@dataclass(frozen=True)
class Ledger:
    """Everything that was published, and what is used of it."""

    documents: dict[str, Document]
    programmes: dict[str, LedgerProgramme]
    readings: tuple[Reading, ...]
    refunded: tuple[RefundedMunicipalities, ...] = ()

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
    refunded = _read(where / "refunds.csv", RefundedMunicipalities, findings)
    known, named = {one.programme for one in programmes}, {one.document for one in documents}
    for line, reading in enumerate(readings, start=2):
        _check_names(reading, Place(shown(where / "readings.csv"), line), known, named, findings)
    for line, refund in enumerate(refunded, start=2):
        _check_names(refund, Place(shown(where / "refunds.csv"), line), known, named, findings)
    _check_once(where, readings, refunded, findings)
    ledger = Ledger(
        {d.document: d for d in documents}, {p.programme: p for p in programmes}, tuple(readings), tuple(refunded)
    )
    for line, one in enumerate(readings, start=2):
        if (wrong := _inclusion_without_ground(one, ledger)) is not None:
            findings.add(Place(shown(where / "readings.csv"), line, excerpt=f"{one.programme},{one.year},{one.quantity}"), *wrong)
    findings.raise_if_any()
    return ledger


def _check_names(
    row: Reading | RefundedMunicipalities, place: Place, known: set[str], named: set[str], findings: Findings
) -> None:
    """Find a programme or a document that is not in its own file."""
    place = replace(place, excerpt=f"{row.programme},{row.year}")
    if row.programme not in known:
        findings.add(
            place, _("{name!r} is not in programmes.csv.", name=row.programme), _("Add the programme there first.")
        )
    if row.document not in named:
        findings.add(
            place,
            _("{name!r} is not in documents.csv.", name=row.document),
            _("A figure without a source is not used: add the document."),
        )


def _check_once(
    where: Path, readings: Sequence[Reading], refunded: Sequence[RefundedMunicipalities], findings: Findings
) -> None:
    """Find a second total of a figure that is in use, and a second row of who got a refund."""
    seen: set[tuple[str, int, str]] = set()
    for line, one in enumerate(readings, start=2):
        if not (one.used and not one.detail and one.quantity in _ONE_TOTAL):
            continue
        if (one.programme, one.year, one.quantity) in seen:
            findings.add(
                Place(shown(where / "readings.csv"), line, excerpt=f"{one.programme},{one.year},{one.quantity}"),
                _("A second reading of this figure is marked as used."),
                _("Mark one of them, and say why in its remark."),
            )
        seen.add((one.programme, one.year, one.quantity))
    rows: set[tuple[str, int]] = set()
    for line, row in enumerate(refunded, start=2):
        if (row.programme, row.year) in rows:
            findings.add(
                Place(shown(where / "refunds.csv"), line, excerpt=f"{row.programme},{row.year}"),
                _("This programme and year stand here a second time."),
                _("Write all municipalities in one row."),
            )
        rows.add((row.programme, row.year))


def _inclusion_without_ground(one: Reading, ledger: Ledger) -> tuple[str, str] | None:
    """What is wrong with what a reading includes, and what to do; None when it is right."""
    if one.includes and one.quantity != "realised":
        return _("Only a realised amount includes something."), _("Leave includes empty here.")
    filled = bool(one.includes_section and one.includes_sentence)
    if bool(one.includes) != filled or bool(one.includes_section) != bool(one.includes_sentence):
        return (
            _("What it includes stands here without its sentence, or the other way round."),
            _("Fill in includes, includes_section and includes_sentence, or leave all three empty."),
        )
    if one.includes == "refund" and one.used and not _refund_is_known(one, ledger):
        return (
            _("It includes a refund of which the amount is not known."),
            _("Add a reading of the refund, or of its rate with a row of municipalities in refunds.csv."),
        )
    return None


def _refund_is_known(one: Reading, ledger: Ledger) -> bool:
    if ledger.used(one.programme, one.year, "refund"):
        return True
    who = any((each.programme, each.year) == (one.programme, one.year) for each in ledger.refunded)
    return who and bool(ledger.used(one.programme, one.year, "rate"))


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
