"""LibreOffice, opened once for every test of a worker that lets it work something out: to start it takes ten times as
long as what it is asked.

That gguplan itself starts it, in a profile that is thrown away, and leaves nothing running is in ``test_proposal_pdf``.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import ExitStack, suppress
from functools import cache
from pathlib import Path
from typing import Final

import pytest
from xlsxwriter import Workbook

from gguplan.findings import Place
from gguplan.reports.proposal.word import pdf
from tests.chromium import wait_for

SOFFICE: Final = shutil.which("soffice")

_ALWAYS_RECALCULATE: Final = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item></oor:items>"""
"""Every formula of a workbook is worked out anew, whatever value stands beside it."""

_ATTEMPTS: Final = 3
_SECONDS: Final = 100
"""What it is asked takes some seconds, on a busy machine some tens."""

_OPENED: Final = ExitStack()


def converted(folder: Path, into: str, *files: Path) -> list[Path]:
    """What LibreOffice makes of files: written in `folder`, in another form."""
    assert SOFFICE is not None
    arguments = ["--headless", "--convert-to", into, "--outdir", str(folder), *map(str, files)]
    # Now and then one that is open no longer answers: it is ended, and a new one is asked.
    for _attempt in range(_ATTEMPTS - 1):
        with suppress(subprocess.TimeoutExpired):
            _ask(arguments)
            break
        closed()
    else:
        _ask(arguments)
    return [folder / f"{file.stem}.{into.partition(':')[0]}" for file in files]


def _ask(arguments: list[str]) -> None:
    """Whoever starts it with the profile of one that is open hands what it is asked to that one, and waits for it."""
    assert SOFFICE is not None
    command = [SOFFICE, f"-env:UserInstallation={_open_profile().as_uri()}", *arguments]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True) as process:
        try:
            code = process.wait(_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise
    assert code == 0, command


def making_pdfs(patch: pytest.MonkeyPatch) -> None:
    """Let papers become PDF in the office that is open."""

    def convert(file: Path, _profile: Path, output_filter: str, _place: Place) -> None:
        converted(file.parent, output_filter, file)

    patch.setattr(pdf, "convert", convert)


def closed() -> None:
    """End the office, where it was opened."""
    _OPENED.close()
    _open_profile.cache_clear()


@cache
def _open_profile() -> Path:
    """The profile of an office that is open, and waits for what it is asked."""
    assert SOFFICE is not None
    folder = Path(_OPENED.enter_context(tempfile.TemporaryDirectory(prefix="gguplan-office-")))
    profile, open_file = folder / "profile", folder / "open.xlsx"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_ALWAYS_RECALCULATE, encoding="utf-8")
    # An office with nothing open, or to which nobody may speak, ends after what it is asked.
    Workbook(open_file).close()
    options = ["--headless", "--norestore", f"--accept=pipe,name={folder.name}", str(open_file)]
    process = subprocess.Popen(
        [SOFFICE, f"-env:UserInstallation={profile.as_uri()}", *options],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env={**os.environ, "TZ": "UTC"}, start_new_session=True,
    )  # fmt: skip
    _OPENED.callback(_end, process)
    # What is open is marked so beside it.
    wait_for(lambda: (folder / ".~lock.open.xlsx#").exists(), 300)
    return profile


def _end(process: subprocess.Popen[bytes]) -> None:
    """It works in a process that it starts itself: both end."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
