"""Another fund's history, or how far a year has come, from a table that a controller has."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from gguplan.fund.realisation import RealisedYear, YearSoFar
from gguplan.inputs.amounts import read_amounts
from gguplan.inputs.findings import Findings
from gguplan.inputs.ledger.ledger_files import load_ledger
from gguplan.inputs.tables import Table, read_table
from gguplan.language import _, plural
from gguplan.money import LARGEST_AMOUNT

LARGEST_NUMBER_OF_PROGRAMMES: Final = 5_000

_COLUMNS: Final = {
    "programme": ("programmeid", "programme", "programma", "onderdeel", "id", "artikel", "line", "code"),
    "title": ("title", "titel", "naam", "name", "omschrijving", "description", "programme", "onderdeel"),
    "year": ("year", "jaar", "boekjaar", "begrotingsjaar"),
    "net": ("net", "budget", "begroting", "begroot", "tebesteden", "budgeted", "netbudget"),
    "realised": ("realised", "realized", "realisatie", "gerealiseerd", "actual", "actuals", "spent", "outturn"),
    "kind": ("kind", "soort", "type", "categorie"),
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
}
"""What a header may be called, without capitals, accents and marks; the first that is there is used."""

_UNITS: Final = {"": 1, "euro": 1, "eur": 1, "thousand": 1_000, "duizend": 1_000, "x1000": 1_000, "1000": 1_000,
                 "million": 1_000_000, "miljoen": 1_000_000}  # fmt: skip


@dataclass(frozen=True)
class UserHistory:
    """The rows of somebody's ledger, and in words what was done to read them."""

    rows: tuple[RealisedYear, ...]
    notes: tuple[str, ...]


def read_user_history(file: Path) -> UserHistory:
    """Read a table with a row per programme and year: programme, year, budget, realised, and if it has them kind,
    title, unit and price rise (by how many per cent prices of the year lay above those of the year before; consumer
    prices where it has none). Raises InputError with every mistake."""
    findings = Findings()
    table, column = _table(file, ("programme", "year", "net", "realised"), findings)
    nets, realiseds = (_amounts(table, column, name, findings) for name in ("net", "realised"))
    rises, consumer_prices = _price_rises(table, column, findings), load_ledger()
    rows: dict[tuple[str, int], RealisedYear] = {}
    for index, row in enumerate(table.rows):
        programme = row[column["programme"]].strip()[:200]
        year = row[column["year"]].strip()
        if not programme or not (year.isascii() and year.isdigit() and 1900 <= int(year[:6]) <= 2200):
            findings.add(
                table.place(index),
                _("This row has no programme, or no year."),
                _("Write a name and a year such as 2017 in each row, or take the row out."),
            )
            continue
        if (programme, int(year)) in rows:
            findings.add(
                table.place(index),
                _("{programme!r} stands here a second time for {year}.", programme=programme[:60], year=year),
                _("Keep one row for each programme and year."),
            )
        title = row[column["title"]].strip()[:200] if "title" in column else programme
        kind = row[column["kind"]].strip().lower()[:60] if "kind" in column else ""
        rows[programme, int(year)] = RealisedYear(
            programme,
            title or programme,
            kind,
            int(year),
            nets[index],
            realiseds[index],
            rises.get(year, consumer_prices.price_rise(int(year))),
        )
    if len({programme for programme, _year in rows}) > LARGEST_NUMBER_OF_PROGRAMMES:
        findings.add(
            table.header_place,
            _("There are more than {count} programmes in this table.", count=LARGEST_NUMBER_OF_PROGRAMMES),
            _("Split the table."),
        )
    findings.raise_if_any()
    return UserHistory(tuple(rows.values()), (*table.notes, _columns_used(table, column), _prices_used(bool(rises))))


def read_running_year(file: Path) -> dict[str, YearSoFar]:
    """Read a table with a row per programme: programme, realised so far, and the share of a year's costs that is
    usually made by then (``0.40``, ``0,40`` or ``40 %``). Raises InputError with every mistake."""
    findings = Findings()
    table, column = _table(file, ("programme", "realised", "expected"), findings)
    realiseds = _amounts(table, column, "realised", findings)
    rows: dict[str, YearSoFar] = {}
    for index, row in enumerate(table.rows):
        programme = row[column["programme"]].strip()[:200]
        share = _share(row[column["expected"]])
        realised = realiseds[index]
        if not programme or programme in rows:
            findings.add(
                table.place(index),
                _("This row has no programme, or one that stands above it already."),
                _("Write each programme once."),
            )
        elif share is None:
            findings.add(
                table.place(index, column["expected"]),
                _("{text!r} is not a share of the year.", text=row[column["expected"]][:40]),
                _("Write a number above 0 and up to 1, or a percentage, such as 40 %."),
            )
        elif realised is None:
            findings.add(
                table.place(index, column["realised"]),
                _("The amount realised so far is missing."),
                _("Write it, or take the row out."),
            )
        else:
            rows[programme] = YearSoFar(programme, realised, share)
    findings.raise_if_any()
    return rows


