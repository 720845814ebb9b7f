"""How one municipality became another: the changes of ``mergers.csv``, and what follows from them.

CBS gives a municipality a new code when it is new or renamed, and lets it keep its code when it takes in
others. A boundary correction moves some inhabitants and ends nothing; it is listed where it was met, but a
municipality neither comes from one nor goes into one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final, cast, get_args

from msgspec.structs import replace

from gguplan.findings import Findings, Place
from gguplan.fund.municipal_changes import ChangeKind, MunicipalChange
from gguplan.inputs.data_file import rows_of
from gguplan.inputs.population.years import folders
from gguplan.language import _
from gguplan.shipped import shown

KINDS: Final = get_args(ChangeKind)
COLUMNS: Final = ("effective_date", "old_code", "old_name", "new_code", "new_name", "kind", "note")


def changes() -> tuple[MunicipalChange, ...]:
    """Every change there is, in order of date. Raises InputError when a ``mergers.csv`` is wrong."""
    return changes_of(folders())


@cache
def changes_of(data: tuple[Path, ...]) -> tuple[MunicipalChange, ...]:
    """Every change in some folders, in order of date. Raises InputError when a ``mergers.csv`` is wrong.

    One that stands in two of them is told as the first has it: a copy of the shipped file may lack the note in Dutch.
    """
    distinct: dict[MunicipalChange, MunicipalChange] = {}
    for folder in data:
        for change in _changes_in(folder / "mergers.csv"):
            distinct.setdefault(replace(change, note_nl=""), change)
    return tuple(sorted(distinct.values(), key=lambda change: change.effective_date))


def predecessors(gm_code: str, until_year: int) -> tuple[MunicipalChange, ...]:
    """The changes since 1 January `until_year` that made the municipality, the latest first.

    The old codes in it that existed on that day, and the code itself where it existed, are what it came
    from. A change on 1 January itself is already in the figures of that day and is not among them.
    """
    first_day = date(until_year, 1, 1)
    return _followed(
        gm_code,
        date.max,
        lambda code, latest: [
            (change, change.old_code)
            for change in reversed(changes())
            if change.ends_the_old and change.new_code == code and first_day < change.effective_date <= latest
        ],
    )


def successors(gm_code: str, until_year: int) -> tuple[MunicipalChange, ...]:
    """The changes up to and with 1 January `until_year` through which the municipality went into others.

    In order of date, and empty when it ended later or not at all. The new codes in it that exist on that
    day hold its territory.
    """
    last_day = date(until_year, 1, 1)
    return _followed(
        gm_code,
        date.min,
        lambda code, earliest: [
            (change, change.new_code)
            for change in changes()
            if change.ends_the_old and change.old_code == code and earliest <= change.effective_date <= last_day
        ],
    )


Step = Callable[[str, date], list[tuple[MunicipalChange, str]]]


def _followed(gm_code: str, day: date, step: Step) -> tuple[MunicipalChange, ...]:
    """Every change reached from a code by `step`, each once."""

    def reached(code: str, since: date) -> Iterator[MunicipalChange]:
        for change, following in step(code, since):
            if change not in seen:
                seen.add(change)
                yield change
                yield from reached(following, change.effective_date)

    seen: set[MunicipalChange] = set()
    return tuple(reached(gm_code, day))


@cache
def _changes_in(file: Path) -> tuple[MunicipalChange, ...]:
    """The changes in one file; none where there is no file."""
    if not file.is_file():
        return ()
    findings = Findings()
    stated: list[MunicipalChange] = []
    name = shown(file)
    for line, row in rows_of(file):
        place = Place(name, line, excerpt=",".join(map(str, row.values())))
        try:
            day = date.fromisoformat(row["effective_date"])
            kind, old_code, new_code = row["kind"], row["old_code"], row["new_code"]
            if kind not in KINDS or not (_is_code(old_code) and _is_code(new_code)):
                raise ValueError
            notes = row.get("note") or "", row.get("note_nl") or ""
            names = row["old_name"], row["new_name"]
            stated.append(MunicipalChange(day, old_code, names[0], new_code, names[1], cast(ChangeKind, kind), *notes))
        except (KeyError, TypeError, ValueError):
            findings.add(
                place,
                _("This row does not describe a change of municipalities."),
                _(
                    "Write {columns}; the date as 2017-01-01, a code as GM0344, kind is one of {kinds}.",
                    columns=",".join(COLUMNS),
                    kinds=", ".join(KINDS),
                ),
            )
    findings.raise_if_any()
    return tuple(stated)


def _is_code(text: str) -> bool:
    return len(text) == 6 and text.startswith("GM") and text[2:].isascii() and text[2:].isdigit()
