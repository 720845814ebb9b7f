"""How to ask for a bill of another year, as somebody types it."""

from __future__ import annotations

import shlex

from gguplan.fund.fund_year import FundYear
from gguplan.inputs.population.municipalities import UnknownMunicipality, look_up
from gguplan.inputs.population.years import load_population, years
from gguplan.language import _
from gguplan.reports.terminal.next_steps import command_for


def another_year(municipality: str, base: FundYear) -> str:
    """What to type for a later year than that of the newest published fund."""
    year = max(years()) + 1
    return _(
        "This is the fund of {year}, the newest of which the amount is published. For another year: "
        "gguplan estimate {municipality} --year {next} --rate 3.45, or --total 61000000",
        year=base.year,
        municipality=shlex.quote(municipality),
        next=year,
    )


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
        successor = look_up(municipality, load_population(newest))
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
