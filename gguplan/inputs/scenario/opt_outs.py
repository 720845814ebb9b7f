"""Who stands outside which programme on how many days: names, groups and dates made into arrays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

import numpy as np

from gguplan.findings import Findings, InputError
from gguplan.fund.fund_year import days_in
from gguplan.fund.municipalities import Population
from gguplan.fund.opt_outs import Absence, OptOut
from gguplan.inputs.population.municipalities import UnknownMunicipality, look_up
from gguplan.inputs.population.years import load_population
from gguplan.inputs.scenario.layers import Layers
from gguplan.inputs.scenario.named_municipalities import Mask, NamedMunicipalities
from gguplan.inputs.scenario.participation_tables import OptOutTable, settlement_of
from gguplan.inputs.scenario.schema import Scenario
from gguplan.inputs.toml_document import KeyPath
from gguplan.language import _
from gguplan.money import Integers
from gguplan.wording.amounts import format_number
from gguplan.wording.shortlist import shortlist
from gguplan.wording.suggestions import did_you_mean, names_there

MOST_OPT_OUTS: Final = 10_000
"""Opt-outs in one scenario, each counted for every programme that it concerns."""


def read_opt_outs(
    scenario: Scenario, population: Population, layers: Layers, named: NamedMunicipalities, findings: Findings
) -> dict[str, tuple[OptOut, ...]]:
    """Every opt-out for every programme that it concerns, with who is outside on how many days."""
    by_programme: dict[str, list[tuple[OptOut, Mask]]] = {}
    count = 0
    for name, table in scenario.opt_outs.items():
        mask = named.listed(table.municipalities, ("opt_outs", name, "municipalities"))
        days = days_outside(table, scenario.year)
        inhabitants = _counted(name, table, population, mask, layers, findings)
        joins, leaves = (_in_year(day, scenario.year) for day in (table.joins, table.leaves))
        absence = Absence(mask * int(days.sum()), inhabitants, joins, leaves)
        if table.rate is not None and (mask & population.is_body).any():
            findings.add(
                layers.place(("opt_outs", name, "municipalities")),
                _(
                    "A refund per inhabitant is nothing for who has none: {names}.",
                    names=shortlist(
                        [population.municipalities[place].name for place in np.flatnonzero(mask & population.is_body)]
                    ),
                ),
                _("Take it out, or settle it in an opt-out of its own without a rate."),
            )
        opt_out = OptOut(name, absence, settlement_of(table), table.source)
        for programme in _programmes(scenario, name, table, layers, findings):
            by_programme.setdefault(programme, []).append((opt_out, days))
            count += 1
        if count > MOST_OPT_OUTS:
            findings.add(
                layers.place(("opt_outs", name)),
                _(
                    "There are more than {count} opt-outs, each counted for every programme.",
                    count=format_number(MOST_OPT_OUTS),
                ),
                _("Take municipalities that are outside in the same way together in one opt-out."),
            )
            findings.raise_if_any()
    for opt_outs in by_programme.values():
        _fail_if_outside_twice(opt_outs, population, layers, findings)
    for programme, opt_outs in by_programme.items():
        together = np.sum([opt_out.absence.days for opt_out, _days in opt_outs], axis=0)
        # Of a programme that nobody pays for in this year, nobody has to be left.
        if opt_outs and programme not in scenario.left_out and (together == days_in(scenario.year)).all():
            first = opt_outs[0][0].name
            findings.add(
                layers.place(("opt_outs", first, "municipalities")),
                _("Every municipality is outside {programme!r}: nobody is left to pay.", programme=programme),
                _('Leave the programme out instead: without = ["{programme}"].', programme=programme),
            )
    return {
        programme: tuple(opt_out for opt_out, _days in opt_outs if opt_out.absence.days.any())
        for programme, opt_outs in by_programme.items()
        if programme not in scenario.left_out and any(opt_out.absence.days.any() for opt_out, _days in opt_outs)
    }


def _programmes(scenario: Scenario, name: str, table: OptOutTable, layers: Layers, findings: Findings) -> Iterator[str]:
    """The programmes that an opt-out concerns; fail if one does not exist."""
    known = [*scenario.programmes, *scenario.programme_groups]
    listed: list[tuple[KeyPath, str]] = [
        (("opt_outs", name, "programmes", index), programme) for index, programme in enumerate(table.programmes or ())
    ]
    for path, programme in listed or [(("opt_outs", name), name)]:
        if programme in scenario.programme_groups:
            yield from (
                programme_group
                for programme_group in scenario.programme_groups[programme]
                if programme_group in scenario.programmes
            )
        elif programme in scenario.programmes:
            yield programme
        else:
            findings.add(
                layers.place(path),
                _("There is no programme {name!r}.", name=programme),
                did_you_mean(programme, known) + _("Programmes: {names}.", names=names_there(known)),
            )


def check_days(scenario: Scenario, layers: Layers, findings: Findings) -> None:
    """Fail if somebody joins or leaves on a day that is in no year of the scenario: its own, or those of its horizon up
    to the last."""
    first = scenario.year
    last = first if scenario.horizon is None else max(first, scenario.horizon.last)
    for name, table in scenario.opt_outs.items():
        for key, day in (("joins", table.joins), ("leaves", table.leaves)):
            if day is None or first <= day.year <= last:
                continue
            if first == last:
                what = _("{day} does not lie in {year}.", day=day.isoformat(), year=first)
                remedy = _("Write a day in the year of the scenario, or give it years ahead up to that day: [horizon].")
            else:
                what = _("{day} does not lie in {first} to {last}.", day=day.isoformat(), first=first, last=last)
                remedy = _("Write a day from the year of the scenario to the last of [horizon].")
            findings.add(layers.place(("opt_outs", name, key)), what, remedy)


def days_outside(table: OptOutTable, year: int) -> Mask:
    """True for the days of a year on which an opt-out holds, shape (days of the year,)."""
    first = date(year, 1, 1).toordinal()
    days = np.arange(first, first + days_in(year))
    if table.joins is None and table.leaves is None:
        return np.ones(len(days), dtype=np.bool_)
    not_yet = np.zeros(len(days), dtype=np.bool_) if table.joins is None else days < table.joins.toordinal()
    no_longer = np.zeros(len(days), dtype=np.bool_) if table.leaves is None else days >= table.leaves.toordinal()
    # Who leaves before joining is outside in between, and else before joining and after leaving.
    between = table.joins is not None and table.leaves is not None and table.leaves < table.joins
    outside: Mask = not_yet & no_longer if between else not_yet | no_longer
    return outside


def _in_year(day: date | None, year: int) -> date | None:
    """A day if it lies in the year."""
    return day if day is not None and day.year == year else None


def _counted(
    name: str, table: OptOutTable, population: Population, mask: Mask, layers: Layers, findings: Findings
) -> Integers:
    """The inhabitants that a refund counts, on its own reference date or on that of the scenario."""
    if table.reference_date is None or table.reference_date.year == population.year:
        return population.inhabitants
    place = layers.place(("opt_outs", name, "reference_date"))
    counted = np.zeros_like(population.inhabitants)
    try:
        population_of_then = load_population(table.reference_date.year, place)
    except InputError as error:
        findings.gathered.extend(error.findings)
        return counted
    for position in np.flatnonzero(mask & ~population.is_body).tolist():
        try:
            counted[position] = look_up(population.municipalities[position].gm_code, population_of_then).inhabitants
        except UnknownMunicipality as problem:
            findings.add(place, problem.what, problem.remedy)
    return counted


def _fail_if_outside_twice(
    opt_outs: list[tuple[OptOut, Mask]], population: Population, layers: Layers, findings: Findings
) -> None:
    """Fail if two opt-outs of one programme have a municipality outside on the same day."""
    if len(opt_outs) < 2:
        return
    taken = np.zeros((len(population.municipalities), len(opt_outs[0][1])), dtype=np.bool_)
    for number, (opt_out, days) in enumerate(opt_outs):
        outside = opt_out.absence.days > 0
        these = np.ix_(outside, days)
        if taken[these].any():
            earlier, who = next(
                (earlier, int(np.argmax(both)))
                for earlier, earlier_days in opt_outs[:number]
                if (both := outside & (earlier.absence.days > 0)).any() and (days & earlier_days).any()
            )
            municipality = population.municipalities[who]
            findings.add(
                layers.place(("opt_outs", opt_out.name, "municipalities")),
                _(
                    "{name} ({code}) is outside already by opt_outs.{other}.",
                    name=municipality.name,
                    code=municipality.gm_code,
                    other=earlier.name,
                ),
                _("Keep it in one of the two, or let one begin where the other ends with joins and leaves."),
            )
        taken[these] = True
