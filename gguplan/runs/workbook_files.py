"""Whether a workbook is asked for."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from gguplan.inputs.findings import Finding, InputError, Place
from gguplan.inputs.shipped import shown
from gguplan.language import _

_OTHER_KINDS: Final = (
    ".csv",
    ".docx",
    ".html",
    ".json",
    ".ods",
    ".pdf",
    ".tsv",
    ".txt",
    ".xls",
    ".xlsb",
    ".xlsm",
    ".xltx",
)


def is_workbook(out: Path, command: str = "run") -> bool:
    """True for a file that ends in ``.xlsx``, False for a folder; InputError for a file that gguplan does not write."""
    kind = out.suffix.lower()
    if kind in _OTHER_KINDS and not out.is_dir():
        finding = Finding(
            Place(shown(out)),
            _("gguplan {command} does not write files that end in {kind}.", command=command, kind=kind),
            _("Write {name} for a workbook, or the name of a folder for the tables as CSV.", name=out.stem + ".xlsx"),
        )
        raise InputError([finding])
    return kind == ".xlsx"
