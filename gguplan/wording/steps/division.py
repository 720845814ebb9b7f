"""The lines of a sum that divide an amount, in sentences."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import assert_never

from gguplan.fund.steps.division import (
    CentsLeftOver,
    DivisionLine,
    EndOfCents,
    NoMemberOfTheProgramme,
    NotDivided,
    OrderOfQueue,
    OutsideTheWholeYear,
    Part,
    PlaceInQueue,
    PortionOfMix,
    Share,
    WholeCents,
)
from gguplan.language import _, plural
from gguplan.wording.allocation_keys import key_in_words
from gguplan.wording.amounts import euro_sign, format_euros, format_number, format_share
from gguplan.wording.steps.weight import weight_in_words


def division_line_in_words(line: DivisionLine) -> str:
    """What a line of a sum says, as one line of text."""
    match line:
        case NotDivided():
            return _("not divided: nobody is invoiced")
        case NoMemberOfTheProgramme():
            return _("no member of this programme: pays nothing, its members pay the whole budget")
        case OutsideTheWholeYear():
            return _("outside this programme: pays nothing, the others pay the whole budget")
        case PortionOfMix(together, share, whole, portion, key, cents):
            return _(
                "{share} of {together} is divided by {key}: {portion}; of that {amount}",
                share=format_share(Fraction(share, whole)),
                together=format_euros(together),
                key=key_in_words(key),
                portion=format_euros(portion),
                amount=format_euros(cents),
            )
        case Share(total, weight, weights, weighing):
            return _(
                "{total} × {weight} ÷ {weights} = {exact}",
                total=format_euros(total),
                weight=weight_in_words(weighing, weight),
                weights=weight_in_words(weighing, weights),
                exact=_exact(total, weight, weights),
            )
        case WholeCents(total, weight, weights, whole, remainder):
            return _(
                "whole cents: {total} × {weight} ÷ {weights} = {whole}, remainder {remainder}",
                total=total,
                weight=weight,
                weights=weights,
                whole=whole,
                remainder=remainder,
            )
        case CentsLeftOver(total, whole, left_over):
            return plural(
                "all whole cents together are {whole}; {count} cent of {total} is left over",
                "all whole cents together are {whole}; {count} cents of {total} are left over",
                left_over,
                whole=whole,
                total=total,
            )
        case PlaceInQueue(rank, queue, gets_a_cent):
            if gets_a_cent:
                return _(
                    "number {rank} of {count} in the queue by largest remainder: one cent more", rank=rank, count=queue
                )
            return _("number {rank} of {count} in the queue by largest remainder: no cent", rank=rank, count=queue)
        case EndOfCents(last, remainder, first_without, remainder_without):
            return _(
                "the last to get one is {name} (remainder {remainder}), the first without is {other} "
                "(remainder {other_remainder})",
                name=last,
                remainder=remainder,
                other=first_without,
                other_remainder=remainder_without,
            )
        case OrderOfQueue():
            return _("equal remainders: the larger weight goes first, then the lower CBS code")
        case Part(cents):
            return _("part: {amount}", amount=format_euros(cents))
        case _:
            assert_never(line)


def _exact(total: int, weight: int, weights: int) -> str:
    """The exact share in euros, cut off after six decimals where it goes on."""
    millionths, rest = divmod(total * weight * 10_000, weights)
    return f"{euro_sign()}{format_number(Decimal(millionths) / 1_000_000)}{'…' if rest else ''}"
