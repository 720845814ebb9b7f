"""Who pays more and who pays less than in the baseline: the largest effects, and groups of municipalities."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from msgspec import Struct

from gguplan.language import _, plural
from gguplan.model.comparison import Comparison, Group
from gguplan.reports.terminal.comparison import bodies_row, size_in_words
from gguplan.wording.amounts import format_euros, format_number
from gguplan.wording.bodies import payer_heading
from gguplan.workbench.answers.written import difference, rate_difference

_MOST_BARS: Final = 14
_LENGTH: Final = 100
"""The longest bar, to either side of nothing."""


class Bar(Struct, frozen=True):
    """A municipality with its effect: the bar runs from `left` over `width`, with 0 in the middle of 200."""

    code: str
    name: str
    effect: str
    rate: str
    left: float
    width: float
    more: bool


class GroupLine(Struct, frozen=True):
    """Municipalities together, written."""

    name: str
    municipalities: str
    before: str
    after: str
    effect: str
    rate: str


class Effects(Struct, frozen=True):
    """What a variant does beside the baseline; `sentence` says it in one, `payer` stands above the names."""

    sentence: str
    payer: str
    bars: tuple[Bar, ...]
    groups: tuple[tuple[str, tuple[GroupLine, ...]], ...]


def effects_of(comparison: Comparison) -> Effects:
    """The effects of a variant; without bars where nobody pays anything else."""
    places = comparison.largest(_MOST_BARS)
    ordered = sorted(places, key=lambda place: -int(comparison.effects[place]))
    longest = max((abs(int(comparison.effects[place])) for place in places), default=1)
    more, less, same = comparison.by_direction()
    words = {"more": _("pay more"), "less": _("pay less"), "same": _("pay the same")}
    who = [(words[group.name], group) for group in (more, less, same) if group.municipalities]
    groups = (
        (_("Who"), _lines([*who, *bodies_row(comparison)])),
        (
            _("Size class"),
            _lines(
                [*((size_in_words(int(group.name)), group) for group in comparison.by_size()), *bodies_row(comparison)]
            ),
        ),
        (
            _("Province"),
            _lines([*((group.name, group) for group in comparison.by_province()), *bodies_row(comparison)]),
        ),
    )
    bars = tuple(_bar(comparison, place, longest) for place in ordered)
    sentence = _sentence(more, less, same, comparison.of_bodies)
    return Effects(sentence, payer_heading(comparison.population), bars, groups)


def _sentence(more: Group, less: Group, same: Group, bodies: Group | None) -> str:
    of_bodies = bodies.effect if bodies is not None else 0
    if not more.municipalities and not less.municipalities and not of_bodies:
        return _("Nobody pays more or less than in the baseline.")
    counts = [
        plural("{count} pays more", "{count} pay more", more.municipalities),
        plural("{count} pays less", "{count} pay less", less.municipalities),
        plural("{count} pays the same", "{count} pay the same", same.municipalities),
    ]
    together = more.effect + less.effect
    sentence = _(
        "Of {all} municipalities {counts}; all together {effect}.",
        all=format_number(more.municipalities + less.municipalities + same.municipalities),
        counts=", ".join(counts),
        effect=difference(together) if together else _("they pay the same"),
    )
    if not of_bodies:
        return sentence
    others = _(
        "The other bodies {effect}; everything together {total}.",
        effect=difference(of_bodies),
        total=difference(together + of_bodies) if together + of_bodies else format_euros(0),
    )
    return f"{sentence} {others}"


def _bar(comparison: Comparison, place: int, longest: int) -> Bar:
    municipality = comparison.population.municipalities[place]
    effect = int(comparison.effects[place])
    before, after = comparison.rates
    width = max(round(_LENGTH * abs(effect) / longest, 1), 0.5)
    return Bar(
        municipality.gm_code,
        municipality.name,
        difference(effect),
        rate_difference(float(after[place] - before[place])),
        _LENGTH if effect > 0 else round(_LENGTH - width, 1),
        width,
        effect > 0,
    )


def _lines(groups: Iterable[tuple[str, Group]]) -> tuple[GroupLine, ...]:
    return tuple(
        GroupLine(
            name,
            format_number(group.municipalities) if group.municipalities else "–",
            format_euros(group.before),
            format_euros(group.after),
            difference(group.effect),
            "–" if group.rate_change_of_somebody is None else rate_difference(group.rate_change),
        )
        for name, group in groups
    )
