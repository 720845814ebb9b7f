"""Redistribution effects in words: how many pay more and less, the largest shifts, and what sizes they have."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from gguplan.language import _, plural
from gguplan.model.comparison import Group
from gguplan.reports.proposal.sentences.change import rate, signed
from gguplan.wording.amounts import format_euros, format_number, per_inhabitant
from gguplan.wording.shortlist import some_names


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
                "{count} municipality pays {amount} more.",
                "{count} municipalities pay more, together {amount}.",
                more.municipalities,
                amount=format_euros(more.effect),
            )
        )
    if less.municipalities:
        sentences.append(
            plural(
                "{count} municipality pays {amount} less.",
                "{count} municipalities pay less, together {amount}.",
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
        who = some_names([name for name, effect in zip(names, effects, strict=True) if effect == top])
        sentences.append(_("The largest rise is that of {names}: {amount}.", names=who, amount=format_euros(top)))
    if bottom < 0:
        who = some_names([name for name, effect in zip(names, effects, strict=True) if effect == bottom])
        sentences.append(_("The largest fall is that of {names}: {amount}.", names=who, amount=format_euros(-bottom)))
    return sentences


def by_size(groups: Sequence[Group], names: Sequence[str]) -> str:
    """In which size class the change per inhabitant is highest and lowest, as printed; empty for one class."""
    if len(groups) < 2:
        return ""
    rates = [rate(group.rate_change) for group in groups]
    high, low = max(rates), min(rates)
    if high == low:
        return _("Per inhabitant the change is the same in every size class: {amount}.", amount=_change(high))
    return _(
        "Per inhabitant the change is highest in the class {high_classes} ({high}) and lowest in the class "
        "{low_classes} ({low}).",
        high_classes=some_names([name for name, rate in zip(names, rates, strict=True) if rate == high]),
        high=_change(high),
        low_classes=some_names([name for name, rate in zip(names, rates, strict=True) if rate == low]),
        low=_change(low),
    )


def concentrated(share: float) -> str:
    """Which part of what shifts the tenth with the largest shifts carries; 0 when nothing shifts."""
    if share == 0:
        return _("Nothing shifts between municipalities: whatever changes is pro rata to inhabitants.")
    return _(
        "Of all that shifts between municipalities, the tenth of them with the largest shifts carries {share} %.",
        share=format_number(round(100 * share)),
    )


def _change(euros: Decimal) -> str:
    return signed(per_inhabitant(euros), euros)
