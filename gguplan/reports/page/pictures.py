"""What changes for everybody, in pictures: the charts of ``gguplan compare`` as SVG within the page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from markupsafe import Markup
from msgspec import Struct

from gguplan.model.carried_bills import CarriedBills
from gguplan.model.comparison import Comparison
from gguplan.reports.charts.drawing import Picture, svg_of
from gguplan.reports.charts.effect_rows import effect_rows, rate_in_words
from gguplan.reports.charts.effects import effects_by_size, ranked_effects
from gguplan.wording.unbroken_amounts import in_a_line

_PLOT_ON_A_TELEPHONE: Final = 270
"""As wide as fits beside an axis on a telephone, with letters that can be read there."""

_ALONE: Final = re.compile(r' (?:xmlns|version|width|height)="[^"]*"')
"""What an SVG says at its head that is no part of a page: there it is as wide as it may be."""


class Drawn(Struct, frozen=True):
    """A picture and its title; `narrow` is the same for a telephone."""

    title: str
    svg: Markup
    narrow: Markup


class Change(Struct, frozen=True):
    """What a scenario changes beside the first: its title, what the pictures show in words, and the pictures."""

    title: str
    words: str
    pictures: tuple[Drawn, ...]


def changes(results: Sequence[CarriedBills]) -> list[Change]:
    """A change for each result after the first, which the others are held beside."""
    made: list[Change] = []
    for result in results[1:]:
        comparison = Comparison(results[0], result)
        ranked = ranked_effects(comparison)
        pictures: tuple[Drawn, ...] = ()
        # Where all change alike per inhabitant a picture of that shows nothing.
        if len({rate_in_words(row) for row in effect_rows(comparison)}) > 1:
            drawn = (
                (ranked, ranked_effects(comparison, plot=_PLOT_ON_A_TELEPHONE)),
                (effects_by_size(comparison), effects_by_size(comparison, plot=_PLOT_ON_A_TELEPHONE)),
            )
            pictures = tuple(
                Drawn(wide.title, _within(wide, f"picture-{number}"), _within(narrow, f"picture-{number}-narrow"))
                for number, (wide, narrow) in enumerate(drawn, 2 * len(made) + 1)
            )
        words = in_a_line(ranked.alt)
        made.append(Change(result.title, words, pictures))
    return made


def _within(drawn: Picture, name: str) -> Markup:
    """The picture as an element of the page, as wide as it may be; its ids begin with `name`."""
    head, body = svg_of(drawn, name).decode().split(">", 1)
    # Drawn by gguplan's own charts, in which every text from data is escaped.
    return Markup(_ALONE.sub("", head) + ">" + body)
