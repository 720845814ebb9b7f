"""Bills of several years on the terminal, for the multi-year budget."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from gguplan.language import _
from gguplan.model.years_ahead.bill_in_a_year import YearAhead
from gguplan.reports.before_cascades import cascades_beside_a_bill
from gguplan.reports.terminal.console import console, table
from gguplan.wording.amounts import format_about, format_euros, format_number, per_inhabitant
from gguplan.wording.population import status_in_words

if TYPE_CHECKING:
    from rich.table import Table


def print_years(title: str, years: Sequence[YearAhead], of_horizon: bool = False) -> None:
    """Print one line per year: to the cent where the inhabitants are counted, about and between where projected."""
    out, municipality = console(), years[0].bill.municipality
    out.print(f"{municipality.name} ({municipality.gm_code})", style="bold")
    heading = _("The budget of {title} over the inhabitants of each year", title=title)
    out.print(heading_of_horizon(title) if of_horizon else heading, soft_wrap=True)
    out.print()
    out.print(bills_table(years))
    out.print()
    for year in years:
        for note in cascades_beside_a_bill(year):
            out.print(f"{year.year}: {note}", soft_wrap=True)
    if of_horizon:
        out.print(
            _(
                "The interval is that of the municipality's share of the inhabitants and of an indexation that is not "
                "known yet, together. docs/horizon.md says how the sums work, docs/population.md how inhabitants are "
                "projected."
            ),
            soft_wrap=True,
        )
        return
    out.print(
        _(
            "The interval is that of the municipality's share of the inhabitants; the budget stays as it is in the "
            "scenario. docs/population.md says how inhabitants are projected, and how far that was off before."
        ),
        soft_wrap=True,
    )


def heading_of_horizon(title: str) -> str:
    """How the bills of a scenario with years ahead come about, in one line."""
    return _("The budgets of {title} in each year, over the inhabitants of that year", title=title)


def bills_table(years: Sequence[YearAhead]) -> Table:
    """One line a year: to the cent where all is known, else about and between."""
    return table(contribution_headings(), [_row(year) for year in years], words=2)


def contribution_headings() -> list[str]:
    """What stands above what is paid in each year, by one municipality or by all."""
    return [
        _("Year"),
        _("inhabitants are"),
        _("inhabitants"),
        _("to pay"),
        _("80 % between"),
        _("and"),
        _("per inhabitant"),
    ]


def _row(year: YearAhead) -> list[str]:
    bill, counted = year.bill, year.low == year.high
    about = format_euros(bill.to_pay) if counted else format_about(bill.to_pay, 1)
    between = ["", ""] if counted else [format_about(year.low, 1), format_about(year.high, 1)]
    return [
        str(year.year),
        f"{status_in_words(year.population.status)} ({year.population.year})",
        format_number(bill.municipality.inhabitants),
        about,
        *between,
        per_inhabitant(bill.per_inhabitant(bill.to_pay)),
    ]
