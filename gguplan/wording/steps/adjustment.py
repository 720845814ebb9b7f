"""The lines of a sum that are of the adjustments after the division, in sentences."""

from __future__ import annotations

from typing import assert_never

from gguplan.fund.adjustments import WHOLE
from gguplan.fund.steps.adjustment import (
    AdjustmentLine,
    CappedShares,
    CompensatedLoss,
    CoveredAmount,
    HeldByCap,
    OldAmount,
    OldAmountScaled,
    PaysCompensation,
    PhasedIn,
    RoundedAmount,
    RoundingLeft,
    SharesTheRest,
)
from gguplan.language import _
from gguplan.wording.adjustments import limit_in_words, percent_in_words
from gguplan.wording.allocation_keys import key_in_words
from gguplan.wording.amounts import format_euros, format_number


def adjustment_line_in_words(line: AdjustmentLine) -> str:
    """What a line of a sum says of an adjustment."""
    match line:
        case RoundedAmount(before, unit, left, after):
            return _rounded_amount(before, unit, left, after)
        case RoundingLeft(rounded, together, bearer):
            return _rounding_left(rounded, together, bearer)
        case OldAmount():
            return _old_amount(line)
        case OldAmountScaled(total, paid, together, amount):
            return _(
                "as a division of the amount of now: {total} × {paid} ÷ {together} = {amount}",
                total=format_euros(total),
                paid=format_euros(paid),
                together=format_euros(together),
                amount=format_euros(amount),
            )
        case PhasedIn(year, part, old, new, amount):
            return _(
                "growth path in {year}: {old} × {rest} % + {new} × {part} % = {amount}",
                year=year,
                old=format_euros(old),
                rest=percent_in_words(WHOLE - part),
                new=format_euros(new),
                part=percent_in_words(part),
                amount=format_euros(amount),
            )
        case HeldByCap():
            return _held_by_cap(line)
        case SharesTheRest(before, rest, together, amount):
            return _(
                "not held by the cap: {before} × {rest} that is left ÷ {together} that those who are not held would "
                "pay = {amount}",
                before=format_euros(before),
                rest=format_euros(rest),
                together=format_euros(together),
                amount=format_euros(amount),
            )
        case CappedShares(total, held, rest):
            return _(
                "what is left: {total} − {held} of those whom the cap holds = {rest}",
                total=format_euros(total),
                held=format_euros(held),
                rest=format_euros(rest),
            )
        case CompensatedLoss(old, before, percent, back):
            return _(
                "compensation: ({before} − {old}) × {percent} % = {back} comes back",
                before=format_euros(before),
                old=format_euros(old),
                percent=percent_in_words(percent),
                back=format_euros(back),
            )
        case PaysCompensation(total, before, together, amount):
            return _(
                "pays for the compensation of others: {total} × {before} ÷ {together} = {amount}",
                total=format_euros(total),
                before=format_euros(before),
                together=format_euros(together),
                amount=format_euros(amount),
            )
        case CoveredAmount(what, cents):
            return _("cover already there, {what}: {amount} is not billed", what=what, amount=format_euros(cents))
        case _:
            assert_never(line)


def _old_amount(line: OldAmount) -> str:
    key, amount = key_in_words(line.key), format_euros(line.amount)
    if line.share is None:
        return _("paid by the old division, by {key}: {amount}", key=key, amount=amount)
    total, weight, weights = line.share
    values = {
        "total": format_euros(total),
        "weight": format_number(weight),
        "weights": format_number(weights),
        "key": key,
        "amount": amount,
    }
    if line.fixed:
        return _(
            "by the old division, by {key}: {fixed} + {total} × {weight} ÷ {weights} = {amount}",
            fixed=format_euros(line.fixed),
            **values,
        )
    return _("by the old division, by {key}: {total} × {weight} ÷ {weights} = {amount}", **values)


def _held_by_cap(line: HeldByCap) -> str:
    limit = "" if line.limit is None else limit_in_words(line.limit)
    values = {"old": format_euros(line.old), "before": format_euros(line.before), "amount": format_euros(line.amount)}
    if line.rises:
        return _("cap: at most {limit} above the old {old}, so {before} becomes {amount}", limit=limit, **values)
    return _("cap: at most {limit} below the old {old}, so {before} becomes {amount}", limit=limit, **values)


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
