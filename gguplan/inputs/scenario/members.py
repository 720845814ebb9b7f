"""Who the members of a fund are, by its scenario: in its own year, and in years before and after it.

Names hold on the reference date of the scenario. A member that merges with members only goes on in what it became, and
one that takes others in stays a member. Where a member becomes part of a municipality that is none, somebody must say
what happens: `[membership.name]`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from gguplan.findings import Findings
from gguplan.fund.bodies import with_bodies
from gguplan.fund.membership import members_of
from gguplan.fund.municipal_changes import MunicipalChange
from gguplan.fund.municipalities import Population
from gguplan.inputs.population.municipal_changes import predecessors, successors
from gguplan.inputs.population.municipalities import UnknownMunicipality, look_up, name_in_any_year
from gguplan.inputs.population.years import load_population, years
from gguplan.inputs.scenario.bodies import bodies_in, bodies_that_pay, codes_of_programmes
from gguplan.inputs.scenario.layers import Layers
from gguplan.inputs.scenario.membership_table import MembershipTable
from gguplan.inputs.scenario.named_municipalities import NamedMunicipalities
from gguplan.inputs.scenario.schema import Scenario
from gguplan.inputs.toml_document import KeyPath
from gguplan.language import _, listed_with_and, plural
from gguplan.wording.dates import format_day


def read_members(scenario: Scenario, country: Population, layers: Layers, findings: Findings) -> Population:
    """The municipalities that a scenario names as members, among all of the country; all of them where it names none.

    Fails if a name is no municipality on the reference date, or one is named twice; then it is the country, so that
    what else is wrong can be told as well.
    """
    if scenario.members is None:
        if scenario.membership:
            findings.add(
                layers.place(("membership",)),
                _("Somebody joins or leaves, and nothing says who the members are."),
                _('Name them: members = ["Utrecht", "Amersfoort"]; or take this out.'),
            )
        return with_bodies(country, bodies_that_pay(scenario))
    country = with_bodies(country, bodies_in(scenario))
    mistakes = Findings()
    members = _Members(scenario, country, layers, mistakes)
    codes = members.of_the_scenario()
    if not mistakes.gathered:
        members.check_years_ahead(codes)
    findings.gathered.extend(mistakes.gathered)
    return country if mistakes.gathered or not codes else members_of(country, codes)


def moves_the_population(scenario: Scenario, path: KeyPath) -> bool:
    """Whether a value at a path decides whose inhabitants count: the date, or who the members are."""
    return path[0] in ("reference_date", "bodies") or (
        scenario.members is not None and path[0] in ("year", "members", "membership", "groups")
    )


def members_in_year(
    scenario: Scenario, year: int, country: Population, layers: Layers, findings: Findings
) -> Population:
    """The members in another year than that of the scenario, among all municipalities of `country`, those of the
    reference date of that year. Fails if nobody says what became of a member."""
    if scenario.members is None:
        return with_bodies(country, bodies_that_pay(scenario))
    country = with_bodies(country, bodies_in(scenario))
    members = _Members(scenario, load_population(scenario.reference_date.year), layers, findings)
    codes = members.in_year(year)
    findings.raise_if_any()
    return members_of(country, codes & country.index.keys())


def heirs(gm_codes: Iterable[str], country: Population) -> set[str]:
    """The codes of the municipalities of another year that these are, became or came from."""
    holders: set[str] = set()
    for code in gm_codes:
        if code in country.index:
            holders.add(code)
            continue
        became = {change.new_code for change in successors(code, country.year)}
        came_from = {change.old_code for change in predecessors(code, country.year)}
        holders |= (became | came_from) & country.index.keys()
    return holders


class _Members:
    """The codes of the members in each year, followed from that of the scenario."""

    def __init__(self, scenario: Scenario, country: Population, layers: Layers, findings: Findings) -> None:
        self.bodies = bodies_in(scenario)
        self.scenario, self.layers, self.findings = scenario, layers, findings
        self.country = with_bodies(country, self.bodies)
        self.lag = scenario.year - scenario.reference_date.year

    def of_the_scenario(self) -> set[str]:
        """The codes in the year of the scenario: those named, without who has left, with who has joined."""
        # What is wrong with a group is told where all groups are read.
        named = NamedMunicipalities(self.scenario, self.country, self.layers, Findings())
        named.findings = self.findings
        mask = named.listed(self.scenario.members or (), ("members",))
        codes = {self.country.municipalities[position].gm_code for position in np.flatnonzero(mask).tolist()}
        for name, table in self.scenario.membership.items():
            if table.leaves is not None and table.leaves <= self.scenario.year:
                codes -= self._leavers(name, table, self.country, codes)
            if table.joins is not None and table.joins <= self.scenario.year:
                codes |= self._joiners(name, table, self.country, codes)
        if codes and not codes - self._of_bodies and not self.findings.gathered:
            self._fail_without_municipalities(self.scenario.year)
        codes |= codes_of_programmes(self.scenario)
        if not codes and not self.findings.gathered:
            self.findings.add(
                self.layers.place(("membership",)),
                _("In {year} nobody is a member any more.", year=self.scenario.year),
                _("Leave somebody in the fund."),
            )
        return codes

    def check_years_ahead(self, codes: set[str]) -> None:
        """Fail if somebody joins or leaves after the last year of the scenario, or nobody says what became of a member
        in a year ahead."""
        horizon = self.scenario.horizon
        last = self.scenario.year if horizon is None else max(self.scenario.year, horizon.last)
        for name, table in self.scenario.membership.items():
            for key, year in (("joins", table.joins), ("leaves", table.leaves)):
                if year is not None and year > last:
                    self.findings.add(
                        self.layers.place(("membership", name, key)),
                        _("{year} is after the last year of this scenario, {last}.", year=year, last=last),
                        _("Give it years ahead up to that year: [horizon]; or take this out."),
                    )
        for year in range(self.scenario.year + 1, last + 1):
            codes = self._a_year_on(codes, year)
            if not codes - self._of_bodies and not self.findings.gathered:
                self._fail_without_municipalities(year)

    @property
    def _of_bodies(self) -> set[str]:
        return {body.gm_code for body in self.bodies}

    def _fail_without_municipalities(self, year: int) -> None:
        self.findings.add(
            self.layers.place(("members",)),
            _("In {year} no municipality is a member.", year=year),
            _("Name at least one beside the other bodies."),
        )

    def in_year(self, year: int) -> set[str]:
        """The codes in a year before or after that of the scenario."""
        codes = self.of_the_scenario()
        for later in range(self.scenario.year + 1, year + 1):
            codes = self._a_year_on(codes, later)
        for later in range(self.scenario.year, year, -1):
            codes = self._a_year_back(codes, later)
        return codes

    def _country_for(self, year: int) -> Population:
        """All municipalities on the reference date of a year; of a year that is not counted yet, the last that are."""
        counted = years()
        return with_bodies(load_population(min(max(year - self.lag, min(counted)), max(counted))), self.bodies)

    def _a_year_on(self, codes: set[str], year: int) -> set[str]:
        before, after = self._country_for(year - 1), self._country_for(year)
        for name, table in self.scenario.membership.items():
            if table.leaves == year:
                codes = codes - self._leavers(name, table, before, codes)
        joiners: set[str] = set()
        for name, table in self.scenario.membership.items():
            if table.joins == year:
                joiners |= self._joiners(name, table, after, codes)
        gone_on = {code for code in codes if code in after.index}
        over_the_border: dict[str, list[MunicipalChange]] = {}
        for code in sorted(codes - gone_on):
            for change in _last_changes(code, after):
                heir = change.new_code
                if heir not in codes and heir not in joiners and not _origins(heir, before) <= codes:
                    over_the_border.setdefault(heir, []).append(change)
                gone_on.add(heir)
        for heir, changes in over_the_border.items():
            self._fail_over_the_border(changes, _origins(heir, before) - codes, year)
        return gone_on | joiners

    def _a_year_back(self, codes: set[str], year: int) -> set[str]:
        """The members in the year before `year`: of those that are now members, what they came from."""
        before, after = self._country_for(year - 1), self._country_for(year)
        for name, table in self.scenario.membership.items():
            if table.joins == year:
                codes = codes - self._named(name, table, after)
        came_from = {origin for code in codes for origin in _origins(code, before)}
        for name, table in self.scenario.membership.items():
            if table.leaves == year:
                came_from |= self._named(name, table, before)
        return came_from

    def _leavers(self, name: str, table: MembershipTable, country: Population, codes: set[str]) -> set[str]:
        leavers = self._named(name, table, country)
        for stranger in sorted(leavers - codes):
            self._add(
                name,
                _("{name} ({code}) is no member.", name=name_in_any_year(stranger), code=stranger),
                _("Who leaves must be a member until then."),
            )
        return leavers

    def _joiners(self, name: str, table: MembershipTable, country: Population, codes: set[str]) -> set[str]:
        joiners = self._named(name, table, country)
        for member in sorted(joiners & codes):
            self._add(
                name,
                _("{name} ({code}) is a member already.", name=name_in_any_year(member), code=member),
                _("Take it out of members, or out of here."),
            )
        return joiners

    def _named(self, name: str, table: MembershipTable, country: Population) -> set[str]:
        codes: set[str] = set()
        for index, text in enumerate(table.municipalities):
            path: KeyPath = ("membership", name, "municipalities", index)
            try:
                codes.add(look_up(text, country).gm_code)
            except UnknownMunicipality as problem:
                self.findings.add(self.layers.place(path), problem.what, problem.remedy)
        return codes

    def _add(self, name: str, what: str, remedy: str) -> None:
        self.findings.add(self.layers.place(("membership", name, "municipalities")), what, remedy)

    def _fail_over_the_border(self, changes: list[MunicipalChange], strangers: set[str], year: int) -> None:
        """Fail where members became part of a municipality with others, and nobody says whether it is a member."""
        members = [f"{change.old_name} ({change.old_code})" for change in changes]
        self.findings.add(
            self.layers.place(("members",)),
            plural(
                "{members} became part of {heir} on {day}, and so did {others}, which is no member.",
                "{members} became part of {heir} on {day}, and so did {others}, which are no members.",
                len(strangers),
                members=listed_with_and(members),
                heir=changes[0].new_name,
                day=format_day(changes[0].effective_date),
                others=listed_with_and(sorted(map(name_in_any_year, strangers))),
            ),
            _(
                "Say what happens: [membership.name] with municipalities = [{heir}] and joins = {year}, or with "
                "municipalities = [{names}] and leaves = {year}.",
                heir=f'"{changes[0].new_name}"',
                names=", ".join(f'"{change.old_name}"' for change in changes),
                year=year,
            ),
        )


def _last_changes(code: str, after: Population) -> Iterator[MunicipalChange]:
    """The changes through which a municipality became those of `after`."""
    return (change for change in successors(code, after.year) if change.new_code in after.index)


def _origins(code: str, before: Population) -> set[str]:
    """The codes among those of `before` of what a later municipality came from."""
    came = {change.old_code for change in predecessors(code, before.year)} | {code}
    return came & before.index.keys()
