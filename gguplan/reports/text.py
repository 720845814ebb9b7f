"""Tables and lines for the terminal: as wide as the window, or 100 columns in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from gguplan.inputs.population import Population
from gguplan.language import _, current_language
from gguplan.money import format_number

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

_WIDTH_IN_A_PIPE: Final = 100


def console() -> Console:
    """Where results go: stdout, without reading markup in names that come from data."""
    from rich.console import Console

    width = None if sys.stdout.isatty() else _WIDTH_IN_A_PIPE
    return Console(file=sys.stdout, width=width, markup=False, highlight=False, emoji=False)


def table(headings: Sequence[str], rows: Iterable[Sequence[str]], words: int = 1, total: bool = False) -> Table:
    """A table whose first `words` columns are text, which may wrap, and whose others are numbers.

    With `total` the last row is set apart as the sum of the others.
    """
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    made = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for index, heading in enumerate(headings):
        if index < words:
            made.add_column(Text(heading), overflow="fold")
        else:
            made.add_column(Text(heading), justify="right", no_wrap=True)
    every = [list(row) for row in rows]
    for index, row in enumerate(every):
        if total and index == len(every) - 1:
            made.add_section()
        made.add_row(*(Text(cell) for cell in row), style="bold" if total and index == len(every) - 1 else None)
    return made


def inhabitants_line(population: Population) -> str:
    """Whose inhabitants count, in one line."""
    return _("{total} inhabitants in {count} municipalities on 1 January {year} ({status})",
             total=format_number(population.total), count=len(population.municipalities), year=population.year,
             status=population.status_in_words)


def per_inhabitant(euros: Decimal) -> str:
    """Euros an inhabitant with four decimals, in the current language."""
    from babel.numbers import format_decimal

    symbol = "€ " if current_language() == "nl" else "€"
    return symbol + str(format_decimal(euros, "#,##0.0000", locale=current_language()))
