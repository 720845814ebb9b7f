"""What a municipality no longer pays and no longer receives for services that somebody else has, on the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from gguplan.language import _
from gguplan.model.years_ahead.bill_in_a_year import YearAhead
from gguplan.reports.terminal.console import console, table
from gguplan.wording.amounts import format_about, format_euros

if TYPE_CHECKING:
    from rich.table import Table


def print_handed_over(years: Sequence[YearAhead]) -> None:
    """Print for each year what has been handed over, nothing where nothing is."""
    if not any(year.handed_over for year in years):
        return
    out = console()
    out.print()
    out.print(_("Handed over"), style="bold")
    out.print(handed_over_table(years))
    out.print(
        _(
            "No longer paid: what this bill would have been. No longer received: its part of the whole budget, which "
            "leaves the gemeentefonds with the service. On balance: the first less the second."
        ),
        soft_wrap=True,
    )


def handed_over_table(years: Sequence[YearAhead]) -> Table:
    """One line for each service that somebody else has in a year."""
    headings = [
        _("Year"),
        _("Programme"),
        _("who has it"),
        _("of all together"),
        _("no longer paid"),
        _("no longer received"),
        _("on balance"),
    ]
    rows = [
        [
            str(year.year),
            gone.title,
            gone.hand_over.to,
            format_about(gone.budget, 1),
            format_euros(gone.no_longer_paid),
            format_euros(gone.no_longer_received),
            format_euros(gone.on_balance),
        ]
        for year in years
        for gone in year.handed_over
    ]
    return table(headings, rows, words=3)
