"""The programmes of a scenario as nouns of the fund, with the weights that their allocation keys name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Final, assert_never

import numpy as np
from msgspec.structs import replace

from gguplan.findings import Finding, Findings, InputError
from gguplan.fund.adjustments import Adjustment, is_per_inhabitant
from gguplan.fund.allocation_keys import (
    AllocationKey,
    has_values_of_its_own,
    stated_amounts_of,
    takes_from_whoever_pays,
    unmixed_keys,
)
from gguplan.fund.municipalities import Population
from gguplan.fund.opt_outs import OptOut
from gguplan.fund.programme import (
    GrossBudget,
    NetBudget,
    Payers,
    Programme,
    RateBudget,
    StatedBudget,
    TariffBudget,
    VolumeBudget,
)
from gguplan.inputs.scenario.adjustments import adjustments_of, code_among
from gguplan.inputs.scenario.allocation_key_tables import (
    AllocationKeyTable,
    PerInhabitantTable,
    allocation_key_of,
)
from gguplan.inputs.scenario.income import income_of
from gguplan.inputs.scenario.key_values import KeyValues
from gguplan.inputs.scenario.layers import Layers
from gguplan.inputs.scenario.named_municipalities import NamedMunicipalities
from gguplan.inputs.scenario.reserve import reserve_of
from gguplan.inputs.scenario.schema import ProgrammeTable, Scenario
from gguplan.language import _
from gguplan.money import times_fraction
from gguplan.wording.amounts import format_euros
from gguplan.wording.shortlist import shortlist

OLD_KEY: Final = ("old_division", "allocation")
"""Where the key of the old division stands in the table of a programme."""

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
    code_of = code_among(population)
    for name in names:
        table = scenario.programmes[name]
        payers = read_payers(scenario, name, population, layers, findings)
        own = partial(values_of, name, population, payers, layers, findings.notes)

        def old_key(key: AllocationKeyTable, as_paid: bool, own: Callable[..., KeyValues] = own) -> AllocationKey:
            return allocation_key_of(key, own(OLD_KEY, as_paid))

        try:
            # Of what is left out nothing is divided: its weights are not looked for.
            key = PerInhabitantTable() if name in scenario.without else table.allocation
            allocation = allocation_key_of(key, own())
            adjustments = () if name in scenario.without else adjustments_of(table, old_key, code_of)
        except InputError as error:
            findings.gathered.extend(error.findings)
            continue
        programme = replace(programme_of(scenario, name, allocation, adjustments), payers=payers)
        findings.gathered += filter(
            None, [amounts_amiss(programme, layers), bodies_amiss(programme, population, layers)]
        )
        programmes[name] = programme
    return programmes


def values_of(
    name: str,
    population: Population,
    payers: Payers | None,
    layers: Layers,
    notes: list[str] | None = None,
    under: tuple[str, ...] = ("allocation",),
    whole: bool = False,
) -> KeyValues:
    """What reads the values of an allocation key of a programme, which stands `under` its table; `whole` as in
    KeyValues."""
    return KeyValues(population, layers, ("programmes", name, *under), notes, payers, whole)


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


def bodies_amiss(programme: Programme, population: Population, layers: Layers) -> Finding | None:
    """What is wrong where a body pays that has no inhabitants, and nothing but inhabitants says what it pays. None
    where nothing is."""
    pays = programme.pays(population) & population.is_body
    if not pays.any():
        return None
    names = shortlist([population.municipalities[place].name for place in np.flatnonzero(pays).tolist()])
    if not has_values_of_its_own(programme.allocation):
        return Finding(
            layers.place(("programmes", programme.name, "allocation")),
            _("{names}: without inhabitants, and this is divided by inhabitants.", names=names),
            _(
                "Say what it pays by shares, amounts, products or a column, or in a part of a mix; or give the "
                "programme members without it."
            ),
        )
    if any(map(takes_from_whoever_pays, unmixed_keys(programme.allocation))):
        return Finding(
            layers.place(("programmes", programme.name, "allocation")),
            _("{names}: without inhabitants, and a part of this is an amount for each, or one by size.", names=names),
            _("Say what it pays by shares, products or a column; or give the programme members without it."),
        )
    if any(is_per_inhabitant(adjustment) for adjustment in programme.adjustments):
        return Finding(
            layers.place(("programmes", programme.name, "cap")),
            _("{names}: without inhabitants, and this is so much per inhabitant.", names=names),
            _("Write a percentage or euros: rise_percent, rise_euros, fall_percent or fall_euros."),
        )
    return None


def read_payers(
    scenario: Scenario, name: str, population: Population, layers: Layers, findings: Findings
) -> Payers | None:
    """Who of the fund pays a programme that has members of its own; None where all do. Fails if one is no member of the
    fund, or is named twice."""
    members = scenario.programmes[name].members
    if members is None:
        return None
    # What is wrong with a group is told where all groups are read.
    named = NamedMunicipalities(scenario, population, layers, Findings())
    named.findings = findings
    return Payers(named.listed(members, ("programmes", name, "members")))


def check_payers(
    programmes: Mapping[str, Programme],
    opt_outs: Mapping[str, tuple[OptOut, ...]],
    population: Population,
    days: int,
    layers: Layers,
    findings: Findings,
) -> None:
    """Fail if somebody is outside a programme that it is no member of anyhow, or nobody of its members is left."""
    for name, programme in programmes.items():
        if programme.payers is None or name not in opt_outs:
            continue
        together = np.sum([opt_out.absence.days for opt_out in opt_outs[name]], axis=0)
        if (together == days)[programme.payers.mask].all():
            findings.add(
                layers.place(("opt_outs", opt_outs[name][0].name, "municipalities")),
                _("Every municipality is outside {programme!r}: nobody is left to pay.", programme=name),
                _('Leave the programme out instead: without = ["{programme}"].', programme=name),
            )
        for opt_out in opt_outs[name]:
            for position in np.flatnonzero((opt_out.absence.days > 0) & ~programme.pays(population)).tolist():
                stranger = population.municipalities[position]
                findings.add(
                    layers.place(("opt_outs", opt_out.name, "municipalities")),
                    _(
                        "{name} ({code}) is no member of {programme!r}.",
                        name=stranger.name,
                        code=stranger.gm_code,
                        programme=name,
                    ),
                    _("Take it out of the opt-out, or name the programmes that it is outside of in programmes."),
                )


def programme_of(
    scenario: Scenario, name: str, allocation: AllocationKey, adjustments: tuple[Adjustment, ...]
) -> Programme:
    """The programme that a scenario calls `name`, divided by `allocation`, with what is done after that."""
    table = scenario.programmes[name]
    stated = Programme(
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
        adjustments,
    )
    return stated.in_year(scenario.year)


def budget_of(table: ProgrammeTable) -> StatedBudget:
    """The budget that a table says, which is one of the four, or the tariffs of its allocation key."""
    if table.volume is not None and table.price is not None:
        return VolumeBudget(table.fixed or 0, table.volume, table.price)
    if table.net is not None:
        return NetBudget(table.net)
    if table.gross is not None:
        return GrossBudget(table.gross)
    return TariffBudget() if table.rate is None else RateBudget(table.rate)
