"""What the heads and cells of somebody's ledger say: the names that people give columns in Dutch and in English, years
and measures."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Final, Literal

from gguplan.inputs.tables.units import without_unit

Role = Literal[
    "programme",
    "title",
    "year",
    "budget",
    "realised",
    "kind",
    "unit",
    "price_rise",
    "expected",
    "measure",
    "amount",
    "municipality",
    "category",
]
Measure = Literal["budget", "realised"]

HEADS: Final[dict[Role, tuple[str, ...]]] = {
    "programme": (
        "programmeid",
        "programmaid",
        "programme",
        "programma",
        "onderdeel",
        "taakveld",
        "taakveldbalanspost",
        "product",
        "budgetline",
        "programmanaam",
        "naamprogramma",
        "activiteit",
        "activity",
        "project",
        "kostenplaats",
        "taak",
        "dienst",
        "service",
        "beleidsveld",
        "item",
        "begrotingspost",
        "post",
        "id",
        "artikel",
        "line",
        "code",
        "naam",
        "name",
        "omschrijving",
    ),
    "title": (
        "title",
        "titel",
        "naam",
        "name",
        "omschrijving",
        "description",
        "programme",
        "programma",
        "onderdeel",
        "taakveld",
        "artikelomschrijving",
        "programmanaam",
    ),
    "year": (
        "year",
        "jaar",
        "boekjaar",
        "begrotingsjaar",
        "jaartal",
        "verslagjaar",
        "fiscalyear",
        "financialyear",
        "perioden",
        "periode",
        "dienstjaar",
        "kalenderjaar",
        "period",
        "fy",
    ),
    "budget": (
        "net",
        "budget",
        "begroting",
        "begroot",
        "tebesteden",
        "budgeted",
        "netbudget",
        "lastenbegroting",
        "begrotelasten",
        "begrotinglasten",
        "geraamdelasten",
        "begrotebedragen",
        "begrotingnawijziging",
        "begrotingnawijzigingen",
        "gewijzigdebegroting",
        "bijgesteldebegroting",
        "actuelebegroting",
        "begrotinginclusiefwijzigingen",
        "revisedbudget",
        "amendedbudget",
        "finalbudget",
        "currentbudget",
        "primitievebegroting",
        "primairebegroting",
        "oorspronkelijkebegroting",
        "vastgesteldebegroting",
        "originalbudget",
        "adoptedbudget",
        "approvedbudget",
        "initialbudget",
        "raming",
        "geraamd",
        "budgetamount",
        "begrotingprimitief",
        "begrotingprimair",
        "begrotingoorspronkelijk",
        "begrotingvoorwijziging",
        "begrotingvoorwijzigingen",
        "begrotinggewijzigd",
        "begrotingbijgesteld",
        "begrotingactueel",
        "budgetnawijziging",
        "begrootbedrag",
        "begroteuitgaven",
        "begrotekosten",
        "beschikbaarbudget",
        "bijgestelderaming",
        "gewijzigderaming",
        "geraamdeuitgaven",
        "planned",
        "plannedbudget",
        "appropriation",
        "appropriations",
    ),
    "realised": (
        "realised",
        "realized",
        "realisatie",
        "gerealiseerd",
        "actual",
        "actuals",
        "spent",
        "outturn",
        "jaarrekening",
        "rekening",
        "werkelijk",
        "werkelijkelasten",
        "gerealiseerdelasten",
        "realisatielasten",
        "rekeninglasten",
        "lastenrealisatie",
        "lastenrekening",
        "actualspending",
        "expenditure",
        "besteed",
        "bestedingen",
        "uitgegeven",
        "uitgaven",
        "realisation",
        "realization",
        "actualamount",
        "rekeningcijfers",
        "werkelijkbedrag",
        "gerealiseerdbedrag",
        "werkelijkeuitgaven",
        "werkelijkekosten",
        "gerealiseerdeuitgaven",
        "actualexpenditure",
        "actualcosts",
        "expenditures",
    ),
    "kind": ("kind", "soort", "type"),
    "unit": ("unit", "eenheid"),
    "price_rise": ("pricerise", "prijsstijging", "inflation", "inflatie", "indexation", "indexering", "indexatie"),
    "expected": (
        "expected",
        "expectedshare",
        "share",
        "fase",
        "fasering",
        "verwachtdeel",
        "verwachtaandeel",
        "deel",
        "phasing",
    ),
    "measure": (
        "verslagsoort",
        "document",
        "stand",
        "soort",
        "measure",
        "budgetactual",
        "scenario",
        "type",
        "versie",
        "begrotingrealisatie",
        "begrotingofrealisatie",
        "grootheid",
    ),
    "amount": (
        "waarde",
        "value",
        "bedrag",
        "amount",
        "lasten",
        "bedragen",
        "bedragineuro",
        "saldo",
        "k1eplaatsing",
        "k2eplaatsing",
        "k3eplaatsing",
        "1eplaatsing",
        "2eplaatsing",
        "3eplaatsing",
    ),
    "municipality": ("gemeenten", "gemeente", "municipality", "regio", "regios", "gemeentenaam", "overheden", "entity"),
    "category": ("categorie", "category"),
}
"""What a head may be called, without capitals, accents, marks, years and units."""

_YEAR: Final = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])")
_END_OF_YEAR: Final = re.compile(
    r"(?:\b(?:per|ultimo|op|t/m)\s+)?(?:31[-/.]12[-/.](?=[0-9]{4}(?![0-9]))|31 dec(?:ember)?\.?\s+(?=[0-9]{4})"
    r"|(?<=[0-9]{4})-12-31(?:t00:00:00)?)",
    re.IGNORECASE,
)
"""The last day of a year beside it: what is realised then is that of the year."""
_CODE: Final = re.compile(r"((?:19|20)[0-9]{2})?x00([0-9])")
_NUMBERED_CHANGE: Final = re.compile(
    r"(begroting|raming|budget)(na|incl|inclusief)([0-9]+|eerste|tweede|derde|laatste)?e?wijz(iging(en)?)?"
)


def head_key(text: str) -> str:
    """A head without capitals, accents, marks, year and unit: ``begroting`` for "Begroting 2022 (x € 1.000)"."""
    plain = _YEAR.sub("", _END_OF_YEAR.sub("", without_unit(text))).casefold()
    plain = re.sub(r"_[0-9]{1,2}$", "", plain.strip())
    decomposed = unicodedata.normalize("NFKD", plain)
    return "".join(character for character in decomposed if character.isalnum())


def years_in(text: str) -> set[int]:
    """Every year in a text."""
    return set(map(int, _YEAR.findall(text)))


def year_in(text: str) -> int | None:
    """The year in a head or a cell; None where there is none or more than one."""
    years = years_in(text)
    return years.pop() if len(years) == 1 else None


def is_year(text: str) -> bool:
    """Whether a text is a year and nothing else: ``2022``, ``2022*``, ``FY 2022``, ``jaar 2022``."""
    form = r"(fy|boekjaar|jaar|begroting|rekening|year)?\s*(19|20)[0-9]{2}(\.0+)?\s*(\*{1,2})?"
    return re.fullmatch(form, text.strip().casefold()) is not None


def measure_of(text: str) -> Measure | None:
    """Budget or realised, as a head or a cell says it; of Iv3, X000 is the budget and X005 the annual account."""
    code = _CODE.fullmatch(text.strip().casefold())
    if code:
        return {"0": "budget", "5": "realised"}.get(code[2])  # type: ignore[return-value]
    key = head_key(text)
    if "%" in text:
        return None
    if key in HEADS["budget"] or _NUMBERED_CHANGE.fullmatch(key):
        return "budget"
    return "realised" if key in HEADS["realised"] else None


def is_code_of_iv3(text: str) -> bool:
    """Whether a cell is a kind of report of Iv3, such as X000 or 2022X005."""
    return _CODE.fullmatch(text.strip().casefold()) is not None


def names_ledger(row: Sequence[str], needed: Sequence[Role], stated: Mapping[str, str]) -> int:
    """How many of the columns that are needed a row names."""
    keys = [head_key(cell) for cell in row]
    count = 0
    for role in needed:
        if role in stated:
            count += any(is_same_head(cell, stated[role]) for cell in row)
        elif role in ("budget", "realised"):
            count += any(measure_of(cell) == role for cell in row if not _CODE.fullmatch(cell.strip().casefold()))
        elif role == "year":
            count += any(key in HEADS["year"] for key in keys) or any(year_in(cell) for cell in row)
        else:
            count += any(key in HEADS[role] for key in keys)
    return count


def has_years_as_columns(row: Sequence[str]) -> bool:
    """Whether a row names programmes and has years beside them, with what each column holds above it."""
    keys = {head_key(cell) for cell in row}
    return bool(keys & set(HEADS["programme"])) and sum(map(is_year, row)) > 1


def has_amounts_of_both(row: Sequence[str]) -> bool:
    """Whether a row names programmes, amounts, and a column that says what an amount is, as Iv3 does."""
    keys = {head_key(cell) for cell in row}
    return all(keys & set(HEADS[role]) for role in ("programme", "measure", "amount"))


def is_same_head(cell: str, name: str) -> bool:
    """Whether a cell is the head that somebody names, but for capitals and spaces."""
    return " ".join(cell.casefold().split()) == " ".join(name.casefold().split())
