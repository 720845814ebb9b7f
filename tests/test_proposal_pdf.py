"""The proposal as PDF: readable by who does not see it, the same every time, and nothing left running."""

from __future__ import annotations

import io
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from gguplan.findings import InputError, Place
from gguplan.reports.proposal.blocks import Heading, Items
from gguplan.reports.proposal.word.document import word_document
from gguplan.reports.proposal.word.house_style import shipped_template
from gguplan.reports.proposal.word.office import office
from gguplan.reports.proposal.word.pdf import pdf_of, undated
from tests.papers import gguplan, small_paper

with_office = pytest.mark.skipif(office() is None, reason="LibreOffice is not installed")


@pytest.fixture(scope="module")
def made() -> bytes:
    """A paper of some pages with one of everything, as PDF."""
    paper = small_paper()
    parts = (*paper.parts[:-1], Items(("a", "b")), Heading(2, "Onder een"), *paper.parts[-1:]) * 12
    long = replace(paper, parts=parts)
    return pdf_of(word_document(long, shipped_template(), pages=True), Place("voorstel.pdf"))


def elements(node: Any) -> Iterator[Any]:
    """Every element of the tree of tags, in reading order."""
    element = node.get_object() if isinstance(node, IndirectObject) else node
    if isinstance(element, ArrayObject):
        for kid in element:
            yield from elements(kid)
    elif isinstance(element, DictionaryObject):
        if "/S" in element:
            yield element
        if "/K" in element:
            yield from elements(element.raw_get("/K"))


def root_of(pdf: bytes) -> Any:
    return PdfReader(io.BytesIO(pdf)).root_object


@with_office
def test_a_pdf_says_its_language_and_title_and_that_it_is_tagged(made: bytes) -> None:
    reader = PdfReader(io.BytesIO(made))
    root = root_of(made)
    assert root["/Lang"] == "nl-NL"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None and reader.metadata.title == "Titel"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()


@with_office
def test_headings_lists_tables_and_pictures_are_tagged_as_such(made: bytes) -> None:
    tree = list(elements(root_of(made)["/StructTreeRoot"]["/K"]))
    count = Counter(str(element["/S"]) for element in tree)
    assert (count["/H1"], count["/H2"], count["/L"], count["/LI"]) == (12, 12, 12, 24)
    assert (count["/Table"], count["/TR"], count["/TH"], count["/TD"]) == (12, 36, 24, 48)
    scopes = {str(rule.get_object().get("/Scope")) for head in tree if head["/S"] == "/TH" for rule in head["/A"]}
    assert "/Column" in scopes
    figures = [element for element in tree if element["/S"] == "/Figure"]
    assert [str(figure["/Alt"]) for figure in figures] == ["Wat te zien is"] * 12


@with_office
def test_every_heading_is_a_bookmark_and_every_link_says_where_it_leads(made: bytes) -> None:
    reader: Any = PdfReader(io.BytesIO(made))
    bookmarks = [item for item in reader.outline if not isinstance(item, list)]
    below = [kid for item in reader.outline if isinstance(item, list) for kid in item]
    assert [item.title for item in bookmarks] == ["Een"] * 12
    assert [item.title for item in below] == ["Onder een"] * 12
    links = [link.get_object() for page in reader.pages for link in page.get("/Annots", [])]
    assert links and all(link["/Contents"] for link in links)
    assert all(page["/Tabs"] == "/S" for page in reader.pages if page.get("/Annots"))


@with_office
def test_a_pdf_has_every_page_of_the_contents(made: bytes) -> None:
    assert len(PdfReader(io.BytesIO(made)).pages) > 1
    if shutil.which("pdftotext"):
        done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=made, capture_output=True, check=True)
        pages = re.findall(r"^\s*Een\s*\.{5,}\s*(\d+)$", done.stdout.decode(), re.M)
        assert len(pages) == 12 and pages == sorted(pages, key=int) and pages[-1] != "1"


