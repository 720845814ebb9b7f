"""A file of a folder ``population_data``: CSV in one form, that somebody may have made by hand."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any, Final, NoReturn

from gguplan.findings import MOST_FINDINGS, Finding, InputError, Place
from gguplan.language import _
from gguplan.shipped import shown
from gguplan.visible_text import has_unseen, on_one_line

LARGEST_FILE: Final = 20_000_000
"""The most bytes of a table that somebody brings."""


def text_of(file: Path, errors: str = "strict") -> str:
    """The text of a file; what is not UTF-8 as `errors` says.

    Raises InputError when it cannot be read, or is larger than any table.
    """
    try:
        if not file.is_file():
            _refuse(file, _("there is no such file"))
        with file.open("rb") as source:
            content = source.read(LARGEST_FILE + 1)
        if len(content) > LARGEST_FILE:
            _refuse(file, _("it is larger than {limit} MB", limit=LARGEST_FILE // 1_000_000))
        text = content.decode("utf-8-sig", errors)
    except (OSError, UnicodeDecodeError) as problem:
        _refuse(file, problem.strerror if isinstance(problem, OSError) and problem.strerror else problem)
    _refuse_unseen(file, text)
    return text


def _refuse_unseen(file: Path, text: str) -> None:
    """Raise InputError with every line in which a character stands that cannot be seen: what these files say goes to
    screens, pages and documents."""
    findings = [
        Finding(
            Place(shown(file), number, excerpt=on_one_line(line)),
            _("A character stands in this line that cannot be seen."),
            _("Take it out, or write the text again."),
        )
        for number, line in enumerate(text.split("\n"), start=1)
        if has_unseen(line.removesuffix("\r"))
    ]
    if findings:
        raise InputError(findings[:MOST_FINDINGS])


def rows_of(file: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Each row by the names of the columns, with the line at which it ends; what is not UTF-8 is replaced.

    Raises InputError as `text_of`, and where the text does not fall apart into cells.
    """
    reader = csv.DictReader(StringIO(text_of(file, "replace"), newline=""))
    try:
        for row in reader:
            yield reader.line_num, row
    except csv.Error:
        refuse_cells(file, reader.line_num + 1)


def refuse_cells(file: Path, line: int) -> NoReturn:
    """Raise InputError for a cell that goes on without end."""
    raise InputError(
        [
            Finding(
                Place(shown(file), line),
                _("From this line on the text does not fall apart into cells: is a quotation mark not closed?"),
                _('Close the quotation mark, or write "" where a cell holds one.'),
            )
        ]
    )


def _refuse(file: Path, problem: object) -> NoReturn:
    raise InputError(
        [
            Finding(
                Place(shown(file)),
                _("This file cannot be read: {problem}.", problem=problem),
                _("Make it again with: gguplan population add FILE --year YEAR"),
            )
        ]
    )
