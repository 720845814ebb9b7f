"""Which municipalities a name or a group of a scenario stands for."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gguplan.findings import Findings
from gguplan.fund.membership import positions_in_the_country
from gguplan.fund.municipalities import Population
from gguplan.fund.municipality_names import name_key
from gguplan.inputs.population.municipalities import UnknownMunicipality
from gguplan.inputs.scenario.bodies import look_up_payer
from gguplan.inputs.scenario.layers import Layers
from gguplan.inputs.scenario.participation_tables import Group
from gguplan.inputs.scenario.schema import Scenario
from gguplan.inputs.toml_document import KeyPath
from gguplan.language import _
from gguplan.wording.shortlist import shortlist
from gguplan.wording.suggestions import did_you_mean

Mask = NDArray[np.bool_]


class NamedMunicipalities:
    """Which municipalities a name or a group of the scenario stands for; mistakes go to the findings.

    A group is looked up in the whole country, of which the members of the fund count: one that lists municipalities may
    serve to say who the members are.
    """

    def __init__(self, scenario: Scenario, population: Population, layers: Layers, findings: Findings) -> None:
        self.population, self.layers, self.findings = population, layers, findings
        self._members = positions_in_the_country(population)
        self._listed = {name for name, group in scenario.groups.items() if group.municipalities is not None}
        self.groups: dict[str, Mask] = {}
        everybody = population.everybody.without_bodies if scenario.groups else ()
        names = {name_key(municipality.name) for municipality in everybody}
        for name, group in scenario.groups.items():
            if name_key(name) in names:
                findings.add(
                    layers.place(("groups", name)),
                    _("{name!r} is the name of a municipality.", name=name),
                    _("Give the group another name."),
                )
            self.groups[name] = self._group(name, group)

    def listed(self, texts: tuple[str, ...], path: KeyPath) -> Mask:
        """The members that a list names, by themselves or in groups; fail if one is named twice."""
        mask = np.zeros(len(self.population.municipalities), dtype=np.bool_)
        for index, text in enumerate(texts):
            these = self.municipalities_of(text, (*path, index))
            self._fail_if_twice(mask & these, self.population, (*path, index))
            mask |= these
        return mask

    def municipalities_of(self, text: str, path: KeyPath) -> Mask:
        """The members of one name or group; none, and a finding at `path`, when there is no such."""
        if text in self.groups:
            return self._members_of_the_group(text, path)
        mask = np.zeros(len(self.population.municipalities), dtype=np.bool_)
        self._mark(text, self.population, mask, path)
        return mask

    def _members_of_the_group(self, name: str, path: KeyPath) -> Mask:
        """The members in a group; fail if it lists others, or has none."""
        group = self.groups[name]
        members: Mask = group[self._members]
        strangers = group.copy()
        strangers[self._members] = False
        if name in self._listed and strangers.any():
            everybody = self.population.everybody.municipalities
            names = [everybody[position].name for position in np.flatnonzero(strangers).tolist()]
            self.findings.add(
                self.layers.place(path),
                _(
                    "In the group {group!r} are municipalities that are no members: {names}.",
                    group=name,
                    names=shortlist(names),
                ),
                _("Take them out of the group, or name the members that are meant."),
            )
        elif group.any() and not members.any():
            self.findings.add(
                self.layers.place(path),
                _("There is no member of the fund in the group {group!r}.", group=name),
                _("Change the group, or name the members that are meant."),
            )
        return members

    def _group(self, name: str, group: Group) -> Mask:
        path: KeyPath = ("groups", name)
        country = self.population.everybody
        if group.municipalities is not None:
            return self._list(group.municipalities, (*path, "municipalities"))
        mask = ~country.is_body
        if group.province is not None:
            provinces = [municipality.province for municipality in country.municipalities]
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
            mask &= country.inhabitants > group.more_than
        if group.up_to is not None:
            mask &= country.inhabitants <= group.up_to
        self._take_out(group.without, mask, (*path, "without"))
        if not mask.any():
            self.findings.add(
                self.layers.place(path),
                _("There is no municipality in this group."),
                _("Change the province or the size, or take the group out."),
            )
        return mask

    def _list(self, texts: tuple[str, ...], path: KeyPath) -> Mask:
        """The municipalities of the country that a group lists; fail if one is named twice."""
        country = self.population.everybody
        mask = np.zeros(len(country.municipalities), dtype=np.bool_)
        for index, text in enumerate(texts):
            these = np.zeros_like(mask)
            if text in self.groups:
                these |= self.groups[text]
            else:
                self._mark(text, country, these, (*path, index))
            self._fail_if_twice(mask & these, country, (*path, index))
            mask |= these
        return mask

    def _take_out(self, texts: tuple[str, ...], mask: Mask, path: KeyPath) -> None:
        """Take the municipalities that a group is without out of it; fail if one is not in it anyhow."""
        out = self._list(texts, path)
        for position in np.flatnonzero(out & ~mask).tolist():
            stranger = self.population.everybody.municipalities[position]
            self.findings.add(
                self.layers.place(path),
                _("{name} ({code}) is not in this group.", name=stranger.name, code=stranger.gm_code),
                _("Take it out of without."),
            )
        mask &= ~out

    def _mark(self, text: str, population: Population, mask: Mask, path: KeyPath) -> None:
        """Mark the municipality of a name in a mask over a population; a finding when there is no such."""
        try:
            mask[population.index[look_up_payer(text, population, self.layers).gm_code]] = True
        except UnknownMunicipality as problem:
            groups = did_you_mean(text, self.groups)
            self.findings.add(self.layers.place(path), problem.what, groups + problem.remedy)

    def _fail_if_twice(self, both: Mask, population: Population, path: KeyPath) -> None:
        for position in np.flatnonzero(both).tolist():
            twice = population.municipalities[position]
            self.findings.add(
                self.layers.place(path),
                _("{name} ({code}) stands in this list a second time.", name=twice.name, code=twice.gm_code),
                _("Keep it once."),
            )
