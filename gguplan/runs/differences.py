"""Where a file that a run left differs from what comes out of its record: the cell, the line or the byte."""

from __future__ import annotations

import csv
import io
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from itertools import zip_longest
from pathlib import Path
from typing import Any, BinaryIO, Final

from gguplan.atomic_files import Content, write_content
from gguplan.findings import InputError
from gguplan.inputs.tables.workbook import Sheet, TooManyCells, read_sheets
from gguplan.model.verification import (
    ByteDiffers,
    CellDiffers,
    Difference,
    LineDiffers,
    SavedAnew,
    SheetDiffers,
    ValueDiffers,
)
from gguplan.visible_text import on_one_line

_TEXTS: Final = (".csv", ".html", ".md", ".svg")
_LONGEST_LINE: Final = 100_000
"""Bytes of a line that are looked at."""

_SHOWN: Final = 40
_BEFORE: Final = 10
"""Characters that are shown, and how many of them stand before the first that differs."""

_LARGEST_WORKBOOK: Final = 200_000_000
_ROWS, _COLUMNS, _CELLS = 1_048_576, 16_384, 20_000_000


def difference_of(file: Path, made: Content) -> Difference | None:
    """Where a file first differs from what is made; None where nothing does. Raises OSError."""
    with file.open("rb") as on_disk:
        compared = _Compared(on_disk)
        write_content(compared, made)
        compared.end()
        if compared.differs_at is None:
            return None
        if file.suffix.lower() == ".xlsx" and (difference := _in_a_workbook(file, made)) is not None:
            return difference
        if file.suffix.lower() not in _TEXTS:
            return ByteDiffers(compared.differs_at + 1)
        begins = compared.line_begins
        on_disk.seek(begins)
        window = _Window(begins, _LONGEST_LINE)
        write_content(window, made)
        lines = _first_line(on_disk.read(_LONGEST_LINE)), _first_line(bytes(window.kept))
        if file.suffix.lower() == ".csv":
            return _in_a_row(compared.header, compared.line, *lines)
        return LineDiffers(compared.line, *_around_the_difference(*lines))


class _Compared(io.RawIOBase):
    """What is written, held beside a file: the first byte that differs, and where its line begins."""

    def __init__(self, on_disk: BinaryIO) -> None:
        self._there, self._at = on_disk, 0
        self.differs_at: int | None = None
        self.line, self.line_begins = 1, 0
        self._first_bytes = bytearray()

    def writable(self) -> bool:
        """It is for writing."""
        return True

    def write(self, data: Any) -> int:
        """Hold some bytes beside those of the file."""
        if self.differs_at is None:
            content = bytes(data)
            self._first_bytes += content[: _LONGEST_LINE - len(self._first_bytes)]
            beside = self._there.read(len(content))
            pairs = enumerate(zip(content, beside, strict=False))
            same = len(content)
            if content != beside:
                same = next((place for place, (a, b) in pairs if a != b), len(beside))
            self.line += content.count(b"\n", 0, same)
            last = content.rfind(b"\n", 0, same)
            if last >= 0:
                self.line_begins = self._at + last + 1
            self._at += same
            if content != beside:
                self.differs_at = self._at
        return len(data)

    def end(self) -> None:
        """Nothing more is written: the file may go on."""
        if self.differs_at is None and self._there.read(1):
            self.differs_at = self._at

    @property
    def header(self) -> str:
        """The first line of what was written."""
        return _first_line(bytes(self._first_bytes))


class _Window(io.RawIOBase):
    """A part of what is written, from a place on."""

    def __init__(self, begins: int, size: int) -> None:
        self._begins, self._ends, self._at = begins, begins + size, 0
        self.kept = bytearray()

    def writable(self) -> bool:
        """It is for writing."""
        return True

    def write(self, data: Any) -> int:
        """Keep what of some bytes lies in the window."""
        low, high = max(self._begins - self._at, 0), max(self._ends - self._at, 0)
        self.kept += bytes(data[low:high])
        self._at += len(data)
        return len(data)


def _first_line(content: bytes) -> str:
    return content.partition(b"\n")[0].decode("utf-8-sig", "replace").rstrip("\r")


def _in_a_row(header: str, line: int, on_disk: str, made: str) -> Difference:
    """The first cell of a row that differs; the whole row where one has more cells than the other."""
    separator = ";" if header.count(";") > header.count(",") else ","

    def cells(text: str) -> list[str]:
        return next(csv.reader([text], delimiter=separator), [])

    names, row_there, row_made = cells(header), cells(on_disk), cells(made)
    if len(row_there) == len(row_made) == len(names):
        for name, cell_there, cell_made in zip(names, row_there, row_made, strict=True):
            if cell_there != cell_made:
                texts = map(_short, (row_made[0], name, cell_there, cell_made))
                return ValueDiffers(line, *texts)
    return LineDiffers(line, *_around_the_difference(on_disk, made))


def _around_the_difference(on_disk: str, made: str) -> tuple[str, str]:
    """Two texts from a little before their first difference."""
    pairs = enumerate(zip(on_disk, made, strict=False))
    first = next((place for place, (a, b) in pairs if a != b), min(len(on_disk), len(made)))
    begins = max(0, first - _BEFORE)
    return _short(on_disk[begins:]), _short(made[begins:])


def _short(text: str) -> str:
    return on_one_line(text, _SHOWN) + ("…" if len(text) > _SHOWN else "")


def _in_a_workbook(file: Path, made: Content) -> Difference | None:
    """The first cell that has another value; None where the file is no workbook that can be read."""
    packed = io.BytesIO()
    write_content(packed, made)
    if max(file.stat().st_size, len(packed.getbuffer())) > _LARGEST_WORKBOOK:
        return None
    try:
        sheets = [
            read_sheets(file, content, _ROWS, _COLUMNS, _CELLS) for content in (file.read_bytes(), packed.getvalue())
        ]
        return next(_cells_that_differ(*sheets), SavedAnew())
    except (InputError, TooManyCells):
        return None


def _cells_that_differ(
    on_disk: Generator[Sheet, None, None], made: Generator[Sheet, None, None]
) -> Iterator[CellDiffers | SheetDiffers]:
    with closing(on_disk), closing(made):
        for sheet_there, sheet_made in zip_longest(on_disk, made):
            if sheet_there is None or sheet_made is None or sheet_there.name != sheet_made.name:
                names = ["" if sheet is None else sheet.name for sheet in (sheet_there, sheet_made)]
                yield SheetDiffers(*map(_short, names))
                return
            rows = zip_longest(sheet_there.rows, sheet_made.rows, fillvalue=())
            for number, (row_there, row_made) in enumerate(rows, start=1):
                yield from _of_a_row(sheet_made.name, number, row_there, row_made)


def _of_a_row(sheet: str, number: int, on_disk: Sequence[str], made: Sequence[str]) -> Iterator[CellDiffers]:
    for column, (cell_there, cell_made) in enumerate(zip_longest(on_disk, made, fillvalue="")):
        if str(cell_there) != str(cell_made):
            yield CellDiffers(_short(sheet), f"{_letters(column)}{number}", _short(cell_there), _short(cell_made))


def _letters(column: int) -> str:
    """What a spreadsheet calls a column, of which the first is 0."""
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters
