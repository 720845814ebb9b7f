"""Where a proposal goes: a Word document or a PDF, as the name of the file says."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from gguplan.findings import Finding, InputError, Place
from gguplan.language import _, listed_with_or
from gguplan.reports.proposal.blocks import Proposal
from gguplan.reports.proposal.word.document import word_document
from gguplan.reports.proposal.word.office import check_office
from gguplan.reports.proposal.word.pdf import pdf_of
from gguplan.shipped import shown

SUFFIXES: Final = (".docx", ".pdf")


def check_output(file: Path, suffixes: tuple[str, ...] = SUFFIXES) -> None:
    """Raise InputError for a file that cannot be made, before anything is computed for it."""
    place, suffix = Place(shown(file)), file.suffix.lower()
    if suffix not in suffixes:
        raise InputError(
            [
                Finding(
                    place,
                    _("This is not the name of a Word document or a PDF.")
                    if ".pdf" in suffixes
                    else _("This is not the name of a Word document."),
                    _("Let the name end in {suffixes}.", suffixes=listed_with_or(suffixes)),
                )
            ]
        )
    if suffix == ".pdf":
        check_office(place)


def paper_as(paper: Proposal, template: bytes, file: Path) -> bytes:
    """The paper as the name of the file says. Raises InputError when LibreOffice does not make a PDF of it."""
    if file.suffix.lower() != ".pdf":
        return word_document(paper, template)
    return pdf_of(word_document(paper, template, pages=True), Place(shown(file)))
