"""Read the published budgets and realised amounts.

The amount of a reading is never written apart from its print: it is parsed from it, so a controller who
holds the report beside the file compares the same characters. A print without a reading is missing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final, assert_never

from msgspec import Struct
from msgspec.structs import asdict, replace

from gguplan.findings import Findings, Place
from gguplan.fund.contracts import Contract
from gguplan.fund.derived_budget import DerivedBudget
from gguplan.fund.indicators import Indicator
from gguplan.fund.ledger import (
    Document,
    Ledger,
    LedgerProgramme,
    PriceRise,
    PrintedFigure,
    Reading,
    RefundedMunicipalities,
)
from gguplan.inputs.ledger.contracts_file import read_contracts
from gguplan.inputs.ledger.indicators_file import read_indicators
from gguplan.inputs.ledger.rows import read_rows
from gguplan.inputs.written_amounts import parse_dutch
from gguplan.language import _
from gguplan.shipped import shipped_folder, shown

CENTS_IN_A_UNIT: Final[dict[str, int]] = {
    "euro": 100,
    "thousand_euro": 100_000,
    "million_euro": 100_000_000,
    "eurocent_per_inhabitant": 1,
}


class DerivedRow(Struct, frozen=True):
    """A row of ``derived.csv``: a budget with VAT in whole euros."""

    programme: str
    year: int
    gross: int


def reading_of(row: PrintedFigure) -> Reading:
    """The reading of a row, with the amount that its print has."""
    number = parse_dutch(row.printed) if row.printed else None
    decimals = re.search(r",(\d+)", row.printed)
    steps: int = 10 ** len(decimals[1]) if decimals else 1
    cents = CENTS_IN_A_UNIT[row.unit]
    return Reading(**asdict(row), amount=None if number is None else int(number * cents), rounding=cents // (2 * steps))


@cache
def load_ledger(folder: Path | None = None) -> Ledger:
    """Read the shipped ledger, or that in `folder`. Raises InputError with every mistake in it."""
    where = folder or shipped_folder("ledger_data")
    findings = Findings()
    documents = read_rows(where / "documents.csv", Document, findings)
    programmes = read_rows(where / "programmes.csv", LedgerProgramme, findings)
    readings = [reading_of(row) for row in read_rows(where / "readings.csv", PrintedFigure, findings)]
    refunded = read_rows(where / "refunds.csv", RefundedMunicipalities, findings)
    price_rises = read_rows(where / "prices.csv", PriceRise, findings)
    derived = [
        DerivedBudget(row.programme, row.year, 100 * row.gross)
        for row in read_rows(where / "derived.csv", DerivedRow, findings)
    ]
    contracts = read_contracts(where / "contracts.csv", findings)
    indicators = read_indicators(where / "indicators.csv", findings)
    known, named = {programme.programme for programme in programmes}, {document.document for document in documents}
    in_file = {name: shown(where / f"{name}.csv") for name in ("readings", "refunds", "indicators", "contracts")}
    for line, reading in enumerate(readings, start=2):
        _check_names(reading, Place(in_file["readings"], line), known, named, findings)
    for line, refund in enumerate(refunded, start=2):
        _check_names(refund, Place(in_file["refunds"], line), known, named, findings)
    for line, indicator in enumerate(indicators, start=2):
        _check_names(indicator, Place(in_file["indicators"], line), known, named, findings)
    for line, contract in enumerate(contracts, start=2):
        _check_names(contract, Place(in_file["contracts"], line), known, named, findings)
    _check_once(where, readings, refunded, findings)
    ledger = Ledger(
        {d.document: d for d in documents},
        {p.programme: p for p in programmes},
        tuple(readings),
        tuple(refunded),
        tuple(price_rises),
        tuple(derived),
        tuple(indicators),
        tuple(contracts),
    )
    _check_derived(where / "derived.csv", ledger, findings)
    for line, checked in enumerate(readings, start=2):
        for wrong in (_inclusion_without_ground(checked, ledger), _status_without_ground(checked, ledger)):
            if wrong is None:
                continue
            findings.add(
                Place(
                    shown(where / "readings.csv"),
                    line,
                    excerpt=f"{checked.programme},{checked.year},{checked.quantity}",
                ),
                *wrong,
            )
    findings.raise_if_any()
    return ledger


def _check_names(
    row: Reading | RefundedMunicipalities | Indicator | Contract,
    place: Place,
    known: set[str],
    named: set[str],
    findings: Findings,
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
    for line, reading in enumerate(readings, start=2):
        if not (reading.used and not reading.detail and reading.quantity in _ONE_TOTAL):
            continue
        if (reading.programme, reading.year, reading.quantity) in seen:
            findings.add(
                Place(
                    shown(where / "readings.csv"),
                    line,
                    excerpt=f"{reading.programme},{reading.year},{reading.quantity}",
                ),
                _("A second reading of this figure is marked as used."),
                _("Mark one of them, and say why in its remark."),
            )
        seen.add((reading.programme, reading.year, reading.quantity))
    rows: set[tuple[str, int]] = set()
    for line, row in enumerate(refunded, start=2):
        if (row.programme, row.year) in rows:
            findings.add(
                Place(
                    shown(where / "refunds.csv"),
                    line,
                    excerpt=f"{row.programme},{row.year}",
                ),
                _("This programme and year stand here a second time."),
                _("Write all municipalities in one row."),
            )
        rows.add((row.programme, row.year))


def _inclusion_without_ground(reading: Reading, ledger: Ledger) -> tuple[str, str] | None:
    """What is wrong with what a reading includes, and what to do; None when it is right."""
    if reading.includes and reading.quantity != "realised":
        return _("Only a realised amount includes something."), _("Leave includes empty here.")
    filled = bool(reading.includes_section and reading.includes_sentence)
    if bool(reading.includes) != filled or bool(reading.includes_section) != bool(reading.includes_sentence):
        return (
            _("What it includes stands here without its sentence, or the other way round."),
            _("Fill in includes, includes_section and includes_sentence, or leave all three empty."),
        )
    match reading.includes:
        case "refund" if reading.used and not _refund_is_known(reading, ledger):
            return (
                _("It includes a refund of which the amount is not known."),
                _("Add a reading of the refund, or of its rate with a row of municipalities in refunds.csv."),
            )
        case "prepayment" if not any(
            ledger.used(reading.programme, reading.year, balance) for balance in ("opening_balance", "closing_balance")
        ):
            return (
                _("It is paid ahead, and neither what was left before nor what is left after is known."),
                _("Add a reading of the opening_balance or the closing_balance of that year."),
            )
        case "" | "refund" | "prepayment" | "remainder":
            return None
        case _:
            assert_never(reading.includes)


def _status_without_ground(reading: Reading, ledger: Ledger) -> tuple[str, str] | None:
    """What is wrong with the status of a reading, and what to do; None when it is right."""
    if not (reading.quantity == "realised" and reading.used):
        if reading.status or reading.status_section or reading.status_sentence:
            return _("Only a realised amount in use has a status."), _(
                "Leave the three cells of the status empty here."
            )
        return None
    if not reading.status:
        return (
            _("A realised amount in use has no status."),
            _("Write final, or provisional with the section and the sentence that says so."),
        )
    repeats = reading.amount is not None and reading.amount == ledger.amount(reading.programme, reading.year, "net")
    if bool(reading.status_section) != bool(reading.status_sentence) or (
        (reading.status == "provisional" or repeats) and not reading.status_sentence
    ):
        return (
            _("The status stands here without the sentence that says so."),
            _("A provisional amount, and one that equals its budget, has a section and a sentence of the report."),
        )
    return None


def _check_derived(file: Path, ledger: Ledger, findings: Findings) -> None:
    """Find a derived budget that is printed after all, that stands here twice, or that is not the roundest amount that
    gives its print."""
    seen: set[tuple[str, int]] = set()
    for line, row in enumerate(ledger.derived, start=2):
        place = Place(shown(file), line, excerpt=f"{row.programme},{row.year},{row.gross // 100}")
        if (row.programme, row.year) in seen:
            findings.add(place, _("This programme and year stand here a second time."), _("Keep one of the rows."))
        elif ledger.used(row.programme, row.year, "gross"):
            findings.add(
                place, _("The budget with VAT is printed, so it need not be derived."), _("Take this row out.")
            )
        elif (how := ledger.derivation(row.programme, row.year)) is None:
            findings.add(
                place,
                _("No single amount follows from what is printed without VAT."),
                _("Take this row out, or see whether the reading of the net budget is right."),
            )
        elif how.gross != row.gross:
            findings.add(
                place,
                _("The roundest amount that gives the print without VAT is {gross}.", gross=how.gross // 100),
                _("Write that amount, or see whether the reading of the net budget is right."),
            )
        seen.add((row.programme, row.year))


def _refund_is_known(reading: Reading, ledger: Ledger) -> bool:
    if ledger.used(reading.programme, reading.year, "refund"):
        return True
    who = any((refund.programme, refund.year) == (reading.programme, reading.year) for refund in ledger.refunded)
    return who and bool(ledger.used(reading.programme, reading.year, "rate"))


_ONE_TOTAL: Final = ("gross", "net", "realised")
