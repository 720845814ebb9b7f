"""A table as somebody has it: a text file or a workbook, read tolerantly and described honestly.

Whatever separates the cells, whatever the encoding, and whatever stands above the header: the table comes
out as text, with the line of every row and with notes of what was done to read it.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from io import StringIO
from itertools import islice
from pathlib import Path
from typing import Final

from msgspec import Struct, field

from gguplan.findings import Finding, InputError, Place
from gguplan.inputs.data_file import LARGEST_FILE
from gguplan.inputs.tables.workbook import Sheet, TooManyCells, read_sheets
from gguplan.language import _, listed_with_and, plural
from gguplan.shipped import shown
from gguplan.wording.amounts import format_number

MOST_ROWS: Final = 200_000
MOST_COLUMNS: Final = 700
MOST_CELLS: Final = 5_000_000

_HEADER_AMONG: Final = 60
_LINES_IN_A_CELL: Final = 20
_DELIMITERS: Final = (";", ",", "\t", "|")
_ZIP: Final = b"PK\x03\x04"
_OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0"
_CONTROL: Final = re.compile("[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")

IsHeader = Callable[[Sequence[str]], bool]


class Table(Struct, frozen=True):
    """A header and the rows below it, all as text; `lines` are the places of the rows in the file, from 1.

    `rows` are as long as the header; a number of a workbook is a `NumberCell`. `above` are the rows over the header
    with their lines, `sheet` is the name of the sheet (empty in a text file), `delimiter` what separates the cells of a
    text file. `notes` say in words how the file was read; `left_out` are those of them on what of it was not.
    """

    file: str
    header: list[str]
    header_line: int
    rows: list[list[str]]
    lines: list[int]
    notes: list[str]
    above: list[tuple[int, list[str]]] = field(default_factory=list)
    sheet: str = ""
    delimiter: str = ""
    left_out: tuple[str, ...] = ()

    def place(self, row: int, column: int | None = None) -> Place:
        """Where a row stands, with the row itself; with the cell of a column marked when one is given."""
        return _place(self.file, self.lines[row], self.rows[row], column)

    @property
    def header_place(self) -> Place:
        """Where the header stands."""
        return _place(self.file, self.header_line, self.header)

    def cell_of_header(self, column: int) -> Place:
        """Where the name of a column stands."""
        return _place(self.file, self.header_line, self.header, column)


class Search(Struct, frozen=True):
    """Which table is looked for in a file.

    `headers` tell the row of names, the strictest first; `sheet` is the sheet that was asked for. `example` is a header
    as this command needs it. `one_sheet` refuses to choose among several sheets that hold such a table; `prefers` are
    names of sheets that go before the others.
    """

    headers: tuple[IsHeader, ...]
    example: str = "gm_code,name,province,population"
    sheet: str | None = None
    one_sheet: bool = False
    prefers: Callable[[str], bool] = lambda _name: False


def read_table(path: Path, search: Search | None = None) -> Table:
    """Read CSV (comma, semicolon or tab; UTF-8, UTF-16 or Windows-1252) or a workbook (.xlsx, .xls, .ods).

    The header is the first row that the strictest test accepts, by default the first with two cells or more and
    no number in them; in a workbook, on the first sheet that is shown and has one. Empty rows are left out, and with a
    note what is hidden. Raises InputError when the file cannot be read as a table, when a sheet is asked for that is
    not there, or when it is larger than the limits above.
    """
    content = _content(path)
    search = search or Search((looks_like_a_header,))
    if content.startswith((_ZIP, _OLD_EXCEL)):
        return _read_workbook(path, content, search)
    if search.sheet is not None:
        raise _error(
            Place(f"--sheet {search.sheet[:60]}"),
            _("{file} is a text file, which has no sheets.", file=shown(path)),
            _("Leave --sheet out, or give the workbook."),
        )
    return _read_text(path, content, search)


# --- text ----------------------------------------------------------------------------------------


def _read_text(path: Path, content: bytes, search: Search) -> Table:
    text, encoding = _decoded(path, content)
    text, stated = _stated_delimiter(text)
    delimiter = stated or max(_DELIMITERS, key=lambda mark: _cells_in_header(text, mark, search.headers))
    rows = list(_records(path, text, delimiter))
    at = _header_at(rows, search.headers)
    if at is None:
        raise _no_header(path, rows, search.example)
    if delimiter == ",":
        _fail_if_amounts_fall_apart(path, rows, at)
    named = {";": _("semicolons"), ",": _("commas"), "\t": _("tabs"), "|": _("bars")}[delimiter]
    notes = [_("Read as {encoding}, cells separated by {delimiter}.", encoding=encoding, delimiter=named)]
    return _table(shown(path), rows, at, notes, delimiter=delimiter)


def _fail_if_amounts_fall_apart(path: Path, rows: Sequence[tuple[int, list[str]]], at: int) -> None:
    """Fail where figures stand beyond the last name of the header: a comma in an amount has parted it, and all cells
    behind it are of another column than they seem."""
    names = [place for place, name in enumerate(rows[at][1]) if name]
    wrong = [
        (line, row)
        for line, row in rows[at + 1 :]
        if any(re.fullmatch(r"[^A-Za-z]*[0-9][^A-Za-z]*", cell) for cell in row[names[-1] + 1 :])
    ]
    if wrong:
        line, row = wrong[0]
        raise _error(
            _place(shown(path), line, row),
            plural(
                "{count} row has figures beyond the last column of the header: a comma in an amount parts it in two.",
                "{count} rows have figures beyond the last column of the header: a comma in an amount parts it in two.",
                len(wrong),
            ),
            _("Save the table with semicolons between cells, or put amounts in quotation marks."),
        )


def _stated_delimiter(text: str) -> tuple[str, str]:
    """The text with a first line ``sep=;`` emptied, as a spreadsheet takes it, and the mark that it states."""
    stated = re.match(r"sep=([;,\t|])(?=\r?\n)", text)
    return (text[stated.end() :], stated[1]) if stated else (text, "")


def _decoded(path: Path, content: bytes) -> tuple[str, str]:
    """The text and the name of its encoding; raises InputError when it is no text."""
    for mark, encoding, name in (
        (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
        (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
        (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
        (b"", "utf-8", "UTF-8"),
        (b"", "cp1252", "Windows-1252"),
    ):
        if not content.startswith(mark):
            continue
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text or _CONTROL.search(text):
            break
        return text, name
    raise _error(
        Place(shown(path)),
        _("This is not a text file: it holds bytes that no text has."),
        _("Save the table as CSV (UTF-8) or as .xlsx, and give that file."),
    )


def _records(path: Path, text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """The line at which each record begins, and its cells; raises InputError when it goes on too long."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    line = 1
    try:
        for count, row in enumerate(reader):
            if count >= MOST_ROWS:
                raise _too_many_rows(path)
            if any(cell.count("\n") > _LINES_IN_A_CELL for cell in row):
                raise csv.Error
            yield line, [" ".join(cell.split()) for cell in row[:MOST_COLUMNS]]
            line = reader.line_num + 1
    except csv.Error:
        raise _error(
            Place(shown(path), line),
            _("From this line on the text does not fall apart into cells: is a quotation mark not closed?"),
            _('Close the quotation mark, or write "" where a cell holds one.'),
        ) from None


