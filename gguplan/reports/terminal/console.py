"""Tables and lines for the terminal: as wide as the window, or 100 columns in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from gguplan.language import _
from gguplan.reports.terminal.wrapping import between_words
from gguplan.visible_text import visible

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from gguplan.fund.fund_year import Origin


def console(width_in_a_pipe: int = 100) -> Console:
    """Where results go: stdout, without reading markup in names that come from data.

    What is printed with ``soft_wrap`` is one line in a pipe; on a screen it breaks between words. Figures are
    never cut off.
    """
    from rich.console import Console

    class Screen(Console):
        def print(self, *objects: Any, soft_wrap: bool | None = None, **how: Any) -> None:
            objects = tuple(visible(item) if isinstance(item, str) else item for item in objects)
            if soft_wrap and self.is_terminal:
                objects = tuple(between_words(item, self.width) if isinstance(item, str) else item for item in objects)
            super().print(*objects, soft_wrap=soft_wrap, **{"crop": False, **how})

        def on_broken_pipe(self) -> None:
            """Whoever reads went away: the command says what that means, where the library ends the process."""
            raise BrokenPipeError

    width = None if sys.stdout.isatty() else width_in_a_pipe
    return Screen(file=sys.stdout, width=width, markup=False, highlight=False, emoji=False)


def table(
    headings: Sequence[str] | None,
    rows: Iterable[Sequence[str]],
    words: int = 1,
    total: bool = False,
    cut: int | None = None,
) -> Table:
    """A table whose first `words` columns are text, which may wrap, and whose others are numbers.

    With `total` the last row is set apart as the sum of the others; `cut` is a column of text that is shortened
    rather than wrapped.
    """
    from gguplan.reports.terminal.fitted_table import FittedTable

    return FittedTable(headings, (tuple(map(visible, row)) for row in rows), words, total, cut)


def print_settings(out: Console, origin: Origin) -> None:
    """Print what was changed with ``--set``, when anything was: a title does not say it."""
    if origin.settings:
        out.print(_("Changed with --set: {settings}", settings="; ".join(origin.settings)), soft_wrap=True)
