"""The years ahead as nouns of the fund, from what the table ``[horizon]`` says."""

from __future__ import annotations

from collections.abc import Mapping

from gguplan.fund.years_ahead import Indexation, ProgrammeAhead, YearsAhead
from gguplan.inputs.scenario.horizon import HorizonProgrammeTable, HorizonTable, IndexationTable


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


def _indexation_of(table: IndexationTable) -> Indexation:
    return Indexation(table.percent, table.between, table.sure, _by_year(table.years), table.source)


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
    )


def _by_year(amounts: Mapping[str, int]) -> dict[int, int]:
    return {int(year): amount for year, amount in amounts.items()}
