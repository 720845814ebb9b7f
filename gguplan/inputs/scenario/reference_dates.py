"""The reference date where nobody states it: 1 January of the year before the one that is paid for.

An assembly in June decides on the year after it and knows no later count, and the one published offer that can be
redone to the euro counted so (Tilburg, an offer of April 2017 for 2018: 0.92 × 213,804 = € 196,699.68).
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from typing import Any, Final

from gguplan.findings import Finding, InputError, Place
from gguplan.inputs.population.years import years
from gguplan.inputs.scenario.layers import Layers, forget_the_reason_of_the_date, note
from gguplan.inputs.scenario.schema import Scenario
from gguplan.inputs.toml_document import KeyPath, TomlDocument
from gguplan.language import _

YEARS_OF_A_FUND: Final = range(1900, 2201)
"""The years that a scenario may be of."""


def follow_the_year(layers: Layers, year: int, place: Place) -> None:
    """Take 1 January of the year before `year`, said at `place`, as an assumption."""
    forget_the_reason_of_the_date(layers.data)
    for key, value in (("reference_date", datetime.date(year - 1, 1, 1)), ("reference_date_assumed", True)):
        layers.data[key] = value
        note(layers, (key,), value, place)


def move_own_dates(layers: Layers, years_on: int, stays: Collection[KeyPath] = ()) -> None:
    """Move the days that count for a programme, or a part of it, with the year of the scenario; `stays` are paths that
    are set themselves."""
    programmes = layers.data.get("programmes")
    for name, table in programmes.items() if isinstance(programmes, dict) else ():
        _move_in(table, ("programmes", name), years_on, stays)


def _move_in(value: Any, path: KeyPath, years_on: int, stays: Collection[KeyPath]) -> None:
    # Of the tables of a programme only its keys have a day of this name.
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in list(items):
        here = (*path, key)
        if key == "reference_date" and type(item) is datetime.date and here not in stays:
            if 1900 <= item.year + years_on <= 2200:
                value[key] = item.replace(year=item.year + years_on)
        else:
            _move_in(item, here, years_on, stays)


def follow_where_nothing_is_said(layers: Layers, before: Mapping[str, Any], document: TomlDocument | None) -> None:
    """Take 1 January of the year before where no date is said, or where a file says another year than `before` it and
    the date that it extends was no more than an assumption."""
    year = layers.data.get("year")
    if type(year) is not int or year not in YEARS_OF_A_FUND:
        return
    moves = document is not None and "year" in document.data and "reference_date" not in document.data
    moves = moves and before.get("reference_date_assumed") is True and before.get("year") != year
    if moves or (document is None and "reference_date" not in layers.data):
        follow_the_year(layers, year, layers.place(("year",)))


def with_the_latest_count(scenario: Scenario) -> tuple[Scenario, str] | None:
    """The scenario over the latest count, and what is then to be said, where the count of the reference date is not
    there yet; None where it is there, or is of a day that nobody waits for."""
    wanted, newest = scenario.reference_date.year, max(years())
    if not newest < wanted <= max(scenario.year, newest + 1):
        return None
    sentence = _(
        "The inhabitants on 1 January {wanted} are not there yet: those on 1 January {newest} count here. "
        "To add them: gguplan population add FILE --year {wanted}",
        wanted=wanted,
        newest=newest,
    )
    return scenario.model_copy(update={"reference_date": datetime.date(newest, 1, 1)}), sentence


def fail_if_far_ahead(scenario: Scenario, place: Place) -> None:
    """Raise InputError for a reference date that is not there yet, and lies further ahead than the year that is paid
    for: no count stands in for it."""
    wanted, newest = scenario.reference_date.year, max(years())
    if wanted <= newest:
        return
    remedy = _(
        "Those of 1 January {newest} are the latest: they stand in for those of a day up to the year that is paid for, "
        "{year}. Write an earlier date, or a later year.",
        newest=newest,
        year=scenario.year,
    )
    raise InputError([Finding(place, _("The inhabitants on 1 January {year} are not there.", year=wanted), remedy)])


def amounts_of_another_year(before: Scenario, after: Scenario) -> list[str]:
    """That the amounts are still those of the year before settings changed it, where they changed no amount."""
    if after.year == before.year or after.programmes != before.programmes:
        return []
    if before.horizon is not None and before.year < after.year <= before.horizon.last:
        return [
            _(
                "The amounts are those of {before}. Those that this scenario has for {year} itself: gguplan horizon, "
                "or of one municipality gguplan estimate --years {year}.",
                before=before.year,
                year=after.year,
            )
        ]
    return [amounts_not_known(str(after.year), before)]


def amounts_not_known(years_shown: str, before: Scenario) -> str:
    """That the amounts of some years are not known, and are those of another scenario; and what to type."""
    rests_on = _(
        "The amount of {years} is not known here: this is that of {title}, over the inhabitants of another day.",
        years=years_shown,
        title=before.title,
    )
    year, programme = years_shown[:4], next(iter(before.programmes))
    if len(before.programmes) > 1:
        # One number says nothing of several budgets.
        number = _(
            "With the number in the assembly's paper: --scenario fonds-ggu-2020 --year {year} --rate 3.45, or --total "
            "61000000; of a programme of this one: --set programmes.{programme}.gross=1000000.00",
            year=year,
            programme=programme,
        )
    else:
        number = _(
            "With the number in the assembly's paper: --rate 3.45 or --total 61000000 where a command has these, else "
            "--set programmes.{programme}.gross=61000000.00",
            programme=programme,
        )
    return f"{rests_on} {number}"


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
