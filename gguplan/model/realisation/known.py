"""What is known of a programme in a year before anything is forecast: stated in the years ahead, or published."""

from __future__ import annotations

from gguplan.fund.inclusions import realised_on_programme
from gguplan.fund.ledger import Ledger
from gguplan.fund.years_ahead import YearsAhead


def known_realisation(programme: str, year: int, ahead: YearsAhead | None, ledger: Ledger) -> int | None:
    """What was realised, in cents without VAT and without a refund to opt-outs; None where it has to be forecast.

    What ``[horizon.programmes.x] realised`` states goes before the ledger, which counts in the years that
    ``[horizon] ledger`` names.
    """
    if ahead is None:
        return None
    stated = ahead.of(programme).realised.get(year)
    if stated is None and year in ahead.ledger:
        return realised_on_programme(ledger, programme, year)
    return stated
