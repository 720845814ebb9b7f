"""The reference date where nobody states it: 1 January of the year before the one that is paid for.

An assembly in June decides on the year after it and knows no later count, and the one published offer that can be
redone to the euro counted so (Tilburg, an offer of April 2017 for 2018: 0.92 × 213,804 = € 196,699.68).
"""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any, Final

from gguplan.findings import Place
from gguplan.inputs.population.years import years
from gguplan.inputs.scenario.layers import Layers, note
from gguplan.inputs.scenario.schema import Scenario
from gguplan.inputs.toml_document import TomlDocument
from gguplan.language import _

YEARS_OF_A_FUND: Final = range(1900, 2201)
"""The years that a scenario may be of."""


def count_for(year: int) -> int:
    """The year of the count to take for 1 January of `year`: the latest where a later one is not there yet."""
    return max((counted for counted in years() if counted <= year), default=min(years()))


def why_assumed(year: int) -> str:
    """Why a new year is divided over the inhabitants of 1 January of the year before."""
    why = _("assumed: 1 January of the year before, the last count that the assembly knows in June")
    if count_for(year - 1) != year - 1:
        why += " " + not_there_yet(year - 1)
    return why


def not_there_yet(wanted: int) -> str:
    """That another count stands in the place of the one that is wanted."""
    return _("(that of {wanted} is not there yet: the latest is taken)", wanted=wanted)


def follow_the_year(layers: Layers, year: int, place: Place) -> None:
    """Take the reference date of a new year, said at `place`, and mark it as an assumption."""
    values: dict[str, Any] = {
        "reference_date": datetime.date(count_for(year - 1), 1, 1),
        "reference_date_source": why_assumed(year),
        "reference_date_assumed": True,
    }
    layers.data.update(values)
    for key, value in values.items():
        note(layers, (key,), value, place)


def with_the_latest_count(layers: Layers, scenario: Scenario) -> tuple[Layers, str] | None:
    """The layers over the latest count, and what is then to be said, where the count of the reference date is not there
    yet; None where it is there, or is of a day after the year that is paid for, on which nobody can wait."""
    wanted, newest = scenario.reference_date.year, max(years())
    if not newest < wanted <= scenario.year:
        return None
    place = layers.place(("reference_date",))
    reason = " ".join(filter(None, (scenario.reference_date_source, not_there_yet(wanted))))
    changed = replace(layers, data=dict(layers.data), origins=dict(layers.origins))
    for key, value in (("reference_date", datetime.date(newest, 1, 1)), ("reference_date_source", reason)):
        changed.data[key] = value
        note(changed, (key,), value, place)
    sentence = _(
        "The inhabitants on 1 January {wanted} are not there yet: those on 1 January {newest} count here. "
        "To add them: gguplan population add FILE --year {wanted}",
        wanted=wanted,
        newest=newest,
    )
    return changed, sentence


def amounts_of_another_year(before: Scenario, after: Scenario) -> list[str]:
    """That the amounts are still those of the year before settings changed it, where they changed no amount."""
    if after.year == before.year or after.programmes != before.programmes:
        return []
    return [
        _(
            "The amount of {year} is not known here: this is that of {title}, over the inhabitants of another day. "
            "With the number in the assembly's paper: --rate 3.45 or --total 61000000 where a command has these, "
            "else --set programmes.{programme}.gross=61000000.00",
            year=after.year,
            title=before.title,
            programme=next(iter(before.programmes)),
        )
    ]


def date_of_another_year(layers: Layers, scenario: Scenario) -> str | None:
    """That a scenario says another year than the one it extends, and leaves the reference date; None where not."""
    documents = [layers.origins.get((key,)) for key in ("year", "reference_date")]
    if (
        len(layers.files) < 2
        or documents[0] is documents[1]
        or not all(isinstance(file, TomlDocument) for file in documents)
    ):
        return None
    ranks = [next(rank for rank, file in enumerate(layers.files) if file is document) for document in documents]
    if ranks[0] > ranks[1]:
        return None
    return _(
        "The year is {year}, and the reference date stays that of the scenario it extends: 1 January {date}. "
        "For a new year, write for example: reference_date = {assumed}-01-01",
        year=scenario.year,
        date=scenario.reference_date.year,
        assumed=scenario.year - 1,
    )
