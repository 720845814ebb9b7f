"""The inhabitants of a year from a table that somebody has, such as an export of CBS StatLine.

What is doubtful is a finding with its line, all at once; what was done to get there is said in words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Final

from msgspec import Struct, field

from gguplan.findings import Findings, InputError, Place
from gguplan.fund.municipalities import Municipality, Population
from gguplan.fund.municipality_names import name_key
from gguplan.inputs.population.columns import Columns, is_header, recognised
from gguplan.inputs.population.difference_of_years import called, check_what_is_possible, compared
from gguplan.inputs.population.municipalities import (
    UnknownMunicipality,
    code_in,
    look_up,
    name_in_any_year,
    names_in_all_years,
    shortened,
)
from gguplan.inputs.population.table_rows import rows_of_everybody, without_figures
from gguplan.inputs.population.table_texts import check_texts
from gguplan.inputs.population.years import LARGEST_POPULATION, load_population, years
from gguplan.inputs.tables.cells import NO_FIGURE, whole_number
from gguplan.inputs.tables.reading import Search, Table, read_table
from gguplan.inputs.tables.wrong_rows import WrongRows
from gguplan.language import _, listed_with_and, plural
from gguplan.wording.amounts import format_number
from gguplan.wording.shortlist import shortlist

YEAR_OPTION: Final = Place("--year")
EARLIEST_YEAR: Final = 1900
LATEST_YEAR: Final = 2100
_FORMULA: Final = ("=", "+", "-", "@")
_LONGEST_NAME: Final = 100


class Imported(Struct, frozen=True):
    """The inhabitants of one year as read from `file`: municipalities in order of code.

    `source` says where the figures come from, and `source_nl` the same in Dutch (empty where it is the same); `actions`
    are sentences about what was done and found.
    """

    year: int
    source: str
    file: str
    municipalities: tuple[Municipality, ...]
    actions: tuple[str, ...]
    source_nl: str = ""

    @property
    def total(self) -> int:
        """Persons in all municipalities together."""
        return sum(municipality.inhabitants for municipality in self.municipalities)


def read_user_population(path: Path, year: int, source: str, sheet: str | None = None) -> Imported:
    """Read the inhabitants on 1 January of `year` from a table in any of the forms of `read_table`; of a workbook with
    a sheet for each year that of the year, or the `sheet` that is asked for.

    Needs a column of inhabitants and one of codes or names; the other and the provinces are filled in from
    the nearest year that is there. Raises InputError with every finding: no such columns, no row of the
    year, and for a row inhabitants that are no whole number above 0, a code or name that is none, a second
    row of one municipality, a code and a name of two municipalities, a province that is unknown.
    """
    findings = Findings()
    check_question(year, source, findings)
    try:
        search = Search((lambda row: is_header(row, year),), sheet=sheet, one_sheet=True, prefers=_is_of(year))
        table = read_table(path, search)
    except InputError as wrong:
        raise InputError([*findings.gathered, *wrong.findings]) from None
    return population_in(table, year, source, findings)


def population_in(table: Table, year: int, source: str, findings: Findings, source_nl: str = "") -> Imported:
    """The inhabitants on 1 January of `year` in a table, read and checked as `read_user_population` says.

    Raises InputError with every finding, after those that were gathered before.
    """
    above = [" ".join(filter(None, row)) for _line, row in table.above]
    columns = recognised(table.header, table.rows, year, [*above, table.sheet])
    _check_heads(table, columns, findings)
    if columns.population is None:
        findings.add(
            table.header_place,
            _("No column is about 1 January {year}.", year=year),
            _("Columns there: {names}.", names=", ".join(filter(None, table.header))),
        )
        raise InputError(findings.gathered)
    check_texts(table, columns, columns.population, year, findings)
    reading = _Reading(year, table, columns, _nearest_first(year), findings, WrongRows(table, findings, apart=3))
    reading.read()
    findings.raise_if_any()
    rows = tuple(reading.rows_read[code] for code in sorted(reading.rows_read))
    actions = [*table.notes, *_about_columns(table, columns), *reading.actions()]
    if columns.at_end:
        actions.append(_("The end of {before} is 1 January {year}.", before=year - 1, year=year))
    total = sum(municipality.inhabitants for municipality in rows)
    for population in reading.nearest[:1]:
        check_what_is_possible(rows, year, population, table, reading.line_of, findings)
    findings.raise_if_any()
    actions.append(
        plural(
            "{count} municipality with {total} inhabitants on 1 January {year}.",
            "{count} municipalities with {total} inhabitants on 1 January {year}.",
            len(rows),
            total=format_number(total),
            year=year,
        )
    )
    for population in reading.nearest[:1]:
        actions += compared(rows, year, population)
    return Imported(year, " ".join(source.split()), table.file, rows, tuple(actions), " ".join(source_nl.split()))


def _is_of(year: int) -> Callable[[str], bool]:
    """Whether the name of a sheet says that it is of the year."""
    return lambda name: re.findall(r"(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])", name) == [str(year)]


def _check_heads(table: Table, columns: Columns, findings: Findings) -> None:
    """Find a head that stands twice, where the column is used."""
    for place in columns.used().values():
        if table.header.count(table.header[place]) > 1:
            findings.add(
                table.cell_of_header(place),
                _("The column {name!r} stands twice in the table.", name=table.header[place]),
                _("Keep one of the two, or give them names of their own."),
            )


def check_question(year: int, source: str, findings: Findings, place: Place = YEAR_OPTION) -> None:
    """Find a year that cannot be meant (at `place`) and a source that says nothing."""
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        findings.add(
            place,
            _("{year} is not a year of which the inhabitants are counted.", year=year),
            _("Write the year of the reference date, 1 January, such as 2025."),
        )
    if not source.strip():
        findings.add(
            Place("--source"),
            _("It is not said where the figures come from."),
            _('Write it, such as: --source "CBS StatLine 70072ned, 1 July 2026"'),
        )
    elif source.strip().startswith(_FORMULA):
        findings.add(
            Place("--source"),
            _(
                "The source begins with {mark}, which a spreadsheet reads as a formula.",
                mark=source.strip()[0],
            ),
            _("Begin with a letter."),
        )


def _nearest_first(year: int) -> list[Population]:
    """The years that are there, the nearest first and the earlier one of two; the year itself is last. Its table may be
    gone, as it is added anew."""
    known = years()
    by_distance = sorted(known, key=lambda available: (available == year, abs(available - year), available > year))
    return [load_population(counted) for counted in by_distance if counted != year or known[year].file.is_file()]


# --- the rows ------------------------------------------------------------------------------------


class _Reading(Struct):
    """The rows of one table on their way to municipalities."""

    year: int
    table: Table
    columns: Columns
    nearest: list[Population]
    findings: Findings
    wrong: WrongRows
    rows_read: dict[str, Municipality] = field(default_factory=dict)
    line_of: dict[str, int] = field(default_factory=dict)
    skipped: list[str] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)
    new: list[str] = field(default_factory=list)
    codes_filled: int = 0
    names_filled: int = 0
    provinces_filled: Counter[int] = field(default_factory=Counter)
    without_province: list[str] = field(default_factory=list)
    official: list[dict[str, str]] = field(default_factory=list)
    provinces: dict[str, str] = field(default_factory=dict)

    def read(self) -> None:
        """Go through all rows; findings and what was skipped are kept."""
        self.official = [
            {name_key(municipality.name): municipality.gm_code for municipality in population.municipalities}
            for population in self.nearest
        ]
        names = {municipality.province for population in self.nearest for municipality in population.municipalities}
        self.provinces = {name_key(name): name for name in sorted(names)}
        if "fryslan" in self.provinces:
            self.provinces["friesland"] = self.provinces["fryslan"]
        counted = self.columns.population
        assert counted is not None
        kept, self.skipped = rows_of_everybody(self.table, self.columns, counted, self.year, self.findings)
        for row in kept:
            self._read_row(row)
        self.wrong.tell()
        self.findings.gathered.sort(key=lambda finding: finding.place.line or 0)
        if not self.rows_read and not self.findings.gathered:
            self._nothing_found()
        if self.without_province:
            self.findings.add(
                self.table.header_place,
                _("The province is not known of {names}.", names=listed_with_and(self.without_province)),
                _("Add a column province with the province of each of them."),
            )

    def _cell(self, row: int, column: int | None) -> str:
        return "" if column is None else self.table.rows[row][column].strip()

    def _read_row(self, row: int) -> None:
        code_text, name = self._cell(row, self.columns.code), self._cell(row, self.columns.name)
        count = self._cell(row, self.columns.population)
        if code := self._code(row, code_text, name, count):
            self._read_municipality(row, code, name, count)

    def _code(self, row: int, code_text: str, name: str, count: str) -> str | None:
        """The code of a row, from the name where there is none; None with a finding, or where an unknown municipality
        has no figure: those of other years stand in tables of CBS too."""
        if code_text:
            code = code_in(code_text)
            if code is None:
                self.wrong.add(
                    "code",
                    row,
                    self.columns.code,
                    _("{code!r} is not a CBS code of a municipality.", code=shortened(code_text)),
                    _("Write GM and four digits, such as GM0344."),
                )
            return code
        known = next((names[name_key(name)] for names in self.official if name_key(name) in names), None)
        if known is None and self.nearest:
            try:
                known = look_up(name, self.nearest[0]).gm_code
            except UnknownMunicipality as unknown:
                if name and count.casefold() in NO_FIGURE:
                    self.ended.append(name)
                    return None
                self.findings.add(
                    self.table.place(row, self.columns.name),
                    unknown.what,
                    unknown.remedy + "\n" + _("A new municipality needs its code: add a column gm_code."),
                )
        return known

    def _read_municipality(self, row: int, code: str, name: str, count: str) -> None:
        inhabitants = whole_number(count)
        places = [population for population in self.nearest if code in population.index]
        if count.casefold() in NO_FIGURE and places and self.nearest[0] not in places:
            self.ended.append(called(name or name_in_any_year(code), code))
        elif inhabitants is None or not 0 < inhabitants <= LARGEST_POPULATION:
            self.wrong.add(
                "count",
                row,
                self.columns.population,
                _("{count!r} is not a number of inhabitants.", count=shortened(count)),
                _("Write a whole number above 0."),
            )
        elif code in self.line_of:
            self.findings.add(
                self.table.place(row, self.columns.code if self.columns.code is not None else self.columns.name),
                _("{code} stands here a second time, after line {line}.", code=code, line=self.line_of[code]),
                _("Keep one row for each municipality: both sexes, all ages, the whole of it."),
            )
        else:
            self.line_of[code] = self.table.lines[row]
            known = places[0].municipalities[places[0].index[code]] if places else None
            official = self._name(row, code, name, known)
            province = self._province(row, known, places)
            if official is None:
                return
            if known is None:
                self.new.append(called(official, code))
            if not province:
                self.without_province.append(called(official, code))
            self.codes_filled += not self._cell(row, self.columns.code)
            self.rows_read[code] = Municipality(code, official, province, inhabitants)

    def _name(self, row: int, code: str, name: str, known: Municipality | None) -> str | None:
        """The name as CBS spells it where it is the known one, else as the table has it."""
        bare = re.sub(r"\s*\(gemeente\)$", "", name)
        if not bare and known:
            self.names_filled += 1
            return known.name
        place = self.table.place(row, self.columns.name if name else self.columns.code)
        if not bare:
            self.findings.add(
                place,
                _("No year knows {code}, and the name is missing.", code=code),
                _("Write the name of this municipality in a column name."),
            )
        elif bare.startswith(_FORMULA) or len(bare) > _LONGEST_NAME or not bare.isprintable():
            self.findings.add(
                place,
                _("{name!r} is not a name of a municipality.", name=shortened(bare)),
                _("A name begins with a letter or an apostrophe; a spreadsheet reads = + - @ as a formula."),
            )
        elif self._is_of_another(name_key(bare), code):
            owner = self.official[0][name_key(bare)]
            self.findings.add(
                place,
                _("{name} is {other}, not {code}.", name=bare, other=owner, code=code),
                _("Check whether the codes and the names are beside each other as they should be."),
            )
        else:
            same = known and name_key(known.name) == name_key(bare)
            return known.name if known and (same or self._is_alias(name_key(bare), code)) else bare
        return None

    def _is_alias(self, key: str, code: str) -> bool:
        """Whether this is a name of the code that CBS uses in no year."""
        named_by_cbs = any(names.get(key) == code for names in self.official)
        return not named_by_cbs and code in names_in_all_years().get(key, ())

    def _is_of_another(self, key: str, code: str) -> bool:
        """Whether the nearest year gives this name to another code, and no year to this one."""
        return (
            bool(self.official)
            and self.official[0].get(key, code) != code
            and not any(names.get(key) == code for names in self.official)
        )

    def _province(self, row: int, known: Municipality | None, places: list[Population]) -> str:
        """The province in the table, else that of the nearest year; empty when neither has one."""
        given = self._cell(row, self.columns.province)
        if given:
            key = name_key(re.sub(r"\s*\((PV|provincie)\)$", "", given))
            if key not in self.provinces:
                self.findings.add(
                    self.table.place(row, self.columns.province),
                    _("{name!r} is not a province.", name=shortened(given)),
                    _("Write one of {provinces}.", provinces=", ".join(sorted(set(self.provinces.values())))),
                )
            return self.provinces.get(key, given)
        if known:
            self.provinces_filled[places[0].year] += 1
        return known.province if known else ""

    def _nothing_found(self) -> None:
        self.findings.add(
            self.table.header_place,
            _("There are no municipalities below this header."),
            _("Give a table with a row for each municipality."),
        )

    def actions(self) -> list[str]:
        """What was skipped and filled in, in sentences."""
        return [*self.skipped, *without_figures(self.ended), *self._filled()]

    def _filled(self) -> list[str]:
        sentences = []
        if self.codes_filled:
            sentences.append(
                plural("Filled in {count} code by name.", "Filled in {count} codes by name.", self.codes_filled)
            )
        if self.names_filled:
            sentences.append(
                plural("Filled in {count} name by code.", "Filled in {count} names by code.", self.names_filled)
            )
        sentences += [
            plural(
                "Filled in {count} province from {year}.",
                "Filled in {count} provinces from {year}.",
                count,
                year=year,
            )
            for year, count in sorted(self.provinces_filled.items())
        ]
        if self.new:
            sentences.append(_("In no year that is there, so taken as new: {names}.", names=listed_with_and(self.new)))
        return sentences


# --- what is said about it -----------------------------------------------------------------------


def _about_columns(table: Table, columns: Columns) -> list[str]:
    words = {
        "code": _("code"),
        "name": _("name"),
        "province": _("province"),
        "population": _("inhabitants"),
        "period": _("period"),
    }
    used = columns.used()
    sentences = [
        _(
            "Columns used: {columns}.",
            columns=", ".join(f'"{table.header[place]}" ({words[role]})' for role, place in used.items()),
        )
    ]
    ignored = [name for place, name in enumerate(table.header) if place not in used.values() and name]
    if ignored:
        sentences.append(_("Columns left aside: {columns}.", columns=shortlist([f'"{name}"' for name in ignored])))
    return sentences
