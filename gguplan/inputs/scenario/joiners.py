"""What who joins a fund in a later year has by a key by which is agreed what each pays."""

from __future__ import annotations

from typing import NoReturn, assert_never

import numpy as np
from msgspec.structs import replace

from gguplan.findings import Finding, InputError
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
from gguplan.fund.municipalities import Population
from gguplan.inputs.scenario.allocation_key_tables import (
    AmountsTable,
    ProductsTable,
    SharesTable,
    UnmixedKeyTable,
    keys_in,
)
from gguplan.inputs.scenario.members import heirs
from gguplan.inputs.scenario.reading import ScenarioInputs
from gguplan.language import _, plural
from gguplan.money import Integers
from gguplan.wording.shortlist import shortlist


def with_joiners(inputs: ScenarioInputs, programme: str, key: AllocationKey, population: Population) -> AllocationKey:
    """The key of a programme over the `population` of a later year, with what those have who joined since: what stands
    for each that is not named. Raises InputError where nothing stands, or shares would be more than everything."""
    joiners = _joiners(inputs.population, population)
    if not joiners.size:
        return key
    tables = keys_in(inputs.scenario.programmes[programme].allocation)
    return with_keys(
        key,
        (
            _with_joiners(inputs, programme, unmixed, table, population, joiners)
            for unmixed, (_under, table) in zip(unmixed_keys(key), tables, strict=True)
        ),
    )


def _with_joiners(
    inputs: ScenarioInputs,
    programme: str,
    key: UnmixedKey,
    table: UnmixedKeyTable,
    population: Population,
    joiners: Integers,
) -> UnmixedKey:
    match key:
        case FixedShares():
            # With a share for who joins the shares of all would be more than 100 %.
            if not isinstance(table, SharesTable) or table.others != 0:
                _fail(inputs, programme, population, joiners, SharesTable.nothing)
            return key
        case FixedAmounts(cents=cents):
            if not isinstance(table, AmountsTable) or table.others is None:
                _fail(inputs, programme, population, joiners, AmountsTable.nothing)
            return replace(key, cents=_with(cents, joiners, table.others))
        case Products(units=units, parts=parts):
            if not isinstance(table, ProductsTable) or table.others is None:
                _fail(inputs, programme, population, joiners, ProductsTable.nothing)
            taken = table.in_all_years(table.others) * parts
            finer = Weights(units.values * taken.denominator)
            return replace(key, units=_with(finer, joiners, taken.numerator), parts=parts * taken.denominator)
        case PerInhabitant() | InhabitantsOn() | Stepped() | RatePerInhabitant() | FixedPlusInhabitants():
            return key
        case PerColumn() | StepAmounts():
            return key
        case _:
            assert_never(key)


def _joiners(before: Population, population: Population) -> Integers:
    """The positions of who is a member in a later year, and no member of before lives on in it."""
    if population.country is None:
        return np.zeros(0, dtype=np.int64)
    living_on = heirs(before.index, population.everybody)
    return np.array([position for code, position in population.index.items() if code not in living_on], dtype=np.int64)


def _with(weights: Weights, joiners: Integers, value: int) -> Weights:
    values = weights.values.copy()
    values[joiners] = value
    return Weights(values)


def _fail(inputs: ScenarioInputs, programme: str, population: Population, joiners: Integers, others: str) -> NoReturn:
    what = plural(
        "{names} became a member after the year of this scenario, and it is not agreed what it pays here.",
        "{names} became members after the year of this scenario, and it is not agreed what they pay here.",
        len(joiners),
        names=shortlist([population.municipalities[position].name for position in joiners.tolist()]),
    )
    remedy = _(
        "Say what those who are not named have: {others}; or write a scenario of the year in which they join, with an "
        "allocation of its own.",
        others=others,
    )
    raise InputError([Finding(inputs.place("programmes", programme, "allocation"), what, remedy)])
