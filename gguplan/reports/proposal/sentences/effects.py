"""Redistribution effects in words: how many pay more and less, the largest shifts, and what sizes they have."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from gguplan.language import _, listed_with_and, plural
from gguplan.model.comparison import Group
from gguplan.reports.proposal.sentences.change import rate
from gguplan.wording.amounts import format_euros, per_inhabitant
from gguplan.wording.shortlist import municipalities_or_count


def directions(more: Group, less: Group, same: Group) -> str:
    """How many municipalities pay more, less and the same, and how much; never a group that nobody is in."""
    everybody = more.municipalities + less.municipalities + same.municipalities
    if same.municipalities == everybody:
        return plural(
            "For the one municipality nothing changes.",
            "Nothing changes for any of the {count} municipalities.",
            everybody,
        )
    if everybody > 1 and more.municipalities == everybody:
        return _(
            "All {count} municipalities pay more, together {amount}.", count=everybody, amount=format_euros(more.effect)
        )
    if everybody > 1 and less.municipalities == everybody:
        return _(
            "All {count} municipalities pay less, together {amount}.",
            count=everybody,
            amount=format_euros(-less.effect),
        )
    sentences = []
    if more.municipalities:
        sentences.append(
            plural(
                "More is paid by {count} municipality: {amount}.",
                "More is paid by {count} municipalities, together {amount}.",
                more.municipalities,
                amount=format_euros(more.effect),
            )
        )
    if less.municipalities:
        sentences.append(
            plural(
                "Less is paid by {count} municipality: {amount}.",
                "Less is paid by {count} municipalities, together {amount}.",
                less.municipalities,
                amount=format_euros(-less.effect),
            )
        )
    if same.municipalities:
        sentences.append(
            plural(
                "For {count} municipality nothing changes.",
                "For {count} municipalities nothing changes.",
                same.municipalities,
            )
        )
    return " ".join(sentences)


def largest_shifts(names: Sequence[str], effects: Sequence[int]) -> list[str]:
    """Whose contribution rises most and whose falls most, in cents; nothing where none rises or none falls."""
    sentences = []
    top, bottom = max(effects, default=0), min(effects, default=0)
    if top > 0:
        who = municipalities_or_count([name for name, effect in zip(names, effects, strict=True) if effect == top])
        sentences.append(_("The largest rise is that of {names}: {amount}.", names=who, amount=format_euros(top)))
    if bottom < 0:
        who = municipalities_or_count([name for name, effect in zip(names, effects, strict=True) if effect == bottom])
        sentences.append(_("The largest fall is that of {names}: {amount}.", names=who, amount=format_euros(-bottom)))
    return sentences


def same_for_all(rates: Sequence[Decimal]) -> bool:
    """Whether changes per inhabitant are the same for all but for a thousandth of themselves, which is what bills are
    rounded and areas are divided: then a picture of them shows nothing."""
    low, high = rate(min(rates)), rate(max(rates))
    return high - low <= min(abs(low), abs(high)) / 1_000


def by_size(groups: Sequence[Group], names: Sequence[str]) -> str:
    """In which size classes the contribution per inhabitant rises and falls most and least, as printed; empty for one
    class."""
    if len(groups) < 2:
        return ""
    rates = [rate(group.rate_change) for group in groups]
    high, low = max(rates), min(rates)
    if high == low:
        return _every_class(high)
    values = {
        "high_classes": listed_with_and([name for name, change in zip(names, rates, strict=True) if change == high]),
        "high": per_inhabitant(abs(high)),
        "low_classes": listed_with_and([name for name, change in zip(names, rates, strict=True) if change == low]),
        "low": per_inhabitant(abs(low)),
    }
    if low == 0:
        return _(
            "Per inhabitant the contribution rises most in the class {high_classes} ({high}) and stays the same in the "
            "class {low_classes}.",
            **values,
        )
    if high == 0:
        return _(
            "Per inhabitant the contribution falls most in the class {low_classes} ({low}) and stays the same in the "
            "class {high_classes}.",
            **values,
        )
    if low > 0:
        return _(
            "Per inhabitant the contribution rises most in the class {high_classes} ({high}) and least in the class "
            "{low_classes} ({low}).",
            **values,
        )
    if high < 0:
        return _(
            "Per inhabitant the contribution falls most in the class {low_classes} ({low}) and least in the class "
            "{high_classes} ({high}).",
            **values,
        )
    return _(
        "Per inhabitant the contribution rises most in the class {high_classes} ({high}) and falls most in the class "
        "{low_classes} ({low}).",
        **values,
    )


def _every_class(change: Decimal) -> str:
    amount = per_inhabitant(abs(change))
    if change > 0:
        return _("Per inhabitant the contribution rises by as much in every size class: {amount}.", amount=amount)
    if change < 0:
        return _("Per inhabitant the contribution falls by as much in every size class: {amount}.", amount=amount)
    return _("Per inhabitant the contribution stays the same in every size class.")
