"""What a report says of a contract, in a sentence."""

from __future__ import annotations

from gguplan.fund.contracts import Contract
from gguplan.language import _


def contract_in_words(contract: Contract) -> str:
    """Until when it runs, to when it may be extended, and the sentence that says so."""
    runs = (
        _("Contract to the end of {last}.", last=contract.last_year)
        if contract.first_year is None
        else _("Contract from {first} to the end of {last}.", first=contract.first_year, last=contract.last_year)
    )
    extended = (
        ""
        if contract.may_be_extended_to is None
        else " " + _("It may be extended to the end of {year}.", year=contract.may_be_extended_to)
    )
    return f"{runs}{extended} “{contract.sentence}” ({contract.document}, {contract.section})"
