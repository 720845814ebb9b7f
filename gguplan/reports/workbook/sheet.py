"""One sheet: text that is never a formula, amounts in euros, and formulas with their computed values."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from gguplan.language import _
from gguplan.reports.workbook.styles import Styles

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

_A4: Final = 9
_ONE_LINE: Final = 16
_LINE_HEIGHT: Final = 15
_LETTERS: Final = 1.25
"""How many letters of a text there are in the width of a digit."""


class Formula(NamedTuple):
    """A formula in a cell without its =, as XlsxWriter has it, which goes by the name of this class."""

    formula: str
    format: Format
    value: float | str


class _Page(Worksheet):  # type: ignore[misc]
    """A worksheet that takes formulas as they are, and writes those that come to a number as they stand.

    XlsxWriter searches each for thirty functions of later Excels, which none of these has, and asks of every cell anew
    what it is. That is most of the time that a workbook takes, of which nearly all cells are such formulas.
    """

    def write_formula(self, row: int, col: int, formula: str, cell_format: Format, value: float | str) -> None:
        """Put a formula in a cell, with what it comes to."""
        if not self._check_dimensions(row, col):
            self.table[row][col] = Formula(formula.removeprefix("="), cell_format, value)

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        if not isinstance(cell, Formula) or isinstance(cell.value, str):
            super()._write_cell(row, col, cell)
            return
        formula = cell.formula.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        style = cell.format._get_xf_index()
        self.fh.write(f'<c r="{_letters_of(col)}{row + 1}" s="{style}"><f>{formula}</f><v>{cell.value}</v></c>')


_letters_of: Final = cache(xl_col_to_name)


class Sheet:
    """A sheet under its name; rows and columns are counted from 0."""

    def __init__(self, workbook: Workbook, name: str, styles: Styles, title: str) -> None:
        self.page: Worksheet = workbook.add_worksheet(name, _Page)
        self.styles = styles
        self.has_inputs = False
        """Whether a cell of it can be changed, once all are written."""
        self.page.hide_gridlines(2)
        self.page.set_paper(_A4)
        self.page.set_margins(left=0.5, right=0.5, top=0.75, bottom=0.75)
        # In headers and footers & begins an order to the printer; a footer holds 255 characters.
        page = _("Page {page} of {pages}", page="&P", pages="&N")
        self.page.set_footer(f"&L&8 {title[:100].replace('&', '&&')}&R&8 {page}")

    def protect(self) -> None:
        """Let only what can be changed be changed, without a password: whoever wants to change more takes it off."""
        self.page.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})

    def widths(self, *widths: float) -> None:
        """The widths of the columns from the left, in characters."""
        for column, width in enumerate(widths):
            self.page.set_column(column, column, width)

    def on_paper(self, landscape: bool = True, headings: tuple[int, int] | None = None) -> None:
        """One page wide, as many long as it takes; `headings` are the rows that every page begins with."""
        if landscape:
            self.page.set_landscape()
        self.page.fit_to_pages(1, 0)
        if headings is not None:
            self.page.repeat_rows(*headings)

    def title(self, text: str, note: str = "", columns: int = 0, more: Sequence[str] = ()) -> None:
        """What the sheet is, and under it what must be known of it, and `more`, over `columns` columns."""
        self.page.set_row(0, 26)
        self.text(0, 0, text, "title")
        if note:
            self.page.set_row(1, min(30 * (1 + len(more)), 400))
            self.across(1, 0, columns - 1, "\n".join((note, *more)), "note")

    def text(self, row: int, column: int, text: str, look: str = "line") -> None:
        """Text as it is, also when it begins with = or looks like a link."""
        self.page.write_string(row, column, text, self.styles.get(look))

    def wrapped(self, row: int, widths: Sequence[float], texts: Sequence[str], look: str = "cell") -> None:
        """Text in the first columns, which are so wide, and the row as high as it takes."""
        for column, text in enumerate(texts):
            self.text(row, column, text, look)
        self.height(row, max(lines_of(text, width) for text, width in zip(texts, widths, strict=True)))

    def height(self, row: int, lines: int) -> None:
        """Make a row so many lines high."""
        self.page.set_row(row, min(_LINE_HEIGHT * lines, 400))

    def across(self, row: int, first: int, last: int, text: str, look: str = "note") -> None:
        """Text over several columns."""
        style = self.styles.get(look)
        if first == last:
            self.page.write_string(row, first, text, style)
            return
        self.page.merge_range(row, first, row, last, "", style)
        self.page.write_string(row, first, text, style)

    def headings(self, row: int, texts: Sequence[str], words: int = 1, first: int = 0) -> None:
        """Column headings, of which the first `words` stand over text."""
        self.page.set_row(row, 30 if max(map(len, texts)) > _ONE_LINE else 20)
        for index, text in enumerate(texts):
            self.text(row, first + index, text, "heading" if index < words else "number_heading")

    def number(self, row: int, column: int, value: float, number: str = "count", look: str = "line") -> None:
        """A number that is filled in."""
        self.has_inputs = self.has_inputs or look == "input"
        self.page.write_number(row, column, value, self.styles.get(look, number))

    def euros(self, row: int, column: int, cents: int, look: str = "line", number: str = "euros") -> None:
        """An amount in cents that is filled in, as euros."""
        self.number(row, column, cents / 100, number, look)

    def formula(
        self, row: int, column: int, formula: str, value: float | str, number: str = "count", look: str = "line"
    ) -> None:
        """A formula, with what it comes to according to the model."""
        self.page.write_formula(row, column, formula, self.styles.get(look, number), value)

    def sum_in_euros(
        self, row: int, column: int, formula: str, cents: int, number: str = "euros", look: str = "line"
    ) -> None:
        """A formula that comes to an amount in euros, with the cents that it comes to according to the model."""
        self.formula(row, column, formula, cents / 100, number, look)


def lines_of(text: str, width: float) -> int:
    """About how many lines a text takes in `width` characters."""
    return sum(math.ceil(max(1, len(line)) / (_LETTERS * width)) for line in text.splitlines() or [""])
