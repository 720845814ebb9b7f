"""Which column of somebody's table holds what: code, name, province, inhabitants, period.

The names are those of CBS's own tables and maps (StatLine, its open data, the Wijk- en Buurtkaart) and the
ones that people give such columns.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final, Literal

from msgspec import Struct

from gguplan.fund.municipality_names import name_key
from gguplan.inputs.population.municipalities import code_in

Role = Literal["code", "name", "province", "population", "period"]

_AT_END: Final = (
    "bevolkingaanheteindevandeperiode", "bevolkingaanheteindvandeperiode", "bevolkingeindevandeperiode",
    "bevolkingaaneindvandeperiode", "bevolkingop31december", "aantalinwonersop31december", "inwonersop31december",
    "eindbevolking", "bevolkingultimo", "inwonersultimo", "populationattheendoftheperiod", "populationatendofperiod",
    "populationon31december", "bevolkingperultimo", "bevolkingpereinde",
)  # fmt: skip
"""Heads of counts at the end of a period: those of 31 December are of 1 January of the next year."""

NAMES: Final[dict[Role, tuple[str, ...]]] = {
    "code": (
        "gmcode", "statcode", "gemeentecode", "regiocode", "gemcode", "cbscode", "codering", "gwbcode",
        "municipalitycode", "codegemeente", "regioscode", "cbs", "code",
    ),
    "name": (
        "gmnaam", "statnaam", "gemeentenaam", "gemnaam", "municipalityname", "naamgemeente", "regionaam", "naam",
        "name", "municipality",
    ),
    "province": ("provincie", "provincienaam", "province", "provincies", "pvnaam"),
    "population": (
        "population", "bevolkingop1januari", "totalebevolking", "aantalinwoners", "aantinw", "inwoners",
        "inwonertal", "inwoneraantal", "inhabitants", "bevolking", "bevolkingaanhetbeginvandeperiode", "ainw",
        "aantalinwonersop1januari", "inwonersop1januari", "bevolkingaantal", "totaalaantalinwoners", "totalpopulation",
        "populationon1january", "beginbevolking", "bevolkingbeginvandeperiode", "bevolkingaanbeginvandeperiode",
        *_AT_END,
    ),
    "period": ("perioden", "periode", "periods", "period", "jaar", "year", "peiljaar", "peildatum"),
}  # fmt: skip
"""What a header may be called, without accents, capitals, marks and year; the first that is there is used."""

CODE_OR_NAME: Final = ("regios", "regio", "gemeente", "gemeenten", "wijkenenbuurten", "regions", "region")
"""Headers under which both codes and names are found; the cells decide."""

_UNIT: Final = re.compile(r"\((aantal|number|personen|persons|code|naam|gemeente)\)")
_DAY: Final = re.compile(
    r"(?:\b(?:per|op|peildatum)\s+)?"
    r"(?:(?P<first>0?1[-/ .]0?1[-/ .]|1 jan(?:uari)?\.? )|31[-/ .]12[-/ .]|31 dec(?:ember)?\.? )"
    r"(?P<year>(?:19|20)[0-9]{2})(?![0-9])|(?P<iso>(?:19|20)[0-9]{2})-(?:(?P<iso_first>01-01)|12-31)(?:t00:00:00)?",
    re.IGNORECASE,
)
"""A day on which CBS counts, in a head: the first of a year or its last."""
_END: Final = re.compile(r"\b(einde?|eindstand|end|ultimo|31 dec(ember)?|31[-/.]12|[0-9]{4}-12-31)\b", re.IGNORECASE)
_TOPIC: Final = ("onderwerp", "topic", "variabele", "subject", "variable", "indicator", "measure")
_NUMBERED: Final = re.compile(r"_[0-9]{1,2}$")
_OTHER_YEAR: Final = re.compile(r"(?<![0-9])(19|20)[0-9]{2}(?![0-9])")
_REGION: Final = re.compile(r"(NL|LD|PV|CR|CP|WK|BU|OM|AM|AR|GG|JZ|KK|RB|RE|SG|VR|WG|ZK|RT|RM|LB|PO|TR|UW)\s?[0-9]+")
_REGION_NAME: Final = re.compile(r"\((PV|LD|CR|CP|NL|provincie|landsdeel|corop)\)", re.IGNORECASE)
_TOTALS: Final = frozenset(
    ("nederland", "totaal", "totaal nederland", "nederland totaal", "total", "the netherlands",
     "noord nederland", "oost nederland", "west nederland", "zuid nederland",
     "drenthe", "friesland", "fryslan", "overijssel", "flevoland", "gelderland", "noord holland",
     "zuid holland", "zeeland", "noord brabant", "limburg")
)  # fmt: skip
"""Names of more than a municipality; the provinces Groningen and Utrecht share theirs with one."""


class Columns(Struct, frozen=True):
    """The place of each role in the rows, from 0; None where the table has none."""

    code: int | None
    name: int | None
    province: int | None
    population: int | None
    period: int | None
    at_end: bool = False
    """Whether the inhabitants are those at the end of a period."""

    def used(self) -> dict[Role, int]:
        """The roles that a column has."""
        places: dict[Role, int | None] = {
            "code": self.code,
            "name": self.name,
            "province": self.province,
            "population": self.population,
            "period": self.period,
        }
        return {role: place for role, place in places.items() if place is not None}


def is_header(row: Sequence[str], year: int) -> bool:
    """Whether a row names a column of inhabitants and one that says whose they are."""
    either = [recognised(row, [], year, at_end=at_end) for at_end in (False, True)]
    whose = either[0].code is not None or either[0].name is not None
    return whose and any(columns.population is not None for columns in either)


def recognised(
    header: Sequence[str], rows: Sequence[Sequence[str]], year: int, above: Sequence[str] = (), at_end: bool = False
) -> Columns:
    """The columns of a table by their headers, and by the cells where a header leaves it open; `above` are the lines
    over the header. Counts at the end of a period are those of 1 January of the next year."""
    heads, place_of_topic = header, topic_column(header)
    texts = set(above) if place_of_topic is None else {*above, *(row[place_of_topic] for row in rows)}
    ends = at_end or (any(map(is_of_the_end, texts)) and not any(map(_is_of_the_beginning, texts)))
    counted = year - 1 if ends else year
    # A column of the last day of a year is one of its end, whatever else the table says.
    header = [_of_a_year(cell, ends) for cell in header]
    keys = [header_key(cell, counted) for cell in header]
    places: dict[Role, int | None] = {
        role: next((keys.index(name) for name in names if name in keys), None) for role, names in NAMES.items()
    }
    for key in CODE_OR_NAME:
        if key in keys:
            place = keys.index(key)
            role: Role = "code" if holds_codes([row[place] for row in rows]) else "name"
            places[role] = place if places[role] is None else places[role]
    if places["population"] is None:
        place_of_year = next((place for place, cell in enumerate(header) if cell.strip(" *") == str(counted)), None)
        places["population"] = place_of_year
    column = places["population"]
    if column is None and not ends:
        last = recognised(heads, rows, year, above, at_end=True)
        named = last.population is not None and is_of_the_end(heads[last.population])
        return last if named else _columns(places, ends)
    if column is not None and not ends and keys[column] in _AT_END:
        return recognised(heads, rows, year, above, at_end=True)
    return _columns(places, ends)


def _columns(places: dict[Role, int | None], at_end: bool) -> Columns:
    return Columns(places["code"], places["name"], places["province"], places["population"], places["period"], at_end)


def _of_a_year(head: str, ends: bool) -> str:
    """A head with the year in the place of a day on which CBS counts; no head where that is its other end."""
    day = _DAY.search(head)
    if day is None:
        return head
    is_first = bool(day["first"] or day["iso_first"])
    return _DAY.sub(day["year"] or day["iso"], head).strip() if is_first is not ends else "-"


def header_key(header: str, year: int) -> str:
    """What stays of a header: ``bevolkingop1januari`` for "Bevolking op 1 januari 2025 (aantal)".

    Of StatLine's "Topic|Bevolking" the last part counts. A header that names another year has no key.
    """
    last = _NUMBERED.sub("", _UNIT.sub("", header.casefold().rsplit("|", 1)[-1]).strip())
    last = last.replace(str(year), "")
    if _OTHER_YEAR.search(last):
        return "-"
    return re.sub(r"[^a-z0-9]", "", unicodedata.normalize("NFKD", last))


def is_period(text: str, year: int, at_end: bool = False) -> bool:
    """Whether a period is 1 January of a year, or the year: ``2025``, ``2025JJ00``, ``2025 1 januari``; with `at_end`
    whether it is the year before, or its end: ``2024``, ``2024JJ00``, ``31 december 2024``."""
    bare = " ".join(text.casefold().replace("*", " ").split())
    last = year - 1
    end = r"31 dec(ember)?|ultimo|einde?|end"
    of_end = rf"({end})( van| of)? {last}|{last} ({end})|{last}-12-31(t00:00:00)?|31[-/]12[-/]{last}"
    day = r"1 januari|1 january|januari|january|1 jan"
    of_beginning = rf"{year}(jj00|mm01| ({day})|-0?1-0?1(t00:00:00)?)?|({day}) {year}|0?1[-/]0?1[-/]{year}"
    whole = rf"{last}(jj00|mm12| december)?" if at_end else of_beginning
    return re.fullmatch(rf"{of_end}|{whole}", bare) is not None


def topic_column(header: Sequence[str]) -> int | None:
    """The column that says what a row is about; None where there is none."""
    return next((place for place, cell in enumerate(header) if header_key(cell, 0) in _TOPIC), None)


def is_of_the_end(text: str) -> bool:
    """Whether a text speaks of the end of a period, and not of its beginning."""
    return _END.search(text) is not None and not _is_of_the_beginning(text)


def _is_of_the_beginning(text: str) -> bool:
    return re.search(r"\b(begin|1 jan)", text, re.IGNORECASE) is not None


def other_region(code: str, name: str) -> str:
    """The kind of a region that is no municipality, ``PV`` or ``total``; empty when it may be one."""
    if match := _REGION.fullmatch(code.strip().upper()):
        return match[1]
    if match := _REGION_NAME.search(name):
        return match[1].upper()
    is_total = not code.strip() and name_key(name) in _TOTALS
    return "total" if is_total or (not name.strip() and name_key(code) in _TOTALS) else ""


def holds_codes(cells: Sequence[str]) -> bool:
    """Whether more than half of the cells are codes of municipalities or other regions."""
    filled = [cell for cell in cells if cell]
    codes = [cell for cell in filled if code_in(cell) or _REGION.fullmatch(cell.upper())]
    return 2 * len(codes) > len(filled)