@with_office
def test_a_pdf_holds_no_moment_at_which_it_was_made(made: bytes) -> None:
    assert b"/CreationDate(D:20000101000000Z')" in made
    assert b"<xmp:CreateDate>2000-01-01T00:00:00Z</xmp:CreateDate>" in made
    assert not re.findall(rb"\D20[1-9]\d-?[01]\d-?[0-3]\dT?\d\d:?\d\d", made)
    assert undated(made) == made


@with_office
def test_the_same_paper_gives_the_same_bytes() -> None:
    document = word_document(small_paper(), shipped_template(), pages=True)
    first = pdf_of(document, Place("voorstel.pdf"))
    time.sleep(1.1)  # A moment in seconds would differ.
    assert pdf_of(document, Place("voorstel.pdf")) == first


# --- the office suite --------------------------------------------------------------------------------


def test_without_libreoffice_a_pdf_is_refused_before_anything_is_computed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    outcome = gguplan("proposal", "fonds-ggu-2020", "-o", str(tmp_path / "voorstel.pdf"))
    assert outcome.exit_code == 2
    assert "A PDF is made by LibreOffice, which is not installed here." in outcome.stderr


@pytest.mark.parametrize(
    ("platform", "variable", "where"),
    [
        ("win32", "ProgramFiles", "LibreOffice/program/soffice.exe"),
        ("win32", "ProgramFiles(x86)", "LibreOffice/program/soffice.exe"),
        ("darwin", "HOME", "Applications/LibreOffice.app/Contents/MacOS/soffice"),
    ],
)
def test_libreoffice_is_found_where_its_installer_puts_it(
    tmp_path: Path, platform: str, variable: str, where: str
) -> None:
    variables = {"PATH": "", variable: str(tmp_path)}
    assert office(platform, variables) is None
    program = tmp_path / where
    program.parent.mkdir(parents=True)
    program.touch()
    assert office(platform, variables) == str(program)
    assert office("linux", variables) is None


def office_of(folder: Path, script: str) -> Path:
    """A folder for the path with a program in it that is called as LibreOffice is."""
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return folder


def test_an_office_that_makes_nothing_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(office_of(tmp_path, "exit 0")), prepend=":")
    with pytest.raises(InputError, match="LibreOffice made no PDF"):
        pdf_of(b"", Place("voorstel.pdf"))


def test_an_office_without_room_is_told_and_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(office_of(tmp_path, "sleep 600")), prepend=":")
    full = shutil.disk_usage(tmp_path)._replace(free=1_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: full)
    with pytest.raises(InputError, match="LibreOffice has no room here to make a PDF: 50 MB"):
        pdf_of(b"", Place("voorstel.pdf"))


@pytest.mark.skipif(os.name != "posix", reason="signals are sent as POSIX has them")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_what_the_office_started_ends_when_the_command_is_interrupted(tmp_path: Path, number: signal.Signals) -> None:
    started = tmp_path / "started"
    folder = office_of(tmp_path, f'sleep 60 & echo $! > "{started}.new"; mv "{started}.new" "{started}"; wait')
    program = (
        # What runs in the background without a terminal may be told to ignore the first of these signals.
        "import signal\nsignal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from gguplan.findings import Place\nfrom gguplan.reports.proposal.word.pdf import pdf_of\n"
        "pdf_of(b'', Place('voorstel.pdf'))"
    )
    path = f"{folder}:{os.environ['PATH']}"
    with subprocess.Popen(
        [sys.executable, "-c", program], env={**os.environ, "PATH": path}, stderr=subprocess.PIPE
    ) as process:
        until = time.monotonic() + 120
        while not started.exists() and time.monotonic() < until:
            time.sleep(0.02)
        process.send_signal(number)
        process.communicate(timeout=120)
    assert process.returncode != 0
    child = int(started.read_text())
    until = time.monotonic() + 60
    while running(child) and time.monotonic() < until:
        time.sleep(0.02)
    assert not running(child)


def running(pid: int) -> bool:
    """Whether a process works; one that ended and is not yet collected does not."""
    done = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return done.stdout.strip()[:1] not in ("", "Z")
