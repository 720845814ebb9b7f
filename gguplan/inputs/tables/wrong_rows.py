"""Mistakes in the rows of a table: one that is made again and again is told once, with its count."""

from __future__ import annotations

from dataclasses import dataclass, field

from gguplan.inputs.findings import Findings
from gguplan.inputs.tables.reading import Table
from gguplan.language import plural


@dataclass
class WrongRows:
    """The mistakes of one table, by kind, on their way to findings."""

    table: Table
    findings: Findings
    first: dict[str, tuple[int, int | None, str, str]] = field(default_factory=dict)
    lines: dict[str, list[int]] = field(default_factory=dict)

    def add(self, kind: str, row: int, column: int | None, what: str, remedy: str) -> None:
        """Note a mistake of a kind at a row and, where it is one cell, a column."""
        self.first.setdefault(kind, (row, column, what, remedy))
        self.lines.setdefault(kind, []).append(self.table.lines[row])

    def tell(self) -> None:
        """Turn the mistakes into findings: up to three of a kind each, more of them as one with their lines."""
        for kind, (row, column, what, remedy) in self.first.items():
            lines = sorted(set(self.lines[kind]))
            if len(lines) > 1:
                shown = ", ".join(map(str, lines[1:9])) + (" …" if len(lines) > 9 else "")
                more = plural(
                    "{count} more row has such a mistake: line {lines}.",
                    "{count} more rows have such a mistake: lines {lines}.",
                    len(lines) - 1,
                    lines=shown,
                )
                remedy = f"{remedy}\n{more}"
            self.findings.add(self.table.place(row, column), what, remedy)
