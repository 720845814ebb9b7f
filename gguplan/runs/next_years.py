"""How to ask for a bill of another year, as somebody types it."""

from __future__ import annotations

import shlex
from typing import Final

from msgspec.structs import replace

from gguplan.fund.bodies import bodies_of, with_bodies
from gguplan.fund.fund_year import FundYear
from gguplan.inputs.population.municipalities import UnknownMunicipality, look_up
from gguplan.inputs.population.years import load_population, years
from gguplan.inputs.scenario.reading import ScenarioInputs, read_scenario
from gguplan.language import _
from gguplan.reports.terminal.next_steps import command_for

NEWEST: Final = "fonds-ggu-2020"
"""The newest fund of which the amount is published."""


def newest_published(inputs: ScenarioInputs, command: str, municipality: str = "") -> list[str]:
    """That a bill is of the newest fund that is published, and what to type for another year; nothing where another
    fund, year or amount is shown."""
    if inputs.name != NEWEST:
        return []
    shipped = read_scenario(NEWEST).scenario
    if inputs.scenario.year != shipped.year or inputs.scenario.programmes != shipped.programmes:
        return []
    words = ["gguplan", command, *([shlex.quote(municipality)] if municipality else [NEWEST])]
    return [
        _(
            "This is the fund of {year}, the newest of which the amount is published. For another year: "
            "{command} --year {next} --rate 3.45, or --total 61000000",
            year=shipped.year,
            command=" ".join(words),
            next=max(years()) + 1,
        )
    ]


def with_projected_inhabitants(inputs: ScenarioInputs, command: str, municipality: str) -> list[str]:
    """How to see the bill over projected inhabitants, where it counts those of an earlier day than is meant."""
    if inputs.meant_count <= inputs.population.year or inputs.fund_year.years_ahead is not None:
        return []
    year = inputs.scenario.year
    settings = [setting for setting in inputs.layers.settings if not setting.startswith("year=")]
    base = replace(inputs.fund_year, origin=replace(inputs.fund_year.origin, settings=tuple(settings)))
    typed_command = command_for(command, municipality, base, "--years", str(year))
    return [_("Over the inhabitants as they are projected for that day: {command}", command=typed_command)]


def other_years(municipality: str, base: FundYear) -> str:
    """How to ask for the next budget and the three years after it; for a municipality that is no more, what it
    became; empty when nothing is known of it.

    The next budget is of the year after the newest inhabitants, or the years are those of the scenario's horizon.
    """
    horizon, newest = base.years_ahead, max(years())
    if horizon is None and base.population.country is not None and not _was_one(municipality, base):
        # It is no member, in whichever year.
        return ""
    try:
        successor = look_up(municipality, with_bodies(load_population(newest), bodies_of(base.population)))
    except UnknownMunicipality as problem:
        return _("Other years: {what}", what=problem.remedy) if _was_one(municipality, base) else ""
    first, last = newest + 1, newest + 4
    if horizon is not None:
        first, last = horizon.first or base.year, horizon.last
    command = command_for("estimate", successor.gm_code, base, "--years", f"{first}-{last}")
    return _("Other years: {command}", command=command)


def _was_one(municipality: str, base: FundYear) -> bool:
    try:
        look_up(municipality, base.population)
    except UnknownMunicipality:
        return False
    return True
