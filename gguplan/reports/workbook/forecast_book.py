"""A forecast of what is spent as a workbook."""

from __future__ import annotations

from datetime import date

from gguplan.language import _
from gguplan.model.spending import Spending
from gguplan.reports.tables.forecast import forecast_table
from gguplan.reports.terminal.forecast import basis_in_words, history_line, limits_in_words, short_answer
from gguplan.reports.workbook.table_book import TableSheet, table_workbook
from gguplan.wording.budget_kinds import budget_kind_in_words
from gguplan.wording.underspend import rule_in_words


def forecast_workbook(spending: Spending, heading: str, read: tuple[str, ...]) -> bytes:
    """The forecast of every programme; `read` says how the history was read. A forecast has no formula: its amounts are
    those of the draws."""
    table = forecast_table(spending)
    table["kind"] = [budget_kind_in_words(kind) if kind else "" for kind in table["kind"]]
    table["underspend"] = [rule_in_words(programme.underspend) for programme in spending.programmes]
    table["basis"] = [basis_in_words(basis) for basis in spending.basis]
    note = _("Amounts without VAT, of {draws} draws with seed {seed}.", draws=spending.draws, seed=spending.seed)
    sheet = TableSheet(_("Forecast"), note, table, frozenset(("net_cents", "expected_cents")))
    sources = [(_("History"), line) for line in (history_line(spending), *read, *limits_in_words(spending))]
    return table_workbook(heading, short_answer(spending), sources, [sheet], date(spending.forecast.year, 1, 1))
