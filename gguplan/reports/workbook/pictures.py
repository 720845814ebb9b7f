"""Pictures on the sheets: charts of the model, with their words for who does not see them."""

from __future__ import annotations

import math
from io import BytesIO
from typing import Final

from gguplan.reports.charts.drawing import Picture, png_of
from gguplan.reports.workbook.sheet import Sheet

PIXELS_PER_INCH: Final = 144
"""Of a picture at its own size: more than 200 to an inch of paper, because a sheet is printed smaller than it is."""

_SCREEN: Final = 96
"""Pixels an inch of a spreadsheet."""

_ROW: Final = 20
_CHARACTER: Final = 7
_PAGE: Final = 17.1 / 27.1
"""The height of a page that lies on its side by its width, within the margins of `Sheet`."""

_WITH_CELLS: Final = 2
"""Moves with the cells and keeps its size: rows above it that turn out higher push it down and do not stretch it."""


def rows_of_a_page(widths: float) -> int:
    """How many rows there are on a page of a sheet that is so many characters wide."""
    return int(_CHARACTER * widths * _PAGE / _ROW)


def write_picture(sheet: Sheet, row: int, drawn: Picture, rows: int) -> int:
    """Put a picture at `row` and over at most so many rows; returns the row below it."""
    png = png_of(drawn, PIXELS_PER_INCH)
    # The header of a PNG has its width and height, each in four bytes.
    height = int.from_bytes(png[20:24]) * _SCREEN / PIXELS_PER_INCH
    scale = min(1.0, rows * _ROW / height)
    options = {
        "image_data": BytesIO(png),
        "x_scale": scale,
        "y_scale": scale,
        "object_position": _WITH_CELLS,
        "description": drawn.alt,
    }
    sheet.page.insert_image(row, 0, "chart.png", options)
    return row + math.ceil(scale * height / _ROW) + 1
