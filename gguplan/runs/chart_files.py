"""The files that pictures are written to: checked before the work, and written all or none."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from gguplan.findings import Finding, Findings, InputError, Place
from gguplan.language import _
from gguplan.reports.charts.drawing import Picture, chart_bytes
from gguplan.runs.output_files import obstacle, write_paths
from gguplan.shipped import shown

SUFFIXES: Final = (".svg", ".png")


def check_chart_files(files: Iterable[tuple[str, Path]], force: bool) -> None:
    """Raise InputError with every file, beside the option that names it, that no picture can be written to.

    For before the work: a name that ends in something else, one that is given twice, and what `obstacle` says.
    """
    findings = Findings()
    seen: set[str] = set()
    for option, file in files:
        place = Place(f"{option} {shown(file)[:160]}")
        if file.suffix.lower() not in SUFFIXES:
            findings.add(
                place,
                _("A picture is an SVG or a PNG file."),
                _("Let the name end in .svg, for a page or a document, or in .png."),
            )
        elif (leads_to := os.path.realpath(file)) in seen:  # Of any name: Path.resolve does not take each.
            findings.add(place, _("Two pictures would be in this file."), _("Give each a file of its own."))
        else:
            seen.add(leads_to)
            if (finding := obstacle(file, force, option)) is not None:
                findings.add(finding.place, finding.what, finding.remedy)
    findings.raise_if_any()


def of_years_only(years: str | None) -> None:
    """Raise InputError where a line through the years is asked for without years."""
    if years is None:
        remedy = _("Add --years FIRST-LAST, such as --years 2026-2029.")
        raise InputError([Finding(Place("--chart"), _("There are no years to draw a line through."), remedy)])


def numbered(file: Path, names: Sequence[str]) -> list[Path]:
    """The file itself for one scenario; for more a file for each, with its number and its name."""
    if len(names) == 1:
        return [file]
    return [
        file.with_name(f"{file.stem}-{number}-{Path(name).stem}{file.suffix}")
        for number, name in enumerate(names, start=1)
    ]


def write_charts(pictures: Mapping[Path, Picture], force: bool) -> None:
    """Write every picture, or none. Raises InputError when a file is there already, unless `force`."""
    write_paths({file: chart_bytes(drawn, file) for file, drawn in pictures.items()}, force)
