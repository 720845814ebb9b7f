"""A goal seek in a workbook: the answer, every value that was looked at, and the edges of the goal."""

from __future__ import annotations

from datetime import date

from gguplan.language import _
from gguplan.model.goal_seek import Sought
from gguplan.reports.tables.seek import edges_table, looks_table
from gguplan.reports.terminal.seek import answer, how_sure
from gguplan.reports.workbook.table_book import TableSheet, table_workbook
from gguplan.wording.goals import goal_in_words


def seek_workbook(sought: Sought, day: date) -> bytes:
    """The workbook in the current language; `day` is the reference date of the scenario."""
    sheets = [
        TableSheet(_("Values"), _("Every value that was looked at, and what comes out."), looks_table(sought)),
        TableSheet(_("Edges"), _("Where the goal begins or ends to be reached."), edges_table(sought)),
    ]
    sources = [(_("Remark"), sentence) for sentence in how_sure(sought)]
    return table_workbook(
        sought.title, [_("Goal: {goal}.", goal=goal_in_words(sought.goal)), *answer(sought)], sources, sheets, day
    )
