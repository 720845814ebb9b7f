"""What was budgeted and realised, a row a programme a year: what a forecast learns from."""

from __future__ import annotations

from dataclasses import dataclass

from gguplan.inputs.ledger.inclusions import included_refund, realised_on_programme
from gguplan.inputs.ledger.readings import Ledger


@dataclass(frozen=True)
class HistoryRow:
    """One programme in one year, in cents; `realised` is None when it is missing. An unknown kind is empty.

    Both are of the programme itself: a refund to opt-outs that was published as realised is in neither.
    """

    programme: str
    title: str
    kind: str
    year: int
    net: int | None
    realised: int | None


def history_of(ledger: Ledger) -> tuple[HistoryRow, ...]:
    """The net budgets and realised amounts in use, of every programme and year that has a budget."""
    rows = []
    for one in ledger.programmes.values():
        for year in sorted({reading.year for reading in ledger.readings if reading.programme == one.programme}):
            net = ledger.amount(one.programme, year, "net")
            realised = realised_on_programme(ledger, one.programme, year)
            if net is not None:
                net -= included_refund(ledger, one.programme, year)
            if net is not None or realised is not None:
                rows.append(HistoryRow(one.programme, one.title, one.kind, year, net, realised))
    return tuple(rows)
