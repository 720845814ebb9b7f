"""Inhabitants of every municipality on 1 January, as counted by CBS.

One file a year, ``YYYY.csv``, and ``years.csv`` with what CBS published about each year as a whole. A
folder ``population_data`` in the working folder adds years to the shipped ones, or replaces them.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import Final, get_args

from msgspec import Struct

from gguplan.findings import Finding, Findings, InputError, Place
from gguplan.fund.municipalities import CountedIn, CountedStatus, Municipality, Population, Status
from gguplan.fund.two_languages import TwoLanguages
from gguplan.inputs.data_file import refuse_cells, rows_of, text_of
from gguplan.inputs.typed_rows import WrongCells, typed_row
from gguplan.language import _
from gguplan.shipped import shipped_folder, shown

STATUSES: Final = get_args(CountedStatus)
COLUMNS: Final = ("gm_code", "name", "province", "population")
LARGEST_POPULATION: Final = 100_000_000
LARGEST_TOTAL: Final = 10_000_000_000
_YEARS_HERE: Final = Path("population_data", "years.csv")


class Year(Struct, frozen=True):
    """What is known of a year as a whole; `national_total` are persons, None where CBS's is not known.

    `note_nl` is empty where the note is the same in Dutch.
    """

    year: int
    municipalities: int
    national_total: int | None
    status: CountedStatus
    note: str
    folder: Path
    note_nl: str = ""

    @property
    def file(self) -> Path:
        """The file with the inhabitants of that year."""
        return self.folder / f"{self.year}.csv"

    @property
    def stated(self) -> TwoLanguages | None:
        """Where the counts of a folder of one's own come from; None in the shipped one, of which CBS counted all."""
        shipped = self.folder == shipped_folder("population_data")
        return None if shipped else TwoLanguages(self.note, self.note_nl or self.note)


def folders() -> tuple[Path, ...]:
    """Where years are looked for; a later folder goes before an earlier one."""
    shipped = shipped_folder("population_data")
    if not _YEARS_HERE.is_file():
        return (shipped,)
    own = Path.cwd() / "population_data"
    return (shipped,) if own.samefile(shipped) else (shipped, own)


def years() -> dict[int, Year]:
    """Every year that is there, in order. Raises InputError when a ``years.csv`` is wrong."""
    by_year = {year: row for folder in folders() for year, row in years_in(folder).items()}
    return dict(sorted(by_year.items()))


def forget() -> None:
    """Read every file anew from here on: a year has been added."""
    years_in.cache_clear()
    read_population.cache_clear()


@cache
def years_in(folder: Path) -> dict[int, Year]:
    """The years of one folder. Raises InputError with every row of ``years.csv`` that is wrong."""
    file = folder / "years.csv"
    findings = Findings()
    by_year: dict[int, Year] = {}
    for line, row in rows_of(file):
        try:
            year = typed_row(Year, {**row, "note_nl": row.get("note_nl") or "", "folder": folder})
        except WrongCells:
            findings.add(
                Place(shown(file), line, excerpt=",".join(str(value) for value in row.values())),
                _("This row does not describe a year."),
                _(
                    "Write year,municipalities,national_total,status,note; status is one of {statuses}.",
                    statuses=", ".join(STATUSES),
                ),
            )
            continue
        by_year[year.year] = year
    findings.raise_if_any()
    return by_year


def load_population(year: int, place: Place | None = None) -> Population:
    """The inhabitants on 1 January of `year`.

    Raises InputError at `place` (where the year was asked for) when the year is not there, or with every
    mistake in the file.
    """
    known = years()
    if year not in known:
        listed = ", ".join(map(str, known))
        raise InputError(
            [
                Finding(
                    place or Place(_("reference date")),
                    _("The inhabitants on 1 January {year} are not there.", year=year),
                    _(
                        "Years that are: {years}. Add one with: gguplan population add FILE --year {year}",
                        years=listed,
                        year=year,
                    ),
                )
            ]
        )
    row = known[year]
    return read_population(row.file, year, row.status, row.stated)


@cache
def read_population(file: Path, year: int, status: Status, stated: TwoLanguages | None = None) -> Population:
    """Read one ``YYYY.csv``; `stated` as in `CountedIn`. Raises InputError with every mistake in it."""
    findings = Findings()
    rows: dict[str, Municipality] = {}
    name_of_file = shown(file)
    for line, excerpt, row in _rows(file):
        place = Place(name_of_file, line, excerpt=excerpt)
        code, name, province, count = row
        if not (code.startswith("GM") and code[2:].isascii() and code[2:].isdigit() and len(code) == 6):
            findings.add(
                place,
                _("{code!r} is not a CBS code of a municipality.", code=code),
                _("Write GM and four digits, such as GM0344."),
            )
        elif code in rows:
            findings.add(
                place,
                _("{code} stands here a second time.", code=code),
                _("Keep one row for each municipality."),
            )
        elif not (count.isascii() and count.isdigit()) or not 0 < int(count[:12]) <= LARGEST_POPULATION:
            findings.add(
                place,
                _("{count!r} is not a number of inhabitants.", count=count),
                _("Write a whole number above 0, without points or commas."),
            )
        elif not name.strip():
            findings.add(place, _("The name is missing."), _("Write the name that CBS uses."))
        elif {"\t", "\n"} & {*name, *province}:
            findings.add(place, _("A name stands on one line, without a tab."), _("Write the name that CBS uses."))
        else:
            rows[code] = Municipality(code, name, province, int(count))
    if not rows and not findings.gathered:
        findings.add(
            Place(shown(file)),
            _("There are no municipalities in this file."),
            _("Write a row gm_code,name,province,population for each municipality."),
        )
    if sum(municipality.inhabitants for municipality in rows.values()) > LARGEST_TOTAL:
        findings.add(Place(shown(file)), _("These are more people than there are."), _("Check the numbers."))
    findings.raise_if_any()
    source = CountedIn("/".join(file.parts[-2:]), stated)
    return Population(year, status, source, tuple(rows[code] for code in sorted(rows)))


def _rows(file: Path) -> list[tuple[int, str, list[str]]]:
    """Line number, the line itself, and its fields; a file that is not such a table is one finding."""
    lines = text_of(file).splitlines()
    reader = csv.reader(f"{line}\n" for line in lines)
    try:
        table = [(reader.line_num, lines[reader.line_num - 1], row) for row in reader]
    except csv.Error:
        refuse_cells(file, reader.line_num + 1)
    if not table or tuple(table[0][2]) != COLUMNS or any(len(row) != len(COLUMNS) for _line, _text, row in table):
        raise InputError(
            [
                Finding(
                    Place(shown(file), 1, excerpt=lines[0] if lines else None),
                    _("This is not a table with the columns {columns}.", columns=", ".join(COLUMNS)),
                    _("Make it again with: gguplan population add FILE --year YEAR"),
                )
            ]
        )
    return table[1:]
