"""Who is outside, which rates are accepted and what weighs in a later year of a scenario."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Protocol, assert_never

import numpy as np
from msgspec.structs import replace

from gguplan.findings import Findings, InputError
from gguplan.fund.acceptance import Acceptance
from gguplan.fund.adjustments import Adjustment, OldDivision, old_division_of, with_old_division
from gguplan.fund.allocation_keys import (
    AllocationKey,
    FixedAmounts,
    FixedPlusInhabitants,
    FixedShares,
    InhabitantsOn,
    PerColumn,
    PerInhabitant,
    Products,
    RatePerInhabitant,
    StepAmounts,
    Stepped,
    UnmixedKey,
    Weights,
    unmixed_keys,
    with_keys,
)
from gguplan.fund.fund_year import days_in
from gguplan.fund.municipalities import Mask, Population
from gguplan.fund.opt_outs import OptOut
from gguplan.fund.programme import Payers, Programme
from gguplan.inputs.population.years import years
from gguplan.inputs.scenario.allocation_key_tables import AllocationKeyTable, keys_in
from gguplan.inputs.scenario.joiners import with_joiners
from gguplan.inputs.scenario.key_values import counted_key
from gguplan.inputs.scenario.members import heirs
from gguplan.inputs.scenario.opt_outs import days_outside
from gguplan.inputs.scenario.participation_tables import Group, OptOutTable
from gguplan.inputs.scenario.programmes import OLD_KEY, bodies_amiss, check_payers
from gguplan.inputs.scenario.reading import ScenarioInputs, read_people
from gguplan.inputs.scenario.schema import Scenario
from gguplan.inputs.scenario.weights_file import read_weights
from gguplan.inputs.toml_document import KeyPath
from gguplan.money import Integers


class Carried(Protocol):
    """What is known of other years, for the municipalities of one."""

    def values(self, of_before: Integers) -> Integers:
        """What the municipalities of the scenario have, carried to those of the year."""

    def count_of(self, year: int) -> Population:
        """All municipalities on 1 January of a year, counted or projected."""


def people_in_year(
    inputs: ScenarioInputs, year: int, population: Population, budgeted: Mapping[str, Programme]
) -> tuple[dict[str, tuple[OptOut, ...]], dict[str, Acceptance]]:
    """The opt-outs and the acceptance of a scenario in `year`, over the inhabitants of that year, of the programmes
    that are `budgeted` in it, with their payers among these.

    Raises InputError when an opt-out cannot be found among the municipalities of the year, or nobody is left to pay.
    """
    scenario, findings = inputs.scenario, Findings()
    lag = inputs.lag
    staying = _opt_outs_in_year(scenario.opt_outs, scenario.year, year)
    of_year = scenario.model_copy(
        update={
            "year": year,
            "reference_date": date(year - lag, 1, 1),
            "without": tuple(name for name in scenario.programmes if name not in budgeted),
            # Which programmes have a budget is settled: one that has ended may have one for once.
            "horizon": None,
            "opt_outs": staying,
            "groups": _groups_named(scenario, staying),
        }
    )
    opt_outs, acceptance = read_people(of_year, population, inputs.layers, findings)
    check_payers(budgeted, opt_outs, population, days_in(year), inputs.layers, findings)
    findings.raise_if_any()
    return opt_outs, acceptance


def with_values_of(inputs: ScenarioInputs, programme: Programme, population: Population, carried: Carried) -> Programme:
    """A programme with its payers among these municipalities, where it has members of its own, and with what its
    allocation key has for them. A municipality that one of its members became pays it.

    A column has a row for each of them: it is read again. What is agreed on, shares, amounts or units, is `carried`
    with the municipalities: one that others became part of has theirs together, and who joins has what stands for those
    who are not named. Raises InputError when a weight cannot be found among them, or nothing is agreed with who joins.
    """
    programme = replace(programme, payers=_payers_among(inputs.population, programme.payers, population))
    path: KeyPath = ("programmes", programme.name, "allocation")
    pays = programme.pays(population)
    table = inputs.scenario.programmes[programme.name].allocation
    key = _in_year(programme.allocation, table, path, inputs, population, pays, carried)
    if programme.payers is None:
        key = with_joiners(inputs, programme.name, key, population)
    if key is not programme.allocation:
        programme = replace(programme, allocation=key)
    if (finding := bodies_amiss(programme, population, inputs.layers)) is not None:
        raise InputError([finding])
    if all(old_division_of(adjustment) is None for adjustment in programme.adjustments):
        return programme
    read: dict[OldDivision, OldDivision] = {}
    return replace(
        programme,
        adjustments=tuple(
            _with_old_values(inputs, programme.name, adjustment, population, pays, carried, read)
            for adjustment in programme.adjustments
        ),
    )


def _with_old_values(
    inputs: ScenarioInputs,
    programme: str,
    adjustment: Adjustment,
    population: Population,
    pays: Mask,
    carried: Carried,
    read: dict[OldDivision, OldDivision],
) -> Adjustment:
    """An adjustment with what these municipalities have in its old division; `read` are those of others."""
    old = old_division_of(adjustment)
    if old is None:
        return adjustment
    if old not in read:
        path: KeyPath = ("programmes", programme, *OLD_KEY)
        before = inputs.scenario.programmes[programme].old_division
        assert before is not None
        key = _in_year(old.key, before.allocation, path, inputs, population, pays, carried, old.as_paid)
        read[old] = replace(old, key=key)
    return with_old_division(adjustment, read[old])


def _in_year(
    key: AllocationKey,
    table: AllocationKeyTable,
    path: KeyPath,
    inputs: ScenarioInputs,
    population: Population,
    pays: Mask,
    carried: Carried,
    whole: bool = False,
) -> AllocationKey:
    unmixed = (
        _unmixed_in_year(of_part, (*path, *under), inputs, population, pays, carried, whole)
        for of_part, (under, _table) in zip(unmixed_keys(key), keys_in(table), strict=True)
    )
    return with_keys(key, unmixed)


def _unmixed_in_year(
    key: UnmixedKey,
    path: KeyPath,
    inputs: ScenarioInputs,
    population: Population,
    pays: Mask,
    carried: Carried,
    whole: bool,
) -> UnmixedKey:
    match key:
        case PerColumn(stands=stands):
            weights = read_weights(stands, path, population, inputs.layers, pays, whole=whole)
            return replace(key, weights=Weights(weights))
        case FixedShares(parts=parts):
            return replace(key, parts=Weights(carried.values(parts.values)))
        case FixedAmounts(cents=cents):
            return replace(key, cents=Weights(carried.values(cents.values)))
        case Products(units=units):
            return replace(key, units=Weights(carried.values(units.values)))
        case InhabitantsOn(meant=meant):
            then = carried.count_of(meant + population.year - inputs.meant_count)
            own = counted_key(then, population, pays, inputs.place(*path))
            return replace(own, meant=then.year)
        case PerInhabitant() | Stepped() | RatePerInhabitant() | FixedPlusInhabitants() | StepAmounts():
            return key
        case _:
            assert_never(key)


def _opt_outs_in_year(opt_outs: dict[str, OptOutTable], base: int, year: int) -> dict[str, OptOutTable]:
    """The opt-outs of a scenario of the year `base` in a later one: who is not outside on any day of it need not be
    found among its municipalities, and the inhabitants that a refund counts are as many years on."""
    if year == base:
        return opt_outs
    in_year: dict[str, OptOutTable] = {}
    for name, opt_out in opt_outs.items():
        if not days_outside(opt_out, year).any():
            in_year[name] = opt_out.model_copy(update={"municipalities": ()})
            continue
        counted = opt_out.reference_date
        if counted is not None:
            moved = counted.replace(year=counted.year + year - base)
            counted = moved if moved.year in years() else None
        in_year[name] = opt_out.model_copy(update={"reference_date": counted})
    return in_year


def _groups_named(scenario: Scenario, opt_outs: Mapping[str, OptOutTable]) -> dict[str, Group]:
    """The groups that opt-outs and cascades name, also by way of others: one that says who the members are, says so of
    the year of the scenario."""
    named = {text for opt_out in opt_outs.values() for text in opt_out.municipalities}
    named |= {text for cascade in scenario.cascades.values() for text in cascade.limits}
    kept: dict[str, Group] = {}
    # A group names groups above it.
    for name, group in reversed(scenario.groups.items()):
        if name in named:
            kept[name] = group
            named |= {*(group.municipalities or ()), *group.without}
    return dict(reversed(kept.items()))


def _payers_among(before: Population, payers: Payers | None, population: Population) -> Payers | None:
    """The payers of a programme, or what they became, among the municipalities of another year."""
    if payers is None or population is before:
        return payers
    codes = [before.municipalities[position].gm_code for position in np.flatnonzero(payers.mask).tolist()]
    paying = heirs(codes, population.everybody)
    return Payers(np.array([municipality.gm_code in paying for municipality in population.municipalities]))
