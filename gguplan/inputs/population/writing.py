"""Writing a year of inhabitants into a folder ``population_data``: the year and its row, or neither."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path
from typing import Final

from gguplan.atomic_files import put_files
from gguplan.findings import Finding, InputError, Place
from gguplan.fund.municipalities import Status
from gguplan.inputs.population.importing import Imported
from gguplan.inputs.population.years import COLUMNS, folders, forget, years, years_in
from gguplan.language import _
from gguplan.shipped import shown
from gguplan.wording.amounts import format_number

YEARS_COLUMNS = ("year", "municipalities", "national_total", "status", "note", "note_nl")


TOTAL_OPTION: Final = Place("--total")


def fail_if_total_differs(imported: Imported, national_total: int | None, place: Place = TOTAL_OPTION) -> None:
    """Raise InputError when the figures do not add up to the published total (persons), which stands at `place`."""
    if national_total is not None and national_total != imported.total:
        raise InputError(
            [
                Finding(
                    place,
                    _(
                        "{file} adds up to {total} inhabitants, not to {national_total}: {difference} off.",
                        file=imported.file,
                        total=format_number(imported.total),
                        national_total=format_number(national_total),
                        difference=format_number(imported.total - national_total),
                    ),
                    _(
                        "Check whether the table is complete and the total is that of 1 January {year}.",
                        year=imported.year,
                    ),
                )
            ]
        )


def fail_if_there(year: int, folder: Path, force: bool) -> None:
    """Raise InputError when the folder has the year already and `force` is not given."""
    year_file, years_file = folder / f"{year}.csv", folder / "years.csv"
    years_there = years_in(folder) if years_file.is_file() else {}
    if (year in years_there or year_file.exists()) and not force:
        raise InputError(
            [
                Finding(
                    Place(shown(year_file)),
                    _("The inhabitants on 1 January {year} are already there.", year=year),
                    _("Write over them with --force, or write to another folder with --to FOLDER."),
                )
            ]
        )


def write_population(
    imported: Imported, folder: Path, status: Status, national_total: int | None = None, force: bool = False
) -> list[str]:
    """Write ``YYYY.csv`` and the row of the year in ``years.csv``; says what it did, in sentences.

    The other rows of ``years.csv`` stay. `national_total` are persons, None when it is not known; then a
    total known from before stays when the figures add up to it. Both files are written beside their place
    and then put there, so that a reader never finds half a file. Raises InputError when the year is there
    and `force` is not given, or when the folder cannot be written.
    """
    fail_if_total_differs(imported, national_total)
    year_file, years_file = folder / f"{imported.year}.csv", folder / "years.csv"
    fail_if_there(imported.year, folder, force)
    known = years().get(imported.year)
    sentences = []
    if national_total is None and known is not None and known.national_total is not None:
        if known.national_total == imported.total:
            national_total = imported.total
            sentences.append(_("The sum equals the national total that was known here."))
        else:
            sentences.append(
                _(
                    "The sum differs by {difference} from the national total that was known here ({total}), "
                    "so no total is kept; give the published one with --total.",
                    difference=format_number(imported.total - known.national_total),
                    total=format_number(known.national_total),
                )
            )
    row = (
        str(imported.year),
        str(len(imported.municipalities)),
        "" if national_total is None else str(national_total),
        status,
        imported.source,
        imported.source_nl,
    )
    _put({year_file: _year_text(imported), years_file: _years_text(years_file, row)})
    forget()
    sentences.append(_("Written: {file} and its row in {years}.", file=shown(year_file), years=shown(years_file)))
    if not any(folder.resolve() == data_folder.resolve() for data_folder in folders()):
        sentences.append(
            _("gguplan reads a folder population_data only when it is started in the folder that holds it.")
        )
    return sentences


def _year_text(imported: Imported) -> str:
    rows = [
        (municipality.gm_code, municipality.name, municipality.province, str(municipality.inhabitants))
        for municipality in imported.municipalities
    ]
    return _as_csv([COLUMNS, *rows])


def _years_text(file: Path, row: tuple[str, ...]) -> str:
    """``years.csv`` with the row of one year put in or replaced, in order of year."""
    rows = {row[0]: row}
    if file.is_file():
        with file.open(encoding="utf-8-sig", newline="") as source:
            for old in csv.DictReader(source):
                rows.setdefault(old["year"], tuple(old.get(column) or "" for column in YEARS_COLUMNS))
    return _as_csv([YEARS_COLUMNS, *(rows[year] for year in sorted(rows, key=int))])


def _as_csv(rows: list[tuple[str, ...]]) -> str:
    text = StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def _put(texts: dict[Path, str]) -> None:
    """Write files all at once. Raises InputError when they cannot be written."""
    try:
        put_files({file: text.encode() for file, text in texts.items()})
    except OSError as problem:
        raise InputError(
            [
                Finding(
                    Place(shown(next(iter(texts)))),
                    _("This file cannot be written: {problem}.", problem=problem.strerror or problem),
                    _("Write to another folder with --to FOLDER."),
                )
            ]
        ) from None
