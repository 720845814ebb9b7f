"""Budgets beside realised amounts as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from gguplan.fund.ledger import Document
from gguplan.language import _
from gguplan.model.published import PublishedLine, published_total
from gguplan.model.result import Table
from gguplan.model.unit_costs import PublishedIndicator
from gguplan.money import RATE_UNITS
from gguplan.reports.tables.indicators import indicators_table
from gguplan.reports.tables.ledger import published_table, status_of
from gguplan.reports.workbook.table_book import TableSheet, table_workbook
from gguplan.wording.amounts import format_euros
from gguplan.wording.indicators import kind_name, period_name, qualifier_name, unit_name
from gguplan.wording.ledger import inclusion_name, status_name


def ledger_workbook(
    lines: Sequence[PublishedLine], indicators: Sequence[PublishedIndicator], documents: Sequence[Document]
) -> bytes:
    """A row for each programme and year, with what is left over as a formula where both amounts are known; on a second
    sheet a row for each printed volume and price."""
    years = sorted({line.year for line in lines})
    totals = [published_total(lines, year) for year in years]
    answer = [
        _(
            "{year}: budget {net}, realised {realised}, without VAT. Left over of the lines that have both: {left} of "
            "{both}.",
            year=total.year,
            net=format_euros(total.net),
            realised=format_euros(total.realised),
            left=format_euros(total.both),
            both=format_euros(total.net_of_both),
        )
        for total in totals
    ]
    sheet = TableSheet(
        _("Budget and realised"),
        _("In euros; the budget and what was realised without VAT."),
        _in_words(lines),
        frozenset(
            ("gross_cents", "net_cents", "realised_cents", "underspend_cents", "of_own_budget_cents", "income_cents")
        ),
        {"underspend_cents": {"net_cents": 1, "realised_cents": -1}},
    )
    sources = [(document.document, document.title) for document in documents]
    volumes = TableSheet(
        _("Volumes and prices"),
        _("As the reports print them; the cost per unit is what was realised ÷ the volume, in euros."),
        _indicators_in_words(indicators),
    )
    return table_workbook(_("Budget and realised"), answer, sources, [sheet, volumes], date(years[-1], 12, 31))


def _in_words(lines: Sequence[PublishedLine]) -> Table:
    """The table of the lines, for people: what is a word for machines is said in the language of the user."""
    return {
        **published_table(lines),
        "gross_basis": ["" if line.gross is None else _("derived") if line.derived else _("printed") for line in lines],
        "status": [status_name(status_of(line)) for line in lines],
        "includes": ["; ".join(inclusion_name(part.reading.includes) for part in line.inclusions) for line in lines],
    }


def _indicators_in_words(rows: Sequence[PublishedIndicator]) -> Table:
    """The table of the volumes and prices, for people: figures are numbers, words those of the language of the user."""
    return {
        **indicators_table(rows),
        "period": [period_name(row.indicator.period) for row in rows],
        "kind": [kind_name(row.indicator.kind) for row in rows],
        "value": [row.indicator.value for row in rows],
        "unit": [unit_name(row.indicator.unit) for row in rows],
        "qualifier": [qualifier_name(row.indicator.qualifier) for row in rows],
        "cost_per_unit": [None if row.unit_cost is None else Decimal(row.unit_cost) / RATE_UNITS for row in rows],
    }
