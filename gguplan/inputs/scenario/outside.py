"""Who stands outside which programme on how many days: names, groups and dates made into arrays."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from gguplan.fund.municipalities import Population
from gguplan.inputs.findings import Findings, InputError
from gguplan.inputs.population.municipalities import UnknownMunicipality, look_up, name_key
from gguplan.inputs.population.years import load_population
from gguplan.inputs.scenario.layers import Layers
from gguplan.inputs.scenario.participation import Group, OptOut
from gguplan.inputs.scenario.schema import Scenario
from gguplan.inputs.suggestions import did_you_mean, shortlist
from gguplan.inputs.toml_document import KeyPath
from gguplan.language import _
from gguplan.money import Integers
from gguplan.wording.amounts import format_number

Mask = NDArray[np.bool_]

MOST_OPT_OUTS: Final = 10_000
"""Opt-outs in one scenario, each counted for every programme that it concerns."""


@dataclass(frozen=True)
class Outside:
    """One opt-out as it works on one programme; arrays of shape (municipalities,).

    `days` are the days of the year on which each municipality is outside; `inhabitants` are the persons that a
    refund counts.
    """

    name: str
    opt_out: OptOut
    days: Integers
    inhabitants: Integers


def days_in(year: int) -> int:
    """The days of a year: 365 or 366."""
    return 366 if calendar.isleap(year) else 365


class Members:
    """Which municipalities a name or a group of the scenario stands for; mistakes go to the findings."""

    def __init__(self, scenario: Scenario, population: Population, layers: Layers, findings: Findings) -> None:
        self.population, self.layers, self.findings = population, layers, findings
        self.groups: dict[str, Mask] = {}
        names = {name_key(one.name) for one in population.municipalities}
        for name, group in scenario.groups.items():
            if name_key(name) in names:
                findings.add(
                    layers.place(("groups", name)),
                    _("{name!r} is the name of a municipality.", name=name),
                    _("Give the group another name."),
                )
            self.groups[name] = self._members(name, group)

    def named(self, texts: tuple[str, ...], path: KeyPath) -> Mask:
        """The municipalities that a list names, by themselves or in groups; fail if one is named twice."""
        mask = np.zeros(len(self.population.municipalities), dtype=np.bool_)
        for index, text in enumerate(texts):
            these = self.one(text, (*path, index))
            for position in np.flatnonzero(mask & these).tolist():
                twice = self.population.municipalities[position]
                self.findings.add(
                    self.layers.place((*path, index)),
                    _("{name} ({code}) stands in this list a second time.", name=twice.name, code=twice.gm_code),
                    _("Keep it once."),
                )
            mask |= these
        return mask

    def one(self, text: str, path: KeyPath) -> Mask:
        """The municipalities of one name or group; none, and a finding at `path`, when there is no such."""
        if text in self.groups:
            return self.groups[text]
        mask = np.zeros(len(self.population.municipalities), dtype=np.bool_)
        try:
            mask[self.population.index[look_up(text, self.population).gm_code]] = True
        except UnknownMunicipality as problem:
            groups = did_you_mean(text, self.groups)
            self.findings.add(self.layers.place(path), problem.what, groups + problem.remedy)
        return mask

    def _members(self, name: str, group: Group) -> Mask:
        path: KeyPath = ("groups", name)
        if group.municipalities is not None:
            return self.named(group.municipalities, (*path, "municipalities"))
        mask = np.ones(len(self.population.municipalities), dtype=np.bool_)
        if group.province is not None:
            provinces = [one.province for one in self.population.municipalities]
            mask &= np.array([province == group.province for province in provinces])
            if group.province not in provinces:
                known = sorted(set(provinces))
                self.findings.add(
                    self.layers.place((*path, "province")),
                    _("{name!r} is not a province.", name=group.province),
                    did_you_mean(group.province, known) + _("Provinces: {names}.", names=", ".join(known)),
                )
                return mask
        if group.more_than is not None:
            mask &= self.population.inhabitants > group.more_than
        if group.up_to is not None:
            mask &= self.population.inhabitants <= group.up_to
        if not mask.any():
            self.findings.add(
                self.layers.place(path),
                _("There is no municipality in this group."),
                _("Change the province or the size, or take the group out."),
            )
        return mask


def read_outside(
    scenario: Scenario, population: Population, layers: Layers, members: Members, findings: Findings
) -> dict[str, tuple[Outside, ...]]:
    """Every opt-out for every programme that it concerns, with who is outside on how many days."""
    found: dict[str, list[tuple[Outside, Mask]]] = {}
    count = 0
    for name, opt_out in scenario.opt_outs.items():
        mask = members.named(opt_out.municipalities, ("opt_outs", name, "municipalities"))
        days = _days_outside(scenario, name, opt_out, layers, findings)
        inhabitants = _counted(name, opt_out, population, mask, layers, findings)
        outside = Outside(name, opt_out, mask * int(days.sum()), inhabitants)
        for programme in _programmes(scenario, name, opt_out, layers, findings):
            found.setdefault(programme, []).append((outside, days))
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
    for every in found.values():
        _fail_if_outside_twice(every, population, layers, findings)
    for programme, every in found.items():
        together = np.sum([one.days for one, _days in every], axis=0)
        if every and (together == days_in(scenario.year)).all():
            first = every[0][0].name
            findings.add(
                layers.place(("opt_outs", first, "municipalities")),
                _("Every municipality is outside {programme!r}: nobody is left to pay.", programme=programme),
                _('Leave the programme out instead: without = ["{programme}"].', programme=programme),
            )
    return {
        programme: tuple(one for one, _days in every if one.days.any())
        for programme, every in found.items()
        if programme not in scenario.without and any(one.days.any() for one, _days in every)
    }


def _programmes(scenario: Scenario, name: str, opt_out: OptOut, layers: Layers, findings: Findings) -> Iterator[str]:
    """The programmes that an opt-out concerns; fail if one does not exist."""
    known = [*scenario.programmes, *scenario.programme_groups]
    listed: list[tuple[KeyPath, str]] = [
        (("opt_outs", name, "programmes", index), one) for index, one in enumerate(opt_out.programmes or ())
    ]
    for path, one in listed or [(("opt_outs", name), name)]:
        if one in scenario.programme_groups:
            yield from (each for each in scenario.programme_groups[one] if each in scenario.programmes)
        elif one in scenario.programmes:
            yield one
        else:
            findings.add(
                layers.place(path),
                _("There is no programme {name!r}.", name=one),
                did_you_mean(one, known) + _("Programmes: {names}.", names=shortlist(known)),
            )


def _days_outside(scenario: Scenario, name: str, opt_out: OptOut, layers: Layers, findings: Findings) -> Mask:
    """True for the days of the year on which the opt-out holds, shape (days of the year,)."""
    year = scenario.year
    outside = np.zeros(days_in(year), dtype=np.bool_)
    days: dict[str, int | None] = {"joins": None, "leaves": None}
    for key in days:
        day: date | None = getattr(opt_out, key)
        if day is None:
            continue
        if day.year != year:
            findings.add(
                layers.place(("opt_outs", name, key)),
                _("{day} does not lie in {year}.", day=day.isoformat(), year=year),
                _("Write a day in the year of the scenario."),
            )
        days[key] = (day - date(day.year, 1, 1)).days
    joins, leaves = days["joins"], days["leaves"]
    if joins is None and leaves is None:
        outside[:] = True
    elif joins is not None and leaves is not None and leaves < joins:
        outside[leaves:joins] = True
    else:
        outside[: joins or 0] = True
        outside[len(outside) if leaves is None else leaves :] = True
    return outside


def _counted(
    name: str, opt_out: OptOut, population: Population, mask: Mask, layers: Layers, findings: Findings
) -> Integers:
    """The inhabitants that a refund counts, on its own reference date or on that of the scenario."""
    if opt_out.reference_date is None or opt_out.reference_date.year == population.year:
        return population.inhabitants
    place = layers.place(("opt_outs", name, "reference_date"))
    counted = np.zeros_like(population.inhabitants)
    try:
        other = load_population(opt_out.reference_date.year, place)
    except InputError as error:
        findings.found.extend(error.findings)
        return counted
    for position in np.flatnonzero(mask).tolist():
        try:
            counted[position] = look_up(population.municipalities[position].gm_code, other).inhabitants
        except UnknownMunicipality as problem:
            findings.add(place, problem.what, problem.remedy)
    return counted


def _fail_if_outside_twice(
    every: list[tuple[Outside, Mask]], population: Population, layers: Layers, findings: Findings
) -> None:
    """Fail if two opt-outs of one programme have a municipality outside on the same day."""
    if len(every) < 2:
        return
    taken = np.zeros((len(population.municipalities), len(every[0][1])), dtype=np.bool_)
    for place, (one, days) in enumerate(every):
        these = np.ix_(one.days > 0, days)
        if taken[these].any():
            other, who = next(
                (earlier, int(np.argmax(both)))
                for earlier, earlier_days in every[:place]
                if (both := (one.days > 0) & (earlier.days > 0)).any() and (days & earlier_days).any()
            )
            municipality = population.municipalities[who]
            findings.add(
                layers.place(("opt_outs", one.name, "municipalities")),
                _(
                    "{name} ({code}) is outside already by opt_outs.{other}.",
                    name=municipality.name,
                    code=municipality.gm_code,
                    other=other.name,
                ),
                _("Keep it in one of the two, or let one begin where the other ends with joins and leaves."),
            )
        taken[these] = True