def _table(file: Path, needed: Sequence[str], findings: Findings) -> tuple[Table, dict[str, int]]:
    """The table and the place of each column; fail if one that is needed is not there."""
    table = read_table(file, lambda row: sum(_place(row, name) is not None for name in needed) > 1)
    column = {name: place for name in _COLUMNS if (place := _place(table.header, name)) is not None}
    for name in needed:
        if name not in column:
            findings.add(
                table.header_place,
                _("There is no column for {name}.", name=name),
                _("Name it one of: {names}.", names=", ".join(_COLUMNS[name])),
            )
    findings.raise_if_any()
    return table, column


def _place(header: Sequence[str], name: str) -> int | None:
    keys = [_key(text) for text in header]
    return next((keys.index(key) for key in _COLUMNS[name] if key in keys), None)


def _key(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(character for character in decomposed if character.isalnum())


def _amounts(table: Table, column: dict[str, int], name: str, findings: Findings) -> list[int | None]:
    """The amounts of a column in cents, in the unit of each row; empty is missing, anything else is a finding."""
    texts = [row[column[name]] for row in table.rows]
    amounts = read_amounts(texts)
    for index, (text, amount) in enumerate(zip(texts, amounts, strict=True)):
        unit = _key(table.rows[index][column["unit"]]) if "unit" in column else ""
        if amount is None and text.strip() not in ("", "-", "–", "."):
            findings.add(
                table.place(index, column[name]),
                _("{text!r} is not an amount.", text=text[:40]),
                _("Write a number such as 1234567.89 or 1.234.567,89, or leave it empty when it is missing."),
            )
        elif unit not in _UNITS or (amount is not None and abs(amount) * _UNITS[unit] > LARGEST_AMOUNT):
            findings.add(
                table.place(index),
                _("{unit!r} is not a unit for this amount.", unit=unit[:40]),
                _("Write euro, thousand or million."),
            )
        elif amount is not None:
            amounts[index] = amount * _UNITS[unit]
    return amounts


def _price_rises(table: Table, column: dict[str, int], findings: Findings) -> dict[str, float]:
    """The rise of prices that is stated for each year, as a part; a year has one."""
    if "price_rise" not in column:
        return {}
    rises: dict[str, float] = {}
    for index, row in enumerate(table.rows):
        text, year = row[column["price_rise"]].strip(), row[column["year"]].strip()
        if not text:
            continue
        rise = _percentage(text)
        if rise is None or rises.setdefault(year, rise) != rise:
            findings.add(
                table.place(index, column["price_rise"]),
                _("{text!r} is not a percentage.", text=text[:40])
                if rise is None
                else _("Prices rose by another percentage in {year} further up.", year=year),
                _("Write by how many per cent prices rose in that year, such as 3.4: the same in all its rows."),
            )
    return rises


def _percentage(text: str) -> float | None:
    """A percentage above −50 and up to 200, as a part."""
    try:
        rise = float(text.replace(" ", "").replace(",", ".").rstrip("%")) / 100
    except ValueError:
        return None
    return rise if -0.5 < rise <= 2 else None


def _prices_used(stated: bool) -> str:
    if stated:
        return _("Budgets are compared in constant prices, as stated in the table.")
    return _("Budgets are compared in constant prices: Dutch consumer prices. A column price rise states others.")


def _share(text: str) -> float | None:
    plain = text.strip().replace(" ", "").replace(",", ".")
    per_cent = plain.endswith("%")
    try:
        share = float(plain.rstrip("%")) / (100 if per_cent else 1)
    except ValueError:
        return None
    return share if 0 < share <= 1 else None


def _columns_used(table: Table, column: dict[str, int]) -> str:
    used = ", ".join(f"{name} = {table.header[place]}" for name, place in column.items())
    return plural("{count} row read; columns: {used}", "{count} rows read; columns: {used}", len(table.rows), used=used)
