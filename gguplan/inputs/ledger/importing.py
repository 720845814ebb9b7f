"""Another fund's history, or how far a year has come, from a table that a controller has."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from gguplan.findings import Findings
from gguplan.fund.realisation import RealisedYear, YearSoFar
from gguplan.inputs.ledger.ledger_files import load_ledger
from gguplan.inputs.ledger.user_amounts import Wording, read_columns
from gguplan.inputs.ledger.user_columns import Columns, ledger_columns
from gguplan.inputs.ledger.user_heads import Role, has_amounts_of_both, has_years_as_columns, names_ledger
from gguplan.inputs.ledger.user_rows import LedgerCell, cells_of, name_of
from gguplan.inputs.ledger.user_totals import without_totals
from gguplan.inputs.tables.amounts import Mark
from gguplan.inputs.tables.cells import FormattedNumber
from gguplan.inputs.tables.number_formats import shown_number
from gguplan.inputs.tables.reading import Search, Table, read_table
from gguplan.inputs.tables.wrong_rows import WrongRows
from gguplan.language import _, plural
from gguplan.wording.amounts import format_euros, format_number

LARGEST_NUMBER_OF_PROGRAMMES: Final = 5_000

ROLES_TO_NAME: Final = (
    "programme", "title", "year", "budget", "realised", "kind", "unit", "price_rise", "expected", "municipality",
    "measure", "amount", "category",
)  # fmt: skip
"""What a column can be said to hold."""

_LEDGER: Final[tuple[Role, ...]] = ("programme", "year", "budget", "realised")
_RUNNING: Final[tuple[Role, ...]] = ("programme", "realised", "expected")


class StatedLayout(Struct, frozen=True):
    """What somebody says of a table, because the table itself does not: the name of the sheet, heads of columns by what
    they hold, the decimal mark, how many euros the unit is, and of whom the rows are where there are several."""

    sheet: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    decimal: Mark | None = None
    unit: int | None = None
    municipality: str | None = None


class UserHistory(Struct, frozen=True):
    """The rows of somebody's ledger, and in words what was done to read them; `notes` begin with what was read: rows,
    years, sums, unit and marks."""

    rows: tuple[RealisedYear, ...]
    notes: tuple[str, ...]


def read_user_history(files: Path | Sequence[Path], layout: StatedLayout | None = None) -> UserHistory:
    """Read tables with budgets and realised amounts of programmes in some years: a row per programme and year, years as
    columns, or a column that says which of both an amount is (docs/ledgers.md).

    Prices rose by as much as a column says, else as consumer prices did. Raises InputError with every mistake.
    """
    paths = [files] if isinstance(files, Path) else list(files)
    layout, findings = layout or StatedLayout(), Findings()
    cells: list[LedgerCell] = []
    notes: list[str] = []
    wording: list[Wording] = []
    rises: dict[int, float] = {}
    tables = [_table(path, _LEDGER, layout, findings, alone=len(paths) == 1) for path in paths]
    for table, columns in tables:
        read, how = read_columns(table, columns, layout.decimal, layout.unit, findings)
        own, about = cells_of(table, columns, read, layout.municipality, findings)
        # Rows of several files are counted on, so that a total of one is no row of another.
        first = max((cell.row for cell in cells), default=-1) + 1
        cells += [replace(cell, row=first + cell.row) for cell in own]
        notes += [*table.notes, *columns.notes, *about, _columns_used(table, columns)]
        wording.append(how)
        rises |= _price_rises(table, columns, findings)
    if len(tables) > 1:
        _fail_if_one_measure_is_missing(cells, tables[0][0], findings)
    findings.raise_if_any()
    cells, about_totals = without_totals(cells, findings)
    rows, about_names = _rows(cells, rises, findings)
    if len({row.programme for row in rows}) > LARGEST_NUMBER_OF_PROGRAMMES:
        findings.add(
            tables[0][0].header_place,
            _("There are more than {count} programmes in this table.", count=LARGEST_NUMBER_OF_PROGRAMMES),
            _("Split the table."),
        )
    if not rows and not findings.gathered:
        findings.add(
            tables[0][0].header_place,
            _("There are no budgets below this header."),
            _("Give a table with a row for each programme and year."),
        )
    findings.raise_if_any()
    echo = (*_what_was_read(rows), *(text for how in dict.fromkeys(wording) for text in how.sentences()))
    return UserHistory(tuple(rows), (*echo, *notes, *about_totals, *about_names, _prices_used(bool(rises))))


def read_running_year(file: Path, layout: StatedLayout | None = None) -> dict[str, YearSoFar]:
    """Read a table with a row per programme: programme, realised so far, and the share of a year's costs that is
    usually made by then (``0.40``, ``0,40`` or ``40 %``). Raises InputError with every mistake."""
    layout, findings = layout or StatedLayout(), Findings()
    table, columns = _table(file, _RUNNING, layout, findings, alone=True)
    read, _how = read_columns(table, columns, layout.decimal, layout.unit, findings)
    (head,) = columns.amounts[:1]
    rows: dict[str, YearSoFar] = {}
    wrong = WrongRows(table, findings)
    for index, row in enumerate(table.rows):
        programme = row[columns.roles["programme"]].strip()[:200]
        text = row[columns.roles["expected"]]
        share = _share(text)
        realised = read.amounts[head].cents[index]
        if sum(map(bool, row)) < 2:
            continue
        if not programme or programme in rows:
            wrong.add("row", index, None, _("This row has no programme, or one that stands above it already."),
                      _("Write each programme once."))  # fmt: skip
        elif share is None:
            wrong.add(
                "share",
                index,
                columns.roles["expected"],
                _("{text!r} is not a share of the year.", text=text[:40]),
                _("Write a number above 0 and up to 1, or a percentage, such as 40 %."),
            )
        elif realised is None:
            if index not in read.wrong_rows:
                wrong.add("missing", index, head.column, _("The amount realised so far is missing."),
                          _("Write it, or take the row out."))  # fmt: skip
        else:
            rows[programme] = YearSoFar(programme, realised, share)
    wrong.tell()
    findings.raise_if_any()
    return rows


def _table(
    file: Path, needed: Sequence[Role], layout: StatedLayout, findings: Findings, alone: bool
) -> tuple[Table, Columns]:
    """The table and its columns; fail if one that is needed is not there."""
    # In one of several files, the other one may have the realised amounts.
    whole = len(needed) if alone else len(needed) - 1
    tests = [_names(needed, layout.columns, least) for least in range(whole, 1, -1)]
    headers = (tests[0], *((has_years_as_columns, has_amounts_of_both) if "budget" in needed else ()), *tests[1:])
    example = "programme,year,budget,realised" if "budget" in needed else "programme,realised,expected"
    table = read_table(file, Search(headers, example, layout.sheet, one_sheet=True))
    own = Findings()
    columns = ledger_columns(table, needed, layout.columns, own)
    if not alone:
        measures = {head.measure for head in columns.amounts}
        missing = {"budget", "realised"} - measures
        if len(missing) == 1 and "measure" not in columns.roles:
            texts = {_("There is no column for {name}.", name=name) for name in missing}
            own.gathered[:] = [finding for finding in own.gathered if finding.what not in texts]
    if own.gathered and not alone:
        findings.gathered.extend(own.gathered)
        findings.raise_if_any()
    own.raise_if_any()
    return table, columns


def _names(needed: Sequence[Role], stated: Mapping[str, str], least: int) -> Callable[[Sequence[str]], bool]:
    """A test of rows that name at least so many of the columns."""
    return lambda row: names_ledger(row, needed, stated) >= least


def _fail_if_one_measure_is_missing(cells: Sequence[LedgerCell], table: Table, findings: Findings) -> None:
    for measure in ("budget", "realised"):
        if not any(cell.measure == measure for cell in cells):
            findings.add(
                table.header_place,
                _("None of the files has a column for {name}.", name=measure),
                _("Give a file with budgets and one with realised amounts."),
            )


def _rows(
    cells: Sequence[LedgerCell], rises: Mapping[int, float], findings: Findings
) -> tuple[list[RealisedYear], list[str]]:
    """One row for each programme and year; the same name in capitals or with other spaces is the same programme."""
    consumer_prices = load_ledger()
    spelling: dict[str, str] = {}
    spellings: dict[str, str] = {}
    amounts: dict[tuple[str, int], dict[str, LedgerCell]] = {}
    twice: set[tuple[str, int]] = set()
    for cell in cells:
        programme = spelling.setdefault(name_of(cell.programme), cell.programme)
        if programme != cell.programme:
            spellings[cell.programme] = programme
        of_year = amounts.setdefault((programme, cell.year), {})
        if cell.measure in of_year and (programme, cell.year) not in twice:
            twice.add((programme, cell.year))
            findings.add(
                cell.place,
                _("{programme!r} stands here a second time for {year}.", programme=programme[:60], year=cell.year),
                _("Keep one row for each programme and year."),
            )
        of_year[cell.measure] = cell
    rows = []
    for (programme, year), of_year in amounts.items():
        first = next(iter(of_year.values()))
        net, realised = of_year.get("budget"), of_year.get("realised")
        rows.append(
            RealisedYear(
                programme,
                first.title or programme,
                first.kind,
                year,
                None if net is None else net.cents,
                None if realised is None else realised.cents,
                rises.get(year, consumer_prices.price_rise(year)),
            )
        )
    notes = [
        _("{other!r} is taken as {programme!r}: only capitals, spaces or marks differ.", other=spelling, programme=name)
        for spelling, name in list(spellings.items())[:5]
    ]
    return rows, notes


def _what_was_read(rows: Sequence[RealisedYear]) -> list[str]:
    years = sorted({row.year for row in rows})
    net, realised = sum(row.net or 0 for row in rows), sum(row.realised or 0 for row in rows)
    read = _(
        "Read: programmes: {programmes}, years: {years}, budgets: {count}; "
        "budgets together {net}, realised {realised}.",
        programmes=format_number(len({row.programme for row in rows})),
        years=f"{years[0]}–{years[-1]}" if len(years) > 1 else str(years[0]),
        count=format_number(sum(row.net is not None for row in rows)),
        net=format_euros(net),
        realised=format_euros(realised),
    )
    missing = sum(row.realised is None for row in rows)
    if not missing:
        return [read]
    return [
        read,
        plural("{count} realised amount is missing.", "{count} realised amounts are missing.", missing),
    ]


def _price_rises(table: Table, columns: Columns, findings: Findings) -> dict[int, float]:
    """The rise of prices that is stated for each year, as a part; a year has one."""
    if "price_rise" not in columns.roles or "year" not in columns.roles:
        return {}
    rises: dict[int, float] = {}
    wrong = WrongRows(table, findings)
    for index, row in enumerate(table.rows):
        column = columns.roles["price_rise"]
        text, year = row[column].strip(), re.match(r"[0-9]{4}", row[columns.roles["year"]].strip())
        if not text or year is None:
            continue
        # A spreadsheet holds 0.034 where it shows 3.4 %.
        as_part = isinstance(text, FormattedNumber) and shown_number(text.code).is_percentage
        rise = _percentage(f"{float(text) * 100:.10g}" if as_part else text)
        if rise is None or rises.setdefault(int(year[0]), rise) != rise:
            wrong.add(
                "rise" if rise is None else "rises",
                index,
                column,
                _("{text!r} is not a percentage.", text=text[:40])
                if rise is None
                else _("Prices rose by another percentage in {year} further up.", year=year[0]),
                _("Write by how many per cent prices rose in that year, such as 3.4: the same in all its rows."),
            )
    wrong.tell()
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


def _columns_used(table: Table, columns: Columns) -> str:
    used = [
        f"{role} = {table.header[place]}"
        for role, place in columns.roles.items()
        if (role, place) != ("title", columns.roles.get("programme"))
    ]
    used += [
        f"{head.measure or 'amount'} {head.year or ''}".strip() + f" = {table.header[head.column]}"
        for head in columns.amounts
    ]
    shown = "; ".join(used[:12]) + (" …" if len(used) > 12 else "")
    return _("Columns used: {columns}.", columns=shown)
