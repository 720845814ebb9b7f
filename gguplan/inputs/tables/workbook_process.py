"""The program that unpacks a workbook, for `workbooks.py`: run on its own, so that no workbook can harm who reads it.

A small file can ask for more memory or time than there is, and the reader of workbooks then ends with the process
that it runs in: here that is this one. It takes the workbook on stdin and says what it found on stdout, each as a line
of JSON: ``{"sheets": [names], "hidden": [names], "lines": whether hidden rows are told}``, then for each sheet
``{"sheet": name, "rows": [numbers], "columns": [numbers], "formats": {code: [[row, column]]}}`` with what is hidden in
it and where a number is shown by a format of its own (from 1), its rows as lists in which a number is a number and all
else is text, and ``{"end": name}``; or ``{"problem": kind, "text": …}`` and nothing more. Its arguments are its limits.
It imports nothing of gguplan, and so starts quickly.
"""

from __future__ import annotations

import json
import re
import sys
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from math import isfinite
from typing import Final, NamedTuple
from xml.etree import ElementTree

_FILLED_CELL: Final = re.compile(
    rb"""<(?:\w{1,20}:)?c\s[^<>]{0,200}?\br="([A-Z]{1,3})([0-9]{1,7})"[^<>]{0,200}(?<!/)>"""
)
"""The repeats have an end, so that no text makes the search go back and forth for ever."""


