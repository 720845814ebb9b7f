"""Rise, fall or no change of an amount, and what part one amount is of another."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from gguplan.language import _
from gguplan.wording.amounts import format_euros, format_number, per_inhabitant

RATE_STEP = Decimal("0.0001")


def percent(part: int, whole: int) -> str:
    """What per cent `part` is of `whole`, without a sign; empty when `whole` is 0.

    One decimal; what would round to 0 or to 100 without being so is said to be less or more.
    """
    if whole == 0:
        return ""
    exact = abs(Decimal(part) * 100 / Decimal(whole))
    rounded = exact.quantize(Decimal("0.1"), ROUND_HALF_UP)
    if rounded == 0 and part:
        return _("less than 0.1 %")
    if rounded == 100 and abs(part) < abs(whole):
        return _("almost 100 %")
    return f"{format_number(rounded)} %"


def rate(euros: Decimal) -> Decimal:
    """Euros per inhabitant as they are printed: four decimals."""
    return euros.quantize(RATE_STEP, ROUND_HALF_UP) + Decimal(0)


def contribution_change(before: int, after: int, baseline: str) -> str:
    """How what all municipalities pay together changes from the baseline, in cents."""
    if before == after:
        return _(
            "All municipalities together pay as much as in {baseline}: {after}.",
            baseline=baseline,
            after=format_euros(after),
        )
    difference, share = format_euros(abs(after - before)), percent(after - before, before)
    values = {
        "baseline": baseline,
        "before": format_euros(before),
        "after": format_euros(after),
        "difference": f"{difference} ({share})" if share else difference,
    }
    if after > before:
        return _(
            "Compared with {baseline} all municipalities together pay {difference} more: {after} instead of {before}.",
            **values,
        )
    return _(
        "Compared with {baseline} all municipalities together pay {difference} less: {after} instead of {before}.",
        **values,
    )


def rate_change(before: Decimal, after: Decimal) -> str:
    """How the rate changes, in euros per inhabitant: by what is printed, so that equal prints are no change."""
    old, new = rate(before), rate(after)
    if old == new:
        return _("An inhabitant costs as much as before: {after}.", after=per_inhabitant(new))
    values = {"before": per_inhabitant(old), "after": per_inhabitant(new)}
    if new > old:
        return _("Per inhabitant that rises from {before} to {after}.", **values)
    return _("Per inhabitant that falls from {before} to {after}.", **values)
