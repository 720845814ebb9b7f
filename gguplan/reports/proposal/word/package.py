"""The files within a Word document: whether they can be read safely, before anything reads them as a document."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Final

from docx.document import Document as Word
from docx.opc.constants import CONTENT_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement

from gguplan.findings import Finding, Findings, InputError, Place
from gguplan.language import _

LARGEST_FILE: Final = 20_000_000
LARGEST_UNPACKED: Final = 100_000_000
_MOST_FILES: Final = 2_000

_RELATION: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_HARMLESS: Final = ("hyperlink", "attachedTemplate")
"""Kinds of address outside the document that may stand in it: a link that a reader clicks, and the template from which
the document was made, which is taken out (`without_attached_template`)."""

_ACTIVE_KINDS: Final = ("aFChunk", "control", "frame", "oleObject", "package", "subDocument", "vbaProject")
_ACTIVE_FILES: Final = re.compile(r"vbaProject|vbaData|activeX|/embeddings/|\.(?:exe|dll|js|vbs|bin)$", re.I)
_ACTIVE_FIELDS: Final = re.compile(
    r"\s*(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|INCLUDE|IMPORT|LINK|MACROBUTTON|DATABASE|EMBED)\b", re.I
)


def too_large(place: Place) -> Finding:
    """That a template passes the limits."""
    return Finding(
        place,
        _(
            "This template is too large: at most {packed} MB, and {unpacked} MB unpacked.",
            packed=LARGEST_FILE // 1_000_000,
            unpacked=LARGEST_UNPACKED // 1_000_000,
        ),
        _("Take large pictures out of it."),
    )


def not_word(place: Place) -> Finding:
    """That a file is no Word document."""
    return Finding(
        place,
        _("This is not a Word document that can be read."),
        _("Save the template in Word as “Word document (.docx)”."),
    )


def check_package(packed: bytes, place: Place, findings: Findings) -> None:
    """Add a finding for everything in the package that does something or comes from elsewhere.

    Raises InputError when it is too large, or no Word document at all.
    """
    files = _unpacked(packed, place)
    types = files.get("[Content_Types].xml", b"").decode("utf-8", "replace")
    parsed = {name: _parsed(content, place) for name, content in files.items() if name.endswith((".xml", ".rels"))}
    relations = [
        (
            str(relation.get("Type", "")).rpartition("/")[2],
            str(relation.get("Target", "")),
            relation.get("TargetMode") == "External",
        )
        for root in parsed.values()
        for relation in root.iter(_RELATION)
    ]
    active = {name for name in files if _ACTIVE_FILES.search(name)}
    active |= {target for kind, target, outside in relations if kind in _ACTIVE_KINDS and not outside}
    if active or "macroEnabled" in types:
        findings.add(
            place,
            _(
                "This template holds macros, embedded files or other pieces that do something: {names}.",
                names=", ".join(sorted(active)[:5])[:200] or "macroEnabled",
            ),
            _("Save it in Word as “Word document (.docx)”, without macros and embedded objects."),
        )
    elif CONTENT_TYPE.WML_DOCUMENT_MAIN not in types:
        raise InputError([not_word(place)])
    for kind, target, outside in relations:
        if outside and kind not in _HARMLESS:
            findings.add(
                place,
                _("This template takes a piece from elsewhere ({kind}): {target}", kind=kind, target=target[:100]),
                _("Put the piece itself into the template, or take it out."),
            )
    for instruction in dict.fromkeys(field for root in parsed.values() for field in _fields(root)):
        if _ACTIVE_FIELDS.match(instruction):
            findings.add(
                place,
                _(
                    "The template has a field that takes a piece from elsewhere: {field}",
                    field=instruction.strip()[:100],
                ),
                _("Put the piece itself into the template, or take it out."),
            )


def without_attached_template(document: Word) -> None:
    """Take out the address of the template from which the document was made: Word would look for it."""
    for part in document.part.package.iter_parts():
        for name, rel in list(part.rels.items()):
            if rel.reltype.endswith("/attachedTemplate"):
                del part.rels[name]
    settings = document.settings.element
    for attached in list(settings.iter(qn("w:attachedTemplate"))):
        settings.remove(attached)


def _unpacked(packed: bytes, place: Place) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(packed)) as package:
            entries = package.infolist()
            if len(entries) > _MOST_FILES or sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
                raise InputError([too_large(place)])
            # A file within never unpacks to more than the size that it states.
            return {entry.filename: package.read(entry) for entry in entries}
    except InputError:
        raise
    except Exception as problem:  # a damaged or encrypted package fails in many ways
        raise InputError([not_word(place)]) from problem


def _parsed(content: bytes, place: Place) -> BaseOxmlElement:
    """XML as a tree; a document type, which Word never writes and which can hold entities, is refused."""
    try:
        root = parse_xml(content)
    except Exception as problem:
        raise InputError([not_word(place)]) from problem
    if root.getroottree().docinfo.doctype:
        raise InputError([not_word(place)])
    return root


def _fields(root: BaseOxmlElement) -> Iterator[str]:
    """The instructions of every field, put together where Word cut them in pieces."""
    for simple in root.iter(qn("w:fldSimple")):
        yield str(simple.get(qn("w:instr"), ""))
    pieces: list[str] = []
    for element in root.iter(qn("w:instrText"), qn("w:fldChar")):
        if element.tag == qn("w:instrText"):
            pieces.append(element.text or "")
        elif pieces:
            yield "".join(pieces)
            pieces = []
    if pieces:
        yield "".join(pieces)
