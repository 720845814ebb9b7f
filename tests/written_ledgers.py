"""Ledgers as people write them: random amounts, in a random layout and notation.

What is read of one must be its amounts to the cent, or a finding that asks; never other amounts.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path
from random import Random
from typing import Any, Final

import openpyxl

from gguplan.findings import InputError
from gguplan.inputs.ledger.importing import StatedLayout, read_user_history

Amounts = dict[tuple[str, int], tuple[int, int | None]]
"""Budget and realised amount in cents, of each programme and year."""

_NAMES: Final = (
    "Loket",
    "Balie",
    "Archief",
    "Werk; inkomen",
    "Zorg, jeugd",
    "Café é",
    "Hulplijn 0800",
    'De "balie"',
    "A-12",
    "Wegen",
)
_BUDGET_HEADS: Final = (
    "begroting",
    "Budget",
    "Begroot",
    "Begroting na wijziging",
    "Te besteden",
    "Raming",
    "Original budget",
)
_REALISED_HEADS: Final = ("realisatie", "Realised", "Jaarrekening", "Werkelijk", "Actual", "Rekening")
_UNIT_LINES: Final = {
    1: ("Bedragen in euro's", "Amounts in euros", "(in hele euro's)"),
    1_000: (
        "Bedragen x € 1.000",
        "bedragen × €1000",
        "Alle bedragen in duizenden euro's",
        "Amounts in EUR thousands",
        "x 1.000",
    ),
    1_000_000: ("Bedragen in miljoenen euro's", "Bedragen x 1 mln", "(x € 1.000.000)"),
}
_UNIT_WORDS: Final = {
    1: ("euro", "EUR"),
    1_000: ("duizend", "thousand", "x 1.000", "k€"),
    1_000_000: ("mln", "miljoen", "million"),
}
_TITLES: Final = (
    "Jaarverslag",
    "Gemeenschappelijke regeling De Kust",
    "Versie 3 van 1 juli",
    "Staat van baten en lasten",
)


@dataclass
class WrittenLedger:
    """The bytes of a file with its ending, what is said of it beside, and the amounts that it holds."""

    content: bytes
    suffix: str
    stated: StatedLayout
    amounts: Amounts


@dataclass
class _Notation:
    """How amounts are written."""

    random: Random
    unit: int
    decimal: str
    thousands: str
    places: int | None
    """How many decimals each has; None for as many as it needs."""
    negative: str
    currency: str
    number_cells: bool = False
    units_in_cells: str = ""
    numbers: list[Any] = field(default_factory=list)

    def write(self, cents: int | None) -> Any:
        if cents is None:
            return ""
        value = Decimal(cents) / 100 / self.unit
        if self.number_cells:
            return float(value)
        plain = f"{abs(value):f}"
        whole, _point, fraction = plain.partition(".")
        fraction = fraction.rstrip("0")
        if self.places is not None:
            fraction = fraction.ljust(self.places, "0")
        text = f"{int(whole):,}".replace(",", self.thousands)
        if fraction:
            text += self.decimal + fraction
        text += self.units_in_cells
        if self.currency:
            text = f"{self.currency}{text}"
        if cents < 0:
            text = {"-": f"-{text}", "behind": f"{text}-", "brackets": f"({text})", "minus": f"\N{MINUS SIGN}{text}"}[
                self.negative
            ]
        return text


def written_ledger(seed: int) -> WrittenLedger:
    """A ledger by chance."""
    random = Random(seed)
    amounts = _amounts(random)
    unit = random.choice((1, 1, 1_000, 1_000, 1_000_000))
    workbook = random.random() < 0.35
    # A rounded print is an amount of its own.
    needed = {1: 2, 1_000: 5, 1_000_000: 8}[unit]
    # Nobody writes euros with three decimals; thousands of euros somebody does.
    precision = random.choice((0, 1, 2, needed) if unit == 1 else (0, 1, 2, 3, needed))
    amounts = _rounded(amounts, unit, precision)
    fixed = random.random() < 0.6
    decimal = random.choice(",,.")
    notation = _Notation(
        random,
        unit,
        decimal,
        random.choice(
            ("", "." if decimal == "," else ",", "." if decimal == "," else ",", " ", "\N{NO-BREAK SPACE}", "'")
        ),
        precision if fixed else None,
        random.choice(("-", "-", "behind", "brackets", "minus")),
        random.choice(("", "", "", "€ ", "€", "EUR ")),
        number_cells=workbook and random.random() < 0.6,
    )
    stated: dict[str, Any] = {}
    place = random.choice(("above", "heads", "column", "row", "below", "stated", "none" if unit == 1 else "above"))
    if place == "stated":
        stated["unit"] = unit
    if random.random() < 0.15 and not notation.number_cells:
        stated["decimal"] = decimal
    rows, header = _layout(random, amounts, notation, place)
    above = [[title] for title in random.sample(_TITLES, random.choice((0, 0, 1, 2)))]
    if place == "above":
        above.append([random.choice(_UNIT_LINES[unit])])
    if above and random.random() < 0.3:
        above.append([])
    below = [["Bron: eigen administratie"]] if random.random() < 0.3 else []
    if place == "below":
        below.append([random.choice(_UNIT_LINES[unit])])
    table = [*above, *header, *rows, *([[]] if below and random.random() < 0.5 else []), *below]
    if workbook:
        return WrittenLedger(
            _workbook(random, table, len(above) + len(header)), ".xlsx", StatedLayout(**stated), amounts
        )
    return WrittenLedger(_text(random, table), ".csv", StatedLayout(**stated), amounts)


def _amounts(random: Random) -> Amounts:
    names = random.sample(_NAMES, random.randint(1, 5))
    first = random.randint(2010, 2024)
    years = range(first, first + random.randint(1, 4))
    size = random.choice((10_000, 1_000_000, 500_000_000, 20_000_000_000))
    amounts: Amounts = {}
    for name in names:
        for year in years:
            budget = random.randint(1, size) if random.random() < 0.6 else random.randint(1, size) // 100_000 * 100_000
            chance = random.random()
            realised = None if chance < 0.08 else 0 if chance < 0.12 else round(budget * random.uniform(-0.1, 1.3))
            amounts[name, year] = (budget, realised)
    return amounts


def _rounded(amounts: Amounts, unit: int, precision: int) -> Amounts:
    step = max(1, unit * 100 // 10**precision)
    return {
        key: (budget // step * step, None if realised is None else realised // step * step)
        for key, (budget, realised) in amounts.items()
    }


def _layout(
    random: Random, amounts: Amounts, notation: _Notation, place: str
) -> tuple[list[list[Any]], list[list[Any]]]:
    """The rows and the rows of heads."""
    layout = random.choice(("long", "long", "long", "wide", "merged", "tidy"))
    unit, names = notation.unit, list(dict.fromkeys(name for name, _year in amounts))
    years = list(dict.fromkeys(year for _name, year in amounts))
    if random.random() < 0.2:
        years.reverse()
    budget, realised = random.choice(_BUDGET_HEADS), random.choice(_REALISED_HEADS)
    behind = f" ({random.choice(_UNIT_WORDS[unit])})" if place == "heads" else ""
    of_unit = random.choice(_UNIT_WORDS[unit])
    programme, year_head = (
        random.choice(("programma", "Programme", "Onderdeel", "Product")),
        random.choice(("jaar", "Year", "Boekjaar")),
    )
    totals = random.random() < 0.35
    if layout == "tidy" and place in ("heads", "row"):
        place = "column"
    with_column = place == "column" and layout in ("long", "tidy")
    if place == "column" and not with_column:
        behind = f" (x {of_unit})" if of_unit in ("duizend", "mln", "miljoen") else f" ({of_unit})"
    more = [of_unit] if with_column else []
    more_head = [random.choice(("eenheid", "Unit"))] if with_column else []
    rows: list[list[Any]] = []
    if layout in ("long", "tidy"):
        order = sorted(amounts, key=lambda key: (years.index(key[1]), names.index(key[0])))
        if not totals and random.random() < 0.5:
            random.shuffle(order)
        last = None
        for name, year in [*order, (None, None)]:
            if totals and last is not None and year != last and len(names) > 1:
                sums = _sum(amounts, last)
                rows += _long_rows(layout, notation, random.choice(("Totaal", "Total", "Subtotaal")), last, sums, more)
            if name is not None and year is not None:
                rows += _long_rows(layout, notation, name, year, amounts[name, year], more)
            last = year
        if layout == "tidy":
            head = [
                [
                    programme,
                    year_head,
                    random.choice(("Soort", "Measure")),
                    random.choice(("Bedrag", "Amount")),
                    *more_head,
                ]
            ]
            return rows, head
        head = [[programme, year_head, budget + behind, realised + behind, *more_head]]
    else:
        for name in names:
            cells = [notation.write(amount) for year in years for amount in amounts[name, year]]
            rows.append([name, *cells])
        if totals and len(names) > 1:
            rows.append(["Totaal", *[notation.write(amount) for year in years for amount in _sum(amounts, year)]])
        if layout == "wide":
            head = [[programme, *[f"{measure} {year}{behind}" for year in years for measure in (budget, realised)]]]
        else:
            over = [text for year in years for text in (str(year), "")]
            head = [
                ["", *over],
                [programme, *[f"{measure}{behind}" for _year in years for measure in (budget, realised)]],
            ]
    if place == "row":
        units = f"x {of_unit}" if of_unit in ("duizend", "mln", "miljoen") else of_unit
        rows.insert(
            0, ["", *([""] if layout == "long" else []), *([units] * (2 if layout == "long" else 2 * len(years)))]
        )
    return rows, head


def _long_rows(
    layout: str, notation: _Notation, name: str, year: int, pair: tuple[int, int | None], more: list[str]
) -> list[list[Any]]:
    budget, realised = map(notation.write, pair)
    if layout == "long":
        return [[name, year, budget, realised, *more]]
    return [[name, year, "Begroting", budget, *more], [name, year, "Realisatie", realised, *more]]


def _sum(amounts: Amounts, year: int) -> tuple[int, int | None]:
    pairs = [pair for (_name, year_of_pair), pair in amounts.items() if year_of_pair == year]
    return sum(budget for budget, _realised in pairs), sum(realised or 0 for _budget, realised in pairs)


def _text(random: Random, table: list[list[Any]]) -> bytes:
    written = StringIO(newline="")
    if random.random() < 0.05:
        delimiter = ";"
        written.write("sep=;\r\n")
    else:
        delimiter = random.choice((";", ";", ",", "\t"))
    width = max(map(len, table)) if random.random() < 0.5 else 0
    writer = csv.writer(written, delimiter=delimiter, lineterminator=random.choice(("\n", "\r\n")))
    writer.writerows([*row, *[""] * (width - len(row))] for row in table)
    text = written.getvalue()
    encoding = random.choice(("utf-8", "utf-8", "utf-8-sig", "utf-16", "cp1252"))
    if encoding == "cp1252":
        text = text.replace("\N{MINUS SIGN}", "-")
    return text.encode(encoding)


def _workbook(random: Random, table: list[list[Any]], below: int) -> bytes:
    book = openpyxl.Workbook()
    sheet = book["Sheet"]
    sheet.title = random.choice(("Blad1", "Fonds", "Overzicht"))
    for row in table:
        sheet.append([None if cell == "" else cell for cell in row])
    if random.random() < 0.3:
        # A row that somebody hid: the same programme with another amount.
        row = [7 if isinstance(cell, (int, float)) and not isinstance(cell, bool) else cell for cell in table[below]]
        sheet.append([None if cell == "" else cell for cell in row])
        sheet.row_dimensions[sheet.max_row].hidden = True
    if random.random() < 0.3:
        hidden_sheet = book.create_sheet("Oud", random.choice((0, 1)))
        for row in table[below - 1 :]:
            hidden_sheet.append([row[0], *[1 for _cell in row[1:]]] if row else [])
        hidden_sheet.sheet_state = "hidden"
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def read_back(ledger: WrittenLedger, folder: Path) -> Amounts | None:
    """What is read of it; None where there is a finding."""
    file = folder / f"ledger{ledger.suffix}"
    file.write_bytes(ledger.content)
    try:
        rows = read_user_history(file, ledger.stated).rows
    except InputError:
        return None
    return {(row.programme, row.year): (row.net or 0, row.realised) for row in rows}
