"""What a count of inhabitants is worth and where it comes from, in words."""

from __future__ import annotations

from typing import assert_never

from gguplan.fund.bodies import bodies_of
from gguplan.fund.municipalities import CountedIn, Population, PopulationSource, ProjectedFrom, Status
from gguplan.language import _, current_language, listed_with_and, plural
from gguplan.wording.amounts import format_number
from gguplan.wording.bodies import with_kinds


def status_in_words(status: Status) -> str:
    """What CBS's count is worth: final, provisional, or worked back; or that it is projected."""
    match status:
        case "final":
            return _("final")
        case "provisional":
            return _("provisional")
        case "worked_back":
            return _("worked back from a later year")
        case "projected":
            return _("projected")
        case _:
            assert_never(status)


def status_in_short(status: Status) -> str:
    """The same in a column of a table."""
    match status:
        case "worked_back":
            return _("worked back")
        case "final" | "provisional" | "projected":
            return status_in_words(status)
        case _:
            assert_never(status)


def source_in_words(source: PopulationSource) -> str:
    """Who counted and the file that it was read from, or the year from which it is projected."""
    match source:
        case CountedIn(file):
            return _("{counted}; file {file}", counted=counted_in_words(source), file=file)
        case ProjectedFrom(last_year):
            return _("projected from {last}", last=last_year)
        case _:
            assert_never(source)


def counted_in_words(source: PopulationSource) -> str:
    """Whose counts they are."""
    match source:
        case CountedIn(stated=None) | ProjectedFrom():
            return _("counted by CBS")
        case CountedIn():
            return _("counts of: {source}", source=counter_in_words(source))
        case _:
            assert_never(source)


def counter_in_words(source: PopulationSource) -> str:
    """Who counted: CBS, or what a table of one's own says of that; its file where it says nothing."""
    match source:
        case CountedIn(file, stated):
            return "CBS" if stated is None else note_in_language(stated.english, stated.dutch).strip() or file
        case ProjectedFrom():
            return "CBS"
        case _:
            assert_never(source)


def inhabitants_line(population: Population) -> str:
    """Whose inhabitants count, in one line."""
    counted = plural(
        "{total} inhabitants in one municipality on 1 January {year} ({status})",
        "{total} inhabitants in {count} municipalities on 1 January {year} ({status})",
        len(population.without_bodies),
        total=format_number(population.total),
        year=population.year,
        status=status_in_words(population.status),
    )
    bodies = bodies_of(population)
    if not bodies:
        return counted
    return _("{counted}, and {names} without inhabitants", counted=counted, names=listed_with_and(with_kinds(bodies)))


def note_in_language(note: str, note_nl: str) -> str:
    """A note in the language of the user; one without Dutch of its own is the same in both."""
    return note_nl or note if current_language() == "nl" else note