def _cells_in_header(text: str, delimiter: str, headers: Sequence[IsHeader]) -> tuple[int, int]:
    """How well a delimiter does on the first lines: how strict a test finds a header, and how many cells it has."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    try:
        first = [(0, [cell.strip() for cell in row]) for row in islice(reader, _HEADER_AMONG)]
    except csv.Error:
        return 0, 0
    for strictness, header in enumerate(headers):
        at = _header_at(first, (header,))
        if at is not None:
            return len(headers) - strictness, len(first[at][1])
    return 0, max((len(row) for _line, row in first), default=0)


# --- workbooks -----------------------------------------------------------------------------------


def _read_workbook(path: Path, content: bytes, search: Search) -> Table:
    try:
        with closing(read_sheets(path, content, MOST_ROWS, MOST_COLUMNS, MOST_CELLS)) as sheets:
            all_sheets = list(sheets)
        shown_sheets = _sheets_to_look_at(path, all_sheets, search)
    except TooManyCells:
        raise _too_many_rows(path) from None
    for header in search.headers:
        tables = [sheet for sheet in shown_sheets if _header_at(_shown_rows(sheet), (header,)) is not None]
        if not tables:
            continue
        preferred = [sheet for sheet in tables if search.prefers(sheet.name)] or tables
        if search.one_sheet and len(preferred) > 1:
            raise _error(
                Place(shown(path)),
                _(
                    "Several sheets hold such a table: {names}.",
                    names=listed_with_and([sheet.name for sheet in preferred]),
                ),
                _("Say which with --sheet, such as --sheet {name!r}.", name=preferred[0].name),
            )
        return _table_of(path, preferred[0], header)
    rows = list(enumerate(shown_sheets[0].rows, start=1)) if shown_sheets else []
    hidden = [sheet for sheet in all_sheets if sheet not in shown_sheets and not sheet.visible]
    for sheet in hidden:
        if any(_header_at(_shown_rows(sheet), (header,)) is not None for header in search.headers):
            raise _error(
                Place(shown(path)),
                _("Only a hidden sheet holds such a table: {name}.", name=sheet.name),
                _(
                    "Hidden sheets are not read: show it in the workbook, or ask for it with --sheet {name!r}.",
                    name=sheet.name,
                ),
            )
    raise _no_header(path, rows, search.example)


def _sheets_to_look_at(path: Path, sheets: Iterable[Sheet], search: Search) -> list[Sheet]:
    """The sheets that are shown, or the one that is asked for. Raises InputError when that is not there."""
    all_sheets = list(sheets)
    if search.sheet is None:
        return [sheet for sheet in all_sheets if sheet.visible]
    wanted = search.sheet.strip().casefold()
    of_that_name = [sheet for sheet in all_sheets if sheet.name.strip().casefold() == wanted]
    if not of_that_name:
        raise _error(
            Place(f"--sheet {search.sheet[:60]}"),
            _("{file} has no such sheet.", file=shown(path)),
            _("Sheets there: {names}.", names=", ".join(sheet.name for sheet in all_sheets)),
        )
    return of_that_name


def _table_of(path: Path, sheet: Sheet, header: IsHeader) -> Table:
    rows = _shown_rows(sheet)
    at = _header_at(rows, (header,))
    assert at is not None
    left_out = []
    if sheet.other_sheets:
        left_out.append(_("Sheets left aside: {sheets}.", sheets=", ".join(sheet.other_sheets)))
    if not sheet.tells_hidden:
        left_out.append(_("This kind of workbook does not tell which rows and columns are hidden: all are read."))
    hidden = [number for number in sheet.hidden_rows if number <= len(sheet.rows) and any(sheet.rows[number - 1])]
    if hidden:
        left_out.append(
            plural("Hidden row left out: {rows}.", "Hidden rows left out: {rows}.", len(hidden), rows=_ranges(hidden))
        )
    names = sheet.rows[rows[at][0] - 1]
    unseen = [
        names[number - 1] or _("column {number}", number=number)
        for number in sheet.hidden_columns
        if number <= len(names) and any(row[number - 1] for row in sheet.rows if number <= len(row))
    ]
    if unseen:
        left_out.append(
            plural(
                "Hidden column left out: {names}.",
                "Hidden columns left out: {names}.",
                len(unseen),
                names=", ".join(unseen),
            )
        )
    notes = [_("Read as a workbook, sheet {sheet!r}.", sheet=sheet.name), *left_out]
    return _table(shown(path), rows, at, notes, sheet=sheet.name, left_out=left_out)


def _shown_rows(sheet: Sheet) -> list[tuple[int, list[str]]]:
    """The rows that are not hidden with their lines, without the cells of columns that are."""
    hidden_rows, hidden_columns = set(sheet.hidden_rows), set(sheet.hidden_columns)
    rows = [(line, row) for line, row in enumerate(sheet.rows, start=1) if line not in hidden_rows]
    if not hidden_columns:
        return rows
    return [
        (line, [cell for number, cell in enumerate(row, start=1) if number not in hidden_columns]) for line, row in rows
    ]


def _ranges(numbers: Sequence[int]) -> str:
    """Whole numbers in words: ``4, 7–9``."""
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][-1] + 1:
            ranges[-1][1:] = [number]
        else:
            ranges.append([number])
    return ", ".join("–".join(map(str, ends)) for ends in ranges)


# --- both ----------------------------------------------------------------------------------------


def _content(path: Path) -> bytes:
    """The bytes of a file; raises InputError when it cannot be read, is empty or too large."""
    place = Place(shown(path))
    try:
        if path.is_dir():
            raise _error(place, _("This is a folder."), _("Give the file that holds the table."))
        if path.exists() and not path.is_file():
            raise _error(
                place,
                _("This is a pipe or a device, and no file."),
                _("Save the table in a file, and give that."),
            )
        with path.open("rb") as source:
            content = source.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        raise _error(place, _("This file is not there."), _("Check the name and the folder.")) from None
    except InputError:
        raise
    except (OSError, ValueError) as problem:
        reason = problem.strerror if isinstance(problem, OSError) and problem.strerror else problem
        raise _error(
            place,
            _("This file cannot be read: {problem}.", problem=reason),
            _("Check whether you may open it."),
        ) from None
    if len(content) > LARGEST_FILE:
        raise _too_large(path, LARGEST_FILE)
    if not content.strip(b" \t\r\n\xef\xbb\xbf"):
        raise _error(place, _("This file is empty."), _("Give the file that holds the table."))
    return content


def _table(
    file: str,
    rows: list[tuple[int, list[str]]],
    at: int,
    notes: list[str],
    sheet: str = "",
    delimiter: str = "",
    left_out: Sequence[str] = (),
) -> Table:
    line, header = rows[at]
    # A header that is repeated, as on every page of a print, is no row.
    below = [(number, row) for number, row in rows[at + 1 :] if not _is_empty(row) and row != header]
    above = [(number, row) for number, row in rows[:at] if any(row)]
    if above:
        notes.append(_("The header is on line {line}; what stands above it is left aside.", line=line))
    width = len(header)
    return Table(
        file,
        header,
        line,
        [(row + [""] * width)[:width] for _number, row in below],
        [number for number, _row in below],
        notes,
        above,
        sheet,
        delimiter,
        tuple(left_out),
    )


def _is_empty(row: Sequence[str]) -> bool:
    """Whether a row has nothing in it, or a line of dashes, as below the header of a table in plain text."""
    return all(not cell or re.fullmatch(r":?[-=_]{2,}:?", cell) for cell in row)


def _header_at(rows: Sequence[tuple[int, list[str]]], headers: Sequence[IsHeader]) -> int | None:
    """The place of the header in the first rows by the strictest test that finds one, None when there is none."""
    first = rows[:_HEADER_AMONG]
    places = (at for header in headers for at, (_line, row) in enumerate(first) if header(row))
    return next(places, None)


def looks_like_a_header(row: Sequence[str]) -> bool:
    """Whether a row has two cells or more and no number in them."""
    filled = [cell for cell in row if cell]
    return len(filled) >= 2 and not any(re.fullmatch(r"[-0-9.,]+", cell) for cell in filled)


def _place(file: str, line: int, row: list[str], column: int | None = None) -> Place:
    excerpt = " | ".join(row)
    if column is None:
        return Place(file, line, excerpt=excerpt)
    before = sum(len(cell) + 3 for cell in row[:column])
    return Place(file, line, before + 1, max(1, len(row[column])), excerpt)


def _no_header(path: Path, rows: list[tuple[int, list[str]]], example: str) -> InputError:
    line, first = next(((line, row) for line, row in rows if any(row)), (1, [""]))
    return _error(
        _place(shown(path), line, first),
        _("No row in the first {count} lines names the columns that are looked for.", count=_HEADER_AMONG),
        _("Put a header above the table, such as: {example}", example=example),
    )


def _too_large(path: Path, limit: int) -> InputError:
    return _error(
        Place(shown(path)),
        _("This file is larger than {limit} MB.", limit=limit // 1_000_000),
        _("Keep only the rows and columns that are needed, and give that file."),
    )


def _too_many_rows(path: Path) -> InputError:
    return _error(
        Place(shown(path)),
        _(
            "This table reaches further than {rows} rows, {columns} columns or {cells} cells.",
            rows=format_number(MOST_ROWS),
            columns=format_number(MOST_COLUMNS),
            cells=format_number(MOST_CELLS),
        ),
        _("Keep only the rows and columns that are needed, and give that file."),
    )


def _error(place: Place, what: str, remedy: str) -> InputError:
    return InputError([Finding(place, what, remedy)])
