"""The year of the fund of one variant, made from its scenario without reading or checking again what is the same."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from functools import partial
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from gguplan.findings import Findings, InputError
from gguplan.fund.acceptance import Acceptance
from gguplan.fund.adjustments import old_division_of
from gguplan.fund.allocation_keys import AllocationKey
from gguplan.fund.fund_year import FundYear, days_in
from gguplan.fund.municipalities import Population
from gguplan.fund.opt_outs import OptOut
from gguplan.fund.programme import Payers, Programme
from gguplan.fund.realisation import StatedRealisation
from gguplan.fund.sweep_plan import AS_WRITTEN, Factor
from gguplan.fund.thresholds import Threshold
from gguplan.fund.years_ahead import YearsAhead
from gguplan.inputs.population.years import load_population
from gguplan.inputs.scenario.adjustments import adjustments_of, code_among
from gguplan.inputs.scenario.allocation_key_tables import (
    AllocationKeyTable,
    allocation_key_of,
    files_named_by,
)
from gguplan.inputs.scenario.layers import copied
from gguplan.inputs.scenario.members import moves_the_population, read_members
from gguplan.inputs.scenario.opt_outs import check_days
from gguplan.inputs.scenario.participation_tables import ThresholdTable, settlement_of, threshold_of
from gguplan.inputs.scenario.programmes import (
    OLD_KEY,
    amounts_amiss,
    bodies_amiss,
    check_payers,
    programme_of,
    read_payers,
    values_of,
)
from gguplan.inputs.scenario.reading import ScenarioInputs, read_again, read_people
from gguplan.inputs.scenario.schema import Scenario
from gguplan.inputs.scenario.schema_walk import tables
from gguplan.inputs.scenario.settings import put
from gguplan.inputs.scenario.stated_realisation_table import StatedRealisationTable, stated_realisation_of
from gguplan.inputs.scenario.years_ahead import years_ahead_of
from gguplan.inputs.sweep.factor_values import as_stated, setting_of
from gguplan.model.sweep.memory import Memory

People = tuple[Mapping[str, tuple[OptOut, ...]], Mapping[str, Acceptance]]


class _Part(Struct, frozen=True):
    """A table that varies: the one called `name` in `group`, or without a name the whole group. `places` are those of
    its factors in the order in which they are set: a settlement decides whether there is a rate, so it goes first."""

    group: str
    name: str | None
    places: tuple[int, ...]


def _parts_of(factors: Sequence[Factor]) -> tuple[_Part, ...]:
    places: dict[tuple[str, str | None], list[int]] = {}
    for place in sorted(range(len(factors)), key=lambda place: factors[place].path[-1] != "settlement"):
        group, *rest = map(str, factors[place].path)
        places.setdefault((group, rest[0] if rest and group in tables() else None), []).append(place)
    return tuple(_Part(group, name, tuple(listed)) for (group, name), listed in places.items())


class VariantInputs:
    """Makes the year of the fund that ``read_scenario(name, settings)`` would read for the settings of a variant.

    Only the tables that a variant changes are checked again; who is outside is looked up again only when a name, a
    group or a date changes.
    """

    def __init__(self, base: ScenarioInputs, factors: Sequence[Factor]) -> None:
        self.base, self.factors = base, tuple(factors)
        scenario = base.scenario
        self._scenario_itself = scenario.model_copy(update={"expected": None})
        self._needed = {key: getattr(scenario, key) for key in ("title", "year", "reference_date")}
        self._parts = _parts_of(self.factors)
        self._checked: Memory[Any] = Memory(10_000)
        self._moves = any(moves_the_population(scenario, factor.path) for factor in self.factors)
        self._stated: Memory[Any] = Memory(10_000)
        self._people: Memory[People] = Memory(200)
        self._members: Memory[Population] = Memory(200)
        people = base.fund_year.opt_outs, base.fund_year.acceptance
        self._people.get(self._outside_by(scenario, base.population), lambda: people)
        self._programmes: Memory[Programme] = Memory(10_000)
        self._keys: Memory[AllocationKey] = Memory(200)
        self._old_keys: Memory[AllocationKey] = Memory(200)
        self._payers: Memory[Payers | None] = Memory(200)
        self._realisation: Memory[StatedRealisation] = Memory(10_000)

    def settings(self, values: Sequence[int]) -> list[str]:
        """The ``--set`` settings of a variant."""
        return [
            setting_of(factor, value) for factor, value in zip(self.factors, values, strict=True) if value != AS_WRITTEN
        ]

    def read_in_full(self, values: Sequence[int]) -> ScenarioInputs:
        """The inputs as ``--set`` makes them: slow, and with every finding when they are wrong."""
        return read_again(self.base, self.settings(values), None if self._moves else self.base.population)

    def read(self, values: Sequence[int]) -> FundYear:
        """The fund of a variant. Raises ValueError where its inputs are wrong: `read_in_full` says why."""
        scenario = self._scenario(values)
        population = self._members_on(scenario) if self._moves else self.base.population
        opt_outs, acceptance = self._people_of(scenario, population)
        left_out = scenario.left_out
        before, own = self.base.scenario, self.base.programmes
        alike = population is self.base.population and scenario.horizon is before.horizon
        programmes = {
            name: own[name]
            if alike and name in own and table is before.programmes.get(name)
            else self._programme_of(name, scenario, population, values)
            for name, table in scenario.programmes.items()
            if name not in left_out
        }
        self._check_payers(programmes, opt_outs, population, scenario.year)
        return replace(
            self.base.fund_year,
            title=scenario.title,
            description=scenario.description,
            source=scenario.source,
            year=scenario.year,
            reference_date=scenario.reference_date,
            reference_date_source=scenario.reference_date_source,
            missing_count=None if self._moves else self.base.fund_year.missing_count,
            population=population,
            programmes=programmes,
            opt_outs=opt_outs,
            thresholds={name: self._threshold_of(name, table) for name, table in scenario.thresholds.items()},
            acceptance=acceptance,
            realisation={name: self._stated_realisation(table) for name, table in scenario.realisation.items()},
            years_ahead=self._years_ahead(scenario),
            left_out=frozenset(scenario.without),
        )

    def _check_payers(
        self,
        programmes: Mapping[str, Programme],
        opt_outs: Mapping[str, tuple[OptOut, ...]],
        population: Population,
        year: int,
    ) -> None:
        findings = Findings()
        check_payers(programmes, opt_outs, population, days_in(year), self.base.layers, findings)
        findings.raise_if_any()

    def _members_on(self, scenario: Scenario) -> Population:
        """The members on another reference date."""
        country = load_population(scenario.reference_date.year)

        def read() -> Population:
            findings = Findings()
            members = read_members(scenario, country, self.base.layers, findings)
            findings.raise_if_any()
            return members

        key = (country, scenario.year, *_who_belongs(scenario))
        return self._members.get(key, read)

    def _stated_realisation(self, table: StatedRealisationTable) -> StatedRealisation:
        return self._realisation.get((table.between, table.sure, table.source), partial(stated_realisation_of, table))

    def _threshold_of(self, name: str, table: ThresholdTable) -> Threshold:
        same = table is self.base.scenario.thresholds.get(name)
        return self.base.fund_year.thresholds[name] if same else threshold_of(table)

    def _years_ahead(self, scenario: Scenario) -> YearsAhead | None:
        """Those of the scenario, but where something of them varies; an account without a first year begins in that of
        the scenario."""
        horizon = scenario.horizon
        same = horizon is self.base.scenario.horizon and scenario.year == self.base.scenario.year
        if horizon is None or same:
            return self.base.fund_year.years_ahead
        return years_ahead_of(horizon, scenario.year)

    def _scenario(self, values: Sequence[int]) -> Scenario:
        """The scenario of a variant, of which only the tables that it changes are checked, and each of these once."""
        changed: dict[str, Any] = {}
        for part in self._parts:
            stated = tuple((place, values[place]) for place in part.places if values[place] != AS_WRITTEN)
            if not stated:
                continue
            checked = self._checked.get((part, stated), partial(self._check, part, stated))
            if part.name is None:
                changed.update(checked)
                continue
            if part.group not in changed:
                changed[part.group] = dict(getattr(self._scenario_itself, part.group))
            changed[part.group][part.name] = checked
        return self._scenario_itself.model_copy(update=changed)

    def _check(self, part: _Part, stated: tuple[tuple[int, int], ...]) -> Any:
        """The table of a part with its stated values; of a part without a name all keys that follow from them."""
        written = self.base.layers.data.get(part.group)
        data: dict[str, Any] = {}
        if part.name is not None:
            data[part.group] = {part.name: copied((written or {}).get(part.name, {}))}
            self._put(data, stated)
            return tables()[part.group].model_validate(data[part.group][part.name])
        if any(len(self.factors[place].path) > 1 for place, _value in stated):
            data[part.group] = copied(written or {})
        self._put(data, stated)
        checked = Scenario.model_validate({**self._needed, **data})
        return {key: getattr(checked, key) for key in data}

    def _put(self, data: dict[str, Any], stated: tuple[tuple[int, int], ...]) -> None:
        """Write the stated values into the data of a scenario, with what follows from them."""
        for place, value in stated:
            factor = self.factors[place]
            put(data, factor.path, self._stated.get((place, value), partial(as_stated, factor, value)))

    def _people_of(self, scenario: Scenario, population: Population) -> People:
        """Who is outside, by all that this depends on: not by what a settlement does or costs."""
        key = self._outside_by(scenario, population)
        looked_up, acceptance = self._people.get(key, lambda: self._look_up(scenario, population))
        tables, written = scenario.opt_outs, self.base.scenario.opt_outs
        now = {
            programme: opt_outs
            if looked_up is self.base.fund_year.opt_outs
            and all(tables[opt_out.name] is written.get(opt_out.name) for opt_out in opt_outs)
            else tuple(
                replace(opt_out, settlement=settlement_of(tables[opt_out.name]), source=tables[opt_out.name].source)
                for opt_out in opt_outs
            )
            for programme, opt_outs in looked_up.items()
        }
        return now, acceptance

    def _outside_by(self, scenario: Scenario, population: Population) -> Hashable:
        """All that decides who is outside."""
        return (
            population,
            scenario.year,
            scenario.horizon.last if scenario.horizon is not None else None,
            scenario.left_out,
            tuple(scenario.programmes),
            tuple(scenario.programme_groups.items()),
            *_who_belongs(scenario),
            tuple(
                (
                    name,
                    opt_out.programmes,
                    opt_out.municipalities,
                    opt_out.joins,
                    opt_out.leaves,
                    opt_out.reference_date,
                )
                for name, opt_out in scenario.opt_outs.items()
            ),
            tuple(scenario.thresholds),
            tuple(scenario.realisation),
            tuple(
                (name, tuple(cascade.limits.items()), cascade.size_classes, cascade.level)
                for name, cascade in scenario.cascades.items()
            ),
        )

    def _look_up(self, scenario: Scenario, population: Population) -> People:
        findings = Findings()
        check_days(scenario, self.base.layers, findings)
        people = read_people(scenario, population, self.base.layers, findings)
        findings.raise_if_any()
        return people

    def _programme_of(self, name: str, scenario: Scenario, population: Population, values: Sequence[int]) -> Programme:
        """A programme by all that it depends on."""
        table = scenario.programmes[name]
        underspend = scenario.underspend_rule(name)

        def made() -> Programme:
            payers = self._payers_of(name, scenario, population)
            allocation = self._key_of(name, table.allocation, population, payers, values)
            adjustments = adjustments_of(
                table,
                lambda key, as_paid: self._old_key_of(name, key, as_paid, population, payers, values),
                code_among(population),
            )
            programme = replace(programme_of(scenario, name, allocation, adjustments), payers=payers)
            layers = self.base.layers
            amiss = [amounts_amiss(programme, layers), bodies_amiss(programme, population, layers)]
            if findings := list(filter(None, amiss)):
                raise InputError(findings)
            return programme

        return self._programmes.get((name, table, underspend, population), made)

    def _payers_of(self, name: str, scenario: Scenario, population: Population) -> Payers | None:
        def read() -> Payers | None:
            findings = Findings()
            payers = read_payers(scenario, name, population, self.base.layers, findings)
            findings.raise_if_any()
            return payers

        members = scenario.programmes[name].members
        return self._payers.get((name, members, population, *_who_belongs(scenario)), read)

    def _key_of(
        self,
        name: str,
        table: AllocationKeyTable,
        population: Population,
        payers: Payers | None,
        values: Sequence[int],
    ) -> AllocationKey:
        """The allocation key of a programme, read once for all variants that say the same of it."""

        def read() -> AllocationKey:
            base = self.base.scenario.programmes.get(name)
            if not files_named_by(table) or (base is not None and table == base.allocation):
                return allocation_key_of(table, values_of(name, population, payers, self.base.layers))
            # Which folder the file stands in depends on who says it.
            return self.read_in_full(values).programmes[name].allocation

        return self._keys.get((name, table, population, payers), read)

    def _old_key_of(
        self,
        name: str,
        table: AllocationKeyTable,
        as_paid: bool,
        population: Population,
        payers: Payers | None,
        values: Sequence[int],
    ) -> AllocationKey:
        def read() -> AllocationKey:
            base = self.base.scenario.programmes.get(name)
            before = base.old_division if base is not None else None
            if not files_named_by(table) or (before is not None and table == before.allocation):
                of_old = values_of(name, population, payers, self.base.layers, None, OLD_KEY, as_paid)
                return allocation_key_of(table, of_old)
            # Which folder the file stands in depends on who says it.
            adjustments = self.read_in_full(values).programmes[name].adjustments
            return next(old.key for old in map(old_division_of, adjustments) if old is not None)

        return self._old_keys.get((name, table, population, payers, as_paid), read)


def _who_belongs(scenario: Scenario) -> tuple[Any, ...]:
    """What says which municipalities a group, and the fund, has."""
    bodies = tuple(scenario.bodies.items())
    return tuple(scenario.groups.items()), scenario.members, tuple(scenario.membership.items()), bodies
