"""What is done to the amounts after the division, in sentences."""

from __future__ import annotations

from typing import assert_never

from gguplan.fund.adjustment_steps import AdjustmentLine, RoundedAmount, RoundingLeft
from gguplan.fund.adjustments import Adjustment, Rounding, RoundingBearer
from gguplan.fund.programme import ReserveDraw
from gguplan.language import _
from gguplan.wording.amounts import format_euros


def reserve_in_words(reserve: ReserveDraw) -> str:
    """What the balance pays, until when, and where it comes from."""
    amount = format_euros(abs(reserve.cents))
    sentences = [
        _("{what}: the balance of the fund pays {amount} of it.", what=reserve.what, amount=amount)
        if reserve.cents > 0
        else _(
            "{what}: the municipalities pay {amount} on top, for the balance of the fund.",
            what=reserve.what,
            amount=amount,
        )
    ]
    if reserve.until is not None:
        sentences.append(_("The last year of that is {year}.", year=reserve.until))
    sentences.append(_("Source: {source}", source=reserve.source))
    return " ".join(sentences)


def adjustment_in_words(adjustment: Adjustment, from_balance: int) -> str:
    """An adjustment of a programme in a sentence, with what the balance of the fund pays of it, in cents."""
    match adjustment:
        case Rounding(unit, bearer):
            return _rounding_in_words(unit, bearer, from_balance)
        case _:
            assert_never(adjustment)


def _rounding_in_words(unit: int, bearer: RoundingBearer, from_balance: int) -> str:
    match bearer:
        case "fund":
            return _(
                "Amounts are rounded to {unit}; rounding, for the balance of the fund: {difference}.",
                unit=format_euros(unit),
                difference=format_euros(from_balance),
            )
        case "largest_payer":
            return _("Amounts are rounded to {unit}; the largest payer bears the difference.", unit=format_euros(unit))
        case _:
            assert_never(bearer)


def adjustment_line_in_words(line: AdjustmentLine) -> str:
    """What a line of a sum says of an adjustment."""
    match line:
        case RoundedAmount(before, unit, left, after):
            return _rounded_amount(before, unit, left, after)
        case RoundingLeft(rounded, together, bearer):
            return _rounding_left(rounded, together, bearer)
        case _:
            assert_never(line)


def _rounded_amount(before: int, unit: int, left: int, after: int) -> str:
    values = {"before": format_euros(before), "unit": format_euros(unit), "after": format_euros(after)}
    if not left:
        return _("rounded to {unit}: {before} becomes {after}", **values)
    return _(
        "rounded to {unit}: {before} becomes {nearest}, and with {left} that rounding leaves {after}",
        nearest=format_euros(after - left),
        left=format_euros(left),
        **values,
    )


def _rounding_left(rounded: int, together: int, bearer: str | None) -> str:
    values = {
        "rounded": format_euros(rounded),
        "together": format_euros(together),
        "difference": format_euros(together - rounded),
    }
    if bearer is None:
        return _(
            "all rounded amounts together: {rounded}, of {together}; the difference, {difference}, is for the balance "
            "of the fund",
            **values,
        )
    return _(
        "all rounded amounts together: {rounded}, of {together}; the difference, {difference}, is for {bearer}, which "
        "pays most",
        bearer=bearer,
        **values,
    )
