"""Which rows of somebody's table are of municipalities, of everybody, and of the year that is asked for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final, NamedTuple

from gguplan.findings import Findings
from gguplan.fund.municipality_names import name_key
from gguplan.inputs.population.columns import Columns, is_of_the_end, is_period, other_region, topic_column
from gguplan.inputs.tables.cells import NO_FIGURE
from gguplan.inputs.tables.reading import Table
from gguplan.language import _, plural
from gguplan.wording.shortlist import shortlist

_UNITS: Final = frozenset(
    ("aantal", "number", "personen", "persons", "inwoners", "inhabitants", "x 1", "abs", "absoluut")
)
_PART: Final = re.compile(
    r"\b(mannen|vrouwen|man|vrouw|men|women|male|female|mannelijk|vrouwelijk|jongens|meisjes|ongehuwd|gehuwd|gescheiden|"
    r"verweduwd|huishoudens?|jongeren|ouderen|kinderen|autochtoon|allochtoon|studenten)\b"
    r"|\b[0-9]{1,3}\s*(tot|to|t/m|-|–)\s*[0-9]{1,3}\s*(jaar|years|jr)\b|\b[0-9]{1,3}\s*(jaar|years|jr)\b"
    r"|\b(0|15|20|25|45|65|80)\s*[-–]\s*(15|20|25|45|65|80)\b|^(m|v|f)$",
    re.IGNORECASE,
)
_WHOLE: Final = re.compile(
    r"\b(totaal|total|totale|alle|all|beide|both|iedereen|everybody|mannen en vrouwen|men and women|vrouwen en mannen|"
    r"t001038|t009002|0 jaar of ouder|0 tot 1[0-9]{2}|bevolking|inwoners|population|inhabitants)\b|^(10000|1100|t)$",
    re.IGNORECASE,
)
_CLASSES: Final = frozenset(
    ("geslacht", "sex", "gender", "leeftijd", "leeftijdsgroep", "leeftijdsklasse", "leeftijdscategorie", "age",
     "age group", "herkomst", "herkomstland", "geboorteland", "migratieachtergrond", "nationaliteit", "nationality",
     "burgerlijke staat", "marital status", "opleidingsniveau")
)  # fmt: skip
"""Heads of columns that say of which people a row is: what is no total there is a part, whatever it is called."""
_CODES_OF_A_PART: Final = {"geslacht": ("3000", "4000")}


class KeptRows(NamedTuple):
    """The rows that are municipalities' own, and in words what was left out."""

    rows: list[int]
    notes: list[str]


def rows_of_everybody(
    table: Table, columns: Columns, counted: int, year: int, findings: Findings, any_one_period: bool = False
) -> KeptRows:
    """The rows of municipalities in `year` and of all their inhabitants, dwellings or what is counted in the column
    `counted`. With `any_one_period` a table of one period is taken, whatever that is.

    Titles, footnotes, units, totals, provinces and other regions, other periods and classes of people are left out. A
    table with only a class, such as men, is a finding.
    """
    texts = units = 0
    rows: list[int] = []
    for index, row in enumerate(table.rows):
        if sum(map(bool, row)) < 2:
            texts += 1
        elif not _cell(row, columns.code) and not _cell(row, columns.name) and _is_no_count(row[counted]):
            units += 1
        else:
            rows.append(index)
    notes: list[str] = []
    rows = _of_the_year(table, columns, rows, year, any_one_period, notes, findings)
    kinds = {}
    for index in rows:
        row = table.rows[index]
        kinds[index] = other_region(_cell(row, columns.code), _cell(row, columns.name))
    notes += _about(texts, units, Counter(kind for kind in kinds.values() if kind))
    rows = [index for index, kind in kinds.items() if not kind]
    rows = _of_everybody(table, columns, counted, rows, notes, findings, topics=not any_one_period)
    return KeptRows(rows, notes)


def _cell(row: Sequence[str], column: int | None) -> str:
    return "" if column is None else row[column].strip()


def _is_no_count(text: str) -> bool:
    return text.casefold() in NO_FIGURE or text.casefold() in _UNITS or not any(map(str.isdigit, text))


def _of_everybody(
    table: Table, columns: Columns, counted: int, rows: list[int], notes: list[str], findings: Findings, topics: bool
) -> list[int]:
    """The rows of all people, where columns say of which a row is."""
    used = set(columns.used().values()) | {counted}
    rows = _of_the_topic(table, columns, rows, notes, findings) if topics else rows
    for place, head in enumerate(table.header):
        if place in used or place == topic_column(table.header):
            continue
        cells = [table.rows[index][place].strip() for index in rows]
        values = dict.fromkeys(cell for cell in cells if cell)
        parts = [value for value in values if _is_part(value, head)]
        if not parts:
            continue
        wholes = [value for value in values if value not in parts]
        if not wholes:
            findings.add(
                table.place(rows[0], place),
                _("These rows are of a part of the people: {names}.", names=shortlist([f'"{part}"' for part in parts])),
                _("Give a table of all inhabitants: both sexes, all ages."),
            )
            continue
        kept = [index for index in rows if table.rows[index][place].strip() not in parts]
        notes.append(
            plural(
                "Skipped {count} row of a part of the people ({names}).",
                "Skipped {count} rows of parts of the people ({names}).",
                len(rows) - len(kept),
                names=shortlist(parts),
            )
        )
        rows = kept
    return rows


