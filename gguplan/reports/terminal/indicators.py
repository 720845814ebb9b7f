"""Volumes and prices that the reports print of a programme, on the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from gguplan.language import _
from gguplan.model.unit_costs import PublishedIndicator
from gguplan.reports.terminal.console import table
from gguplan.wording.indicators import figure_of, period_of, unit_cost_in_words
from gguplan.wording.ledger import in_language

if TYPE_CHECKING:
    from rich.console import Console


def print_indicators(out: Console, title: str, rows: Sequence[PublishedIndicator]) -> None:
    """Print the volumes and prices of one programme, each with its print and place; nothing where there are none."""
    if not rows:
        return
    out.print()
    out.print(_("{title}: volumes and prices", title=title), style="bold", soft_wrap=True)
    costs = any(row.unit_cost is not None for row in rows)
    headings = [_("Of what"), _("period"), _("where"), _("printed"), _("figure")]
    cells = []
    for row in rows:
        indicator = row.indicator
        name = in_language(indicator.name)
        cells.append(
            [
                name if indicator.used else _("{title} (not used)", title=name),
                period_of(indicator),
                f"{indicator.document}, {indicator.section.split()[0]}",
                indicator.printed,
                figure_of(indicator),
                *([unit_cost_in_words(row.unit_cost)] if costs else []),
            ]
        )
    out.print(table([*headings, *([_("cost per unit")] if costs else [])], cells, words=3))
    if costs:
        out.print(
            _("Cost per unit: what was realised, without refunds, ÷ the volume; only where the amount is final."),
            soft_wrap=True,
        )
    remarks = {}
    for row in rows:
        if row.indicator.remark_to_show is not None:
            subject = f"{in_language(row.indicator.name)}, {period_of(row.indicator)}, {row.indicator.printed}"
            remarks[subject] = in_language(row.indicator.remark_to_show)
    for subject, remark in remarks.items():
        out.print(f"{subject}: {remark}", soft_wrap=True)
