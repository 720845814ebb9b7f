"""The programmes of a scenario as nouns of the fund, with the weights that their allocation keys name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, assert_never

from gguplan.findings import Finding, Findings, InputError
from gguplan.fund.allocation_keys import AllocationKey, stated_amounts_of
from gguplan.fund.municipalities import Population
from gguplan.fund.programme import (
    GrossBudget,
    NetBudget,
    Programme,
    RateBudget,
    StatedBudget,
    TariffBudget,
    VolumeBudget,
)
from gguplan.inputs.scenario.adjustments import adjustments_of
from gguplan.inputs.scenario.allocation_key_tables import PerInhabitantTable, allocation_key_of
from gguplan.inputs.scenario.income import income_of
from gguplan.inputs.scenario.key_values import KeyValues
from gguplan.inputs.scenario.layers import Layers
from gguplan.inputs.scenario.reserve import reserve_of
from gguplan.inputs.scenario.schema import ProgrammeTable, Scenario
from gguplan.language import _
from gguplan.money import times_fraction
from gguplan.wording.amounts import format_euros

_VAT_PERCENT: Final = {"21%": 21, "none": 0}


def read_programmes(
    scenario: Scenario, population: Population, layers: Layers, findings: Findings
) -> dict[str, Programme]:
    """The programmes that are paid for in the year of the scenario, without those left out; mistakes in a file with
    weights go to the findings."""
    paid = [name for name in scenario.programmes if name not in scenario.left_out]
    return _read(scenario, paid, population, layers, findings)


def programmes_with_account(scenario: Scenario, population: Population, layers: Layers) -> dict[str, Programme]:
    """The programmes that have an account in the years ahead: all that are not left out, and of those that are left
    out the ones with money. Nobody pays for these any more; what they have and what they promised stays.

    Raises InputError for a mistake in a file with weights.
    """
    horizon, findings = scenario.horizon, Findings()
    names = [
        name
        for name in scenario.programmes
        if name not in scenario.without or (horizon is not None and horizon.of(name).has_money)
    ]
    programmes = _read(scenario, names, population, layers, findings)
    findings.raise_if_any()
    return programmes


def _read(
    scenario: Scenario, names: Iterable[str], population: Population, layers: Layers, findings: Findings
) -> dict[str, Programme]:
    programmes: dict[str, Programme] = {}
    for name in names:
        table = scenario.programmes[name]
        try:
            # Of what is left out nothing is divided: its weights are not looked for.
            key = PerInhabitantTable() if name in scenario.without else table.allocation
            allocation = allocation_key_of(key, values_of(name, population, layers, findings.notes))
        except InputError as error:
            findings.gathered.extend(error.findings)
            continue
        programme = programme_of(scenario, name, allocation)
        if (finding := amounts_amiss(programme, layers)) is not None:
            findings.gathered.append(finding)
        programmes[name] = programme
    return programmes


def values_of(name: str, population: Population, layers: Layers, notes: list[str] | None = None) -> KeyValues:
    """What reads the values of the allocation key of a programme."""
    return KeyValues(population, layers, ("programmes", name, "allocation"), notes)


def amounts_amiss(programme: Programme, layers: Layers) -> Finding | None:
    """What is wrong where each pays a stated amount and the budget is stated too: together these are what there is to
    divide. None where nothing is."""
    amounts, budget = stated_amounts_of(programme.allocation), programme.budget
    if amounts is None:
        return None
    match budget:
        case GrossBudget(cents):
            gross = cents
        case NetBudget(cents):
            gross = cents + times_fraction(cents, programme.vat_percent, 100)
        case TariffBudget() | RateBudget() | VolumeBudget():
            return None
        case _:
            assert_never(budget)
    otherwise = sum(row.cents for row in programme.income) + sum(row.cents for row in programme.reserve)
    together, to_divide = int(amounts.values.sum()), gross - otherwise
    if together == to_divide:
        return None
    return Finding(
        layers.place(("programmes", programme.name, "allocation")),
        _(
            "The amounts sum to {together}, and {to_divide} is to be divided: {difference} too little.",
            together=format_euros(together),
            to_divide=format_euros(to_divide),
            difference=format_euros(to_divide - together),
        )
        if together < to_divide
        else _(
            "The amounts sum to {together}, and {to_divide} is to be divided: {difference} too much.",
            together=format_euros(together),
            to_divide=format_euros(to_divide),
            difference=format_euros(together - to_divide),
        ),
        _("Correct the amounts or the budget; without a budget the amounts say what is paid."),
    )


def programme_of(scenario: Scenario, name: str, allocation: AllocationKey) -> Programme:
    """The programme that a scenario calls `name`, divided by `allocation`."""
    table = scenario.programmes[name]
    return Programme(
        name,
        table.title,
        budget_of(table),
        _VAT_PERCENT[table.vat],
        allocation,
        table.source,
        table.kind,
        scenario.underspend_rule(name),
        tuple(map(income_of, table.income)),
        table.purpose or "",
        table.description or "",
        tuple(map(reserve_of, table.reserve)),
        adjustments_of(table),
    )


def budget_of(table: ProgrammeTable) -> StatedBudget:
    """The budget that a table says, which is one of the four, or the tariffs of its allocation key."""
    if table.volume is not None and table.price is not None:
        return VolumeBudget(table.fixed or 0, table.volume, table.price)
    if table.net is not None:
        return NetBudget(table.net)
    if table.gross is not None:
        return GrossBudget(table.gross)
    return TariffBudget() if table.rate is None else RateBudget(table.rate)
