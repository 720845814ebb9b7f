"""The sheets of a workbook as text, unpacked by another process that has a limit of memory and of time."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Generator, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, Final

from msgspec import Struct

from gguplan.findings import Finding, InputError, Place
from gguplan.inputs.tables.cells import FormattedNumber, NumberCell
from gguplan.language import _
from gguplan.shipped import shown

LARGEST_UNPACKED: Final = 400_000_000
"""Bytes of a workbook when unpacked: a small file can hold a very large sheet."""

MOST_MEMORY: Final = 2_000_000_000
"""Bytes that the reader of a workbook may ask for, where the system has such a limit."""

MOST_SECONDS: Final = 60
"""How long the reading of a workbook may take."""

_PROGRAM: Final = Path(__file__).with_name("workbook_process.py")


class Sheet(Struct, frozen=True):
    """One sheet: its name, whether it is shown, those of the others in the workbook, and its rows from the first line,
    empty ones too. A number is a `NumberCell`, and a `FormattedNumber` where its format shows more or less than it.
    `hidden_rows` and `hidden_columns` are counted from 1; `tells_hidden` is whether this kind of workbook has them."""

    name: str
    visible: bool
    other_sheets: tuple[str, ...]
    rows: list[list[str]]
    hidden_rows: tuple[int, ...]
    hidden_columns: tuple[int, ...]
    tells_hidden: bool = True


class TooManyCells(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """A sheet reaches further than the rows, columns or cells that are read."""


def read_sheets(path: Path, content: bytes, rows: int, columns: int, cells: int) -> Generator[Sheet, None, None]:
    """The sheets of a workbook that was read from `path`, one by one; what is not asked for is not read.

    Raises InputError for a workbook that cannot be read, or that takes more than the limits above; TooManyCells for
    a sheet of more than so many `rows`, `columns` or `cells`.
    """
    limits = (MOST_MEMORY, MOST_SECONDS, LARGEST_UNPACKED, rows, columns, cells)
    # -I: nothing in the working folder or the environment takes part.
    process = subprocess.Popen(
        [sys.executable, "-I", str(_PROGRAM), *map(str, limits)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    clock = threading.Timer(MOST_SECONDS, process.kill)
    clock.daemon = True
    clock.start()
    assert process.stdin is not None and process.stdout is not None
    try:
        with suppress(BrokenPipeError):
            process.stdin.write(content)
            process.stdin.close()
        yield from _sheets(path, process.stdout)
    finally:
        clock.cancel()
        process.kill()
        process.stdout.close()
        process.wait()


def _sheets(path: Path, lines: IO[bytes]) -> Iterator[Sheet]:
    names: list[str] = []
    hidden: list[str] = []
    rows: list[list[str]] = []
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    formats: dict[str, list[list[int]]] = {}
    tells_hidden = True
    ended = 0
    for line in lines:
        # A line that breaks off is the last word of a process that was ended.
        message: Any = {}
        if line.startswith(b"["):
            message = json.loads(line, parse_int=NumberCell, parse_float=NumberCell) if line.endswith(b"\n") else {}
        elif line.endswith(b"\n"):
            message = json.loads(line)
        if isinstance(message, list):
            rows.append(message)
        elif "sheets" in message:
            names, hidden, tells_hidden = message["sheets"], message["hidden"], message["lines"]
        elif "sheet" in message:
            rows, hidden_rows, hidden_columns = [], tuple(message["rows"]), tuple(message["columns"])
            formats = message["formats"]
        elif "end" in message:
            ended += 1
            name = message["end"]
            left_aside = tuple(sheet for sheet in names if sheet != name)
            _put_formats(rows, formats)
            yield Sheet(name, name not in hidden, left_aside, rows, hidden_rows, hidden_columns, tells_hidden)
        elif "problem" in message:
            raise _problem(path, message["problem"], message["text"])
    if not names or ended < len(names):
        raise _problem(path, "memory", "")


def _put_formats(rows: list[list[str]], formats: dict[str, list[list[int]]]) -> None:
    for code, cells in formats.items():
        for line, column in cells:
            if line <= len(rows) and column <= len(rows[line - 1]):
                cell = rows[line - 1][column - 1]
                if isinstance(cell, NumberCell):
                    rows[line - 1][column - 1] = FormattedNumber(cell, code)


def _problem(path: Path, kind: str, text: str) -> Exception:
    place = Place(shown(path))
    if kind == "cells":
        return TooManyCells()
    if kind == "unpacked":
        return InputError(
            [
                Finding(
                    place,
                    _("This file is larger than {limit} MB when unpacked.", limit=LARGEST_UNPACKED // 1_000_000),
                    _("Keep only the rows and columns that are needed, and give that file."),
                )
            ]
        )
    if kind == "memory":
        return InputError(
            [
                Finding(
                    place,
                    _("Reading this workbook takes more memory or time than any table does."),
                    _("Copy the table into a new workbook, or save it as CSV, and give that file."),
                )
            ]
        )
    return InputError(
        [
            Finding(
                place,
                _("This workbook cannot be read: {problem}.", problem=text.rstrip(".")),
                _("Open it in a spreadsheet program, save it without password as .xlsx or CSV, and give that."),
            )
        ]
    )
