"""A table as CSV, which a spreadsheet opens and never runs."""

from __future__ import annotations

import codecs
import csv
import io
import re
from typing import Any, Final, Literal, assert_never

from gguplan.model.result import Table
from gguplan.money import plain_euros
from gguplan.reports.tables.headings import heading_of
from gguplan.wording.population import status_in_words

CsvForm = Literal["plain", "excel"]
"""``plain`` is for machines: UTF-8, comma, decimal point, the names of the columns. ``excel`` is what a Dutch Excel
opens without a question: a byte order mark, semicolons, decimal commas, headings and words in the language."""

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_DECIMAL: Final = re.compile(r"-?[0-9]+\.[0-9]+")


def csv_of(table: Table, form: CsvForm = "plain") -> bytes:
    """A table as CSV: columns in cents become columns in euros, None an empty cell.

    Text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    out = io.StringIO()
    match form:
        case "plain":
            columns = {
                name.replace("_cents", "_euros"): list(map(_amount if name.endswith("_cents") else _cell, values))
                for name, values in table.items()
            }
            writer = csv.writer(out, lineterminator="\n")
            mark = b""
        case "excel":
            columns = {
                heading_of(name): list(
                    map(_amount_with_comma if name.endswith("_cents") else _cell_with_comma, _in_words(name, values))
                )
                for name, values in table.items()
            }
            writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
            mark = codecs.BOM_UTF8
        case _:
            assert_never(form)
    writer.writerow(columns)
    writer.writerows(zip(*columns.values(), strict=True))
    return mark + out.getvalue().encode()


def _in_words(name: str, values: Any) -> Any:
    """The values of a column in the language: what inhabitants are is a word, not a name for machines."""
    return [status_in_words(status) for status in values] if name == "population_status" else values


def _amount(cents: int | None) -> str:
    return "" if cents is None else plain_euros(cents)


def _amount_with_comma(cents: int | None) -> str:
    return _amount(cents).replace(".", ",")


def _cell(value: object) -> str:
    if isinstance(value, str):
        return "'" + value if value.startswith(_FORMULA) else value
    return "" if value is None else str(value)


def _cell_with_comma(value: object) -> str:
    """A cell in which a number has a decimal comma, also one that was written before."""
    if isinstance(value, float) or (isinstance(value, str) and _DECIMAL.fullmatch(value)):
        return str(value).replace(".", ",")
    return _cell(value)
