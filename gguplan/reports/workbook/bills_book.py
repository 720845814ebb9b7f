"""The bills of one municipality in several years as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from gguplan.language import _
from gguplan.model.years_ahead.bill_in_a_year import YearAhead
from gguplan.reports.tables.years_ahead import years_table
from gguplan.reports.terminal.years_ahead import interval_in_words, notes_of_years
from gguplan.reports.workbook.table_book import TableSheet, table_workbook
from gguplan.wording.amounts import format_euros
from gguplan.wording.population import inhabitants_line, status_in_words


def bills_workbook(title: str, years: Sequence[YearAhead]) -> bytes:
    """A row a year: the budget, all inhabitants and those of the municipality, what it pays, and between which amounts
    where inhabitants are projected."""
    municipality = years[-1].bill.municipality
    heading = f"{municipality.name} ({municipality.gm_code}): {title}"
    answer = [
        _("{year}: {amount}", year=year.year, amount=format_euros(year.bill.to_pay)) for year in years
    ] + notes_of_years(years)
    sources = [(str(year.year), inhabitants_line(year.population)) for year in years]
    note = " ".join(
        (
            _("In eight of ten cases the bill lies between the two amounts; they are equal where nothing is drawn."),
            interval_in_words(years),
        )
    )
    table = years_table(years)
    table["population_status"] = [status_in_words(year.population.status) for year in years]
    sheet = TableSheet(_("Years"), note, table)
    return table_workbook(heading, answer, sources, [sheet], date(years[0].population.year, 1, 1))
