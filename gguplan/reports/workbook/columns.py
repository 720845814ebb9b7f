"""A column of one programme's division, and the letters of its columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct

from gguplan.reports.workbook.layout import Block


class Column(Struct, frozen=True):
    """One column: `values` by position; `formula` from a position and a line (from 1), or None for values only."""

    noun: str
    heading: str
    values: Sequence[float]
    formula: Callable[[int, int], str] | None = None
    number: str = "cents"
    look: str = "line"
    width: float = 13


class Letters(dict[str, str]):
    """The letter of each column of a block, fixed with a dollar."""

    def __init__(self, block: Block) -> None:
        from xlsxwriter.utility import xl_col_to_name

        super().__init__({noun: f"${xl_col_to_name(column)}" for noun, column in block.columns.items()})
