"""One finding: the place, what is wrong there, and what to do about it.

A reader of a file collects findings and goes on, so that a user sees every mistake at once; only then
does it raise `InputError` with all of them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Final

from msgspec import Struct, field

from gguplan.language import _, plural

MOST_FINDINGS: Final = 1_000
"""After so many mistakes the reading stops: nobody reads more of them at once."""


class Place(Struct, frozen=True):
    """Where something stands: a file or an option, a line and column from 1, and the line itself."""

    file: str
    line: int | None = None
    column: int | None = None
    length: int = 1
    excerpt: str | None = None

    def __str__(self) -> str:
        """The place as ``file:line`` with the excerpt and a mark under what is meant."""
        if self.line is None:
            return self.file
        head = f"{self.file}:{self.line}"
        if self.excerpt is None:
            return head
        margin = f"{self.line:>5} | "
        shown = self.excerpt.replace("\t", " ")[:200]
        if self.column is None or self.column > len(shown):
            return f"{head}\n{margin}{shown}"
        marks = "^" * max(1, min(self.length, len(shown) - self.column + 1))
        return f"{head}\n{margin}{shown}\n{' ' * 5} | {' ' * (self.column - 1)}{marks}"


class Finding(Struct, frozen=True):
    """One mistake: place, what is wrong, and what to do."""

    place: Place
    what: str
    remedy: str

    def __str__(self) -> str:
        """The finding as a person reads it."""
        body = "\n".join("  " + line for line in f"{self.what}\n{self.remedy}".splitlines())
        return f"{self.place}\n{body}"

    def as_dict(self) -> dict[str, object]:
        """The finding for a machine."""
        return {
            "file": self.place.file,
            "line": self.place.line,
            "column": self.place.column,
            "excerpt": self.place.excerpt,
            "what": self.what,
            "remedy": self.remedy,
        }


class InputError(ValueError):
    """What came in is wrong; carries every finding."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n\n".join(map(str, self.findings)))

    def _render_traceback_(self) -> list[str]:
        """What a notebook shows of it: the mistakes, as the command line tells them."""
        return [*str(self).splitlines(), "", summary(len(self.findings))]


class Findings(Struct):
    """A collector: findings are added while reading, and raised together; `notes` say what was done to read what is
    right."""

    gathered: list[Finding] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, place: Place, what: str, remedy: str) -> None:
        """Note one finding and go on; raises InputError when there are `MOST_FINDINGS` already."""
        if len(self.gathered) >= MOST_FINDINGS:
            raise InputError([*self.gathered, too_many(place)])
        self.gathered.append(Finding(place, what, remedy))

    def raise_if_any(self) -> None:
        """Raise `InputError` with all findings, when there are any."""
        if self.gathered:
            raise InputError(self.gathered)


def too_many(place: Place) -> Finding:
    """What is told after the last of too many findings."""
    return Finding(
        Place(place.file),
        _("There are more mistakes than the {count} above.", count=MOST_FINDINGS),
        _("Put those right first."),
    )


def summary(count: int) -> str:
    """How many findings there are, in words."""
    return plural("{count} mistake found.", "{count} mistakes found.", count)


def fail_without_docstrings(what: str) -> None:
    """Raise InputError where Python leaves docstrings out, from which more is made than documentation: `what` says
    what cannot be done."""
    if sys.flags.optimize > 1:
        remedy = _("Start Python without -OO, and with PYTHONOPTIMIZE at 1 at most.")
        raise InputError([Finding(Place("PYTHONOPTIMIZE"), what, remedy)])
