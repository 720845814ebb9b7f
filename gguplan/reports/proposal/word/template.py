"""A template of one's own: read with care, and held against what the paper needs."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Final

from docx import Document
from docx.document import Document as Word
from docx.oxml.ns import qn

from gguplan.findings import Finding, Findings, InputError, Place
from gguplan.language import _, listed_with_and
from gguplan.reports.proposal.word import package
from gguplan.reports.proposal.word.markup import FIGURE_STYLE, TABLE_STYLE, TEXT_STYLE
from gguplan.reports.proposal.word.package import check_package, not_word, without_attached_template
from gguplan.reports.proposal.word.template_fields import ALONE, TITLE, WITHIN_TEXT, code_in, places_in, written
from gguplan.shipped import shown
from gguplan.wording.suggestions import did_you_mean

PARAGRAPH_STYLES: Final = (
    "heading 1",
    "heading 2",
    "caption",
    "list bullet",
    "list number",
    "toc heading",
    "toc 1",
    "toc 2",
    TEXT_STYLE,
    FIGURE_STYLE,
)
"""The names of the paragraph styles that the paper uses, as Word keeps them, in lower case."""


def read_template(file: Path) -> bytes:
    """A template as bytes, found right and without the address of a template of its own.

    Raises InputError with everything that is wrong: not a Word document, too large, with macros or with pieces from
    elsewhere, or without the places and styles that the paper needs.
    """
    place = Place(shown(file))
    packed = _read(file, place)
    findings = Findings()
    check_package(packed, place, findings)
    try:
        document = Document(io.BytesIO(packed))
        without_attached_template(document)
        saved = io.BytesIO()
        document.save(saved)
        _check_styles(document, place, findings)
        _check_places(document, place, findings)
    # A broken document can fail anywhere in the library that reads it.
    except Exception as problem:
        findings.raise_if_any()
        raise InputError([not_word(place)]) from problem
    findings.raise_if_any()
    return saved.getvalue()


def style_ids(document: Word) -> dict[str, str]:
    """The id of each style by its name in lower case: Word names its own styles in English, whatever it shows."""
    return {
        str(style.find(qn("w:name")).get(qn("w:val"))).lower(): str(style.get(qn("w:styleId")))
        for style in document.styles.element.iter(qn("w:style"))
        if style.find(qn("w:name")) is not None
    }


def _read(file: Path, place: Place) -> bytes:
    try:
        if not file.is_file():
            what = _("This is a folder or a device, and no file.") if file.exists() else _("There is no such file.")
            raise InputError([Finding(place, what, _("Give the template, a Word document (.docx)."))])
        if file.stat().st_size > package.LARGEST_FILE:
            raise InputError([package.too_large(place)])
        return file.read_bytes()
    except (OSError, ValueError) as problem:
        if isinstance(problem, InputError):
            raise
        what = _("This file cannot be read: {problem}.", problem=getattr(problem, "strerror", None) or problem)
        raise InputError([Finding(place, what, _("Give the template, a Word document (.docx)."))]) from problem


# --- what the paper needs -----------------------------------------------------------------------


def _check_styles(document: Word, place: Place, findings: Findings) -> None:
    styles = style_ids(document)
    missing = [name for name in (*PARAGRAPH_STYLES, TABLE_STYLE) if name not in styles]
    if missing:
        findings.add(
            place,
            _("These styles are missing in the template: {names}.", names=", ".join(missing)),
            _(
                "Word keeps a style only once it is used. Start from the template that gguplan proposal --new-template "
                "writes and change its styles, or copy these styles from it."
            ),
        )


def _check_places(document: Word, place: Place, findings: Findings) -> None:
    fields = places_in(document)
    known = (*WITHIN_TEXT, *ALONE)
    missing = [name for name in (TITLE, *ALONE) if name not in {field.name for field in fields}]
    if missing:
        findings.add(
            place,
            _(
                "These places are missing in the template: {names}.",
                names=listed_with_and(map(written, missing)),
            ),
            _("Type each of them where its text must come, with the braces."),
        )
    for name in dict.fromkeys(field.name for field in fields if field.name not in known):
        findings.add(
            place,
            _("There is no place {name!r}.", name=name[:60]),
            did_you_mean(name, known) + _("Places: {names}.", names=", ".join(known)),
        )
    for name in ALONE:
        where = [field for field in fields if field.name == name]
        if len(where) > 1 or (where and not where[0].alone):
            findings.add(
                place,
                _("{place} must stand once, in a paragraph of its own.", place=written(name)),
                _("Type {place} on a line by itself, not in a table, header or text box.", place=written(name)),
            )
    for code in code_in(document)[:5]:
        findings.add(
            place,
            _("{code!r} looks like a program, and a template is not executed.", code=code[:60]),
            _("Take it out. Places: {names}.", names=", ".join(known)),
        )
