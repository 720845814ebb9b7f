"""What a command writes with ``--out``: a workbook, or its tables as CSV in a folder; with the record of the run."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Literal

from gguplan.atomic_files import Content
from gguplan.findings import Finding, InputError, Place
from gguplan.inputs.strict_model import StrictModel
from gguplan.language import Language, _, current_language, written_in
from gguplan.runs.output_files import fail_if_not_free, write_paths
from gguplan.runs.outputs import recipe
from gguplan.runs.record import FileName
from gguplan.runs.recorded_files import fail_if_not_recordable, in_folder, record_path, with_record
from gguplan.runs.request import Request
from gguplan.runs.workbook_files import is_workbook

STANDARD_OUTPUT: Final = Path("-")
"""As the place of a table: it is shown, without a record, instead of the report."""


class TableArguments(StrictModel):
    """In which form the tables of a command are written."""

    workbook: FileName | None = None
    """The name of the workbook that is written; without it the tables are."""
    csv: Literal["plain", "excel"] = "plain"
    """For machines, or as a Dutch Excel opens them."""


def table_arguments(
    command: str, out: Path | None, csv: str | None, typed: Language | None, force: bool
) -> dict[str, Any]:
    """The form in which the tables are written: a workbook for a name that ends in ``.xlsx``; CSV for Excel where that
    is asked, or where Dutch was typed (``--lang nl``); else CSV for machines.

    Raises InputError for a file that the command does not write, for one that is there already, and for a form of CSV
    where no table is written.
    """
    if out == STANDARD_OUTPUT:
        return {"csv": csv_form(csv, typed)}
    if out is None or is_workbook(out, command):
        fail_if_stated(csv)
        if out is None:
            return {}
        fail_if_not_recordable(out)
        fail_if_not_free([out, record_path(out, folder=False)], force)
        return {"workbook": out.name}
    return {"csv": csv_form(csv, typed)}


def _show_the_only_table(files: Mapping[str, bytes]) -> None:
    """Write a table to standard output, byte for byte as a file holds it. Raises InputError where there are more."""
    if len(files) > 1:
        what = _("{count} tables do not go to standard output.", count=len(files))
        raise InputError([Finding(Place("--out -"), what, _("Name a folder, or ask for one scenario."))])
    (table,) = files.values()
    sys.stdout.flush()
    sys.stdout.buffer.write(table)


def fail_if_stated(csv: str | None) -> None:
    """Raise InputError for a form of CSV where no CSV is written."""
    if csv is not None:
        what = _("--csv says how tables are written, and none is.")
        remedy = _("Name a folder with --out, or leave --csv out.")
        raise InputError([Finding(Place(f"--csv {csv}"), what, remedy)])


def csv_form(csv: str | None, typed: Language | None) -> Literal["plain", "excel"]:
    """The form of CSV: the one that is asked, or that for Excel where Dutch was typed, else that for machines."""
    return "excel" if csv == "excel" or (csv is None and typed == "nl") else "plain"


def write_out(out: Path, result: Any, request: Request, typed: Language | None, force: bool) -> None:
    """Write the files of a command where it was asked, with their record; a workbook in Dutch, unless another language
    was typed. The one table of a command may go to `STANDARD_OUTPUT`, without a record.

    Raises InputError as `write_paths`, `in_folder` and `with_record` do.
    """
    made_by = recipe(request.command)
    assert made_by is not None
    workbook, spoken = request.arguments.workbook, current_language()
    with written_in((typed or "nl") if workbook is not None else spoken):
        if made_by.HAS_WORDS and current_language() != spoken:
            result = made_by.work_out(request)
        files = made_by.files(result, request)
        contents: dict[Path, Content] = {}
        if workbook is not None:
            contents = with_record(out, files[workbook], request)
        elif out != STANDARD_OUTPUT:
            contents = in_folder(out, files, request, force)
    # What the system refuses is told in the language of who asks.
    if contents:
        write_paths(contents, force, out if workbook is None else None)
    else:
        _show_the_only_table(files)
