"""Budgets beside realised amounts as a table, and for machines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gguplan.fund.ledger import Reading, Status
from gguplan.fund.relations import cents
from gguplan.model.published import PublishedLine, published_total
from gguplan.model.result import Table
from gguplan.model.unit_costs import PublishedIndicator
from gguplan.money import plain_euros
from gguplan.reports.tables.indicators import indicators_as_list


def published_table(lines: Sequence[PublishedLine]) -> Table:
    """One row for each programme and year; `other_readings` are what the reports print besides."""
    return {
        "programme": [line.programme.programme for line in lines],
        "title": [line.programme.title for line in lines],
        "year": [line.year for line in lines],
        "gross_cents": [line.gross for line in lines],
        "gross_basis": ["" if line.gross is None else gross_basis(line) for line in lines],
        "net_cents": [line.net for line in lines],
        "realised_cents": [line.realised for line in lines],
        "underspend_cents": [line.underspend for line in lines],
        "realisation_ratio": [shown_ratio(line) for line in lines],
        "status": [status_of(line) for line in lines],
        "status_sentence": ["; ".join(sentences_of_status(line)) for line in lines],
        "includes": ["; ".join(part.reading.includes for part in line.inclusions) for line in lines],
        "includes_sentence": ["; ".join(part.reading.includes_sentence for part in line.inclusions) for line in lines],
        "of_own_budget_cents": [line.of_own_budget for line in lines],
        "income_cents": [sum(map(cents, line.income_paid)) if line.income_paid else None for line in lines],
        "income_source": [
            "; ".join(f"{reading.detail}: {reading.source}" for reading in line.income) for line in lines
        ],
        "source": ["; ".join(reading.source for reading in line.readings) for line in lines],
        "other_readings": ["; ".join(reading.source for reading in line.contradictions) for line in lines],
    }


def shown_ratio(line: PublishedLine) -> str:
    """The realisation ratio with four decimals; empty where it is not known."""
    return "" if line.ratio is None else f"{float(line.ratio):.4f}"


def gross_basis(line: PublishedLine) -> str:
    """Whether the budget with VAT is printed or derived."""
    return "derived" if line.derived else "printed"


def sentences_of_status(line: PublishedLine) -> list[str]:
    """The sentences of the report that say that what was realised is final or provisional."""
    return [reading.status_sentence for reading in line.readings if reading.status_sentence]


def status_of(line: PublishedLine) -> Status:
    """Whether what was realised is final or provisional; empty where it is missing."""
    if line.realised is None:
        return ""
    return "final" if line.provisional is None else "provisional"


def published_as_dict(
    lines: Sequence[PublishedLine], indicators: Sequence[PublishedIndicator] | None
) -> dict[str, Any]:
    """The lines for a machine, with the totals of each year; amounts in euros as text, null where there is none. With
    `indicators` also the lines under each, and the volumes and prices."""
    return {
        "lines": [_line_as_dict(line, indicators is not None) for line in lines],
        **({} if indicators is None else {"indicators": indicators_as_list(indicators)}),
        "totals": [
            {
                "year": total.year,
                "net": plain_euros(total.net),
                "realised": plain_euros(total.realised),
                "provisional": plain_euros(total.provisional),
                "underspend": plain_euros(total.both),
                "lines_without": total.missing,
                "net_of_both": plain_euros(total.net_of_both),
                "realised_of_both": plain_euros(total.realised_of_both),
                "realisation_ratio": None if total.ratio_of_both is None else f"{total.ratio_of_both:.4f}",
            }
            for total in (published_total(lines, year) for year in sorted({line.year for line in lines}))
        ],
    }


def _line_as_dict(line: PublishedLine, details: bool) -> dict[str, Any]:
    amounts = {"gross": line.gross, "net": line.net, "realised": line.realised, "underspend": line.underspend}
    shown: dict[str, Any] = {
        "programme": line.programme.programme,
        "title": line.programme.title,
        "year": line.year,
        **{name: None if cents is None else plain_euros(cents) for name, cents in amounts.items()},
        "gross_basis": None if line.gross is None else gross_basis(line),
        "realisation_ratio": shown_ratio(line) or None,
        "status": status_of(line) or None,
        "status_because": "; ".join(sentences_of_status(line)) or None,
        "includes": [
            {
                "includes": part.reading.includes,
                "detail": part.reading.detail,
                "amount": None if part.cents is None else plain_euros(part.cents),
                "spent_besides": plain_euros(part.besides),
                "sentence": part.reading.includes_sentence,
                "document": part.reading.document,
                "section": part.reading.includes_section,
            }
            for part in line.inclusions
        ],
        "of_own_budget": None if line.of_own_budget is None else plain_euros(line.of_own_budget),
        "income": [_reading_as_dict(reading) for reading in line.income_paid],
        "sources": [_reading_as_dict(reading) for reading in line.readings],
        "other_readings": [_reading_as_dict(reading) for reading in line.contradictions],
    }
    if details:
        shown["details"] = [_reading_as_dict(reading) for reading in line.details]
    return shown


def _reading_as_dict(reading: Reading) -> dict[str, Any]:
    return {
        "quantity": reading.quantity,
        "detail": reading.detail,
        "printed": reading.printed,
        "amount": None if reading.amount is None else plain_euros(reading.amount),
        "document": reading.document,
        "section": reading.section,
        "remark": reading.remark,
    }
