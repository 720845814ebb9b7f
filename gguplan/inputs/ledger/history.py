"""What was budgeted and realised, a row a programme a year: what a forecast learns from."""

from __future__ import annotations

from dataclasses import dataclass

from gguplan.inputs.ledger.readings import Ledger


@dataclass(frozen=True)
class HistoryRow:
    """One programme in one year, in cents; `realised` is None when it is missing. An unknown kind is empty.

    `price_rise` is by how much prices in that year were above those of the year before, as a part (0.014 is 1.4 %).
    `placeholder` says that the realised amount stands in for an account that was still to come.
    """

    programme: str
    title: str
    kind: str
    year: int
    net: int | None
    realised: int | None
    price_rise: float = 0.0
    placeholder: bool = False


def history_of(ledger: Ledger) -> tuple[HistoryRow, ...]:
    """The net budgets and realised amounts in use, of every programme and year that has a budget."""
    rows = []
    for one in ledger.programmes.values():
        for year in sorted({reading.year for reading in ledger.readings if reading.programme == one.programme}):
            net = ledger.amount(one.programme, year, "net")
            realised = ledger.amount(one.programme, year, "realised")
            if net is not None or realised is not None:
                rows.append(
                    HistoryRow(
                        one.programme,
                        one.title,
                        one.kind,
                        year,
                        net,
                        realised,
                        ledger.price_rise(year),
                        ledger.is_placeholder(one.programme, year),
                    )
                )
    return tuple(rows)
