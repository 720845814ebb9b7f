"""Bills of several years on the terminal, for the multi-year budget."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from gguplan.fund.allocation_keys import columns_of
from gguplan.language import _, listed_with_and
from gguplan.model.years_ahead.bill_in_a_year import YearAhead
from gguplan.reports.before_cascades import cascades_beside_a_bill
from gguplan.reports.terminal.console import console, table
from gguplan.reports.terminal.handed_over import print_handed_over
from gguplan.wording.amounts import format_about, format_euros, format_number, per_inhabitant
from gguplan.wording.bodies import inhabitants_of
from gguplan.wording.population import status_in_words

if TYPE_CHECKING:
    from rich.table import Table


def print_years(title: str, years: Sequence[YearAhead], of_horizon: bool = False, beside: Sequence[str] = ()) -> None:
    """Print one line per year: to the cent where the inhabitants are counted, about and between where projected.

    `beside` are sentences on these bills: what became of the municipality, what its reference date rests on.
    """
    out, municipality = console(), years[-1].bill.municipality
    out.print(f"{municipality.name} ({municipality.gm_code})", style="bold")
    heading = _("The budget of {title} over the inhabitants of each year, with VAT", title=title)
    out.print(heading_of_horizon(title) if of_horizon else heading, soft_wrap=True)
    out.print()
    out.print(bills_table(years))
    print_handed_over(years)
    out.print()
    for sentence in [*notes_of_years(years), *beside]:
        out.print(sentence, soft_wrap=True)
    out.print(interval_in_words(years), soft_wrap=True)
    page = "docs/horizon.md, docs/population.md" if of_horizon else "docs/population.md"
    out.print(_("How the sums work, and how far projections were off before: {page}", page=page), soft_wrap=True)


def notes_of_years(years: Sequence[YearAhead]) -> list[str]:
    """What must be known of single years: who was billed for a municipality that was not there yet, who leaves."""
    together = [
        _(
            "{year}: what {names} are billed together.",
            year=year.year,
            names=listed_with_and(f"{came_from.name} ({came_from.gm_code})" for came_from in year.came_from),
        )
        for year in years
        if year.came_from
    ]
    return together + [f"{year.year}: {note}" for year in years for note in cascades_beside_a_bill(year)]


def interval_of_a_year(year: YearAhead) -> str:
    """Between which amounts the bill of one year lies."""
    return _(
        "{year}: with 80 % certainty between {low} and {high}",
        year=year.year,
        low=format_about(year.low, 1),
        high=format_about(year.high, 1),
    )


def interval_in_words(years: Sequence[YearAhead]) -> str:
    """What is in the intervals of these years, and what is not."""
    held = [year.interval for year in years]
    parts = [
        words
        for words, is_in in (
            (_("the inhabitants that are projected"), any(interval.inhabitants for interval in held)),
            (_("a budget that grows with them"), any(interval.growing_budget for interval in held)),
            (_("an indexation that is not known yet"), any(interval.indexation for interval in held)),
            (_("a shortfall that is raised"), any(interval.shortfall for interval in held)),
        )
        if is_in
    ]
    weights = _weights_that_stay(years)
    if not parts:
        return weights or _("Nothing is drawn here: there is no interval.")
    held_in_words = _(
        "In the interval: {parts}; each draw is divided as the fund is. Nothing else is: the budget is what the "
        "scenario says.",
        parts=listed_with_and(parts),
    )
    return f"{held_in_words} {weights}".rstrip()


def _weights_that_stay(years: Sequence[YearAhead]) -> str:
    """Why the part of a bill that a column of weights divides has no interval; empty where no column divides."""
    projected = [year.result for year in years if year.result is not None and year.projection is not None]
    titles = {
        billed.programme.title: None
        for result in projected
        for billed in result.by_programme
        if columns_of(billed.programme.allocation)
    }
    if not titles:
        return ""
    return _(
        "Without an interval: {titles}. The weights of a column do not follow the inhabitants, and nobody says what "
        "they are in later years, so they stay as they are.",
        titles=listed_with_and(titles),
    )


def heading_of_horizon(title: str) -> str:
    """How the bills of a scenario with years ahead come about, in one line."""
    return _("The budgets of {title} in each year, over the inhabitants of that year, with VAT", title=title)


def bills_table(years: Sequence[YearAhead]) -> Table:
    """One line a year: to the cent where all is known, else about and between."""
    headings = [*contribution_headings(), _("all inhabitants"), _("budget of the fund")]
    return table(headings, [[*_row(year), *_of_all(year)] for year in years], words=2)


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
        inhabitants_of(bill.municipality),
        about,
        *between,
        per_inhabitant(bill.per_inhabitant(bill.to_pay)),
    ]


def _of_all(year: YearAhead) -> list[str]:
    budget = "" if year.result is None else format_about(year.result.totals["gross_cents"], 1)
    return [format_number(year.population.total), budget]
