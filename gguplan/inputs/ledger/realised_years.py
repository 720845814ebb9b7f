"""What was budgeted and realised, a row per programme and year: what a forecast learns from."""

from __future__ import annotations

from gguplan.fund.inclusions import included_refund, realised_of_own_budget, realised_on_programme
from gguplan.fund.ledger import Ledger
from gguplan.fund.realisation import NoEvidence, RealisedYear


def realised_years(ledger: Ledger) -> tuple[RealisedYear, ...]:
    """The net budgets and realised amounts in use, of every programme and year that has a budget."""
    rows = []
    for programme in ledger.programmes.values():
        for year in sorted({reading.year for reading in ledger.readings if reading.programme == programme.programme}):
            net = ledger.amount(programme.programme, year, "net")
            of_programme, of_year = (
                spent(ledger, programme.programme, year) for spent in (realised_on_programme, realised_of_own_budget)
            )
            realised = of_programme if of_year is None else of_year
            if net is not None:
                net -= included_refund(ledger, programme.programme, year)
            if net is not None or realised is not None:
                no_evidence: NoEvidence | None = None
                if ledger.provisional(programme.programme, year):
                    no_evidence = "provisional"
                elif of_year is None and of_programme is not None:
                    no_evidence = "part_unknown"
                rise = ledger.price_rise(year)
                rows.append(
                    RealisedYear(
                        programme.programme, programme.title, programme.kind, year, net, realised, rise, no_evidence
                    )
                )
    return tuple(rows)
