"""The program that unpacks a workbook, for `workbooks.py`: run on its own, so that no workbook can harm who reads it.

A small file can ask for more memory or time than there is, and the reader of workbooks then ends with the process
that it runs in: here that is this one. It takes the workbook on stdin and says what it found on stdout, each as a line
of JSON: ``{"sheets": [names]}``, then for each sheet ``{"sheet": name}``, its rows as lists of text, and
``{"end": name}``; or ``{"problem": kind, "text": …}`` and nothing more. Its arguments are its limits. It imports
nothing of gguplan, and so starts quickly.
"""

from __future__ import annotations

import json
import re
import sys
import zipfile
import zlib
from datetime import date, datetime
from io import BytesIO
from typing import Final

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
                for found in _FILLED_CELL.finditer(packed.read(name)):
                    last_row = max(last_row, int(found[2]))
                    last_column = max(last_column, _number(found[1]))
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
    from python_calamine import CalamineWorkbook

    workbook = CalamineWorkbook.from_filelike(BytesIO(content))
    _say({"sheets": workbook.sheet_names})
    said = 0
    for name in workbook.sheet_names:
        sheet = workbook.get_sheet_by_name(name)
        _check(sheet.total_height, sheet.total_width, rows, columns, cells)
        _say({"sheet": name})
        for row in sheet.to_python(skip_empty_area=False):
            said += _say([_as_text(cell) for cell in row])
            if said > most_text:  # The same long text may stand in every cell.
                raise _TooMuch("unpacked")
        _say({"end": name})


def _as_text(cell: object) -> str:
    """A cell of a workbook as text; a date as 2025-01-01."""
    if isinstance(cell, float):
        # With six decimals a fraction never looks like thousands: 16.979 is a number here, not 16979.
        return str(int(cell)) if cell.is_integer() else f"{cell:.6f}"
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return " ".join(str(cell).split())


def _say(line: object) -> int:
    """Write a line; returns how long it was."""
    return sys.stdout.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
