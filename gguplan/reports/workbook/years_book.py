"""The years ahead of a fund as a workbook."""

from __future__ import annotations

from datetime import date
from typing import Final

from gguplan.language import _
from gguplan.model.years_ahead.result import Horizon
from gguplan.reports.tables.horizon import account_table, contribution_table
from gguplan.reports.terminal.horizon_answer import answer, notes
from gguplan.reports.workbook.table_book import TableSheet, table_workbook
from gguplan.wording.population import status_in_words
from gguplan.wording.underspend import rule_in_words

_WHOSE: Final = ("account", "title", "year")
_CLOSING: Final = {
    "closing_cents": {
        "opening_cents": 1,
        "contributions_cents": 1,
        "refunds_cents": -1,
        "income_cents": 1,
        "handed_over_cents": -1,
        "from_reserve_cents": 1,
        "realised_cents": -1,
        "returned_cents": -1,
        "to_reserve_cents": -1,
    }
}


def years_workbook(horizon: Horizon) -> bytes:
    """The contributions and the account of every year; the closing balance as the sum that it is."""
    drawn = _("Drawn {draws} times, with seed {seed}.", draws=horizon.draws, seed=horizon.seed)
    table = account_table(horizon)
    table["underspend"] = [rule_in_words(rule) if rule else "" for rule in table["underspend"]]
    contributions = contribution_table(horizon)
    contributions["population_status"] = [status_in_words(status) for status in contributions["population_status"]]
    sheets = [
        TableSheet(
            _("Contributions"),
            _("What all municipalities pay together, with VAT, over whose inhabitants."),
            contributions,
        ),
        TableSheet(
            _("Accounts"),
            _("What the fund and its programmes begin with, receive and spend as expected, without VAT."),
            {name: values for name, values in table.items() if "_chance_" not in name},
            formulas=_CLOSING,
        ),
        TableSheet(
            _("Draws"),
            _("What the closing balance and what is spent lie below, in so many of a hundred draws."),
            {name: values for name, values in table.items() if "_chance_" in name or name in _WHOSE},
        ),
    ]
    sources = [(_("Method"), note) for note in (*notes(horizon), drawn)]
    return table_workbook(horizon.title, answer(horizon), sources, sheets, date(horizon.years[0], 1, 1))
