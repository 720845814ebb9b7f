"""Findings as GitHub shows them beside the line of a pull request: workflow commands on the standard output."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from gguplan.findings import Finding
from gguplan.visible_text import visible


def github_annotations(findings: Iterable[Finding]) -> list[str]:
    """One line for each finding. What is not about a file has its place in its message. Paths are from the working
    folder, which GitHub takes for the root of the repository."""
    return [_annotation(finding) for finding in findings]


def _annotation(finding: Finding) -> str:
    place = finding.place
    message = f"{finding.what}\n{finding.remedy}"
    if not Path(place.file).is_file():
        where = place.file if place.line is None else f"{place.file}:{place.line}"
        return f"::error title=gguplan::{_escaped(f'{where}: {message}')}"
    properties = [f"file={_property(place.file)}"]
    if place.line is not None:
        properties.append(f"line={place.line}")
        if place.column is not None:
            properties += [f"col={place.column}", f"endColumn={place.column + max(1, place.length)}"]
    return f"::error {','.join(properties)},title=gguplan::{_escaped(message)}"


def _escaped(text: str) -> str:
    """A text on one line, as workflow commands have it."""
    return visible(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
