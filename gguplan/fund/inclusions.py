"""What a published realised amount includes besides what the programme itself cost, and what is left without it.

The 24-hour helpline was realised at € 4.158 thousand in 2016, of which € 722 thousand went back to municipalities with
an organisation of their own (verantwoording-2016 section 2.4): 3.436 was spent on the helpline. A sum that takes a
refund off what there is to spend and then spends the printed amount would count it twice.
"""

from __future__ import annotations

from gguplan.fund.ledger import Ledger


def included_refund(ledger: Ledger, programme: str, year: int) -> int:
    """Cents of refund that the realised amount in use includes; 0 when it includes none.

    The printed total of the refund, or where no total is printed the printed rate times the inhabitants of who got it
    back.
    """
    if all(reading.includes != "refund" for reading in ledger.used(programme, year, "realised")):
        return 0
    printed = ledger.amount(programme, year, "refund")
    if printed is not None:
        return printed
    rate = ledger.amount(programme, year, "rate") or 0
    (refunded,) = (row for row in ledger.refunded if (row.programme, row.year) == (programme, year))
    return rate * refunded.inhabitants


def realised_on_programme(ledger: Ledger, programme: str, year: int) -> int | None:
    """What was spent on the programme itself, in cents: the realised amount in use without a refund that it includes.
    None when it is missing."""
    realised = ledger.amount(programme, year, "realised")
    return None if realised is None else realised - included_refund(ledger, programme, year)
