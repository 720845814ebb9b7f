"""A Word document as PDF, made by LibreOffice, which must be there for it."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from gguplan.findings import Finding, InputError, Place
from gguplan.language import _

SECONDS: Final = 120
_FILTER: Final = "pdf:writer_pdf_Export:" + json.dumps(
    {
        "UseTaggedPDF": {"type": "boolean", "value": "true"},
        "ExportBookmarks": {"type": "boolean", "value": "true"},
    }
)


def office() -> str | None:
    """Where LibreOffice is; None when it is not there."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def check_office(place: Place) -> str:
    """Where LibreOffice is. Raises InputError when it is not there."""
    program = office()
    if program is None:
        raise InputError(
            [
                Finding(
                    place,
                    _("A PDF is made by LibreOffice, which is not installed here."),
                    _("Install LibreOffice, or write a Word document: let the name end in .docx."),
                )
            ]
        )
    return program


def pdf_of(document: bytes, place: Place) -> bytes:
    """The document as PDF, in a profile of its own that is thrown away. Raises InputError when that does not work."""
    program = check_office(place)
    with tempfile.TemporaryDirectory(prefix="gguplan-") as folder:
        where = Path(folder)
        (where / "voorstel.docx").write_bytes(document)
        command = [
            program,
            f"-env:UserInstallation={(where / 'profile').as_uri()}",
            "--headless",
            "--norestore",
            "--convert-to",
            _FILTER,
            "--outdir",
            folder,
            str(where / "voorstel.docx"),
        ]
        _run(command, place)
        made = where / "voorstel.pdf"
        if not made.is_file():
            raise InputError([_failed(place)])
        return undated(made.read_bytes())


def undated(pdf: bytes) -> bytes:
    """The same PDF without the moment at which it was made, so that the same paper gives the same bytes.

    What stands instead is as long, so that nothing in the file moves.
    """
    pdf = re.sub(rb"(?<=/CreationDate\(D:)\d{14}", b"20000101000000", pdf)
    return re.sub(rb"/ID \[ <[0-9A-F]{32}>\s*<[0-9A-F]{32}> \]|/DocChecksum /[0-9A-F]{32}", _unnamed, pdf)


def _unnamed(digest: re.Match[bytes]) -> bytes:
    return re.sub(rb"[0-9A-F]{32}", b"0" * 32, digest[0])


def _run(command: list[str], place: Place) -> None:
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as process:
        try:
            process.wait(SECONDS)
        except subprocess.TimeoutExpired:
            raise InputError([_failed(place)]) from None
        finally:
            # LibreOffice works in a process that it starts itself: all of them end, also after an interruption.
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)


def _failed(place: Place) -> Finding:
    return Finding(
        place,
        _("LibreOffice made no PDF of it within {seconds} seconds.", seconds=SECONDS),
        _("Write a Word document (.docx) and save that as PDF in Word."),
    )
