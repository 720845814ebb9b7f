"""Workbooks as a user has them: read, filled in, and worked out anew by LibreOffice."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

from python_calamine import CalamineWorkbook

from gguplan.inputs.ledger.ledger_files import load_ledger
from gguplan.inputs.ledger.realised_years import realised_years
from gguplan.inputs.population.boundaries import boundaries_of
from gguplan.model.result import RunResult
from gguplan.model.spending import spending_of
from gguplan.reports.workbook.writing import workbook_of
from tests.open_office import converted

Cells = dict[tuple[str, int, int], object]
"""What stands in a workbook, by sheet, row and column from 1; without empty cells."""

_FILLED: Final = re.compile(r'<c r="(?P<at>[A-Z]+\d+)"(?P<style> s="\d+")?(?: t="s")?><v>[^<]*</v></c>')
"""A cell with a value, and without a formula."""


def written(result: RunResult, gm_code: str | None = None) -> bytes:
    """The workbook of a run with its forecast."""
    return workbook_of(
        result, spending_of(result, realised_years(load_ledger())), boundaries_of(result.population), gm_code
    )


def without_forecast(result: RunResult, gm_code: str | None = None) -> bytes:
    """The workbook of a run, made in half the time, for who does not look at the forecast."""
    return workbook_of(result, None, boundaries_of(result.population), gm_code)


def cells(workbook: bytes) -> Cells:
    """Every value in a workbook."""
    book = CalamineWorkbook.from_filelike(BytesIO(workbook))
    return {
        (name, row, column): value
        for name in book.sheet_names
        for row, values in enumerate(book.get_sheet_by_name(name).to_python(), start=1)
        for column, value in enumerate(values, start=1)
        if value != ""
    }


def parts(workbook: bytes) -> dict[str, str]:
    """The XML files in a workbook."""
    with zipfile.ZipFile(BytesIO(workbook)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist() if not name.endswith(".png")}


def pictures(workbook: bytes) -> dict[str, bytes]:
    """The PNG files in a workbook."""
    with zipfile.ZipFile(BytesIO(workbook)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name.endswith(".png")}


def filled_in(workbook: bytes, values: dict[tuple[str, str], float | str]) -> bytes:
    """The workbook with other values in some cells, by sheet and address; every formula keeps its old value."""
    xml = parts(workbook)
    order = re.findall(r'<sheet name="([^"]+)"', xml["xl/workbook.xml"])
    for sheet in dict.fromkeys(sheet for sheet, _address in values):
        part = f"xl/worksheets/sheet{order.index(escape(sheet)) + 1}.xml"
        own = {address: value for (on, address), value in values.items() if on == sheet}

        def cell(written: re.Match[str], own: dict[str, float | str] = own) -> str:
            if written["at"] not in own:
                return written[0]
            value = own.pop(written["at"])
            body = f"<is><t>{escape(value)}</t></is>" if isinstance(value, str) else f"<v>{value!r}</v>"
            kind = ' t="inlineStr"' if isinstance(value, str) else ""
            return f'<c r="{written["at"]}"{written["style"] or ""}{kind}>{body}</c>'

        xml[part] = _FILLED.sub(cell, xml[part])
        assert not own, (sheet, own)
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in (xml | pictures(workbook)).items():
            archive.writestr(name, content)
    return made.getvalue()


def recalculated(folder: Path, *workbooks: bytes) -> list[Cells]:
    """What LibreOffice makes of workbooks when it works every formula out anew."""
    files = [folder / f"workbook-{number}.xlsx" for number in range(len(workbooks))]
    for file, workbook in zip(files, workbooks, strict=True):
        file.write_bytes(workbook)
    return [cells(made.read_bytes()) for made in converted(folder / "out", "xlsx", *files)]


def address(cells_there: Cells, sheet: str, column: str, **columns: object) -> tuple[str, str]:
    """The one cell of a column in the row where other columns say something: ``A="Tarief"``."""

    def number(letters: str) -> int:
        return ord(letters) - ord("A") + 1

    rows = {row for name, row, _column in cells_there if name == sheet}
    matching = [
        row
        for row in rows
        if all(cells_there.get((sheet, row, number(key))) == value for key, value in columns.items())
    ]
    assert len(matching) == 1, (sheet, columns, matching)
    return sheet, f"{column}{matching[0]}"
