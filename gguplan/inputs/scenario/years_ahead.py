"""The years ahead as nouns of the fund, from what the table ``[horizon]`` says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from gguplan.fund.years_ahead import Indexation, IndexParts, ProgrammeAhead, YearsAhead
from gguplan.inputs.scenario.hand_overs import hand_over_of
from gguplan.inputs.scenario.years_ahead_tables import HorizonProgrammeTable, HorizonTable, IndexationTable

if TYPE_CHECKING:
    from gguplan.inputs.scenario.reading import ScenarioInputs


def years_ahead_of(table: HorizonTable, year: int) -> YearsAhead:
    """The years ahead of a scenario of `year`, with which the account begins unless it says otherwise."""
    return YearsAhead(
        table.first_year(year),
        table.last,
        table.opening,
        table.underspend,
        table.shortfall,
        table.floor,
        table.reserve_floor,
        table.ledger,
        None if table.indexation is None else _indexation_of(table.indexation),
        {name: _programme_of(programme) for name, programme in table.programmes.items()},
        table.source,
    )


def later_account(inputs: ScenarioInputs) -> str | None:
    """The years of an account that begins after the year of its budgets, such as ``2027-2030``: who asks for a bill of
    such a scenario without saying of which year means these. None for any other scenario."""
    horizon = inputs.scenario.horizon
    if horizon is None or horizon.first_year(inputs.scenario.year) == inputs.scenario.year:
        return None
    return f"{horizon.first}-{horizon.last}"


def _indexation_of(table: IndexationTable) -> Indexation:
    source = table.source if table.vintage is None else f"{table.source} ({table.vintage})"
    known = table.known
    parts = tuple(_parts_of(table, year, known[year]) for year in sorted({*table.wages, *table.correction}, key=int))
    return Indexation(table.percent, table.between, table.sure, _by_year(known), source, parts)


def _parts_of(table: IndexationTable, year: str, percent: int) -> IndexParts:
    """What the percentage of a year is made of."""
    correction = table.correction.get(year, 0)
    wages, prices = table.wages.get(year), table.prices.get(year)
    return IndexParts(int(year), percent, percent - correction, wages, prices, table.mix or (1, 1), correction)


def _programme_of(table: HorizonProgrammeTable) -> ProgrammeAhead:
    return ProgrammeAhead(
        table.starts,
        table.ends,
        _by_year(table.gross),
        _by_year(table.net),
        _by_year(table.one_off),
        table.indexed,
        table.volume_growth,
        table.opening,
        _by_year(table.from_balance),
        _by_year(table.committed),
        table.committed_by,
        table.contract_ends,
        _by_year(table.realised),
        _by_year(table.realised_volume),
        table.shortfall,
        table.floor,
        table.source,
        hand_over_of(table.handed_over, table.handed_over_to),
    )


def _by_year(amounts: Mapping[str, int]) -> dict[int, int]:
    return {int(year): amount for year, amount in amounts.items()}
