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
from dataclasses import dataclass
from io import StringIO
from itertools import islice
from pathlib import Path
from typing import Final

from gguplan.inputs.findings import Finding, InputError, Place
from gguplan.inputs.shipped import shown
from gguplan.inputs.workbooks import TooManyCells, read_sheets
from gguplan.language import _
from gguplan.wording.amounts import format_number

LARGEST_FILE: Final = 20_000_000
"""Bytes."""

MOST_ROWS: Final = 200_000
MOST_COLUMNS: Final = 700
MOST_CELLS: Final = 5_000_000

_HEADER_AMONG: Final = 60
_LINES_IN_A_CELL: Final = 20
_DELIMITERS: Final = {";": "semicolon", ",": "comma", "\t": "tab"}
_ZIP: Final = b"PK\x03\x04"
_OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0"
_CONTROL: Final = re.compile("[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_COUNT: Final = re.compile(
    r"(?P<whole>0|[1-9][0-9]{0,14}|[1-9][0-9]{0,2}(?:(?P<mark>[., '’\u00a0\u2009\u202f])[0-9]{3})"
    r"(?:(?P=mark)[0-9]{3}){0,3})(?:(?P<decimal>[.,])0{1,2})?"
)

IsHeader = Callable[[Sequence[str]], bool]


@dataclass(frozen=True)
class Table:
    """A header and the rows below it, all as text; `lines` are the places of the rows in the file, from 1.

    `rows` are as long as the header. `notes` say in words how the file was read.
    """

    file: str
    header: list[str]
    header_line: int
    rows: list[list[str]]
    lines: list[int]
    notes: list[str]

    def place(self, row: int, column: int | None = None) -> Place:
        """Where a row stands, with the row itself; with the cell of a column marked when one is given."""
        return _place(self.file, self.lines[row], self.rows[row], column)

    @property
    def header_place(self) -> Place:
        """Where the header stands."""
        return _place(self.file, self.header_line, self.header)


def read_table(path: Path, is_header: IsHeader | None = None) -> Table:
    """Read CSV (comma, semicolon or tab; UTF-8, UTF-16 or Windows-1252) or a workbook (.xlsx, .xls, .ods).

    The header is the first row that `is_header` accepts, by default the first with two cells or more and
    no number in them; in a workbook, on the first sheet that has one. Empty rows are left out. Raises
    InputError when the file cannot be read as a table, or is larger than the limits above.
    """
    content = _content(path)
    accepts = is_header or _looks_like_a_header
    if content.startswith((_ZIP, _OLD_EXCEL)):
        return _read_workbook(path, content, accepts)
    return _read_text(path, content, accepts)


def whole_number(text: str) -> int | None:
    """A count as people and programs write it, or None when the text is not one without doubt.

    ``16.979.120``, ``1 234``, ``12064`` and Excel's ``12064.0`` are counts; a point, comma, apostrophe or
    space may stand between thousands. Fractions, negative numbers and ``1.2345`` are not. ``1.234`` is one
    thousand two hundred thirty-four: a count has no decimals.
    """
    match = _COUNT.fullmatch(text.strip())
    if match is None or (match["decimal"] and match["decimal"] == match["mark"]):
        return None
    return int(re.sub(r"[^0-9]", "", match["whole"]))


# --- text ----------------------------------------------------------------------------------------


def _read_text(path: Path, content: bytes, accepts: IsHeader) -> Table:
    text, encoding = _decoded(path, content)
    delimiter = max(_DELIMITERS, key=lambda one: _cells_in_header(text, one, accepts))
    rows = list(_records(path, text, delimiter))
    found = _header_at(rows, accepts)
    if found is None:
        raise _no_header(path, rows)
    named = {";": _("semicolons"), ",": _("commas"), "\t": _("tabs")}[delimiter]
    notes = [_("Read as {encoding}, cells separated by {delimiter}.", encoding=encoding, delimiter=named)]
    return _table(shown(path), rows, found, notes)


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


def _cells_in_header(text: str, delimiter: str, accepts: IsHeader) -> tuple[bool, int]:
    """How well a delimiter does on the first lines: whether a header is found, and how many cells it has."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    try:
        first = [(0, [cell.strip() for cell in row]) for row in islice(reader, _HEADER_AMONG)]
    except csv.Error:
        return False, 0
    found = _header_at(first, accepts)
    if found is not None:
        return True, len(first[found][1])
    return False, max((len(row) for _line, row in first), default=0)


# --- workbooks -----------------------------------------------------------------------------------


def _read_workbook(path: Path, content: bytes, accepts: IsHeader) -> Table:
    seen: list[tuple[int, list[str]]] = []
    try:
        with closing(read_sheets(path, content, MOST_ROWS, MOST_COLUMNS, MOST_CELLS)) as sheets:
            for sheet in sheets:
                rows = list(enumerate(sheet.rows, start=1))
                found = _header_at(rows, accepts)
                if found is not None:
                    notes = [_("Read as a workbook, sheet {sheet!r}.", sheet=sheet.name)]
                    if sheet.others:
                        notes.append(_("Sheets left aside: {sheets}.", sheets=", ".join(sheet.others)))
                    return _table(shown(path), rows, found, notes)
                seen = seen or rows
    except TooManyCells:
        raise _too_many_rows(path) from None
    raise _no_header(path, seen)


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


def _table(file: str, rows: list[tuple[int, list[str]]], found: int, notes: list[str]) -> Table:
    line, header = rows[found]
    below = [(number, row) for number, row in rows[found + 1 :] if any(row)]
    if found:
        notes.append(_("The header is on line {line}; what stands above it is left aside.", line=line))
    width = len(header)
    return Table(
        file,
        header,
        line,
        [(row + [""] * width)[:width] for _number, row in below],
        [number for number, _row in below],
        notes,
    )


def _header_at(rows: Iterable[tuple[int, list[str]]], accepts: IsHeader) -> int | None:
    """The place of the header in the first rows, None when there is none."""
    return next((at for at, (_line, row) in enumerate(islice(rows, _HEADER_AMONG)) if accepts(row)), None)


def _looks_like_a_header(row: Sequence[str]) -> bool:
    filled = [cell for cell in row if cell]
    return len(filled) >= 2 and not any(re.fullmatch(r"[-0-9.,]+", cell) for cell in filled)


def _place(file: str, line: int, row: list[str], column: int | None = None) -> Place:
    excerpt = " | ".join(row)
    if column is None:
        return Place(file, line, excerpt=excerpt)
    before = sum(len(cell) + 3 for cell in row[:column])
    return Place(file, line, before + 1, max(1, len(row[column])), excerpt)


def _no_header(path: Path, rows: list[tuple[int, list[str]]]) -> InputError:
    line, first = next(((line, row) for line, row in rows if any(row)), (1, [""]))
    return _error(
        _place(shown(path), line, first),
        _("No row in the first {count} lines names the columns that are looked for.", count=_HEADER_AMONG),
        _("Put a header above the table, such as: gm_code,name,province,population"),
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
