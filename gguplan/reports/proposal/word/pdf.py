"""A Word document as an accessible PDF (PDF/UA), made by LibreOffice, which must be there for it."""

from __future__ import annotations

import json
import re
import tempfile
from pathlib import Path
from typing import Final

from gguplan.findings import InputError, Place
from gguplan.reports.proposal.word.office import convert, failed

_FILTER: Final = "pdf:writer_pdf_Export:" + json.dumps(
    {
        name: {"type": "boolean", "value": "true"}
        # Tags, a language, a title and alternative texts, as ISO 14289-1 (PDF/UA) asks; and a bookmark a heading.
        for name in ("PDFUACompliance", "UseTaggedPDF", "ExportBookmarks")
    }
)
_DAY: Final = rb"2000-01-01T00:00:00"


def pdf_of(document: bytes, place: Place) -> bytes:
    """The document as PDF, in a profile of its own that is thrown away. Raises InputError when that does not work."""
    with tempfile.TemporaryDirectory(prefix="gguplan-") as folder:
        source = Path(folder) / "voorstel.docx"
        source.write_bytes(document)
        convert(source, Path(folder) / "profile", _FILTER, place)
        made = source.with_suffix(".pdf")
        if not made.is_file():
            raise InputError([failed(place)])
        return undated(_tabbed(made.read_bytes()))


def undated(pdf: bytes) -> bytes:
    """The same PDF without the moment at which it was made, so that the same paper gives the same bytes.

    What stands instead is as long, so that nothing in the file moves.
    """
    pdf = re.sub(rb"(/(?:Creation|Mod)Date\(D:)\d{14}", rb"\g<1>20000101000000", pdf)
    pdf = re.sub(rb"(<xmp:\w+Date>)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", rb"\g<1>" + _DAY, pdf)
    return re.sub(rb"/ID \[ <[0-9A-F]{32}>\s*<[0-9A-F]{32}> \]|/DocChecksum /[0-9A-F]{32}", _unnamed, pdf)


def _tabbed(pdf: bytes) -> bytes:
    """The same PDF with the order of its links as a name: some versions of LibreOffice write it as a text."""
    return pdf.replace(b"/Tabs(S)", b"/Tabs/S ")


def _unnamed(digest: re.Match[bytes]) -> bytes:
    return re.sub(rb"[0-9A-F]{32}", b"0" * 32, digest[0])
