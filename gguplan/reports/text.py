"""Tables and lines for the terminal: as wide as the window, or 100 columns in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from gguplan.inputs.population.years import Population
from gguplan.language import current_language, plural
from gguplan.money import format_number

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table


def console(width_in_a_pipe: int = 100) -> Console:
    """Where results go: stdout, without reading markup in names that come from data."""
    from rich.console import Console

    width = None if sys.stdout.isatty() else width_in_a_pipe
    return Console(file=sys.stdout, width=width, markup=False, highlight=False, emoji=False)


def table(headings: Sequence[str] | None, rows: Iterable[Sequence[str]], words: int = 1, total: bool = False) -> Table:
    """A table whose first `words` columns are text, which may wrap, and whose others are numbers.

    With `total` the last row is set apart as the sum of the others. Cells come from data, so they are never
    read as markup.
    """
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    every = [[Text(cell) for cell in row] for row in rows]
    columns = headings or [""] * max(map(len, every), default=0)
    made = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, show_header=headings is not None)
    for index, heading in enumerate(columns):
        numbers = index >= words
        made.add_column(Text(heading), justify="right" if numbers else "left", no_wrap=numbers, overflow="fold")
    for index, row in enumerate(every):
        last = total and index == len(every) - 1
        if last:
            made.rows[-1].end_section = True
        made.add_row(*row, style="bold" if last else None)
    return made


def inhabitants_line(population: Population) -> str:
    """Whose inhabitants count, in one line."""
    return plural(
        "{total} inhabitants in one municipality on 1 January {year} ({status})",
        "{total} inhabitants in {count} municipalities on 1 January {year} ({status})",
        len(population.municipalities),
        total=format_number(population.total),
        year=population.year,
        status=population.status_in_words,
    )


def per_inhabitant(euros: Decimal) -> str:
    """Euros an inhabitant with four decimals, in the current language."""
    from babel.numbers import format_currency

    pattern = "¤ #,##0.0000;¤ -#,##0.0000" if current_language() == "nl" else "¤#,##0.0000;-¤#,##0.0000"
    return str(format_currency(euros, "EUR", pattern, locale=current_language(), currency_digits=False))


def decimals(value: float, count: int) -> str:
    """A number with `count` decimals in the current language; never a minus before 0."""
    from babel.numbers import format_decimal

    pattern = "0" + ("." + "0" * count if count else "")
    return str(format_decimal(round(value, count) + 0.0, pattern, locale=current_language()))
