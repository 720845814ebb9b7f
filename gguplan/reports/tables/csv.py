"""A table as CSV, which a spreadsheet opens and never runs."""

from __future__ import annotations

import csv
import io

from gguplan.model.result import Table
from gguplan.money import plain_euros


def csv_of(table: Table) -> bytes:
    """A table as CSV: UTF-8, comma, decimal point; columns in cents become columns in euros, None an empty cell.

    Text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    columns = {
        name.replace("_cents", "_euros"): [
            _amount(value) if name.endswith("_cents") else _cell(value) for value in values
        ]
        for name, values in table.items()
    }
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(zip(*columns.values(), strict=True))
    return out.getvalue().encode()


def _amount(cents: int | None) -> str:
    return "" if cents is None else plain_euros(cents)


def _cell(value: object) -> str:
    text = str(value)
    return "'" + text if isinstance(value, str) and text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
