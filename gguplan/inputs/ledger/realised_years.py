"""What was budgeted and realised, a row per programme and year: what a forecast learns from."""

from __future__ import annotations

from gguplan.fund.inclusions import included_refund, realised_on_programme
from gguplan.fund.ledger import Ledger
from gguplan.fund.realisation import RealisedYear


def realised_years(ledger: Ledger) -> tuple[RealisedYear, ...]:
    """The net budgets and realised amounts in use, of every programme and year that has a budget."""
    rows = []
    for programme in ledger.programmes.values():
        for year in sorted({reading.year for reading in ledger.readings if reading.programme == programme.programme}):
            net = ledger.amount(programme.programme, year, "net")
            realised = realised_on_programme(ledger, programme.programme, year)
            if net is not None:
                net -= included_refund(ledger, programme.programme, year)
            if net is not None or realised is not None:
                rise, placeholder = ledger.price_rise(year), ledger.is_placeholder(programme.programme, year)
                rows.append(
                    RealisedYear(
                        programme.programme, programme.title, programme.kind, year, net, realised, rise, placeholder
                    )
                )
    return tuple(rows)
