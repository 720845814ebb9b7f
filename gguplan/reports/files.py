"""Files that appear whole or not at all, and never over something that is there, unless asked."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path

from gguplan.inputs.findings import Finding, InputError, Place
from gguplan.inputs.shipped import shown
from gguplan.language import _
from gguplan.model.result import Table
from gguplan.money import plain_euros
from gguplan.whole_files import put_files


def write_files(folder: Path, contents: Mapping[str, bytes], force: bool) -> list[Path]:
    """Write all files into `folder`, made when it is not there; returns their paths.

    Nothing is half written (`put_files`). Raises InputError when a file is there already (unless `force`), or when the
    folder cannot be written in.
    """
    targets = [folder / name for name in contents]
    there = [target for target in targets if target.exists()]
    if there and not force:
        raise InputError(
            [
                Finding(
                    Place(shown(target)),
                    _("This file is there already."),
                    _("Choose another place, or overwrite it with --force."),
                )
                for target in there
            ]
        )
    try:
        put_files(dict(zip(targets, contents.values(), strict=True)))
    except OSError as problem:
        raise InputError(
            [
                Finding(
                    Place(shown(folder)),
                    _("Nothing can be written here: {problem}.", problem=problem.strerror),
                    _("Choose another folder, or make room."),
                )
            ]
        ) from problem
    return targets


def csv_of(table: Table) -> bytes:
    """A table as CSV: UTF-8, comma, decimal point; columns in cents become columns in euros.

    Text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    columns = {
        name.replace("_cents", "_euros"): [
            plain_euros(value) if name.endswith("_cents") else _cell(value) for value in values
        ]
        for name, values in table.items()
    }
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(zip(*columns.values(), strict=True))
    return out.getvalue().encode()


def _cell(value: object) -> str:
    text = str(value)
    return "'" + text if isinstance(value, str) and text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
