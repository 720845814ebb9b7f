"""What title, heads and notes of somebody's table say against its figures being all inhabitants of a year."""

from __future__ import annotations

import re
from typing import Final

from gguplan.findings import Findings
from gguplan.inputs.population.columns import Columns, is_of_the_end
from gguplan.inputs.population.table_rows import is_of_a_part
from gguplan.inputs.tables.reading import Table
from gguplan.language import _

_THOUSANDS: Final = re.compile(
    r"(\bx\s?|×\s?|\bper )1[ .,\u00a0]?000\b|\bduizend(en|tal|tallen)?\b|\bthousands?\b", re.IGNORECASE
)
_RATIO: Final = re.compile(r"%|\bprocent|\bpercent", re.IGNORECASE)
_YEAR: Final = re.compile(
    r"\b(?:1 jan(?:uari|uary)?|0?1[-/]0?1[-/]|inwoners|bevolking|population|inhabitants|jaar|year)\b[^0-9]{0,25}"
    r"((?:19|20)[0-9]{2})(?![0-9])",
    re.IGNORECASE,
)
_COUNT: Final = re.compile(r"\b(stand(en)?|bevolking|inwoners|population|inhabitants)\b", re.IGNORECASE)


def check_texts(table: Table, columns: Columns, counted: int, year: int, findings: Findings) -> None:
    """Find a title of a part of the people or of another year, a unit that is not one person, and a note below that
    the counts are of the end of the year. `counted` is the place of the column of inhabitants."""
    titles = [" ".join(filter(None, row)) for _line, row in table.above]
    notes = [" ".join(filter(None, row)) for row in table.rows if sum(map(bool, row)) == 1]
    head = table.header[counted]
    place = table.cell_of_header(counted)
    units = [*titles, *notes, head]
    unit = next((text for text in units if _THOUSANDS.search(text)), head if _RATIO.search(head) else "")
    if unit:
        findings.add(
            place,
            _("These figures are not numbers of persons: {text!r}.", text=_short(unit)),
            _("Give a table that counts persons, not thousands and no percentages."),
        )
    for title in filter(is_of_a_part, titles):
        findings.add(
            table.header_place,
            _("The title is of a part of the people: {text!r}.", text=_short(title)),
            _("Give a table of all inhabitants: both sexes, all ages."),
        )
    if not columns.at_end:
        _check_notes(table, notes, year, findings)
    if columns.period is not None or re.search(r"(19|20)[0-9]{2}", head):
        return
    named = {int(text) for title in titles for text in _YEAR.findall(title)}
    if named and (year - 1 if columns.at_end else year) not in named:
        findings.add(
            table.header_place,
            _("The title names {named}, not {year}.", named=", ".join(map(str, sorted(named))), year=year),
            _("Give the table of {year}, or that year with --year.", year=year),
        )


def _check_notes(table: Table, notes: list[str], year: int, findings: Findings) -> None:
    """Find a note that the counts are of the end of a period, where nothing above them says so."""
    for note in notes:
        if is_of_the_end(note) and _COUNT.search(note):
            findings.add(
                table.header_place,
                _("A note says that the counts are of the end of a period: {text!r}.", text=_short(note)),
                _("Write that above the table: the end of {before} is 1 January {year}.", before=year - 1, year=year),
            )


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
