"""A Word document as an accessible PDF (PDF/UA), made by LibreOffice, which must be there for it."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from pathlib import Path
from typing import Final

from gguplan.findings import Finding, InputError, Place
from gguplan.language import _
from gguplan.reports.proposal.word.office import convert, failed
from gguplan.shipped import shown

_FILTER: Final = "pdf:writer_pdf_Export:" + json.dumps(
    {
        name: {"type": "boolean", "value": "true"}
        # Tags, a language, a title and alternative texts, as ISO 14289-1 (PDF/UA) asks; and a bookmark a heading.
        for name in ("PDFUACompliance", "UseTaggedPDF", "ExportBookmarks")
    }
)
_ROOM: Final = 50_000_000
"""Bytes that LibreOffice takes for its profile and the document: without them it waits without a word."""

_DAY: Final = rb"2000-01-01T00:00:00"


def pdf_of(document: bytes, place: Place) -> bytes:
    """The document as PDF, in a profile of its own that is thrown away. Raises InputError when that does not work."""
    with tempfile.TemporaryDirectory(prefix="gguplan-") as folder:
        if shutil.disk_usage(folder).free < _ROOM:
            raise InputError([_no_room(Path(folder).parent)])
        source = Path(folder) / "voorstel.docx"
        source.write_bytes(document)
        convert(source, Path(folder) / "profile", _FILTER, place)
        made = source.with_suffix(".pdf")
        if not made.is_file():
            raise InputError([failed(place)])
        return undated(_tabbed(made.read_bytes()))


def _no_room(folder: Path) -> Finding:
    what = _("LibreOffice has no room here to make a PDF: {count} MB are needed.", count=_ROOM // 1_000_000)
    return Finding(Place(shown(folder)), what, _("Make room, or let TMPDIR name another folder."))


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
