"""The inhabitants of a year from the tables of CBS themselves, by its open data service.

Two tables have them. 03759ned counts 1 January of each year, and comes in its second quarter; until then 37230ned has
the same day as the beginning of its month of January. Which code a measure has and which status a period, the service
says itself; of a table that is made otherwise than it was, nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final

from msgspec import Struct

from gguplan.findings import Finding, Findings, InputError, Place
from gguplan.fund.municipalities import CountedStatus
from gguplan.inputs.population.importing import Imported, check_question, population_in
from gguplan.inputs.population.open_data import NoAnswerError, Row, object_at, rows_at
from gguplan.inputs.population.writing import fail_if_total_differs
from gguplan.inputs.tables.reading import Table
from gguplan.language import _, plural, written_in
from gguplan.wording.dates import format_day
from gguplan.wording.population import status_in_words

_FINAL: Final = "Definitief"
_NOT_THERE: Final = "Impossible"
"""What CBS writes at a municipality that did not exist on that day."""

_NETHERLANDS: Final = "NL01"


class CbsTable(Struct, frozen=True):
    """A table with inhabitants by municipality: `measure` is the title of the count of 1 January, `january` what stands
    behind the year in the code of its period, `totals` the code of everybody in each further dimension."""

    identifier: str
    measure: str
    january: str
    totals: Mapping[str, str]

    @property
    def name(self) -> str:
        """How the table is named in a sentence."""
        return f"CBS {self.identifier}"

    def period(self, year: int) -> str:
        """The code of the period that holds 1 January of a year."""
        return f"{year}{self.january}"


BY_YEAR: Final = CbsTable(
    "03759ned",
    "Bevolking op 1 januari",
    "JJ00",
    {"Geslacht": "T001038", "Leeftijd": "10000", "BurgerlijkeStaat": "T001019"},
)
BY_MONTH: Final = CbsTable("37230ned", "Bevolking aan het begin van de periode", "MM01", {})


class Fetched(Struct, frozen=True):
    """The inhabitants of a year as a table of CBS has them: which table, when CBS changed it last, when it was fetched,
    the status of the figures, and the national total that the table itself gives (persons)."""

    imported: Imported
    table: CbsTable
    title: str
    changed: date
    moment: datetime
    status: CountedStatus
    national_total: int


def fetch_population(year: int, service: str, moment: datetime) -> Fetched:
    """The inhabitants on 1 January of `year` from the service at that address, checked as a file of somebody is.

    The table by year goes before the one by month. `moment` is now. Raises InputError: no such year, a service that
    cannot be reached or answers otherwise than CBS documents, every row that cannot be right, and a sum that is not the
    national total.
    """
    findings = Findings()
    check_question(year, "CBS", findings, Place("YEAR"))
    findings.raise_if_any()
    years_of_tables: list[tuple[CbsTable, list[int]]] = []
    for table in (BY_YEAR, BY_MONTH):
        try:
            reading = _Reading(table, f"{service.rstrip('/')}/{table.identifier}", year)
            statuses = reading.statuses()
            if table.period(year) in statuses:
                return _fetched(reading, statuses[table.period(year)], moment)
        except NoAnswerError as problem:
            raise InputError([Finding(Place(problem.url), problem.what, by_hand(year))]) from None
        years_of_tables.append((table, [int(period[:4]) for period in statuses if period.endswith(table.january)]))
    raise InputError([_not_at_cbs(year, years_of_tables, Place(service))])


def _not_at_cbs(year: int, years_of_tables: Sequence[tuple[CbsTable, Sequence[int]]], place: Place) -> Finding:
    """That no table has a year, and which years each has."""
    spans = [
        _("{table} has {first} to {last}", table=table.name, first=min(listed), last=max(listed))
        if listed
        else _("{table} has no 1 January", table=table.name)
        for table, listed in years_of_tables
    ]
    before_all = all(year < min(listed) for _table, listed in years_of_tables if listed)
    return Finding(
        place,
        _("CBS has no inhabitants on 1 January {year}: {spans}.", year=year, spans="; ".join(spans)),
        _("Ask for a year that is there.")
        if before_all
        else _(
            "Ask again later: the count by year comes in its second quarter. Until then a year ahead takes the "
            "latest count, and says so."
        ),
    )


def by_hand(year: int) -> str:
    """What to download and how to add it, where the service gives no answer."""
    return _(
        "Without the service: open https://opendata.cbs.nl/#/CBS/nl/dataset/{table} in a browser, choose "
        "“{measure}”, all municipalities and {year}, download it as CSV, and\n"
        'gguplan population add FILE --year {year} --source "CBS StatLine {table}, with the day of today"',
        table=BY_YEAR.identifier,
        measure=BY_YEAR.measure,
        year=year,
    )


class _Reading(Struct, frozen=True):
    """One table of the service, for one year."""

    table: CbsTable
    url: str
    year: int

    def statuses(self) -> dict[str, str]:
        """The periods of the table, by code, each with the status that CBS gives it."""
        rows = self._listed("PeriodenCodes", fields=("Identifier", "Status"))
        return {self.text(row, "Identifier"): self.text(row, "Status") for row in rows}

    def title_and_change(self) -> tuple[str, date]:
        """What the table is called, and the day on which CBS changed it last."""
        properties = object_at(f"{self.url}/Properties")
        changed = self.text(properties, "Modified")
        try:
            return " ".join(self.text(properties, "Title").split()), datetime.fromisoformat(changed).date()
        except ValueError:
            raise NoAnswerError(f"{self.url}/Properties", _("{text!r} is no day.", text=changed[:40])) from None

    def measure(self) -> str:
        """The code of the count of 1 January. Raises `NoAnswerError` where none, or more than one, is called so."""
        rows = self._listed("MeasureCodes", fields=("Identifier", "Title"))
        titles = {self.text(row, "Identifier"): self.text(row, "Title") for row in rows}
        codes = [code for code, title in titles.items() if title.casefold() == self.table.measure.casefold()]
        if len(codes) != 1:
            raise self._made_otherwise(_("no measure “{measure}”", measure=self.table.measure))
        return codes[0]

    def check_dimensions(self) -> None:
        """Raise `NoAnswerError` where the table is divided otherwise than is known here: a total could be counted
        twice."""
        rows = self._listed("Dimensions", fields=("Identifier",))
        dimensions = {self.text(row, "Identifier") for row in rows}
        if dimensions != {"RegioS", "Perioden", *self.table.totals}:
            raise self._made_otherwise(_("it is divided by {names}", names=", ".join(sorted(dimensions))))

    def observations(self) -> list[Row]:
        """The count of every region, and nothing but that."""
        wanted = {"Measure": self.measure(), **self.table.totals, "Perioden": self.table.period(self.year)}
        condition = " and ".join(f"{field} eq '{code}'" for field, code in wanted.items())
        rows = self._listed("Observations", condition)
        if not all(self.text(row, field) == code for row in rows for field, code in wanted.items()):
            raise NoAnswerError(f"{self.url}/Observations", _("The answer has rows that were not asked."))
        return rows

    def names(self) -> dict[str, str]:
        """The name of each region by its code."""
        rows = self._listed("RegioSCodes", fields=("Identifier", "Title"))
        return {self.text(row, "Identifier"): self.text(row, "Title") for row in rows}

    def _listed(self, path: str, condition: str = "", fields: tuple[str, ...] = ()) -> list[Row]:
        """The rows of a list of the table. Raises `NoAnswerError` where there are none: each has some."""
        url = f"{self.url}/{path}"
        rows = rows_at(url, condition, fields)
        if not rows:
            raise NoAnswerError(url, _("The answer is an empty list, where CBS documents rows."))
        return rows

    def text(self, row: Row, field: str) -> str:
        """A field of a row that CBS always writes. Raises `NoAnswerError` where it is not there."""
        value = row.get(field)
        if not isinstance(value, str):
            raise NoAnswerError(self.url, _("The answer has no {field}, which CBS documents.", field=field))
        return value.strip()

    def _made_otherwise(self, how: str) -> NoAnswerError:
        return NoAnswerError(self.url, _("The table is made otherwise than this version knows: {how}.", how=how))


def _fetched(reading: _Reading, status_text: str, moment: datetime) -> Fetched:
    table, year = reading.table, reading.year
    status: CountedStatus = "final" if status_text == _FINAL else "provisional"
    title, changed = reading.title_and_change()
    reading.check_dimensions()
    observations, names = reading.observations(), reading.names()
    national = [_count(row) for row in observations if reading.text(row, "RegioS") == _NETHERLANDS]
    if len(national) != 1 or not national[0].isdecimal():
        raise NoAnswerError(reading.url, _("The table does not give the inhabitants of the Netherlands."))
    rows = [
        (code, names.get(code, ""), _count(row))
        for row in observations
        if (code := reading.text(row, "RegioS")).startswith("GM") and row.get("ValueAttribute") != _NOT_THERE
    ]
    left_out = sum(
        reading.text(row, "RegioS").startswith("GM") and row.get("ValueAttribute") == _NOT_THERE for row in observations
    )
    notes = [
        _(
            "{table}, “{title}”, changed by CBS on {changed}; its figures of {year} are {status}.",
            table=table.name,
            title=title,
            changed=format_day(changed),
            year=year,
            status=status_in_words(status),
        )
    ]
    if left_out:
        notes.append(
            plural(
                "Left out: {count} municipality that did not exist on that day.",
                "Left out: {count} municipalities that did not exist on that day.",
                left_out,
            )
        )
    answer = Table(
        file=table.name,
        header=["code", "name", table.measure],
        header_line=1,
        rows=[list(row) for row in rows],
        lines=list(range(2, len(rows) + 2)),
        notes=notes,
    )
    with written_in("en"):
        source = _source(table, changed, moment)
    with written_in("nl"):
        source_nl = _source(table, changed, moment)
    imported = population_in(answer, year, source, Findings(), source_nl)
    total = int(national[0])
    fail_if_total_differs(imported, total, Place(reading.url))
    return Fetched(imported, table, title, changed, moment, status, total)


def _source(table: CbsTable, changed: date, moment: datetime) -> str:
    return _(
        "CBS open data, table {table} as changed on {changed}, fetched on {day}",
        table=table.identifier,
        changed=format_day(changed),
        day=format_day(moment.date()),
    )


def _count(row: Row) -> str:
    """A count as text; where there is none, what CBS writes in its place."""
    value = row.get("Value")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(row.get("ValueAttribute") if value is None else value)
