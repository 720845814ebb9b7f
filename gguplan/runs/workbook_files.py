"""Whether a workbook is asked for."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from gguplan.findings import Finding, InputError, Place
from gguplan.language import _
from gguplan.shipped import shown

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


def fail_if_no_page(out: Path) -> None:
    """Raise InputError for a file that ends in what no page is, such as ``.xlsx``."""
    kind = out.suffix.lower()
    if kind in (*_OTHER_KINDS, ".xlsx") and kind != ".html" and not out.is_dir():
        finding = Finding(
            Place(shown(out)),
            _("gguplan {command} does not write files that end in {kind}.", command="page", kind=kind),
            _("Let the name end in .html, or name a folder."),
        )
        raise InputError([finding])


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
