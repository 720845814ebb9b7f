"""The rows of a CSV file of the ledger, each made into what its columns say."""

from __future__ import annotations

import csv
from pathlib import Path

from gguplan.findings import Findings, Place
from gguplan.inputs.typed_rows import Row, WrongCells, typed_row
from gguplan.language import _
from gguplan.shipped import shown


def read_rows(file: Path, kind: type[Row], findings: Findings) -> list[Row]:
    """Every row that can be read; what cannot becomes a finding with its line."""
    made: list[Row] = []
    try:
        with file.open(encoding="utf-8-sig", newline="") as source:
            for line, row in enumerate(csv.DictReader(source), start=2):
                try:
                    made.append(typed_row(kind, row))
                except WrongCells as problems:
                    findings.add(
                        Place(shown(file), line, excerpt=",".join(map(str, row.values()))),
                        _("This row cannot be read: {problem}.", problem=problems),
                        _("See README.md beside the file for its columns and the words they take."),
                    )
    except (OSError, UnicodeDecodeError) as problem:
        findings.add(
            Place(shown(file)),
            _("This file cannot be read: {problem}.", problem=problem),
            _("Save it as a CSV file in UTF-8."),
        )
    return made
