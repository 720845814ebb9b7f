"""Read ``ledger_data/contracts.csv``: until when somebody is under contract, as the reports say."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct
from msgspec.structs import asdict

from gguplan.findings import Findings, Place
from gguplan.fund.contracts import Contract
from gguplan.inputs.ledger.rows import read_rows
from gguplan.language import _
from gguplan.shipped import shown


class ContractRow(Struct, frozen=True):
    """A row of ``contracts.csv``; an empty year is one that the report does not say."""

    programme: str
    first_year: int | None
    last_year: int
    may_be_extended_to: int | None
    document: str
    section: str
    sentence: str


def read_contracts(file: Path, findings: Findings) -> list[Contract]:
    """The contracts in a file, the newest report last, with every mistake in it as a finding."""
    contracts = [Contract(**asdict(row)) for row in read_rows(file, ContractRow, findings)]
    for line, contract in enumerate(contracts, start=2):
        first = contract.last_year if contract.first_year is None else contract.first_year
        extended = contract.last_year if contract.may_be_extended_to is None else contract.may_be_extended_to
        if not first <= contract.last_year <= extended:
            findings.add(
                Place(shown(file), line, excerpt=f"{contract.programme},{contract.last_year}"),
                _("The years of this contract do not follow each other."),
                _("Write the first year, the last, and the year to which it may be extended, in that order."),
            )
    return contracts
