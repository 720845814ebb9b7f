"""In which form a proposal goes out: Word, PDF, HTML or Markdown, as the name of the file says."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from gguplan.findings import Finding, InputError, Place
from gguplan.language import _, listed_with_or, written_in
from gguplan.reports.proposal.blocks import Proposal
from gguplan.reports.proposal.html.document import html_document
from gguplan.reports.proposal.paper_in_markdown import markdown_document
from gguplan.reports.proposal.word.document import word_document
from gguplan.reports.proposal.word.office import check_office
from gguplan.reports.proposal.word.pdf import pdf_of
from gguplan.shipped import shown

_OF_A_TEMPLATE: Final = (".docx", ".pdf")
SUFFIXES: Final = (*_OF_A_TEMPLATE, ".html", ".md")


def check_output(file: Path, suffixes: tuple[str, ...] = SUFFIXES, template: bool = False) -> None:
    """Raise InputError for a file that cannot be made, or that no `template` can shape, before anything is computed
    for it."""
    place, suffix = Place(shown(file)), file.suffix.lower()
    if suffix not in suffixes:
        raise InputError(
            [
                Finding(
                    place,
                    _("This is not the name of a file that a proposal can be written to.")
                    if len(suffixes) > 1
                    else _("This is not the name of a Word document."),
                    _("Let the name end in {suffixes}.", suffixes=listed_with_or(suffixes)),
                )
            ]
        )
    if template and suffix not in _OF_A_TEMPLATE:
        raise InputError(
            [
                Finding(
                    place,
                    _("A template shapes a Word document or a PDF, not this."),
                    _(
                        "Leave --template out, or let the name end in {suffixes}.",
                        suffixes=listed_with_or(_OF_A_TEMPLATE),
                    ),
                )
            ]
        )
    if suffix == ".pdf":
        check_office(place)


def paper_as(paper: Proposal, template: bytes, file: Path) -> bytes:
    """The paper in its language, as the name of the file says. Raises InputError, in the language of who asks, when
    LibreOffice does not make a PDF of it."""
    with written_in(paper.language):
        match suffix := file.suffix.lower():
            case ".html":
                return html_document(paper)
            case ".md":
                return markdown_document(paper)
            case _:
                document = word_document(paper, template, pages=suffix == ".pdf")
    return pdf_of(document, Place(shown(file))) if suffix == ".pdf" else document
