"""What a scenario says is done to the amounts after a budget is divided, as nouns of the fund."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from gguplan.findings import Findings
from gguplan.fund.adjustments import (
    Adjustment,
    AmountOfEuros,
    Cap,
    Compensation,
    Cover,
    CoverRow,
    Limit,
    OldDivision,
    PercentOfOld,
    PhaseIn,
    RateOfInhabitants,
    Rounding,
)
from gguplan.fund.allocation_keys import AllocationKey
from gguplan.fund.municipalities import Population
from gguplan.inputs.scenario.adjustment_tables import CapTable, CompensationTable, OldDivisionTable, PhaseInTable
from gguplan.inputs.scenario.allocation_key_tables import AllocationKeyTable
from gguplan.inputs.scenario.layers import Layers

if TYPE_CHECKING:
    from gguplan.inputs.scenario.schema import ProgrammeTable, Scenario


def adjustments_of(
    table: ProgrammeTable, read_key: Callable[[AllocationKeyTable, bool], AllocationKey], code_of: Callable[[str], str]
) -> tuple[Adjustment, ...]:
    """What a table says is done after the division, in the order in which it is done. `read_key` reads the key
    of an old division, of which the numbers must be whole when it has euros that were paid; `code_of` is the code of a
    municipality by its name."""
    adjustments: list[Adjustment] = []
    if table.old_division is not None:
        old = _old_division_of(table.old_division, read_key)
        adjustments += [] if table.phase_in is None else [_phase_in_of(table.phase_in, old)]
        adjustments += [] if table.cap is None else [_cap_of(table.cap, old)]
        adjustments += [] if table.compensation is None else [_compensation_of(table.compensation, old)]
    if table.cover:
        rows = (CoverRow(code_of(row.municipality), row.amount, row.what, row.source) for row in table.cover)
        adjustments.append(Cover(tuple(rows)))
    if table.round_to is not None:
        adjustments.append(Rounding(table.round_to, table.rounding))
    return tuple(adjustments)


def _old_division_of(
    table: OldDivisionTable, read_key: Callable[[AllocationKeyTable, bool], AllocationKey]
) -> OldDivision:
    return OldDivision(read_key(table.allocation, table.as_paid), table.as_paid, table.source)


def _phase_in_of(table: PhaseInTable, old: OldDivision) -> PhaseIn:
    years = sorted((int(year), part) for year, part in table.years.items())
    return PhaseIn(old, tuple(years), table.source)


def _cap_of(table: CapTable, old: OldDivision) -> Cap:
    rise = _limit_of(table.rise_percent, table.rise_euros, table.rise_per_inhabitant)
    fall = _limit_of(table.fall_percent, table.fall_euros, table.fall_per_inhabitant)
    return Cap(old, rise, fall, table.paid_by, table.source)


def _limit_of(percent: int | None, cents: int | None, rate: int | None) -> Limit | None:
    if percent is not None:
        return PercentOfOld(percent)
    if cents is not None:
        return AmountOfEuros(cents)
    return None if rate is None else RateOfInhabitants(rate)


def _compensation_of(table: CompensationTable, old: OldDivision) -> Compensation:
    return Compensation(old, table.percent, table.paid_by, table.source)


def check_cover(scenario: Scenario, population: Population, layers: Layers, findings: Findings) -> None:
    """Fail if cover is of a municipality that is not there."""
    from gguplan.inputs.population.municipalities import UnknownMunicipality
    from gguplan.inputs.scenario.bodies import look_up_payer

    for name, table in scenario.programmes.items():
        if name in scenario.left_out:
            continue
        for number, row in enumerate(table.cover):
            try:
                look_up_payer(row.municipality, population, layers)
            except UnknownMunicipality as problem:
                place = layers.place(("programmes", name, "cover", number, "municipality"))
                findings.add(place, problem.what, problem.remedy)


def code_among(population: Population) -> Callable[[str], str]:
    """What gives the code of a municipality by its name; the name itself where there is no such municipality, which
    `check_cover` finds."""
    from gguplan.inputs.population.municipalities import UnknownMunicipality, look_up

    def code_of(name: str) -> str:
        try:
            return look_up(name, population).gm_code
        except UnknownMunicipality:
            return name

    return code_of
