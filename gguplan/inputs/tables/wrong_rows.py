"""Mistakes in the rows of a table: one that is made again and again is told once, with its count."""

from __future__ import annotations

from msgspec import Struct, field

from gguplan.findings import Findings
from gguplan.inputs.tables.reading import Table
from gguplan.language import plural


class WrongRows(Struct):
    """The mistakes of one table, by kind, on their way to findings."""

    table: Table
    findings: Findings
    apart: int = 1
    """How many of a kind are told one by one, before the rest is told as a count."""
    made: dict[str, list[tuple[int, int | None, str, str]]] = field(default_factory=dict)

    def add(self, kind: str, row: int, column: int | None, what: str, remedy: str) -> None:
        """Note a mistake of a kind at a row and, where it is one cell, a column."""
        self.made.setdefault(kind, []).append((row, column, what, remedy))

    def tell(self) -> None:
        """Turn the mistakes into findings: the first of a kind apart, more of them as one with their lines."""
        for mistakes in self.made.values():
            apart = mistakes[: self.apart] if len(mistakes) > self.apart + 1 or self.apart == 1 else mistakes
            rest = sorted({self.table.lines[row] for row, *_mistake in mistakes[len(apart) :]})
            for number, (row, column, what, remedy) in enumerate(apart, start=1):
                if rest and number == len(apart):
                    shown = ", ".join(map(str, rest[:8])) + (" …" if len(rest) > 8 else "")
                    remedy += "\n" + plural(
                        "{count} more row has such a mistake: line {lines}.",
                        "{count} more rows have such a mistake: lines {lines}.",
                        len(rest),
                        lines=shown,
                    )
                self.findings.add(self.table.place(row, column), what, remedy)
