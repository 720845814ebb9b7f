"""What a published realised amount includes besides what was spent of the year's own budget, and what is left without
it.

- `refund`: the 24-hour helpline was realised at € 4.158 thousand in 2016, of which € 722 thousand went back to
  municipalities with an organisation of their own (verantwoording-2016 section 2.4): 3.436 was spent on the helpline.
- `prepayment`: AKJ was paid € 7.500 thousand in 2016. It spent 7.930, because 937 was left of 2015, and took 506 to
  2017 as money paid ahead (section 2.1): of the budget of 2016 itself 6.994 was spent.
- `remainder`: of the € 1.286.450 of the BRP in 2017 € 1.116.001 was for research that was paid from what was left of
  earlier years (verantwoording-2017 section 1.5): 170.449 was spent of the budget of 2017.

A sum that takes a refund off what there is to spend and then spends the printed amount would count it twice; a ratio of
the printed amount to the budget would take money of another year for spending of this one.
"""

from __future__ import annotations

from typing import Literal, assert_never

from msgspec import Struct

from gguplan.fund.ledger import Ledger, Reading


class Inclusion(Struct, frozen=True):
    """What a reading of a realised amount includes, with its sentence; `cents` is None where no amount is printed.

    `besides` are the cents that were paid ahead the year before, and were spent besides the realised amount.
    """

    reading: Reading
    cents: int | None
    besides: int = 0


def inclusions(ledger: Ledger, programme: str, year: int) -> tuple[Inclusion, ...]:
    """Everything that the realised amount in use includes besides what was spent of the year's own budget."""
    marked = (reading for reading in ledger.of(programme, year, "realised") if reading.includes)
    return tuple(
        Inclusion(reading, _included_cents(ledger, reading), _spent_besides(ledger, reading))
        for reading in marked
        if reading.used or reading.detail
    )


def included_refund(ledger: Ledger, programme: str, year: int) -> int:
    """Cents of refund that the realised amount in use includes; 0 when it includes none.

    The printed total of the refund, or where no total is printed the printed rate times the inhabitants of who got it
    back.
    """
    return _together(ledger, programme, year, "refund")


def realised_on_programme(ledger: Ledger, programme: str, year: int) -> int | None:
    """What was spent on the programme itself, in cents: the realised amount in use without a refund that it includes.
    None when it is missing."""
    realised = ledger.amount(programme, year, "realised")
    return None if realised is None else realised - included_refund(ledger, programme, year)


def realised_in_account(ledger: Ledger, programme: str, year: int, opened: bool) -> int | None:
    """What the account of the programme pays in the year, in cents; None when the realised amount is missing.

    No refund, which the account pays apart, and no money paid ahead, which stays in it for the next year. What was paid
    ahead the year before is spent besides, where the account is `opened` with it; an earlier year's remainder is in it
    as printed.
    """
    spent = realised_on_programme(ledger, programme, year)
    if spent is None:
        return None
    besides = sum(part.besides for part in inclusions(ledger, programme, year)) if opened else 0
    return spent - _together(ledger, programme, year, "prepayment") + besides


def realised_of_own_budget(ledger: Ledger, programme: str, year: int) -> int | None:
    """What was spent of the year's own budget, in cents: the realised amount in use without anything that it includes.
    None when it is missing, or when it includes a part of which no amount is printed."""
    realised = ledger.amount(programme, year, "realised")
    for inclusion in inclusions(ledger, programme, year):
        if realised is None or inclusion.cents is None:
            return None
        realised -= inclusion.cents
    return realised


def _together(ledger: Ledger, programme: str, year: int, word: Literal["refund", "prepayment"]) -> int:
    """The cents of all that is included under one word, of which an amount is always printed."""
    return sum(part.cents or 0 for part in inclusions(ledger, programme, year) if part.reading.includes == word)


def _included_cents(ledger: Ledger, reading: Reading) -> int | None:
    match reading.includes:
        case "":
            return 0
        case "refund":
            return _refund(ledger, reading.programme, reading.year)
        case "prepayment":
            return ledger.amount(reading.programme, reading.year, "closing_balance") or 0
        case "remainder":
            return reading.amount if reading.detail else None
        case _:
            assert_never(reading.includes)


def _spent_besides(ledger: Ledger, reading: Reading) -> int:
    match reading.includes:
        case "prepayment":
            return ledger.amount(reading.programme, reading.year, "opening_balance") or 0
        case "" | "refund" | "remainder":
            return 0
        case _:
            assert_never(reading.includes)


def _refund(ledger: Ledger, programme: str, year: int) -> int:
    printed = ledger.amount(programme, year, "refund")
    if printed is not None:
        return printed
    rate = ledger.amount(programme, year, "rate") or 0
    (refunded,) = (row for row in ledger.refunded if (row.programme, row.year) == (programme, year))
    return rate * refunded.inhabitants
