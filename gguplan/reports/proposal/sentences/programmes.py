"""What the budget consists of, and what differs from the baseline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gguplan.language import _, listed_with_and, plural
from gguplan.model.result import ProgrammeResult
from gguplan.reports.proposal.sentences.change import percent
from gguplan.wording.amounts import format_euros
from gguplan.wording.shortlist import some_names
from gguplan.wording.thresholds import lapsed_in_a_word


def budget_sentence(titles: Sequence[str], gross: Sequence[int], vat: int) -> str:
    """How many programmes there are for how much, VAT included, and which is the largest; amounts in cents."""
    total = sum(gross)
    if not titles:
        return _("No programme is carried out: too few take part.")
    values = {"title": titles[0], "total": format_euros(total)}
    if vat:
        sentence = plural(
            "The budget is one programme, {title}, of {total} including VAT.",
            "The budget has {count} programmes, together {total} including VAT.",
            len(titles),
            **values,
        )
        sentence += " " + _(
            "Of this {vat} is VAT: without VAT it is {net}.", vat=format_euros(vat), net=format_euros(total - vat)
        )
    else:
        sentence = plural(
            "The budget is one programme, {title}, of {total}, in which there is no VAT.",
            "The budget has {count} programmes, together {total}, in which there is no VAT.",
            len(titles),
            **values,
        )
    return sentence if len(titles) == 1 else f"{sentence} {_largest(titles, gross, total)}"


def _largest(titles: Sequence[str], gross: Sequence[int], total: int) -> str:
    top = max(gross)
    largest = [title for title, amount in zip(titles, gross, strict=True) if amount == top]
    if len(largest) == len(titles):
        return _("They are all as large: {amount}.", amount=format_euros(top))
    share = percent(top, total)
    if len(largest) == 1:
        return _(
            "The largest is {title}: {amount}, {share} of all.", title=largest[0], amount=format_euros(top), share=share
        )
    return _(
        "The largest are {titles}: {amount} each, {share} of all.",
        titles=some_names(largest),
        amount=format_euros(top),
        share=share,
    )


def title_of_a_lapsed(programme: ProgrammeResult) -> str:
    """What a programme in which too few take part is called, with what becomes of it."""
    lapsed, title = programme.participation.lapsed, programme.programme.title
    return title if lapsed is None else f"{title} ({lapsed_in_a_word(lapsed)})"


def programme_changes(
    before: Mapping[str, tuple[str, int]], after: Mapping[str, tuple[str, int]], lapsed: Mapping[str, str]
) -> list[str]:
    """Which programmes are new, gone, lapsed, larger, smaller: each a sentence. Title and gross cents by name of
    programme, without those that lapse, whose titles are `lapsed`."""
    new = [title for name, (title, _gross) in after.items() if name not in before]
    gone = [title for name, (title, _gross) in before.items() if name not in {**after, **lapsed}]
    kept = [(title, gross - before[name][1]) for name, (title, gross) in after.items() if name in before]
    more = [title for title, change in kept if change > 0]
    less = [title for title, change in kept if change < 0]
    sentences = []
    if new:
        sentences.append(
            plural(
                "There is {count} new programme: {names}.",
                "There are {count} new programmes: {names}.",
                len(new),
                names=listed_with_and(new),
            )
        )
    if gone:
        sentences.append(
            plural(
                "The budget no longer has {count} programme: {names}.",
                "The budget no longer has {count} programmes: {names}.",
                len(gone),
                names=listed_with_and(gone),
            )
        )
    if lapsed:
        sentences.append(
            plural(
                "Too few take part in {count} programme: {names}.",
                "Too few take part in {count} programmes: {names}.",
                len(lapsed),
                names=listed_with_and(list(lapsed.values())),
            )
        )
    if more:
        sentences.append(
            plural(
                "A larger budget goes to {count} programme: {names}.",
                "A larger budget goes to {count} programmes: {names}.",
                len(more),
                names=some_names(more),
            )
        )
    if less:
        sentences.append(
            plural(
                "A smaller budget goes to {count} programme: {names}.",
                "A smaller budget goes to {count} programmes: {names}.",
                len(less),
                names=some_names(less),
            )
        )
    same = len(kept) - len(more) - len(less)
    if same == len(after) == len(before) and not lapsed:
        return [
            plural(
                "The budget of the programme stays the same.",
                "The budgets of all {count} programmes stay the same.",
                same,
            )
        ]
    if same:
        sentences.append(
            plural(
                "Of {count} programme the budget stays the same.",
                "Of {count} programmes the budget stays the same.",
                same,
            )
        )
    return sentences
