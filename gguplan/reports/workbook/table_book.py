"""Tables as a workbook: an opening sheet with the answer and what it rests on, and a sheet for each table."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from math import ceil
from typing import Any, Final

from msgspec import Struct, field
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook

from gguplan.language import _
from gguplan.model.result import Table
from gguplan.reports.tables.headings import heading_of
from gguplan.reports.workbook.sheet import Sheet, lines_of
from gguplan.reports.workbook.styles import Styles

_HEADINGS: Final = 2
"""The row of the headings on the sheet of a table, from 0."""
_WIDTH: Final = 100
_PAPER: Final = 220
"""The widest that is still read on one page, in characters."""
_DECIMAL: Final = re.compile(r"-?[0-9]+\.[0-9]+")
_SHARES: Final = ("realisation_ratio", "share_of_variance", "standard_error")
_TAB: Final = "#5B8DB8"


class TableSheet(Struct, frozen=True):
    """One table on a sheet of its own.

    `name` is that of the sheet, `note` what must be known of the table. `totals` are the columns that are added up
    under it, and `formulas` say of a column of which others it is the sum: their names, each with 1 or -1.
    """

    name: str
    note: str
    table: Table
    totals: frozenset[str] = frozenset()
    formulas: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


def table_workbook(
    title: str, answer: Sequence[str], sources: Sequence[tuple[str, str]], sheets: Sequence[TableSheet], day: date
) -> bytes:
    """The workbook in the current language; the same tables give the same bytes.

    `answer` are the sentences that it opens with, `sources` pairs of what and from where. Tables without rows get no
    sheet. `day` is the date of the file: that of what is in it, not of today.
    """
    stream = BytesIO()
    workbook = Workbook(stream, {"in_memory": True})
    comments = _("Made by gguplan. The date of this file is the reference date of the inhabitants.")
    workbook.set_properties(
        {"title": title[:255], "author": "gguplan", "comments": comments, "created": datetime.combine(day, time())}
    )
    styles = Styles(workbook)
    filled = [sheet for sheet in sheets if any(len(values) for values in sheet.table.values())]
    _write_overview(Sheet(workbook, _("Overview"), styles, title), title, answer, sources, filled)
    for sheet in filled:
        page = Sheet(workbook, sheet.name, styles, title)
        page.page.set_tab_color(_TAB)
        write_table(page, sheet)
    workbook.close()
    return stream.getvalue()


def _write_overview(
    page: Sheet, title: str, answer: Sequence[str], sources: Sequence[tuple[str, str]], sheets: Sequence[TableSheet]
) -> None:
    page.widths(30, _WIDTH - 30)
    page.on_paper(landscape=False)
    page.title(title)
    row = 2
    for sentence in answer:
        page.across(row, 0, 1, sentence, "cell")
        page.height(row, lines_of(sentence, _WIDTH))
        row += 1
    for heading, rows in ((_("Rests on"), sources), (_("Sheets"), [(sheet.name, sheet.note) for sheet in sheets])):
        if not rows:
            continue
        row += 1
        page.text(row, 0, heading, "section")
        row += 1
        for name, text in rows:
            page.wrapped(row, (30, _WIDTH - 30), (name, text))
            row += 1


def write_table(page: Sheet, sheet: TableSheet) -> None:
    """Write one table on its sheet."""
    columns = {name: list(values) for name, values in sheet.table.items()}
    count = len(next(iter(columns.values())))
    # A column in which nothing stands says nothing.
    columns = {name: values for name, values in columns.items() if any(not _is_empty(value) for value in values)}
    names = list(columns)
    kinds = {name: _kind(name, values) for name, values in columns.items()}
    widths = [_width(heading_of(name), columns[name], kinds[name]) for name in names]
    if sheet.totals:
        widths[0] = max(widths[0], len(_("Total of what is shown")) + 2)
    page.widths(*widths)
    page.title(sheet.name, sheet.note, min(len(names), 8))
    headings = [heading_of(name) for name in names]
    # Text beside a number stands against it without room between.
    indented = {
        column
        for column in range(1, len(names))
        if kinds[names[column]] == "text" and kinds[names[column - 1]] != "text"
    }
    page.page.set_row(_HEADINGS, 45)
    for column, (name, heading) in enumerate(zip(names, headings, strict=True)):
        look = "heading" if kinds[name] == "text" else "number_heading"
        page.text(_HEADINGS, column, heading, "indented_heading" if column in indented else look)
    places = {name: column for column, name in enumerate(names)}
    for index in range(count):
        row = _HEADINGS + 1 + index
        for column, name in enumerate(names):
            value = columns[name][index]
            if name in sheet.formulas and value is not None:
                parts = sheet.formulas[name].items()
                formula = "=" + "".join(
                    f"{'+' if sign > 0 else '-'}{xl_rowcol_to_cell(row, places[part])}" for part, sign in parts
                ).removeprefix("+")
                page.sum_in_euros(row, column, formula, int(value))
            else:
                _write_cell(page, row, column, kinds[name], value, "indented" if column in indented else "line")
    last = _HEADINGS + count
    if sheet.totals:
        for column, name in enumerate(names):
            if name in sheet.totals and kinds[name] in ("euros", "count"):
                total = sum(int(value) for value in columns[name] if not _is_empty(value))
                top, end = (xl_rowcol_to_cell(row, column) for row in (_HEADINGS + 1, last))
                formula = f"=SUBTOTAL(109,{top}:{end})"
                if kinds[name] == "euros":
                    page.sum_in_euros(last + 1, column, formula, total, look="total")
                else:
                    page.formula(last + 1, column, formula, total, look="total")
            else:
                page.text(last + 1, column, _("Total of what is shown") if column == 0 else "", "total")
    page.page.freeze_panes(_HEADINGS + 1, 0)
    page.page.autofilter(_HEADINGS, 0, last, len(names) - 1)
    page.on_paper(headings=(_HEADINGS, _HEADINGS))
    # A wide table goes over several pages, each with the first column, for else nobody can read it.
    page.page.fit_to_pages(ceil(sum(widths) / _PAPER), 0)
    page.page.repeat_columns(0)


def _is_empty(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value)


def _kind(name: str, values: Sequence[Any]) -> str:
    """The number format of a column, or text."""
    filled = [value for value in values if not _is_empty(value)]
    if name.endswith("_cents"):
        return "euros"
    if name in ("year", "reference_year", "since"):
        return "year"
    if name.startswith("chance_") or name in _SHARES:
        return "share"
    if filled and all(isinstance(value, str) and _DECIMAL.fullmatch(value) for value in filled):
        return "rate" if name.endswith("_per_inhabitant") or name == "floor" else "decimal"
    if filled and all(isinstance(value, Decimal) for value in filled):
        return "figure"
    numbers = all(hasattr(value, "__index__") and not isinstance(value, bool) for value in filled)
    return "count" if filled and numbers else "text"


def _write_cell(page: Sheet, row: int, column: int, kind: str, value: Any, look: str) -> None:
    if _is_empty(value):
        page.text(row, column, "", look)
    elif kind == "euros":
        page.euros(row, column, int(value))
    elif kind == "text":
        words = {True: _("yes"), False: _("no")}
        page.text(row, column, words[value] if isinstance(value, bool) else str(value), look)
    elif kind == "figure":
        page.number(row, column, float(value), "count" if value == int(value) else "decimal")
    else:
        page.number(row, column, float(value), kind)


def _width(heading: str, values: Sequence[Any], kind: str) -> float:
    word = max(map(len, heading.split()), default=0) * 1.2
    if kind == "text":
        return min(46, max(12, word, *(len(str(value)) for value in values[:500])))
    return min(46, max(18 if kind == "euros" else 13, word))
