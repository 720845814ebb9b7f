"""The charts of the forecast: bars of what is expected, with a line to the two ends of its interval."""

from __future__ import annotations

import math
from typing import Any, Final

from msgspec import Struct

from gguplan.language import _
from gguplan.model.spending import Spending
from gguplan.reports.charts.axes import round_marks, with_zero
from gguplan.reports.charts.underspend import left_over_in_words, programmes_in_words
from gguplan.reports.workbook.book import Book
from gguplan.reports.workbook.styles import BLUE, GREY, GRID, axis_format

DOWN: Final = 10
UP: Final = 11
"""The columns with how far it is from what is expected to the ends of its interval: of a chart a spreadsheet takes that
from cells."""

_FONT: Final = {"name": "Calibri", "size": 9}
_WIDE: Final = 620
_BAR: Final = 22
_AROUND_THE_BARS: Final = 120
_ROW: Final = 20
_WITH_CELLS: Final = 2
"""Moves with the cells and keeps its size: rows above it that turn out higher push it down and do not stretch it."""


class Bars(Struct, frozen=True):
    """Bars of the cells in a column, named by those in the first column: the rows from `first` to `last`, all together
    below. `low` and `high` hold all that is drawn, in the unit of the cells."""

    first: int
    last: int
    column: int
    low: float
    high: float


def write_charts(book: Book, spending: Spending, ratios: Bars, left_over: Bars, row: int, rows: int) -> int:
    """Put both charts at `row`, beside each other and over at most so many rows; returns the row below them."""
    drawn = (
        (0, ratios, "0%", _("What will be spent of each programme"), programmes_in_words(spending)),
        (3, left_over, axis_format(), _("What is expected to be left over"), left_over_in_words(spending)),
    )
    tallest = 0
    for column, bars, number, title, words in drawn:
        height = min(_AROUND_THE_BARS + _BAR * (bars.last - bars.first + 1), rows * _ROW)
        chart = _chart(book, bars, number, title)
        chart.set_size({"width": _WIDE, "height": height})
        options = {"object_position": _WITH_CELLS, "description": words}
        book.sheet("forecast").page.insert_chart(row, column, chart, options)
        tallest = max(tallest, height)
    return row + math.ceil(tallest / _ROW) + 1


def _chart(book: Book, bars: Bars, number: str, title: str) -> Any:
    from xlsxwriter.utility import xl_range_abs

    name, sheet = book.layout.sheets["forecast"], book.layout.sheet("forecast")
    up, down = (f"={sheet}!{xl_range_abs(bars.first, column, bars.last, column)}" for column in (UP, DOWN))
    chart = book.workbook.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": title,
            "categories": [name, bars.first, 0, bars.last, 0],
            "values": [name, bars.first, bars.column, bars.last, bars.column],
            "fill": {"color": "#9DB6D3"},
            "gap": 40,
            "y_error_bars": {
                "type": "custom",
                "plus_values": up,
                "minus_values": down,
                "line": {"color": BLUE, "width": 1.25},
            },
        }
    )
    chart.set_title({"name": title, "name_font": {"name": "Calibri", "size": 12}})
    chart.set_legend({"none": True})
    chart.set_y_axis(
        {"reverse": True, "num_font": _FONT, "label_position": "low", "interval_unit": 1, "line": {"color": GREY}}
    )
    low, high = with_zero([bars.low, bars.high])
    first, second, *_more = round_marks(low, high)
    step = second - first
    chart.set_x_axis(
        {
            "num_format": number,
            "num_font": _FONT,
            "major_gridlines": GRID,
            "min": step * math.floor(low / step),
            "max": step * math.ceil(high / step),
            "major_unit": step,
        }
    )
    return chart