def _of_the_topic(table: Table, columns: Columns, rows: list[int], notes: list[str], findings: Findings) -> list[int]:
    """The rows about inhabitants at the right end of the period, where a column says what a row is about."""
    place = topic_column(table.header)
    if place is None or not rows:
        return rows
    topics = dict.fromkeys(table.rows[index][place].strip() for index in rows)
    people = [topic for topic in topics if re.search(r"bevolking|inwoner|population|inhabitant", topic, re.IGNORECASE)]
    right = [topic for topic in people if is_of_the_end(topic) == columns.at_end] or people
    if not right and any(topics):
        findings.add(
            table.place(rows[0], place),
            _(
                "These rows are about {topics}, not about inhabitants.",
                topics=shortlist([f'"{name}"' for name in topics]),
            ),
            _("Give a table of the inhabitants on 1 January."),
        )
        return rows
    kept = [index for index in rows if table.rows[index][place].strip() in right]
    if len(kept) < len(rows):
        notes.append(
            plural(
                "Skipped {count} row about something else ({names}).",
                "Skipped {count} rows about something else ({names}).",
                len(rows) - len(kept),
                names=shortlist([topic for topic in topics if topic not in right]),
            )
        )
    return kept


def _is_part(value: str, head: str) -> bool:
    """Whether a cell names some of the people, such as men or an age class, and not all of them."""
    if _WHOLE.search(value) and not re.search(r"\b(mannelijke?|vrouwelijke?) bevolking\b", value, re.IGNORECASE):
        return False
    key = re.sub(r"_[0-9]+$", "", name_key(head)).strip()
    return key in _CLASSES or is_of_a_part(value) or value in _CODES_OF_A_PART.get(key, ())


def is_of_a_part(text: str) -> bool:
    """Whether a text, such as a title, speaks of some of the people and not of all."""
    return _PART.search(text) is not None and _WHOLE.search(text) is None


def _of_the_year(
    table: Table,
    columns: Columns,
    rows: list[int],
    year: int,
    any_one_period: bool,
    notes: list[str],
    findings: Findings,
) -> list[int]:
    if columns.period is None:
        return rows
    periods = Counter(table.rows[index][columns.period].strip() for index in rows)
    if any_one_period and len(periods) == 1:
        (period,) = periods
        if period and not is_period(period, year, columns.at_end):
            notes.append(_("The figures are of {period}.", period=period))
        return rows
    kept = [index for index in rows if is_period(table.rows[index][columns.period].strip(), year, columns.at_end)]
    if len(kept) < len(rows):
        notes.append(
            plural(
                "Skipped {count} row of another period.",
                "Skipped {count} rows of other periods.",
                len(rows) - len(kept),
            )
        )
    if rows and not kept:
        listed = ", ".join(list(periods)[:8]) + (", …" if len(periods) > 8 else "")
        ends = _(" The figures are of the end of a period: the end of {before} is 1 January {year}.",
                 before=year - 1, year=year) if columns.at_end else ""  # fmt: skip
        findings.add(
            table.header_place,
            _("No row is about 1 January {year}.", year=year),
            _("Periods in this table: {periods}. Give the year with --year.", periods=listed) + ends
            if not any_one_period
            else _("Periods in this table: {periods}. Keep the rows of one.", periods=listed),
        )
    return kept


def _about(texts: int, units: int, regions: Counter[str]) -> list[str]:
    notes = []
    if regions:
        notes.append(
            plural(
                "Skipped {count} row that is not a municipality ({kinds}).",
                "Skipped {count} rows that are not municipalities ({kinds}).",
                regions.total(),
                kinds=", ".join(sorted(_("total") if kind == "total" else kind for kind in regions)),
            )
        )
    if texts:
        notes.append(
            plural(
                "Skipped {count} row with only text, such as a footnote.",
                "Skipped {count} rows with only text, such as footnotes.",
                texts,
            )
        )
    if units:
        notes.append(plural("Skipped {count} row of units.", "Skipped {count} rows of units.", units))
    return notes


def without_figures(names: Sequence[str]) -> list[str]:
    """What is said of municipalities of other years that have no figure."""
    if not names:
        return []
    return [
        plural(
            "Skipped {count} municipality of another year, without a figure: {names}.",
            "Skipped {count} municipalities of other years, without figures: {names}.",
            len(names),
            names=shortlist(list(names)),
        )
    ]
