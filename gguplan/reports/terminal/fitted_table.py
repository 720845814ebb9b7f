"""A table that fits the window: numbers stay whole, words stay whole as long as that is possible."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from typing import Final

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

_ENOUGH: Final = 24
"""A column of text that is at least so wide, in characters, reads well."""
_SHORT: Final = 12
"""A column of text that is no wider is not broken for the sake of another."""
_PADDING: Final[dict[int, tuple[int, int] | tuple[int, int, int, int]]] = {3: (0, 1), 2: (0, 1, 0, 0), 1: (0, 0)}
"""How cells are padded for so many blanks between two columns."""


class FittedTable(Table):
    """A table whose first `words` columns are text, which may wrap, and whose others are numbers, which never do.

    The text of the column `cut` is shortened with an ellipsis instead, so that a row stays one line.
    Where the text would become too narrow, first the headings of numbers take more lines, then the columns come
    closer. In a window that is too narrow for the numbers themselves the table is wider than the window.
    """

    def __init__(
        self,
        headings: Sequence[str] | None,
        rows: Iterable[Sequence[str]],
        words: int,
        total: bool,
        cut: int | None = None,
    ) -> None:
        super().__init__(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, show_header=headings is not None)
        lines = [list(row) for row in rows]
        self._words = words
        self._cut = cut
        self._headings = list(headings or [""] * max(map(len, lines), default=0))
        self._cells = [[row[index] for row in lines if index < len(row)] for index in range(len(self._headings))]
        for index, heading in enumerate(self._headings):
            numbers = index >= words
            self.add_column(
                Text(heading),
                justify="right" if numbers else "left",
                no_wrap=numbers or index == cut,
                overflow="ellipsis" if index == cut else "fold",
            )
        for index, row in enumerate(lines):
            last = total and index == len(lines) - 1
            if last and self.rows:
                self.rows[-1].end_section = True
            # Cells come from data, so they are never read as markup.
            self.add_row(*map(Text, row), style="bold" if last else None)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Choose the widths for this window, then draw."""
        gap = self._fit(options.max_width)
        needed = sum(column.width or 0 for column in self.columns) + gap * len(self.columns)
        yield from super().__rich_console__(console, options.update(width=max(needed, options.max_width)))

    def _fit(self, window: int) -> int:
        """Set the width of every column and the padding; the number of blanks between columns."""
        texts, numbers = self._headings[: self._words], self._headings[self._words :]
        whole = [_width([heading, *cells]) for heading, cells in zip(texts, self._cells, strict=False)]
        words = [_longest_word([heading, *cells]) for heading, cells in zip(texts, self._cells, strict=False)]
        least = [
            min(full, _SHORT) if index == self._cut else full if full <= _SHORT else word
            for index, (full, word) in enumerate(zip(whole, words, strict=True))
        ]
        enough = sum(min(full, max(word, _ENOUGH)) for full, word in zip(whole, least, strict=True))
        headings, gap, room = numbers, 3, 0
        for gap, broken in ((3, False), (3, True), (2, True), (1, True)):
            headings = [
                _narrow(number, cells) if broken else number
                for number, cells in zip(numbers, self._cells[self._words :], strict=True)
            ]
            widths = [
                _width([heading, *cells]) for heading, cells in zip(headings, self._cells[self._words :], strict=True)
            ]
            room = window - sum(widths) - gap * (len(self.columns) - 1)
            if room >= enough:
                break
        for column, width in zip(self.columns, [*_shared(room, whole, least), *widths], strict=True):
            column.width = width
        for column, heading in zip(self.columns[self._words :], headings, strict=True):
            column.header = Text(heading)
        self.padding = _PADDING[gap]
        return gap


def _shared(room: int, whole: list[int], least: list[int]) -> list[int]:
    """What each column of text gets of the room: its longest word, and of the rest in proportion to what it lacks."""
    widths, lacking = list(least), sum(whole) - sum(least)
    spare = min(room - sum(least), lacking)
    if spare >= 0:
        widths = [word + spare * (full - word) // max(lacking, 1) for full, word in zip(whole, least, strict=True)]
        for index, full in enumerate(whole):
            widths[index] += min(full - widths[index], sum(least) + spare - sum(widths))
        return widths
    while sum(widths) > max(room, 8 * len(widths)) and max(widths) > 8:
        widths[widths.index(max(widths))] -= 1
    return widths


def _narrow(heading: str, cells: Sequence[str]) -> str:
    """The heading in more lines, as narrow as the cells under it and its longest word allow."""
    width = max(_longest_word([heading]), _width(cells), 1)
    return textwrap.fill(heading, width, break_long_words=False, break_on_hyphens=False)


def _width(texts: Iterable[str]) -> int:
    return max((cell_len(line) for text in texts for line in text.split("\n")), default=0)


def _longest_word(texts: Iterable[str]) -> int:
    return max((cell_len(word) for text in texts for word in text.split()), default=0)
