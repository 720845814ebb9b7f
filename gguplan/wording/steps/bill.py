"""The lines of a sum on the bill as a whole, in sentences."""

from __future__ import annotations

from typing import assert_never

from gguplan.fund.steps.bill import (
    BillLine,
    CountedWhere,
    InhabitantsCounted,
    NoInhabitants,
    PredecessorBill,
    ProgrammeBill,
    ReferenceDate,
    VatWithin,
    WholeBill,
)
from gguplan.language import _
from gguplan.wording.amounts import format_euros, format_number
from gguplan.wording.bills import bill_in_a_sentence
from gguplan.wording.bodies import kind_in_words
from gguplan.wording.other_dates import reason_in_words
from gguplan.wording.population import source_in_words, status_in_words


def bill_line_in_words(line: BillLine) -> str:
    """What a line of a sum says, as one line of text."""
    match line:
        case WholeBill(title, municipality, cents):
            return _("{title}: {pays}", title=title, pays=bill_in_a_sentence(municipality, cents))
        case ProgrammeBill(title, cents):
            return f"{title}: {format_euros(cents)}"
        case PredecessorBill():
            return _predecessor(line)
        case InhabitantsCounted(inhabitants, total, year, status):
            return _(
                "{inhabitants} inhabitants of {total} on 1 January {year} ({status})",
                inhabitants=format_number(inhabitants),
                total=format_number(total),
                year=year,
                status=status_in_words(status),
            )
        case NoInhabitants(kind, total, year, status):
            return _(
                "{kind}, without inhabitants: it pays what is agreed; the municipalities have {total} on 1 January "
                "{year} ({status})",
                kind=kind_in_words(kind),
                total=format_number(total),
                year=year,
                status=status_in_words(status),
            )
        case CountedWhere(source):
            return source_in_words(source)
        case ReferenceDate(reason):
            return _("reference date: {why}", why=reason_in_words(reason))
        case VatWithin(amount, percent, vat):
            return _(
                "of which VAT: {amount} × {percent} ÷ {whole} = {vat}",
                amount=format_euros(amount),
                percent=percent,
                whole=100 + percent,
                vat=format_euros(vat),
            )
        case _:
            assert_never(line)


def _predecessor(line: PredecessorBill) -> str:
    municipality = line.municipality
    if line.persons == municipality.inhabitants:
        return _(
            "{name} ({code}): {amount}",
            name=municipality.name,
            code=municipality.gm_code,
            amount=format_euros(line.bill),
        )
    return _(
        "{name} ({code}): {part} of {amount}, for {persons} of its {inhabitants} inhabitants",
        name=municipality.name,
        code=municipality.gm_code,
        part=format_euros(line.part),
        amount=format_euros(line.bill),
        persons=format_number(line.persons),
        inhabitants=format_number(municipality.inhabitants),
    )
