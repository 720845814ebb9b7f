"""The rows of a CSV file of the ledger, each made into what its columns say."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import BeforeValidator, TypeAdapter, ValidationError

from gguplan.findings import Findings, Place
from gguplan.language import _
from gguplan.shipped import shown

_Row = TypeVar("_Row")

YearOrEmpty = Annotated[int | None, BeforeValidator(lambda text: text or None)]
"""A year, or None where the column is empty."""


def read_rows(file: Path, kind: type[_Row], findings: Findings) -> list[_Row]:
    """Every row that can be read; what cannot becomes a finding with its line."""
    adapter = TypeAdapter(kind)
    made: list[_Row] = []
    try:
        with file.open(encoding="utf-8-sig", newline="") as source:
            for line, row in enumerate(csv.DictReader(source), start=2):
                try:
                    made.append(adapter.validate_python(row))
                except ValidationError as error:
                    problems = "; ".join(
                        f"{'.'.join(map(str, problem['loc']))}: {problem['msg']}" for problem in error.errors()
                    )
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