class _TooMuch(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """The workbook is larger than is read: its argument says in which way."""


def main(memory: int, seconds: int, unpacked: int, rows: int, columns: int, cells: int) -> None:
    """Read stdin and write stdout; `memory` and `unpacked` in bytes, the rest of the limits as their names say."""
    _limit(memory, seconds)
    content = sys.stdin.buffer.read()
    try:
        if content.startswith(b"PK"):
            _look_first(content, unpacked, rows, columns, cells)
        _read(content, unpacked, rows, columns, cells)
    except _TooMuch as problem:
        _say({"problem": str(problem), "text": ""})
    except MemoryError:
        _say({"problem": "memory", "text": ""})
    except BaseException as problem:  # A reader that panics is no Exception.
        _say({"problem": "unreadable", "text": " ".join(str(problem).split())[:300]})


def _limit(memory: int, seconds: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has none: there the clock of the parent is the only limit.
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _look_first(content: bytes, unpacked: int, rows: int, columns: int, cells: int) -> None:
    """Fail for a workbook that would unpack to too much, before anything unpacks it.

    One stray cell in the far corner of a sheet makes a reader ask for all the cells before it, so the corner is
    looked up first. A sheet that this look does not understand ends at the limit of memory.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > unpacked:
                raise _TooMuch("unpacked")
            for name in packed.namelist():
                if not re.fullmatch(r"xl/worksheets/[^/]+\.xml", name):
                    continue
                last_row = last_column = 0
                for cell in _FILLED_CELL.finditer(packed.read(name)):
                    last_row = max(last_row, int(cell[2]))
                    last_column = max(last_column, _number(cell[1]))
                    _check(last_row, last_column, rows, columns, cells)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, zlib.error, EOFError):
        return  # Not to be unpacked at all: the reader of workbooks says so.


def _check(height: int, width: int, rows: int, columns: int, cells: int) -> None:
    """Fail for more rows, columns or cells than are read."""
    if height > rows or width > columns or height * width > cells:
        raise _TooMuch("cells")


def _number(letters: bytes) -> int:
    """The number of a column of a sheet: 1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _read(content: bytes, most_text: int, rows: int, columns: int, cells: int) -> None:
    from python_calamine import CalamineWorkbook, SheetVisibleEnum

    workbook = CalamineWorkbook.from_filelike(BytesIO(content))
    hidden = [sheet.name for sheet in workbook.sheets_metadata if sheet.visible != SheetVisibleEnum.Visible]
    marked = _marked_sheets(content, rows, columns)
    _say({"sheets": workbook.sheet_names, "hidden": hidden, "lines": marked is not None})
    written = 0
    for name in workbook.sheet_names:
        sheet = workbook.get_sheet_by_name(name)
        _check(sheet.total_height, sheet.total_width, rows, columns, cells)
        marks = (marked or {}).get(name, _Marks(set(), set(), {}, {}))
        hidden_lines = {"rows": sorted(marks.rows), "columns": sorted(marks.columns)}
        written += _say({"sheet": name, **hidden_lines, "formats": marks.formats})
        for line, row in enumerate(sheet.to_python(skip_empty_area=False), start=1):
            for column, text in marks.texts.get(line, {}).items():
                if column <= len(row) and row[column - 1] == "":
                    row[column - 1] = text
            written += _write(f"[{', '.join(_literal(cell) for cell in row)}]")
            if written > most_text:  # The same long text may stand in every cell.
                raise _TooMuch("unpacked")
        _say({"end": name})


def _literal(cell: object) -> str:
    """A cell in JSON: a number with at most fifteen digits, as a spreadsheet shows it; a date as 2025-01-01."""
    if isinstance(cell, float) and isfinite(cell):
        return str(int(cell)) if cell.is_integer() else f"{Decimal(f'{cell:.15g}'):f}"
    if isinstance(cell, int) and not isinstance(cell, bool):
        return str(cell)
    if isinstance(cell, datetime):
        return json.dumps(cell.date().isoformat())
    if isinstance(cell, date):
        return json.dumps(cell.isoformat())
    return json.dumps(" ".join(str(cell).split()))


class _Marks(NamedTuple):
    """What the reader of workbooks does not tell of a sheet, by numbers from 1: rows and columns that are hidden; cells
    that it takes for empty, an error or a formula that nobody worked out, by row and column; and, by their codes,
    formats that show another number or a unit, with their cells."""

    rows: set[int]
    columns: set[int]
    texts: dict[int, dict[int, str]]
    formats: dict[str, list[tuple[int, int]]]


def _marked_sheets(content: bytes, rows: int, columns: int) -> dict[str, _Marks] | None:
    """The marks of each sheet; None for an old .xls or another kind of workbook of which they are not known."""
    if not content.startswith(b"PK"):
        return None
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            if "content.xml" in packed.namelist():
                return _hidden_in_open_document(packed, rows, columns)
            codes = _codes_of_styles(packed)
            return {
                name: _marks_of_sheet(packed, part, rows, columns, codes) for name, part in _parts_of_sheets(packed)
            }
    except (zipfile.BadZipFile, KeyError, ValueError, zlib.error, ElementTree.ParseError):
        return None


def _codes_of_styles(packed: zipfile.ZipFile) -> dict[str, str]:
    """By the number of a style, its format, where that shows more or less than the number."""
    if "xl/styles.xml" not in packed.namelist():
        return {}
    codes = {"9": "0%", "10": "0.00%"}
    styles: dict[str, str] = {}
    for element in ElementTree.fromstring(packed.read("xl/styles.xml")).iter():
        if _tag(element) == "numFmt":
            code = element.get("formatCode", "")
            if re.search(r"""[%"\\$]|[0#?],+(?:[^0#?,]|$)""", code):
                codes[element.get("numFmtId", "")] = code[:200]
        elif _tag(element) == "cellXfs":
            for number, style in enumerate(element):
                if style.get("numFmtId", "") in codes:
                    styles[str(number)] = codes[style.get("numFmtId", "")]
    return styles


def _parts_of_sheets(packed: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """The name of each sheet of an .xlsx and the part of the file in which it stands."""
    targets = {
        relation.get("Id"): relation.get("Target", "")
        for relation in ElementTree.fromstring(packed.read("xl/_rels/workbook.xml.rels"))
    }
    for element in ElementTree.fromstring(packed.read("xl/workbook.xml")).iter():
        if _tag(element) == "sheet":
            identity = next((value for key, value in element.attrib.items() if key.endswith("}id")), None)
            target = targets.get(identity, "")
            if target:
                yield element.get("name", ""), target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _marks_of_sheet(packed: zipfile.ZipFile, part: str, rows: int, columns: int, codes: dict[str, str]) -> _Marks:
    of_rows: set[int] = set()
    of_columns: set[int] = set()
    texts: dict[int, dict[int, str]] = {}
    formats: dict[str, list[tuple[int, int]]] = {}
    number = 0
    with packed.open(part) as source:
        for _event, element in ElementTree.iterparse(source):
            if _tag(element) == "col" and _is_hidden(element, "hidden", "width"):
                last = min(columns, int(element.get("max", "0")))
                of_columns.update(range(int(element.get("min", "1")), last + 1))
            elif _tag(element) == "c":
                cell = re.fullmatch("([A-Z]{1,3})([0-9]{1,7})", element.get("r", ""))
                if cell is None:
                    continue
                line, column = int(cell[2]), _number(cell[1].encode())
                text = _text_taken_for_empty(element)
                if text:
                    texts.setdefault(line, {})[column] = text
                elif element.get("s", "") in codes:
                    formats.setdefault(codes[element.get("s", "")], []).append((line, column))
            elif _tag(element) == "row":
                number = int(element.get("r", number + 1))
                if _is_hidden(element, "hidden", "ht") and number <= rows:
                    of_rows.add(number)
                element.clear()
    return _Marks(of_rows, of_columns, texts, formats)


def _text_taken_for_empty(cell: ElementTree.Element) -> str:
    """An error, or a formula without a value, as it is written; empty for another cell."""
    values = {_tag(child): (child.text or "").strip() for child in cell}
    if cell.get("t") == "e":
        return (values.get("v") or "#ERROR")[:200]
    if "f" in values and not values.get("v") and cell.get("t") != "str":
        return f"={values['f']}"[:200]
    return ""


def _is_hidden(element: ElementTree.Element, flag: str, size: str) -> bool:
    """Whether a row or column is hidden, or has no height or width left."""
    return element.get(flag) in ("1", "true") or float(element.get(size, "1")) == 0


def _hidden_in_open_document(packed: zipfile.ZipFile, rows: int, columns: int) -> dict[str, _Marks]:
    hidden: dict[str, _Marks] = {}
    of_rows: set[int] = set()
    of_columns: set[int] = set()
    texts: dict[int, dict[int, str]] = {}
    row = column = cell = 0
    with packed.open("content.xml") as source:
        for event, element in ElementTree.iterparse(source, ("start", "end")):
            tag = _tag(element)
            if event == "start" and tag == "table":
                of_rows, of_columns, texts, row, column, cell = set(), set(), {}, 0, 0, 0
                hidden[_attribute(element, "name")] = _Marks(of_rows, of_columns, texts, {})
            elif event == "end" and tag == "table-column":
                times = int(_attribute(element, "number-columns-repeated") or 1)
                if _attribute(element, "visibility") in ("collapse", "filter"):
                    of_columns.update(range(column + 1, min(columns, column + times) + 1))
                column += times
            elif event == "end" and tag in ("table-cell", "covered-table-cell"):
                if "error" in element.attrib.values():
                    texts.setdefault(row + 1, {})[cell + 1] = "".join(element.itertext())[:200] or "#ERROR"
                cell += int(_attribute(element, "number-columns-repeated") or 1)
            elif event == "end" and tag == "table-row":
                cell = 0
                times = int(_attribute(element, "number-rows-repeated") or 1)
                if _attribute(element, "visibility") in ("collapse", "filter"):
                    of_rows.update(range(row + 1, min(rows, row + times) + 1))
                row += times
                element.clear()
    return hidden


def _tag(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _attribute(element: ElementTree.Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _say(line: object) -> int:
    """Write a line; returns how long it was."""
    return _write(json.dumps(line))


def _write(text: str) -> int:
    return sys.stdout.write(text + "\n")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
