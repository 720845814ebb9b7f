"""What is known of a programme in a year before anything is forecast: stated in the years ahead, or published."""

from __future__ import annotations

from gguplan.fund.inclusions import realised_in_account
from gguplan.fund.ledger import Ledger
from gguplan.fund.years_ahead import YearsAhead


def is_provisional(programme: str, year: int, ahead: YearsAhead | None, ledger: Ledger) -> bool:
    """True where what is known to be realised is a published amount that an account still to come may change."""
    if ahead is None or year in ahead.of(programme).realised or year not in ahead.ledger:
        return False
    return ledger.provisional(programme, year) is not None


def known_realisation(programme: str, year: int, ahead: YearsAhead | None, ledger: Ledger) -> int | None:
    """What was realised, in cents without VAT, as its account has it: without a refund to opt-outs or money paid ahead;
    None where it has to be forecast.

    What ``[horizon.programmes.x] realised`` states goes before the ledger, which counts in the years that
    ``[horizon] ledger`` names.
    """
    if ahead is None:
        return None
    stated = ahead.of(programme).realised.get(year)
    if stated is None and year in ahead.ledger:
        return realised_in_account(ledger, programme, year, opened=ahead.of(programme).opening > 0)
    return stated
